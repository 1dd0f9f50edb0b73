import type { Handed, Handover } from '../brokers/broker';
import { wholeMicroseconds } from '../kernel/instant';
import type { Failure } from '../log/entry';
import type { Message } from '../log/envelope';
import type { Context } from './context';
import type { Life } from './life';
import type { World } from './world';

const refusal: Failure = { name: 'Refused', message: 'The process refused the message.' };

/** A message on a connection: handed over to a listener, and settled when the broker hears of it. Its listener's context. */
export class Parcel implements Handed, Context {
  readonly id: string;
  readonly life: Life;
  readonly handover: Handover;
  readonly replayed = false;
  tripped = false;
  tooDeep = false;
  jobs = 0;
  jobsAtMs = 0;
  /** `seq` of its `delivery.started`, before that of its `message.dispatched`. */
  cause = 0;
  readonly #world: World;
  readonly #broker: string;
  readonly #onSettled: (parcel: Parcel) => void;
  /** It has reached the process. */
  hasStarted = false;
  #startedMs: number;
  #settled = false;

  constructor(life: Life, broker: string, handover: Handover, onSettled: (parcel: Parcel) => void) {
    const { world } = life;
    this.id = world.nextId('delivery');
    this.life = life;
    this.handover = handover;
    this.#world = world;
    this.#broker = broker;
    this.#onSettled = onSettled;
    this.#startedMs = world.agenda.nowMs;
  }

  get message(): Message {
    return this.handover.message;
  }

  get listener(): string {
    return this.handover.listener;
  }

  dispatched(arrivesAtMs: number | undefined): void {
    const { journal, agenda } = this.#world;
    const { message, queue, subscription, listener, attempt, cause } = this.handover;
    this.cause = journal.write({
      seq: journal.length,
      atMs: agenda.nowMs,
      type: 'message.dispatched',
      cause,
      message: message.id,
      broker: this.#broker,
      queue,
      delivery: this.id,
      subscription,
      process: this.life.process,
      listener,
      attempt,
      arrivesAtMs,
    });
  }

  started(): void {
    const { journal, agenda } = this.#world;
    const { message, listener, attempt } = this.handover;
    this.hasStarted = true;
    this.#startedMs = agenda.nowMs;
    this.cause = journal.write({
      seq: journal.length,
      atMs: agenda.nowMs,
      type: 'delivery.started',
      cause: this.cause,
      delivery: this.id,
      message: message.id,
      broker: this.#broker,
      process: this.life.process,
      listener,
      attempt,
    });
  }

  settle(how: 'acked' | 'requeued' | 'discarded' | 'taken back', cause: number): number {
    if (this.#settled) return cause;
    this.#settled = true;
    this.#onSettled(this);
    if (how === 'taken back') return cause;
    if (how === 'acked') return this.#succeeded(cause);
    return this.#failed('refused', refusal, how === 'requeued' ? 1 : 0, cause);
  }

  /** The listener of a message that needs no ack has failed. */
  failed(failure: Failure): void {
    if (this.#settled) return;
    this.#settled = true;
    this.#onSettled(this);
    this.#failed('threw', failure, 0, this.cause);
  }

  #succeeded(cause: number): number {
    const { journal, agenda } = this.#world;
    const { message, listener, attempt } = this.handover;
    return journal.write({
      seq: journal.length,
      atMs: agenda.nowMs,
      type: 'delivery.succeeded',
      cause,
      delivery: this.id,
      message: message.id,
      broker: this.#broker,
      process: this.life.process,
      listener,
      attempt,
      tookMs: wholeMicroseconds(agenda.nowMs - this.#startedMs),
    });
  }

  #failed(reason: 'threw' | 'refused', failure: Failure, attemptsLeft: number, cause: number): number {
    const { message, listener, attempt } = this.handover;
    return this.#world.journal.append({
      type: 'delivery.failed',
      cause,
      delivery: this.id,
      message: message.id,
      broker: this.#broker,
      process: this.life.process,
      listener,
      attempt,
      tookMs: wholeMicroseconds(this.#world.agenda.nowMs - this.#startedMs),
      reason,
      failure,
      attemptsLeft,
    });
  }
}
