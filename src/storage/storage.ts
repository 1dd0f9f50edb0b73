import type { Scenario } from '../scenario/scenario';
import type {
  Answer,
  Ask,
  CallType,
  DeletedRun,
  FromStorage,
  History,
  KeptBranches,
  RunInfo,
  ScenarioInfo,
  Segment,
  StorageEvent,
  StorageProblem,
  ToStorage,
  Visit,
} from './protocol';

/** What came of a call: its value, or why it was not carried out. No call ever rejects. */
export type Outcome<T> = { readonly type: 'done'; readonly value: T } | StorageProblem;

export interface StoredRun {
  readonly info: RunInfo;
  readonly scenario: Scenario;
  readonly branches: KeptBranches | undefined;
  /** The log in order, read while it is walked. Ends early, with `problem` told, when the storage fails. */
  segments(onProblem?: (problem: StorageProblem) => void): AsyncGenerator<Segment, void>;
}

/**
 * The page's face of the storage worker, which is started by the first call. When nothing can be kept, an event says
 * so once, every call is answered with `unavailable`, and the page goes on in memory.
 */
export class DurableStorage {
  readonly #start: () => StoragePort;
  readonly #listeners = new Set<(event: StorageEvent) => void>();
  readonly #waiting = new Map<number, (outcome: Outcome<never>) => void>();
  #port: StoragePort | undefined;
  #unavailable: StorageProblem | undefined;
  #calls = 0;

  /** `start`: how to reach the worker; tests pass their own. */
  constructor(start: () => StoragePort = startWorker) {
    this.#start = start;
  }

  /** Returns what ends the subscription. Listening does not start the worker. */
  onEvent(listener: (event: StorageEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Begins to record a run. The outcome is its id. */
  createRun(scenario: Scenario): Promise<Outcome<number>> {
    return this.#call('run.create', { scenario });
  }

  /**
   * Done when the segment would survive the end of the browser. Segments may be sent without waiting for one another.
   * After `full` no further segment of the run is taken until it is truncated; what was done is kept.
   */
  appendSegment(run: number, segment: Segment): Promise<Outcome<null>> {
    return this.#call('run.append', { run, segment });
  }

  /** Nobody else changes it until it is released. False when another tab has it on show or records it. */
  holdRun(run: number): Promise<Outcome<boolean>> {
    return this.#call('run.hold', { run });
  }

  /** The run is computed to its end. It stays this tab's until it is released. */
  finishRun(run: number, digest?: string): Promise<Outcome<null>> {
    return this.#call('run.finish', { run, digest: digest ?? null });
  }

  /** Drops the entries from `fromSeq` on and records the run on from there, also one that had ended. */
  truncateRun(run: number, fromSeq: number, scenario: Scenario): Promise<Outcome<null>> {
    return this.#call('run.truncate', { run, fromSeq, scenario });
  }

  /** The scenario of the run's record, where it differs in what changes no entry of its log. */
  defineRun(run: number, scenario: Scenario): Promise<Outcome<null>> {
    return this.#call('run.define', { run, scenario });
  }

  /** The run is left: another tab may record, change or delete it. */
  releaseRun(run: number): Promise<Outcome<null>> {
    return this.#call('run.release', { run });
  }

  /** The runs and what they take. Changes are told by the event `history-changed`, once the worker is started. */
  listRuns(): Promise<Outcome<History>> {
    return this.#call('runs.list', {});
  }

  renameRun(run: number, title: string): Promise<Outcome<null>> {
    return this.#call('run.rename', { run, title });
  }

  pinRun(run: number, pinned: boolean): Promise<Outcome<null>> {
    return this.#call('run.pin', { run, pinned });
  }

  /** `busy` while another tab records it. The outcome is what `undoDelete` takes, and how long it can. */
  deleteRun(run: number): Promise<Outcome<DeletedRun>> {
    return this.#call('run.delete', { run });
  }

  undoDelete({ run }: DeletedRun): Promise<Outcome<null>> {
    return this.#call('run.undelete', { run });
  }

  async readRun(run: number): Promise<Outcome<StoredRun>> {
    const outcome = await this.#call('run.read', { run });
    if (outcome.type !== 'done') return outcome;
    const segments: StoredRun['segments'] = (onProblem) => this.#segmentsOf(run, onProblem);
    return { type: 'done', value: { ...outcome.value, segments } };
  }

  /** Its other courses, beside the one that is recorded. */
  keepBranches(run: number, branches: KeptBranches): Promise<Outcome<null>> {
    return this.#call('run.branches', { run, branches });
  }

  /** What the next visit begins with. Survives the end of the browser, which `localStorage` does not do for up to a minute. */
  saveVisit(visit: Visit): Promise<Outcome<null>> {
    return this.#call('visit.save', { visit });
  }

  readVisit(): Promise<Outcome<Visit | undefined>> {
    return this.#call('visit.read', {});
  }

  /** How much all runs together may take; runs beyond it are removed at once. */
  setLimit(limitBytes: number): Promise<Outcome<null>> {
    return this.#call('runs.limit', { limitBytes });
  }

  /** Keeps the scenario under the name, in place of what was there. `updatedAtMs`: if it is not changed now. */
  saveScenario(name: string, scenario: Scenario, updatedAtMs?: number): Promise<Outcome<ScenarioInfo>> {
    return this.#call('scenario.save', { name, scenario, updatedAtMs });
  }

  readScenario(name: string): Promise<Outcome<Scenario>> {
    return this.#call('scenario.read', { name });
  }

  deleteScenario(name: string): Promise<Outcome<null>> {
    return this.#call('scenario.delete', { name });
  }

  /** The one changed last first. Changes are told by the event `scenarios-changed`, once the worker is started. */
  listScenarios(): Promise<Outcome<readonly ScenarioInfo[]>> {
    return this.#call('scenarios.list', {});
  }

  /** Ends the worker. Calls under way are answered with `unavailable`. */
  close(): void {
    this.#port?.close();
    this.#giveUp('The storage was closed');
  }

  async *#segmentsOf(run: number, onProblem?: (problem: StorageProblem) => void): AsyncGenerator<Segment, void> {
    let next = this.#call('run.segments', { run, fromSeq: 0 });
    for (;;) {
      const outcome = await next;
      if (outcome.type !== 'done') {
        onProblem?.(outcome);
        return;
      }
      const last = outcome.value.at(-1);
      if (!last) return;
      // The next ones are read while these are walked.
      next = this.#call('run.segments', { run, fromSeq: last.firstSeq + last.count });
      yield* outcome.value;
    }
  }

  #call<T extends CallType>(type: T, ask: Ask<T>): Promise<Outcome<Answer<T>>> {
    const port = this.#connect();
    if (!port) return Promise.resolve(this.#unavailable ?? { type: 'unavailable', message: '' });
    this.#calls += 1;
    const id = this.#calls;
    return new Promise((resolve) => {
      this.#waiting.set(id, resolve);
      try {
        port.post({ type, id, ask } as ToStorage);
      } catch (error) {
        // What cannot be cloned cannot be kept, for example a reactive proxy in a scenario.
        this.#settle(id, { type: 'failed', message: String(error) });
      }
    });
  }

  #connect(): StoragePort | undefined {
    if (this.#port || this.#unavailable) return this.#unavailable ? undefined : this.#port;
    try {
      this.#port = this.#start();
      this.#port.listen(
        (message) => this.#take(message),
        (message) => this.#fail(message),
      );
      return this.#port;
    } catch (error) {
      this.#fail(String(error));
      return undefined;
    }
  }

  #take(message: FromStorage): void {
    switch (message.type) {
      case 'answer':
        this.#settle(message.id, { type: 'done', value: message.value as never });
        return;
      case 'refused':
        this.#settle(message.id, message.problem);
        return;
      case 'history-changed':
      case 'scenarios-changed':
      case 'storage-full':
      case 'storage-unavailable':
        this.#emit(message);
    }
  }

  #settle(id: number, outcome: Outcome<never>): void {
    this.#waiting.get(id)?.(outcome);
    this.#waiting.delete(id);
  }

  #emit(event: StorageEvent): void {
    for (const listener of this.#listeners) listener(event);
  }

  #fail(message: string): void {
    if (this.#unavailable) return;
    this.#giveUp(message);
    this.#emit({ type: 'storage-unavailable', message });
  }

  #giveUp(message: string): void {
    this.#unavailable ??= { type: 'unavailable', message };
    for (const id of [...this.#waiting.keys()]) this.#settle(id, this.#unavailable);
  }
}

/** The way to a storage worker and back. */
export interface StoragePort {
  post(message: ToStorage): void;
  listen(onMessage: (message: FromStorage) => void, onFailure: (message: string) => void): void;
  close(): void;
}

function startWorker(): StoragePort {
  const worker = new Worker(new URL('./storage-worker.ts', import.meta.url), { type: 'module', name: 'storage' });
  return {
    post: (message) => worker.postMessage(message),
    listen(onMessage, onFailure) {
      worker.onmessage = ({ data }: MessageEvent<FromStorage>) => onMessage(data);
      worker.onerror = (event) => onFailure(event.message || 'The storage worker could not be started');
    },
    close: () => worker.terminate(),
  };
}
