import { afterEach, expect, test } from 'vitest';
import type { Entry } from '../../src/log/entry';
import { writeEntries } from '../../src/log/ndjson';
import { encodeText } from '../../src/log/utf8';
import { RunPlayer } from '../../src/player/player';
import { Recorder } from '../../src/player/recorder';
import { SegmentedLog, type Segment } from '../../src/player/run-log';
import { limitBytesDefault } from '../../src/storage/protocol';
import { createRunLibrary } from '../../src/ui/services/run-library';
import { done, FakeBrowser, logOf, scenario, textOf } from './tabs';

const browser = new FakeBrowser();
afterEach(() => browser.close());

function piece(firstSeq: number, count: number): Segment {
  const entries = Array.from({ length: count }, (_, index): Entry => {
    const seq = firstSeq + index;
    return { seq, atMs: seq, type: 'console.printed', process: 'a', stream: 'stdout', text: `${seq}\n` };
  });
  return { firstSeq, count, fromMs: firstSeq, toMs: firstSeq + count - 1, ndjson: encodeText(writeEntries(entries)) };
}

test('what was not kept while storage was full is written when there is room again, and recording goes on', async () => {
  const { storage, events } = browser.openTab();
  const recorder = new Recorder(storage, () => undefined);
  const log = new SegmentedLog();
  const take = async (segment: Segment): Promise<void> => {
    expect(log.add(segment)).toMatchObject({ count: segment.count });
    await recorder.segment(segment);
  };
  const shown = { definition: scenario, log, ended: false, digest: undefined };

  recorder.begun(scenario, { fromSeq: 0, replaces: false, log });
  await take(piece(0, 5));
  await expect.poll(() => recorder.run).toBeDefined();
  const run = recorder.run!;
  await expect.poll(() => logOf(storage, run)).toBe(textOf(piece(0, 5)));

  await done(storage.setLimit(1));
  await expect.poll(() => events.some(({ type }) => type === 'storage-full')).toBe(true);
  await take(piece(5, 5));
  expect(await logOf(storage, run)).toBe(textOf(piece(0, 5)));

  await done(storage.setLimit(limitBytesDefault));
  const resumed = recorder.recordOn(shown);
  // It comes in the middle of the catching up.
  await take(piece(10, 3));
  expect(await resumed).toBe(true);
  await take(piece(13, 2));
  await expect.poll(() => logOf(storage, run)).toBe(textOf(piece(0, 15)));
});

test('a record that ends inside a segment goes on from there', async () => {
  const { storage } = browser.openTab();
  const recorder = new Recorder(storage, () => undefined);
  const run = await done(storage.createRun(scenario));
  await done(storage.appendSegment(run, piece(0, 3)));
  recorder.adopt(run);
  const log = new SegmentedLog();
  log.add(piece(0, 8));
  expect(await recorder.recordOn({ definition: scenario, log, ended: true, digest: 'abc' })).toBe(true);
  expect(await logOf(storage, run)).toBe(textOf(piece(0, 8)));
  await expect.poll(async () => (await done(storage.readRun(run))).info).toMatchObject({ ended: true, digest: 'abc' });
});

test('a run of another tab that goes on differently here is recorded from its beginning', async () => {
  const { storage } = browser.openTab();
  const recorder = new Recorder(storage, () => undefined);
  const log = new SegmentedLog();
  log.add(piece(0, 5));
  log.add(piece(5, 5));
  recorder.begun(scenario, { fromSeq: 10, replaces: false, log });
  // It comes before the record has a place.
  log.add(piece(10, 3));
  await recorder.segment(piece(10, 3));
  recorder.ended('abc');
  await expect.poll(() => recorder.run).toBeDefined();
  const run = recorder.run!;
  await expect.poll(() => logOf(storage, run)).toBe(textOf(piece(0, 13)));
  await expect.poll(async () => (await done(storage.readRun(run))).info).toMatchObject({ ended: true, digest: 'abc' });
});

test('where things stand on the stage is kept with the run, and its log stays', async () => {
  const { storage } = browser.openTab();
  const recorder = new Recorder(storage, () => undefined);
  const run = await done(storage.createRun(scenario));
  await done(storage.appendSegment(run, piece(0, 3)));
  await done(storage.finishRun(run, 'abc'));
  recorder.adopt(run);
  const moved = { ...scenario, layout: { shop: { x: 40, y: 80 } } };
  recorder.redefined(moved);
  await expect.poll(async () => (await done(storage.readRun(run))).scenario).toEqual(moved);
  expect((await done(storage.readRun(run))).info).toMatchObject({ entries: 3, ended: true, digest: 'abc' });
});

test('the run on show that is deleted is recorded again when that is taken back, and what is changed before goes into a record of its own', async () => {
  const { storage } = browser.openTab();
  const recorder = new Recorder(storage, () => undefined);
  const nothing = (): undefined => undefined;
  const sandbox = {
    warm: nothing,
    start: () => 1,
    intervene: nothing,
    advance: nothing,
    kill: nothing,
    close: nothing,
  };
  const player = new RunPlayer({ createSandbox: () => sandbox, nowMs: () => 0, onFrame: () => nothing });
  player.observe(recorder);
  const library = createRunLibrary({ storage, player, recorder, onOpening: nothing, titleOf: (title) => title });
  player.open(scenario, { autoplay: true });
  await expect.poll(() => recorder.run).toBeDefined();
  const run = recorder.run!;

  const restore = await library.remove(String(run));
  expect(recorder.run).toBeUndefined();
  await restore();
  expect(recorder.run).toBe(run);

  await library.remove(String(run));
  player.setSeed(scenario.seed + 1);
  await expect.poll(() => recorder.run).toBeDefined();
  expect(recorder.run).not.toBe(run);
  expect((await library.list())[0]).toMatchObject({ seed: scenario.seed + 1, current: true });
});
