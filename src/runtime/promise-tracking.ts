import type { Context } from './context';
import type { PromiseState } from '../clients/node/environment';
import { isHandled, markHandled } from './handled-promises';
import type { Turn } from './turn';

/**
 * `then` carries the context of whoever registered a callback, as `await` does in instrumented code, and tells the run
 * that there is something to wait for. The intrinsic method is replaced once per realm; without a run, or while the runtime
 * itself is at work, it does what it always did.
 */
type Then = (this: Promise<unknown>, onFulfilled?: unknown, onRejected?: unknown) => Promise<unknown>;

export const nativeThen = Promise.prototype.then as Then;

let active: Turn | undefined;
let installed = false;
/** Promises that were reported as rejected without a handler. */
const reported = new WeakSet<Promise<unknown>>();
/** Promises that were only looked at, by the one that the engine reports in their place. */
const observed = new WeakMap<Promise<unknown>, Promise<unknown>>();
let onHandledLate: ((promise: Promise<unknown>) => void) | undefined;

/** Makes this run the one whose user code is tracked. One run at a time may be active in a realm. */
export function activateTracking(turn: Turn, handledLate: (promise: Promise<unknown>) => void): void {
  active = turn;
  onHandledLate = handledLate;
  if (installed) return;
  installed = true;
  void Object.defineProperty(Promise.prototype, 'then', { value: trackedThen, writable: true, configurable: true });
  trackResolvers();
  const { reject } = Promise;
  Object.defineProperty(Promise, 'reject', {
    value(this: PromiseConstructor, reason: unknown) {
      if (active !== undefined && active.c !== null) {
        active.a++;
        active.noteRejection(reason, active.c);
      }
      return reject.call(this, reason);
    },
    writable: true,
    configurable: true,
  });
}

/** Resolving functions that the engine hands out itself; others come out of the constructor, see `Turn.q`. */
function trackResolvers(): void {
  const { withResolvers } = Promise as { withResolvers?: (this: unknown) => Resolvers };
  if (withResolvers === undefined) return;
  Object.defineProperty(Promise, 'withResolvers', {
    value(this: unknown) {
      const { promise, resolve, reject } = withResolvers.call(this);
      const turn = active;
      if (turn === undefined || turn.c === null) return { promise, resolve, reject };
      const owner = turn.c;
      return {
        promise,
        resolve(value: unknown) {
          turn.a++;
          resolve(value);
        },
        reject(reason: unknown) {
          turn.a++;
          turn.noteRejection(reason, turn.c ?? owner);
          reject(reason);
        },
      };
    },
    writable: true,
    configurable: true,
  });
}

interface Resolvers {
  readonly promise: Promise<unknown>;
  readonly resolve: (value: unknown) => void;
  readonly reject: (reason: unknown) => void;
}

export function deactivateTracking(turn: Turn): void {
  if (active !== turn) return;
  active = undefined;
  onHandledLate = undefined;
}

export function markReported(promise: Promise<unknown>): void {
  reported.add(promise);
}

/**
 * Tells how a promise ends without handling it. For the engine whoever looks handles it, so what the look itself gives is
 * rejected in its place, and the engine reports that one: see `rejectedOf`.
 */
export function observe(turn: Turn, promise: Promise<unknown>, onSettled: (state: PromiseState) => void): void {
  const look = nativeThen.call(
    promise,
    (value: unknown) => {
      onSettled({ type: 'fulfilled', value });
    },
    (reason: unknown) => {
      onSettled({ type: 'rejected', value: reason });
      if (isHandled(promise)) return;
      turn.mayReject = true;
      throw reason;
    },
  );
  observed.set(look, promise);
}

/** The promise that an engine's report is about; undefined when somebody handles it, or it was reported already. */
export function rejectedOf(promise: Promise<unknown>): Promise<unknown> | undefined {
  const meant = observed.get(promise);
  if (meant === undefined) return promise;
  return isHandled(meant) || reported.has(meant) ? undefined : meant;
}

const trackedThen: Then = function then(onFulfilled, onRejected) {
  const turn = active;
  if (turn === undefined || turn.c === null) return nativeThen.call(this, onFulfilled, onRejected);
  turn.j();
  turn.a++;
  turn.o++;
  markHandled(this);
  if (reported.has(this)) {
    reported.delete(this);
    onHandledLate?.(this);
  }
  const context = turn.c;
  return nativeThen.call(
    this,
    carry(turn, context, onFulfilled) ?? passOn(turn),
    carry(turn, context, onRejected) ?? passOnError(turn),
  );
};

/** What the language does for a callback that is not given, and the account of those that wait with it. */
function passOn(turn: Turn): (value: unknown) => unknown {
  return (value) => {
    turn.a++;
    turn.o--;
    return value;
  };
}

function passOnError(turn: Turn): (error: unknown) => never {
  return (error) => {
    turn.a++;
    turn.o--;
    throw error;
  };
}

function carry(turn: Turn, context: Context, callback: unknown): unknown {
  if (typeof callback !== 'function') return undefined;
  return (value: unknown): unknown => {
    turn.a++;
    turn.o--;
    try {
      turn.enter(turn.z === 0 ? context : turn.broughtIn(context, value));
      turn.d = 0;
      return (callback as (value: unknown) => unknown)(value);
    } catch (error) {
      turn.noteRejection(error, context);
      throw error;
    }
  };
}
