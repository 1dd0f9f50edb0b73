import { stableLine } from '../log/digest';
import type { Entry } from '../log/entry';
import { decodeText } from '../log/utf8';

/**
 * Where two runs first differ, found in one pass over both logs as text: what is equal is never parsed, so that runs of
 * any length are compared in the memory of a few segments.
 *
 * Invariants
 * 1. What differs between engines, and stays out of the digest, is no difference.
 * 2. `run.started` repeats the definition and is left out: seeds may differ and everything else be the same.
 * 3. A line of code that moved is no difference of what happened; such entries are counted.
 */
export type RunComparison =
  | { readonly type: 'same'; readonly entries: number; readonly moved: number }
  | {
      readonly type: 'different';
      /** Position of the first difference. */
      readonly seq: number;
      /** The last entries on which they agree, in order. */
      readonly before: readonly Entry[];
      /** Undefined where that log has ended. */
      readonly a: Entry | undefined;
      readonly b: Entry | undefined;
    };

/** A stretch of a log as NDJSON in UTF-8: whole lines, each ended. */
export interface LogPiece {
  readonly ndjson: Uint8Array;
}

type Pieces = AsyncIterable<LogPiece>;

const contextMax = 4;

export async function compareRuns(
  one: Pieces,
  other: Pieces,
  onProgress?: (entries: number) => void,
): Promise<RunComparison> {
  const [a, b] = [new Reader(one), new Reader(other)];
  const agreed = new Agreed();
  let moved = 0;
  try {
    for (;;) {
      const [hasA, hasB] = [await a.fill(), await b.fill()];
      if (!hasA && !hasB) return { type: 'same', entries: agreed.entries, moved };
      if (!hasA || !hasB) return agreed.until(hasA ? a.line() : undefined, hasB ? b.line() : undefined);
      onProgress?.(agreed.entries);
      const shared = Math.min(a.left, b.left);
      if (a.peek(shared) === b.peek(shared)) {
        agreed.add(a.take(shared));
        b.take(shared);
        continue;
      }
      while (a.left > 0 && b.left > 0) {
        const [lineA, lineB] = [a.line(), b.line()];
        const verdict = lineA === lineB ? 'same' : compareLines(lineA, lineB);
        if (verdict === 'different') return agreed.until(lineA, lineB);
        if (verdict === 'moved') moved += 1;
        agreed.add(lineA);
      }
    }
  } finally {
    await a.close();
    await b.close();
  }
}

/** Walks the text of a log. */
class Reader {
  readonly #pieces: AsyncIterator<LogPiece>;
  #text = '';
  #at = 0;

  constructor(pieces: Pieces) {
    this.#pieces = pieces[Symbol.asyncIterator]();
  }

  /** Characters at hand; they end with a line. */
  get left(): number {
    return this.#text.length - this.#at;
  }

  /** Sees to it that there are some. False at the end of the log. */
  async fill(): Promise<boolean> {
    while (this.left === 0) {
      const next = await this.#pieces.next();
      if (next.done === true) return false;
      this.#text = decodeText(next.value.ndjson);
      this.#at = 0;
    }
    return true;
  }

  peek(length: number): string {
    return this.#text.slice(this.#at, this.#at + length);
  }

  take(length: number): string {
    const taken = this.peek(length);
    this.#at += length;
    return taken;
  }

  /** The next line, with its end. */
  line(): string {
    return this.take(this.#text.indexOf('\n', this.#at) + 1 - this.#at);
  }

  async close(): Promise<void> {
    await this.#pieces.return?.();
  }
}

/** What both logs say: how many entries, and the last few of them. */
class Agreed {
  entries = 0;
  #tail: readonly string[] = [];

  /** Whole lines. */
  add(text: string): void {
    for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) this.entries += 1;
    this.#tail = [...this.#tail, ...lastLines(text)].slice(-contextMax);
  }

  until(lineA: string | undefined, lineB: string | undefined): RunComparison {
    const read = (line: string | undefined): Entry | undefined =>
      line === undefined ? undefined : (JSON.parse(line) as Entry);
    const before = this.#tail.map((line) => JSON.parse(line) as Entry);
    return { type: 'different', seq: this.entries, before, a: read(lineA), b: read(lineB) };
  }
}

function lastLines(text: string): readonly string[] {
  const lines: string[] = [];
  for (let end = text.length - 1; end > 0 && lines.length < contextMax;) {
    const start = text.lastIndexOf('\n', end - 1) + 1;
    lines.unshift(text.slice(start, end));
    end = start - 1;
  }
  return lines;
}

function compareLines(lineA: string, lineB: string): 'same' | 'moved' | 'different' {
  const [a, b] = [JSON.parse(lineA) as Entry, JSON.parse(lineB) as Entry];
  if (a.type === 'run.started' && b.type === 'run.started') return 'same';
  if (stableText(a) === stableText(b)) return 'same';
  return stableText(withoutPlace(a)) === stableText(withoutPlace(b)) ? 'moved' : 'different';
}

function stableText(entry: Entry): string {
  return stableLine(entry) ?? JSON.stringify(entry);
}

function withoutPlace(entry: Entry): Entry {
  const { where: _, ...rest } = entry;
  return rest;
}
