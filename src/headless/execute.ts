import { createDigest } from '../log/digest';
import { LineWriter } from '../log/line-writer';
import type { Entry, EntryOf, FileRejected, LimitReached } from '../log/entry';
import { type InvariantSummary, summarizeInvariants } from '../projections/checks';
import { createRun } from '../runtime/run';
import type { Scenario } from '../scenario/scenario';
import { createNodeHost } from './node-host';
import { type OutputLine, OutputLines } from './output';

type Failed = EntryOf<'delivery.failed' | 'projection.failed' | 'saga.compensation-failed'>;

export interface Failures {
  /** The listener, the projection, or the saga's compensation. */
  readonly name: string;
  readonly times: number;
  readonly last: Failed;
}

/** What a scenario run to an instant has come to. */
export interface Execution {
  /** The same as the browser's for the same run. */
  readonly digest: string;
  readonly entries: number;
  /** Of the last entry when the run is over, otherwise the instant up to which it was computed. */
  readonly endedAtMs: number;
  /** Why it is over; undefined when it was only computed up to an instant before its end. */
  readonly reason: 'duration' | 'idle' | 'limit' | 'unresponsive' | undefined;
  /** Every process that ever started, in that order. */
  readonly processes: readonly string[];
  /** What they printed, in order of time. */
  readonly lines: readonly OutputLine[];
  /** Exit code of the last life of each process that ended by itself. */
  readonly exit: ReadonlyMap<string, number>;
  /** Processes alive at the end. */
  readonly running: readonly string[];
  readonly invariants: readonly InvariantSummary[];
  /** Files that could not be loaded. An edit that does not compile is none of them: the text before it goes on. */
  readonly rejected: readonly FileRejected[];
  /** What failed, by process, name and place, in order of the first of them. */
  readonly failures: readonly Failures[];
  /** Instances of sagas that can go neither on nor back. */
  readonly stuck: readonly EntryOf<'saga.ended'>[];
  readonly limits: readonly LimitReached[];
}

export interface ExecuteOptions {
  /** Computes up to and including this instant. Default: to the end. */
  readonly untilMs?: number;
  /** Gets every entry in order, in batches. */
  readonly onEntries?: (entries: readonly Entry[]) => void | Promise<void>;
}

/** Runs a scenario in Node. */
export async function execute(scenario: Scenario, options: ExecuteOptions = {}): Promise<Execution> {
  const { untilMs = Infinity, onEntries } = options;
  const summary = new Summary();
  const run = createRun({
    scenario,
    host: createNodeHost(),
    sink: async (entries) => {
      summary.add(entries);
      await onEntries?.(entries);
    },
    shouldYield: () => false,
  });
  await run.advance(untilMs);
  return summary.end(run.ended ? run.nowMs : untilMs);
}

/** Limits, and sagas that are stuck, that are told one by one. */
const toldMax = 20;

class Summary {
  readonly #writer = new LineWriter();
  readonly #digest = createDigest();
  readonly #output = new OutputLines();
  readonly #checks: Entry[] = [];
  readonly #rejected: FileRejected[] = [];
  readonly #processes = new Set<string>();
  readonly #running = new Set<string>();
  readonly #exit = new Map<string, number>();
  readonly #failures = new Map<string, Failures>();
  readonly #stuck: EntryOf<'saga.ended'>[] = [];
  readonly #limits: LimitReached[] = [];
  #entries = 0;
  #reason: Execution['reason'];

  add(entries: readonly Entry[]): void {
    this.#entries += entries.length;
    for (const lines of this.#writer.write(entries)) this.#digest.add(lines);
    for (const entry of entries) this.#addOne(entry);
  }

  #addOne(entry: Entry): void {
    this.#output.add(entry);
    switch (entry.type) {
      case 'process.started':
        this.#processes.add(entry.process);
        this.#running.add(entry.process);
        this.#exit.delete(entry.process);
        break;
      case 'process.exited':
        this.#running.delete(entry.process);
        if (entry.code !== null) this.#exit.set(entry.process, entry.code);
        break;
      case 'process.crashed':
        this.#running.delete(entry.process);
        break;
      case 'invariant.declared':
      case 'invariant.failed':
        this.#checks.push(entry);
        break;
      case 'file.rejected':
        if (!entry.keptPrevious) this.#rejected.push(entry);
        break;
      case 'delivery.failed':
        this.#failed(entry.listener, entry);
        break;
      case 'projection.failed':
        this.#failed(entry.projection, entry);
        break;
      case 'saga.compensation-failed':
        this.#failed(`${entry.saga}, compensation of ${entry.step}`, entry);
        break;
      case 'saga.ended':
        if (entry.outcome === 'stuck' && this.#stuck.length < toldMax) this.#stuck.push(entry);
        break;
      case 'limit.reached':
        if (this.#limits.length < toldMax) this.#limits.push(entry);
        break;
      case 'run.ended':
        this.#reason = entry.reason;
        break;
      default:
    }
  }

  #failed(name: string, last: Failed): void {
    const key = JSON.stringify([last.process, name, last.where]);
    this.#failures.set(key, { name, times: (this.#failures.get(key)?.times ?? 0) + 1, last });
  }

  end(endedAtMs: number): Execution {
    this.#output.end();
    return {
      digest: this.#digest.hex(),
      entries: this.#entries,
      endedAtMs,
      reason: this.#reason,
      processes: [...this.#processes],
      lines: this.#output.lines,
      exit: this.#exit,
      running: [...this.#running],
      invariants: summarizeInvariants(this.#checks),
      rejected: this.#rejected,
      failures: [...this.#failures.values()],
      stuck: this.#stuck,
      limits: this.#limits,
    };
  }
}

/** The lines of one stream by process; every process that started has its list. */
export function linesOf(execution: Execution, stream: 'stdout' | 'stderr'): ReadonlyMap<string, readonly OutputLine[]> {
  const lines = new Map<string, OutputLine[]>(execution.processes.map((process) => [process, []]));
  for (const line of execution.lines) if (line.stream === stream) lines.get(line.process)?.push(line);
  return lines;
}
