import { behind, putBehind } from '../node/behind';
import type { Emitter, EventName, Listener } from '../node/event-emitter';
import type { Inflow, Target } from './inflow';
import { highWaterMarkBytes } from './outgoing';
import type { HttpParts } from './parts';

export interface Readable extends Emitter {
  readonly readable: boolean;
  readonly readableEnded: boolean;
  readonly readableFlowing: boolean | null;
  readonly destroyed: boolean;
  resume(): this;
  pause(): this;
  isPaused(): boolean;
  read(size?: number): unknown;
  setEncoding(encoding: unknown): this;
  pipe<T extends Target>(target: T, options?: { end?: boolean }): T;
  unpipe(): this;
  destroy(error?: unknown): this;
  [Symbol.asyncIterator](): AsyncGenerator;
}

export type ReadableClass = new (inflow: Inflow) => Readable;

const inflowOf = (face: object): Inflow => behind(face) as Inflow;

/** What users hold of a stream to read from. */
export function createReadableClass(parts: HttpParts): ReadableClass {
  class Readable extends parts.EventEmitter {
    constructor(inflow: Inflow) {
      super();
      inflow.face = this;
      putBehind(this, inflow);
    }

    get readable(): boolean {
      return inflowOf(this).readable;
    }

    get readableEnded(): boolean {
      return inflowOf(this).ended;
    }

    get readableFlowing(): boolean | null {
      return inflowOf(this).flowing;
    }

    get readableLength(): number {
      return inflowOf(this).length;
    }

    get readableEncoding(): string | null {
      return inflowOf(this).decoder?.encoding ?? null;
    }

    get readableObjectMode(): boolean {
      return false;
    }

    get readableHighWaterMark(): number {
      return highWaterMarkBytes;
    }

    get readableAborted(): boolean {
      return this.destroyed && !this.readableEnded;
    }

    get errored(): unknown {
      return inflowOf(this).error;
    }

    get closed(): boolean {
      return inflowOf(this).isClosed;
    }

    get destroyed(): boolean {
      return inflowOf(this).destroyed;
    }

    push(bytes: Uint8Array | null): void {
      inflowOf(this).push(bytes);
    }

    override on(name: EventName, listener: Listener): this {
      super.on(name, listener);
      inflowOf(this).listened(name);
      return this;
    }

    override addListener(name: EventName, listener: Listener): this {
      return this.on(name, listener);
    }

    resume(): this {
      inflowOf(this).resume();
      return this;
    }

    pause(): this {
      const inflow = inflowOf(this);
      if (inflow.flowing === false) return this;
      inflow.flowing = false;
      this.emit('pause');
      return this;
    }

    isPaused(): boolean {
      return inflowOf(this).flowing === false;
    }

    read(size?: number): unknown {
      return inflowOf(this).read(size);
    }

    unshift(chunk: Uint8Array | string): void {
      inflowOf(this).unshift(chunk);
    }

    setEncoding(encoding: unknown): this {
      inflowOf(this).decode(encoding);
      return this;
    }

    pipe<T extends Target>(target: T, options: { end?: boolean } = {}): T {
      inflowOf(this).pipe(target, options.end !== false);
      return target;
    }

    unpipe(): this {
      inflowOf(this).unpipe();
      return this;
    }

    destroy(error?: unknown): this {
      inflowOf(this).stop(error);
      return this;
    }

    [Symbol.asyncIterator](): object {
      return inflowOf(this).iterator(false);
    }

    iterator(options: { destroyOnReturn?: boolean } = {}): object {
      return inflowOf(this).iterator(options.destroyOnReturn === false);
    }
  }
  return Readable as unknown as ReadableClass;
}
