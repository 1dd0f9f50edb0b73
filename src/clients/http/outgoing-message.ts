import { behind, putBehind } from '../node/behind';
import type { Emitter } from '../node/event-emitter';
import { invalidArgType } from '../node/node-error';
import { type HeaderValue, pairsOf } from './header-list';
import { validateTrailer } from './http-names';
import { highWaterMarkBytes, Outgoing } from './outgoing';
import type { HttpParts } from './parts';

export interface OutgoingMessage extends Emitter {
  sendDate: boolean;
  readonly finished: boolean;
  readonly writableEnded: boolean;
  readonly writableFinished: boolean;
  readonly destroyed: boolean;
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
}

export type OutgoingMessageClass = new (outgoing?: Outgoing) => OutgoingMessage;

const outgoingOf = (face: object): Outgoing => behind(face) as Outgoing;

/** What goes out: an answer of a server, a request of a client. */
export function createOutgoingMessageClass(parts: HttpParts): OutgoingMessageClass {
  class OutgoingMessage extends parts.EventEmitter {
    declare sendDate: boolean;
    declare readonly writableHighWaterMark: number;
    declare readonly writableCorked: number;

    constructor(outgoing = new Outgoing(parts)) {
      super();
      outgoing.face = this;
      putBehind(this, outgoing);
      // Assigned: engines take several times as long for fields.
      this.sendDate = false;
    }

    get finished(): boolean {
      return outgoingOf(this).isEnded;
    }

    get destroyed(): boolean {
      return outgoingOf(this).destroyed;
    }

    get chunkedEncoding(): boolean {
      return outgoingOf(this).isChunked;
    }

    get errored(): unknown {
      return outgoingOf(this).error;
    }

    get closed(): boolean {
      return outgoingOf(this).isClosed;
    }

    get headersSent(): boolean {
      return outgoingOf(this).headIsSent;
    }

    get writable(): boolean {
      // As in Node, also once it has ended.
      return true;
    }

    get writableEnded(): boolean {
      return outgoingOf(this).isEnded;
    }

    get writableFinished(): boolean {
      return outgoingOf(this).isFinished;
    }

    get writableLength(): number {
      return outgoingOf(this).waitingBytes;
    }

    get writableNeedDrain(): boolean {
      const { destroyed, isEnded, needsDrain } = outgoingOf(this);
      return !destroyed && !isEnded && needsDrain;
    }

    setHeader(name: string, value: HeaderValue): this {
      const outgoing = outgoingOf(this);
      outgoing.mayChange('set');
      outgoing.headers.set(name, value);
      return this;
    }

    setHeaders(headers: Iterable<readonly [string, HeaderValue]>): this {
      outgoingOf(this).mayChange('set');
      const isMap = typeof headers === 'object' && 'get' in headers && !Array.isArray(headers);
      if (!isMap) throw invalidArgType('headers', ['Headers', 'Map'], headers);
      for (const [name, value] of headers) this.setHeader(name, value);
      return this;
    }

    appendHeader(name: string, value: string | readonly string[]): this {
      const outgoing = outgoingOf(this);
      outgoing.mayChange('append');
      outgoing.headers.append(name, value);
      return this;
    }

    getHeader(name: string): HeaderValue | undefined {
      return outgoingOf(this).headers.get(name);
    }

    getHeaders(): Record<string, HeaderValue> {
      return outgoingOf(this).headers.toObject();
    }

    getHeaderNames(): string[] {
      return outgoingOf(this).headers.keys();
    }

    getRawHeaderNames(): string[] {
      return outgoingOf(this).headers.names();
    }

    hasHeader(name: string): boolean {
      return outgoingOf(this).headers.has(name);
    }

    removeHeader(name: string): void {
      const outgoing = outgoingOf(this);
      const known = outgoing.headers.has(name);
      outgoing.mayChange('remove');
      if (known) outgoing.headers.remove(name);
    }

    addTrailers(headers: object): void {
      const outgoing = outgoingOf(this);
      for (const [name, value] of pairsOf(headers))
        for (const each of [value].flat().map(String)) {
          validateTrailer(name, each);
          (outgoing.trailers ??= []).push(name, each);
        }
    }

    flushHeaders(): void {
      outgoingOf(this).flushHeaders();
    }

    cork(): void {
      // Everything arrives at once anyway.
    }

    uncork(): void {
      // See above.
    }

    write(chunk: unknown, encoding?: unknown, done?: unknown): boolean {
      return outgoingOf(this).write(chunk, encoding, done);
    }

    end(first?: unknown, second?: unknown, third?: unknown): this {
      outgoingOf(this).end(first, second, third);
      return this;
    }
  }
  for (const [name, value] of Object.entries({
    writableHighWaterMark: highWaterMarkBytes,
    writableCorked: 0,
    writableObjectMode: false,
  }))
    Object.defineProperty(OutgoingMessage.prototype, name, { value, writable: true, configurable: true });
  return OutgoingMessage as unknown as OutgoingMessageClass;
}
