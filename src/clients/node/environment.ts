/**
 * Everything that a simulated process may know of the world: the clock, chance, timers, its streams and its end. The
 * runtime makes one per life of a process; nothing else in this folder reaches outside.
 *
 * Whoever calls `schedule`, `immediate` or `nextTick` in this folder has already passed what the user gave through
 * `bind`, so that the runtime can tell on whose behalf it runs.
 */
export interface ProcessEnvironment {
  /** Virtual milliseconds since the run began. */
  nowMs(): number;
  /** What `Date.now()` is when `nowMs()` is 0. */
  readonly epochMs: number;
  /** By how much the process's clock is ahead of the true one, in milliseconds; behind when negative. */
  skewMs(): number;
  /** `nowMs()` when this life of the process began: the zero of `performance.now()` and `process.uptime()`. */
  readonly startedAtMs: number;
  /** The process's own stream of chance: at least 0, below 1. */
  random(): number;
  randomBytes(count: number): Uint8Array;
  /** Runs `callback` once, in a task of its own, `delayMs` of virtual time from now. */
  schedule(delayMs: number, callback: () => void): TimerHandle;
  /** Runs `callback` after the timers of this instant. */
  immediate(callback: () => void): TimerHandle;
  nextTick(callback: () => void): void;
  /**
   * As `nextTick(bind(callback))`, made at once: a call of HTTP asks for a dozen. With something for the callback to be about, it
   * need not be a function made for it alone.
   */
  later(callback: () => void): void;
  later<T>(callback: (subject: T) => void, subject: T): void;
  write(stream: OutputStream, text: string): void;
  /** Ends the process now, without asking anyone; the `exit` event has been emitted. */
  exit(code: number): never;
  /** Sends a signal. `false` when no such process exists. Absent: `process.kill` says that it isn't simulated. */
  kill?(pid: number, signal: string): boolean;
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly pid: number;
  /** `callback` as user code, in the context of the moment when it was bound. */
  bind<F extends (...args: never[]) => unknown>(callback: F): F;
  /** Tells how a promise ends, for printing it. Whoever asks does not handle it: unhandled, its rejection stays. */
  observe(promise: Promise<unknown>, onSettled: (state: PromiseState) => void): void;
}

export type OutputStream = 'stdout' | 'stderr';

export interface TimerHandle {
  cancel(): void;
  /** Keeps the process alive until it has run. The state in which a handle is made. */
  ref(): void;
  unref(): void;
}

export type PromiseState =
  | { readonly type: 'pending' }
  | { readonly type: 'fulfilled'; readonly value: unknown }
  | { readonly type: 'rejected'; readonly value: unknown }
  /** It has the prototype of a promise and is none. */
  | { readonly type: 'none' };
