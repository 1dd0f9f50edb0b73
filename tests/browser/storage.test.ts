import { afterEach, beforeEach, expect, test } from 'vitest';
import { decodeText, encodeText } from '../../src/log/utf8';
import { databaseName } from '../../src/storage/database';
import type { Segment, StorageEvent } from '../../src/storage/protocol';
import { DurableStorage, type Outcome } from '../../src/storage/storage';
import type { Scenario } from '../../src/scenario/scenario';

/** With the real worker, database and locks. A second worker stands for a second tab. */
const scenario: Scenario = {
  title: 'Shop',
  about: '',
  durationMs: 60_000,
  seed: 7,
  speed: 1,
  startedAt: '2026-01-01T00:00:00.000Z',
  processes: [],
  network: { default: { latencyMs: 0, jitterMs: 0, loss: 0, cut: false }, links: [] },
  interventions: [],
  files: { 'shop.ts': 'export {};' },
  note: '',
};

const open: DurableStorage[] = [];

function openTab(): DurableStorage {
  const storage = new DurableStorage();
  open.push(storage);
  return storage;
}

function segment(firstSeq: number, count: number): Segment {
  const lines = Array.from({ length: count }, (_, index) => `{"seq":${firstSeq + index},"atMs":${firstSeq + index}}\n`);
  return { firstSeq, count, fromMs: firstSeq, toMs: firstSeq + count - 1, ndjson: encodeText(lines.join('')) };
}

async function done<T>(outcome: Promise<Outcome<T>>): Promise<T> {
  const result = await outcome;
  if (result.type !== 'done') throw new Error(`Not done: ${JSON.stringify(result)}`);
  return result.value;
}

async function logOf(storage: DurableStorage, run: number): Promise<string> {
  const { segments } = await done(storage.readRun(run));
  let log = '';
  for await (const { ndjson } of segments()) log += decodeText(ndjson);
  return log;
}

beforeEach(async () => {
  await new Promise((resolve, reject) => {
    const request = indexedDB.deleteDatabase(databaseName);
    request.onsuccess = resolve;
    request.onerror = reject;
  });
});
afterEach(() => {
  for (const storage of open.splice(0)) storage.close();
});

test('a run is there after its tab was killed while it recorded', async () => {
  const tab = openTab();
  const run = await done(tab.createRun(scenario));
  const sent = Array.from({ length: 30 }, (_, index) => segment(index * 1_000, 1_000));
  await Promise.all(sent.map((each) => done(tab.appendSegment(run, each))));
  void tab.appendSegment(run, segment(30_000, 1_000));
  tab.close();
  const next = openTab();
  const log = await logOf(next, run);
  const acknowledged = sent.map(({ ndjson }) => decodeText(ndjson)).join('');
  expect(log.startsWith(acknowledged)).toBe(true);
  await expect
    .poll(async () => (await done(next.listRuns())).runs)
    .toMatchObject([{ id: run, title: 'Shop', ended: false, recording: false }]);
  // The run can be recorded on by whoever opened it.
  await done(next.truncateRun(run, 29_500, scenario));
  await done(next.appendSegment(run, segment(29_500, 10)));
  expect(await logOf(next, run)).toBe(decodeText(segment(0, 29_510).ndjson));
});

test('two tabs leave each other’s recording alone and see each other’s changes', async () => {
  const [mine, other] = [openTab(), openTab()];
  const events: StorageEvent[] = [];
  other.onEvent((event) => events.push(event));
  await done(other.listRuns());
  const run = await done(mine.createRun(scenario));
  await done(mine.appendSegment(run, segment(0, 100)));
  await expect
    .poll(() => events.at(-1))
    .toMatchObject({ type: 'history-changed', history: { runs: [{ id: run, entries: 100, recording: true }] } });
  expect(await other.deleteRun(run)).toEqual({ type: 'busy' });
  expect(await other.truncateRun(run, 0, scenario)).toEqual({ type: 'busy' });
  await done(other.setLimit(1));
  expect((await done(other.listRuns())).runs).toHaveLength(1);
  await done(other.setLimit(512_000_000));
  await done(mine.finishRun(run, 'abc'));
  const deleted = await done(other.deleteRun(run));
  expect((await done(mine.listRuns())).runs).toEqual([]);
  await done(mine.undoDelete(deleted));
  expect(await logOf(other, run)).toBe(decodeText(segment(0, 100).ndjson));
});

test('the draft is there after the page was left', async () => {
  const tab = openTab();
  await done(tab.saveScenario('draft', { ...scenario, note: 'їжак' }));
  tab.close();
  const next = openTab();
  expect(await done(next.readScenario('draft'))).toEqual({ ...scenario, note: 'їжак' });
  expect(await next.readScenario('nothing')).toEqual({ type: 'not-found' });
});
