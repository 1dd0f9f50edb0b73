import { encodeText, encodingOf } from '../node/encoding';
import type { Emitter } from '../node/event-emitter';
import { invalidArgType, nodeError } from '../node/node-error';
import { isUint8Array } from '../node/value-kind';
import { headerKey, validateHeaderValue, validHeaderKey } from './http-names';
import { type HttpParts, nextTick } from './parts';

type Done = (error?: unknown) => void;
export type HeaderValue = string | number | readonly string[];

export interface OutgoingMessage extends Emitter {
  sendDate: boolean;
  finished: boolean;
  writableEnded: boolean;
  writableFinished: boolean;
  destroyed: boolean;
  readonly headersSent: boolean;
  setHeader(name: string, value: HeaderValue): this;
  appendHeader(name: string, value: string | readonly string[]): this;
  getHeader(name: string): HeaderValue | undefined;
  getHeaders(): Record<string, HeaderValue>;
  getHeaderNames(): string[];
  hasHeader(name: string): boolean;
  removeHeader(name: string): void;
  flushHeaders(): void;
  write(chunk: unknown, encoding?: unknown, done?: unknown): boolean;
  end(chunk?: unknown, encoding?: unknown, done?: unknown): this;
  destroy(error?: unknown): this;
  // For the classes made of it.
  /** Headers as they go out: names and values in turn. */
  headerLines(): string[];
  /** Sends the head; with `body` that is all there is. */
  sendHead(body: Uint8Array | undefined): void;
  sendPiece(bytes: Uint8Array): void;
  sendEnd(): void;
  headIsSent: boolean;
  /** All of it was written, and has somewhere to go. */
  finishSoon(): void;
}

export type OutgoingMessageClass = new () => OutgoingMessage;

/** What goes out: an answer of a server, a request of a client. */
export function createOutgoingMessageClass(parts: HttpParts): OutgoingMessageClass {
  class OutgoingMessage extends parts.EventEmitter {
    declare sendDate: boolean;
    declare finished: boolean;
    declare writableEnded: boolean;
    declare writableFinished: boolean;
    declare destroyed: boolean;
    declare headIsSent: boolean;
    declare readonly writableHighWaterMark: number;
    declare readonly writableLength: number;
    declare readonly writableCorked: number;
    readonly #headers = new Map<string, { name: string; value: HeaderValue }>();

    constructor() {
      super();
      // Assigned: engines take several times as long for fields.
      this.sendDate = false;
      this.finished = false;
      this.writableEnded = false;
      this.writableFinished = false;
      this.destroyed = false;
      this.headIsSent = false;
      this.writableHighWaterMark = 16_384;
      this.writableLength = 0;
      this.writableCorked = 0;
    }

    get headersSent(): boolean {
      return this.headIsSent;
    }

    get writable(): boolean {
      return !this.writableEnded && !this.destroyed;
    }

    setHeader(name: string, value: HeaderValue): this {
      this.#mayChange('set');
      const key = validHeaderKey(name);
      if (Array.isArray(value)) for (const each of value as unknown[]) validateHeaderValue(name, each);
      else validateHeaderValue(name, value);
      this.#headers.set(key, { name, value });
      return this;
    }

    setHeaders(headers: Iterable<readonly [string, HeaderValue]>): this {
      this.#mayChange('set');
      for (const [name, value] of headers) this.setHeader(name, value);
      return this;
    }

    appendHeader(name: string, value: string | readonly string[]): this {
      this.#mayChange('append');
      const key = validHeaderKey(name);
      const added = (Array.isArray(value) ? value : [value]) as readonly string[];
      for (const each of added) validateHeaderValue(name, each);
      const known = this.#headers.get(key);
      const before = known === undefined ? [] : [known.value].flat().map(String);
      const all = [...before, ...added];
      this.#headers.set(key, { name, value: all.length === 1 ? (all[0] ?? '') : all });
      return this;
    }

    getHeader(name: string): HeaderValue | undefined {
      return this.#headers.get(keyOf(name))?.value;
    }

    getHeaders(): Record<string, HeaderValue> {
      const headers = Object.create(null) as Record<string, HeaderValue>;
      for (const [key, { value }] of this.#headers) headers[key] = value;
      return headers;
    }

    getHeaderNames(): string[] {
      return [...this.#headers.keys()];
    }

    getRawHeaderNames(): string[] {
      return [...this.#headers.values()].map(({ name }) => name);
    }

    hasHeader(name: string): boolean {
      return this.#headers.has(keyOf(name));
    }

    removeHeader(name: string): void {
      const key = keyOf(name);
      this.#mayChange('remove');
      this.#headers.delete(key);
    }

    headerLines(): string[] {
      const lines: string[] = [];
      for (const { name, value } of this.#headers.values()) {
        if (Array.isArray(value)) for (const each of value as readonly unknown[]) lines.push(name, String(each));
        else lines.push(name, String(value));
      }
      return lines;
    }

    flushHeaders(): void {
      if (!this.headIsSent) this.#sender.sendHead(undefined);
    }

    cork(): void {
      // Everything arrives at once anyway.
    }

    uncork(): void {
      // See above.
    }

    write(chunk: unknown, encoding?: unknown, done?: unknown): boolean {
      const callback = [encoding, done].find((each) => typeof each === 'function') as Done | undefined;
      const bytes = bytesOf(chunk, encoding);
      if (!this.#mayWrite(callback)) return false;
      if (!this.headIsSent) this.#sender.sendHead(undefined);
      if (bytes.length > 0) this.#sender.sendPiece(bytes);
      if (callback !== undefined) nextTick(parts, () => callback());
      return true;
    }

    end(first?: unknown, second?: unknown, third?: unknown): this {
      const callback = (typeof first === 'function' ? first : typeof second === 'function' ? second : third) as
        Done | undefined;
      const chunk = typeof first === 'function' ? undefined : first;
      const encoding = typeof second === 'function' ? undefined : second;
      const isGiven = chunk !== undefined && chunk !== null;
      const bytes = isGiven ? bytesOf(chunk, encoding) : undefined;
      if (this.writableEnded) {
        if (isGiven) this.#mayWrite(callback);
        else if (callback !== undefined && this.writableFinished) callback(alreadyFinished());
        else if (callback !== undefined) this.once('finish', callback);
        return this;
      }
      if (callback !== undefined) this.once('finish', callback);
      this.finished = true;
      this.writableEnded = true;
      if (!this.headIsSent) this.#sender.sendHead(bytes ?? new Uint8Array(0));
      else {
        if (bytes !== undefined && bytes.length > 0) this.#sender.sendPiece(bytes);
        this.#sender.sendEnd();
      }
      this.finishSoon();
      return this;
    }

    finishSoon(): void {
      this.writableFinished = true;
      nextTick(parts, () => {
        if (!this.destroyed) this.emit('finish');
      });
    }

    get #sender(): OutgoingMessage & SendingMethods {
      return this as unknown as OutgoingMessage & SendingMethods;
    }

    #mayWrite(callback: Done | undefined): boolean {
      if (!this.writableEnded && !this.destroyed) return true;
      const error = this.writableEnded
        ? nodeError(Error, 'ERR_STREAM_WRITE_AFTER_END', 'write after end')
        : nodeError(Error, 'ERR_STREAM_DESTROYED', 'Cannot call write after a stream was destroyed');
      nextTick(parts, () => {
        callback?.(error);
        if (!this.destroyed) this.emit('error', error);
      });
      return false;
    }

    #mayChange(verb: string): void {
      if (!this.headIsSent) return;
      const message = `Cannot ${verb} headers after they are sent to the client`;
      throw nodeError(Error, 'ERR_HTTP_HEADERS_SENT', message);
    }
  }
  return OutgoingMessage as unknown as OutgoingMessageClass;
}

type SendingMethods = Pick<OutgoingMessage, 'sendHead' | 'sendPiece' | 'sendEnd'>;

function keyOf(name: unknown): string {
  if (typeof name !== 'string') throw invalidArgType('name', 'string', name);
  return headerKey(name);
}

function alreadyFinished(): Error {
  return nodeError(Error, 'ERR_STREAM_ALREADY_FINISHED', 'Cannot call end after a stream was finished');
}

function bytesOf(chunk: unknown, encoding: unknown): Uint8Array {
  if (chunk === null) throw nodeError(TypeError, 'ERR_STREAM_NULL_VALUES', 'May not write null values to stream');
  if (typeof chunk === 'string')
    return encodeText(chunk, encodingOf(typeof encoding === 'string' ? encoding : 'utf8') ?? 'utf8');
  if (isUint8Array(chunk)) return new Uint8Array(chunk);
  throw invalidArgType('chunk', ['string', 'Buffer', 'Uint8Array'], chunk);
}
