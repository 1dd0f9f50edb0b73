import { Buffer, bufferCopy, bufferOfText } from '../node/buffer';
import { encodingOf } from '../node/encoding';
import type { Emitter } from '../node/event-emitter';
import { invalidArgType, nodeError } from '../node/node-error';
import { isUint8Array } from '../node/value-kind';
import { HeaderList } from './header-list';
import { type HttpParts, nextTick } from './parts';

/** `write` says no once as many wait to leave. */
export const highWaterMarkBytes = 16_384;

type Done = (error?: unknown) => void;

/** What stands behind a message that goes out. Where it goes is the business of the classes made of it. */
export class Outgoing {
  readonly parts: HttpParts;
  /** What the user holds of it, which is made with it and tells who it is. */
  face: Emitter;
  readonly headers: HeaderList;
  headIsSent: boolean;
  /** Everything was written. */
  isEnded: boolean;
  /** And has left. */
  isFinished: boolean;
  destroyed: boolean;
  /** What was written in this turn and leaves after it, as if it went on the wire, in bytes. */
  waitingBytes: number;
  /** Whether `write` has said no, and `drain` follows. */
  needsDrain: boolean;
  /** Everybody was told that it is over. */
  isClosed: boolean;
  /** What it was destroyed for. */
  error: unknown;
  /** Headers that follow the body, names and values in turn. */
  trailers: string[] | undefined;

  constructor(parts: HttpParts) {
    this.parts = parts;
    this.face = undefined as never;
    this.headers = new HeaderList();
    this.headIsSent = false;
    this.isEnded = false;
    this.isFinished = false;
    this.destroyed = false;
    this.waitingBytes = 0;
    this.needsDrain = false;
    this.isClosed = false;
    this.error = null;
    this.trailers = undefined;
  }

  /** Sends the head; with `body` that is all there is. */
  sendHead(_body: Uint8Array | undefined): void {
    this.headIsSent = true;
  }

  sendPiece(_bytes: Uint8Array): void {
    // See above.
  }

  sendEnd(): void {
    // See above.
  }

  /** `finish` is about to be told. */
  finishing(): void {
    // Whoever has something to do then says so in a class of its own.
  }

  flushHeaders(): void {
    if (!this.headIsSent) this.sendHead(undefined);
  }

  write(chunk: unknown, encoding: unknown, done: unknown): boolean {
    const callback = (typeof encoding === 'function' ? encoding : typeof done === 'function' ? done : undefined) as
      | Done
      | undefined;
    const bytes = bytesOf(chunk, encoding);
    if (!this.#mayWrite(callback)) return false;
    if (!this.headIsSent) this.sendHead(undefined);
    if (bytes.length > 0) this.sendPiece(bytes);
    const hasRoom = this.#takesRoom(bytes.length);
    if (callback !== undefined) nextTick(this.parts, callIt, callback);
    return hasRoom;
  }

  /** As in Node, what was written leaves after this turn, once there is a connection. */
  #takesRoom(length: number): boolean {
    if (this.waitingBytes === 0) {
      this.waitingBytes = this.headBytes;
      if (this.hasConnection) nextTick(this.parts, drainSoon, this);
    }
    const isChunk = length > 0 && !this.headers.has('content-length');
    this.waitingBytes += isChunk ? length + length.toString(16).length + 4 : length;
    if (this.waitingBytes < highWaterMarkBytes) return true;
    this.needsDrain = true;
    return false;
  }

  /** Of what was written before there was one, `drain` tells then. */
  get hasConnection(): boolean {
    return true;
  }

  /** Whether its head says that its length is told piece by piece. */
  get isChunked(): boolean {
    return false;
  }

  /** How long the head is that leaves with the first piece. */
  get headBytes(): number {
    return 0;
  }

  /** All that was written has left. */
  drained(): void {
    this.waitingBytes = 0;
    if (!this.needsDrain) return;
    this.needsDrain = false;
    if (!this.isEnded && !this.destroyed) this.face.emit('drain');
  }

  end(first: unknown, second: unknown, third: unknown): void {
    const callback = (typeof first === 'function' ? first : typeof second === 'function' ? second : third) as
      | Done
      | undefined;
    const chunk = typeof first === 'function' ? undefined : first;
    const encoding = typeof second === 'function' ? undefined : second;
    const bytes = chunk !== undefined && chunk !== null ? bytesOf(chunk, encoding) : undefined;
    if (this.isEnded) {
      this.#endAgain(bytes !== undefined, callback);
      return;
    }
    if (callback !== undefined) this.face.once('finish', callback);
    this.isEnded = true;
    if (!this.headIsSent) this.sendHead(bytes ?? new Uint8Array(0));
    else {
      if (bytes !== undefined && bytes.length > 0) this.sendPiece(bytes);
      this.sendEnd();
    }
    this.finishSoon();
  }

  /** All of it was written, and has somewhere to go. */
  finishSoon(): void {
    this.isFinished = true;
    this.face.emit('prefinish');
    nextTick(this.parts, tellFinish, this);
  }

  mayChange(verb: string): void {
    if (!this.headIsSent) return;
    const message = `Cannot ${verb} headers after they are sent to the client`;
    throw nodeError(Error, 'ERR_HTTP_HEADERS_SENT', message);
  }

  #endAgain(isGiven: boolean, callback: Done | undefined): void {
    if (isGiven) this.#mayWrite(callback);
    else if (callback !== undefined && this.isFinished) callback(alreadyFinished());
    else if (callback !== undefined) this.face.once('finish', callback);
  }

  #mayWrite(callback: Done | undefined): boolean {
    if (!this.isEnded && !this.destroyed) return true;
    const error = this.isEnded
      ? nodeError(Error, 'ERR_STREAM_WRITE_AFTER_END', 'write after end')
      : nodeError(Error, 'ERR_STREAM_DESTROYED', 'Cannot call write after a stream was destroyed');
    const tell = (): void => {
      callback?.(error);
      if (!this.destroyed) this.face.emit('error', error);
    };
    nextTick(this.parts, tell, undefined);
    return false;
  }
}

function tellFinish(outgoing: Outgoing): void {
  if (outgoing.destroyed) return;
  outgoing.finishing();
  outgoing.face.emit('finish');
}

function drain(outgoing: Outgoing): void {
  outgoing.drained();
}

function drainSoon(outgoing: Outgoing): void {
  nextTick(outgoing.parts, drain, outgoing);
}

function callIt(callback: Done): void {
  callback();
}

function alreadyFinished(): Error {
  return nodeError(Error, 'ERR_STREAM_ALREADY_FINISHED', 'Cannot call end after a stream was finished');
}

function bytesOf(chunk: unknown, encoding: unknown): Uint8Array {
  if (chunk === null) throw nodeError(TypeError, 'ERR_STREAM_NULL_VALUES', 'May not write null values to stream');
  if (typeof chunk === 'string')
    return bufferOfText(chunk, encodingOf(typeof encoding === 'string' ? encoding : 'utf8') ?? 'utf8');
  if (Buffer.isBuffer(chunk) || isUint8Array(chunk)) return bufferCopy(chunk as Uint8Array);
  throw invalidArgType('chunk', ['string', 'Buffer', 'Uint8Array'], chunk);
}
