/**
 * `node:events`: the class `EventEmitter` with its static functions.
 * Follows Node 20, `lib/events.js` (MIT, copyright Node.js contributors).
 */
import type { AbortSignal } from './abort';
import { createEmitterClass, requireCount } from './event-emitter';
import type { Emitter, EmitterClass, EmitterServices, EventName, Listener } from './event-emitter';
import type { EventListener, EventTarget } from './event-target';
import { AbortError, invalidArgType } from './node-error';

type Source = Emitter | EventTarget;

export interface SignalOptions {
  readonly signal?: AbortSignal;
}

export function requireSignal(signal: unknown, name: string): void {
  if (signal !== undefined && (signal === null || typeof signal !== 'object' || !('aborted' in signal))) {
    throw invalidArgType(name, 'AbortSignal', signal);
  }
}

function addTo(source: Source, name: EventName, listener: Listener, isOnce: boolean): void {
  if ('on' in source && typeof source.on === 'function') {
    if (isOnce) source.once(name, listener);
    else source.on(name, listener);
  } else if ('addEventListener' in source) {
    source.addEventListener(name as string, listener, { once: isOnce });
  } else {
    throw invalidArgType('emitter', 'EventEmitter', source);
  }
}

function removeFrom(source: Source, name: EventName, listener: Listener): void {
  if ('removeListener' in source) source.removeListener(name, listener);
  else source.removeEventListener(name as string, listener);
}

async function once(source: Source, name: EventName, options: SignalOptions = {}): Promise<unknown[]> {
  const { signal } = options;
  requireSignal(signal, 'options.signal');
  if (signal?.aborted) throw new AbortError(undefined, { cause: signal.reason });
  return new Promise((resolve, reject) => {
    const isEmitter = 'once' in source;
    const abortListener = () => {
      removeFrom(source, name, resolver);
      if (isEmitter) removeFrom(source, 'error', errorListener);
      reject(new AbortError(undefined, { cause: signal?.reason }));
    };
    const errorListener = (error: unknown) => {
      removeFrom(source, name, resolver);
      signal?.removeEventListener('abort', abortListener);
      // oxlint-disable-next-line typescript/prefer-promise-reject-errors -- it is what the user threw
      reject(error);
    };
    const resolver = (...args: unknown[]) => {
      if (isEmitter) removeFrom(source, 'error', errorListener);
      signal?.removeEventListener('abort', abortListener);
      resolve(args);
    };
    addTo(source, name, resolver, true);
    if (name !== 'error' && isEmitter) source.once('error', errorListener);
    signal?.addEventListener('abort', abortListener, { once: true });
  });
}

interface Waiting {
  resolve(result: IteratorResult<unknown>): void;
  reject(error: unknown): void;
}

/** What `events.on` returns: what was emitted and not yet taken, or who waits for it. */
class EventIterator {
  readonly #taken: (() => void)[] = [];
  readonly #ready: unknown[] = [];
  readonly #waiting: Waiting[] = [];
  #failure: { readonly error: unknown } | undefined;
  #isFinished = false;

  constructor(source: Source, name: EventName, options: SignalOptions & { close?: EventName[] }) {
    const { signal } = options;
    this.#listen(source, name, (...args) => {
      this.#give(args);
    });
    const errorHandler = (error: unknown) => {
      this.#fail(error);
    };
    if (name !== 'error' && 'on' in source) this.#listen(source, 'error', errorHandler);
    for (const close of options.close ?? []) this.#listen(source, close, () => void this.return());
    if (signal === undefined) return;
    this.#listen(signal, 'abort', () => {
      errorHandler(new AbortError(undefined, { cause: signal.reason }));
    });
  }

  next(): Promise<IteratorResult<unknown>> {
    if (this.#ready.length > 0) return Promise.resolve({ value: this.#ready.shift(), done: false });
    if (this.#failure !== undefined) {
      const { error } = this.#failure;
      this.#failure = undefined;
      // oxlint-disable-next-line typescript/prefer-promise-reject-errors -- it is what the user threw
      return Promise.reject(error);
    }
    if (this.#isFinished) return this.return();
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
    });
  }

  return(): Promise<IteratorResult<unknown>> {
    for (const take of this.#taken.splice(0).reverse()) take();
    this.#isFinished = true;
    const end: IteratorResult<unknown> = { value: undefined, done: true };
    for (const { resolve } of this.#waiting.splice(0)) resolve(end);
    return Promise.resolve(end);
  }

  throw(error: unknown): void {
    if (!(error instanceof Error)) throw invalidArgType('EventEmitter.AsyncIterator', 'Error', error);
    this.#fail(error);
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  #listen(source: Source, name: EventName, listener: Listener): void {
    addTo(source, name, listener, false);
    this.#taken.push(() => {
      removeFrom(source, name, listener);
    });
  }

  #give(value: unknown): void {
    const waiting = this.#waiting.shift();
    if (waiting === undefined) this.#ready.push(value);
    else waiting.resolve({ value, done: false });
  }

  #fail(error: unknown): void {
    const waiting = this.#waiting.shift();
    if (waiting === undefined) this.#failure = { error };
    else waiting.reject(error);
    void this.return();
  }
}

function on(source: Source, name: EventName, options: SignalOptions & { close?: EventName[] } = {}): EventIterator {
  requireSignal(options.signal, 'options.signal');
  if (options.signal?.aborted) throw new AbortError(undefined, { cause: options.signal.reason });
  return new EventIterator(source, name, options);
}

const isTarget = (source: object): boolean => 'addEventListener' in source;

type ListenersOf = (target: object, type: string) => EventListener[];

function staticFunctions(EventEmitter: EmitterClass, listenersOf: ListenersOf) {
  return {
    once,
    on,
    addAbortListener(signal: AbortSignal, listener: EventListener) {
      requireSignal(signal, 'signal');
      if (signal.aborted) void Promise.resolve().then(() => (listener as () => void)());
      else signal.addEventListener('abort', listener, { once: true });
      const dispose = Symbol.for('Symbol.dispose');
      return {
        [dispose]() {
          signal.removeEventListener('abort', listener);
        },
      };
    },
    getEventListeners: (source: Source, name: EventName) =>
      'listeners' in source ? source.listeners(name) : listenersOf(source, String(name)),
    getMaxListeners(source: Source): number {
      if ('getMaxListeners' in source) return source.getMaxListeners();
      if (isTarget(source)) return EventEmitter.defaultMaxListeners;
      throw invalidArgType('emitter', ['EventEmitter', 'EventTarget'], source);
    },
    listenerCount: (source: Emitter, name: EventName) => source.listenerCount(name),
    setMaxListeners(count = EventEmitter.defaultMaxListeners, ...sources: Source[]) {
      requireCount(count, 'setMaxListeners');
      if (sources.length === 0) EventEmitter.defaultMaxListeners = count;
      for (const source of sources)
        if ('setMaxListeners' in source) source.setMaxListeners(count);
        else if (!isTarget(source)) throw invalidArgType('eventTargets', ['EventEmitter', 'EventTarget'], source);
    },
  };
}

/** The module is the class, as `require('events')` gives it. */
export function createEvents(services: EmitterServices, listenersOf: ListenersOf): EmitterClass {
  const EventEmitter = createEmitterClass(services);
  return Object.assign(EventEmitter, staticFunctions(EventEmitter, listenersOf));
}
