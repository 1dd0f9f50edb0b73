import { tokenizer, tokTypes } from 'acorn';

interface Bracket {
  readonly opens: string;
  readonly line: number;
}

const closing: ReadonlyMap<string, string> = new Map([
  ['(', ')'],
  ['[', ']'],
  ['{', '}'],
  ['${', '}'],
]);

/**
 * What a parser says of a token that it did not expect, with the token, and what is missing before it. `line` and `column` count
 * from 1. Any other message stays as it is.
 */
export function syntaxWords(message: string, source: string, line: number, column: number): string {
  const parts = /^Unexpected (?:token|keyword '\w+')(?:, expected "(.+)")?$/.exec(message);
  if (parts === null) return message;
  const offset = offsetOf(source, line, column);
  const [, expected] = parts;
  const open = openBracket(source.slice(0, offset));
  const found = tokenAt(source, offset);
  if (found === undefined) {
    if (open !== undefined) return `The file ends before the "${open.opens}" of line ${String(open.line)} is closed.`;
    return expected === undefined ? 'The file ends too early.' : `The file ends where "${expected}" is missing.`;
  }
  const unexpected = `Unexpected "${found}"`;
  if (expected === ',' && open !== undefined)
    return `${unexpected}: "," is missing before it, or the "${closing.get(open.opens)!}" that closes line ${String(open.line)}.`;
  if (expected !== undefined) return `${unexpected}: "${expected}" is missing before it.`;
  const isOpenAbove = open !== undefined && open.line < line && open.opens !== '{';
  return isOpenAbove
    ? `${unexpected}: the "${open.opens}" of line ${String(open.line)} is not closed.`
    : `${unexpected}.`;
}

function offsetOf(source: string, line: number, column: number): number {
  let start = 0;
  for (let at = 1; at < line; at++) start = source.indexOf('\n', start) + 1;
  return Math.min(source.length, start + column - 1);
}

/** Undefined at the end of the file. */
function tokenAt(source: string, offset: number): string | undefined {
  return /^\s*([\p{ID_Start}$_][\p{ID_Continue}$]*|\d[\w.]*|=>|[^\s])/u.exec(source.slice(offset))?.[1];
}

/** The innermost one; none when the text has more that cannot be read. */
function openBracket(source: string): Bracket | undefined {
  const open: Bracket[] = [];
  try {
    for (const { type, loc } of tokenizer(source, { ecmaVersion: 'latest', allowHashBang: true, locations: true })) {
      const { label } = type;
      if (closing.has(label)) open.push({ opens: label, line: loc?.start.line ?? 1 });
      else if (type === tokTypes.parenR || type === tokTypes.bracketR || type === tokTypes.braceR) open.pop();
    }
  } catch {
    return undefined;
  }
  return open.at(-1);
}
