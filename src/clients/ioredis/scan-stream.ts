import { behind, putBehind } from '../node/behind';
import type { Emitter, EmitterClass, EventName, Listener } from '../node/event-emitter';
import type { WireEnvironment } from '../wire';

/** Asks for the next part; `done` gets the cursor after it, and what it holds. */
export type ScanPart = (words: readonly unknown[], done: (error: Error | null, part?: unknown) => void) => void;

export type ScanStreamClass = new (scan: ScanPart, options: object) => Emitter;

interface Waiting {
  readonly resolve: (result: { value: unknown; done: boolean }) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * What stands behind a stream of lists, one for each answer of a scan, as far as one sees of Node's streams. The next is asked for
 * once somebody wants it.
 * Follows ioredis, `lib/ScanStream.js` (MIT, copyright Zihua Li).
 */
class ScanFlow {
  readonly environment: WireEnvironment;
  readonly #face: Emitter;
  destroyed = false;
  ended = false;
  flowing: boolean | null = null;
  readonly #scan: ScanPart;
  readonly #words: readonly unknown[];
  #cursor: unknown = '0';
  isDrained = false;
  #isAsking = false;
  readonly #parts: unknown[] = [];
  #waiting: Waiting | undefined;
  #error: unknown;

  constructor(environment: WireEnvironment, face: Emitter, scan: ScanPart, options: object) {
    const { match, type, count, noValues } = options as Record<string, unknown>;
    const given = { MATCH: match, TYPE: type, COUNT: count };
    this.environment = environment;
    this.#face = face;
    this.#scan = scan;
    this.#words = [
      ...Object.entries(given).flatMap(([word, value]) => (value ? [word, value] : [])),
      ...(noValues ? ['NOVALUES'] : []),
    ];
  }

  resume(): void {
    if (this.flowing === true) return;
    this.flowing = true;
    this.environment.node.later(() => {
      this.#face.emit('resume');
      this.#go();
    });
  }

  pause(): void {
    if (this.flowing === false) return;
    this.flowing = false;
    this.#face.emit('pause');
  }

  destroy(error: unknown): void {
    if (this.destroyed) return;
    this.destroyed = true;
    this.#error = error;
    this.#serve();
    this.environment.node.later(() => {
      if (error !== undefined && error !== null) this.#face.emit('error', error);
      this.#face.emit('close');
    });
  }

  iterator(): object {
    const { environment } = this;
    const iterator = {
      next: () =>
        environment.promise((resolve, reject) => {
          this.#waiting = { resolve, reject };
          this.#go();
        }),
      return: (value?: unknown) => {
        this.destroy(undefined);
        return environment.promise((resolve) => {
          resolve({ value, done: true });
        });
      },
      [Symbol.asyncIterator]: () => iterator,
    };
    return iterator;
  }

  get #isWanted(): boolean {
    return !this.destroyed && (this.flowing === true || this.#waiting !== undefined);
  }

  /** Gives what there is to whoever wants it, and asks for more. */
  #go(): void {
    while (this.#isWanted && this.#parts.length > 0) {
      const part = this.#parts.shift();
      const waiting = this.#waiting;
      this.#waiting = undefined;
      if (waiting === undefined) this.#face.emit('data', part);
      else waiting.resolve({ value: part, done: false });
    }
    this.#serve();
    if (!this.#isWanted || this.#isAsking) return;
    if (this.isDrained) this.#end();
    else this.#ask();
  }

  #ask(): void {
    this.#isAsking = true;
    this.#scan([this.#cursor, ...this.#words], (error, part) => {
      this.#isAsking = false;
      if (error !== null) return this.#failed(error);
      const [cursor, found] = part as [unknown, unknown];
      this.#cursor = cursor;
      if (String(cursor) === '0') this.isDrained = true;
      this.#parts.push(found);
      this.#go();
    });
  }

  /** A loop over the stream fails with it, and is over. */
  #failed(error: Error): void {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    if (waiting === undefined || this.#face.listenerCount('error') > 0) this.#face.emit('error', error);
    if (waiting === undefined) return;
    waiting.reject(error);
    this.destroy(undefined);
  }

  #end(): void {
    if (this.ended) return;
    this.ended = true;
    this.environment.node.later(() => {
      this.#face.emit('end');
      this.destroy(undefined);
    });
  }

  /** Who waits in a loop learns that it is over. */
  #serve(): void {
    if (!this.destroyed || this.#waiting === undefined) return;
    const { resolve, reject } = this.#waiting;
    this.#waiting = undefined;
    if (this.#error !== undefined && this.#error !== null) reject(this.#error);
    else resolve({ value: undefined, done: true });
  }
}

const flowOf = (face: object): ScanFlow => behind(face) as ScanFlow;

/** What `scanStream` and its like give. */
export function createScanStreamClass(environment: WireEnvironment, EventEmitter: EmitterClass): ScanStreamClass {
  class ScanStream extends EventEmitter {
    constructor(scan: ScanPart, options: object) {
      super();
      putBehind(this, new ScanFlow(environment, this, scan, options));
    }

    get destroyed(): boolean {
      return flowOf(this).destroyed;
    }

    get readable(): boolean {
      return !flowOf(this).destroyed && !flowOf(this).ended;
    }

    get readableEnded(): boolean {
      return flowOf(this).ended;
    }

    get readableFlowing(): boolean | null {
      return flowOf(this).flowing;
    }

    get readableObjectMode(): boolean {
      return true;
    }

    override on(name: EventName, listener: Listener): this {
      super.on(name, listener);
      const flow = flowOf(this);
      if (name === 'data' && flow.flowing !== false) flow.resume();
      return this;
    }

    override addListener(name: EventName, listener: Listener): this {
      return this.on(name, listener);
    }

    resume(): this {
      flowOf(this).resume();
      return this;
    }

    pause(): this {
      flowOf(this).pause();
      return this;
    }

    isPaused(): boolean {
      return flowOf(this).flowing === false;
    }

    /** No further part is asked for. */
    close(): void {
      flowOf(this).isDrained = true;
    }

    destroy(error?: unknown): this {
      flowOf(this).destroy(error);
      return this;
    }

    [Symbol.asyncIterator](): object {
      return flowOf(this).iterator();
    }
  }
  return ScanStream;
}
