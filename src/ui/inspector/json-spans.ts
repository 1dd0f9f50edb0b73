/** Payloads as people read them: indented, keys in ink, values in the code's colours. */
export type JsonToken = 'plain' | 'key' | 'string' | 'number' | 'keyword';

export interface JsonSpan {
  readonly type: JsonToken;
  readonly text: string;
}

export interface PrettyJson {
  readonly text: string;
  readonly spans: readonly JsonSpan[];
  /** Of the compact form, as it travels. */
  readonly bytes: number;
  readonly isCut: boolean;
}

export const shownCharsMax = 20_000;

const scanner = /("(?:\\.|[^"\\])*")(\s*:)?|(-?\d[\d.eE+-]*)|\b(true|false|null)\b/g;

export function prettyJson(value: unknown): PrettyJson {
  const text = JSON.stringify(value, null, 2);
  const bytes = new TextEncoder().encode(JSON.stringify(value)).length;
  const isCut = text.length > shownCharsMax;
  return { text, spans: spansOf(isCut ? text.slice(0, shownCharsMax) : text), bytes, isCut };
}

function spansOf(text: string): JsonSpan[] {
  const spans: JsonSpan[] = [];
  const push = (type: JsonToken, part: string): void => {
    if (part !== '') spans.push({ type, text: part });
  };
  let end = 0;
  for (const match of text.matchAll(scanner)) {
    const [whole, quoted, colon, number] = match;
    push('plain', text.slice(end, match.index));
    if (quoted !== undefined) {
      push(colon === undefined ? 'string' : 'key', quoted);
      push('plain', colon ?? '');
    } else push(number === undefined ? 'keyword' : 'number', whole);
    end = match.index + whole.length;
  }
  push('plain', text.slice(end));
  return spans;
}

/** Of what is shown. */
export function lineCount({ spans }: PrettyJson): number {
  return spans.reduce((count, { text }) => count + text.split('\n').length - 1, 1);
}
