import type { Delivery } from '../brokers/broker';
import type { Failure } from '../log/entry';
import type { Task } from '../kernel/agenda';
import type { Context } from './context';
import { failureOf } from './failure';
import type { Life } from './life';
import { LimitError } from './turn';
import type { World } from './world';

/** Deliveries at one virtual instant: beyond it an event keeps emitting itself without time passing. */
export const deliveriesPerInstantMax = 20_000;

interface OnTheWay {
  readonly delivery: Delivery;
  readonly task: Task | undefined;
  readonly seq: number;
}

interface UnderWay {
  readonly delivery: Delivery;
  readonly life: Life;
  readonly startedMs: number;
  readonly startedSeq: number;
  readonly context: Context;
  readonly release: () => void;
  timeout: Task | undefined;
}

/** Carries deliveries over the links, runs their listeners, and writes and tells how each ended. */
export class Deliveries {
  readonly #world: World;
  readonly #lives = new Map<string, Life>();
  readonly #underWay = new Map<string, UnderWay>();
  /** Sent and not yet arrived, by process: they are gone with it. */
  readonly #onTheWay = new Map<string, Map<string, OnTheWay>>();
  #arrivals: { delivery: Delivery; seq: number }[] = [];
  #instantMs = -1;
  #instantCount = 0;
  #runaway: string | undefined;

  constructor(world: World) {
    this.#world = world;
  }

  /** The listener that made the run stop because time no longer passed; undefined while all is well. */
  get runaway(): string | undefined {
    return this.#runaway;
  }

  register(process: string, life: Life): void {
    this.#lives.set(process, life);
  }

  dispatch(delivery: Delivery): void {
    const { journal, agenda, network } = this.#world;
    const arrivesAtMs = network.arrivalMs(delivery.broker, delivery.process, agenda.nowMs);
    const seq = journal.append({
      type: 'message.dispatched',
      cause: delivery.cause,
      message: delivery.message.id,
      broker: delivery.broker,
      queue: delivery.queue,
      delivery: delivery.id,
      subscription: delivery.subscription,
      process: delivery.process,
      listener: delivery.listener,
      attempt: delivery.attempt,
      arrivesAtMs,
      ...(delivery.replayed ? { replayed: true as const } : {}),
    });
    if (arrivesAtMs === undefined) {
      const cause = journal.append({
        type: 'message.lost',
        cause: seq,
        message: delivery.message.id,
        from: delivery.broker,
        to: delivery.process,
      });
      delivery.onSettled({ type: 'lost', cause });
    } else if (arrivesAtMs === agenda.nowMs) {
      this.#track(delivery, undefined, seq);
      this.#arrive(delivery, seq);
    } else {
      const task = agenda.schedule(arrivesAtMs, () => {
        this.#start(delivery, seq);
      });
      this.#track(delivery, task, seq);
    }
  }

  /** The process is gone: what was on its way to it or under way in it ends without an answer, the latest first. */
  interrupt(process: string, cause: number): number {
    const waiting = [...(this.#onTheWay.get(process)?.values() ?? [])].reverse();
    this.#onTheWay.delete(process);
    const running = [...this.#underWay.values()].filter(({ delivery }) => delivery.process === process).reverse();
    for (const { task } of waiting) if (task) this.#world.agenda.cancel(task);
    for (const item of running) this.#forget(item);
    for (const { delivery } of waiting) delivery.onSettled({ type: 'gone', cause });
    for (const { delivery } of running) delivery.onSettled({ type: 'gone', cause });
    return running.length;
  }

  /** A life that another one has replaced is over: what it was handling ends without an answer, the latest first. */
  interruptLife(life: Life, cause: number): void {
    const running = [...this.#underWay.values()].filter((item) => item.life === life).reverse();
    for (const item of running) this.#forget(item);
    for (const { delivery } of running) delivery.onSettled({ type: 'gone', cause });
  }

  countIn(life: Life): number {
    return [...this.#underWay.values()].filter((item) => item.life === life).length;
  }

  /** At the end of the run: listeners whose promise is still open with nothing left that could settle it. */
  reportStalled(): void {
    for (const { delivery, startedMs, startedSeq } of this.#underWay.values()) {
      this.#world.journal.append({
        type: 'delivery.stalled',
        cause: startedSeq,
        ...factsOf(delivery),
        sinceMs: startedMs,
      });
    }
  }

  #track(delivery: Delivery, task: Task | undefined, seq: number): void {
    let waiting = this.#onTheWay.get(delivery.process);
    if (waiting === undefined) this.#onTheWay.set(delivery.process, (waiting = new Map<string, OnTheWay>()));
    waiting.set(delivery.id, { delivery, task, seq });
  }

  /** Arrivals of one instant run in one task, in order, each with its own invocation. */
  #arrive(delivery: Delivery, seq: number): void {
    if (this.#arrivals.push({ delivery, seq }) > 1) return;
    this.#world.agenda.schedule(this.#world.agenda.nowMs, () => {
      const arrivals = this.#arrivals;
      this.#arrivals = [];
      for (const arrival of arrivals) this.#start(arrival.delivery, arrival.seq);
    });
  }

  #start(delivery: Delivery, seq: number): void {
    const onTheWay = this.#onTheWay.get(delivery.process);
    // Beyond the limit the run ends at this very instant: what has not been started yet stays on its way, as the log says.
    if (onTheWay?.has(delivery.id) !== true || this.#isRunaway(delivery)) return;
    onTheWay.delete(delivery.id);
    const world = this.#world;
    const life = this.#lives.get(delivery.process);
    if (life === undefined || !life.alive) {
      delivery.onSettled({ type: 'gone', cause: seq });
      return;
    }
    const cause = world.journal.append({ type: 'delivery.started', cause: seq, ...factsOf(delivery) });
    const context: Context = {
      life,
      cause,
      message: delivery.message,
      listener: delivery.listener,
      replayed: delivery.replayed,
      tripped: false,
      tooDeep: false,
    };
    const item: UnderWay = {
      delivery,
      life,
      startedMs: world.agenda.nowMs,
      startedSeq: cause,
      context,
      release: life.hold(),
      timeout: undefined,
    };
    this.#underWay.set(delivery.id, item);
    this.#run(item);
  }

  #run(item: UnderWay): void {
    const world = this.#world;
    const { delivery, life, context } = item;
    world.turn.c = null;
    const ending = { threw: false };
    const result = world.invoke(
      life,
      context,
      () => delivery.handle(delivery.message, delivery),
      (error) => {
        ending.threw = true;
        this.#failed(item, error);
      },
    );
    if (ending.threw) return;
    if (context.tripped) this.#failed(item, new LimitError('turns', 'Stopped: too many turns'));
    else if (isThenable(result)) {
      if (delivery.timeoutMs !== undefined) this.#armTimeout(item, delivery.timeoutMs);
      world.watch(
        result,
        () => {
          if (context.tripped) this.#failed(item, new LimitError('turns', 'Stopped: too many turns'));
          else this.#succeeded(item);
        },
        (error) => {
          this.#failed(item, error);
        },
      );
    } else this.#succeeded(item);
  }

  #armTimeout(item: UnderWay, timeoutMs: number): void {
    const { agenda } = this.#world;
    item.timeout = agenda.schedule(agenda.nowMs + timeoutMs, () => {
      const failure = {
        name: 'TimeoutError',
        message: `${item.delivery.listener} did not answer within ${String(timeoutMs)} ms`,
      };
      this.#end(item, 'timeout', failure, undefined);
    });
  }

  #succeeded(item: UnderWay): void {
    if (!this.#underWay.has(item.delivery.id)) return;
    this.#forget(item);
    const { journal, agenda } = this.#world;
    const cause = journal.append({
      type: 'delivery.succeeded',
      cause: item.startedSeq,
      ...factsOf(item.delivery),
      tookMs: span(item.startedMs, agenda.nowMs),
    });
    item.delivery.onSettled({ type: 'succeeded', cause });
  }

  #failed(item: UnderWay, error: unknown): void {
    if (error instanceof LimitError && error.limit === 'life') return;
    const world = this.#world;
    const where = world.sources.where(world.turn.thrownAt(error));
    this.#end(item, error instanceof LimitError ? 'limit' : 'threw', failureOf(error, world.sources.names), where);
  }

  #end(item: UnderWay, reason: 'threw' | 'timeout' | 'limit', failure: Failure, where: string | undefined): void {
    if (!this.#underWay.has(item.delivery.id)) return;
    this.#forget(item);
    const { journal, agenda } = this.#world;
    const { delivery } = item;
    const cause = journal.append({
      type: 'delivery.failed',
      cause: item.startedSeq,
      where,
      ...factsOf(delivery),
      tookMs: span(item.startedMs, agenda.nowMs),
      reason,
      failure,
      attemptsLeft: delivery.attempts - delivery.attempt,
    });
    delivery.onSettled({ type: 'failed', cause, failure });
  }

  #forget(item: UnderWay): void {
    this.#underWay.delete(item.delivery.id);
    if (item.timeout) this.#world.agenda.cancel(item.timeout);
    item.release();
    this.#world.touched(item.life);
  }

  #isRunaway(delivery: Delivery): boolean {
    const { agenda } = this.#world;
    if (agenda.nowMs !== this.#instantMs) {
      this.#instantMs = agenda.nowMs;
      this.#instantCount = 0;
    }
    if (++this.#instantCount <= deliveriesPerInstantMax) return false;
    if (this.#runaway === undefined) {
      this.#runaway = delivery.listener;
      const life = this.#lives.get(delivery.process);
      this.#world.limit('deliveries-per-instant', deliveriesPerInstantMax, {
        where: this.#world.where(),
        cause: delivery.cause,
        ...(life ? { context: { ...life.base, listener: delivery.listener } } : {}),
      });
    }
    return true;
  }
}

interface DeliveryFacts {
  delivery: string;
  message: string;
  broker: string;
  process: string;
  listener: string;
  attempt: number;
  replayed?: true;
}

function factsOf(delivery: Delivery): DeliveryFacts {
  const { id, message, broker, process, listener, attempt } = delivery;
  const facts: DeliveryFacts = { delivery: id, message: message.id, broker, process, listener, attempt };
  if (delivery.replayed) facts.replayed = true;
  return facts;
}

/** Whole microseconds: what is left of the arithmetic on instants says nothing. */
function span(fromMs: number, toMs: number): number {
  return Math.round((toMs - fromMs) * 1_000) / 1_000;
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof value === 'object' && value !== null && typeof (value as { then?: unknown }).then === 'function';
}
