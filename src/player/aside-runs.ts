import type { SystemState } from '../projections/system';
import type { Scenario } from '../scenario/scenario';
import { ComputedRun, type CreateSandbox } from './computed-run';
import type { RunLog } from './player-face';

/** A run from its beginning to its end. It is the next one's once another is asked for. */
export interface AsideRun {
  readonly log: RunLog;
  /** At its end. */
  readonly system: SystemState;
}

/** Whole runs that nobody watches, in a sandbox of their own, one after another: each begins when the one before has been computed. */
export class AsideRuns {
  readonly #run: ComputedRun;
  #progressed = (): void => undefined;
  #closed = false;

  constructor(createSandbox: CreateSandbox) {
    this.#run = new ComputedRun(createSandbox, () => this.#progressed());
  }

  /** Undefined when it could not be computed to its end. Never settles once these runs are closed. */
  async compute(scenario: Scenario): Promise<AsideRun | undefined> {
    if (this.#closed) return new Promise(() => undefined);
    const run = this.#run;
    run.begin(scenario, 0, { replaces: true });
    run.ask(scenario.durationMs);
    await new Promise<void>((resolve) => {
      this.#progressed = () => {
        if (run.ended || run.failed) resolve();
      };
    });
    return run.problem === undefined ? { log: run.log, system: run.systemAt(run.log.length) } : undefined;
  }

  close(): void {
    this.#closed = true;
    this.#run.close();
  }
}
