import { numbersOf, type CloseFields, type Frame, type Method, type Publish } from '../../brokers/rabbitmq/protocol';
import type { Message as Envelope } from '../../log/envelope';
import { Buffer } from '../node/buffer';
import { Confirms, type ConfirmCallback } from './confirms';
import type { ConnectionCore } from './connection-core';
import { decodeProperties, encodeProperties, requiredText, shortText, type Options } from './encode';
import { closeMessage, errorOf, IllegalOperationError, methodName } from './errors';
import { eventDataOf } from './event-data';
import type { Unaddressed } from './methods';

/** What a channel or a connection is to its user: an emitter of events. */
export interface Emitting {
  emit(event: string, ...args: unknown[]): boolean;
  listenerCount(event: string): number;
}

export type Reply = (error: Error | null, frame?: Frame) => void;
export interface Message {
  readonly fields: Readonly<Record<string, unknown>>;
  readonly properties: Record<string, unknown>;
  readonly content: Uint8Array;
}
export type ConsumerCallback = (message: Message | null) => unknown;

/**
 * Messages that may wait to be sent before `publish` returns false: what the two halves of amqplib's write buffer hold
 * between them.
 */
const unsentMax = 2 * 1_024 - 1;

/**
 * A channel as the client keeps it. One question is under way at a time; the next ones wait for its answer.
 * Follows amqplib 2.3, `lib/channel.js` (MIT, copyright Michael Bridgen and contributors).
 */
export class ChannelCore {
  readonly connection: ConnectionCore;
  readonly consumers = new Map<string, ConsumerCallback>();
  readonly confirms = new Confirms();
  number = 0;
  /** Whether the broker confirms what is published. */
  isConfirm = false;
  readonly #user: Emitting;
  /** The answer that is waited for, and the questions that wait for their turn. */
  #asked: { readonly method: Method; readonly reply: Reply } | undefined;
  #waiting: { readonly method: Method; readonly reply: Reply }[] = [];
  /** Why nothing can be sent any more. */
  #refusal: string | undefined;
  /** Closing: called when the broker has agreed. */
  #closing: (() => void) | undefined;
  #unsent = 0;

  constructor(connection: ConnectionCore, user: Emitting) {
    this.connection = connection;
    this.#user = user;
  }

  open(reply: Reply): void {
    this.number = this.connection.allocate(this);
    this.rpc({ type: 'channel.open' }, reply);
  }

  send(method: Unaddressed): void {
    if (this.#refusal !== undefined) throw new IllegalOperationError(this.#refusal);
    this.connection.send({ ...method, channel: this.number });
  }

  /** Asks the broker; `reply` gets its frame, or why there is none. */
  rpc(method: Unaddressed, reply: Reply): void {
    if (this.#refusal !== undefined) throw new IllegalOperationError(this.#refusal);
    const question = { method: { ...method, channel: this.number } as Method, reply };
    if (this.#asked !== undefined) this.#waiting.push(question);
    else this.#ask(question);
  }

  /** False when too much waits to be sent; `drain` tells when to go on. */
  publish(exchange: unknown, routingKey: unknown, content: unknown, given: unknown): boolean {
    const options = (given ?? {}) as Options;
    const properties = encodeProperties(options);
    const to = requiredText(exchange, 'exchange');
    const key = shortText(routingKey, 'routingKey');
    if (this.#refusal !== undefined) throw new IllegalOperationError(this.#refusal);
    if (!Buffer.isBuffer(content)) throw new TypeError('content is not a buffer');
    const bytes = Uint8Array.from(content as Uint8Array);
    const frameOf = (message: Envelope): Publish => ({
      type: 'basic.publish',
      channel: this.number,
      exchange: to,
      routingKey: key,
      mandatory: Boolean(options['mandatory']),
      properties,
      content: bytes,
      message,
    });
    this.connection.publish(key === '' ? to || 'message' : key, eventDataOf(bytes), frameOf, this.isConfirm);
    return this.#hasSpace();
  }

  expectConfirm(callback: ConfirmCallback | undefined): void {
    this.confirms.push(callback);
  }

  /** A frame of this channel has arrived. */
  accept(frame: Frame): unknown {
    if (this.#closing !== undefined) return this.#acceptClosing(frame, this.#closing);
    if (this.#refusal !== undefined) return undefined;
    switch (frame.type) {
      case 'basic.deliver':
        return this.#guarded(() => this.#consumer(frame)(messageOf(frame)));
      case 'basic.return':
        return this.#guarded(() => this.emit('return', messageOf(frame)));
      case 'basic.cancel':
        return this.#cancelled(frame);
      case 'basic.ack':
      case 'basic.nack':
        this.confirms.settle(frame);
        return this.emit(frame.type.slice('basic.'.length), frame.fields);
      case 'channel.close':
        return this.#closedByServer(frame.fields as unknown as CloseFields);
      default:
        return this.#answered(frame);
    }
  }

  close(done: () => void): void {
    this.#closeBecause(done);
  }

  /** It is closed, whoever closed it. */
  toClosed(): void {
    const unanswered = [...(this.#asked ? [this.#asked] : []), ...this.#waiting];
    this.#asked = undefined;
    this.#waiting = [];
    for (const { reply } of unanswered) reply(new Error('Channel ended, no reply will be forthcoming'));
    this.#refusal = 'Channel closed';
    this.#closing = undefined;
    this.connection.release(this);
    this.confirms.closed();
    this.emit('close');
  }

  emit(event: string, ...args: unknown[]): boolean {
    try {
      return this.#user.emit(event, ...args);
    } catch (error) {
      if (this.#user.listenerCount('handler-error') === 0) throw error;
      this.connection.later(() => this.#user.emit('handler-error', error, event));
      return true;
    }
  }

  #ask(question: { readonly method: Method; readonly reply: Reply }): void {
    this.#asked = question;
    this.connection.send(question.method);
  }

  #answered(frame: Frame): void {
    const question = this.#asked;
    this.#asked = undefined;
    const next = this.#waiting.shift();
    if (next !== undefined) this.#ask(next);
    question?.reply(null, frame);
  }

  #consumer({ fields }: Frame): ConsumerCallback {
    const tag = String(fields['consumerTag']);
    const consumer = this.consumers.get(tag);
    if (consumer === undefined) throw new Error(`Unknown consumer: ${tag}`);
    return consumer;
  }

  /** The broker took the consumer away, for example because its queue was deleted: its callback gets `null`. */
  #cancelled(frame: Frame): unknown {
    this.emit('cancel', frame.fields);
    const result = this.#consumer(frame)(null);
    this.consumers.delete(String(frame.fields['consumerTag']));
    return result;
  }

  /** What a consumer throws closes its channel. */
  #guarded(run: () => unknown): unknown {
    try {
      return run();
    } catch (error) {
      this.#closeBecause(() => {
        this.emit('error', Object.assign(error instanceof Error ? error : new Error(String(error)), { code: 541 }));
      });
      return undefined;
    }
  }

  #closedByServer(fields: CloseFields): void {
    const question = this.#asked;
    this.#asked = undefined;
    const message = `Channel closed by server: ${closeMessage(fields)}`;
    if (question !== undefined) question.reply(refusalOf(question.method, fields));
    this.emit('error', errorOf(message, fields));
    this.toClosed();
  }

  #closeBecause(done: () => void): void {
    this.send({ type: 'channel.close' });
    this.#refusal = 'Channel closing';
    this.#closing = done;
  }

  /** Everything but the broker's consent is passed over. */
  #acceptClosing(frame: Frame, done: () => void): void {
    if (frame.type !== 'channel.close-ok') return;
    this.#closing = undefined;
    done();
    this.toClosed();
  }

  #hasSpace(): boolean {
    if (++this.#unsent === 1)
      this.connection.later(() => {
        const wasFull = this.#unsent >= unsentMax;
        this.#unsent = 0;
        if (wasFull) this.emit('drain');
      });
    return this.#unsent < unsentMax;
  }
}

/** Whether the broker closed the channel because of the question that waits for its answer, or of something before it. */
function refusalOf(method: Method, fields: CloseFields): Error {
  const text = closeMessage(fields);
  return errorOf(
    isAbout(method, fields)
      ? `Operation failed: ${methodName(method.type)}; ${text}`
      : `Channel closed by server: ${text}`,
    fields,
  );
}

function isAbout({ type }: Method, { classId, methodId }: CloseFields): boolean {
  const [ofClass, ofMethod] = numbersOf(type);
  return classId === ofClass && methodId === ofMethod;
}

export function messageOf({ fields, properties = {}, content = new Uint8Array() }: Frame): Message {
  return { fields: { ...fields }, properties: decodeProperties(properties), content: Buffer.from(content) };
}
