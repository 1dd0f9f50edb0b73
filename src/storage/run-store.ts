import { decodeText, encodeText } from '../log/utf8';
import type { Scenario } from '../scenario/scenario';
import { type Database, problemOf, type RunRow, type SegmentRow, StorageFailure } from './database';
import type { LiveRuns } from './live-runs';
import type { Answer, DeletedRun, History, KeptBranches, RunInfo, Segment, StorageEvent } from './protocol';
import { limitBytesDefault } from './protocol';
import { chooseForRemoval, sumOfBytes } from './retention';
import { type Queued, WriteQueue } from './write-queue';

/**
 * Runs and their logs.
 *
 * Invariants
 * 1. A run's segments follow one another without a gap from 0, and its row says how many entries they hold.
 * 2. What was acknowledged is in the database; a failed write leaves everything before it as it was.
 * 3. Changes happen in the order in which they were asked for.
 * 4. Nobody but the tab that records a run or has it on show changes its log, and nobody else takes it away while it is recorded.
 */
export class RunStore {
  readonly #db: Database;
  readonly #live: LiveRuns;
  readonly #nowMs: () => number;
  readonly #emit: (event: StorageEvent) => void;
  readonly #queue = new WriteQueue<Append>((batch) => this.#write(batch));
  /** Runs whose recording has stopped, and why. */
  readonly #stopped = new Map<number, 'limit' | 'quota'>();
  #bytesSinceRetention = 0;

  constructor(parts: RunStoreParts) {
    this.#db = parts.db;
    this.#live = parts.live;
    this.#nowMs = parts.nowMs;
    this.#emit = parts.emit;
  }

  create(scenario: Scenario): Promise<number> {
    return this.#queue.run(async () => {
      await this.#retain();
      const { title, seed } = scenario;
      const row = { ...emptyRun, title, seed, startedAtMs: this.#nowMs() };
      const { runs, documents } = this.#db;
      const run = await this.#db.transaction('rw', runs, documents, async () => {
        const id = await runs.add(row);
        await documents.add({ run: id, scenario });
        return id;
      });
      // An empty run is of no interest to the retention of another tab, so it may be locked after it was made.
      await this.#take(run);
      return run;
    });
  }

  append(run: number, segment: Segment): Promise<null> {
    return this.#queue.write({ run, segment });
  }

  finish(run: number, digest: string | null): Promise<null> {
    return this.#queue.run(async () => {
      await this.#change(run, { ended: true, digest });
      await this.#retain();
      return null;
    });
  }

  hold(run: number): Promise<boolean> {
    return this.#queue.run(async () => {
      await this.#row(run);
      // The page before a reload may be a moment late in giving it back.
      return this.#live.take(run, { waitMs: leavingMsMax });
    });
  }

  truncate(run: number, fromSeq: number, scenario: Scenario): Promise<null> {
    return this.#queue.run(async () => {
      await this.#take(run);
      const { runs, documents, segments } = this.#db;
      await this.#db.transaction('rw', runs, documents, segments, async () => {
        const { entries } = await this.#row(run);
        if (fromSeq > entries) throw gap(run, fromSeq, entries);
        await this.#db.segmentsOf(run, fromSeq).delete();
        const last = await this.#db.segmentsOf(run).last();
        const kept = last && cut(last, fromSeq);
        if (kept) await segments.put(kept);
        await documents.put({ ...(await documents.get(run)), run, scenario });
        const size = { lengthMs: kept?.toMs ?? 0, entries: fromSeq, bytes: kept ? kept.bytesBefore + kept.bytes : 0 };
        await runs.update(run, { ...size, seed: scenario.seed, ended: false, digest: null });
      });
      this.#stopped.delete(run);
      return null;
    });
  }

  define(run: number, scenario: Scenario): Promise<null> {
    return this.#queue.run(async () => {
      await this.#db.documents.update(run, { scenario });
      return null;
    });
  }

  /** It is left. One that has not ended counts as interrupted. */
  release(run: number): Promise<null> {
    return this.#queue.run(async () => {
      this.#live.release(run);
      this.#stopped.delete(run);
      return null;
    });
  }

  keepBranches(run: number, branches: KeptBranches): Promise<null> {
    return this.#queue.run(async () => {
      await this.#db.documents.update(run, { branches });
      return null;
    });
  }

  rename(run: number, title: string): Promise<null> {
    return this.#queue.run(() => this.#change(run, { title }));
  }

  pin(run: number, pinned: boolean): Promise<null> {
    return this.#queue.run(() => this.#change(run, { pinned }));
  }

  /** Hides the run; `removeDeleted` takes it away once it is too late to take that back. */
  delete(run: number): Promise<DeletedRun> {
    return this.#queue.run(async () => {
      const { ended } = await this.#row(run);
      const isTheirs = !this.#live.has(run) && (await this.#live.all()).has(run);
      if (isTheirs && !ended) throw new StorageFailure({ type: 'busy' });
      await this.#change(run, { deletedAtMs: this.#nowMs() });
      this.#live.release(run);
      return { run, undoMs: undoMsMax };
    });
  }

  undelete(run: number): Promise<null> {
    return this.#queue.run(async () => {
      if (!(await this.#db.runs.get(run))) throw new StorageFailure({ type: 'not-found' });
      await this.#db.runs.update(run, { deletedAtMs: undefined });
      return null;
    });
  }

  /** Those whose deletion can no longer be taken back. */
  removeDeleted(): Promise<null> {
    return this.#queue.run(async () => {
      const before = this.#nowMs() - undoMsMax;
      const gone = await this.#db.runs.filter(({ deletedAtMs = Infinity }) => deletedAtMs <= before).primaryKeys();
      for (const run of gone) await this.#remove(run);
      return null;
    });
  }

  setLimit(limitBytes: number): Promise<null> {
    return this.#queue.run(async () => {
      await this.#db.settings.put({ key: 'limitBytes', value: limitBytes });
      await this.#retain();
      return null;
    });
  }

  async list(): Promise<History> {
    const [rows, live, limitBytes] = await Promise.all([this.#db.runs.toArray(), this.#live.all(), this.#limit()]);
    const runs = rows.filter((row) => row.deletedAtMs === undefined).map((row) => infoOf(row, live));
    return { runs: runs.reverse(), usedBytes: sumOfBytes(rows), limitBytes };
  }

  async read(run: number): Promise<Answer<'run.read'>> {
    const [row, document, live] = await Promise.all([this.#row(run), this.#db.documents.get(run), this.#live.all()]);
    if (!document) throw new StorageFailure({ type: 'not-found' });
    return { info: infoOf(row, live), scenario: document.scenario, branches: document.branches };
  }

  /** The next few of those that begin at `fromSeq` or later. */
  async segments(run: number, fromSeq: number): Promise<readonly Segment[]> {
    const rows = await this.#db.segmentsOf(run, fromSeq).limit(segmentsPerRead).toArray();
    return rows.map(({ firstSeq, count, fromMs, toMs, ndjson }) => ({
      firstSeq,
      count,
      fromMs,
      toMs,
      ndjson: bytesOf(ndjson),
    }));
  }

  async #write(batch: readonly Queued<Append>[]): Promise<void> {
    const written: Queued<Append>[] = [];
    const refused: (() => void)[] = [];
    try {
      const { runs, segments } = this.#db;
      await this.#db.transaction('rw', runs, segments, async () => {
        const rows = new Map<number, RunRow>();
        const added: SegmentRow[] = [];
        for (const append of batch) {
          const { run, segment } = append.value;
          const row = rows.get(run) ?? (await runs.get(run));
          const refusal = this.#refusal(append.value, row);
          if (refusal || !row) {
            refused.push(() => append.fail(refusal));
            continue;
          }
          const bytes = segment.ndjson.length;
          added.push({ run, ...segment, bytes, bytesBefore: row.bytes });
          const entries = row.entries + segment.count;
          rows.set(run, { ...row, entries, bytes: row.bytes + bytes, lengthMs: segment.toMs });
          written.push(append);
        }
        await segments.bulkAdd(added);
        await runs.bulkPut([...rows.values()]);
        this.#bytesSinceRetention += sumOfBytes(added);
      });
      for (const append of written) append.done();
    } catch (error) {
      const problem = problemOf(error);
      if (problem.type === 'full') for (const { value } of written) this.#stop(value.run, problem.reason);
      for (const append of written) append.fail(new StorageFailure(problem));
    }
    // Not before, since whoever waits for the answer would go on inside the transaction.
    for (const refuse of refused) refuse();
    // A failed look at the limit is repeated with the next one.
    if (this.#bytesSinceRetention >= retentionStepBytes) await this.#retain().catch(() => {});
  }

  /** Why the segment cannot be taken, or undefined. */
  #refusal({ run, segment }: Append, row: RunRow | undefined): StorageFailure | undefined {
    const reason = this.#stopped.get(run);
    if (reason) return new StorageFailure({ type: 'full', reason });
    if (!row || row.deletedAtMs !== undefined) return new StorageFailure({ type: 'not-found' });
    if (!this.#live.has(run)) return new StorageFailure({ type: 'busy' });
    return segment.firstSeq === row.entries ? undefined : gap(run, segment.firstSeq, row.entries);
  }

  #stop(run: number, reason: 'limit' | 'quota'): void {
    if (this.#stopped.has(run)) return;
    this.#stopped.set(run, reason);
    this.#emit({ type: 'storage-full', run, reason });
  }

  async #take(run: number): Promise<void> {
    if (!(await this.#live.take(run))) throw new StorageFailure({ type: 'busy' });
  }

  async #row(run: number): Promise<RunRow> {
    const row = await this.#db.runs.get(run);
    if (!row || row.deletedAtMs !== undefined) throw new StorageFailure({ type: 'not-found' });
    return row;
  }

  async #change(run: number, change: Partial<RunRow>): Promise<null> {
    await this.#row(run);
    await this.#db.runs.update(run, change);
    return null;
  }

  async #limit(): Promise<number> {
    return (await this.#db.settings.get('limitBytes'))?.value ?? limitBytesDefault;
  }

  async #retain(): Promise<void> {
    this.#bytesSinceRetention = 0;
    const [rows, limitBytes, held] = await Promise.all([this.#db.runs.toArray(), this.#limit(), this.#live.all()]);
    const live = new Set(rows.filter(({ id, ended }) => held.has(id) && !ended).map(({ id }) => id));
    const { runs, fits } = chooseForRemoval(rows, { limitBytes, live });
    for (const run of runs) await this.#remove(run);
    if (fits) return;
    for (const id of live) if (this.#live.has(id)) this.#stop(id, 'limit');
  }

  async #remove(run: number): Promise<void> {
    const { runs, documents, segments } = this.#db;
    await this.#db.transaction('rw', runs, documents, segments, async () => {
      await this.#db.segmentsOf(run).delete();
      await documents.delete(run);
      await runs.delete(run);
    });
  }
}

export interface RunStoreParts {
  readonly db: Database;
  readonly live: LiveRuns;
  /** Real time, in milliseconds since 1970. */
  readonly nowMs: () => number;
  readonly emit: (event: StorageEvent) => void;
}

interface Append {
  readonly run: number;
  readonly segment: Segment;
}

/** How long a deletion can be taken back. */
export const undoMsMax = 10_000;
/** How long a page may take to give back what it held after it was left. */
const leavingMsMax = 500;
const segmentsPerRead = 8;
/** How much is written between two looks at the limit. */
const retentionStepBytes = 8_000_000;

const emptyRun = { lengthMs: 0, entries: 0, bytes: 0, pinned: false, ended: false, digest: null };

/** The segment without its entries from `fromSeq` on. */
function cut(row: SegmentRow, fromSeq: number): SegmentRow {
  const count = fromSeq - row.firstSeq;
  if (count >= row.count) return row;
  const lines = decodeText(bytesOf(row.ndjson)).split('\n').slice(0, count);
  const { atMs } = JSON.parse(lines.at(-1) ?? '') as { readonly atMs: number };
  const ndjson = encodeText(lines.join('\n') + '\n');
  return { ...row, count, ndjson, toMs: atMs, bytes: ndjson.length };
}

function bytesOf(ndjson: SegmentRow['ndjson']): Uint8Array<ArrayBuffer> {
  return typeof ndjson === 'string' ? encodeText(ndjson) : ndjson;
}

function gap(run: number, seq: number, entries: number): StorageFailure {
  const message = `Run ${run} has ${entries} entries, so nothing can happen to it at ${seq}`;
  return new StorageFailure({ type: 'failed', message });
}

function infoOf({ deletedAtMs: _, ...row }: RunRow, live: ReadonlySet<number>): RunInfo {
  return { ...row, recording: live.has(row.id) && !row.ended };
}
