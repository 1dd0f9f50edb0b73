import { writeEntries } from '../log/ndjson';
import { encodeText } from '../log/utf8';
import type { Outcome, DurableStorage } from '../storage/storage';
import type { Scenario } from '../scenario/scenario';
import type { KeptBranches } from '../storage/protocol';
import type { RunObserver } from './computed-run';
import { SegmentedLog, type Segment } from './run-log';

/** What the recorder uses of the storage. */
type Keeper = Pick<
  DurableStorage,
  'readRun' | 'createRun' | 'appendSegment' | 'finishRun' | 'truncateRun' | 'defineRun' | 'releaseRun' | 'keepBranches'
>;

/** What of the run on show is recorded. */
interface Shown {
  readonly definition: Scenario;
  readonly log: SegmentedLog;
  readonly ended: boolean;
  readonly digest: string | undefined;
}

/** Segments on their way to the disk before the computation is held up. */
const unwrittenMax = 16;

/**
 * Has every run that the player shows recorded, in order. A storage that is full or missing stops the recording and
 * nothing else; the run on show goes on in memory.
 */
export class Recorder implements RunObserver {
  readonly #storage: Keeper;
  readonly #onRun: (run: number | undefined) => void;
  /** The id of the run being recorded, once the storage has given it; undefined when it could not. */
  #run: Promise<number | undefined> | undefined;
  #id: number | undefined;
  #unwritten = new Set<Promise<unknown>>();
  /** What this record lacks is being written: what comes meanwhile is taken from the log in its turn. */
  #catchingUp: Promise<number | undefined> | undefined;
  /** The run ended meanwhile. */
  #over: { readonly digest: string | undefined } | undefined;

  constructor(storage: Keeper, onRun: (run: number | undefined) => void) {
    this.#storage = storage;
    this.#onRun = onRun;
  }

  /** The run being recorded or shown from the record. */
  get run(): number | undefined {
    return this.#id;
  }

  /** A recorded run is on show: what changes in it is recorded in its place. `undefined`: in a place of its own. */
  adopt(run: number | undefined): void {
    if (run === undefined || run !== this.#id) this.#leave();
    this.#set(run);
    this.#run = run === undefined ? undefined : Promise.resolve(run);
  }

  begun(definition: Scenario, { fromSeq, replaces, log }: Parameters<RunObserver['begun']>[1]): void {
    if (this.#run !== undefined && (fromSeq > 0 || replaces)) {
      void this.#with((run) => this.#storage.truncateRun(run, fromSeq, definition));
      return;
    }
    this.#over = undefined;
    this.#leave();
    this.#set(undefined);
    const created = this.#storage.createRun(definition).then((outcome: Outcome<number>) => {
      const run = outcome.type === 'done' ? outcome.value : undefined;
      if (this.#run === created) this.#set(run);
      return run;
    });
    this.#run = created;
    // A run that is kept elsewhere, or nowhere, goes on differently here.
    if (fromSeq > 0) void this.#recordFromStart(created, log);
  }

  left(): void {
    this.adopt(undefined);
  }

  /** A run that came from outside, whole, is kept like one that was computed here. */
  take(definition: Scenario, segments: readonly Segment[]): void {
    this.begun(definition, { fromSeq: 0, replaces: false, log: new SegmentedLog() });
    for (const segment of segments) void this.segment(segment);
    this.ended(undefined);
  }

  segment(segment: Segment): void | Promise<void> {
    if (this.#isCatchingUp) return;
    const written = this.#with((run) => this.#storage.appendSegment(run, segment));
    this.#unwritten.add(written);
    void written.then(() => this.#unwritten.delete(written));
    if (this.#unwritten.size > unwrittenMax) return Promise.race(this.#unwritten).then(() => undefined);
  }

  ended(digest: string | undefined): void {
    this.#over = { digest };
    if (this.#isCatchingUp) return;
    void this.#with((run) => this.#storage.finishRun(run, digest));
  }

  /** There is room again, or the record was taken back: writes what it lacks and goes on. False when that fails. */
  async recordOn(shown: Shown): Promise<boolean> {
    const recording = this.#run;
    const run = await recording;
    if (run === undefined || this.#isCatchingUp) return false;
    this.#catchingUp = recording;
    try {
      const record = await this.#storage.readRun(run);
      if (record.type !== 'done') return false;
      const seq = Math.min(record.value.info.entries, shown.log.length);
      const cut = await this.#storage.truncateRun(run, seq, shown.definition);
      if (cut.type !== 'done' || !(await this.#write(recording, shown.log, seq))) return false;
      if (shown.ended) void this.#storage.finishRun(run, shown.digest);
      return true;
    } finally {
      this.#caughtUp(recording);
    }
  }

  get #isCatchingUp(): boolean {
    return this.#run !== undefined && this.#catchingUp === this.#run;
  }

  #caughtUp(recording: Promise<number | undefined> | undefined): void {
    if (this.#catchingUp === recording) this.#catchingUp = undefined;
  }

  async #recordFromStart(recording: Promise<number | undefined>, log: SegmentedLog): Promise<void> {
    this.#catchingUp = recording;
    const written = await this.#write(recording, log, 0);
    this.#caughtUp(recording);
    if (written && this.#over !== undefined) this.ended(this.#over.digest);
  }

  /** Writes the log from an entry on until nothing of it is left. False when that fails or something else is recorded. */
  async #write(
    recording: Promise<number | undefined> | undefined,
    log: SegmentedLog,
    fromSeq: number,
  ): Promise<boolean> {
    const run = await recording;
    if (run === undefined) return false;
    for (let seq = fromSeq; this.#run === recording;) {
      const piece = pieceFrom(log, seq);
      if (piece === undefined) return true;
      const outcome = await this.#storage.appendSegment(run, piece);
      if (outcome.type !== 'done') return false;
      seq += piece.count;
    }
    return false;
  }

  redefined(definition: Scenario): void {
    void this.#with((run) => this.#storage.defineRun(run, definition));
  }

  branched(branches: KeptBranches): void {
    void this.#with((run) => this.#storage.keepBranches(run, branches));
  }

  #leave(): void {
    void this.#with((run) => this.#storage.releaseRun(run));
  }

  #set(run: number | undefined): void {
    this.#id = run;
    this.#onRun(run);
  }

  /** The storage takes calls in order, so that it is enough to wait for the run's id. */
  #with(call: (run: number) => Promise<unknown>): Promise<unknown> {
    return this.#run?.then((run) => (run === undefined ? undefined : call(run))) ?? Promise.resolve();
  }
}

/** The segment of the log that holds the entry, from that entry on. */
function pieceFrom(log: SegmentedLog, seq: number): Segment | undefined {
  const segment = log.segments.find(({ firstSeq, count }) => firstSeq + count > seq);
  if (segment === undefined || segment.firstSeq === seq) return segment;
  const entries = log.range(seq, segment.firstSeq + segment.count);
  const fromMs = entries[0]?.atMs ?? segment.fromMs;
  return {
    firstSeq: seq,
    count: entries.length,
    fromMs,
    toMs: segment.toMs,
    ndjson: encodeText(writeEntries(entries)),
  };
}
