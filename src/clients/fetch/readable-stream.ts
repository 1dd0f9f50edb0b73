import type { HttpTransport } from '../http/transport';
import { customInspectSymbol, type Inspect } from '../node/inspect-context';
import { nodeError } from '../node/node-error';
import { tag } from './headers';

type Result = { readonly value: unknown; readonly done: boolean };

interface Controller {
  enqueue(chunk: unknown): void;
  close(): void;
  error(reason?: unknown): void;
  readonly desiredSize: number;
}

interface Source {
  start?(controller: Controller): unknown;
  pull?(controller: Controller): unknown;
  cancel?(reason?: unknown): unknown;
}

export interface ReadableStream {
  readonly locked: boolean;
  readonly state: 'readable' | 'closed' | 'errored';
  /** Whether anybody has read of it. */
  readonly isDisturbed: boolean;
  cancel(reason?: unknown): Promise<unknown>;
  getReader(): StreamReader;
  tee(): [ReadableStream, ReadableStream];
}

export interface StreamReader {
  read(): Promise<Result>;
  cancel(reason?: unknown): Promise<unknown>;
  releaseLock(): void;
}

export type ReadableStreamClass = new (source?: Source) => ReadableStream;

interface Waiting {
  readonly resolve: (result: Result) => void;
  readonly reject: (reason: unknown) => void;
}

/** `ReadableStream` as far as bodies need it: one reader at a time, `for await`, `tee`, a source of one's own. */
export function createReadableStream(transport: HttpTransport): ReadableStreamClass {
  const { node } = transport;
  const promise: HttpTransport['promise'] = (executor) => transport.promise(executor);
  class ReadableStream {
    #reader: Reader | undefined;
    #state: 'readable' | 'closed' | 'errored' = 'readable';
    readonly #chunks: unknown[] = [];
    #isClosing = false;
    #reason: unknown;
    #isDisturbed = false;
    #waiting: Waiting[] = [];
    readonly #source: Source;
    readonly #controller: Controller;

    constructor(source: Source = {}) {
      this.#source = source;
      this.#controller = {
        enqueue: (chunk) => {
          if (this.#state !== 'readable' || this.#isClosing)
            throw nodeError(TypeError, 'ERR_INVALID_STATE', 'Invalid state: Controller is already closed');
          const waiting = this.#waiting.shift();
          if (waiting === undefined) this.#chunks.push(chunk);
          else waiting.resolve({ value: chunk, done: false });
        },
        close: () => {
          this.#isClosing = true;
          this.#closeIfEmpty();
        },
        error: (reason) => {
          this.#fail(reason);
        },
        desiredSize: 1,
      };
      source.start?.(this.#controller);
    }

    get locked(): boolean {
      return this.#reader !== undefined;
    }

    get state(): 'readable' | 'closed' | 'errored' {
      return this.#state;
    }

    get isDisturbed(): boolean {
      return this.#isDisturbed;
    }

    cancel(reason?: unknown): Promise<unknown> {
      return promise((resolve, reject) => {
        if (this.locked) reject(nodeError(TypeError, 'ERR_INVALID_STATE', 'Invalid state: ReadableStream is locked'));
        else resolve(this.#cancel(reason));
      });
    }

    getReader(): Reader {
      if (this.#reader !== undefined)
        throw nodeError(TypeError, 'ERR_INVALID_STATE', 'Invalid state: ReadableStream is locked');
      this.#reader = new Reader({
        stream: this,
        read: () => this.#read(),
        cancel: (reason) => this.#cancel(reason),
        release: () => {
          this.#reader = undefined;
        },
      });
      return this.#reader;
    }

    tee(): [ReadableStream, ReadableStream] {
      const reader = this.getReader();
      const controllers: Controller[] = [];
      let isPulling = false;
      const pull = (): void => {
        if (isPulling) return;
        isPulling = true;
        void reader.read().then(
          ({ value, done }) => {
            isPulling = false;
            for (const controller of controllers)
              if (done) controller.close();
              else controller.enqueue(value);
          },
          (reason: unknown) => {
            for (const controller of controllers) controller.error(reason);
          },
        );
      };
      const branch = (): ReadableStream =>
        new ReadableStream({ start: (controller) => void controllers.push(controller), pull });
      return [branch(), branch()];
    }

    values(): object {
      const reader = this.getReader();
      const iterator = {
        next: () => reader.read(),
        return: (value?: unknown) =>
          promise<Result>((resolve) => {
            void reader.cancel();
            resolve({ value, done: true });
          }),
        [Symbol.asyncIterator]: () => iterator,
      };
      return iterator;
    }

    [Symbol.asyncIterator](): object {
      return this.values();
    }

    [customInspectSymbol](depth: number, options: object, inspect: Inspect): unknown {
      if (depth < 0) return this;
      return `ReadableStream ${inspect({ locked: this.locked, state: this.#state, supportsBYOB: true }, options)}`;
    }

    #read(): Promise<Result> {
      this.#isDisturbed = true;
      return promise((resolve, reject) => {
        if (this.#chunks.length > 0) {
          resolve({ value: this.#chunks.shift(), done: false });
          this.#closeIfEmpty();
        } else if (this.#state === 'closed') resolve({ value: undefined, done: true });
        else if (this.#state === 'errored') reject(this.#reason);
        else {
          this.#waiting.push({ resolve, reject });
          this.#pull();
        }
      });
    }

    #pull(): void {
      const result = this.#source.pull?.(this.#controller);
      if (!(result instanceof Promise)) return;
      (result as Promise<unknown>).then(
        node.bind(() => {
          if (this.#waiting.length > 0 && this.#state === 'readable') this.#pull();
        }),
        (reason: unknown) => {
          this.#fail(reason);
        },
      );
    }

    #cancel(reason: unknown): unknown {
      this.#isDisturbed = true;
      if (this.#state !== 'readable') return undefined;
      this.#chunks.length = 0;
      this.#isClosing = true;
      this.#closeIfEmpty();
      return this.#source.cancel?.(reason);
    }

    #closeIfEmpty(): void {
      if (!this.#isClosing || this.#chunks.length > 0 || this.#state !== 'readable') return;
      this.#state = 'closed';
      for (const { resolve } of this.#waiting.splice(0)) resolve({ value: undefined, done: true });
    }

    #fail(reason: unknown): void {
      if (this.#state !== 'readable') return;
      this.#state = 'errored';
      this.#reason = reason;
      this.#chunks.length = 0;
      for (const { reject } of this.#waiting.splice(0)) reject(reason);
    }
  }
  tag(ReadableStream, 'ReadableStream');

  type ReadableStreamOf = InstanceType<typeof ReadableStream>;

  interface Hold {
    readonly stream: ReadableStreamOf;
    read(): Promise<Result>;
    cancel(reason: unknown): unknown;
    release(): void;
  }

  class Reader {
    #hold: Hold | undefined;

    constructor(hold: Hold) {
      this.#hold = hold;
    }

    read(): Promise<Result> {
      return this.#hold?.read() ?? released();
    }

    cancel(reason?: unknown): Promise<unknown> {
      const hold = this.#hold;
      if (hold === undefined) return released();
      return promise((resolve) => {
        resolve(hold.cancel(reason));
      });
    }

    releaseLock(): void {
      this.#hold?.release();
      this.#hold = undefined;
    }

    [customInspectSymbol](depth: number, options: object, inspect: Inspect): unknown {
      return depth < 0 ? this : `ReadableStreamDefaultReader ${inspect({ stream: this.#hold?.stream }, options)}`;
    }
  }
  tag(Reader, 'ReadableStreamDefaultReader');

  function released<T>(): Promise<T> {
    return promise((_resolve, reject) => {
      reject(nodeError(TypeError, 'ERR_INVALID_STATE', 'Invalid state: The reader is not attached to a stream'));
    });
  }
  return ReadableStream;
}
