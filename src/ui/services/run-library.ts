import type { RunPlayer } from '../../player/player';
import type { Recorder } from '../../player/recorder';
import type { DurableStorage, StoredRun } from '../../storage/storage';
import type { History, RunInfo, Segment } from '../../storage/protocol';
import type { ComparedReplay } from '../../projections/compare-replays';
import type { RunComparison } from '../../projections/compare-runs';
import type { CompareOptions, ComparedRuns, RunLibrary, RunSummary } from '../services';

interface Parts {
  readonly storage: DurableStorage;
  readonly player: RunPlayer;
  readonly recorder: Recorder;
  /** Called before a recorded run is on show. */
  readonly onOpening: () => void;
  /** What a scenario of this title is called in the reader's language. */
  readonly titleOf: (title: string) => string;
}

/** The history of runs, as the dialog sees it, over the storage. */
export function createRunLibrary({ storage, player, recorder, onOpening, titleOf }: Parts): RunLibrary {
  const listeners = new Set<() => void>();
  /** The run of which no more is recorded, and what all runs took then. */
  let stopped: { readonly run: number; readonly usedBytes: number | undefined } | undefined;
  const isStopped = (): boolean => stopped !== undefined && stopped.run === recorder.run;
  const recordOn = async (): Promise<void> => {
    if (await recorder.recordOn(player)) stopped = undefined;
    tell();
  };
  const summary = (run: RunInfo): RunSummary => ({ ...facts(run, recorder.run), name: titleOf(run.title) });
  const tell = (): void => {
    for (const listener of listeners) listener();
  };
  storage.onEvent((event) => {
    if (event.type === 'storage-full') stopped = { run: event.run, usedBytes: undefined };
    if (event.type === 'history-changed' && stopped !== undefined) {
      const { usedBytes } = event.history;
      // A run has really left the disk.
      if (isStopped() && stopped.usedBytes !== undefined && usedBytes < stopped.usedBytes) void recordOn();
      stopped = { ...stopped, usedBytes };
    }
    tell();
  });
  const history = async (): Promise<History> => {
    const outcome = await storage.listRuns();
    return outcome.type === 'done' ? outcome.value : { runs: [], usedBytes: 0, limitBytes: 0 };
  };
  return {
    list: async () => (await history()).runs.map(summary),
    usage: async () => {
      const { usedBytes, limitBytes, runs } = await history();
      const keptToMs = runs.find(({ id }) => id === recorder.run)?.lengthMs ?? 0;
      // The browser may have had room for less than we would take.
      const roomBytes = isStopped() ? Math.min(limitBytes, usedBytes) : limitBytes;
      return { usedBytes, limitBytes: roomBytes, stoppedAtMs: isStopped() ? keptToMs : undefined };
    },
    open: async (id) => {
      await showRecorded({ storage, player, recorder }, Number(id), { seen: true, onOpening });
    },
    openAt: async (id, seq) => {
      await showRecorded({ storage, player, recorder }, Number(id), { seen: true, onOpening });
      player.seekTo(seq + 1);
    },
    compare: (a, b, how) => compareStored(storage, [Number(a), Number(b)], summary, how),
    compareReplays: (a, b, signal) => compareStoredReplays(storage, [Number(a), Number(b)], signal),
    rename: async (id, name) => void (await storage.renameRun(Number(id), name)),
    setPinned: async (id, pinned) => void (await storage.pinRun(Number(id), pinned)),
    remove: async (id) => {
      const outcome = await storage.deleteRun(Number(id));
      if (outcome.type !== 'done') throw new Error('message' in outcome ? outcome.message : outcome.type);
      // What is changed from now on goes into a record of its own.
      const { run } = recorder;
      const wasShown = run === Number(id);
      if (wasShown) recorder.adopt(undefined);
      return async () => {
        await storage.undoDelete(outcome.value);
        if (!wasShown || recorder.run !== undefined) return;
        await storage.holdRun(Number(id));
        recorder.adopt(Number(id));
        // What came while it was deleted is written as well.
        await recordOn();
      };
    },
    get isStopped() {
      return isStopped();
    },
    onChange: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** Puts a recorded run on show. Undefined when it is not there any more. */
export async function showRecorded(
  { storage, player, recorder }: Pick<Parts, 'storage' | 'player' | 'recorder'>,
  id: number,
  /** `seen`: whether its whole future counts as known to the reader. `onOpening` is called just before it is on show. */
  { seen, onOpening }: { readonly seen: boolean; readonly onOpening: () => void },
): Promise<StoredRun | undefined> {
  const outcome = await storage.readRun(id);
  if (outcome.type !== 'done') return undefined;
  const run = outcome.value;
  const segments: Segment[] = [];
  for await (const segment of run.segments()) segments.push(segment);
  const { ended, digest } = run.info;
  const held = await storage.holdRun(id);
  const isElsewhere = held.type !== 'done' || !held.value;
  onOpening();
  // What another tab has on show is looked at here; a change made here goes into a record of its own.
  recorder.adopt(isElsewhere ? undefined : id);
  player.openRecorded({
    scenario: run.scenario,
    segments,
    ended: ended || isElsewhere,
    digest: digest ?? undefined,
    branches: run.branches,
    seen,
  });
  return run;
}

async function compareStored(
  storage: DurableStorage,
  ids: readonly [number, number],
  summary: (run: RunInfo) => RunSummary,
  { signal, onProgress }: CompareOptions,
): Promise<ComparedRuns> {
  const [a, b] = [await readStored(storage, ids[0]), await readStored(storage, ids[1])];
  const [{ compareRuns }, { definitionDifferences }] = await Promise.all([
    import('../../projections/compare-runs'),
    import('../../scenario/definition-differences'),
  ]);
  const isEqual = a.info.digest !== null && a.info.digest === b.info.digest;
  const log: RunComparison = isEqual
    ? { type: 'same', entries: a.info.entries, moved: 0 }
    : await compareRuns(a.segments(), b.segments(), (entries) => {
        signal.throwIfAborted();
        onProgress(entries);
      });
  const definitions = definitionDifferences(a.scenario, b.scenario);
  return { a: summary(a.info), b: summary(b.info), log, definitions };
}

async function compareStoredReplays(
  storage: DurableStorage,
  ids: readonly [number, number],
  signal: AbortSignal,
): Promise<readonly ComparedReplay[]> {
  const [a, b] = [await readStored(storage, ids[0]), await readStored(storage, ids[1])];
  const { compareReplays } = await import('../../projections/compare-replays');
  const segmentsOf = async function* (run: StoredRun) {
    for await (const segment of run.segments()) {
      signal.throwIfAborted();
      yield segment;
    }
  };
  return compareReplays(
    () => segmentsOf(a),
    () => segmentsOf(b),
  );
}

async function readStored(storage: DurableStorage, id: number): Promise<StoredRun> {
  const outcome = await storage.readRun(id);
  if (outcome.type === 'done') return outcome.value;
  throw new Error('message' in outcome ? outcome.message : outcome.type);
}

function facts(run: RunInfo, current: number | undefined): Omit<RunSummary, 'name'> {
  return {
    id: String(run.id),
    startedAtEpochMs: run.startedAtMs,
    lengthMs: run.lengthMs,
    entries: run.entries,
    bytes: run.bytes,
    seed: run.seed,
    ended: run.ended,
    pinned: run.pinned,
    current: run.id === current,
  };
}
