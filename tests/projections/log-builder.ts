import type { Entry } from '../../src/log/entry';
import type { Message } from '../../src/log/envelope';

export type Draft = Entry extends infer E ? (E extends Entry ? Omit<E, 'seq' | 'atMs'> : never) : never;

interface Delivery {
  readonly delivery: string;
  readonly message: string;
  readonly broker: string;
  readonly process: string;
  readonly listener: string;
  readonly attempt: number;
}

interface Sent extends Delivery {
  readonly queue?: string;
  readonly subscription: string;
}

/** Writes logs by hand, as the runtime would: gives entries their `seq` and instant, and ids in order. */
export class LogBuilder {
  readonly entries: Entry[] = [];
  readonly broker: string;
  atMs = 0;
  #messages = 0;
  #deliveries = 0;
  #subscriptions = 0;
  readonly #correlations = new Map<string, string>();
  readonly #lives = new Map<string, number>();

  constructor(broker = 'shop') {
    this.broker = broker;
  }

  at(atMs: number): this {
    this.atMs = atMs;
    return this;
  }

  add(draft: Draft): number {
    const seq = this.entries.length;
    this.entries.push({ seq, atMs: this.atMs, ...draft });
    return seq;
  }

  start(process: string): number {
    const life = (this.#lives.get(process) ?? 0) + 1;
    this.#lives.set(process, life);
    const service = process.replace(/#\d+$/, '');
    return this.add({ type: 'process.started', process, service, file: `${service}.ts`, args: [], life });
  }

  declare(settings: Record<string, string | number> = { mode: 'direct' }): number {
    return this.add({ type: 'broker.declared', broker: this.broker, kind: 'bus', settings });
  }

  subscribe(
    process: string,
    listener: string,
    options: { pattern?: string; queue?: string; attempts?: number; prefetch?: number; deadLetter?: string } = {},
  ): string {
    const { pattern = '#', attempts = 1, ...rest } = options;
    const subscription = `s_${String(++this.#subscriptions)}`;
    this.add({
      type: 'listener.subscribed',
      broker: this.broker,
      subscription,
      process,
      listener,
      pattern,
      attempts,
      ...rest,
    });
    return subscription;
  }

  publish(
    type: string,
    options: { process?: string; causation?: string; arrivesAtMs?: number; lost?: boolean; where?: string } = {},
  ): string {
    const { process, causation, arrivesAtMs = this.atMs, lost = false, where } = options;
    const id = `m_${String(++this.#messages)}`;
    const correlationid = this.#correlations.get(causation ?? '') ?? id;
    this.#correlations.set(id, correlationid);
    const message: Message = {
      id,
      source: `/${process ?? 'you'}`,
      specversion: '1.0',
      type,
      time: new Date(this.atMs).toISOString(),
      datacontenttype: 'application/json',
      correlationid,
      ...(causation === undefined ? {} : { causationid: causation }),
    };
    this.add({
      type: 'message.published',
      message,
      broker: this.broker,
      ...(process === undefined ? {} : { process }),
      ...(where === undefined ? {} : { where }),
      ...(lost ? {} : { arrivesAtMs }),
    });
    if (lost) this.add({ type: 'message.lost', message: id, from: process ?? '', to: this.broker });
    return id;
  }

  route(message: string, subscriptions: readonly string[], queues: readonly string[] = []): number {
    return this.add({ type: 'message.routed', message, broker: this.broker, subscriptions, queues });
  }

  enqueue(message: string, queue: string): number {
    return this.add({ type: 'message.enqueued', message, broker: this.broker, queue });
  }

  dispatch(
    message: string,
    to: { subscription: string; process: string; listener: string },
    options: { queue?: string; attempt?: number; arrivesAtMs?: number; lost?: boolean; replayed?: true } = {},
  ): Sent {
    const { queue, attempt = 1, arrivesAtMs = this.atMs, lost = false, replayed } = options;
    const delivery = `d_${String(++this.#deliveries)}`;
    const sent = { message, broker: this.broker, delivery, ...to, attempt, ...(queue === undefined ? {} : { queue }) };
    this.add({
      type: 'message.dispatched',
      ...sent,
      ...(lost ? {} : { arrivesAtMs }),
      ...(replayed ? { replayed } : {}),
    });
    if (lost) this.add({ type: 'message.lost', message, from: this.broker, to: to.process });
    return sent;
  }

  begin(sent: Sent, replayed?: true): number {
    return this.add({ type: 'delivery.started', ...factsOf(sent), ...(replayed ? { replayed } : {}) });
  }

  succeed(sent: Sent, tookMs = 0, replayed?: true): number {
    return this.add({ type: 'delivery.succeeded', ...factsOf(sent), tookMs, ...(replayed ? { replayed } : {}) });
  }

  fail(sent: Sent, attemptsLeft: number, tookMs = 0): number {
    const failure = { name: 'Error', message: 'no' };
    return this.add({ type: 'delivery.failed', ...factsOf(sent), tookMs, reason: 'threw', failure, attemptsLeft });
  }

  retry(sent: Sent, attempts: number, dueAtMs: number): number {
    const nextAttempt = sent.attempt + 1;
    return this.add({ type: 'delivery.retry-scheduled', ...factsOf(sent), nextAttempt, attempts, dueAtMs });
  }

  requeue(sent: Delivery, queue: string): number {
    const { message, delivery } = sent;
    return this.add({ type: 'message.requeued', message, broker: this.broker, queue, delivery });
  }

  deadLetter(sent: Sent, queue: string): number {
    const { message, listener, attempt } = sent;
    return this.add({
      type: 'message.dead-lettered',
      message,
      broker: this.broker,
      queue,
      listener,
      attempts: attempt,
      reason: 'attempts',
    });
  }

  drop(message: string, reason: 'no-subscriber' | 'consumer-gone' | 'refused', cause?: number): number {
    const base = { type: 'message.dropped', message, broker: this.broker, reason } as const;
    return this.add(cause === undefined ? base : { ...base, cause });
  }

  crash(process: string, interrupted = 0): number {
    return this.add({ type: 'process.crashed', process, interrupted });
  }
}

function factsOf({ delivery, message, broker, process, listener, attempt }: Delivery): Delivery {
  return { delivery, message, broker, process, listener, attempt };
}
