/**
 * `setTimeout`, `setInterval`, `setImmediate` and their clearing, in virtual time, with Node's `Timeout` objects.
 * Follows Node 20, `lib/timers.js` and `lib/internal/timers.js` (MIT, copyright Node.js contributors).
 */
import type { ProcessEnvironment, TimerHandle } from './environment';
import { requireFunction } from './node-error';

type Callback = (...args: unknown[]) => unknown;

const delayMsMax = 2 ** 31 - 1;
const refed = Symbol('refed');
const asyncId = Symbol('asyncId');

export interface TimerServices {
  readonly environment: Pick<ProcessEnvironment, 'schedule' | 'immediate' | 'bind' | 'nowMs'>;
  emitWarning(message: string, name: string): void;
}

interface Clockwork {
  readonly services: TimerServices;
  /** Timers that were turned into numbers, so that the number can clear them. */
  readonly byId: Map<string, Timeout>;
  nextId(): number;
}

/** What to do for each timer. Kept out of the timer itself, which people print. */
const inner = new WeakMap<Timeout, { clockwork: Clockwork; run: () => void; handle: TimerHandle | undefined }>();

export class Timeout {
  _idleTimeout: number;
  readonly _idlePrev: null;
  readonly _idleNext: null;
  _idleStart: number;
  _onTimeout: Callback | null;
  readonly _timerArgs: unknown[] | undefined;
  _repeat: number | null;
  _destroyed: boolean;
  [refed]: boolean;
  readonly [asyncId]: number;

  constructor(clockwork: Clockwork, callback: Callback, delayMs: number, args: unknown[], repeats: boolean) {
    // In the order in which Node shows them.
    this._idleTimeout = delayMs;
    this._idlePrev = null;
    this._idleNext = null;
    this._idleStart = clockwork.services.environment.nowMs();
    this._onTimeout = callback;
    this._timerArgs = args.length === 0 ? undefined : args;
    this._repeat = repeats ? delayMs : null;
    this._destroyed = false;
    this[refed] = true;
    this[asyncId] = clockwork.nextId();
    const run = clockwork.services.environment.bind(() => {
      this.#run();
    });
    inner.set(this, { clockwork, run, handle: undefined });
    this.#start();
  }

  #start(): void {
    const state = inner.get(this)!;
    state.handle?.cancel();
    this._idleStart = state.clockwork.services.environment.nowMs();
    const handle = state.clockwork.services.environment.schedule(this._idleTimeout, state.run);
    if (!this[refed]) handle.unref();
    state.handle = handle;
  }

  #run(): void {
    const callback = this._onTimeout;
    const state = inner.get(this)!;
    const { handle } = state;
    if (callback === null || handle === undefined) return;
    try {
      Reflect.apply(callback, this, this._timerArgs ?? []);
    } finally {
      // `refresh()` in the callback has started it again already.
      if (state.handle === handle && !this._destroyed) {
        state.handle = undefined;
        if (this._repeat !== null && this._idleTimeout !== -1) this.#start();
        else this.#end();
      }
    }
  }

  #end(): void {
    this._destroyed = true;
    inner.get(this)?.clockwork.byId.delete(String(this[asyncId]));
  }

  ref(): this {
    this[refed] = true;
    inner.get(this)?.handle?.ref();
    return this;
  }

  unref(): this {
    this[refed] = false;
    inner.get(this)?.handle?.unref();
    return this;
  }

  hasRef(): boolean {
    return this[refed];
  }

  /** Starts it again from now, also one that has run; not one that was cleared. */
  refresh(): this {
    if (this._onTimeout !== null && this._idleTimeout !== -1) {
      this._destroyed = false;
      this.#start();
    }
    return this;
  }

  close(): this {
    this._onTimeout = null;
    this._idleTimeout = -1;
    const state = inner.get(this);
    state?.handle?.cancel();
    if (state !== undefined) state.handle = undefined;
    this.#end();
    return this;
  }

  [Symbol.toPrimitive](): number {
    const id = this[asyncId];
    if (!this._destroyed) inner.get(this)?.clockwork.byId.set(String(id), this);
    return id;
  }
}

const immediateHandles = new WeakMap<Immediate, TimerHandle>();

export class Immediate {
  readonly _idleNext: null;
  readonly _idlePrev: null;
  _onImmediate: Callback | null;
  readonly _argv: unknown[] | undefined;
  _destroyed: boolean;
  [refed]: boolean;
  readonly [asyncId]: number;

  constructor(clockwork: Clockwork, callback: Callback, args: unknown[]) {
    // In the order in which Node shows them.
    this._idleNext = null;
    this._idlePrev = null;
    this._onImmediate = callback;
    this._argv = args.length === 0 ? undefined : args;
    this._destroyed = false;
    this[refed] = true;
    this[asyncId] = clockwork.nextId();
    const { environment } = clockwork.services;
    const run = environment.bind(() => {
      const called = this._onImmediate;
      this._destroyed = true;
      this._onImmediate = null;
      if (called !== null) Reflect.apply(called, this, args);
    });
    immediateHandles.set(this, environment.immediate(run));
  }

  ref(): this {
    this[refed] = true;
    immediateHandles.get(this)?.ref();
    return this;
  }

  unref(): this {
    this[refed] = false;
    immediateHandles.get(this)?.unref();
    return this;
  }

  hasRef(): boolean {
    return !this._destroyed && this[refed];
  }

  static clear(immediate: Immediate): void {
    immediateHandles.get(immediate)?.cancel();
    immediate._destroyed = true;
    immediate._onImmediate = null;
  }
}

/** A delay as Node takes it: at least 1, and 1 for what doesn't fit or isn't a number. */
function wholeDelay(services: TimerServices, value: unknown): number {
  const delayMs = Number(value);
  if (delayMs > delayMsMax) {
    const message = `${delayMs} does not fit into a 32-bit signed integer.\nTimeout duration was set to 1.`;
    services.emitWarning(message, 'TimeoutOverflowWarning');
    return 1;
  }
  return delayMs >= 1 ? Math.trunc(delayMs) : 1;
}

export interface Timers {
  setTimeout(callback: Callback, delayMs?: unknown, ...args: unknown[]): Timeout;
  setInterval(callback: Callback, delayMs?: unknown, ...args: unknown[]): Timeout;
  setImmediate(callback: Callback, ...args: unknown[]): Immediate;
  clearTimeout(timer?: unknown): void;
  clearInterval(timer?: unknown): void;
  clearImmediate(immediate?: unknown): void;
}

export function createTimers(services: TimerServices): Timers {
  let lastId = 0;
  const clockwork: Clockwork = { services, byId: new Map(), nextId: () => ++lastId };
  const start = (callback: Callback, delayMs: unknown, args: unknown[], repeats: boolean): Timeout => {
    requireFunction(callback, 'callback');
    return new Timeout(clockwork, callback, wholeDelay(services, delayMs), args, repeats);
  };
  const clear = (timer: unknown): void => {
    if (timer instanceof Timeout) timer.close();
    else if (typeof timer === 'number' || typeof timer === 'string') clockwork.byId.get(String(timer))?.close();
  };
  return {
    setTimeout: (callback, delayMs, ...args) => start(callback, delayMs, args, false),
    setInterval: (callback, delayMs, ...args) => start(callback, delayMs, args, true),
    setImmediate(callback, ...args) {
      requireFunction(callback, 'callback');
      return new Immediate(clockwork, callback, args);
    },
    clearTimeout(timer) {
      clear(timer);
    },
    clearInterval(timer) {
      clear(timer);
    },
    clearImmediate(immediate) {
      if (immediate instanceof Immediate && !immediate._destroyed) Immediate.clear(immediate);
    },
  };
}
