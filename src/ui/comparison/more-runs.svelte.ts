import { AsideRuns, type AsideRun } from '../../player/aside-runs';
import type { CreateSandbox } from '../../player/computed-run';
import { shownNumbers, sideFigures, type SideFigures } from '../../projections/compare-sides';
import { Flows } from '../../projections/flows';
import type { ComparisonSpec, Scenario } from '../../scenario/scenario';
import type { SideNumber, Stretch } from './comparison-view.svelte';
import { servicesOf, withMuchLoad, withSlowerSteps, workersTimes } from './variants';

export const seedsTried = 100;
/** A further run that takes longer is cut off there, in virtual time. */
export const furtherMsMax = 60_000;
/** The run on show is computed first, and somebody who changes one thing often changes another. */
const restMs = 600;
const entriesAtOnce = 2_000;

/** What is kept of a run that was computed aside. */
export interface MeasuredRun {
  /** The figures at its end. */
  figuresOf(side: SideNumber, stretch?: Stretch): SideFigures;
  ownOf(side: SideNumber): ReadonlyMap<string, number>;
}

/** By the one change with which they were computed; undefined until they are, `failed` when they cannot be. */
export interface ChangedRuns {
  readonly slower?: MeasuredRun | 'failed';
  /** With much load: as many workers as there are, and more. */
  readonly fewWorkers?: MeasuredRun | 'failed';
  readonly moreWorkers?: MeasuredRun | 'failed';
}

/**
 * Further runs of a comparison, in the background: with other seeds, and with one change on both sides.
 *
 * Invariant: all are of one definition. When that is another one, what was measured is forgotten and what is under way ends.
 */
export class MoreRuns {
  readonly #spec: ComparisonSpec;
  readonly #createSandbox: CreateSandbox;
  #aside: AsideRuns | undefined;
  #definition: Scenario | undefined;
  #rest: ReturnType<typeof setTimeout> | undefined;
  /** Whoever computes next waits for it. */
  #turn: Promise<unknown> = Promise.resolve();
  #changed: ChangedRuns = $state.raw({});
  #seeds: readonly MeasuredRun[] = $state.raw([]);
  #trying: object | undefined = $state.raw();

  constructor(spec: ComparisonSpec, createSandbox: CreateSandbox) {
    this.#spec = spec;
    this.#createSandbox = createSandbox;
  }

  get changed(): ChangedRuns {
    return this.#changed;
  }

  /** One for each seed so far. */
  get seeds(): readonly MeasuredRun[] {
    return this.#seeds;
  }

  get isTrying(): boolean {
    return this.#trying !== undefined;
  }

  /** What the run on show is defined by; undefined: nothing may be computed. */
  follow(definition: Scenario | undefined): void {
    if (definition === this.#definition) return;
    this.close();
    this.#definition = definition;
    this.#changed = {};
    this.#seeds = [];
    if (definition !== undefined) this.#rest = setTimeout(() => void this.#computeChanged(definition), restMs);
  }

  /** At once: what else is still to be measured waits. */
  async trySeeds(): Promise<void> {
    const definition = this.#definition;
    if (definition === undefined) return;
    this.#drop();
    const trying = {};
    this.#trying = trying;
    this.#seeds = [];
    for (let seed = 1; seed <= seedsTried && this.#trying === trying; seed += 1) {
      const run = await this.#compute({ ...definition, seed });
      if (run !== undefined && this.#trying === trying) this.#seeds = [...this.#seeds, run];
    }
    if (this.#trying === trying) this.#trying = undefined;
    void this.#computeChanged(definition);
  }

  /** What was measured so far stays. */
  stopSeeds(): void {
    this.#trying = undefined;
  }

  forgetSeeds(): void {
    this.#trying = undefined;
    this.#seeds = [];
  }

  close(): void {
    this.#drop();
    this.#trying = undefined;
    this.#definition = undefined;
  }

  /** What is under way ends, and whoever waits for it waits for ever. */
  #drop(): void {
    clearTimeout(this.#rest);
    this.#aside?.close();
    this.#aside = undefined;
    this.#turn = Promise.resolve();
  }

  async #computeChanged(definition: Scenario): Promise<void> {
    if (definition !== this.#definition) return;
    const spec = this.#spec;
    const scenarios = {
      slower: withSlowerSteps(definition, spec),
      fewWorkers: withMuchLoad(definition, spec, 1),
      moreWorkers: withMuchLoad(definition, spec, workersTimes),
    };
    for (const [name, scenario] of Object.entries(scenarios)) {
      if (Object.hasOwn(this.#changed, name)) continue;
      const run = await this.#compute(scenario);
      if (definition !== this.#definition) return;
      this.#changed = { ...this.#changed, [name]: run ?? 'failed' };
    }
  }

  /** When it is its turn; never, once another definition has come. */
  #compute(scenario: Scenario): Promise<MeasuredRun | undefined> {
    const aside = (this.#aside ??= new AsideRuns(this.#createSandbox));
    const durationMs = Math.min(scenario.durationMs, furtherMsMax);
    const computed = this.#turn.then(async () => {
      const run = await aside.compute({ ...scenario, durationMs });
      return run && measure(run, this.#spec, durationMs);
    });
    this.#turn = computed;
    return computed;
  }
}

/** In pieces, since the page has other things to do. */
async function measure({ log, system }: AsideRun, spec: ComparisonSpec, playheadMs: number): Promise<MeasuredRun> {
  const own = spec.sides.map((side) => shownNumbers(system, servicesOf(side)));
  const flows = new Flows(spec);
  for (let from = 0; from < log.length; from = flows.length) {
    for (const entry of log.range(from, from + entriesAtOnce)) flows.append(entry);
    await new Promise((resolve) => setTimeout(resolve));
  }
  const position = log.length;
  const known = new Map<string, SideFigures>();
  return {
    ownOf: (side) => own[side]!,
    figuresOf: (side, stretch) => {
      const key = `${String(side)} ${stretch === undefined ? '' : JSON.stringify(stretch)}`;
      const figures = known.get(key) ?? sideFigures(flows, spec, side, { position, playheadMs, ...stretch });
      known.set(key, figures);
      return figures;
    },
  };
}
