/**
 * `EventEmitter`, made once per process because its default limit of listeners can be set.
 * Follows Node 20, `lib/events.js` (MIT, copyright Node.js contributors), the private fields included, since they are
 * seen when an emitter is printed.
 */
import type { Inspect } from './inspect-context';
import { invalidArgType, nodeError, outOfRange, requireBoolean, requireFunction, requireNumber } from './node-error';

export type EventName = string | symbol;
export type Listener = ((...args: unknown[]) => unknown) & { listener?: Listener };
type Listeners = Listener | (Listener[] & { warned?: boolean });

const shapeMode = Symbol('shapeMode');
const capture = Symbol('kCapture');
export const errorMonitor = Symbol('events.errorMonitor');
export const captureRejectionSymbol = Symbol.for('nodejs.rejection');

export interface Emitter {
  _events: Record<EventName, Listeners | undefined> | undefined;
  _eventsCount: number;
  _maxListeners: number | undefined;
  [shapeMode]: boolean;
  [capture]: boolean;
  on(name: EventName, listener: Listener): this;
  addListener(name: EventName, listener: Listener): this;
  prependListener(name: EventName, listener: Listener): this;
  once(name: EventName, listener: Listener): this;
  prependOnceListener(name: EventName, listener: Listener): this;
  off(name: EventName, listener: Listener): this;
  removeListener(name: EventName, listener: Listener): this;
  removeAllListeners(name?: EventName): this;
  emit(name: EventName, ...args: unknown[]): boolean;
  listeners(name: EventName): Listener[];
  rawListeners(name: EventName): Listener[];
  listenerCount(name: EventName, listener?: Listener): number;
  eventNames(): EventName[];
  setMaxListeners(count: number): this;
  getMaxListeners(): number;
}

export interface EmitterClass {
  new (options?: { captureRejections?: boolean }): Emitter;
  readonly prototype: Emitter;
  defaultMaxListeners: number;
}

export interface EmitterServices {
  readonly inspect: Inspect;
  emitWarning(warning: Error): void;
  nextTick(callback: () => void): void;
}

const emptyEvents = () => Object.create(null) as Record<EventName, Listeners | undefined>;

export function requireCount(value: unknown, name: string): asserts value is number {
  requireNumber(value, name);
  if (value < 0 || Number.isNaN(value)) throw outOfRange(name, '>= 0', value);
}

const isSame = (candidate: Listener, listener: Listener): boolean =>
  candidate === listener || candidate.listener === listener;

function initialize(emitter: Emitter, prototype: Emitter, options?: { captureRejections?: boolean }): void {
  const inherited = (Object.getPrototypeOf(emitter) as Emitter | null)?._events;
  if (emitter._events === undefined || emitter._events === inherited) {
    emitter._events = emptyEvents();
    emitter._eventsCount = 0;
    // One assignment creates them in the order in which they are printed.
    emitter._maxListeners = emitter._maxListeners || undefined;
    emitter[shapeMode] = false;
  } else {
    emitter._maxListeners = emitter._maxListeners || undefined;
    emitter[shapeMode] = true;
  }
  const captures = options?.captureRejections;
  if (captures) requireBoolean(captures, 'options.captureRejections');
  emitter[capture] = captures ? true : prototype[capture];
}

/** Rejections of listeners become `error` events where the emitter asked for it. */
function catchRejection(
  services: EmitterServices,
  emitter: Emitter,
  result: unknown,
  name: EventName,
  args: unknown[],
) {
  if (!emitter[capture]) return;
  const then: unknown = Reflect.get(result as object, 'then');
  if (typeof then !== 'function') return;
  Reflect.apply(then, result, [
    undefined,
    (error: unknown) => {
      services.nextTick(() => {
        const handler: unknown = Reflect.get(emitter, captureRejectionSymbol);
        if (typeof handler === 'function') {
          Reflect.apply(handler, emitter, [error, name, ...args]);
          return;
        }
        emitter[capture] = false;
        try {
          emitter.emit('error', error);
        } finally {
          emitter[capture] = true;
        }
      });
    },
  ]);
}

function callListener(
  services: EmitterServices,
  emitter: Emitter,
  listener: Listener,
  name: EventName,
  args: unknown[],
): void {
  const result = Reflect.apply(listener, emitter, args);
  if (typeof result === 'object' && result !== null) catchRejection(services, emitter, result, name, args);
}

function throwUnhandled(inspect: Inspect, error: unknown): never {
  if (error instanceof Error) throw error;
  throw nodeError(Error, 'ERR_UNHANDLED_ERROR', `Unhandled error. (${describe(inspect, error)})`, { context: error });
}

function describe(inspect: Inspect, error: unknown): string {
  try {
    return inspect(error);
  } catch {
    return String(error);
  }
}

function emittingMethods(services: EmitterServices) {
  return {
    emit(this: Emitter, name: EventName, ...args: unknown[]): boolean {
      const events = this._events;
      if (name === 'error') {
        if (events?.[errorMonitor] !== undefined) this.emit(errorMonitor, ...args);
        if (events?.['error'] === undefined) throwUnhandled(services.inspect, args[0]);
      }
      const handler = events?.[name];
      if (handler === undefined) return false;
      if (typeof handler === 'function') callListener(services, this, handler, name, args);
      else for (const listener of [...handler]) callListener(services, this, listener, name, args);
      return true;
    },
  };
}

function add(services: EmitterServices, emitter: Emitter, name: EventName, listener: Listener, isFirst: boolean): void {
  requireFunction(listener, 'listener');
  emitter._events ??= emptyEvents();
  emitter._eventsCount ||= 0;
  if (emitter._events['newListener'] !== undefined) emitter.emit('newListener', name, listener.listener ?? listener);
  const events = emitter._events;
  const existing = events[name];
  if (existing === undefined) {
    events[name] = listener;
    emitter._eventsCount += 1;
    return;
  }
  const list: Listener[] & { warned?: boolean } = typeof existing === 'function' ? [existing] : existing;
  if (isFirst) list.unshift(listener);
  else list.push(listener);
  events[name] = list;
  const max = emitter._maxListeners ?? emitter.getMaxListeners();
  if (max > 0 && list.length > max && !list.warned) {
    list.warned = true;
    services.emitWarning(leakWarning(services.inspect, emitter, name, list.length, max));
  }
}

function leakWarning(inspect: Inspect, emitter: Emitter, type: EventName, count: number, max: number): Error {
  const warning = new Error(
    `Possible EventEmitter memory leak detected. ${count} ${String(type)} listeners added to ` +
      `${inspect(emitter, { depth: -1 })}. MaxListeners is ${max}. Use emitter.setMaxListeners() to increase limit`,
  );
  return Object.assign(warning, { name: 'MaxListenersExceededWarning', emitter, type, count });
}

export function onceWrapper(target: Emitter, name: EventName, listener: Listener): Listener {
  let hasFired = false;
  const named = {
    'bound onceWrapper': ((...args) => {
      if (hasFired) return undefined;
      target.removeListener(name, wrapped);
      hasFired = true;
      return Reflect.apply(listener, target, args);
    }) as Listener,
  };
  const wrapped = named['bound onceWrapper'];
  wrapped.listener = listener;
  return wrapped;
}

function addingMethods(services: EmitterServices) {
  function addListener(this: Emitter, name: EventName, listener: Listener): Emitter {
    add(services, this, name, listener, false);
    return this;
  }
  return {
    addListener,
    on: addListener,
    prependListener(this: Emitter, name: EventName, listener: Listener): Emitter {
      add(services, this, name, listener, true);
      return this;
    },
    once(this: Emitter, name: EventName, listener: Listener): Emitter {
      requireFunction(listener, 'listener');
      return this.on(name, onceWrapper(this, name, listener));
    },
    prependOnceListener(this: Emitter, name: EventName, listener: Listener): Emitter {
      requireFunction(listener, 'listener');
      return this.prependListener(name, onceWrapper(this, name, listener));
    },
  };
}

function removeListener(this: Emitter, name: EventName, listener: Listener): Emitter {
  requireFunction(listener, 'listener');
  const events = this._events;
  const list = events?.[name];
  if (events === undefined || list === undefined) return this;
  if (typeof list === 'function') {
    if (!isSame(list, listener)) return this;
    this._eventsCount -= 1;
    if (this[shapeMode]) {
      events[name] = undefined;
    } else if (this._eventsCount === 0) {
      this._events = emptyEvents();
    } else {
      delete events[name];
      if (events['removeListener'] !== undefined) this.emit('removeListener', name, list.listener ?? listener);
    }
    return this;
  }
  const position = list.findLastIndex((candidate) => isSame(candidate, listener));
  if (position === -1) return this;
  list.splice(position, 1);
  if (list.length === 1) events[name] = list[0];
  if (events['removeListener'] !== undefined) this.emit('removeListener', name, listener);
  return this;
}

function removeAllListeners(this: Emitter, ...names: [EventName?]): Emitter {
  const events = this._events;
  if (events === undefined) return this;
  const [name] = names;
  const all = names.length === 0;
  if (events['removeListener'] === undefined || all) {
    if (all && events['removeListener'] !== undefined) {
      for (const key of Reflect.ownKeys(events)) if (key !== 'removeListener') this.removeAllListeners(key);
      this.removeAllListeners('removeListener');
    }
    if (all || (events[name!] !== undefined && --this._eventsCount === 0)) {
      this._events = emptyEvents();
      this._eventsCount = 0;
    } else {
      delete events[name!];
    }
    this[shapeMode] = false;
    return this;
  }
  const listeners = events[name!];
  if (typeof listeners === 'function') this.removeListener(name!, listeners);
  else if (listeners !== undefined) for (const listener of listeners.toReversed()) this.removeListener(name!, listener);
  return this;
}

function rawListeners(emitter: Emitter, name: EventName): Listener[] {
  const found = emitter._events?.[name];
  if (found === undefined) return [];
  return typeof found === 'function' ? [found] : [...found];
}

const plainMethods = {
  removeListener,
  off: removeListener,
  removeAllListeners,
  listeners(this: Emitter, name: EventName): Listener[] {
    return rawListeners(this, name).map((listener) => listener.listener ?? listener);
  },
  rawListeners(this: Emitter, name: EventName): Listener[] {
    return rawListeners(this, name);
  },
  listenerCount(this: Emitter, name: EventName, listener?: Listener): number {
    if (listener === undefined) {
      const list = this._events?.[name];
      return list === undefined ? 0 : typeof list === 'function' ? 1 : list.length;
    }
    const found = rawListeners(this, name);
    return found.filter((candidate) => isSame(candidate, listener)).length;
  },
  eventNames(this: Emitter): EventName[] {
    return this._eventsCount > 0 && this._events !== undefined ? Reflect.ownKeys(this._events) : [];
  },
  setMaxListeners(this: Emitter, count: number): Emitter {
    requireCount(count, 'setMaxListeners');
    this._maxListeners = count;
    return this;
  },
};

/** The class without its static functions, which `events.ts` adds. */
export function createEmitterClass(services: EmitterServices): EmitterClass {
  let defaultMaxListeners = 10;
  function EventEmitter(this: Emitter, options?: { captureRejections?: boolean }): void {
    initialize(this, EventEmitter.prototype as Emitter, options);
  }
  const prototype = EventEmitter.prototype as Emitter;
  Object.defineProperty(prototype, capture, { value: false, writable: true });
  Object.assign(prototype, { _events: undefined, _eventsCount: 0, _maxListeners: undefined });
  Object.assign(prototype, plainMethods, emittingMethods(services), addingMethods(services), {
    getMaxListeners(this: Emitter): number {
      return this._maxListeners ?? defaultMaxListeners;
    },
  });
  Object.defineProperty(EventEmitter, 'defaultMaxListeners', {
    enumerable: true,
    get: () => defaultMaxListeners,
    set(count: unknown) {
      requireCount(count, 'defaultMaxListeners');
      defaultMaxListeners = count;
    },
  });
  Object.defineProperty(EventEmitter, 'captureRejections', {
    enumerable: true,
    get: () => prototype[capture],
    set(value: unknown) {
      if (typeof value !== 'boolean') throw invalidArgType('EventEmitter.captureRejections', 'boolean', value);
      prototype[capture] = value;
    },
  });
  const init = function (this: Emitter, options?: { captureRejections?: boolean }) {
    initialize(this, prototype, options);
  };
  Object.assign(EventEmitter, { EventEmitter, init, usingDomains: false, captureRejectionSymbol, errorMonitor });
  return EventEmitter as unknown as EmitterClass;
}
