import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Entry } from '../../src/log/entry';
import { LineWriter } from '../../src/log/line-writer';
import { writeEntries } from '../../src/log/ndjson';
import { decodeText } from '../../src/log/utf8';
import { sampleLog } from './entries';

/** All that a writer makes of the entries, and how many of them came at once. */
function written(entries: readonly Entry[], writer = new LineWriter()): { text: string; counts: number[] } {
  let text = '';
  const counts: number[] = [];
  for (const lines of writer.write(entries)) {
    const group = decodeText(lines.bytes);
    text += group;
    counts.push(lines.entries.length);
    let from = 0;
    lines.entries.forEach((_, index) => {
      const line = decodeText(lines.bytes.subarray(lines.ends[index - 1] ?? 0, lines.ends[index]));
      expect(line).toHaveLength(lines.units[index] ?? NaN);
      expect(group.startsWith(line, from)).toBe(true);
      from += line.length;
    });
  }
  return { text, counts };
}

test('writes every kind of entry as JSON does', () => {
  const log = sampleLog(3);
  expect(written(log).text).toBe(writeEntries(log));
  expect(written([])).toEqual({ text: '', counts: [] });
});

const value = fc.oneof(
  fc.constantFrom<unknown>('same', 'listener-0', undefined, null, true, -0, 1e21, NaN, () => 1, Symbol('none')),
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.string({ maxLength: 300 }),
  fc.integer(),
  fc.double(),
  fc.jsonValue(),
  fc.date(),
);
const name = fc.oneof(
  fc.constantFrom('process', 'message', 'where', 'data', 'cause', '7', 'toString', '__proto__', 'ї'),
  fc.string({ maxLength: 260 }),
);

test('writes whatever an entry may hold as JSON does, whatever was written before', () => {
  fc.assert(
    fc.property(fc.array(fc.array(fc.tuple(name, value), { maxLength: 8 }), { maxLength: 12 }), (objects) => {
      const log = objects.map(
        (fields, seq) => ({ seq, atMs: 0, type: 'run.ended', ...Object.fromEntries(fields) }) as unknown as Entry,
      );
      const writer = new LineWriter();
      for (let times = 0; times < 2; times += 1) expect(written(log, writer).text).toBe(writeEntries(log));
    }),
  );
});

test('hands lines over before they are too many or too long', () => {
  const log = sampleLog(100);
  const { counts } = written(log, new LineWriter(70));
  expect(Math.max(...counts)).toBe(70);
  expect(counts.reduce((sum, count) => sum + count)).toBe(log.length);
  const long: Entry[] = Array.from({ length: 10 }, (_, seq) => {
    return { seq, atMs: 0, type: 'console.printed', process: 'a', stream: 'stdout', text: 'ї'.repeat(400_000) };
  });
  expect(written(long)).toEqual({ text: writeEntries(long), counts: [2, 2, 2, 2, 2] });
});

test('leaves out what user code has given to all objects', () => {
  const log = sampleLog();
  Object.assign(Object.prototype, { stray: 1 });
  try {
    expect(written(log).text).toBe(writeEntries(log));
  } finally {
    Reflect.deleteProperty(Object.prototype, 'stray');
  }
});

test('has room for what is long and comes again', () => {
  const data = 'x'.repeat(60_000);
  const log = Array.from({ length: 40 }, (_, seq) => ({
    seq,
    atMs: seq,
    type: 'process.showed',
    data,
  })) as unknown as Entry[];
  expect(written(log).text).toBe(writeEntries(log));
});
