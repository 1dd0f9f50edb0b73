import { bufferOf, bufferOn } from '../node/buffer';
import type { Emitter, Listener } from '../node/event-emitter';
import { StringDecoder } from '../node/string-decoder';
import { type HttpParts, nextTick } from './parts';

export interface Target extends Emitter {
  write(chunk: unknown): unknown;
  end(): unknown;
}

interface Waiting {
  readonly resolve: (result: { value: unknown; done: boolean }) => void;
  readonly reject: (error: unknown) => void;
}

/** Bytes, and with a decoder texts. */
type Chunk = Uint8Array | string;

/**
 * What stands behind a stream to read from, as far as one sees of Node's: `data` as soon as somebody listens, `readable` and `read`,
 * `pipe`, `for await`. Nothing holds the writer up: everything that has arrived is kept until it is read.
 */
export class Inflow {
  readonly parts: HttpParts;
  /** What the user holds of it, which is made with it and tells who it is. */
  face: Emitter;
  readable: boolean;
  ended: boolean;
  flowing: boolean | null;
  destroyed: boolean;
  /** Whether its end has arrived. */
  isWhole: boolean;
  /** Everybody was told that it is over. */
  isClosed: boolean;
  decoder: StringDecoder | undefined;
  #chunks: Chunk[] | undefined;
  /** They get all that comes here too. */
  #twins: Inflow[] | undefined;
  #targets: { target: Target; data: Listener; end: Listener }[] | undefined;
  #ending: boolean;
  /** It flows from the next tick on. */
  #isResuming: boolean;
  #waiting: Waiting | undefined;
  #error: unknown;

  constructor(parts: HttpParts) {
    this.parts = parts;
    this.face = undefined as never;
    this.readable = true;
    this.ended = false;
    this.flowing = null;
    this.destroyed = false;
    this.isWhole = false;
    this.isClosed = false;
    this.decoder = undefined;
    this.#chunks = undefined;
    this.#twins = undefined;
    this.#targets = undefined;
    this.#ending = false;
    this.#isResuming = false;
    this.#waiting = undefined;
    this.#error = undefined;
  }

  get length(): number {
    return this.#chunks?.reduce((sum, { length }) => sum + length, 0) ?? 0;
  }

  /** Something has arrived, or with `null` the end. */
  push(bytes: Uint8Array | null): void {
    if (this.#twins !== undefined) for (const twin of this.#twins) twin.push(bytes?.slice() ?? null);
    if (this.destroyed || this.isWhole) return;
    if (bytes === null) {
      this.isWhole = true;
      const rest = this.decoder?.end() ?? '';
      if (rest !== '') this.#add(rest);
    } else this.#add(this.decoder === undefined ? bytes : this.decoder.write(bytes));
    if (this.flowing === true && !this.#isResuming) this.flow();
    if (this.#waiting !== undefined) this.serve();
    if (this.face.listenerCount('readable') > 0) this.#announce();
  }

  /** Begins with what nobody has read of the other one yet, and gets all that still comes there; reading either leaves the other alone. */
  startAs(other: Inflow): void {
    this.readable = other.readable;
    this.ended = other.ended;
    this.destroyed = other.destroyed;
    this.isWhole = other.isWhole;
    this.#ending = other.#ending;
    this.#error = other.#error;
    if (other.decoder !== undefined) this.decoder = new StringDecoder(other.decoder.encoding);
    this.#chunks = other.#chunks?.map((chunk) => chunk.slice());
    if (!other.isWhole) (other.#twins ??= []).push(this);
  }

  /** Somebody listens for `name` from now on. */
  listened(name: unknown): void {
    if (name === 'data' && this.flowing !== false) this.resume();
    if (name === 'readable' && (this.#hasChunks || this.isWhole)) this.#announce();
  }

  resume(): void {
    if (this.flowing === true) return;
    this.flowing = true;
    this.#isResuming = true;
    nextTick(this.parts, flow, this);
  }

  /** All there is, or as much as is asked for: less only once no more will come. */
  read(size?: number): unknown {
    const has = this.length;
    if (size !== undefined && size <= 0) return null;
    if (size !== undefined && size > has && !this.isWhole) return null;
    const [first, ...others] = this.#chunks ?? [];
    this.#chunks = undefined;
    if (first === undefined) {
      if (this.isWhole) this.#end();
      return null;
    }
    const all = others.length === 0 ? first : this.#joined([first, ...others]);
    if (size !== undefined && size < has) this.#chunks = [slice(all, size)];
    else if (this.isWhole) this.#end();
    return shown(size === undefined ? all : slice(all, 0, size));
  }

  /** Something that was read comes first again. */
  unshift(chunk: Chunk): void {
    if (chunk.length === 0 || this.ended) return;
    this.#ending = false;
    (this.#chunks ??= []).unshift(chunk);
  }

  #joined(chunks: Chunk[]): Chunk {
    return this.decoder === undefined ? joinedBuffers(chunks as Uint8Array[]) : chunks.join('');
  }

  decode(encoding: unknown): void {
    const decoder = new StringDecoder(encoding ?? 'utf8');
    this.decoder = decoder;
    const chunks = this.#chunks ?? [];
    this.#chunks = undefined;
    for (const chunk of chunks) this.#add(decoder.write(chunk));
  }

  pipe(target: Target, ends: boolean): void {
    const data: Listener = (chunk) => target.write(chunk);
    const end: Listener = () => (ends ? target.end() : undefined);
    (this.#targets ??= []).push({ target, data, end });
    this.face.on('end', end);
    target.emit('pipe', this.face);
    this.face.on('data', data);
  }

  unpipe(): void {
    for (const { target, data, end } of this.#targets?.splice(0) ?? []) {
      this.face.off('data', data);
      this.face.off('end', end);
      target.emit('unpipe', this.face);
    }
  }

  /** It is over: what follows is only told. */
  stop(error?: unknown): void {
    if (this.destroyed) return;
    this.destroyed = true;
    this.readable = false;
    this.#error = error;
    if (this.#waiting !== undefined) this.serve();
    nextTick(this.parts, stopping, this);
  }

  /** What it was stopped for. */
  get error(): unknown {
    return this.#error ?? null;
  }

  /** Whether an error is told. */
  get mayFail(): boolean {
    return true;
  }

  /** `close` is told in the next tick. */
  closing(): void {
    // Whoever has something to do then says so in a class of its own.
  }

  /** `close` was told. */
  closed(): void {
    // As above.
  }

  /** A loop over it was left before its end. */
  left(): void {
    this.stop();
  }

  /** `stays`: it can be read on when the loop is left. */
  iterator(stays: boolean): object {
    const { transport } = this.parts;
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
          this.serve();
        });
      },
      return: (value?: unknown) => {
        if (!stays && !this.destroyed) this.left();
        return result(value, true);
      },
      [Symbol.asyncIterator]: () => iterator,
    };
    return iterator;
  }

  get #hasChunks(): boolean {
    return this.#chunks !== undefined && this.#chunks.length > 0;
  }

  #add(chunk: Chunk): void {
    if (chunk.length === 0) return;
    if (this.#chunks === undefined) this.#chunks = [chunk];
    else this.#chunks.push(chunk);
  }

  /** What nobody listens for need not be told. */
  flow(): void {
    const { face } = this;
    if (this.#isResuming) {
      this.#isResuming = false;
      face.emit('resume');
    }
    while (this.flowing === true && this.#chunks !== undefined && !this.destroyed) {
      const chunk = this.#chunks.shift();
      if (this.#chunks.length === 0) this.#chunks = undefined;
      if (chunk !== undefined && face.listenerCount('data') > 0) face.emit('data', shown(chunk));
    }
    if (this.flowing === true && this.isWhole && !this.#hasChunks) this.#end();
  }

  /** Whoever waits in a `for await` gets what there is. */
  serve(): void {
    const waiting = this.#waiting;
    if (waiting === undefined) return;
    if (this.#error !== undefined) waiting.reject(this.#error);
    else if (this.#hasChunks) waiting.resolve({ value: this.read(), done: false });
    else if (this.destroyed || this.ended) waiting.resolve({ value: undefined, done: true });
    else {
      if (this.isWhole) this.#end();
      return;
    }
    this.#waiting = undefined;
  }

  #announce(): void {
    nextTick(this.parts, announce, this);
  }

  announce(): void {
    if (this.destroyed || (!this.#hasChunks && !this.isWhole)) return;
    this.face.emit('readable');
    if (this.isWhole && !this.#hasChunks) this.#end();
  }

  #end(): void {
    if (this.#ending || this.destroyed) return;
    this.#ending = true;
    nextTick(this.parts, tellEnd, this);
  }

  tellEnd(): void {
    if (this.destroyed || this.ended || !this.#ending) return;
    this.readable = false;
    this.ended = true;
    this.face.emit('end');
    this.serve();
    (this.face as Emitter & { destroy(): void }).destroy();
  }

  tellStopped(): void {
    this.isClosed = true;
    const error = this.#error;
    if (error !== undefined && error !== null && this.mayFail) this.face.emit('error', error);
    this.face.emit('close');
    this.closed();
  }
}

// As functions of their own they need not be made for each message.

function flow(inflow: Inflow): void {
  inflow.flow();
}

function announce(inflow: Inflow): void {
  inflow.announce();
}

function stopping(inflow: Inflow): void {
  inflow.closing();
  nextTick(inflow.parts, tellStopped, inflow);
}

function tellStopped(inflow: Inflow): void {
  inflow.tellStopped();
}

function tellEnd(inflow: Inflow): void {
  inflow.tellEnd();
}

function slice(chunk: Chunk, from: number, to?: number): Chunk {
  return typeof chunk === 'string' ? chunk.slice(from, to) : chunk.subarray(from, to);
}

/** As users get it. */
function shown(chunk: Chunk): unknown {
  return typeof chunk === 'string' ? chunk : bufferOf(chunk);
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
