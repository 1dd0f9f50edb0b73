/**
 * `node:timers/promises`.
 * Follows Node 20, `lib/timers/promises.js` (MIT, copyright Node.js contributors).
 */
import { requireSignal } from './events';
import type { SignalOptions } from './events';
import { AbortError, requireBoolean, requireNumber, requireObject } from './node-error';
import type { Timers } from './timers';

interface WaitOptions extends SignalOptions {
  readonly ref?: boolean;
}

type Cancel = () => void;

const aborted = ({ signal }: SignalOptions) => new AbortError(undefined, { cause: signal?.reason });

function checkArguments(delayMs: unknown, options: WaitOptions): void {
  if (delayMs !== undefined) requireNumber(delayMs, 'delay');
  requireObject(options, 'options');
  requireSignal(options.signal, 'options.signal');
  if (options.ref !== undefined) requireBoolean(options.ref, 'options.ref');
}

/** A promise that `start` fulfils later, unless the signal comes first. */
function waiting<T>(delayMs: unknown, value: T, options: WaitOptions, start: (done: () => void) => Cancel): Promise<T> {
  try {
    checkArguments(delayMs, options);
  } catch (error) {
    // oxlint-disable-next-line typescript/prefer-promise-reject-errors -- it is one, from our own checks
    return Promise.reject(error);
  }
  const { signal } = options;
  if (signal?.aborted) return Promise.reject(aborted(options));
  return new Promise((resolve, reject) => {
    const cancel = start(() => {
      signal?.removeEventListener('abort', onAbort);
      resolve(value);
    });
    const onAbort = () => {
      cancel();
      reject(aborted(options));
    };
    signal?.addEventListener('abort', onAbort, { once: true });
  });
}

async function* interval<T>(
  timers: Timers,
  delayMs: unknown,
  value: T,
  options: WaitOptions,
): AsyncGenerator<T, void, undefined> {
  checkArguments(delayMs, options);
  const { signal } = options;
  if (signal?.aborted) throw aborted(options);
  let pending = 0;
  let wake: (() => void) | undefined;
  const timer = timers.setInterval(() => {
    pending += 1;
    wake?.();
  }, delayMs);
  if (options.ref === false) timer.unref();
  const onAbort = () => {
    timer.close();
    wake?.();
  };
  signal?.addEventListener('abort', onAbort, { once: true });
  try {
    while (!signal?.aborted) {
      if (pending === 0) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      for (; pending > 0; pending--) yield value;
    }
    throw aborted(options);
  } finally {
    timer.close();
    signal?.removeEventListener('abort', onAbort);
  }
}

export function createTimersPromises(timers: Timers) {
  const setTimeout = <T>(delayMs?: unknown, value?: T, options: WaitOptions = {}) =>
    waiting(delayMs, value, options, (done) => {
      const timer = timers.setTimeout(done, delayMs);
      if (options.ref === false) timer.unref();
      return () => {
        timer.close();
      };
    });
  const setImmediate = <T>(value?: T, options: WaitOptions = {}) =>
    waiting(undefined, value, options, (done) => {
      const immediate = timers.setImmediate(done);
      if (options.ref === false) immediate.unref();
      return () => {
        timers.clearImmediate(immediate);
      };
    });
  return {
    setTimeout,
    setImmediate,
    setInterval: <T>(delayMs?: unknown, value?: T, options: WaitOptions = {}) =>
      interval(timers, delayMs, value, options),
    scheduler: {
      wait: (delayMs: number, options: WaitOptions = {}) => setTimeout(delayMs, undefined, options),
      yield: () => setImmediate(),
    },
  };
}
