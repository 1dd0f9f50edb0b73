import type { BreakerChanged } from '../log/entry';

/** Who is told what the policies of one process do. */
export interface PolicyObserver {
  /** The policy's name and the line that makes it. `kind` is the name where the source gives none. */
  origin(kind: 'breaker' | 'retry'): PolicyOrigin;
  declared(policy: PolicyOrigin): void;
  changed(
    policy: PolicyOrigin,
    change: { readonly state: BreakerChanged['state']; readonly halfOpenInMs?: number; readonly error?: unknown },
  ): void;
  retried(
    policy: PolicyOrigin,
    retry: { readonly attempt: number; readonly delayMs: number; readonly error?: unknown },
  ): void;
  gaveUp(policy: PolicyOrigin, reason: { readonly error?: unknown }): void;
}

export interface PolicyOrigin {
  readonly policy: string;
  readonly where: string | undefined;
}

type Heard<T> = (listener: (data: T) => void) => unknown;
/** Either the error, or a value that counts as a failure. */
type Reason = { readonly error?: unknown };
interface Breaker {
  readonly onBreak: Heard<Reason>;
  readonly onStateChange: Heard<number>;
  /** The package keeps to itself when it will half-open; this is where it stands in the version that runs here. */
  readonly innerState: { readonly backoff?: { readonly duration: number } };
}
interface Retry {
  readonly onRetry: Heard<Reason & { readonly attempt: number; readonly delay: number }>;
  readonly onGiveUp: Heard<Reason>;
}

/** By the numbers of cockatiel's `CircuitState`. */
const states = ['closed', 'open', 'half-open', 'isolated'] as const;

/**
 * `cockatiel` as a process imports it: the package itself, every value of it, but what its factories make is listened to by the package's own
 * events, so that breaks and retries are facts of the log. Listening changes nothing that user code can notice.
 */
export function observedPolicies(exports: object, observer: PolicyObserver): object {
  const properties: PropertyDescriptorMap = Object.getOwnPropertyDescriptors(exports);
  const watch = <P>(
    factory: string,
    kind: 'breaker' | 'retry',
    listen: (policy: P, origin: PolicyOrigin) => void,
  ): void => {
    const value = new Proxy(Reflect.get(exports, factory) as (...args: unknown[]) => P, {
      apply(make, self, args) {
        const origin = observer.origin(kind);
        const policy: P = Reflect.apply<unknown, unknown[], P>(make, self, args);
        listen(policy, origin);
        return policy;
      },
    });
    properties[factory] = { value, enumerable: true };
  };
  watch('circuitBreaker', 'breaker', (breaker: Breaker, origin) => listenToBreaker(breaker, origin, observer));
  watch('retry', 'retry', (retry: Retry, origin) => {
    retry.onRetry(({ attempt, delay, ...reason }) =>
      observer.retried(origin, { attempt, delayMs: delay, ...errorOf(reason) }),
    );
    retry.onGiveUp((reason) => observer.gaveUp(origin, errorOf(reason)));
  });
  return Object.defineProperties({}, properties);
}

function listenToBreaker(breaker: Breaker, origin: PolicyOrigin, observer: PolicyObserver): void {
  observer.declared(origin);
  let reason: Reason = {};
  breaker.onBreak((given) => {
    reason = errorOf(given);
  });
  breaker.onStateChange((number) => {
    const state = states[number] ?? 'closed';
    const waitMs = state === 'open' ? breaker.innerState.backoff?.duration : undefined;
    observer.changed(origin, {
      state,
      ...(waitMs !== undefined && { halfOpenInMs: waitMs }),
      ...(state === 'open' && reason),
    });
  });
}

function errorOf(reason: Reason): Reason {
  return 'error' in reason ? { error: reason.error } : {};
}

/** The name that a line of source gives to what it makes: `breaker` in `const breaker = circuitBreaker(…)` or `breaker: circuitBreaker(…)`. */
export function nameInSource(line: string): string | undefined {
  const names = [
    ...line.matchAll(/([\p{L}\p{N}_$]+)\s*(?:(?::[^=,({]*)?=(?![=>])|:(?=\s*[\p{L}_$][\p{L}\p{N}_$.]*\())/gu),
  ];
  return names.at(-1)?.[1];
}
