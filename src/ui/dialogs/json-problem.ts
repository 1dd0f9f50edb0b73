/**
 * Where a text stops being JSON, and what was expected there. Engines word this differently, and one gives no place at
 * all; the reader needs the line.
 */
export interface JsonProblem {
  /** From 1. */
  readonly line: number;
  readonly column: number;
  readonly expected: JsonExpectation;
}

export type JsonExpectation =
  | 'value'
  | 'key'
  | 'colon'
  | 'comma-or-brace'
  | 'comma-or-bracket'
  | 'string-end'
  | 'nothing';

class Stop extends Error {
  readonly at: number;
  readonly expected: JsonExpectation;

  constructor(at: number, expected: JsonExpectation) {
    super(expected);
    this.at = at;
    this.expected = expected;
  }
}

const depthMax = 500;
const space = /[ \t\n\r]*/y;
const scalar = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;
// oxlint-disable-next-line no-control-regex -- JSON forbids raw control characters in strings
const string = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*"/y;

/** `undefined` when the text is JSON. */
export function jsonProblem(text: string): JsonProblem | undefined {
  try {
    const end = skip(text, value(text, 0, 0));
    if (end < text.length) throw new Stop(end, 'nothing');
    return undefined;
  } catch (stop) {
    if (!(stop instanceof Stop)) throw stop;
    const before = text.slice(0, stop.at).split('\n');
    return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1, expected: stop.expected };
  }
}

/** The end of the match at `at`, or -1. */
function match(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : -1;
}

const skip = (text: string, at: number): number => match(space, text, at);

function value(text: string, from: number, depth: number): number {
  const at = skip(text, from);
  if (depth > depthMax) throw new Stop(at, 'nothing');
  if (text[at] === '{') return object(text, at, depth);
  if (text[at] === '[') return array(text, at, depth);
  if (text[at] === '"') return quoted(text, at);
  const end = match(scalar, text, at);
  if (end < 0) throw new Stop(at, 'value');
  return end;
}

function quoted(text: string, at: number): number {
  const end = match(string, text, at);
  if (end < 0) throw new Stop(at, 'string-end');
  return end;
}

function object(text: string, open: number, depth: number): number {
  let at = skip(text, open + 1);
  if (text[at] === '}') return at + 1;
  for (;;) {
    if (text[at] !== '"') throw new Stop(at, 'key');
    at = skip(text, quoted(text, at));
    if (text[at] !== ':') throw new Stop(at, 'colon');
    at = skip(text, value(text, at + 1, depth + 1));
    if (text[at] === '}') return at + 1;
    if (text[at] !== ',') throw new Stop(at, 'comma-or-brace');
    at = skip(text, at + 1);
  }
}

function array(text: string, open: number, depth: number): number {
  let at = skip(text, open + 1);
  if (text[at] === ']') return at + 1;
  for (;;) {
    at = skip(text, value(text, at, depth + 1));
    if (text[at] === ']') return at + 1;
    if (text[at] !== ',') throw new Stop(at, 'comma-or-bracket');
    at += 1;
  }
}
