import type { ConnectionEnd } from '../../log/entry';
import type { Line, Session as BrokerSession } from '../broker';
import { channelError, notAllowed } from './amqp-error';
import { Channel } from './channel';
import { numbersOf, type CloseFields, type Frame, type Method, type MethodOf } from './protocol';
import type { Queue } from './queue';
import type { Origin } from './topology-log';
import { serverProperties } from './version';
import type { VirtualHost } from './virtual-host';

/** What has come over a connection; `hung up` is its end. */
interface Arrival {
  readonly what: Method | 'hung up';
  readonly cause: number;
}

/** The broker's end of a connection: its channels, and the queues that are its alone and go with it. */
export class Session implements BrokerSession {
  readonly line: Line;
  /** In the log: `c_1`, … */
  readonly name: string;
  readonly #host: VirtualHost;
  readonly #channels = new Map<number, Channel>();
  /** Closed by the broker: what the client sent before it knew is passed over. */
  readonly #failed = new Set<number>();
  readonly #exclusive = new Set<Queue>();
  #open = true;
  /** While it is blocked: what has come and is not read. */
  #held: Arrival[] | undefined;

  constructor(line: Line, host: VirtualHost) {
    this.line = line;
    this.#host = host;
    this.name = host.nextConnection();
    host.sessions.add(this);
  }

  receive(frame: unknown, cause: number): void {
    if (!this.#open) return;
    const method = frame as Method;
    const { alarmReason } = this.#host;
    if (alarmReason !== undefined && this.#held === undefined && method.type === 'basic.publish') {
      this.#block(alarmReason, cause);
      // Its header is read before that, which is all there is of an empty message.
      if (method.content.length === 0) return this.#read(method, cause);
    }
    if (this.#held === undefined) this.#read(method, cause);
    else this.#held.push({ what: method, cause });
  }

  /** No resource is low any more: what was sent meanwhile is read in its order. */
  unblock(cause: number): void {
    const held = this.#held;
    if (held === undefined) return;
    this.#held = undefined;
    const seq = this.#host.topology.connectionUnblocked(this.name, this.line.process, cause);
    this.send({ type: 'connection.unblocked', channel: 0, fields: {} }, seq);
    for (const { what, cause: sent } of held)
      if (what === 'hung up') this.hungUp(sent);
      else this.receive(what, sent);
  }

  hungUp(cause: number): void {
    // The end of a connection is read as all else is: after what was sent before it.
    if (this.#held !== undefined && this.#held.length > 0) {
      this.#held.push({ what: 'hung up', cause });
      return;
    }
    this.#end({ reason: 'lost' }, cause);
    this.#host.bury();
  }

  /** Its consumers are gone: it gets nothing any more. */
  leave(cause: number): readonly Queue[] {
    return [...this.#channels.values()].flatMap((channel) => channel.leave(cause));
  }

  /** The broker ends it of its own accord. */
  forceClosed(why: string, cause: number): void {
    const replyText = `CONNECTION_FORCED - broker forced connection closure with reason '${why}'`;
    this.fail({ replyCode: 320, replyText, classId: 0, methodId: 0 }, { cause });
  }

  send(frame: Frame, cause: number): void {
    if (this.#open) this.line.send(frame, cause);
  }

  /** The client did what ends the whole connection. */
  fail(fields: CloseFields, { cause, where }: Origin): void {
    this.send({ type: 'connection.close', channel: 0, fields: { ...fields } }, cause);
    this.#end({ reason: 'refused', text: `${fields.replyCode} ${fields.replyText}` }, cause, where);
    this.line.hangUp(cause);
  }

  channelFailed(channel: Channel, fields: CloseFields, by: Origin): void {
    const { cause } = by;
    this.#host.topology.channelClosed(channel.inLog, `${fields.replyCode} ${fields.replyText}`, by);
    this.#channels.delete(channel.number);
    this.#failed.add(channel.number);
    this.send({ type: 'channel.close', channel: channel.number, fields: { ...fields } }, cause);
  }

  /** An exclusive queue of this connection goes with it. */
  declared(queue: Queue): void {
    if (queue.owner === this) this.#exclusive.add(queue);
  }

  /** Source: rabbit_reader:control_throttle; whoever only consumes is never blocked (rabbitmq.com/docs/connection-blocked). */
  #block(reason: string, cause: number): void {
    this.#held = [];
    const seq = this.#host.topology.connectionBlocked(this.name, this.line.process, reason, cause);
    this.send({ type: 'connection.blocked', channel: 0, fields: { reason } }, seq);
  }

  #read(method: Method, cause: number): void {
    this.#handle(method, cause);
    this.#host.bury();
  }

  #handle(method: Method, cause: number): void {
    const known = this.#channels.get(method.channel);
    if (known && !method.type.startsWith('channel.')) {
      known.handle(method, cause);
      return;
    }
    switch (method.type) {
      case 'connection.open':
        return this.#greet(method, cause);
      case 'connection.close':
        this.send({ type: 'connection.close-ok', channel: 0, fields: {} }, cause);
        this.#end({ reason: 'asked' }, cause);
        this.line.hangUp(cause);
        return;
      // The user that the broker itself knows needs no new secret: any is taken.
      case 'connection.update-secret':
        this.send({ type: 'connection.update-secret-ok', channel: 0, fields: {} }, cause);
        return;
      case 'channel.open':
        this.#failed.delete(method.channel);
        this.#openChannel(method, cause);
        this.send({ type: 'channel.open-ok', channel: method.channel, fields: {} }, cause);
        return;
      case 'channel.close':
        // A channel that the broker has closed is one until the client has consented.
        if (known === undefined && !this.#failed.has(method.channel)) return this.#expectedOpen(method, cause);
        this.#closeChannel(known, method, cause);
        this.send({ type: 'channel.close-ok', channel: method.channel, fields: {} }, cause);
        return;
      case 'channel.close-ok':
        this.#failed.delete(method.channel);
        return;
      default:
        if (!this.#failed.has(method.channel)) this.#expectedOpen(method, cause);
    }
  }

  #openChannel({ channel: number, where }: MethodOf<'channel.open'>, cause: number): void {
    const channel = new Channel(number, this, this.#host);
    this.#channels.set(number, channel);
    this.#host.topology.channelOpened(channel.inLog, { cause, where });
  }

  #closeChannel(channel: Channel | undefined, { where }: MethodOf<'channel.close'>, cause: number): void {
    if (channel === undefined) return;
    this.#host.topology.channelClosed(channel.inLog, undefined, { cause, where });
    channel.end(cause);
    this.#channels.delete(channel.number);
  }

  /** There is one user, `guest`, and one virtual host, `/`. */
  #greet({ user, password, virtualHost, where }: MethodOf<'connection.open'>, cause: number): void {
    const by = { cause, where };
    if (user !== 'guest' || password !== 'guest') {
      const text = 'Login was refused using authentication mechanism PLAIN. For details see the broker logfile.';
      return this.fail({ replyCode: 403, replyText: `ACCESS_REFUSED - ${text}`, classId: 0, methodId: 0 }, by);
    }
    if (virtualHost !== '/') {
      const { code, message } = notAllowed(`vhost ${virtualHost} not found`);
      return this.fail({ replyCode: code, replyText: message, classId: 10, methodId: 40 }, by);
    }
    this.#host.topology.connectionOpened(this.name, this.line.process, cause);
    const fields = { serverProperties: serverProperties(this.#host.version) };
    this.send({ type: 'connection.open-ok', channel: 0, fields }, cause);
  }

  #expectedOpen(method: Method, cause: number): void {
    const { code, message } = channelError("expected 'channel.open'");
    const [classId, methodId] = numbersOf(method.type);
    this.fail({ replyCode: code, replyText: message, classId, methodId }, { cause, where: method.where });
  }

  #end(why: { reason: ConnectionEnd; text?: string }, cause: number, where?: string): void {
    if (!this.#open) return;
    this.#open = false;
    this.#host.sessions.delete(this);
    for (const { what, cause: sent } of this.#held ?? [])
      if (what !== 'hung up' && what.type === 'basic.publish')
        this.#host.log.lost(what.message, this.line.process, sent);
    this.#held = undefined;
    this.#host.topology.connectionClosed(this.name, this.line.process, why, { cause, where });
    // None of its own channels gets what another gives back.
    const left = this.leave(cause);
    for (const channel of this.#channels.values()) channel.giveBack(cause);
    for (const queue of left) if (!queue.gone) queue.pump();
    this.#channels.clear();
    for (const queue of this.#exclusive) this.#host.remove(queue, 'owner-gone', { cause });
    this.#exclusive.clear();
  }
}
