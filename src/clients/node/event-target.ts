/**
 * `Event`, `CustomEvent` and `EventTarget`. The engine's own would stamp events with real time and print differently.
 * Follows Node 20, `lib/internal/event_target.js` (MIT, copyright Node.js contributors).
 */
import { customInspectSymbol } from './inspect-context';
import type { Inspect } from './inspect-context';
import { invalidArgType, missingArgs, nodeError, requireObject } from './node-error';

export type EventListener = ((event: Event) => unknown) | { handleEvent(event: Event): unknown };

export interface EventInit {
  readonly bubbles?: boolean;
  readonly cancelable?: boolean;
  readonly composed?: boolean;
  readonly detail?: unknown;
}

export interface Event {
  readonly type: string;
  readonly target: EventTarget | null;
  readonly timeStamp: number;
  readonly defaultPrevented: boolean;
}

interface ListenerOptions {
  readonly once?: boolean;
  readonly capture?: boolean;
  readonly passive?: boolean;
  readonly signal?: EventTarget & { readonly aborted: boolean };
}

export interface EventTarget {
  addEventListener(type: string, listener: EventListener | null, options?: ListenerOptions | boolean): void;
  removeEventListener(type: string, listener: EventListener | null, options?: ListenerOptions | boolean): void;
  dispatchEvent(event: Event): boolean;
}

export interface EventServices {
  nowMs(): number;
  nextTick(callback: () => void): void;
}

interface EventState {
  type: string;
  readonly init: EventInit;
  readonly timeStamp: number;
  isTrusted: boolean;
  target: EventTarget | null;
  isDispatching: boolean;
  isPrevented: boolean;
  isPropagationStopped: boolean;
  isStopped: boolean;
}

const eventStates = new WeakMap<object, EventState>();

function stateOf(event: unknown): EventState {
  const state = typeof event === 'object' && event !== null ? eventStates.get(event) : undefined;
  if (state === undefined) throw nodeError(TypeError, 'ERR_INVALID_THIS', 'Value of "this" must be of type Event');
  return state;
}

/** All that needs no process, so that the class of each process is short. */
class EventBehaviour {
  static readonly NONE = 0;
  static readonly CAPTURING_PHASE = 1;
  static readonly AT_TARGET = 2;
  static readonly BUBBLING_PHASE = 3;

  get type(): string {
    return stateOf(this).type;
  }
  get target(): EventTarget | null {
    return stateOf(this).target;
  }
  get srcElement(): EventTarget | null {
    return stateOf(this).target;
  }
  get currentTarget(): EventTarget | null {
    const { isDispatching, target } = stateOf(this);
    return isDispatching ? target : null;
  }
  get cancelable(): boolean {
    return Boolean(stateOf(this).init.cancelable);
  }
  get bubbles(): boolean {
    return Boolean(stateOf(this).init.bubbles);
  }
  get composed(): boolean {
    return Boolean(stateOf(this).init.composed);
  }
  get defaultPrevented(): boolean {
    return this.cancelable && stateOf(this).isPrevented;
  }
  get returnValue(): boolean {
    return !this.cancelable || !stateOf(this).isPrevented;
  }
  get timeStamp(): number {
    return stateOf(this).timeStamp;
  }
  get eventPhase(): number {
    return stateOf(this).isDispatching ? 2 : 0;
  }
  get isTrusted(): boolean {
    return stateOf(this).isTrusted;
  }
  get cancelBubble(): boolean {
    return stateOf(this).isPropagationStopped;
  }
  composedPath(): EventTarget[] {
    const { isDispatching, target } = stateOf(this);
    return isDispatching && target !== null ? [target] : [];
  }
  preventDefault(): void {
    stateOf(this).isPrevented = true;
  }
  stopPropagation(): void {
    stateOf(this).isPropagationStopped = true;
  }
  stopImmediatePropagation(): void {
    this.stopPropagation();
    stateOf(this).isStopped = true;
  }
  [customInspectSymbol](depth: number, options: { depth?: number | null }, inspect: Inspect): string {
    const { name } = this.constructor;
    if (depth < 0) return name;
    const { type, defaultPrevented, cancelable, timeStamp } = this;
    const inner = { ...options, depth: Number.isInteger(options.depth) ? options.depth! - 1 : options.depth };
    return `${name} ${inspect({ type, defaultPrevented, cancelable, timeStamp }, inner)}`;
  }
}

interface Registration {
  readonly listener: EventListener;
  readonly once: boolean;
  readonly capture: boolean;
  isRemoved: boolean;
}

class Registry {
  readonly #services: EventServices;
  readonly #byType = new Map<string, Registration[]>();

  constructor(services: EventServices) {
    this.#services = services;
  }

  of(type: string): readonly Registration[] {
    return this.#byType.get(type) ?? [];
  }

  add(target: EventTarget, type: string, listener: EventListener, options: ListenerOptions): void {
    if (options.signal?.aborted) return;
    const capture = Boolean(options.capture);
    const list = this.#byType.get(type) ?? [];
    if (list.some((entry) => entry.listener === listener && entry.capture === capture)) return;
    list.push({ listener, once: Boolean(options.once), capture, isRemoved: false });
    this.#byType.set(type, list);
    options.signal?.addEventListener(
      'abort',
      () => {
        target.removeEventListener(type, listener, options);
      },
      { once: true },
    );
  }

  remove(type: string, listener: EventListener, capture: boolean): void {
    const list = this.#byType.get(type);
    const index = list?.findIndex((entry) => entry.listener === listener && entry.capture === capture) ?? -1;
    if (list === undefined || index === -1) return;
    for (const entry of list.splice(index, 1)) entry.isRemoved = true;
    if (list.length === 0) this.#byType.delete(type);
  }

  dispatch(target: EventTarget, event: Event): void {
    const state = stateOf(event);
    state.target = target;
    state.isDispatching = true;
    for (const entry of [...this.of(state.type)]) {
      if (state.isStopped) break;
      if (entry.isRemoved) continue;
      if (entry.once) this.remove(state.type, entry.listener, entry.capture);
      this.#call(target, event, entry.listener);
    }
    state.isDispatching = false;
  }

  /** What a listener throws, or its promise, does not concern the dispatcher: it is an uncaught exception. */
  #call(target: EventTarget, event: Event, listener: EventListener): void {
    const report = (error: unknown) => {
      this.#services.nextTick(() => {
        throw error;
      });
    };
    try {
      const result =
        typeof listener === 'function' ? Reflect.apply(listener, target, [event]) : listener.handleEvent(event);
      const then: unknown = typeof result === 'object' && result !== null ? Reflect.get(result, 'then') : undefined;
      if (typeof then === 'function') Reflect.apply(then, result, [undefined, report]);
    } catch (error) {
      report(error);
    }
  }
}

function listenerOptions(options: unknown): ListenerOptions {
  if (typeof options === 'boolean') return { capture: options };
  return typeof options === 'object' && options !== null ? options : {};
}

function isListener(listener: unknown): listener is EventListener {
  if (typeof listener === 'function') return true;
  if (typeof listener === 'object' && listener !== null) return true;
  if (listener === null || listener === undefined) return false;
  throw invalidArgType('listener', 'EventListener', listener);
}

type EventConstructor = new (type: string, init?: EventInit) => Event;

export interface EventClasses {
  readonly Event: EventConstructor;
  readonly CustomEvent: new (type: string, init?: EventInit) => Event & { readonly detail: unknown };
  readonly EventTarget: new () => EventTarget;
  /** The listeners of a target, for `events.getEventListeners`. */
  listenersOf(target: object, type: string): EventListener[];
  /** An event of the platform itself. */
  trusted(type: string): Event;
}

function createEventClass(services: EventServices) {
  class Event extends EventBehaviour {
    constructor(type: string, init?: EventInit) {
      super();
      if (arguments.length === 0) throw missingArgs('type');
      if (init !== undefined && (init as unknown) !== null) requireObject(init, 'options');
      eventStates.set(this, {
        type: String(type),
        init: init ?? {},
        timeStamp: services.nowMs(),
        isTrusted: false,
        target: null,
        isDispatching: false,
        isPrevented: false,
        isPropagationStopped: false,
        isStopped: false,
      });
    }
  }
  class CustomEvent extends Event {
    readonly #detail: unknown;
    constructor(type: string, init?: EventInit) {
      if (arguments.length === 0) throw missingArgs('type');
      super(type, init);
      this.#detail = init?.detail ?? null;
    }
    get detail(): unknown {
      return this.#detail;
    }
  }
  return { Event, CustomEvent };
}

export function createEventClasses(services: EventServices): EventClasses {
  const { Event, CustomEvent } = createEventClass(services);
  const registries = new WeakMap<object, Registry>();
  const registryOf = (target: object): Registry => {
    const registry = registries.get(target);
    if (registry !== undefined) return registry;
    throw nodeError(TypeError, 'ERR_INVALID_THIS', 'Value of "this" must be of type EventTarget');
  };
  class EventTarget {
    constructor() {
      registries.set(this, new Registry(services));
    }
    addEventListener(type: string, listener: EventListener | null, options?: ListenerOptions | boolean): void {
      if (arguments.length < 2) throw missingArgs('type', 'listener');
      if (isListener(listener)) registryOf(this).add(this, String(type), listener, listenerOptions(options));
    }
    removeEventListener(type: string, listener: EventListener | null, options?: ListenerOptions | boolean): void {
      if (arguments.length < 2) throw missingArgs('type', 'listener');
      if (isListener(listener))
        registryOf(this).remove(String(type), listener, Boolean(listenerOptions(options).capture));
    }
    dispatchEvent(event: Event): boolean {
      if (!eventStates.has(event)) throw invalidArgType('event', 'Event', event);
      if (stateOf(event).isDispatching) {
        throw nodeError(Error, 'ERR_EVENT_RECURSION', `The event "${event.type}" is already being dispatched`);
      }
      registryOf(this).dispatch(this, event);
      return !event.defaultPrevented;
    }
    [customInspectSymbol](depth: number, options: object, inspect: Inspect): string {
      const { name } = this.constructor;
      return depth < 0 ? name : `${name} ${inspect({}, options)}`;
    }
  }
  for (const target of [Event, CustomEvent, EventTarget]) {
    Object.defineProperty(target.prototype, Symbol.toStringTag, { value: target.name, configurable: true });
  }
  return {
    Event,
    CustomEvent,
    EventTarget,
    listenersOf: (target, type) =>
      registryOf(target)
        .of(type)
        .map(({ listener }) => listener),
    trusted(type) {
      const event = new Event(type);
      stateOf(event).isTrusted = true;
      return event;
    },
  };
}
