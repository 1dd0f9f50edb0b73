/**
 * `AbortController` and `AbortSignal`, with time-outs in virtual time.
 * Follows Node 20, `lib/internal/abort_controller.js` (MIT, copyright Node.js contributors).
 */
import { DOMException } from './dom-exception';
import type { ProcessEnvironment } from './environment';
import type { Event, EventClasses, EventListener, EventTarget } from './event-target';
import { customInspectSymbol } from './inspect-context';
import type { Inspect } from './inspect-context';
import { invalidArgType, nodeError, requireInteger } from './node-error';

export interface AbortSignal extends EventTarget {
  readonly aborted: boolean;
  readonly reason: unknown;
  onabort: EventListener | null;
  throwIfAborted(): void;
}

interface SignalState {
  isAborted: boolean;
  reason: unknown;
  handler: EventListener | null;
  handlerListener: ((event: Event) => unknown) | undefined;
  /** Signals that `any` made of this one; they are aborted with it. */
  readonly dependants: Set<AbortSignal>;
}

export interface AbortClasses {
  readonly AbortController: new () => { readonly signal: AbortSignal; abort(reason?: unknown): void };
  readonly AbortSignal: {
    new (): AbortSignal;
    abort(reason?: unknown): AbortSignal;
    timeout(delayMs: number): AbortSignal;
    any(signals: Iterable<AbortSignal>): AbortSignal;
  };
}

const states = new WeakMap<object, SignalState>();
const creationKey = Symbol('may make a signal');

function stateOf(signal: unknown): SignalState {
  const state = typeof signal === 'object' && signal !== null ? states.get(signal) : undefined;
  if (state !== undefined) return state;
  throw nodeError(TypeError, 'ERR_INVALID_THIS', 'Value of "this" must be of type AbortSignal');
}

function inspectedAs(
  value: { constructor: { name: string } },
  shown: object,
  depth: number,
  options: { depth?: number | null },
  inspect: Inspect,
): unknown {
  if (depth < 0) return value;
  const inner = { ...options, depth: typeof options.depth === 'number' ? options.depth - 1 : null };
  return `${value.constructor.name} ${inspect(shown, inner)}`;
}

function setHandler(signal: AbortSignal, handler: EventListener | null): void {
  const state = stateOf(signal);
  if (state.handlerListener !== undefined) signal.removeEventListener('abort', state.handlerListener);
  state.handler = handler;
  state.handlerListener = undefined;
  if (typeof handler !== 'function') return;
  state.handlerListener = (event) => handler.call(signal, event);
  signal.addEventListener('abort', state.handlerListener);
}

function createSignalClass(events: EventClasses) {
  return class AbortSignal extends events.EventTarget {
    constructor(key?: symbol) {
      super();
      if (key !== creationKey) throw nodeError(TypeError, 'ERR_ILLEGAL_CONSTRUCTOR', 'Illegal constructor');
      const dependants = new Set<AbortSignal>();
      states.set(this, { isAborted: false, reason: undefined, handler: null, handlerListener: undefined, dependants });
    }
    get aborted(): boolean {
      return stateOf(this).isAborted;
    }
    get reason(): unknown {
      return stateOf(this).reason;
    }
    get onabort(): EventListener | null {
      return stateOf(this).handler;
    }
    set onabort(handler: EventListener | null) {
      setHandler(this, handler);
    }
    throwIfAborted(): void {
      const { isAborted, reason } = stateOf(this);
      if (isAborted) throw reason;
    }
    [customInspectSymbol](depth: number, options: object, inspect: Inspect): unknown {
      return inspectedAs(this, { aborted: this.aborted }, depth, options, inspect);
    }
  };
}

function withDependants(signal: AbortSignal, found = new Set<AbortSignal>()): Set<AbortSignal> {
  if (found.has(signal) || stateOf(signal).isAborted) return found;
  found.add(signal);
  for (const dependant of stateOf(signal).dependants) withDependants(dependant, found);
  return found;
}

function createAbort(events: EventClasses) {
  return function abort(signal: AbortSignal, reason: unknown): void {
    const aborted = withDependants(signal);
    for (const each of aborted) Object.assign(stateOf(each), { isAborted: true, reason });
    for (const each of aborted) each.dispatchEvent(events.trusted('abort'));
  };
}

export function createAbortClasses(
  environment: Pick<ProcessEnvironment, 'schedule' | 'bind'>,
  events: EventClasses,
): AbortClasses {
  const SignalClass = createSignalClass(events);
  const abort = createAbort(events);
  const create = (): AbortSignal => new SignalClass(creationKey);
  const defaultReason = () => new DOMException('This operation was aborted', 'AbortError');

  const AbortSignal = Object.assign(SignalClass, {
    abort(reason: unknown = defaultReason()): AbortSignal {
      const signal = create();
      Object.assign(stateOf(signal), { isAborted: true, reason });
      return signal;
    },
    timeout(delayMs: number): AbortSignal {
      requireInteger(delayMs, 'delay', 0, 2 ** 32 - 1);
      const signal = create();
      const expire = environment.bind(() => {
        abort(signal, new DOMException('The operation was aborted due to timeout', 'TimeoutError'));
      });
      environment.schedule(Math.max(1, delayMs), expire).unref();
      return signal;
    },
    any(signals: Iterable<AbortSignal>): AbortSignal {
      if (!Array.isArray(signals)) throw invalidArgType('signals', 'Array', signals);
      const sources = [...(signals as readonly AbortSignal[])];
      for (const [i, source] of sources.entries()) {
        if (!states.has(source)) throw invalidArgType(`signals[${i}]`, 'AbortSignal', source);
      }
      const signal = create();
      const done = sources.find((source) => source.aborted);
      if (done !== undefined) Object.assign(stateOf(signal), { isAborted: true, reason: done.reason });
      else for (const source of sources) stateOf(source).dependants.add(signal);
      return signal;
    },
  });

  class AbortController {
    readonly #signal = create();
    get signal(): AbortSignal {
      return this.#signal;
    }
    abort(reason: unknown = defaultReason()): void {
      abort(this.#signal, reason);
    }
    [customInspectSymbol](depth: number, options: object, inspect: Inspect): unknown {
      return inspectedAs(this, { signal: this.signal }, depth, options, inspect);
    }
  }
  for (const target of [AbortController, SignalClass]) {
    const tag = target === SignalClass ? 'AbortSignal' : 'AbortController';
    Object.defineProperty(target.prototype, Symbol.toStringTag, { value: tag, configurable: true });
  }
  return { AbortController, AbortSignal };
}
