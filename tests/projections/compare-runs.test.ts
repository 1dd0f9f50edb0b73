import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createDigest } from '../../src/log/digest';
import type { Entry } from '../../src/log/entry';
import { LineWriter } from '../../src/log/line-writer';
import { writeEntries } from '../../src/log/ndjson';
import { encodeText } from '../../src/log/utf8';
import { compareRuns, type LogPiece } from '../../src/projections/compare-runs';

const started = (seed: number): Entry => ({
  seq: 0,
  atMs: 0,
  type: 'run.started',
  title: 'Shop',
  seed,
  durationMs: 60_000,
  version: 1,
});

const printed = (seq: number, text: string, where = 'a.ts:1'): Entry => ({
  seq,
  atMs: seq * 10,
  type: 'console.printed',
  process: 'a',
  stream: 'stdout',
  text,
  where,
});

const failed = (seq: number, message: string): Entry => ({
  seq,
  atMs: seq * 10,
  type: 'process.exited',
  process: 'a',
  code: 1,
  failure: { name: 'TypeError', message, stack: 'a.ts:3' },
});

const log = (...texts: readonly string[]): Entry[] => [
  started(1),
  ...texts.map((text, index) => printed(index + 1, text)),
];

/** The log in pieces of these many entries; the rest in one. */
async function* pieces(entries: readonly Entry[], ...counts: readonly number[]): AsyncGenerator<LogPiece> {
  let at = 0;
  for (const count of [...counts, entries.length]) {
    const part = entries.slice(at, at + count);
    at += part.length;
    if (part.length > 0) yield { ndjson: encodeText(writeEntries(part)) };
  }
}

describe('two runs', () => {
  it('are the same when every entry is, however they were cut into pieces', async () => {
    const entries = log('a', 'b', 'c', 'd', 'e');
    expect(await compareRuns(pieces(entries, 1, 3), pieces(entries, 4))).toEqual({
      type: 'same',
      entries: 6,
      moved: 0,
    });
  });

  it('differ at the first entry that says something else, after the few on which they agree', async () => {
    const [a, b] = [log('a', 'b', 'c', 'd', 'e', 'X', 'g'), log('a', 'b', 'c', 'd', 'e', 'Y', 'g')];
    expect(await compareRuns(pieces(a, 2), pieces(b, 5))).toEqual({
      type: 'different',
      seq: 6,
      before: a.slice(2, 6),
      a: a[6],
      b: b[6],
    });
  });

  it('differ where the log of one has ended', async () => {
    const [a, b] = [log('a'), log('a', 'b')];
    expect(await compareRuns(pieces(a), pieces(b))).toMatchObject({ type: 'different', seq: 2, a: undefined, b: b[2] });
    expect(await compareRuns(pieces(b), pieces(a))).toMatchObject({ type: 'different', seq: 2, a: b[2], b: undefined });
  });

  it('are compared by what happened: another seed alone is no difference', async () => {
    const [a, b] = [log('a', 'b'), [started(2), ...log('a', 'b').slice(1)]];
    expect(await compareRuns(pieces(a), pieces(b))).toEqual({ type: 'same', entries: 3, moved: 0 });
  });

  it('are the same when only the words of an engine differ, as in the digest', async () => {
    const [a, b] = [
      [...log('a'), failed(2, 'x is not a function')],
      [...log('a'), failed(2, 'x is undefined')],
    ];
    expect(await compareRuns(pieces(a), pieces(b))).toEqual({ type: 'same', entries: 3, moved: 0 });
    expect(digestOf(a)).toBe(digestOf(b));
  });

  it('are the same when only lines of code moved, and say how many', async () => {
    const b = [started(1), printed(1, 'a', 'a.ts:2'), printed(2, 'b')];
    expect(await compareRuns(pieces(log('a', 'b')), pieces(b))).toEqual({ type: 'same', entries: 3, moved: 1 });
  });

  it('that are empty are the same', async () => {
    expect(await compareRuns(pieces([]), pieces([]))).toEqual({ type: 'same', entries: 0, moved: 0 });
  });

  it('are read no further than to the difference', async () => {
    let read = 0;
    async function* counted(entries: readonly Entry[]): AsyncGenerator<LogPiece> {
      for await (const piece of pieces(entries, 1, 1, 1, 1, 1)) {
        read += 1;
        yield piece;
      }
    }
    await compareRuns(counted(log('X', 'b', 'c', 'd', 'e')), pieces(log('Y', 'b', 'c', 'd', 'e')));
    expect(read).toBe(2);
  });

  it('are the same exactly when no entry differs, whatever the pieces', async () => {
    const texts = fc.array(fc.constantFrom('a', 'b', 'ї\n', '"'), { maxLength: 12 });
    const cuts = fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(texts, texts, cuts, cuts, async (one, other, cutsA, cutsB) => {
        const [a, b] = [log(...one), log(...other)];
        const found = await compareRuns(pieces(a, ...cutsA), pieces(b, ...cutsB));
        const expected = a.findIndex((entry, seq) => JSON.stringify(entry) !== JSON.stringify(b[seq]));
        const seq = expected === -1 && a.length !== b.length ? a.length : expected;
        expect(found.type === 'different' ? found.seq : -1).toBe(seq);
      }),
    );
  });
});

function digestOf(entries: readonly Entry[]): string {
  const digest = createDigest();
  for (const lines of new LineWriter().write(entries)) digest.add(lines);
  return digest.hex();
}
