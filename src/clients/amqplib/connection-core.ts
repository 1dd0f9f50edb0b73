import type { CloseFields, Frame, Method } from '../../brokers/rabbitmq/protocol';
import type { TimerHandle } from '../node/environment';
import type { Published, Wire, WireClient, WireEnvironment } from '../wire';
import type { ChannelCore } from './channel-core';
import type { Address } from './connect';
import { requiredBytes, requiredText } from './encode';
import type { InnerConnection } from './inner-connection';
import { closeMessage, IllegalOperationError, type Refusal } from './errors';

/**
 * A connection as the client keeps it.
 * Follows amqplib 2.3, `lib/connection.js` (MIT, copyright Michael Bridgen and contributors).
 */
export class ConnectionCore implements WireClient {
  readonly #environment: WireEnvironment;
  readonly address: Address;
  readonly #channels = new Map<number, ChannelCore>();
  #wire: Wire | undefined;
  readonly #openedAtMs: number;
  /** Waits for the greeting to end. */
  #opened: ((error: Error | null) => void) | undefined;
  #closing: (() => void) | undefined;
  #refusal: Refusal | undefined;
  #isClosed = false;
  #silence: TimerHandle | undefined;
  readonly #secretUpdates: (() => void)[] = [];
  /** What the user can reach of it; it gets the connection's events. */
  inner: InnerConnection | undefined;
  /** What the broker says of itself. */
  serverProperties: unknown;

  constructor(environment: WireEnvironment, address: Address, opened: (error: Error | null) => void) {
    this.#environment = environment;
    this.address = address;
    this.#openedAtMs = environment.node.nowMs();
    this.#opened = opened;
  }

  /** False when nothing listens there. */
  dial(port: number): boolean {
    const { noDelay, tuning } = this.address;
    const heartbeatMs = tuning.heartbeat === 0 ? Infinity : tuning.heartbeat * 1_000;
    this.#wire = this.#environment.dial(port, this, { noDelay, heartbeatMs });
    return this.#wire !== undefined;
  }

  connected(): void {
    const { user, password, virtualHost } = this.address;
    this.#wire?.send({ type: 'connection.open', channel: 0, user, password, virtualHost } satisfies Method);
  }

  receive(arrived: unknown): unknown {
    const frame = arrived as Frame;
    if (this.#opened !== undefined) return this.#greeted(frame, this.#opened);
    try {
      if (this.#closing !== undefined && frame.type === 'connection.close-ok') this.#closedByClient(this.#closing);
      if (this.#refusal !== undefined) return undefined;
      if (frame.channel !== 0) return this.#channels.get(frame.channel)?.accept(frame);
      if (frame.type === 'connection.update-secret-ok') this.#secretUpdated();
      if (frame.type === 'connection.blocked') this.#blocked(frame.fields['reason']);
      if (frame.type === 'connection.unblocked') this.#unblocked();
      if (frame.type === 'connection.close') this.#closedByServer(frame.fields as unknown as CloseFields);
    } catch (error) {
      // What user code throws while a frame is dealt with ends the connection, as it does in amqplib.
      this.#fail(error);
    }
    return undefined;
  }

  hungUp(isSilent: boolean): void {
    if (this.#opened !== undefined) this.#opened(new Error('Socket closed abruptly during opening handshake'));
    else if (isSilent) this.#fail(new Error('Heartbeat timeout'), 'Heartbeat timeout');
    else this.#fail(new Error('Unexpected close'));
  }

  /** User code has broken its socket, or says that it is broken. */
  socketFailed(error: unknown): void {
    this.#fail(error);
  }

  /** Its socket is gone without a word: nothing arrives any more, which is noticed after two heartbeats that did not come. */
  cutOff(): void {
    this.#wire?.hangUp();
    const heartbeatMs = this.address.tuning.heartbeat * 1_000;
    if (heartbeatMs === 0 || this.#isClosed) return;
    const { node } = this.#environment;
    const sinceMs = node.nowMs() - this.#openedAtMs;
    const looksAtMs = (Math.floor(sinceMs / heartbeatMs) + 3) * heartbeatMs;
    this.#silence = node.schedule(
      looksAtMs - sinceMs,
      node.bind(() => this.hungUp(true)),
    );
  }

  /** The line of user code that runs. */
  where(): string | undefined {
    return this.#environment.where();
  }

  /** Whether what runs has its effects held back. */
  isHeld(): boolean {
    return this.#environment.isHeld();
  }

  send(method: Method): void {
    this.checkUsable();
    this.#wire?.send(method);
  }

  publish(published: Published, isConfirmed: boolean): void {
    this.checkUsable();
    this.#wire?.publish(published, isConfirmed);
  }

  /** Throws when it is closing or closed. */
  checkUsable(): void {
    if (this.#refusal !== undefined) throw new IllegalOperationError(this.#refusal);
  }

  /** After what runs now, when what was written has been sent. */
  later(run: () => void): void {
    this.#environment.node.immediate(this.#environment.node.bind(run));
  }

  /** After what user code that runs now has asked to run later. */
  afterThat(run: () => void): void {
    this.#environment.node.nextTick(() => this.later(run));
  }

  /** The lowest number that no channel has. */
  allocate(channel: ChannelCore): number {
    let number = 1;
    while (this.#channels.has(number)) number++;
    if (number > this.address.tuning.channelMax) throw new Error('No channels left to allocate');
    this.#channels.set(number, channel);
    if (this.inner) this.inner.channels[number] = { channel: channel.user };
    return number;
  }

  release(channel: ChannelCore): void {
    this.#channels.delete(channel.number);
    if (this.inner) this.inner.channels[channel.number] = null;
  }

  /** Throws while it is closing; once it is closed, `done` gets the error. */
  close(done: (error?: Error) => void): void {
    if (this.#isClosed) return done(new IllegalOperationError(this.#refusal!));
    if (this.inner?.blocked) return this.#closeBlocked(done);
    this.send({ type: 'connection.close', channel: 0 });
    this.#refusal = { message: 'Connection closing', reason: 'closeBecause called: Cheers, thanks' };
    this.#closing = done;
  }

  /** `done` hears of the broker's consent. */
  updateSecret(secret: unknown, reason: unknown, done: () => void): void {
    requiredBytes(secret, 'newSecret');
    requiredText(reason, 'reason');
    this.send({ type: 'connection.update-secret', channel: 0, where: this.where() });
    this.#secretUpdates.push(done);
  }

  #blocked(reason: unknown): void {
    if (this.inner) this.inner.blocked = true;
    this.inner?.emit('blocked', reason);
  }

  #unblocked(): void {
    if (this.inner) this.inner.blocked = false;
    this.inner?.emit('unblocked');
  }

  /** The broker would not answer: amqplib does not wait, and what its channels have not sent yet is lost. */
  #closeBlocked(done: () => void): void {
    this.#wire?.hangUpWith({ type: 'connection.close', channel: 0 } satisfies Method);
    done();
    this.#toClosed('Connection blocked: closing immediately');
  }

  #secretUpdated(): void {
    for (const done of this.#secretUpdates.splice(0)) done();
    this.inner?.emit('update-secret-ok');
  }

  #greeted({ type, fields }: Frame, opened: (error: Error | null) => void): void {
    this.#opened = undefined;
    if (type === 'connection.open-ok') {
      this.serverProperties = fields['serverProperties'];
      return opened(null);
    }
    this.#wire?.hangUp();
    const close = fields as unknown as CloseFields;
    // Credentials are refused before the virtual host is asked for.
    const text =
      close.classId === 0
        ? `Handshake terminated by server: ${closeMessage(close)}`
        : 'Expected ConnectionOpenOk; got <ConnectionClose channel:0>';
    opened(new Error(text));
  }

  #closedByServer(fields: CloseFields): void {
    const message = `Connection closed: ${closeMessage(fields)}`;
    const error = Object.assign(new Error(message), { code: fields.replyCode });
    if (fields.replyCode !== 320 && fields.replyCode !== 200) this.inner?.emit('error', error);
    this.#toClosed(message, error);
  }

  #closedByClient(done: () => void): void {
    this.#closing = undefined;
    done();
    this.#toClosed('ConnectionCloseOk received');
  }

  #fail(thrown: unknown, reason = 'Socket error'): void {
    const error = thrown instanceof Error ? thrown : new Error(String(thrown));
    if (this.#isClosed) return;
    this.#closing = undefined;
    this.#isClosed = true;
    this.#wire?.hangUp();
    this.inner?.emit('error', error);
    this.#toClosed(reason, error);
  }

  #toClosed(reason: string, error?: Error): void {
    this.#isClosed = true;
    this.#silence?.cancel();
    const channels = [...this.#channels.values()].sort((one, other) => one.number - other.number);
    for (const channel of channels) channel.toClosed(reason);
    const how = error === undefined ? 'by client' : String(error);
    this.#refusal = { message: `Connection closed (${how})`, reason };
    this.#wire?.hangUp();
    if (this.inner) {
      this.inner.expectSocketClose = true;
      this.inner.stream.destroyed = true;
    }
    this.inner?.emit('close', error);
  }
}
