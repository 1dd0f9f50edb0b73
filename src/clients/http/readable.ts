import { bufferOn } from '../node/buffer';
import type { Emitter, EventName, Listener } from '../node/event-emitter';
import { StringDecoder } from '../node/string-decoder';
import { type HttpParts, nextTick } from './parts';

interface Target extends Emitter {
  write(chunk: unknown): unknown;
  end(): unknown;
}

export interface Readable extends Emitter {
  readable: boolean;
  readableEnded: boolean;
  readableFlowing: boolean | null;
  destroyed: boolean;
  /** Something has arrived, or with `null` the end. */
  push(bytes: Uint8Array | null): void;
  resume(): this;
  pause(): this;
  isPaused(): boolean;
  read(): unknown;
  setEncoding(encoding: unknown): this;
  pipe<T extends Target>(target: T, options?: { end?: boolean }): T;
  unpipe(): this;
  destroy(error?: unknown): this;
  [Symbol.asyncIterator](): AsyncGenerator;
}

export type ReadableClass = new () => Readable;

interface Waiting {
  readonly resolve: (result: { value: unknown; done: boolean }) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * A stream to read from, as far as one sees of Node's: `data` as soon as somebody listens, `readable` and `read`, `pipe`, `for await`.
 * Nothing holds the writer up: everything that has arrived is kept until it is read.
 */
export function createReadableClass(parts: HttpParts): ReadableClass {
  class Readable extends parts.EventEmitter {
    declare readable: boolean;
    declare readableEnded: boolean;
    declare readableFlowing: boolean | null;
    declare destroyed: boolean;
    readonly #chunks: unknown[] = [];
    readonly #targets: { target: Target; data: Listener; end: Listener }[] = [];
    #decoder: InstanceType<typeof StringDecoder> | undefined;
    #complete = false;
    #ending = false;
    #waiting: Waiting | undefined;
    #error: unknown;

    constructor() {
      super();
      // Assigned: engines take several times as long for fields.
      this.readable = true;
      this.readableEnded = false;
      this.readableFlowing = null;
      this.destroyed = false;
    }

    get readableLength(): number {
      return this.#chunks.reduce((sum: number, chunk) => sum + (chunk as { length: number }).length, 0);
    }

    get readableEncoding(): string | null {
      return this.#decoder?.encoding ?? null;
    }

    push(bytes: Uint8Array | null): void {
      if (this.destroyed || this.#complete) return;
      if (bytes === null) {
        this.#complete = true;
        const rest = this.#decoder?.end() ?? '';
        if (rest !== '') this.#add(rest);
      } else this.#add(this.#decoder === undefined ? bufferOn(bytes) : this.#decoder.write(bytes));
      if (this.readableFlowing === true) this.#flow();
      this.#serve();
      if (this.listenerCount('readable') > 0) this.#announce();
    }

    override on(name: EventName, listener: Listener): this {
      super.on(name, listener);
      if (name === 'data' && this.readableFlowing !== false) this.resume();
      if (name === 'readable' && (this.#chunks.length > 0 || this.#complete)) this.#announce();
      return this;
    }

    override addListener(name: EventName, listener: Listener): this {
      return this.on(name, listener);
    }

    resume(): this {
      if (this.readableFlowing === true) return this;
      this.readableFlowing = true;
      nextTick(parts, () => {
        this.#flow();
      });
      return this;
    }

    pause(): this {
      this.readableFlowing = false;
      return this;
    }

    isPaused(): boolean {
      return this.readableFlowing === false;
    }

    read(): unknown {
      const chunks = this.#chunks.splice(0);
      if (this.#complete) this.#end();
      if (chunks.length === 0) return null;
      if (this.#decoder !== undefined) return chunks.join('');
      return chunks.length === 1 ? chunks[0] : joinedBuffers(chunks as Uint8Array[]);
    }

    setEncoding(encoding: unknown): this {
      this.#decoder = new StringDecoder(encoding ?? 'utf8');
      const decoder = this.#decoder;
      const texts = this.#chunks.splice(0).map((chunk) => decoder.write(chunk as Uint8Array));
      for (const text of texts) this.#add(text);
      return this;
    }

    pipe<T extends Target>(target: T, options: { end?: boolean } = {}): T {
      const data: Listener = (chunk) => target.write(chunk);
      const end: Listener = () => (options.end === false ? undefined : target.end());
      this.#targets.push({ target, data, end });
      this.on('end', end);
      target.emit('pipe', this);
      this.on('data', data);
      return target;
    }

    unpipe(): this {
      for (const { target, data, end } of this.#targets.splice(0)) {
        this.off('data', data);
        this.off('end', end);
        target.emit('unpipe', this);
      }
      return this;
    }

    destroy(error?: unknown): this {
      if (this.destroyed) return this;
      this.destroyed = true;
      this.readable = false;
      this.#error = error;
      this.#serve();
      nextTick(parts, () => {
        if (error !== undefined && error !== null && this.mayFail()) this.emit('error', error);
        this.emit('close');
      });
      return this;
    }

    /** Whether an error is told. */
    mayFail(): boolean {
      return true;
    }

    [Symbol.asyncIterator](): object {
      const { transport } = parts;
      const result = (value: unknown, done: boolean) =>
        transport.promise<{ value: unknown; done: boolean }>((resolve) => {
          resolve({ value, done });
        });
      const iterator = {
        next: () => {
          const chunk = this.read();
          if (chunk !== null) return result(chunk, false);
          return transport.promise<{ value: unknown; done: boolean }>((resolve, reject) => {
            this.#waiting = { resolve, reject };
            this.#serve();
          });
        },
        return: (value?: unknown) => {
          this.destroy();
          return result(value, true);
        },
        [Symbol.asyncIterator]: () => iterator,
      };
      return iterator;
    }

    #add(chunk: unknown): void {
      if ((chunk as { length: number }).length > 0) this.#chunks.push(chunk);
    }

    #flow(): void {
      while (this.readableFlowing === true && this.#chunks.length > 0 && !this.destroyed)
        this.emit('data', this.#chunks.shift());
      if (this.readableFlowing === true && this.#complete && this.#chunks.length === 0) this.#end();
    }

    /** Whoever waits in a `for await` gets what there is. */
    #serve(): void {
      const waiting = this.#waiting;
      if (waiting === undefined) return;
      if (this.#error !== undefined) waiting.reject(this.#error);
      else if (this.#chunks.length > 0) waiting.resolve({ value: this.read(), done: false });
      else if (this.destroyed || this.readableEnded) waiting.resolve({ value: undefined, done: true });
      else {
        if (this.#complete) this.#end();
        return;
      }
      this.#waiting = undefined;
    }

    #announce(): void {
      nextTick(parts, () => {
        if (this.destroyed || (this.#chunks.length === 0 && !this.#complete)) return;
        this.emit('readable');
        if (this.#complete && this.#chunks.length === 0) this.#end();
      });
    }

    #end(): void {
      if (this.#ending || this.destroyed) return;
      this.#ending = true;
      nextTick(parts, () => {
        if (this.destroyed) return;
        this.readable = false;
        this.readableEnded = true;
        this.emit('end');
        this.#serve();
        this.destroy();
      });
    }
  }
  return Readable as unknown as ReadableClass;
}

export function joinedBuffers(pieces: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return bufferOn(whole);
}
