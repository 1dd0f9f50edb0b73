import type { Entry, Intervention } from '../log/entry';
import { Phase } from '../kernel/agenda';
import { unreachable } from '../kernel/assert';
import type { Scenario } from '../scenario/scenario';
import type { Host } from './host';
import { inSteps, Interventions } from './interventions';
import { Processes } from './processes';
import {
  activateFunctionTexts,
  createFunctionTexts,
  deactivateFunctionTexts,
  type FunctionTexts,
} from './function-text';
import type { Life } from './life';
import { batchEntries } from './journal';
import { activateTracking, deactivateTracking, markReported, rejectedOf } from './promise-tracking';
import { jobsDone, turnOfJobs } from './jobs-done';
import { World } from './world';

/** Entries of one run. */
export const entriesMax = 5_000_000;
/** Tasks between two looks at whether others want the thread. */
const tasksPerLook = 64;

export interface RunOptions {
  readonly scenario: Scenario;
  readonly host: Host;
  /** Gets every entry, in order, in batches; awaited, so that a slow reader holds the run up and nothing is lost. */
  readonly sink: (entries: Entry[]) => void | Promise<void>;
  /** Called before each invocation of user code, none of whose lines has run yet: to find the one that hangs. */
  readonly onInvoke?: (what: Invocation) => void;
  /** Whether the thread is wanted by others; the run then hops through a real macrotask. */
  readonly shouldYield: () => boolean;
}

export interface Invocation {
  readonly atMs: number;
  readonly process: string;
  /** The listener's name, or `main` for code that handles no message. */
  readonly what: string;
}

/**
 * One evaluation of a scenario: a pure function of (scenario, seed, interventions), computed as far as it is asked for.
 */
export interface Run {
  readonly nowMs: number;
  readonly ended: boolean;
  /** Computes everything up to and including this instant, or to the end. One call at a time. */
  advance(untilMs: number): Promise<void>;
  /** Adds interventions at an instant that is not computed beyond yet; edits that stand side by side are one step. */
  intervene(...together: readonly Intervention[]): void;
  /** Gives the run up; what is under way ends at the next task. */
  stop(): void;
}

export function createRun(options: RunOptions): Run {
  return new ScenarioRun(options);
}

/** What a run has to wait for before it can proceed. */
type Wait = 'ended listeners' | 'jobs' | 'rejections' | 'reader' | 'thread' | 'nothing';

/**
 * Where a run stands in its round: a `task` runs; once promise jobs have come to rest its `ticks` run, which may make
 * new ones; rejections are `reported`; processes that are done `rest`; limits and readers are `looked` at.
 */
type Stage = 'task' | 'ticks' | 'reported' | 'rest' | 'looked';

class ScenarioRun implements Run {
  readonly #options: RunOptions;
  readonly #world: World;
  readonly #processes: Processes;
  readonly #texts: FunctionTexts;
  /** Whose rejections were reported for want of a handler; some get one later. */
  readonly #reported = new WeakMap<Promise<unknown>, Life>();
  readonly #handledLate: Promise<unknown>[] = [];
  readonly #interventions: Interventions;
  #stage: Stage = 'task';
  #ended = false;
  #stopped = false;
  #instantMs = 0;
  /** Whether the end of the present instant has been dealt with. */
  #closed = true;
  #tasks = 0;

  constructor(options: RunOptions) {
    this.#options = options;
    const { scenario } = options;
    const world = new World(scenario, options.host);
    this.#world = world;
    this.#texts = createFunctionTexts((fileId) => world.sources.scriptsOf(fileId));
    const { onInvoke } = options;
    if (onInvoke) {
      world.onInvoke = ({ process }, { listener }) => {
        onInvoke({ atMs: world.agenda.nowMs, process, what: listener ?? 'main' });
      };
    }
    const began = world.journal.append({
      type: 'run.started',
      title: scenario.title,
      seed: scenario.seed,
      durationMs: scenario.durationMs,
      version: 1,
    });
    world.startServers(began);
    world.faults.plan(scenario.faults ?? [], began);
    this.#processes = new Processes(world);
    world.faults.processes = this.#processes;
    this.#interventions = new Interventions(world, this.#processes);
    for (const step of inSteps(scenario.interventions.filter(({ disabled }) => !disabled))) this.#schedule(step);
  }

  get nowMs(): number {
    return this.#world.agenda.nowMs;
  }

  get ended(): boolean {
    return this.#ended;
  }

  stop(): void {
    this.#stopped = true;
    deactivateTracking(this.#world.turn);
  }

  intervene(...together: readonly Intervention[]): void {
    for (const step of inSteps(together)) this.#schedule(step);
  }

  async advance(untilMs: number): Promise<void> {
    const { turn, deliveries } = this.#world;
    const { endedAtOnce } = deliveries;
    activateTracking(turn, (promise) => {
      this.#handledLate.push(promise);
      turn.mayReject = true;
    });
    activateFunctionTexts(this.#texts);
    try {
      for (let wait = this.#proceed(untilMs); wait !== 'nothing'; wait = this.#proceed(untilMs)) {
        if (wait === 'ended listeners') {
          const { a, n } = turn;
          const told = a + endedAtOnce.waiting;
          await turnOfJobs;
          if (turn.a !== told || turn.n !== n) await jobsDone(turn);
        } else if (wait === 'jobs') await jobsDone(turn);
        else if (wait === 'rejections') await this.#reportRejections();
        else if (wait === 'reader') {
          const taken = this.#flush();
          if (taken) await taken;
        } else await this.#options.host.hop();
      }
      while (this.#world.journal.waiting > 0) await this.#flush();
    } finally {
      deactivateTracking(turn);
      deactivateFunctionTexts(this.#texts);
    }
  }

  /** Does what can be done without waiting, which for most tasks is all of it, and says what has to be waited for. */
  #proceed(untilMs: number): Wait {
    const world = this.#world;
    const { turn, journal } = world;
    for (;;) {
      switch (this.#stage) {
        case 'task': {
          if (this.#ended || this.#stopped) return 'nothing';
          const activity = turn.a;
          world.entered = false;
          if (!this.#takeTask(untilMs)) return 'nothing';
          this.#stage = 'rest';
          if (turn.a === activity && !world.hasTicks && !world.mayHaveSettled) break;
          this.#stage = 'ticks';
          return world.deliveries.endedAtOnce.isAllSince(activity) ? 'ended listeners' : 'jobs';
        }
        case 'ticks':
          world.settledActivity = turn.a;
          turn.c = null;
          world.entered = false;
          world.runTicks();
          if (world.hasTicks || turn.a !== world.settledActivity || world.mayHaveSettled) return 'jobs';
          this.#stage = turn.mayReject ? 'reported' : 'rest';
          if (turn.mayReject) return 'rejections';
          break;
        case 'reported':
          this.#stage = 'rest';
          if (turn.a === world.settledActivity) break;
          this.#stage = 'ticks';
          return 'jobs';
        case 'rest':
          turn.c = null;
          turn.p = 0;
          if (this.#restLives()) {
            this.#stage = 'ticks';
            return 'jobs';
          }
          this.#stage = 'looked';
          this.#checkLimits();
          if (this.#isWanted()) return 'thread';
          break;
        case 'looked':
          this.#stage = 'task';
          if (journal.waiting >= batchEntries) return 'reader';
          break;
        default:
          return unreachable(this.#stage);
      }
    }
  }

  /** Runs the next task that is due until then; false when there is none. At the end of the run it ends it. */
  #takeTask(untilMs: number): boolean {
    const { agenda, turn } = this.#world;
    const { durationMs } = this.#options.scenario;
    for (;;) {
      const next = agenda.peek();
      // The instant is over when time is about to move, and before each thing done to the run from outside.
      if (next === undefined || next.atMs > this.#instantMs || next.phase === Phase.close) {
        if (this.#closeInstant() && agenda.peek() !== next) continue;
      }
      if (next === undefined) this.#end('idle');
      // Only when it is asked for: until then something may still be done to the run.
      else if (next.atMs > durationMs && untilMs >= durationMs) this.#end('duration', durationMs);
      if (next === undefined || next.atMs > Math.min(untilMs, durationMs)) return false;
      agenda.take(next);
      this.#instantMs = next.atMs;
      turn.i = next.atMs;
      this.#closed = false;
      next.run();
      return true;
    }
  }

  /** Processes with nothing left to do end; true when one of them has found something after all. */
  #restLives(): boolean {
    const world = this.#world;
    const { turn } = world;
    while (world.hasTouched) {
      world.settledActivity = turn.a;
      for (const life of world.takeTouched()) life.restIfIdle();
      if (turn.a !== world.settledActivity) return true;
      turn.c = null;
    }
    return false;
  }

  #checkLimits(): void {
    const { journal, deliveries, isStuck } = this.#world;
    const isEndless = deliveries.runaway !== undefined || isStuck;
    if (!isEndless && journal.length <= entriesMax) return;
    if (!isEndless) this.#world.limit('entries', entriesMax, {});
    this.#end('limit');
  }

  /** Whether others want the thread; asked now and then. */
  #isWanted(): boolean {
    const look = this.#options.onInvoke ? 1 : tasksPerLook;
    return ++this.#tasks % look === 0 && this.#options.shouldYield();
  }

  async #reportRejections(): Promise<void> {
    const { turn } = this.#world;
    turn.mayReject = false;
    turn.c = null;
    for (const promise of this.#handledLate.splice(0)) {
      this.#reported.get(promise)?.handledLate(promise);
      turn.c = null;
    }
    const rejections = await this.#options.host.unhandledRejections();
    for (const { reason, promise: rejected } of rejections) {
      const promise = rejectedOf(rejected);
      if (promise === undefined) continue;
      const owner = turn.rejecterOf(reason)?.life;
      const life = this.#processes.alive.find((candidate) => candidate === owner);
      if (life === undefined) continue;
      markReported(promise);
      this.#reported.set(promise, life);
      turn.c = null;
      life.uncaught(reason, 'rejection', promise);
    }
    turn.forgetRejections();
  }

  /** Whether user code has run. */
  #closeInstant(): boolean {
    const { invariants, turn } = this.#world;
    if (this.#closed) return false;
    this.#closed = true;
    if (!invariants.any) return false;
    turn.c = null;
    invariants.checkAll();
    turn.c = null;
    return true;
  }

  #schedule(step: readonly Intervention[]): void {
    const { agenda } = this.#world;
    agenda.schedule(
      Math.max(step[0]?.atMs ?? 0, agenda.nowMs),
      () => {
        this.#interventions.apply(step);
      },
      Phase.close,
    );
  }

  #end(reason: 'duration' | 'idle' | 'limit', atMs?: number): void {
    const { agenda, journal, deliveries } = this.#world;
    if (atMs !== undefined) agenda.close(atMs);
    deliveries.reportStalled();
    journal.append({ type: 'run.ended', reason });
    this.#ended = true;
  }

  /** In whole batches while the run goes on. */
  #flush(): void | Promise<void> {
    return this.#options.sink(this.#world.journal.take());
  }
}
