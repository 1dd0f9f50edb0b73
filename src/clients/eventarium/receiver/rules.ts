import { kindOf, requireDuration, requireFunction } from '../arguments';
import { noRetry, type RetryPolicy } from '../../../brokers/bus/retry';
import { signatureRule, type SignatureRule } from './signature';

export type UserCode = (event: object) => unknown;

/** What a receiver was told to do, checked. All waiting in milliseconds. */
export interface ReceiverRules {
  readonly name: string;
  readonly where: string | undefined;
  readonly signature: SignatureRule;
  readonly handle: UserCode;
  readonly filter: UserCode | undefined;
  readonly deduplicate: { readonly windowMs: number; readonly by: UserCode | undefined } | undefined;
  readonly concurrency: number;
  /** At most `max` attempts begin in any `perMs`. */
  readonly rate: { readonly max: number; readonly perMs: number } | undefined;
  readonly retry: RetryPolicy;
  readonly timeoutMs: number;
  readonly queueMax: number;
}

const hourMs = 3_600_000;

const known: readonly string[] = [
  'verify',
  'handle',
  'filter',
  'deduplicate',
  'concurrency',
  'rate',
  'retry',
  'timeoutMs',
  'queueMax',
];

/** @throws TypeError or RangeError that names what is wrong, at the line that defines the receiver. */
export function receiverRules(name: string, given: unknown, where: string | undefined): ReceiverRules {
  const call = `webhookReceiver('${name}', options)`;
  const options = fieldsOf(given, `${call}: options`, known);
  const { verify, handle, filter, deduplicate, concurrency = 10, rate, retry, timeoutMs = 60_000 } = options;
  const { queueMax = 10_000 } = options;
  return {
    name,
    where,
    signature: signatureRule(verify, call),
    handle: requireFunction(handle, `${call}: handle`) as unknown as UserCode,
    filter: filter === undefined ? undefined : (requireFunction(filter, `${call}: filter`) as unknown as UserCode),
    deduplicate: deduplicationOf(deduplicate, call),
    concurrency: countOf(concurrency, `${call}: concurrency`, 1_000),
    rate: rateOf(rate, call),
    retry: retryOf(retry, call),
    timeoutMs: positive(timeoutMs, `${call}: timeoutMs`),
    queueMax: countOf(queueMax, `${call}: queueMax`, 100_000),
  };
}

function deduplicationOf(given: unknown, call: string): ReceiverRules['deduplicate'] {
  if (given === false) return undefined;
  const { windowMs = hourMs, by } = fieldsOf(given ?? {}, `${call}: deduplicate`, ['windowMs', 'by']);
  return {
    windowMs: positive(windowMs, `${call}: deduplicate.windowMs`),
    by: by === undefined ? undefined : (requireFunction(by, `${call}: deduplicate.by`) as unknown as UserCode),
  };
}

function rateOf(given: unknown, call: string): ReceiverRules['rate'] {
  if (given === undefined) return undefined;
  const { max, perMs = 1_000 } = fieldsOf(given, `${call}: rate`, ['max', 'perMs']);
  return { max: countOf(max, `${call}: rate.max`, 100_000), perMs: positive(perMs, `${call}: rate.perMs`) };
}

/** As Hookdeck's retry rule: `linear` waits the same each time, `exponential` twice as long each time. */
function retryOf(given: unknown, call: string): RetryPolicy {
  if (given === false) return noRetry;
  const what = `${call}: retry`;
  const options = fieldsOf(given ?? {}, what, ['attempts', 'strategy', 'intervalMs', 'maxMs']);
  const { attempts = 5, strategy = 'exponential', intervalMs = 1_000, maxMs = hourMs } = options;
  if (strategy !== 'linear' && strategy !== 'exponential')
    throw new TypeError(`${what}.strategy must be 'linear' or 'exponential'; it is ${kindOf(strategy)}.`);
  return {
    attempts: countOf(attempts, `${what}.attempts`, 1_000),
    backoff: strategy === 'linear' ? 'fixed' : 'exponential',
    initialMs: positive(intervalMs, `${what}.intervalMs`),
    maxMs: positive(maxMs, `${what}.maxMs`),
    jitter: 'none',
    budget: undefined,
  };
}

function fieldsOf(given: unknown, what: string, names: readonly string[]): Record<string, unknown> {
  if (typeof given !== 'object' || given === null || Array.isArray(given))
    throw new TypeError(`${what} must be an object; it is ${Array.isArray(given) ? 'a list' : kindOf(given)}.`);
  const unknown = Object.keys(given).find((name) => !names.includes(name));
  if (unknown !== undefined)
    throw new TypeError(`${what} has no field ${JSON.stringify(unknown)}; there are ${names.join(', ')}.`);
  return given as Record<string, unknown>;
}

function countOf(given: unknown, what: string, max: number): number {
  if (typeof given === 'number' && Number.isInteger(given) && given >= 1 && given <= max) return given;
  throw new RangeError(`${what} must be a whole number from 1 to ${String(max)}; it is ${kindOf(given)}.`);
}

function positive(given: unknown, what: string): number {
  const ms = requireDuration(given, what);
  if (ms < 1) throw new RangeError(`${what} must be at least 1 ms; it is ${String(ms)}.`);
  return ms;
}
