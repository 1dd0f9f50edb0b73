/**
 * An error as `inspect` writes it: its stack with the name put right, without what its cause says again.
 * Follows Node 20, `lib/internal/util/inspect.js` (MIT, copyright Node.js contributors), whose output it must equal.
 */
import type { InspectContext } from './inspect-context';
import { prefixOf } from './inspect-name';
import { isError } from './value-kind';

/** Where two lists of stack frames share more than three in a row. */
export function identicalSequence(a: readonly string[], b: readonly string[]): { length: number; offset: number } {
  for (let offset = 0; offset < a.length - 3; offset++) {
    const position = b.indexOf(a[offset]!);
    const rest = position === -1 ? 0 : b.length - position;
    if (rest <= 3) continue;
    let length = 1;
    const lengthMax = Math.min(a.length - offset, rest);
    while (lengthMax > length && a[offset + length] === b[position + length]) length++;
    if (length > 3) return { length, offset };
  }
  return { length: 0, offset: 0 };
}

function framesOf(ctx: InspectContext, error: Error, stack: string): string[] {
  const frames = stack.split('\n');
  let cause: unknown;
  try {
    ({ cause } = error);
  } catch {
    // A getter of the user's that throws tells us nothing.
  }
  if (!isError(cause)) return frames;
  const causeStack = ctx.stackOf(cause);
  const causeStart = causeStack.indexOf('\n    at');
  if (causeStart === -1) return frames;
  const { length, offset } = identicalSequence(frames, causeStack.slice(causeStart + 1).split('\n'));
  if (length > 0) {
    const skipped = length - 2;
    const message = `    ... ${skipped} lines matching cause stack trace ...`;
    frames.splice(offset + 1, skipped, ctx.stylize(message, 'undefined'));
  }
  return frames;
}

function improveStack(stack: string, constructor: string | null, name: string, tag: string): string {
  let length = name.length;
  const looksRegular =
    name.endsWith('Error') &&
    stack.startsWith(name) &&
    (stack.length === length || stack[length] === ':' || stack[length] === '\n');
  if (constructor !== null && !looksRegular) return stack;
  let fallback = 'Error';
  if (constructor === null) {
    const start = /^([A-Z][a-z_ A-Z0-9[\]()-]+)(?::|\n {4}at)/.exec(stack) ?? /^([a-z_A-Z0-9-]*Error)$/.exec(stack);
    fallback = start?.[1] ?? '';
    length = fallback.length;
    fallback = fallback || 'Error';
  }
  const prefix = prefixOf(constructor, tag, fallback).slice(0, -1);
  if (name === prefix) return stack;
  if (!prefix.includes(name)) return `${prefix} [${name}]${stack.slice(length)}`;
  return length === 0 ? `${prefix}: ${stack}` : `${prefix}${stack.slice(length)}`;
}

function removeDuplicateKeys(ctx: InspectContext, keys: PropertyKey[], error: Error, stack: string): void {
  if (ctx.showHidden || keys.length === 0) return;
  for (const name of ['name', 'message', 'stack'] as const) {
    const index = keys.indexOf(name);
    if (index !== -1 && stack.includes(String(error[name]))) keys.splice(index, 1);
  }
}

/** Takes from `keys` what the stack shows already and adds what it should show: cause and errors. */
export function formatError(
  ctx: InspectContext,
  error: Error & { errors?: unknown },
  constructor: string | null,
  tag: string,
  keys: PropertyKey[],
): string {
  const givenName: unknown = error.name;
  const name = givenName === undefined || givenName === null ? 'Error' : String(error.name);
  let stack = ctx.stackOf(error);
  removeDuplicateKeys(ctx, keys, error, stack);
  if ('cause' in error && !keys.includes('cause')) keys.push('cause');
  if (Array.isArray(error.errors) && !keys.includes('errors')) keys.push('errors');
  stack = improveStack(stack, constructor, name, tag);
  const message: unknown = error.message;
  const position = typeof message === 'string' && message !== '' ? stack.indexOf(message) : -1;
  const from = position === -1 ? 0 : position + (message as string).length;
  const stackStart = stack.indexOf('\n    at', from);
  if (stackStart === -1) {
    stack = `[${stack}]`;
  } else {
    const frames = framesOf(ctx, error, stack.slice(stackStart + 1));
    stack = `${stack.slice(0, stackStart)}\n${frames.join('\n')}`;
  }
  if (ctx.indentationLvl !== 0) stack = stack.replaceAll('\n', `\n${' '.repeat(ctx.indentationLvl)}`);
  return stack;
}
