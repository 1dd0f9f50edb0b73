/**
 * What a process has written and is about to write, in order. A line that shows promises may have to wait a microtask
 * until their state is known, since no engine tells it at once; what comes after it waits behind it.
 */
import type { OutputStream, ProcessEnvironment, PromiseState } from './environment';

interface Waiting {
  readonly stream: OutputStream;
  readonly text: () => string;
  isReady: boolean;
  readonly done: (() => void) | undefined;
}

export class Output {
  readonly #environment: Pick<ProcessEnvironment, 'write' | 'bind' | 'observe'>;
  readonly #states = new WeakMap<Promise<unknown>, PromiseState>();
  readonly #waiting: Waiting[] = [];
  #unknown: Set<Promise<unknown>> | undefined;

  constructor(environment: Pick<ProcessEnvironment, 'write' | 'bind' | 'observe'>) {
    this.#environment = environment;
  }

  /** What is known of a promise; one of which nothing is known is remembered while `watch` runs. */
  promiseState(promise: Promise<unknown>): PromiseState | undefined {
    const state = this.#states.get(promise);
    if (state === undefined) this.#unknown?.add(promise);
    return state;
  }

  /** Runs `format` and tells which promises of unknown state it met. */
  watch(format: () => string): { text: string; unknown: ReadonlySet<Promise<unknown>> } {
    const outer = this.#unknown;
    const unknown = new Set<Promise<unknown>>();
    this.#unknown = unknown;
    try {
      return { text: format(), unknown };
    } finally {
      this.#unknown = outer;
    }
  }

  write(stream: OutputStream, text: string): void {
    if (this.#waiting.length === 0) this.#environment.write(stream, text);
    else this.#waiting.push(this.#entry(stream, () => text, true));
  }

  /** Writes what `format` gives once the state of these promises is known. */
  writeWhenKnown(stream: OutputStream, unknown: ReadonlySet<Promise<unknown>>, format: () => string): void {
    const entry = this.#entry(stream, format, false);
    this.#waiting.push(entry);
    for (const promise of unknown) this.#peek(promise);
    // Queued behind the reactions of every promise that is settled now, and before those of all others.
    void Promise.resolve().then(() => {
      this.#settle(entry, unknown, 3);
    });
  }

  /** At the end of a process: everything still waiting, with what is known now. */
  flush(): void {
    for (const entry of this.#waiting) entry.isReady = true;
    this.#drain();
  }

  #entry(stream: OutputStream, format: () => string, isReady: boolean): Waiting {
    const entry: Waiting = {
      stream,
      text: format,
      isReady,
      done: this.#environment.bind(() => {
        this.#environment.write(stream, entry.text());
      }),
    };
    return entry;
  }

  #peek(promise: Promise<unknown>): void {
    try {
      this.#environment.observe(promise, (state) => this.#states.set(promise, state));
    } catch {
      this.#states.set(promise, { type: 'none' });
    }
  }

  #settle(entry: Waiting, known: ReadonlySet<Promise<unknown>>, rounds: number): void {
    if (entry.isReady) return;
    const { unknown } = this.watch(entry.text);
    const inside = [...unknown].filter((promise) => !known.has(promise));
    if (inside.length === 0 || rounds === 0) {
      entry.isReady = true;
      this.#drain();
      return;
    }
    // A promise inside the value of a promise.
    for (const promise of inside) this.#peek(promise);
    void Promise.resolve().then(() => {
      this.#settle(entry, new Set([...known, ...inside]), rounds - 1);
    });
  }

  #drain(): void {
    while (this.#waiting[0]?.isReady) this.#waiting.shift()?.done?.();
  }
}
