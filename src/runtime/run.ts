import type { Entry, Intervention } from '../log/entry';
import { Phase } from '../kernel/agenda';
import { unreachable } from '../kernel/assert';
import type { Scenario } from '../scenario/scenario';
import type { Host } from './host';
import { Processes } from './processes';
import {
  activateFunctionTexts,
  createFunctionTexts,
  deactivateFunctionTexts,
  type FunctionTexts,
} from './function-text';
import type { Life } from './life';
import { activateTracking, deactivateTracking, markReported } from './promise-tracking';
import { World } from './world';

/** Entries of one run. */
export const entriesMax = 5_000_000;
/** Entries handed to the sink at once. */
const batchEntries = 2_000;
/** Microtask turns without a sign of activity after which none is left; see `Turn.a` for what counts as a sign. */
const idleTurns = 5;
/** Awaiting it takes exactly one microtask turn. */
const turnOfJobs = Promise.resolve();
/** Tasks between two looks at whether others want the thread. */
const tasksPerLook = 64;

export interface RunOptions {
  readonly scenario: Scenario;
  readonly host: Host;
  /** Gets every entry, in order, in batches; awaited, so that a slow reader holds the run up and nothing is lost. */
  readonly sink: (entries: Entry[]) => void | Promise<void>;
  /** Called before each invocation of user code: to find the one that hangs. */
  readonly onInvoke?: (what: Invocation) => void;
  /** Whether the thread is wanted by others; the run then hops through a real macrotask. */
  readonly shouldYield: () => boolean;
}

export interface Invocation {
  readonly atMs: number;
  readonly process: string;
  /** The listener's name, or `main` for code that handles no message. */
  readonly what: string;
  readonly where?: string;
}

/**
 * One evaluation of a scenario: a pure function of (scenario, seed, interventions), computed as far as it is asked for.
 */
export interface Run {
  readonly nowMs: number;
  readonly ended: boolean;
  /** Computes everything up to and including this instant, or to the end. One call at a time. */
  advance(untilMs: number): Promise<void>;
  /** Adds an intervention at an instant that is not computed beyond yet. */
  intervene(intervention: Intervention): void;
  /** Gives the run up; what is under way ends at the next task. */
  stop(): void;
}

export function createRun(options: RunOptions): Run {
  return new ScenarioRun(options);
}

class ScenarioRun implements Run {
  readonly #options: RunOptions;
  readonly #world: World;
  readonly #processes: Processes;
  readonly #texts: FunctionTexts;
  /** Whose rejections were reported for want of a handler; some get one later. */
  readonly #reported = new WeakMap<Promise<unknown>, Life>();
  readonly #handledLate: Promise<unknown>[] = [];
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
      world.onInvoke = (life, context) => {
        const where = world.where();
        onInvoke({
          atMs: world.agenda.nowMs,
          process: life.process,
          what: context.listener ?? 'main',
          ...(where === undefined ? {} : { where }),
        });
      };
    }
    world.journal.append({
      type: 'run.started',
      title: scenario.title,
      seed: scenario.seed,
      durationMs: scenario.durationMs,
      version: 1,
    });
    this.#processes = new Processes(world);
    for (const intervention of scenario.interventions) this.#schedule(intervention);
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

  intervene(intervention: Intervention): void {
    this.#schedule(intervention);
  }

  async advance(untilMs: number): Promise<void> {
    const { agenda, turn, journal } = this.#world;
    const { durationMs } = this.#options.scenario;
    activateTracking(turn, (promise) => {
      this.#handledLate.push(promise);
      turn.mayReject = true;
    });
    activateFunctionTexts(this.#texts);
    try {
      while (!this.#ended && !this.#stopped) {
        const next = agenda.peek();
        // The instant is over when time is about to move, and before each thing done to the run from outside.
        if (next === undefined || next.atMs > this.#instantMs || next.phase === Phase.close) {
          this.#closeInstant();
          if (agenda.peek() !== next) continue;
        }
        if (next === undefined) this.#end('idle');
        else if (next.atMs > durationMs) this.#end('duration', durationMs);
        else if (next.atMs > untilMs) break;
        else {
          const pending = this.#step();
          if (pending) await pending;
        }
        if (journal.waiting >= batchEntries) await this.#flush();
      }
      await this.#flush();
    } finally {
      deactivateTracking(turn);
      deactivateFunctionTexts(this.#texts);
    }
  }

  /** Does the next task; returns a promise only when there is something to wait for, since most tasks have nothing. */
  #step(): Promise<void> | undefined {
    const { agenda, turn } = this.#world;
    const task = agenda.take();
    if (task === undefined) return undefined;
    this.#instantMs = task.atMs;
    this.#closed = false;
    const activity = turn.a;
    task.run();
    if (turn.a !== activity || this.#world.hasTicks || this.#world.hasTouched) return this.#finish(activity);
    turn.c = null;
    turn.p = 0;
    return this.#checkLimits();
  }

  /** What a task has set in motion comes to rest, and processes with nothing left to do end. */
  async #finish(activity: number): Promise<void> {
    const world = this.#world;
    const { turn } = world;
    if (turn.a !== activity || world.hasTicks) await this.#settle();
    turn.c = null;
    turn.p = 0;
    while (world.hasTouched) {
      world.settledActivity = turn.a;
      for (const life of world.takeTouched()) life.restIfIdle();
      if (turn.a !== world.settledActivity) await this.#settle();
      turn.c = null;
    }
    const pending = this.#checkLimits();
    if (pending) await pending;
  }

  #checkLimits(): Promise<void> | undefined {
    const { journal, deliveries } = this.#world;
    if (deliveries.runaway !== undefined || journal.length > entriesMax) {
      if (deliveries.runaway === undefined) this.#world.limit('entries', entriesMax, {});
      this.#end('limit');
    }
    const look = this.#options.onInvoke ? 1 : tasksPerLook;
    return ++this.#tasks % look === 0 && this.#options.shouldYield() ? this.#options.host.hop() : undefined;
  }

  /** Runs promise jobs and `nextTick` callbacks until none is left, then looks at rejections that nobody handled. */
  async #settle(): Promise<void> {
    const world = this.#world;
    const { turn } = world;
    do {
      do {
        for (let idle = 0, seen = turn.a; idle < idleTurns; idle++) {
          await turnOfJobs;
          if (turn.a === seen) continue;
          seen = turn.a;
          idle = -1;
        }
        world.settledActivity = turn.a;
        turn.c = null;
        world.runTicks();
      } while (world.hasTicks || turn.a !== world.settledActivity);
      if (turn.mayReject) await this.#reportRejections();
    } while (turn.a !== world.settledActivity);
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
    for (const { reason, promise } of rejections) {
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

  #closeInstant(): void {
    const { invariants, turn } = this.#world;
    if (this.#closed) return;
    this.#closed = true;
    if (!invariants.any) return;
    turn.c = null;
    invariants.checkAll();
    turn.c = null;
  }

  #schedule(intervention: Intervention): void {
    const { agenda } = this.#world;
    agenda.schedule(
      Math.max(intervention.atMs, agenda.nowMs),
      () => {
        this.#apply(intervention);
      },
      Phase.close,
    );
  }

  #apply(intervention: Intervention): void {
    const { journal } = this.#world;
    const seq = journal.length;
    const refusal = this.#refusal(intervention);
    if (refusal === undefined) journal.append({ type: 'intervention.applied', intervention });
    const reason = refusal ?? this.#carryOut(intervention, seq);
    if (reason !== undefined) journal.append({ type: 'intervention.refused', intervention, reason });
  }

  /** What can be said before anything is done. */
  #refusal(intervention: Intervention): string | undefined {
    const { brokers } = this.#world;
    if (
      (intervention.type === 'message.publish' || intervention.type === 'broker.scale') &&
      !brokers.has(intervention.broker)
    ) {
      return `There is no broker ${intervention.broker}.`;
    }
    return undefined;
  }

  #carryOut(intervention: Intervention, cause: number): string | undefined {
    const world = this.#world;
    switch (intervention.type) {
      case 'message.publish': {
        const broker = world.brokers.get(intervention.broker);
        if (broker === undefined) return `There is no broker ${intervention.broker}.`;
        const id = world.nextId('message');
        const { event, data } = intervention;
        const message = {
          id,
          source: '/you',
          specversion: '1.0' as const,
          type: event,
          time: world.timeText(),
          datacontenttype: 'application/json' as const,
          correlationid: id,
          ...(data === undefined ? {} : { data }),
        };
        world.publish(message, broker, { process: undefined, cause, where: undefined });
        return undefined;
      }
      case 'process.crash':
      case 'process.stop':
      case 'process.restart':
      case 'process.scale':
        return this.#processes.apply(intervention, cause);
      case 'broker.scale': {
        const { workers } = intervention;
        if (!Number.isInteger(workers) || workers < 1 || workers > 1_000)
          return 'Workers must be a whole number from 1 to 1000.';
        const done = world.brokers.get(intervention.broker)?.configure('workers', workers, cause);
        return done === true ? undefined : `${intervention.broker} has no workers: it is not in queue mode.`;
      }
      case 'file.edit': {
        const { file, source } = intervention;
        const problem = world.sources.replace(file, source);
        if (problem) {
          const where = `${file}:${String(problem.line)}`;
          world.journal.append({
            type: 'file.rejected',
            cause,
            where,
            ...problem,
            keptPrevious: world.sources.has(file),
          });
          return undefined;
        }
        const seq = world.journal.append({ type: 'file.edited', cause, file });
        this.#processes.reload(file, seq);
        return undefined;
      }
      case 'link.change':
        world.network.change(intervention.from, intervention.to, intervention.link);
        return undefined;
      default:
        return unreachable(intervention);
    }
  }

  #end(reason: 'duration' | 'idle' | 'limit', atMs?: number): void {
    const { agenda, journal, deliveries } = this.#world;
    if (atMs !== undefined) agenda.close(atMs);
    deliveries.reportStalled();
    journal.append({ type: 'run.ended', reason });
    this.#ended = true;
  }

  async #flush(): Promise<void> {
    const entries = this.#world.journal.take();
    if (entries.length > 0 && entries.length <= batchEntries) return this.#options.sink(entries);
    for (let from = 0; from < entries.length; from += batchEntries)
      await this.#options.sink(entries.slice(from, from + batchEntries));
  }
}
