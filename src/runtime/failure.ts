import { parsedStack } from '../clients/node/stack';
import type { Failure } from '../log/entry';

const stackLinesMax = 20;

/** What the log keeps of something thrown: its name, its message, and the stack within the user's own files. */
export function failureOf(error: unknown, files: ReadonlySet<string>): Failure {
  if (!isErrorLike(error)) return { name: 'thrown', message: textOf(error) };
  const stack = stackOf(error, files);
  const failure = { name: String(error.name), message: String(error.message) };
  return stack === undefined ? failure : { ...failure, stack };
}

function isErrorLike(value: unknown): value is { name: unknown; message: unknown; stack?: unknown } {
  return typeof value === 'object' && value !== null && 'message' in value && 'name' in value;
}

function stackOf(error: { stack?: unknown }, files: ReadonlySet<string>): string | undefined {
  if (typeof error.stack !== 'string') return undefined;
  const frames = (parsedStack(error.stack)?.frames ?? [])
    .map((line) => line.trim())
    .filter((line) => {
      const file = /(?:\(|at |\/)([^\s()@]+?):\d+(?::\d+)?\)?$/.exec(line)?.[1];
      return file !== undefined && files.has(file.replace(/^\/?(app\/)?/, ''));
    });
  return frames.length === 0 ? undefined : frames.slice(0, stackLinesMax).join('\n');
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  try {
    return JSON.stringify(value, undefined, 0);
  } catch {
    return String(value);
  }
}
