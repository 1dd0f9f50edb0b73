import { expect, test } from 'vitest';
import { checkEntry } from '../../src/log/check-entry';
import { jsonDepthMax } from '../../src/log/check-parts';
import type { Entry } from '../../src/log/entry';
import { readLog, validateSegment, writeEntries } from '../../src/log/ndjson';
import { encodeText } from '../../src/log/utf8';
import { message, samples, sampleLog } from './entries';

const bounds = { firstSeq: 0, entriesMax: 2_000, bytesMax: 2_000_000 };
const lines = (text: string): string[] => text.trimEnd().split('\n');

test('reads back every type of entry that it writes', () => {
  const log = sampleLog();
  expect(readLog(writeEntries(log))).toEqual({ entries: log, problems: [] });
});

test('texts of consecutive entries joined are the text of all of them', () => {
  const log = sampleLog();
  expect(writeEntries(log.slice(0, 9)) + writeEntries(log.slice(9))).toBe(writeEntries(log));
  expect(writeEntries([])).toBe('');
});

test('writes each entry as JSON does, whatever is in it', () => {
  const [first, ...rest] = sampleLog(200);
  const { seq, ...other } = { ...first! };
  const reversed = { ...other, seq } as Entry;
  const like = (data: unknown) =>
    ({
      seq: 7,
      atMs: 1,
      type: 'message.published',
      process: undefined,
      broker: 'shop',
      message: { ...message, data },
    }) as Entry;
  const tricky = [like([{ seq: 1 }, { seq: 2 }]), like('},{"seq":'), like({ a: {}, b: [{}, { seq: 3, atMs: 1 }] })];
  for (const log of [rest, tricky, [tricky[0]!], [tricky[0]!, reversed], [reversed, ...rest], [...rest, ...tricky]]) {
    expect(writeEntries(log)).toBe(log.map((entry) => `${JSON.stringify(entry)}\n`).join(''));
  }
});

test('reports a corrupt or foreign line with its number and reads the rest', () => {
  const log = sampleLog();
  const source = lines(writeEntries(log));
  source.splice(2, 0, '{"seq":2,"atMs":', '', '{"level":"info","msg":"started"}', '[]', 'null');
  const { entries, problems } = readLog(source.join('\r\n'));
  expect(entries).toEqual(log);
  expect(problems).toEqual([
    { line: 3, fault: { type: 'not-json' } },
    { line: 5, fault: { type: 'no-type' } },
    { line: 6, fault: { type: 'not-an-object' } },
    { line: 7, fault: { type: 'not-an-object' } },
  ]);
});

test('reports what is twice or out of order', () => {
  const [first = '', second = '', third = ''] = lines(writeEntries(sampleLog()));
  const { entries, problems } = readLog([first, third, second, third].join('\n'));
  expect(entries.map((entry) => entry.seq)).toEqual([0, 2]);
  expect(problems).toEqual([
    { line: 3, fault: { type: 'seq-order', seq: 1, after: 2 } },
    { line: 4, fault: { type: 'seq-order', seq: 2, after: 2 } },
  ]);
});

test('stops listing the problems of a text that is no log', () => {
  const { entries, problems } = readLog('nothing\n'.repeat(5_000));
  expect(entries).toEqual([]);
  expect(problems).toHaveLength(1_001);
  expect(problems.at(-1)).toEqual({ line: 1_001, fault: { type: 'and-more' } });
});

/** Fields that may be an empty table. */
const tables = new Set(['settings', 'link', 'arguments', 'pending', 'properties']);

test.each(Object.entries(samples))('refuses %s when a field is of another kind', (_, sample) => {
  const entry = { seq: 5, atMs: 10, ...sample };
  expect(checkEntry(entry)).toBe(entry);
  for (const field of Object.keys(entry)) {
    for (const wrong of [Symbol('of no kind'), null, {}, -1]) {
      // A process that a signal ended has the code null; an exit code may be negative.
      if (field === 'code' && (wrong === null || wrong === -1)) continue;
      // Payloads of any kind.
      if (field === 'data' || field === 'result') continue;
      if (field === 'priority' && wrong === -1) continue;
      // Whatever is JSON.
      if (field === 'data') continue;
      // A state may be any JSON.
      if ('state' in sample && typeof sample.state === 'object' && field === 'state') continue;
      if (wrong !== null && typeof wrong === 'object' && tables.has(field)) continue;
      expect(checkEntry({ ...entry, [field]: wrong }), field).toMatchObject({ type: 'problem' });
    }
  }
});

test('names the field that is wrong', () => {
  expect(checkEntry({ seq: 1, atMs: 0, ...samples['delivery.failed'], attempt: '1' })).toEqual({
    type: 'problem',
    fault: { type: 'bad-field', field: 'attempt', entry: 'delivery.failed' },
  });
});

test('takes no name that every object has for a type', () => {
  expect(checkEntry({ seq: 0, atMs: 0, type: 'constructor' })).toMatchObject({ type: 'problem' });
  expect(checkEntry(JSON.parse('{"seq":0,"atMs":0,"type":"__proto__"}'))).toMatchObject({ type: 'problem' });
});

test('refuses a cause that is not earlier', () => {
  const entry = { seq: 3, atMs: 0, ...samples['file.edited'] };
  expect(checkEntry({ ...entry, cause: 2 })).toMatchObject({ type: 'file.edited' });
  expect(checkEntry({ ...entry, cause: 3 })).toMatchObject({ type: 'problem' });
});

test('refuses payloads that whoever walks them would choke on', () => {
  const nested = (depth: number): unknown => JSON.parse('['.repeat(depth) + ']'.repeat(depth));
  const published = (data: unknown): unknown => ({
    seq: 1,
    atMs: 0,
    ...samples['message.published'],
    message: { ...message, data },
  });
  expect(checkEntry(published(nested(jsonDepthMax)))).toMatchObject({ type: 'message.published' });
  expect(checkEntry(published(nested(jsonDepthMax + 1)))).toMatchObject({ type: 'problem' });
  expect(checkEntry(published(nested(50_000)))).toMatchObject({ type: 'problem' });
  expect(checkEntry(published(JSON.parse('[1e999]')))).toMatchObject({ type: 'problem' });
});

test('takes a whole segment', () => {
  const log = sampleLog(2);
  expect(validateSegment(encodeText(writeEntries(log)), bounds)).toEqual({ type: 'segment', entries: log });
  const later = log.slice(10);
  expect(validateSegment(encodeText(writeEntries(later)), { ...bounds, firstSeq: 10, fromMs: 100 })).toMatchObject({
    type: 'segment',
  });
});

test('refuses a segment that does not continue the log', () => {
  const log = sampleLog();
  const text = writeEntries(log);
  const refused = (ndjson: string, more = {}): unknown => validateSegment(encodeText(ndjson), { ...bounds, ...more });
  expect(refused(text, { firstSeq: 1 })).toEqual({ type: 'problem', message: 'seq 0 stands where 1 should' });
  expect(refused(writeEntries([...log.slice(0, 2), ...log.slice(3)]))).toMatchObject({ type: 'problem' });
  expect(refused(text, { fromMs: 1 })).toEqual({ type: 'problem', message: 'entry 0: atMs goes back from 1 to 0' });
  expect(refused(text, { entriesMax: 3 })).toEqual({ type: 'problem', message: 'it has more than 3 entries' });
  expect(refused(text, { bytesMax: 100 })).toMatchObject({ type: 'problem' });
  expect(refused(text.trimEnd())).toEqual({ type: 'problem', message: 'its last line has no end' });
  expect(refused('')).toMatchObject({ type: 'problem' });
  expect(refused('\n' + text)).toEqual({ type: 'problem', message: 'entry 0: it is not JSON' });
});

test('refuses a segment that is no UTF-8', () => {
  const bytes = encodeText(writeEntries(sampleLog()));
  bytes[bytes.indexOf(0x22) + 1] = 0xff;
  expect(validateSegment(bytes, bounds)).toEqual({ type: 'problem', message: 'it is no UTF-8' });
});

test('refuses entries cut across lines, though joined they would be right', () => {
  const [first = '', second = '', third = ''] = lines(writeEntries(sampleLog()));
  const half = third.indexOf(',');
  const tricky = `${first},${second}\n${third.slice(0, half)}\n${third.slice(half + 1)}\n`;
  expect(JSON.parse(`[${tricky.trimEnd().split('\n').join(',')}]`)).toHaveLength(3);
  expect(validateSegment(encodeText(tricky), bounds)).toMatchObject({ type: 'problem' });
});
