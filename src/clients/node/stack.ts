/**
 * Stacks as a process shows them: the frames of its own files, in the form of Node. What the engine adds, frames of the
 * simulation among them, says nothing to the author and differs between engines.
 */

const frame = /^\s+at /;
/** `name@place:line:column`, as engines other than V8 write frames. */
const foreignFrame = /^(.*)@(.*:\d+(?::\d+)?)$/;
const nowhere = '    at <anonymous>';

/** As the engine has it. */
export function engineStack(error: Error): string {
  const { stack } = error as { stack?: unknown };
  return typeof stack === 'string' && stack !== '' ? stack : Error.prototype.toString.call(error);
}

/** The error's stack with its heading; a text that the author has put in its place stays as it is. */
export function shownStack(error: Error): string {
  const stack = engineStack(error);
  const lines = stack.split('\n');
  const first = lines.findIndex((line) => frame.test(line));
  if (first >= 0) return withFrames(lines.slice(0, first), lines.slice(first));
  if (!lines.every((line) => line === '' || foreignFrame.test(line))) return stack;
  const frames = lines
    .filter((line) => line !== '')
    .map((line) => line.replace(foreignFrame, (_, name, place) => `    at ${String(name)} (${String(place)})`));
  return withFrames([Error.prototype.toString.call(error)], frames);
}

function withFrames(heading: readonly string[], frames: readonly string[]): string {
  const own = frames.filter((line) => !frame.test(line) || isOwn(line));
  return [...heading, ...(own.length === 0 ? [nowhere] : own)].join('\n');
}

/** Files of a process have relative names; whatever else there is has a scheme, an absolute path or no place at all. */
function isOwn(line: string): boolean {
  const place = /\(([^()]*)\)$/.exec(line)?.[1] ?? /^\s+at (?:async )?(.*)$/.exec(line)?.[1] ?? '';
  return /:\d+$/.test(place) && !/^(?:[\w+.-]+:(?!\d+)|\/|<)/.test(place);
}
