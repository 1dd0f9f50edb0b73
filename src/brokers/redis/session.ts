import type { BatchLine, Handed, Handover, Session as BrokerSession, Wake } from '../broker';
import { textOf, type Bytes } from './bytes';
import { noReply, takes, type Command } from './command';
import { commandOf } from './command-table';
import type { Database } from './database';
import type { Host } from './host';
import type { Frame, Reply, Request, SubscriptionKind } from './protocol';
import type { SubscriptionSpace } from './pub-sub';
import { RedisError, wrongArity } from './redis-error';
import { listenerOf, type StreamReader } from './stream-delivery';
import type { Waiter } from './waiters';

/** A message that goes out with a reply, and who is told of its delivery. */
interface Reading {
  readonly handover: Handover;
  readonly taken: (handed: Handed) => void;
}

interface Transaction {
  readonly queued: { readonly command: Command; readonly request: Request; readonly args: readonly Bytes[] }[];
  isBroken: boolean;
}

const spaceKinds: Readonly<Record<SubscriptionSpace, readonly [on: SubscriptionKind, off: SubscriptionKind]>> = {
  channel: ['subscribe', 'unsubscribe'],
  pattern: ['psubscribe', 'punsubscribe'],
  shard: ['ssubscribe', 'sunsubscribe'],
};
const allowedWhileSubscribed = /^(?:[ps]?(?:un)?subscribe|ping|quit|reset)$/;
const withinTransaction = /^(?:exec|discard|multi|watch|quit|reset)$/;

/** The server's end of a connection: what it listens to, what it waits for, and the transaction that it collects. */
export class Session implements BrokerSession {
  readonly line: BatchLine;
  readonly id: number;
  database: Database;
  name: Bytes = '';
  /** `CLIENT NO-EVICT`: nothing is evicted here, and it is only told. */
  isKept = false;
  /** Carried out last, as `CLIENT LIST` shows it. */
  lastCommand = 'NULL';
  readonly connectedAtMs: number;
  usedAtMs: number;
  readonly #host: Host;
  readonly #subscriptions: Readonly<Record<SubscriptionSpace, Set<Bytes>>> = {
    channel: new Set(),
    pattern: new Set(),
    shard: new Set(),
  };
  #transaction: Transaction | undefined;
  /** Replies of the transaction that is being carried out; what subscribing answers is among them. */
  #executed: Reply[] | undefined;
  #isWatching = false;
  #hasWatchedChange = false;
  #waiting: { readonly waiter: Waiter; readonly wake: Wake | undefined } | undefined;
  /** Came while it waits: nothing is done before it has its reply. */
  readonly #later: { readonly request: Request; readonly cause: number }[] = [];
  #open = true;
  /** What the reply that is being made brings. */
  #readings: Reading[] = [];
  /** A reply that brings messages waits in the outbox. */
  #isReading = false;
  /** What it reads streams as, by stream and reader. */
  readonly #readers = new Map<string, { readonly subscription: string; readonly listener: string }>();

  constructor(line: BatchLine, host: Host) {
    this.line = line;
    this.#host = host;
    this.database = host.database(0);
    this.id = host.entered(this);
    this.connectedAtMs = host.port.nowMs;
    this.usedAtMs = this.connectedAtMs;
  }

  receive(frame: unknown, cause: number, isFollowed = false): void {
    const request = frame as Request;
    if (this.#waiting) this.#later.push({ request, cause });
    else if (this.#open) this.#carryOut(request, cause);
    if (!isFollowed) this.#host.outbox.flush();
  }

  #carryOut(request: Request, cause: number): void {
    // What it has read is on its way before it can answer for it.
    if (this.#isReading) this.#host.outbox.flush();
    this.#host.cause = cause;
    const reply = this.#handle(request, cause);
    if (reply !== noReply) this.#send({ type: 'reply', reply }, cause);
    this.#host.waiters.serve(cause);
  }

  hungUp(cause: number): void {
    if (!this.#open) return;
    this.#open = false;
    this.#stopWaiting();
    this.#later.length = 0;
    this.unwatch();
    this.#host.sessions.delete(this.id);
    for (const space of ['channel', 'pattern', 'shard'] as const)
      for (const name of this.#subscriptions[space]) this.#host.pubSub.unsubscribe(space, name, this.line, cause);
    for (const reader of this.#readers.values())
      this.#host.log.unsubscribed({ ...reader, process: this.line.process, cause });
    this.#host.outbox.flush();
  }

  // Reading streams.

  /** A message goes out with the reply that is being made. */
  hand(reading: Reading): void {
    this.#readings.push(reading);
  }

  /** The subscription as which the log knows a reader; it begins when it first gets something. */
  readerOf(reader: StreamReader): string {
    const { key, group, where, cause } = reader;
    const listener = listenerOf(reader);
    const place = `${listener} ${this.database.index}:${key}`;
    const known = this.#readers.get(place);
    if (known) return known.subscription;
    const subscription = this.#host.port.nextId('subscription');
    this.#readers.set(place, { subscription, listener });
    const pattern = textOf(key);
    const { process } = this.line;
    const stream = group === undefined ? {} : { queue: pattern, group: textOf(group.name) };
    this.#host.log.subscribed({ subscription, process, listener, pattern, ...stream, cause, where });
    return subscription;
  }

  /** The client has asked for it. */
  quit(cause: number, reply: Reply = 'OK'): void {
    this.#send({ type: 'reply', reply }, cause);
    this.shutDown(cause);
  }

  /** The server hangs up, of its own accord. */
  shutDown(cause: number): void {
    this.hungUp(cause);
    this.#host.outbox.put(this.line, () => {
      this.line.hangUp(cause);
    });
  }

  // Subscriptions.

  subscribe(space: SubscriptionSpace, name: Bytes, request: Pick<Request, 'listener' | 'where'>, cause: number): void {
    this.#subscriptions[space].add(name);
    const { listener = spaceKinds[space][0], where } = request;
    this.#host.pubSub.subscribe(space, name, { line: this.line, listener, where }, cause);
    this.#tell(spaceKinds[space][0], name, cause);
  }

  unsubscribe(space: SubscriptionSpace, name: Bytes, cause: number): void {
    if (this.#subscriptions[space].delete(name)) this.#host.pubSub.unsubscribe(space, name, this.line, cause);
    this.#tell(spaceKinds[space][1], name, cause);
  }

  unsubscribeAll(space: SubscriptionSpace, cause: number): void {
    const names = [...this.#subscriptions[space]];
    for (const name of names) this.unsubscribe(space, name, cause);
    if (names.length === 0) this.#tell(spaceKinds[space][1], null, cause);
  }

  get isSubscribed(): boolean {
    const { channel, pattern, shard } = this.#subscriptions;
    return channel.size + pattern.size + shard.size > 0;
  }

  /** What it listens to, and how many commands its transaction has; -1: there is none. */
  get counts(): { sub: number; psub: number; ssub: number; multi: number } {
    const { channel, pattern, shard } = this.#subscriptions;
    const multi = this.#transaction?.queued.length ?? -1;
    return { sub: channel.size, psub: pattern.size, ssub: shard.size, multi };
  }

  #tell(kind: SubscriptionKind, channel: Bytes | null, cause: number): void {
    const { channel: channels, pattern, shard } = this.#subscriptions;
    const count = kind.startsWith('s') && kind !== 'subscribe' ? shard.size : channels.size + pattern.size;
    if (this.#executed) this.#executed.push([kind, channel, count]);
    else this.#send({ type: 'subscription', kind, channel, count }, cause);
  }

  // Waiting.

  /** Has the client wait; 0 ms is for ever. */
  wait(
    keys: readonly Bytes[],
    timeoutMs: number,
    waiting: Pick<Waiter, 'attempt' | 'onRemoved'>,
    cause: number,
  ): typeof noReply {
    const waiter: Waiter = {
      database: this.database,
      keys,
      ...waiting,
      answer: (reply, answeredBy) => {
        this.#answerWaiting(reply, answeredBy);
      },
    };
    const { port, waiters } = this.#host;
    const wake =
      timeoutMs === 0
        ? undefined
        : port.wakeAt(port.nowMs + timeoutMs, () => {
            this.unblock(null, cause);
            this.#host.outbox.flush();
          });
    this.#waiting = { waiter, wake };
    waiters.add(waiter);
    return noReply;
  }

  /** False when it does not wait. */
  unblock(reply: Reply, cause: number): boolean {
    if (!this.#waiting) return false;
    this.#answerWaiting(reply, cause);
    this.#host.waiters.serve(cause);
    return true;
  }

  #answerWaiting(reply: Reply, cause: number): void {
    this.#stopWaiting();
    this.#send({ type: 'reply', reply }, cause);
    while (!this.isWaiting) {
      const next = this.#later.shift();
      if (next === undefined || !this.#open) return;
      this.#carryOut(next.request, next.cause);
    }
  }

  get isWaiting(): boolean {
    return this.#waiting !== undefined;
  }

  #stopWaiting(): void {
    if (!this.#waiting) return;
    this.#host.waiters.remove(this.#waiting.waiter);
    this.#waiting.wake?.cancel();
    this.#waiting = undefined;
  }

  // Transactions.

  begin(): Reply {
    if (this.#transaction) throw new RedisError('ERR MULTI calls can not be nested');
    this.#transaction = { queued: [], isBroken: false };
    return 'OK';
  }

  discard(): Reply {
    if (!this.#transaction) throw new RedisError('ERR DISCARD without MULTI');
    this.#transaction = undefined;
    this.unwatch();
    return 'OK';
  }

  execute(): Reply {
    const transaction = this.#transaction;
    if (!transaction) throw new RedisError('ERR EXEC without MULTI');
    this.#transaction = undefined;
    if (this.#isWatching) this.#host.expireWatched(this);
    const isStale = this.#hasWatchedChange;
    this.unwatch();
    if (transaction.isBroken) throw new RedisError('EXECABORT Transaction discarded because of previous errors.');
    if (isStale) return null;
    const replies: Reply[] = (this.#executed = []);
    for (const { command, request, args } of transaction.queued) {
      const reply = this.#run(command, request, args, { cause: this.#host.cause, mayBlock: false });
      if (reply !== noReply) replies.push(reply);
    }
    this.#executed = undefined;
    return replies;
  }

  /** EXEC itself is refused: the transaction is over. */
  #aborted(error: RedisError): RedisError {
    this.#transaction = undefined;
    this.unwatch();
    return new RedisError(`EXECABORT Transaction discarded because of: ${error.message.replace(/^ERR /, '')}`);
  }

  watch(key: Bytes): void {
    if (this.#transaction) throw new RedisError('ERR WATCH inside MULTI is not allowed');
    this.#isWatching = true;
    // One whose time is over now is none that goes later.
    this.database.peek(key);
    this.#host.watch(this, this.database, key);
  }

  unwatch(): void {
    this.#hasWatchedChange = false;
    if (!this.#isWatching) return;
    this.#isWatching = false;
    this.#host.unwatch(this);
  }

  watchedChanged(): void {
    this.#hasWatchedChange = true;
  }

  /** As after connecting. */
  reset(cause: number): void {
    this.#transaction = undefined;
    this.unwatch();
    for (const space of ['channel', 'pattern', 'shard'] as const)
      for (const name of [...this.#subscriptions[space]]) {
        this.#subscriptions[space].delete(name);
        this.#host.pubSub.unsubscribe(space, name, this.line, cause);
      }
    this.database = this.#host.database(0);
    this.name = '';
  }

  // Commands.

  #handle(request: Request, cause: number): Reply | typeof noReply {
    const transaction = this.#transaction;
    try {
      const { command, name, args } = commandOf(request.args);
      if (!takes(command, args.length)) throw wrongArity(name);
      this.lastCommand = name;
      this.usedAtMs = this.#host.port.nowMs;
      if (this.isSubscribed && !allowedWhileSubscribed.test(name))
        throw new RedisError(
          `ERR Can't execute '${name}': only (P|S)SUBSCRIBE / (P|S)UNSUBSCRIBE / PING / QUIT / RESET are allowed in this context`,
        );
      if (transaction && !withinTransaction.test(name)) {
        transaction.queued.push({ command, request, args });
        return 'QUEUED';
      }
      return this.#run(command, request, args, { cause, mayBlock: true });
    } catch (error) {
      if (!(error instanceof RedisError)) throw error;
      if (/^exec$/i.test(request.args[0] ?? '')) return this.#aborted(error);
      if (transaction) transaction.isBroken = true;
      return error;
    }
  }

  #run(
    command: Command,
    request: Request,
    args: readonly Bytes[],
    { cause, mayBlock }: { cause: number; mayBlock: boolean },
  ): Reply | typeof noReply {
    const { database } = this;
    try {
      return command.run({
        args,
        database,
        session: this,
        host: this.#host,
        message: request.message,
        request,
        cause,
        mayBlock,
      });
    } catch (error) {
      if (error instanceof RedisError) return error;
      throw error;
    }
  }

  #send(frame: Frame, cause: number): void {
    const readings = this.#readings;
    this.#readings = [];
    if (!this.#open) return;
    this.#isReading ||= readings.length > 0;
    this.#host.outbox.put(this.line, () => {
      this.#write(frame, readings, cause);
    });
  }

  #write(frame: Frame, readings: readonly Reading[], cause: number): void {
    this.#isReading = false;
    if (readings.length === 0) {
      this.line.send(frame, cause);
      return;
    }
    const handed = this.line.deliverAll(
      frame,
      readings.map(({ handover }) => handover),
    );
    for (const [index, { taken }] of readings.entries()) taken(handed[index]!);
  }
}
