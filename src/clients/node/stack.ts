/**
 * Stacks as a process shows them: the frames of its own files, in the form of Node. What the engine adds, frames of the
 * simulation among them, says nothing to the author and differs between engines.
 */

const frame = /^\s+at /;
/** `name@place:line:column`, as engines other than V8 write frames. */
const foreignFrame = /^(.*)@(.*:\d+(?::\d+)?)$/;
const nowhere = '    at <anonymous>';

interface Stack {
  /** The lines above the first frame; engines other than V8 write none. */
  readonly heading?: readonly string[];
  /** Each as V8 writes it: `at name (place:line:column)`, indented. */
  readonly frames: readonly string[];
}

/** What an engine wrote; undefined for a text in no known form. */
export function parsedStack(stack: string): Stack | undefined {
  const lines = stack.split('\n');
  const first = lines.findIndex((line) => frame.test(line));
  if (first >= 0) return { heading: lines.slice(0, first), frames: lines.slice(first) };
  if (!lines.every((line) => line === '' || foreignFrame.test(line))) return undefined;
  return { frames: lines.filter((line) => line !== '').map((line) => line.replace(foreignFrame, asV8Writes)) };
}

/**
 * SpiderMonkey's `async*name` is a frame after an `await` or a timer, its `outer/inner` a function within another, which has
 * no name when it ends in `<`.
 */
function asV8Writes(_: string, foreignName: string, place: string): string {
  const [, waited = '', path = ''] = /^(?:(.*)\*)?(.*)$/.exec(foreignName) ?? [];
  const name = path.endsWith('<') ? '' : path.slice(path.lastIndexOf('/') + 1);
  const later = waited === 'async' ? 'async ' : '';
  return name === '' ? `    at ${later}${place}` : `    at ${later}${name} (${place})`;
}

/** As the engine has it. */
export function engineStack(error: Error): string {
  const { stack } = error as { stack?: unknown };
  return typeof stack === 'string' && stack !== '' ? stack : Error.prototype.toString.call(error);
}

/** The error's stack with its heading; a text that the author has put in its place stays as it is. */
export function shownStack(error: Error): string {
  const stack = engineStack(error);
  const parsed = parsedStack(stack);
  if (!parsed) return stack;
  const { heading = [Error.prototype.toString.call(error)], frames } = parsed;
  const own = frames.filter((line) => !frame.test(line) || isOwn(line));
  return [...heading, ...(own.length === 0 ? [nowhere] : own)].join('\n');
}

/** Files of a process have relative names; whatever else there is has a scheme, an absolute path or no place at all. */
function isOwn(line: string): boolean {
  const place = /\(([^()]*)\)$/.exec(line)?.[1] ?? /^\s+at (?:async )?(.*)$/.exec(line)?.[1] ?? '';
  return /:\d+$/.test(place) && !/^(?:[\w+.-]+:(?!\d+)|\/|<)/.test(place);
}
