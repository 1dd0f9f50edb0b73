import { afterEach, expect, test, vi } from 'vitest';
import type { RunObserver } from '../../src/player/computed-run';
import { RunPlayer } from '../../src/player/player';
import { createSandbox } from '../../src/sandbox/host';
import { findGalleryEntry } from '../../src/scenario/gallery/gallery';
import type { KeptBranches } from '../../src/storage/protocol';

// The player over the real sandbox: what a change keeps, what it computes again, and what can be taken back.

const patiently = { timeout: 60_000 };
const endMs = 2_900;
const publish = { type: 'message.publish', broker: 'jobs', event: 'extra', data: { by: 'hand' } } as const;

const open: RunPlayer[] = [];
afterEach(() => {
  for (const player of open.splice(0)) player.close();
});

function createPlayer(): RunPlayer {
  const player = new RunPlayer({
    createSandbox,
    nowMs: () => performance.now(),
    onFrame: (callback) => {
      const id = requestAnimationFrame(callback);
      return () => cancelAnimationFrame(id);
    },
  });
  open.push(player);
  return player;
}

/** The course's queue, computed and shown to its end. */
async function openQueue(observer?: RunObserver): Promise<RunPlayer> {
  const player = createPlayer();
  if (observer) player.observe(observer);
  const scenario = await findGalleryEntry('event-queue')?.load();
  if (scenario === undefined) throw new Error('The gallery has no event-queue');
  player.open(scenario, { autoplay: false, atMs: 0 });
  await toEnd(player);
  return player;
}

async function toEnd(player: RunPlayer): Promise<void> {
  player.runToEnd();
  await settled(player);
}

/** Whatever was asked for is computed, and the playhead is where it wants to be. */
async function settled(player: RunPlayer): Promise<void> {
  await vi.waitUntil(() => player.ended && player.status === 'ready', patiently);
}

function published(player: RunPlayer): number {
  return player.log.range(0, player.log.length).filter(({ type }) => type === 'message.published').length;
}

const busOf = (player: RunPlayer): string =>
  player.log
    .range(0, player.log.length)
    .flatMap((entry) => (entry.type === 'broker.declared' ? [entry.broker] : []))[0] ?? '';

test('a change in the past keeps what it gives up as a branch, and both can be shown', patiently, async () => {
  const player = await openQueue();
  const [digest, before] = [player.digest, published(player)];
  expect(player.playheadMs).toBe(endMs);
  player.seek(1_000);
  player.intervene({ ...publish, broker: busOf(player) });
  await settled(player);
  expect(player.playheadMs).toBe(1_000);
  expect(published(player)).toBe(before + 1);
  expect(player.branches).toEqual([
    { id: 0, name: undefined, forkMs: 0, current: false },
    { id: 1, name: undefined, forkMs: 1_000, current: true },
  ]);

  player.switchBranch(0);
  await settled(player);
  expect(player.digest).toBe(digest);
  player.switchBranch(1);
  player.renameBranch(1, 'one more');
  player.removeBranch(0);
  await settled(player);
  expect(player.branches).toEqual([{ id: 1, name: 'one more', forkMs: 1_000, current: true }]);
  expect(published(player)).toBe(before + 1);
});

test('going on from where one is makes no branch', patiently, async () => {
  const player = createPlayer();
  const scenario = await findGalleryEntry('event-queue')?.load();
  if (scenario === undefined) throw new Error('The gallery has no event-queue');
  player.open(scenario, { autoplay: false, atMs: 1_000 });
  await vi.waitUntil(() => player.playheadMs === 1_000, patiently);
  const more = { ...publish, broker: busOf(player) };
  player.intervene(more);
  // At once, while what the first one changes is still being computed and the playhead is on its way back.
  player.intervene(more);
  await settled(player);
  expect(player.definition.interventions.map(({ atMs }) => atMs)).toEqual([1_000, 1_000]);
  expect(player.branches).toHaveLength(1);
});

test('what was opened without playing is computed only once Run was pressed', patiently, async () => {
  const player = createPlayer();
  const [begun, refused, other] = [vi.fn(), vi.fn(), () => undefined];
  player.observe({ begun, redefined: other, segment: other, left: other, ended: other, branched: other });
  player.onRefused(refused);
  const scenario = await findGalleryEntry('event-queue')?.load();
  if (scenario === undefined) throw new Error('The gallery has no event-queue');
  player.open(scenario, { autoplay: false });
  const [file = ''] = Object.keys(scenario.files);
  const asked = [
    () => player.seek(1_000),
    () => player.runToEnd(),
    () => player.stepForward(),
    () => player.restart(),
    () => player.intervene({ ...publish, broker: 'bus' }),
  ];
  for (const ask of asked) ask();
  expect(refused).toHaveBeenCalledTimes(asked.length);
  // Reading and changing the scenario is free, and computes nothing either.
  player.seek(0);
  player.stepBack();
  player.setSpeed(10);
  player.setSeed(7);
  player.editFiles({ [file]: `${scenario.files[file] ?? ''}\n` });
  expect(player).toMatchObject({ status: 'waiting', playheadMs: 0 });
  expect(player.scenario.interventions).toEqual([]);
  expect(refused).toHaveBeenCalledTimes(asked.length);
  expect(begun).not.toHaveBeenCalled();

  player.run();
  expect(begun).toHaveBeenCalledOnce();
  await toEnd(player);
  expect(player.definition).toMatchObject({ seed: 7 });
});

test('what is done while the playhead stands is on show at once, wherever it stands', patiently, async () => {
  const player = await openQueue();
  for (const atMs of [1_000.000_4, 1_000.000_6, 0]) {
    player.seek(atMs);
    player.intervene({ ...publish, broker: busOf(player) });
    await settled(player);
    expect(player.playheadMs).toBe(Math.round(atMs * 1_000) / 1_000);
    const shown = player.log.range(0, player.position).filter(({ type }) => type === 'intervention.applied');
    expect(shown).toHaveLength(1);
    // Taken back, the playhead still shows that instant.
    const { position } = player;
    player.undo();
    await settled(player);
    expect(player.position).toBeGreaterThan(0);
    expect(player.position).toBeLessThan(position);
  }
});

test('changed again before it was computed, a run comes back to where it was all the same', patiently, async () => {
  const player = await openQueue();
  player.seek(1_000);
  player.setSeed(2);
  player.setSeed(3);
  await settled(player);
  expect(player.playheadMs).toBe(1_000);
  expect(player.position).toBeGreaterThan(0);
});

test('every kind of change can be taken back and made again', { timeout: 120_000 }, async () => {
  const player = await openQueue();
  const digests = [player.digest];
  const broker = busOf(player);
  player.seek(0);
  expect(player.canUndo).toBe(false);
  const [file = ''] = Object.keys(player.scenario.files);
  const changes = [
    () => player.intervene({ ...publish, broker }),
    () => player.setInterventionEnabled(0, false),
    () => player.setInterventionEnabled(0, true),
    () => player.moveIntervention(0, 700),
    () => player.removeIntervention(0),
    () => player.setSeed(77),
    () => player.addFile('more.ts', 'export {};\n'),
    () => player.editFiles({ [file]: `console.log('first');\n${player.scenario.files[file]}` }),
  ];
  for (const change of changes) {
    change();
    await settled(player);
    digests.push(player.digest);
  }
  expect(digests[2]).toBe(digests[0]);
  expect(digests[1]).toBe(digests[3]);
  for (const digest of digests.slice(0, -1).reverse()) {
    player.undo();
    await settled(player);
    expect(player.digest).toBe(digest);
  }
  expect(player.canUndo).toBe(false);
  while (player.canRedo) player.redo();
  await settled(player);
  expect(player.digest).toBe(digests.at(-1));
});

test('a fault of the scenario that is taken away leaves nothing in the log', patiently, async () => {
  const player = await openQueue();
  const { scenario } = player;
  const written = (): string => JSON.stringify(player.log.range(0, player.log.length));
  const before = written();
  player.define({
    ...scenario,
    faults: [{ type: 'slow', process: 'listeners', factor: 2, fromMs: 500, untilMs: 900 }],
  });
  await settled(player);
  expect(written()).toContain('fault.began');
  player.define(scenario);
  await settled(player);
  expect(written()).toBe(before);
});

test('typing is taken back at once, and what makes no difference computes nothing', patiently, async () => {
  const begun: number[] = [];
  const player = await openQueue({
    left: () => undefined,
    begun: (_, { fromSeq }) => begun.push(fromSeq),
    segment: () => undefined,
    ended: () => undefined,
    redefined: () => undefined,
    branched: () => undefined,
  });
  const [file = ''] = Object.keys(player.scenario.files);
  const source = player.scenario.files[file] ?? '';
  for (const typed of ['c', 'co', 'console.log(1)']) player.editFiles({ [file]: `${source}\n${typed}` });
  player.undo();
  expect(player.scenario.files[file]).toBe(source);
  // What is renamed in several files is one change.
  const all = Object.fromEntries(Object.entries(player.scenario.files).map(([name, text]) => [name, `${text}\n`]));
  player.editFiles(all);
  expect(player.scenario.files).toEqual(all);
  player.undo();
  expect(player.scenario.files[file]).toBe(source);
  const times = begun.length;
  player.define({ ...player.scenario, note: 'Look at 00:01' });
  expect(player.definition.note).toBe('Look at 00:01');
  expect(begun).toHaveLength(times);
  expect(player.ended || player.status !== 'loading').toBe(true);
});

test('a recorded run opens with its branches, as its observers were told of them', patiently, async () => {
  let kept: KeptBranches | undefined;
  const player = await openQueue({
    left: () => undefined,
    begun: () => undefined,
    segment: () => undefined,
    ended: () => undefined,
    redefined: () => undefined,
    branched: (branches) => (kept = branches),
  });
  player.seek(1_000);
  player.intervene({ ...publish, broker: busOf(player) });
  await settled(player);
  const other = createPlayer();
  other.openRecorded({
    scenario: player.definition,
    segments: player.log.segments,
    ended: true,
    digest: player.digest,
    branches: kept,
    seen: false,
  });
  expect(other.branches).toEqual(player.branches);
  other.switchBranch(0);
  await settled(other);
  expect(other.log.length).toBeLessThan(player.log.length);
});
