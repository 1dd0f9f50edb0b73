import { numbersOf, type CloseFields, type Frame, type Method } from '../../brokers/rabbitmq/protocol';
import { Buffer } from '../node/buffer';
import { Slab } from '../node/slab';
import { Confirms } from './confirms';
import type { ConnectionCore } from './connection-core';
import { decodeProperties, encodeProperties, noProperties, publishOptions, shortText, type Options } from './encode';
import { closeMessage, errorOf, IllegalOperationError, methodName, type Refusal } from './errors';
import type { Encode, EncodeFor } from './methods';
import { Publication } from './publication';

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

/** Frames that each half of a channel's write buffer holds, unless `highWaterMark` says otherwise. */
const highWaterMarkDefault = 1_024;
/** A message of which all frames together are smaller is written at once; otherwise its body follows in frames of its own. */
const singleChunkBytesMax = 2_048;
const frameBodyBytesMax = 131_072 - 8;
const nothing = new Uint8Array();

interface Question {
  readonly encode: Encode;
  /** The line of user code that asks. */
  readonly where: string | undefined;
  readonly reply: Reply;
}

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
  /** What the user holds of it. */
  readonly user: Emitting;
  /** Who waits for the broker's answer, and the questions that wait for their turn. */
  #asked: { readonly type: Method['type'] | undefined; readonly reply: Reply } | undefined;
  #waiting: Question[] = [];
  /** Why nothing can be sent any more. */
  #refusal: Refusal | undefined;
  /** Closing: called when the broker has agreed. */
  #closing: (() => void) | undefined;
  /** Frames that may be unsent before `publish` returns false: what the two halves of amqplib's write buffer hold between them. */
  readonly #unsentMax: number;
  #unsent = 0;
  #isFull = false;
  /** Where the bodies of what is published lie, and of what arrives, which user code may write to. */
  readonly #given = new Slab();
  readonly #received = new Slab();

  constructor(connection: ConnectionCore, user: Emitting, options: { readonly highWaterMark?: number } = {}) {
    this.connection = connection;
    this.user = user;
    this.#unsentMax = 2 * (options.highWaterMark || highWaterMarkDefault) - 1;
  }

  /** What waits for the broker's answer, and what waits for its turn. */
  get reply(): Reply | undefined {
    return this.#asked?.reply;
  }

  get pending(): readonly Question[] {
    return this.#waiting;
  }

  open(reply: Reply): void {
    try {
      this.number = this.connection.allocate(this);
    } catch (error) {
      return reply(error as Error);
    }
    this.rpc(() => ({ type: 'channel.open' }), reply);
  }

  send(encode: EncodeFor): void {
    if (this.#refusal !== undefined) throw new IllegalOperationError(this.#refusal);
    this.connection.send(encode({ channel: this.number, where: this.connection.where() }));
  }

  /** Asks the broker; `reply` gets its frame, or why there is none. */
  rpc(encode: Encode, reply: Reply): void {
    if (this.#refusal !== undefined) throw new IllegalOperationError(this.#refusal);
    const question: Question = { encode, reply, where: this.connection.where() };
    if (this.#asked !== undefined) this.#waiting.push(question);
    else this.#ask(question);
  }

  /** False when too much waits to be sent; `drain` tells when to go on. */
  publish(exchange: unknown, routingKey: unknown, content: unknown, options: unknown): boolean {
    const given = options ? publishOptions(options as Options) : undefined;
    if (this.#refusal !== undefined) throw new IllegalOperationError(this.#refusal);
    if (!Buffer.isBuffer(content)) throw new TypeError('content is not a buffer');
    const bytes = this.#given.bytes(content as Uint8Array);
    const envelope = {
      channel: this.number,
      where: this.connection.where(),
      exchange: shortText(exchange, 'exchange'),
      routingKey: shortText(routingKey, 'routingKey'),
      mandatory: given?.mandatory ?? false,
      properties: given === undefined ? noProperties : encodeProperties(given),
    };
    this.connection.publish(new Publication(envelope, bytes), this.isConfirm);
    return this.#wrote(chunksOf(bytes.length + envelope.exchange.length + envelope.routingKey.length));
  }

  /** What a frame brings, as the user gets it. The fields were made for this frame alone. */
  message({ fields, properties = {}, content = nothing }: Frame): Message {
    return { fields, properties: decodeProperties(properties), content: this.#received.buffer(content) };
  }

  /** A frame of this channel has arrived. */
  accept(frame: Frame): unknown {
    if (this.#closing !== undefined) return this.#acceptClosing(frame, this.#closing);
    if (this.#refusal !== undefined) return undefined;
    switch (frame.type) {
      case 'basic.deliver':
        return this.#delivered(frame);
      case 'basic.return':
        return this.#guarded('return', () => this.user.emit('return', this.message(frame)));
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
    this.#closeBecause('Goodbye', done);
  }

  /** It is closed, whoever closed it. */
  toClosed(reason: string): void {
    const unanswered = [...(this.#asked ? [this.#asked] : []), ...this.#waiting];
    this.#asked = undefined;
    this.#waiting = [];
    for (const { reply } of unanswered) reply(new Error('Channel ended, no reply will be forthcoming'));
    this.#refusal = { message: 'Channel closed', reason };
    this.#closing = undefined;
    this.connection.release(this);
    this.confirms.closed();
    this.emit('close');
  }

  emit(event: string, ...args: unknown[]): boolean {
    return this.#handled(event, () => this.user.emit(event, ...args)) ?? true;
  }

  #handled<T>(event: string, run: () => T): T | undefined {
    try {
      return run();
    } catch (error) {
      this.#reported(event, error);
      return undefined;
    }
  }

  /** What a listener throws goes to `handler-error`, when somebody listens to that. */
  #reported(event: string, error: unknown): void {
    if (this.user.listenerCount('handler-error') === 0) throw error;
    this.connection.later(() => this.user.emit('handler-error', error, event));
  }

  #delivered(frame: Frame): unknown {
    try {
      const consumer = this.#consumer(frame);
      return consumer(this.message(frame));
    } catch (error) {
      this.#orClosed(() => {
        this.#reported('delivery', error);
      });
      return undefined;
    }
  }

  /** From here on an answer is waited for, also when the question turns out to be one that cannot be sent. */
  #ask({ encode, reply, where }: Question): void {
    this.#asked = { type: undefined, reply };
    const method = encode();
    this.#asked = { type: method.type, reply };
    this.connection.send({ where, ...method, channel: this.number });
  }

  #answered(frame: Frame): void {
    const question = this.#asked;
    this.#asked = undefined;
    const next = this.#waiting.shift();
    if (next !== undefined) this.#ask(next);
    const tell = (): void => question?.reply(null, frame);
    // A message that was asked for is handled as one that was delivered.
    if (frame.type === 'basic.get-ok') this.#orClosed(tell);
    else tell();
  }

  /** Who calls it names it `consumer`, as there, so that it is called so in the error when it is no function. */
  #consumer({ fields }: Frame): ConsumerCallback {
    const tag = String(fields['consumerTag']);
    const consumer = this.consumers.get(tag);
    if (consumer === undefined) throw new Error(`Unknown consumer: ${tag}`);
    return consumer;
  }

  /** The broker took the consumer away, for example because its queue was deleted: its callback gets `null`. */
  #cancelled(frame: Frame): unknown {
    this.emit('cancel', frame.fields);
    const result = this.#handled('cancel', () => {
      const consumer = this.#consumer(frame);
      return consumer(null);
    });
    this.consumers.delete(String(frame.fields['consumerTag']));
    return result;
  }

  /** What is thrown while a message is handled closes the channel. */
  #guarded(event: string, run: () => unknown): unknown {
    return this.#orClosed(() => this.#handled(event, run));
  }

  #orClosed(run: () => unknown): unknown {
    try {
      return run();
    } catch (thrown) {
      const error = thrown instanceof Error ? thrown : new Error(String(thrown));
      this.#closeBecause('Error while processing message', () => {
        this.emit('error', Object.assign(error, { code: 541 }));
      });
      return undefined;
    }
  }

  #closedByServer(fields: CloseFields): void {
    const question = this.#asked;
    this.#asked = undefined;
    const message = `Channel closed by server: ${closeMessage(fields)}`;
    if (question !== undefined) question.reply(refusalOf(question.type, fields));
    // It cannot consent if the user's callback has closed the channel or the connection.
    this.send((from) => ({ type: 'channel.close-ok', ...from }));
    this.emit('error', errorOf(message, fields));
    this.toClosed(message);
  }

  #closeBecause(why: string, done: () => void): void {
    this.send((from) => ({ type: 'channel.close', ...from }));
    this.#refusal = { message: 'Channel closing', reason: `closeBecause called: ${why}` };
    this.#closing = done;
  }

  /** Everything but the broker's consent is passed over. */
  #acceptClosing(frame: Frame, done: () => void): void {
    if (frame.type === 'channel.close')
      this.connection.send({ type: 'channel.close-ok', channel: this.number, where: undefined });
    if (frame.type !== 'channel.close-ok') return;
    this.#closing = undefined;
    done();
    this.toClosed('ChannelCloseOk frame received');
  }

  /** So many more frames wait to be sent; false when that is too many. */
  #wrote(frames: number): boolean {
    if (this.#unsent === 0) this.connection.later(() => this.#sent());
    this.#unsent += frames;
    if (this.#unsent < this.#unsentMax) return true;
    if (!this.#isFull)
      this.connection.afterThat(() => {
        this.#isFull = false;
        this.#unsent = 0;
        if (this.#refusal === undefined) this.emit('drain');
      });
    this.#isFull = true;
    return false;
  }

  #sent(): void {
    if (!this.#isFull) this.#unsent = 0;
  }
}

/** In how many frames or groups of frames a message is written; `bytes`: of its body, its exchange and its key. */
function chunksOf(bytes: number): number {
  const overheadBytes = 62;
  return bytes + overheadBytes < singleChunkBytesMax ? 1 : 1 + Math.ceil(bytes / frameBodyBytesMax);
}

/** Whether the broker closed the channel because of the question that waits for its answer, or of something before it. */
function refusalOf(type: Method['type'] | undefined, fields: CloseFields): Error {
  const text = closeMessage(fields);
  return errorOf(
    type !== undefined && isAbout(type, fields)
      ? `Operation failed: ${methodName(type)}; ${text}`
      : `Channel closed by server: ${text}`,
    fields,
  );
}

function isAbout(type: Method['type'], { classId, methodId }: CloseFields): boolean {
  const [ofClass, ofMethod] = numbersOf(type);
  return classId === ofClass && methodId === ofMethod;
}
