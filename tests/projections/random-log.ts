import type { Entry } from '../../src/log/entry';
import { LogBuilder } from './log-builder';

type Sent = ReturnType<LogBuilder['dispatch']>;
interface Waiting {
  readonly sent: Sent;
  readonly dueAtMs: number;
  readonly seq: number;
}

const attempts = 3;
const direct = { process: 'audit', listener: 'note', subscription: 's_1' };
const consumers = [
  { process: 'mail#1', listener: 'send', subscription: 's_2' },
  { process: 'mail#2', listener: 'send', subscription: 's_3' },
];

/**
 * A small system that does at every step one of the things that it could do: a plain listener with retries, and a
 * durable queue with two consumers. `held` is what the system really holds at the end, kept in the simplest way.
 */
export class RandomSystem {
  readonly log = new LogBuilder();
  readonly held = {
    arriving: [] as { message: string; dueAtMs: number }[],
    ready: [] as { message: string; attempt: number }[],
    travelling: [] as Sent[],
    handling: [] as Sent[],
    queueRetries: [] as Waiting[],
    plainRetries: [] as Waiting[],
    /** Lost on the link: the queue takes them back when no ack has come. */
    unanswered: [] as Sent[],
    dead: [] as string[],
    done: 0,
    enqueued: 0,
  };
  readonly #down = new Set<string>();
  readonly #subscriptions = new Map<string, string>();

  constructor() {
    const { log } = this;
    log.add({ type: 'run.started', title: 'Shop', seed: 1, durationMs: 60_000, version: 1 });
    log.start('shop');
    log.declare();
    for (const who of [direct, ...consumers]) this.#start(who);
  }

  get entries(): readonly Entry[] {
    return this.log.entries;
  }

  get isIdle(): boolean {
    const { arriving, ready, travelling, handling, queueRetries, plainRetries, unanswered } = this.held;
    return [arriving, ready, travelling, handling, queueRetries, plainRetries, unanswered].every(
      (list) => list.length === 0,
    );
  }

  /** `choice` says which of the possible things happens, and how. */
  step(choice: number): void {
    const { log, held } = this;
    const how = Math.floor(choice / 16);
    log.atMs += how % 7;
    switch (choice % 16) {
      case 0:
      case 1:
        return this.#publish(how);
      case 2:
      case 3:
        return this.#arrive();
      case 4:
      case 5:
        return this.#dispatchFromQueue(how);
      case 6:
      case 7:
      case 8: {
        const sent = held.travelling.shift();
        if (sent === undefined) return;
        log.begin(sent);
        held.handling.push(sent);
        return;
      }
      case 9:
      case 10:
      case 11:
        return this.#succeed(how);
      case 12:
        return this.#fail(how);
      case 13:
        return this.#comeDue();
      case 14:
        return this.#crash(how);
      default:
        return this.#restart();
    }
  }

  /** Lets everything come to its end: nothing stays under way. */
  settle(): void {
    while (this.#down.size > 0) this.#restart();
    for (let round = 0; !this.isIdle; round = (round + 1) % 6) {
      const kind = [3, 5, 7, 10, 13, 13][round] as number;
      this.step(kind);
    }
  }

  #start(who: (typeof consumers)[number]): void {
    this.log.start(who.process);
    const options = who === direct ? { attempts } : { attempts, queue: 'mail', prefetch: 2, deadLetter: 'dead' };
    this.#subscriptions.set(who.process, this.log.subscribe(who.process, who.listener, options));
  }

  #to(who: (typeof consumers)[number]): (typeof consumers)[number] {
    return { ...who, subscription: this.#subscriptions.get(who.process) ?? '' };
  }

  #publish(how: number): void {
    const { log, held } = this;
    const lost = how % 11 === 10;
    const dueAtMs = log.atMs + (how % 3) * 5;
    const causation = how % 4 === 3 ? held.handling[0] : undefined;
    const message = log.publish(how % 5 === 0 ? 'order.paid' : 'order.created', {
      process: 'shop',
      arrivesAtMs: dueAtMs,
      lost,
      where: `shop.ts:${String(1 + (how % 4))}`,
      ...(causation ? { causation: causation.message } : {}),
    });
    if (!lost) held.arriving.push({ message, dueAtMs });
  }

  #arrive(): void {
    const { log, held } = this;
    const next = held.arriving.shift();
    if (next === undefined) return;
    log.atMs = Math.max(log.atMs, next.dueAtMs);
    const isDirectUp = !this.#down.has(direct.process);
    log.route(next.message, isDirectUp ? [this.#to(direct).subscription] : [], ['mail']);
    log.enqueue(next.message, 'mail');
    held.ready.push({ message: next.message, attempt: 1 });
    held.enqueued += 1;
    if (isDirectUp) held.travelling.push(log.dispatch(next.message, this.#to(direct), { arrivesAtMs: log.atMs + 2 }));
  }

  #dispatchFromQueue(how: number): void {
    const { log, held } = this;
    const free = consumers.filter(({ process }) => !this.#down.has(process));
    const consumer = free[how % Math.max(1, free.length)];
    const next = consumer === undefined ? undefined : held.ready.shift();
    if (consumer === undefined || next === undefined) return;
    const lost = how % 13 === 12;
    const sent = log.dispatch(next.message, this.#to(consumer), { queue: 'mail', attempt: next.attempt, lost });
    if (lost) held.unanswered.push(sent);
    else held.travelling.push(sent);
  }

  #succeed(how: number): void {
    const { log, held } = this;
    const [sent] = held.handling.splice(how % Math.max(1, held.handling.length), 1);
    if (sent === undefined) return;
    log.succeed(sent, 1);
    if (sent.queue !== undefined) held.done += 1;
  }

  #fail(how: number): void {
    const { log, held } = this;
    const [sent] = held.handling.splice(how % Math.max(1, held.handling.length), 1);
    if (sent === undefined) return;
    log.fail(sent, attempts - sent.attempt, 1);
    if (sent.attempt < attempts) {
      const dueAtMs = log.atMs + (how % 2 === 0 ? 5 : 3_000);
      const waiting = { sent, dueAtMs, seq: log.retry(sent, attempts, dueAtMs) };
      (sent.queue === undefined ? held.plainRetries : held.queueRetries).push(waiting);
    } else if (sent.queue !== undefined) {
      log.deadLetter(sent, 'dead');
      held.dead.push(sent.message);
      held.done += 1;
    }
  }

  #comeDue(): void {
    const { log, held } = this;
    const lost = held.unanswered.shift();
    if (lost) {
      log.requeue(lost, 'mail');
      held.ready.unshift({ message: lost.message, attempt: lost.attempt });
    }
    const queued = held.queueRetries.shift();
    if (queued) {
      log.atMs = Math.max(log.atMs, queued.dueAtMs);
      log.requeue(queued.sent, 'mail');
      held.ready.unshift({ message: queued.sent.message, attempt: queued.sent.attempt + 1 });
    }
    const plain = held.plainRetries.shift();
    if (plain === undefined) return;
    log.atMs = Math.max(log.atMs, plain.dueAtMs);
    const { message, attempt } = plain.sent;
    if (this.#down.has(direct.process)) log.drop(message, 'consumer-gone', plain.seq);
    else held.travelling.push(log.dispatch(message, this.#to(direct), { attempt: attempt + 1 }));
  }

  #crash(how: number): void {
    const { log, held } = this;
    const { process } = [direct, ...consumers][how % 3] as typeof direct;
    if (how % 2 === 0 || this.#down.has(process)) return;
    this.#down.add(process);
    log.crash(process, held.handling.filter((sent) => sent.process === process).length);
    const gone = [...held.travelling, ...held.handling].filter((sent) => sent.process === process);
    held.travelling = held.travelling.filter((sent) => sent.process !== process);
    held.handling = held.handling.filter((sent) => sent.process !== process);
    for (const sent of gone.reverse()) {
      if (sent.queue === undefined) continue;
      log.requeue(sent, 'mail');
      held.ready.unshift({ message: sent.message, attempt: sent.attempt });
    }
  }

  #restart(): void {
    const who = [direct, ...consumers].find(({ process }) => this.#down.has(process));
    if (who === undefined) return;
    this.#down.delete(who.process);
    this.#start(who);
  }
}
