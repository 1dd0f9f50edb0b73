import type { Delivery, Outcome } from '../brokers/broker';
import { wholeMicroseconds } from '../kernel/instant';
import type { Failure } from '../log/entry';
import { Arrivals } from './arrivals';
import { type Address, Carriage } from './carriage';
import { Chain } from '../kernel/chain';
import { Copy } from './copied-delivery';
import { factsOf, isSpecial, specialOf } from './delivery-facts';
import { EndedAtOnce } from './ended-at-once';
import { failureOf } from './failure';
import type { Life } from './life';
import { LimitError } from './turn';
import type { World } from './world';

/** Deliveries at one virtual instant: beyond it an event keeps emitting itself without time passing. */
export const deliveriesPerInstantMax = 20_000;

/** One for all, since there is nothing else to say and nearly all end so. */
const succeeded: Outcome = { type: 'succeeded' };

/** Carries deliveries over the links, runs their listeners, and writes and tells how each ended. */
export class Deliveries {
  readonly #world: World;
  readonly #addresses = new Map<string, Address>();
  /** The one asked for last, which is often asked for next. */
  #lastProcess: string | undefined;
  #lastAddress: Address | undefined;
  /** Those whose listener has returned a promise. */
  readonly #underWay = new Chain<Carriage>();
  readonly endedAtOnce: EndedAtOnce;
  /** The one whose listener runs; most are over when it returns. */
  #running: Carriage | undefined;
  /** On their way, and there at this very instant: they are in no chain. */
  #arrivals = new Arrivals();
  /** Those that are started one after another now, or none: the next ones are collected in it. */
  #starting = new Arrivals();
  #instantMs = -1;
  #instantCount = 0;
  #runaway: string | undefined;

  constructor(world: World) {
    this.#world = world;
    this.endedAtOnce = new EndedAtOnce(world.turn, (carriage) => {
      this.#returned(carriage);
    });
  }

  /** The listener that made the run stop because time no longer passed; undefined while all is well. */
  get runaway(): string | undefined {
    return this.#runaway;
  }

  register(process: string, life: Life): void {
    this.#address(process).life = life;
  }

  dispatch(delivery: Delivery): void {
    const world = this.#world;
    const link = world.network.link(delivery.broker, delivery.process);
    const arrivesAtMs = this.#carry(delivery, link.arrivalMs(world.agenda.nowMs));
    if (arrivesAtMs === undefined) return;
    const again = link.copyArrivalMs(arrivesAtMs);
    if (again === undefined) return;
    const cause = world.duplicated(delivery.message, link, again, delivery.cause);
    // The broker knows nothing of it: it is in no queue, and how it ends changes nothing.
    const id = world.nextId('delivery');
    this.#carry(new Copy(delivery, id, cause), again);
  }

  /** Returns when it arrives; undefined when the link loses it. */
  #carry(delivery: Delivery, arrivesAtMs: number | undefined): number | undefined {
    const { journal, agenda } = this.#world;
    const { nowMs } = agenda;
    const seq = this.#writeDispatched(delivery, arrivesAtMs);
    if (arrivesAtMs === undefined) {
      const facts = { message: delivery.message.id, from: delivery.broker, to: delivery.process };
      const cause = journal.append({ type: 'message.lost', cause: seq, ...facts });
      delivery.onSettled({ type: 'lost', cause });
      return undefined;
    }
    const address = this.#address(delivery.process);
    const carriage = new Carriage(delivery, address, seq);
    if (arrivesAtMs === nowMs) this.#arrive(carriage);
    else {
      address.onTheWay.add(carriage);
      carriage.task = agenda.schedule(arrivesAtMs, () => {
        this.#start(carriage);
      });
    }
    return arrivesAtMs;
  }

  /** The process is gone: what was on its way to it or under way in it ends without an answer, the latest first. */
  interrupt(process: string, cause: number): number {
    const waiting = this.#onTheWayTo(process);
    for (const carriage of waiting) {
      if (carriage.task) carriage.address.onTheWay.remove(carriage);
      this.#over(carriage);
    }
    const running = this.#allUnderWay(({ delivery }) => delivery.process === process).reverse();
    for (const carriage of running) this.#forget(carriage);
    for (const { delivery } of waiting) delivery.onSettled({ type: 'gone', cause });
    for (const { delivery } of running) delivery.onSettled({ type: 'gone', cause });
    return running.length;
  }

  /** A life that another one has replaced is over: what it was handling ends without an answer, the latest first. */
  interruptLife(life: Life, cause: number): void {
    const running = this.#allUnderWay((carriage) => carriage.life === life).reverse();
    for (const carriage of running) this.#forget(carriage);
    for (const { delivery } of running) delivery.onSettled({ type: 'gone', cause });
  }

  countIn(life: Life): number {
    return this.#allUnderWay((carriage) => carriage.life === life).length;
  }

  /** At the end of the run: listeners whose promise is still open with nothing left that could settle it. */
  reportStalled(): void {
    for (const { delivery, startedMs, cause } of this.#allUnderWay(() => true)) {
      this.#world.journal.append({
        type: 'delivery.stalled',
        cause,
        ...factsOf(delivery),
        sinceMs: startedMs,
      });
    }
  }

  #address(process: string): Address {
    if (process === this.#lastProcess && this.#lastAddress) return this.#lastAddress;
    let address = this.#addresses.get(process);
    if (address === undefined) this.#addresses.set(process, (address = { life: undefined, onTheWay: new Chain() }));
    this.#lastProcess = process;
    this.#lastAddress = address;
    return address;
  }

  /** Arrivals of one instant run in one task, in order, each with its own invocation. */
  #arrive(carriage: Carriage): void {
    if (this.#arrivals.add(carriage) > 1) return;
    this.#world.agenda.schedule(this.#world.agenda.nowMs, this.#startArrivals);
  }

  readonly #startArrivals = (): void => {
    const arrivals = this.#arrivals;
    this.#arrivals = this.#starting;
    this.#starting = arrivals;
    for (let index = 0; index < arrivals.count; index++) this.#start(arrivals.take(index));
    arrivals.count = 0;
  };

  #start(carriage: Carriage): void {
    const { delivery, sentSeq, address } = carriage;
    // Beyond the limit the run ends at this very instant: what has not been started yet stays on its way, as the log says.
    if (carriage.state !== 'on its way' || this.runsAway(delivery)) return;
    const { life } = address;
    if (carriage.task !== undefined) {
      address.onTheWay.remove(carriage);
      carriage.task = undefined;
    }
    if (life === undefined || !life.alive) {
      this.#over(carriage);
      delivery.onSettled({ type: 'gone', cause: sentSeq });
      return;
    }
    carriage.state = 'under way';
    carriage.life = life;
    carriage.startedMs = this.#world.agenda.nowMs;
    carriage.cause = this.#writeStarted(carriage);
    this.#running = carriage;
    const { faults } = this.#world;
    if (faults.crashes) faults.handling(life, carriage.cause, delivery.message.id);
    this.#run(carriage);
    if (this.#running !== carriage) return;
    this.#running = undefined;
    this.#underWay.add(carriage);
  }

  #run(carriage: Carriage): void {
    const world = this.#world;
    const { delivery, life } = carriage;
    world.enter(life, carriage);
    let result: unknown;
    let hasEnded: boolean;
    try {
      result = delivery.handle(delivery.message, delivery);
      hasEnded = world.turn.f === 1 && delivery.handle.tellsItsEnd === true;
    } catch (error) {
      this.#failed(carriage, error);
      world.left(life, null);
      return;
    }
    world.left(life, null);
    if (carriage.tripped) this.#returned(carriage);
    else if (hasEnded || isThenable(result))
      this.#await(carriage, hasEnded ? undefined : (result as PromiseLike<unknown>));
    else this.#succeeded(carriage);
  }

  /** Its listener has ended before it ever waited when there is no promise. */
  #await(carriage: Carriage, promise: PromiseLike<unknown> | undefined): void {
    if (carriage.state === 'over') return;
    carriage.life.retain();
    carriage.holds = true;
    if (promise === undefined) {
      this.endedAtOnce.add(carriage);
      return;
    }
    const { timeoutMs } = carriage.delivery;
    if (timeoutMs !== undefined) this.#armTimeout(carriage, timeoutMs);
    const { turn } = this.#world;
    this.#world.watch(
      promise,
      () => {
        turn.g();
        this.#returned(carriage);
      },
      (error) => {
        turn.g();
        this.#failed(carriage, error);
      },
    );
  }

  #armTimeout(carriage: Carriage, timeoutMs: number): void {
    const { agenda } = this.#world;
    carriage.task = agenda.schedule(agenda.nowMs + timeoutMs, () => {
      const message = `${carriage.delivery.listener} did not answer within ${String(timeoutMs)} ms`;
      this.#end(carriage, 'timeout', { name: 'TimeoutError', message }, undefined);
    });
  }

  /** Its listener is done, if it was not stopped. */
  #returned(carriage: Carriage): void {
    if (carriage.tripped) this.#failed(carriage, new LimitError('turns', 'Stopped: too many turns'));
    else this.#succeeded(carriage);
  }

  #succeeded(carriage: Carriage): void {
    if (carriage.state !== 'under way') return;
    this.#forget(carriage);
    this.#writeSucceeded(carriage);
    carriage.delivery.onSettled(succeeded);
  }

  #failed(carriage: Carriage, error: unknown): void {
    if (error instanceof LimitError && error.limit === 'life') return;
    const world = this.#world;
    const where = world.sources.where(world.turn.thrownAt(error));
    this.#end(carriage, error instanceof LimitError ? 'limit' : 'threw', failureOf(error, world.sources.names), where);
  }

  #end(carriage: Carriage, reason: 'threw' | 'timeout' | 'limit', failure: Failure, where: string | undefined): void {
    if (carriage.state !== 'under way') return;
    this.#forget(carriage);
    const { journal, agenda } = this.#world;
    const { delivery } = carriage;
    const overBudget = delivery.isOverBudget?.(agenda.nowMs) === true;
    const cause = journal.append({
      type: 'delivery.failed',
      cause: carriage.cause,
      where,
      ...factsOf(delivery),
      tookMs: wholeMicroseconds(agenda.nowMs - carriage.startedMs),
      reason,
      failure,
      attemptsLeft: overBudget ? 0 : delivery.attempts - delivery.attempt,
      ...(overBudget && { overBudget }),
    });
    delivery.onSettled({ type: 'failed', cause, failure });
  }

  /** In order of their start. */
  #allUnderWay(picked: (carriage: Carriage) => boolean): Carriage[] {
    const all = this.#underWay.all(picked);
    if (this.#running && picked(this.#running)) all.push(this.#running);
    return all;
  }

  /** The latest first. */
  #onTheWayTo(process: string): Carriage[] {
    const address = this.#address(process);
    const arriving = [...this.#starting.rest(), ...this.#arrivals.rest()].filter(
      (carriage) => carriage.address === address && carriage.state === 'on its way',
    );
    return [...address.onTheWay.all(), ...arriving].sort((one, other) => other.sentSeq - one.sentSeq);
  }

  /** It is no longer under way. */
  #forget(carriage: Carriage): void {
    if (carriage === this.#running) this.#running = undefined;
    else this.#underWay.remove(carriage);
    this.#over(carriage);
    const { life } = carriage;
    if (carriage.holds) life.release();
    else if (life.isIdle) this.#world.touched(life);
    carriage.holds = false;
  }

  #over(carriage: Carriage): void {
    carriage.state = 'over';
    if (carriage.task) this.#world.agenda.cancel(carriage.task);
    carriage.task = undefined;
  }

  /** Counts one more delivery at this instant; true when there are too many, and the run is about to end. */
  runsAway(delivery: Pick<Delivery, 'listener' | 'process' | 'cause'>): boolean {
    const { agenda } = this.#world;
    if (agenda.nowMs !== this.#instantMs) {
      this.#instantMs = agenda.nowMs;
      this.#instantCount = 0;
    }
    if (++this.#instantCount <= deliveriesPerInstantMax) return false;
    if (this.#runaway === undefined) {
      this.#runaway = delivery.listener;
      const life = this.#address(delivery.process).life;
      this.#world.limit('deliveries-per-instant', deliveriesPerInstantMax, {
        where: this.#world.where(),
        cause: delivery.cause,
        ...(life ? { context: { ...life.base, listener: delivery.listener } } : {}),
      });
    }
    return true;
  }

  // The entries of every delivery are written whole, see `Journal.write`; those few that also say what is special about them are not.

  #writeDispatched(delivery: Delivery, arrivesAtMs: number | undefined): number {
    const { journal, agenda } = this.#world;
    const { id, message, broker, queue, subscription, process, listener, attempt, cause } = delivery;
    const entry = {
      seq: journal.length,
      atMs: agenda.nowMs,
      type: 'message.dispatched',
      cause,
      message: message.id,
      broker,
      queue,
      delivery: id,
      subscription,
      process,
      listener,
      attempt,
      arrivesAtMs,
    } as const;
    return journal.write(isSpecial(delivery) ? { ...entry, ...specialOf(delivery) } : entry);
  }

  #writeStarted({ delivery, sentSeq }: Carriage): number {
    const { journal, agenda } = this.#world;
    const { id, message, broker, process, listener, attempt } = delivery;
    if (isSpecial(delivery)) return journal.append({ type: 'delivery.started', cause: sentSeq, ...factsOf(delivery) });
    return journal.write({
      seq: journal.length,
      atMs: agenda.nowMs,
      type: 'delivery.started',
      cause: sentSeq,
      delivery: id,
      message: message.id,
      broker,
      process,
      listener,
      attempt,
    });
  }

  #writeSucceeded({ delivery, startedMs, cause }: Carriage): number {
    const { journal, agenda } = this.#world;
    const { id, message, broker, process, listener, attempt } = delivery;
    const tookMs = wholeMicroseconds(agenda.nowMs - startedMs);
    if (isSpecial(delivery)) return journal.append({ type: 'delivery.succeeded', cause, ...factsOf(delivery), tookMs });
    return journal.write({
      seq: journal.length,
      atMs: agenda.nowMs,
      type: 'delivery.succeeded',
      cause,
      delivery: id,
      message: message.id,
      broker,
      process,
      listener,
      attempt,
      tookMs,
    });
  }
}

export function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof value === 'object' && value !== null && typeof (value as { then?: unknown }).then === 'function';
}
