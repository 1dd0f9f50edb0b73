import type { DeadLetter } from '../../brokers/bus/dead-letters';
import { noRetry, type RetryBudgetPolicy, type RetryPolicy } from '../../brokers/bus/retry';
import type { Message } from '../../log/envelope';
import { clonePlain } from '../../log/plain';

// What users pass is checked here, so that a wrong argument fails at their line with what it must be and what it is.

export function requireText(value: unknown, what: string): string {
  if (typeof value !== 'string' || value === '')
    throw new TypeError(`${what} must be a text that is not empty; it is ${kindOf(value)}.`);
  return value;
}

export function requireFunction(value: unknown, what: string): (...args: never[]) => unknown {
  if (typeof value !== 'function') throw new TypeError(`${what} must be a function; it is ${kindOf(value)}.`);
  return value as (...args: never[]) => unknown;
}

export function requireDuration(value: unknown, what: string): number {
  if (typeof value !== 'number' || !(value >= 0) || value > 1e12) {
    throw new RangeError(`${what}: the time must be a number of milliseconds, 0 or more; it is ${kindOf(value)}.`);
  }
  return value;
}

export function kindOf(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  return typeof value === 'object'
    ? 'an object'
    : `${typeof value} ${typeof value === 'function' ? '' : JSON.stringify(value)}`.trim();
}

/**
 * What a listener receives: the envelope and the payload, all its own to change. Written out, since a copy of the message
 * takes several times as long and there is one for every delivery.
 */
export function eventFor(message: Message): Record<string, unknown> {
  const { id, source, specversion, type, time, datacontenttype, correlationid, causationid, data } = message;
  if (data === undefined) return { ...message };
  const own = clonePlain(data);
  return causationid === undefined
    ? { id, source, specversion, type, time, datacontenttype, correlationid, data: own }
    : { id, source, specversion, type, time, datacontenttype, correlationid, causationid, data: own };
}

/** A dead letter as user code sees it: copies, all its own to change. */
export function letterFor({ message, subscription, attempts, reason, failure, diedAtMs }: DeadLetter): object {
  const { listener, process } = subscription;
  const error = failure && { name: failure.name, message: failure.message };
  return { event: eventFor(message), listener, process, attempts, reason, ...(error && { error }), diedAtMs };
}

export function retryPolicy(given: unknown): RetryPolicy {
  if (given === undefined) return noRetry;
  const options = (typeof given === 'number' ? { attempts: given } : given) as Record<string, unknown>;
  const attempts = Number(options['attempts'] ?? 3);
  if (!Number.isInteger(attempts) || attempts < 1)
    throw new RangeError(`retry.attempts must be a whole number from 1; it is ${kindOf(options['attempts'])}.`);
  const backoff = options['backoff'] ?? 'exponential';
  if (backoff !== 'fixed' && backoff !== 'exponential')
    throw new TypeError(`retry.backoff must be 'fixed' or 'exponential'; it is ${kindOf(backoff)}.`);
  return {
    attempts,
    backoff,
    jitter: jitterOf(options['jitter']),
    initialMs: requireDuration(options['initialMs'] ?? 100, 'retry.initialMs'),
    maxMs: requireDuration(options['maxMs'] ?? 30_000, 'retry.maxMs'),
    budget: budgetOf(options['budget']),
  };
}

function jitterOf(given: unknown): RetryPolicy['jitter'] {
  if (given === undefined || given === false || given === 'none') return 'none';
  if (given === true || given === 'full') return 'full';
  if (given === 'decorrelated') return given;
  throw new TypeError(`retry.jitter must be true, 'full', 'decorrelated' or 'none'; it is ${kindOf(given)}.`);
}

/** A number is the share. Defaults: those of Finagle's `RetryBudget`. */
function budgetOf(given: unknown): RetryBudgetPolicy | undefined {
  if (given === undefined) return undefined;
  const options = (typeof given === 'number' ? { share: given } : given) as Record<string, unknown>;
  const { share = 0.2, minPerSecond = 10, windowMs = 10_000 } = options;
  if (typeof share !== 'number' || !(share > 0) || share > 1_000)
    throw new RangeError(`retry.budget: the share must be a number above 0; it is ${kindOf(share)}.`);
  if (typeof minPerSecond !== 'number' || !(minPerSecond >= 0) || minPerSecond > 1e6)
    throw new RangeError(`retry.budget.minPerSecond must be a number, 0 or more; it is ${kindOf(minPerSecond)}.`);
  if (requireDuration(windowMs, 'retry.budget.windowMs') < 1)
    throw new RangeError('retry.budget.windowMs must be at least 1 ms.');
  return { share, minPerSecond, windowMs: windowMs as number };
}
