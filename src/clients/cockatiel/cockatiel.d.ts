/** Policies around what may fail: retry, circuit breaker, timeout, bulkhead, fallback. The package itself runs here, unchanged. */
declare module 'cockatiel' {
  export type Event<T> = (listener: (data: T) => void) => { dispose(): void };
  export type FailureReason<T> = { error: Error } | { value: T };

  interface Context {
    /** Aborted when the policy gives up on the call. */
    readonly signal: AbortSignal;
    /** Behind a retry: 0 for the first call. */
    readonly attempt: number;
  }

  export interface IPolicy<Otherwise = never> {
    readonly onSuccess: Event<{ duration: number }>;
    readonly onFailure: Event<{ duration: number; handled: boolean; reason: FailureReason<unknown> }>;
    /** Calls the function as the policy says. */
    execute<T>(call: (context: Context) => PromiseLike<T> | T, signal?: AbortSignal): Promise<T | Otherwise>;
  }

  /** Which failures a policy is about. */
  export interface Policy {
    orType<T>(type: abstract new (...args: any) => T, predicate?: (error: T) => boolean): Policy;
    orWhen(predicate: (error: Error) => boolean): Policy;
    orWhenResult(predicate: (result: any) => boolean): Policy;
  }
  /** Every error. */
  export const handleAll: Policy;
  export function handleType<T>(type: abstract new (...args: any) => T, predicate?: (error: T) => boolean): Policy;
  export function handleWhen(predicate: (error: Error) => boolean): Policy;
  export function handleWhenResult(predicate: (result: any) => boolean): Policy;

  export enum CircuitState {
    Closed,
    Open,
    HalfOpen,
    Isolated,
  }
  export interface CircuitBreakerPolicy extends IPolicy {
    readonly state: CircuitState;
    readonly lastFailure: FailureReason<unknown> | undefined;
    readonly onBreak: Event<FailureReason<unknown> | { isolated: true }>;
    readonly onReset: Event<void>;
    readonly onHalfOpen: Event<void>;
    readonly onStateChange: Event<CircuitState>;
    /** Holds it open until the handle is disposed of. */
    isolate(): { dispose(): void };
  }
  /**
   * Opens when the breaker has seen enough failures; calls are refused with `BrokenCircuitError` then. After `halfOpenAfter` milliseconds one
   * call is let through to see whether it is over.
   *
   * @example
   * const breaker = circuitBreaker(handleAll, { halfOpenAfter: 5000, breaker: new ConsecutiveBreaker(3) });
   * await breaker.execute(() => fetch('http://bank:3000/pay', { method: 'POST' }));
   */
  export function circuitBreaker(
    policy: Policy,
    options: { halfOpenAfter: number | IBackoff; breaker: IBreaker; initialState?: unknown },
  ): CircuitBreakerPolicy;
  export interface IBreaker {
    state: unknown;
  }
  /** Opens after so many failures in a row. */
  export class ConsecutiveBreaker implements IBreaker {
    constructor(threshold: number);
    state: unknown;
  }
  /** Opens when `threshold`, a share, of the last `size` calls have failed. */
  export class CountBreaker implements IBreaker {
    constructor(options: { threshold: number; size: number; minimumNumberOfCalls?: number });
    state: unknown;
  }
  /** Opens when `threshold`, a share, of the calls of the last `duration` milliseconds have failed. */
  export class SamplingBreaker implements IBreaker {
    constructor(options: { threshold: number; duration: number; minimumRps?: number });
    state: unknown;
  }

  export interface RetryPolicy extends IPolicy {
    readonly onRetry: Event<FailureReason<unknown> & { delay: number; attempt: number }>;
    readonly onGiveUp: Event<FailureReason<unknown>>;
  }
  /** Calls again after a wait, `maxAttempts` times at most. */
  export function retry(policy: Policy, options: { maxAttempts?: number; backoff?: IBackoff }): RetryPolicy;
  export interface IBackoff {
    next(context: any): any;
  }
  export class ConstantBackoff implements IBackoff {
    constructor(intervalMs: number);
    next(context: any): any;
  }
  /** Waits that double, with jitter; 128 ms first, 30 s at most. */
  export class ExponentialBackoff implements IBackoff {
    constructor(options?: { initialDelay?: number; maxDelay?: number; exponent?: number; generator?: any });
    next(context: any): any;
  }
  export class IterableBackoff implements IBackoff {
    constructor(durationsMs: readonly number[]);
    next(context: any): any;
  }
  export class DelegateBackoff implements IBackoff {
    constructor(delay: (context: any, state?: any) => any);
    next(context: any): any;
  }

  export enum TimeoutStrategy {
    Cooperative = 'optimistic',
    Aggressive = 'pessimistic',
  }
  export function timeout(
    ms: number,
    strategy: TimeoutStrategy | { strategy: TimeoutStrategy; abortOnReturn: boolean },
  ): IPolicy & {
    readonly onTimeout: Event<void>;
  };
  /** At most `limit` calls at once, and `queue` that wait. */
  export function bulkhead(
    limit: number,
    queue?: number,
  ): IPolicy & {
    readonly executionSlots: number;
    readonly queueSlots: number;
    readonly onReject: Event<void>;
  };
  export function fallback<R>(policy: Policy, otherwise: (() => Promise<R> | R) | R): IPolicy<R>;
  export const noop: IPolicy;
  /** The first is the outermost. */
  export function wrap(...policies: readonly IPolicy<any>[]): IPolicy<any>;

  export class BrokenCircuitError extends Error {}
  export class IsolatedCircuitError extends BrokenCircuitError {}
  export class BulkheadRejectedError extends Error {}
  export class TaskCancelledError extends Error {}
  export function isBrokenCircuitError(error: unknown): error is BrokenCircuitError;
  export function isTaskCancelledError(error: unknown): error is TaskCancelledError;
}
