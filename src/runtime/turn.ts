import type { Context } from './context';
import { markHandled } from './handled-promises';

/** Thrown into user code by a guard. `limit` says which one; `life` means that the process has ended meanwhile. */
export class LimitError extends Error {
  static {
    // User code may print it, and what it prints is the same in a build with short names.
    Object.defineProperty(this, 'name', { value: 'LimitError' });
  }
  override readonly name = 'LimitError';
  readonly limit: 'turns' | 'call-depth' | 'life';

  constructor(limit: 'turns' | 'call-depth' | 'life', message: string) {
    super(message);
    this.limit = limit;
  }
}

export const turnsMax = 5_000_000;
export const callDepthMax = 1_500;
/** Microtasks, ticks and immediates that one invocation may ask for while no time passes. */
export const jobsMax = 100_000;

/**
 * The state that instrumented user code shares with the runtime while it runs; compiled code knows it as `__e`. One
 * object for the run, since only one piece of user code runs at a time. The short names are what the compiler inserts.
 *
 * Invariant: `c` is null while the runtime itself runs, and otherwise the context of the code that runs.
 */
export class Turn {
  /** Context: which process, handling what. */
  c: Context | null = null;
  /** Position: `fileId * linesMax + line` of the statement that runs. */
  p = 0;
  /** Turns of loops and calls since the invocation began, and how many it may have. */
  n = 0;
  x = turnsMax;
  /** The virtual instant. */
  i = 0;
  /** Calls inside calls, and how deep they may go. */
  d = 0;
  y = callDepthMax;
  /** Counts everything that can make a microtask: unchanged over a few microtask turns means that none is left. */
  a = 0;
  /**
   * Code that waits for a promise: async functions under way, callbacks given to `then`. Code that the engine or the runtime
   * settles a promise for is not counted by `a`, so while there is any, everything that code does may set some going.
   * Never less than there are; more when a wait can never end.
   */
  o = 0;
  /** Whether a promise may have been rejected without a handler since this was last cleared. */
  mayReject = false;
  /**
   * How deep in calls the async function was that has come to the end of its body last, without a value: with 1 it was the one
   * that the runtime has called, and its promise is fulfilled. 0 as long as there is none.
   */
  f = 0;
  /** How many messages an answer has brought so far: while there is none, nobody asks what a value came in. */
  z = 0;
  /** The value that an `await` has given last. */
  h: unknown = undefined;
  /** The virtual `Math.pow`. */
  readonly pow: (base: number | bigint, exponent: number | bigint) => number | bigint;
  /** Stands for no code in particular: what is left in `c` when code was stopped, so that nothing is put on its account. */
  readonly #nobody: Context;
  readonly #onLimit: (context: Context, limit: 'turns' | 'call-depth', max: number, position: number) => void;
  /** Where an error left the code and whose it was, for errors that are objects. */
  readonly #thrown = new WeakMap<object, { position: number; context: Context | null }>();
  /** Values in which a message came that was asked for, and the context of who handles it. */
  readonly #brought = new WeakMap<object, Context>();
  /** What the loop that takes its turn now has come to. */
  #next: unknown = undefined;
  /** Rejections with a reason that is no object, the oldest first, until they have been looked at. */
  #bare: { readonly reason: unknown; readonly context: Context | null }[] = [];

  constructor(options: {
    nobody: Context;
    pow: (base: number | bigint, exponent: number | bigint) => number | bigint;
    onLimit: (context: Context, limit: 'turns' | 'call-depth', max: number, position: number) => void;
  }) {
    this.pow = options.pow;
    this.#nobody = options.nobody;
    this.#onLimit = options.onLimit;
  }

  /** A new invocation begins in this context. */
  begin(context: Context): void {
    this.c = context;
    this.n = 0;
    this.d = 0;
    this.x = turnsMax;
    this.f = 0;
  }

  /** Trip: a guard found a limit passed. */
  t(position: number): void {
    this.p = position;
    const context = this.c;
    if (context === null) return;
    if (!context.life.alive) throw new LimitError('life', 'This process has ended.');
    if (this.n > this.x) {
      if (!context.tripped && context !== this.#nobody) {
        context.tripped = true;
        this.#onLimit(context, 'turns', context.jobs > jobsMax ? jobsMax : turnsMax, position);
      }
      this.c = this.#nobody;
      throw new LimitError('turns', 'Stopped: it goes round without an end');
    }
    if (!context.tooDeep) {
      context.tooDeep = true;
      this.#onLimit(context, 'call-depth', callDepthMax, position);
    }
    throw new LimitError('call-depth', `Maximum call depth of ${String(callDepthMax)} exceeded`);
  }

  /** The code that runs asks for one more job at this very instant: an endless chain of them would never let time pass. */
  j(): void {
    const context = this.c;
    if (context?.life.alive !== true) return;
    if (context.jobsAtMs !== this.i) {
      context.jobsAtMs = this.i;
      context.jobs = 0;
    }
    if (++context.jobs <= jobsMax) return;
    this.n = this.x + 1;
    this.t(this.p);
  }

  /** Code that waited for a promise goes on. */
  g(): void {
    this.a++;
    this.o--;
  }

  /** An async function begins: gives it the context to keep. */
  k(position: number): Context | null {
    this.a++;
    this.o++;
    this.f = 0;
    if (++this.n > this.x || ++this.d > this.y) {
      this.noteRejection(undefined, this.c);
      this.t(position);
    }
    return this.c;
  }

  /** A module with top-level await begins. */
  k0(): Context | null {
    this.a++;
    this.o++;
    return this.c;
  }

  /** What an async function throws becomes a rejection. */
  b(error: unknown, context: Context | null): unknown {
    this.a++;
    this.noteRejection(error, context);
    if (context?.life.alive === true && !context.tripped) this.c = context;
    return error;
  }

  /** The position at which an error left the code, as far as it is known; the present one otherwise. */
  thrownAt(error: unknown): number {
    return (isObject(error) ? this.#thrown.get(error)?.position : undefined) ?? this.p;
  }

  /** A promise may have been rejected with this reason by code of this context, and perhaps nobody handles it. */
  noteRejection(reason: unknown, context: Context | null, position = this.p): void {
    this.a++;
    this.mayReject = true;
    if (!isObject(reason)) this.#bare.push({ reason, context });
    else if (!this.#thrown.has(reason)) this.#thrown.set(reason, { position, context });
  }

  /** Every rejection so far has been looked at. */
  forgetRejections(): void {
    this.#bare = [];
  }

  rejecterOf(reason: unknown): Context | null {
    if (isObject(reason)) return this.#thrown.get(reason)?.context ?? null;
    const index = this.#bare.findIndex((one) => Object.is(one.reason, reason));
    return index < 0 ? null : (this.#bare.splice(index, 1)[0]?.context ?? null);
  }

  /** The process whose code runs has ended: nothing more is put on its account. */
  leave(): void {
    this.c = this.#nobody;
  }

  /** About to wait. */
  w<T>(value: T): T {
    this.a++;
    --this.d;
    markHandled(value);
    return value;
  }

  /** Resumed after waiting, with the value. Gives the context to go on in. */
  r(context: Context | null, position: number, value: unknown): Context | null {
    this.a++;
    const next = this.z === 0 ? context : this.broughtIn(context, value);
    this.resume(next);
    this.d = 1;
    this.p = position;
    this.j();
    return next;
  }

  /** Begins to work on these values. Gives the context to do it in. */
  l(context: Context | null, ...values: readonly unknown[]): Context | null {
    return (this.c = this.broughtIn(context, ...values));
  }

  /** A loop is about to go through these values. */
  e<T>(values: T): T {
    return this.z === 0 || !Array.isArray(values) ? values : (this.#eachOf(values) as T);
  }

  *#eachOf(values: readonly unknown[]): Iterable<unknown> {
    for (const value of values) {
      this.#next = value;
      yield value;
    }
  }

  /** A turn of a loop begins. Gives the context to do it in. */
  s(context: Context | null): Context | null {
    const value = this.#next;
    this.#next = undefined;
    return this.l(context, value);
  }

  /** A message has come as the answer to a question, in this part of the answer: work on that is work on the message. */
  brings(part: object, context: Context): void {
    this.z++;
    this.#brought.set(part, context);
  }

  /** User code gets `value` for this part of an answer. A list of which only one message is part stands for it. */
  stands(part: object, value: object): void {
    if (this.z === 0) return;
    let context = this.#brought.get(part);
    const parts = Array.isArray(value) ? value.filter(isObject) : [];
    if (context !== undefined) for (const each of parts) this.#brought.set(each, context);
    else {
      const contexts = new Set(parts.map((each) => this.#brought.get(each)));
      contexts.delete(undefined);
      if (contexts.size === 1) [context] = contexts;
    }
    if (context !== undefined) this.#brought.set(value, context);
  }

  /** The context of the message in which the first of these values came that did, in the same life of a process; else `context`. */
  broughtIn<C extends Context | null>(context: C, ...values: readonly unknown[]): Context | C {
    if (this.z === 0) return context;
    for (const value of values) {
      const brought = isObject(value) ? this.#brought.get(value) : undefined;
      if (brought !== undefined && brought.life === context?.life) return brought;
    }
    return context;
  }

  /** Sets the position and hands the value on. */
  v<T>(position: number, value: T): T {
    this.p = position;
    return value;
  }

  /** A promise that a client gives to user code: what it is rejected with is put at the line that asked. */
  promise<T>(executor: (resolve: (value: T) => void, reject: (error: unknown) => void) => void): Promise<T> {
    return new Promise<T>(this.q(executor, this.p) as typeof executor);
  }

  /** The executor of `new Promise`: notices rejections, where they happen or else at `position`. */
  q(executor: unknown, position?: number): unknown {
    if (typeof executor !== 'function') return executor;
    return (resolve: (value: unknown) => void, reject: (reason: unknown) => void): unknown => {
      const settle = (value: unknown): void => {
        this.a++;
        resolve(value);
      };
      const owner = this.c;
      const refuse = (reason: unknown): void => {
        this.a++;
        this.noteRejection(reason, this.c ?? owner, position);
        reject(reason);
      };
      try {
        return (executor as (a: typeof settle, b: typeof refuse) => unknown)(settle, refuse);
      } catch (error) {
        this.noteRejection(error, owner);
        throw error;
      }
    };
  }

  /**
   * A callback given to `then` is about to run. It may be the engine's own or the host's, registered while this context was
   * the last to run, so it always runs; but nothing goes on the account of a process that has ended.
   */
  enter(context: Context): void {
    this.c = context.life.alive && !context.tripped ? context : this.#nobody;
    if (this.n > this.x && this.c !== this.#nobody) this.n = 0;
  }

  /** Code of `context` goes on in a later microtask. An invocation that was stopped stays stopped; another one has turns of its own. */
  resume(context: Context | null): void {
    if (context === null) return;
    if (!context.life.alive) throw new LimitError('life', 'This process has ended.');
    if (context.tripped) throw new LimitError('turns', 'This invocation was stopped');
    this.c = context;
    if (this.n > this.x) this.n = 0;
  }
}

function isObject(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}
