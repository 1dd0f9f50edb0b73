import { fixSort } from '../clients/node/array-sort';
import { narrowLanguage } from '../clients/node/built-ins';
import { HeldRef, IdleRegistry } from '../clients/node/weak-ref';
import { allowedGlobals } from './allowed-globals';

/**
 * Takes everything out of the worker's realm that reaches outside it or tells the real time. Runs on import, before any
 * other module of the worker.
 *
 * Invariants
 * 1. After it, the global object and its prototypes hold nothing but `allowedGlobals`. What a browser adds tomorrow is
 *    gone too, since the list says what stays.
 * 2. What our own code still needs is in `primitives`, captured before, and in no place that user code can name.
 * 3. If something cannot be taken away, the worker does not start.
 *
 * This is the second wall. The first is the frame's policy and opaque origin, which hold even for code that gets past
 * this one.
 */
export interface Primitives {
  readonly importScripts: (url: string) => void;
  /** Makes a URL of a script's text. It has to be given back with `revoke`. */
  readonly scriptUrl: (text: string) => string;
  readonly revoke: (url: string) => void;
  readonly realMs: () => number;
  readonly MessageChannel: typeof MessageChannel;
  readonly postTask: ((callback: () => void) => void) | undefined;
  readonly waitAsync: (() => Promise<unknown>) | undefined;
  /** Calls on every message to the worker itself. */
  readonly onMessage: (listener: (event: MessageEvent<unknown>) => void) => void;
  readonly onUnhandledRejection: (listener: (event: PromiseRejectionEvent) => void) => void;
}

type Names = Record<PropertyKey, unknown>;
const realm = globalThis as unknown as Names;

export const primitives: Primitives = capture();
narrowLanguage();
fixSort();
tameTime();
tameGarbage();
tameEvents();
takeAway();

function capture(): Primitives {
  const { MessageChannel, Blob, performance } = globalThis;
  const { createObjectURL, revokeObjectURL } = URL;
  const listen = globalThis.addEventListener.bind(globalThis);
  const now = performance.now.bind(performance);
  return {
    importScripts: (realm.importScripts as (url: string) => void).bind(globalThis),
    scriptUrl: (text) => createObjectURL(new Blob([text], { type: 'text/javascript' })),
    revoke: (url) => revokeObjectURL(url),
    realMs: now,
    MessageChannel,
    postTask: capturePostTask(),
    waitAsync: captureWaitAsync(),
    onMessage: (listener) => listen('message', listener as EventListener),
    onUnhandledRejection: (listener) => listen('unhandledrejection', listener as unknown as EventListener),
  };
}

function capturePostTask(): Primitives['postTask'] {
  const scheduler = realm.scheduler as { postTask?: (callback: () => void) => Promise<unknown> } | undefined;
  const postTask = scheduler?.postTask?.bind(scheduler);
  // The default priority: 'user-blocking' starves the messages of ports.
  return postTask && ((callback) => void postTask(callback));
}

/** Resolves in a task of the agent's own, in Chromium three times as fast as a message. */
function captureWaitAsync(): Primitives['waitAsync'] {
  const atomics = Atomics as unknown as {
    waitAsync?: (cells: Int32Array, index: number, value: number) => { async: boolean; value: Promise<unknown> };
    notify: (cells: Int32Array, index: number) => void;
  };
  try {
    // The only shared memory there is without cross-origin isolation.
    const memory = new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true });
    const cells = new Int32Array(memory.buffer);
    const { waitAsync, notify } = atomics;
    if (waitAsync === undefined) return undefined;
    return () => {
      const waiting = waitAsync(cells, 0, 0).value;
      notify(cells, 0);
      return waiting;
    };
  } catch {
    return undefined;
  }
}

/** The runtime hands virtual time to user code. This is about the way around it. */
function tameTime(): void {
  const RealDate = Date;
  const parts = { parse: RealDate.parse, UTC: RealDate.UTC, now: () => 0 };
  function TamedDate(this: unknown, ...args: unknown[]): unknown {
    const target = new.target as unknown as NewableFunction | undefined;
    if (target === undefined) return new RealDate(0).toString();
    return Reflect.construct(RealDate, args.length === 0 ? [0] : args, target);
  }
  Object.defineProperty(TamedDate, 'name', { value: 'Date' });
  Object.defineProperty(TamedDate, 'length', { value: 7 });
  Object.defineProperty(TamedDate, 'prototype', { value: RealDate.prototype, writable: false });
  for (const [name, value] of Object.entries(parts)) {
    Object.defineProperty(TamedDate, name, { value, writable: true, configurable: true });
  }
  realm.Date = TamedDate;
  RealDate.prototype.constructor = TamedDate;
  Math.random = () => 0.5;
  tameDateFormat();
}

function tameDateFormat(): void {
  const { prototype } = Intl.DateTimeFormat;
  const format = Object.getOwnPropertyDescriptor(prototype, 'format')?.get;
  const { formatToParts } = prototype;
  const tamed = {
    get format(): (date?: unknown) => string {
      const real = format?.call(this) as (date: unknown) => string;
      return (date) => real(date ?? 0);
    },
    formatToParts(date?: Date | number) {
      return formatToParts.call(this as unknown as Intl.DateTimeFormat, date ?? 0);
    },
  };
  for (const [name, descriptor] of Object.entries(Object.getOwnPropertyDescriptors(tamed))) {
    Object.defineProperty(prototype, name, { ...descriptor, enumerable: false });
  }
}

function tameGarbage(): void {
  realm.WeakRef = HeldRef;
  realm.FinalizationRegistry = IdleRegistry;
}

function tameEvents(): void {
  // Real time, and methods that would let a listener sit on the worker's global itself.
  Reflect.deleteProperty(AbortSignal, 'timeout');
  Object.defineProperty(Event.prototype, 'timeStamp', { configurable: true, get: () => 0 });
  for (const name of ['addEventListener', 'removeEventListener', 'dispatchEvent'] as const) {
    const real = EventTarget.prototype[name] as (...args: unknown[]) => unknown;
    const tamed = function (this: unknown, ...args: unknown[]): unknown {
      if (this === undefined || this === null || this === globalThis) throw new TypeError('Illegal invocation');
      return real.apply(this, args);
    };
    Object.defineProperty(tamed, 'name', { value: name });
    Object.defineProperty(EventTarget.prototype, name, { value: tamed, writable: true, configurable: true });
  }
  Reflect.deleteProperty(URL, 'createObjectURL');
  Reflect.deleteProperty(URL, 'revokeObjectURL');
}

function takeAway(): void {
  for (const holder of chainOf(globalThis)) {
    for (const name of Object.getOwnPropertyNames(holder)) {
      if (stays(holder, name)) continue;
      if (!Reflect.deleteProperty(holder, name)) shadow(name);
    }
  }
  for (const holder of chainOf(globalThis)) {
    const left = Object.getOwnPropertyNames(holder).filter((name) => !stays(holder, name) && realm[name] !== undefined);
    if (left.length > 0) throw new Error(`These cannot be taken out of the worker: ${left.join(', ')}`);
  }
}

/** The global object and what it inherits from, except `Object.prototype`. */
function chainOf(start: object): object[] {
  const chain: object[] = [];
  for (let at: object | null = start; at && at !== Object.prototype; at = Object.getPrototypeOf(at) as object | null) {
    chain.push(at);
  }
  return chain;
}

function stays(holder: object, name: string): boolean {
  if (holder === globalThis) return allowedGlobals.has(name);
  // Shared with every other event target; its methods refuse the global itself.
  return holder === EventTarget.prototype;
}

/** For what cannot be deleted. */
function shadow(name: string): void {
  Reflect.defineProperty(globalThis, name, { value: undefined, writable: false, configurable: false });
}
