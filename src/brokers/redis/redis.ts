import type { Message } from '../../log/envelope';
import { nobody, type BatchLine, type BrokerPort, type Server, type Session as BrokerSession } from '../broker';
import { askingLine } from './asking-line';
import { bytesOf } from './bytes';
import { Host } from './host';
import { RedisError } from './redis-error';
import { Session } from './session';

/**
 * Redis as a client sees it: Pub/Sub, streams with consumer groups, and the plain values that go with them. It does what Redis
 * 7.0 was recorded to do. A command is carried out whole when it arrives.
 */
export class Redis implements Server {
  readonly kind = 'redis';
  readonly name: string;
  readonly #host: Host;
  isStopped = false;

  constructor(name: string, port: BrokerPort) {
    this.name = name;
    this.#host = new Host(name, port);
  }

  connect(line: BatchLine, cause: number): BrokerSession {
    if (this.isStopped) return nobody(line, cause);
    return new Session(line, this.#host);
  }

  /** As `SHUTDOWN` does where something is configured to be saved, which is the default: all data stays, subscriptions do not. */
  stop(cause: number): void {
    this.isStopped = true;
    for (const session of [...this.#host.sessions.values()]) session.shutDown(cause);
    this.#host.outbox.flush();
  }

  start(): void {
    this.isStopped = false;
  }

  /** Connections end on their own lines. */
  processGone(): void {
    return;
  }

  configure(): boolean {
    return false;
  }

  /** What `XGROUP SETID` does, in database 0. */
  moveGroup(stream: string, group: string, id: string, cause: number): string | undefined {
    if (this.isStopped) return `${this.name} is stopped.`;
    let refusal: string | undefined;
    const line = askingLine((frame) => {
      if (frame.type === 'reply' && frame.reply instanceof RedisError) refusal = frame.reply.message;
    });
    const operator = new Session(line, this.#host);
    operator.receive({ args: ['XGROUP', 'SETID', bytesOf(stream), bytesOf(group), bytesOf(id)] }, cause);
    operator.hungUp(cause);
    return refusal;
  }

  /** Published by hand: its name is the stream to which it is added, or else the channel on which it is published. */
  accept(message: Message, cause: number, _sentAtMs: number, isText = false): void {
    const host = this.#host;
    if (this.isStopped) {
      host.log.stopped(message, cause);
      return;
    }
    const key = bytesOf(message.type);
    const body = bytesOf(isText ? String(message.data) : JSON.stringify(message.data ?? null));
    const database = host.database(0);
    const value = database.peek(key);
    host.cause = cause;
    if (value?.type === 'stream') {
      const entry = value.stream.add({ type: 'given', id: value.stream.idAt(host.unixMs) }, ['data', body], message);
      entry.cause = host.cause = host.log.added(message, message.type, cause);
      database.changed(key);
    } else host.pubSub.publish('channel', { channel: key, body, message }, cause);
    host.waiters.serve(host.cause);
    host.outbox.flush();
  }
}
