import 'fake-indexeddb/auto';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { undoMsMax } from '../../src/storage/run-store';
import { done, FakeBrowser, logOf, scenario, segment, type Tab, textOf } from './tabs';

// Properties try hundreds of cases, and a busy machine tries them slowly.
vi.setConfig({ testTimeout: 60_000 });

let browser: FakeBrowser;
let tab: Tab;

beforeEach(() => {
  browser = new FakeBrowser();
  tab = browser.openTab();
});
afterEach(() => browser.close());

async function recordedRun({ storage }: Tab, { padding = '', entries = 10 } = {}): Promise<number> {
  const run = await done(storage.createRun(scenario));
  await done(storage.appendSegment(run, segment(0, entries, padding)));
  await done(storage.finishRun(run, 'abc'));
  return run;
}

const kilobyte = 'x'.repeat(1_000);

test('keeps a run and gives it back whole, also to a tab that was opened later', async () => {
  const { storage } = tab;
  const run = await done(storage.createRun(scenario));
  const sent = Array.from({ length: 40 }, (_, index) => segment(index * 100, 100));
  await Promise.all(sent.map((each) => done(storage.appendSegment(run, each))));
  await done(storage.finishRun(run, 'abc'));
  const later = browser.openTab().storage;
  const log = sent.map(textOf).join('');
  expect(await logOf(later, run)).toBe(log);
  const { info, scenario: document } = await done(later.readRun(run));
  expect(document).toEqual(scenario);
  expect(info).toEqual({
    id: run,
    title: 'Shop',
    startedAtMs: browser.nowMs,
    lengthMs: 39_990,
    entries: 4_000,
    bytes: log.length,
    seed: 7,
    pinned: false,
    ended: true,
    digest: 'abc',
    recording: false,
  });
});

test('keeps what was acknowledged when the tab dies while it records', async () => {
  const run = await done(tab.storage.createRun(scenario));
  await done(tab.storage.appendSegment(run, segment(0, 100)));
  const before = browser.openTab();
  expect((await done(before.storage.listRuns())).runs).toMatchObject([{ ended: false, recording: true }]);
  tab.storage.close();
  const after = browser.openTab();
  expect((await done(after.storage.listRuns())).runs).toMatchObject([{ entries: 100, ended: false, recording: false }]);
  expect(await logOf(after.storage, run)).toBe(textOf(segment(0, 100)));
});

test('refuses a segment that leaves a gap, and goes on with the right one', async () => {
  const run = await done(tab.storage.createRun(scenario));
  const outcomes = await Promise.all([
    tab.storage.appendSegment(run, segment(0, 10)),
    tab.storage.appendSegment(run, segment(11, 10)),
    tab.storage.appendSegment(run, segment(10, 10)),
  ]);
  expect(outcomes.map(({ type }) => type)).toEqual(['done', 'failed', 'done']);
  expect(await logOf(tab.storage, run)).toBe(textOf(segment(0, 20)));
});

test('cuts a run in the middle of a segment and records it on from there', async () => {
  const { storage } = tab;
  const run = await done(storage.createRun(scenario));
  for (const first of [0, 100, 200]) await done(storage.appendSegment(run, segment(first, 100)));
  await done(storage.finishRun(run, 'abc'));
  const branched = { ...scenario, seed: 8, files: { 'shop.ts': '// other' } };
  await done(storage.truncateRun(run, 150, branched));
  expect(await logOf(storage, run)).toBe(textOf(segment(0, 150)));
  const { info, scenario: document } = await done(storage.readRun(run));
  expect(document).toEqual(branched);
  expect(info).toMatchObject({
    entries: 150,
    lengthMs: 1_490,
    bytes: segment(0, 150).ndjson.length,
    seed: 8,
    ended: false,
    digest: null,
    recording: true,
  });
  await done(storage.appendSegment(run, segment(150, 50, 'new')));
  expect(await logOf(storage, run)).toBe(textOf(segment(0, 150)) + textOf(segment(150, 50, 'new')));
});

test.each([0, 100, 200, 300])('cuts a run between segments, at %d', async (fromSeq) => {
  const { storage } = tab;
  const run = await done(storage.createRun(scenario));
  for (const first of [0, 100, 200]) await done(storage.appendSegment(run, segment(first, 100)));
  await done(storage.truncateRun(run, fromSeq, scenario));
  const log = textOf(segment(0, fromSeq));
  expect(await logOf(storage, run)).toBe(log);
  const lengthMs = Math.max(0, (fromSeq - 1) * 10);
  expect((await done(storage.readRun(run))).info).toMatchObject({ entries: fromSeq, lengthMs, bytes: log.length });
});

test('holds what a list of entries would hold after any appends and cuts', async () => {
  const { storage } = tab;
  const step = fc.oneof(
    fc.record({
      type: fc.constant('append' as const),
      count: fc.integer({ min: 1, max: 9 }),
      text: fc.constantFrom('a', 'я'),
    }),
    fc.record({ type: fc.constant('truncate' as const), share: fc.double({ min: 0, max: 1, noNaN: true }) }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 8 }), async (steps) => {
      const run = await done(storage.createRun(scenario));
      let lines: string[] = [];
      // Not one by one: the order in which they are asked for must be enough.
      const outcomes = steps.map((each) => {
        if (each.type === 'append') {
          const next = segment(lines.length, each.count, each.text);
          lines = [...lines, ...textOf(next).trimEnd().split('\n')];
          return done(storage.appendSegment(run, next));
        }
        const fromSeq = Math.floor(lines.length * each.share);
        lines = lines.slice(0, fromSeq);
        return done(storage.truncateRun(run, fromSeq, scenario));
      });
      await Promise.all(outcomes);
      expect(await logOf(storage, run)).toBe(lines.map((line) => line + '\n').join(''));
      const { info } = await done(storage.readRun(run));
      const segments = await tab.database.segmentsOf(run).toArray();
      expect(info.entries).toBe(lines.length);
      expect(info.bytes).toBe(segments.reduce((sum, { bytes }) => sum + bytes, 0));
      expect(info.lengthMs).toBe(Math.max(0, (lines.length - 1) * 10));
    }),
    { numRuns: 30 },
  );
});

test('cuts no run beyond its end', async () => {
  const run = await recordedRun(tab);
  expect(await tab.storage.truncateRun(run, 11, scenario)).toMatchObject({ type: 'failed' });
  expect(await logOf(tab.storage, run)).toBe(textOf(segment(0, 10)));
});

test('lists runs newest first and renames and pins them', async () => {
  const { storage } = tab;
  const [first, second] = [await recordedRun(tab), await recordedRun(tab)];
  await done(storage.renameRun(first, 'The one that failed'));
  await done(storage.pinRun(first, true));
  const { runs, usedBytes } = await done(storage.listRuns());
  expect(runs).toMatchObject([
    { id: second, title: 'Shop', pinned: false },
    { id: first, title: 'The one that failed', pinned: true },
  ]);
  expect(usedBytes).toBe(2 * segment(0, 10).ndjson.length);
  expect(await storage.renameRun(99, 'x')).toEqual({ type: 'not-found' });
});

test('takes a deletion back for a while', async () => {
  const { storage } = tab;
  const run = await recordedRun(tab);
  const deleted = await done(storage.deleteRun(run));
  expect(deleted).toEqual({ run, undoMs: undoMsMax });
  expect((await done(storage.listRuns())).runs).toEqual([]);
  expect(await storage.readRun(run)).toEqual({ type: 'not-found' });
  await done(storage.undoDelete(deleted));
  expect(await logOf(storage, run)).toBe(textOf(segment(0, 10)));
});

test('removes for good what was deleted a while ago', async () => {
  const run = await recordedRun(tab);
  const kept = await recordedRun(tab);
  const deleted = await done(tab.storage.deleteRun(run));
  browser.nowMs += undoMsMax;
  const next = browser.openTab();
  await done(next.storage.setLimit(1_000_000));
  expect(await next.storage.undoDelete(deleted)).toEqual({ type: 'not-found' });
  expect(await next.database.segments.count()).toBe(1);
  expect(await next.database.documents.toCollection().primaryKeys()).toEqual([kept]);
});

test('removes the oldest runs beyond the limit, but no pinned one', async () => {
  const { storage } = tab;
  const runs = [];
  for (let index = 0; index < 4; index += 1) runs.push(await recordedRun(tab, { padding: kilobyte }));
  const { usedBytes } = await done(storage.listRuns());
  await done(storage.pinRun(runs[0]!, true));
  await done(storage.setLimit(usedBytes / 2));
  const history = await done(storage.listRuns());
  expect(history.runs.map(({ id }) => id)).toEqual([runs[3], runs[0]]);
  expect(history).toMatchObject({ usedBytes: usedBytes / 2, limitBytes: usedBytes / 2 });
  expect(await tab.database.segments.count()).toBe(2);
});

test('never removes a run that is being recorded, here or in another tab', async () => {
  const other = browser.openTab();
  const theirs = await done(other.storage.createRun(scenario));
  await done(other.storage.appendSegment(theirs, segment(0, 10, kilobyte)));
  const mine = await done(tab.storage.createRun(scenario));
  await done(tab.storage.appendSegment(mine, segment(0, 10, kilobyte)));
  await recordedRun(tab, { padding: kilobyte });
  await done(tab.storage.setLimit(1));
  expect((await done(tab.storage.listRuns())).runs.map(({ id }) => id)).toEqual([mine, theirs]);
  expect(await tab.storage.deleteRun(theirs)).toEqual({ type: 'busy' });
  expect(await tab.storage.truncateRun(theirs, 0, scenario)).toEqual({ type: 'busy' });
  other.storage.close();
  await done(tab.storage.setLimit(1));
  expect((await done(tab.storage.listRuns())).runs.map(({ id }) => id)).toEqual([mine]);
});

test('stops recording when the run alone is beyond the limit, and says so once', async () => {
  const run = await done(tab.storage.createRun(scenario));
  await done(tab.storage.setLimit(5_000));
  await done(tab.storage.appendSegment(run, segment(0, 9, 'x'.repeat(1_000_000))));
  expect(await tab.storage.appendSegment(run, segment(9, 1))).toEqual({ type: 'full', reason: 'limit' });
  expect(await tab.storage.appendSegment(run, segment(9, 1))).toEqual({ type: 'full', reason: 'limit' });
  expect(tab.events.filter(({ type }) => type === 'storage-full')).toEqual([
    { type: 'storage-full', run, reason: 'limit' },
  ]);
  expect((await done(tab.storage.readRun(run))).info.entries).toBe(9);
});

test('stops recording on a full disk, keeps what was acknowledged, and records again once there is room', async () => {
  const { storage, database, events } = tab;
  const run = await done(storage.createRun(scenario));
  await done(storage.appendSegment(run, segment(0, 10)));
  let isFull = true;
  database.segments.hook('creating', () => {
    if (isFull) throw new DOMException('No space left', 'QuotaExceededError');
  });
  const full = { type: 'full', reason: 'quota' };
  expect(await Promise.all([10, 20].map((seq) => storage.appendSegment(run, segment(seq, 10))))).toEqual([full, full]);
  isFull = false;
  expect(await storage.appendSegment(run, segment(10, 10))).toEqual(full);
  expect(events.filter(({ type }) => type === 'storage-full')).toEqual([
    { type: 'storage-full', run, reason: 'quota' },
  ]);
  expect(await logOf(storage, run)).toBe(textOf(segment(0, 10)));
  await done(storage.truncateRun(run, 10, scenario));
  await done(storage.appendSegment(run, segment(10, 10)));
  expect(await logOf(storage, run)).toBe(textOf(segment(0, 20)));
});

test('leaves other runs alone when one segment cannot be taken', async () => {
  const [first, second] = [await done(tab.storage.createRun(scenario)), await done(tab.storage.createRun(scenario))];
  const outcomes = await Promise.all([
    tab.storage.appendSegment(first, segment(5, 5)),
    tab.storage.appendSegment(second, segment(0, 5)),
    tab.storage.appendSegment(99, segment(0, 5)),
  ]);
  expect(outcomes.map(({ type }) => type)).toEqual(['failed', 'done', 'not-found']);
});

test('tells of changes in every tab', async () => {
  const other = browser.openTab();
  await done(other.storage.listRuns());
  await recordedRun(tab);
  for (const { events } of [tab, other]) {
    await expect
      .poll(() => events.at(-1))
      .toMatchObject({ type: 'history-changed', history: { runs: [{ entries: 10 }] } });
    expect(events.length).toBeLessThan(3);
  }
});

test('a run that was left can be deleted and recorded by another tab', async () => {
  const other = browser.openTab();
  const run = await done(tab.storage.createRun(scenario));
  await done(tab.storage.appendSegment(run, segment(0, 10)));
  await done(tab.storage.releaseRun(run));
  expect(await tab.storage.appendSegment(run, segment(10, 10))).toEqual({ type: 'busy' });
  await done(other.storage.truncateRun(run, 10, scenario));
  await done(other.storage.appendSegment(run, segment(10, 10)));
  expect(await tab.storage.deleteRun(run)).toEqual({ type: 'busy' });
  await done(other.storage.deleteRun(run));
});

test('a run that is on show in a tab is not changed by another, also after its end', async () => {
  const run = await recordedRun(tab);
  const other = browser.openTab();
  expect(await done(other.storage.holdRun(run))).toBe(false);
  expect(await other.storage.truncateRun(run, 5, scenario)).toEqual({ type: 'busy' });
  await done(tab.storage.releaseRun(run));
  expect(await done(other.storage.holdRun(run))).toBe(true);
  expect(await tab.storage.truncateRun(run, 5, scenario)).toEqual({ type: 'busy' });
  expect(await other.storage.holdRun(99)).toEqual({ type: 'not-found' });
  other.storage.close();
  await done(tab.storage.truncateRun(run, 5, scenario));
});

test('reads and cuts what an earlier version has kept as text', async () => {
  const run = await recordedRun(tab);
  await tab.database.segments.put({ run, ...segment(0, 10), ndjson: textOf(segment(0, 10)), bytes: 0, bytesBefore: 0 });
  expect(await logOf(tab.storage, run)).toBe(textOf(segment(0, 10)));
  await done(tab.storage.truncateRun(run, 4, scenario));
  expect(await logOf(tab.storage, run)).toBe(textOf(segment(0, 4)));
});
