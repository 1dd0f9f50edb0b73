/**
 * `node:assert` and `node:assert/strict`.
 * Follows Node 20, `lib/assert.js` (MIT, copyright Node.js contributors).
 */
import { AssertionError } from './assertion-error';
import type { AssertionOptions } from './assertion-error';
import { isDeepEqual, isDeepStrictEqual } from './deep-equal';
import type { Inspect } from './inspect-context';
import { invalidArgType, missingArgs, nodeError, requireFunction, textOf } from './node-error';
import { isError, isPromise, isRegExp } from './value-kind';

function fail(options: AssertionOptions, generated = false): never {
  if (options.message instanceof Error) throw options.message;
  const error = new AssertionError(options);
  if (generated) error.generatedMessage = true;
  throw error;
}

type Compare = (actual: unknown, expected: unknown) => boolean;

const comparison = (operator: string, holds: Compare) =>
  function (...args: unknown[]): void {
    const [actual, expected, message] = args;
    if (args.length < 2) throw missingArgs('actual', 'expected');
    if (!holds(actual, expected)) fail({ actual, expected, message, operator });
  };

// oxlint-disable-next-line eqeqeq -- the loose comparison of `assert.equal`
const looselyEqual: Compare = (a, b) => a == b || (Number.isNaN(a) && Number.isNaN(b));
const not =
  (compare: Compare): Compare =>
  (a, b) =>
    !compare(a, b);

const strictComparisons = {
  strictEqual: comparison('strictEqual', Object.is),
  notStrictEqual: comparison('notStrictEqual', not(Object.is)),
  deepStrictEqual: comparison('deepStrictEqual', isDeepStrictEqual),
  notDeepStrictEqual: comparison('notDeepStrictEqual', not(isDeepStrictEqual)),
};
const looseComparisons = {
  equal: comparison('==', looselyEqual),
  notEqual: comparison('!=', not(looselyEqual)),
  deepEqual: comparison('deepEqual', isDeepEqual),
  notDeepEqual: comparison('notDeepEqual', not(isDeepEqual)),
};

function ok(...args: unknown[]): void {
  const [value, message] = args;
  if (value) return;
  if (args.length === 0) {
    fail({ actual: value, expected: true, message: 'No value argument passed to `assert.ok()`', operator: '==' }, true);
  }
  const isGenerated = message === undefined || message === null;
  // Node quotes the source of the call here, which the simulation doesn't keep.
  const text = isGenerated ? 'The expression evaluated to a falsy value' : message;
  fail({ actual: value, expected: true, message: text, operator: '==' }, isGenerated);
}

const nothingThrown = Symbol('nothing was thrown');

function thrownBy(callback: unknown): unknown {
  requireFunction(callback, 'fn');
  try {
    callback();
  } catch (error) {
    return error;
  }
  return nothingThrown;
}

async function rejectionOf(given: unknown): Promise<unknown> {
  const isThenable = (value: unknown) =>
    isPromise(value) || (typeof value === 'object' && value !== null && 'then' in value && 'catch' in value);
  const promise: unknown = typeof given === 'function' ? Reflect.apply(given, undefined, []) : given;
  if (!isThenable(promise)) {
    if (typeof given !== 'function') throw invalidArgType('promiseFn', ['Function', 'Promise'], given);
    const received = invalidArgType('x', 'Promise', promise).message.split('. Received ')[1]!;
    const message = `Expected instance of Promise to be returned from the "promiseFn" function but got ${received}.`;
    throw nodeError(TypeError, 'ERR_INVALID_RETURN_VALUE', message);
  }
  try {
    await promise;
  } catch (error) {
    return error;
  }
  return nothingThrown;
}

/** Which part of what was thrown is compared, when an object says what to expect. */
function picked(source: object, keys: readonly string[], actual?: object): object {
  // oxlint-disable-next-line typescript/no-extraneous-class -- the difference shows its name
  class Comparison {}
  const result = new Comparison() as Record<string, unknown>;
  for (const key of keys) {
    if (!(key in source)) continue;
    const wanted: unknown = Reflect.get(source, key);
    const given: unknown = actual === undefined ? undefined : Reflect.get(actual, key);
    result[key] = isRegExp(wanted) && typeof given === 'string' && wanted.test(given) ? given : wanted;
  }
  return result;
}

interface Expectation {
  readonly actual: unknown;
  readonly expected: object;
  readonly message: unknown;
  readonly operator: string;
  readonly inspect: Inspect;
}

function expectShape({ actual, expected, message, operator }: Expectation): void {
  if (typeof actual !== 'object' || actual === null) fail({ actual, expected, message, operator: 'deepStrictEqual' });
  const keys = Object.keys(expected);
  if (expected instanceof Error) keys.push('name', 'message');
  for (const key of keys) {
    const wanted: unknown = Reflect.get(expected, key);
    const given: unknown = Reflect.get(actual, key);
    if (typeof given === 'string' && isRegExp(wanted) && wanted.test(given)) continue;
    if (key in actual && isDeepStrictEqual(given, wanted)) continue;
    if (message) fail({ actual, expected, message, operator });
    const [a, b] = [picked(actual, keys), picked(expected, keys, actual)];
    const error = new AssertionError({ actual: a, expected: b, operator: 'deepStrictEqual' });
    throw Object.assign(error, { actual, expected, operator });
  }
}

function classMessage(actual: unknown, expected: { name: string }, inspect: Inspect): string {
  const start = `The error is expected to be an instance of "${expected.name}". Received `;
  if (!isError(actual)) return `${start}"${inspect(actual, { depth: -1 })}"`;
  const name = actual.constructor.name || actual.name;
  const same = expected.name === name ? 'an error with identical name but a different prototype.' : `"${name}"`;
  return `${start}${same}${actual.message ? `\n\nError message:\n\n${actual.message}` : ''}`;
}

type Expected = ((error: unknown) => unknown) & { prototype?: unknown };

/** `undefined` when what was thrown is as expected, otherwise why not. */
function complaint({ actual, expected, inspect }: Expectation): string | undefined {
  if (isRegExp(expected)) {
    const text = String(actual);
    if (expected.test(text)) return undefined;
    const pattern = inspect(expected);
    return `The input did not match the regular expression ${pattern}. Input:\n\n${inspect(text)}\n`;
  }
  const check = expected as Expected;
  if (check.prototype !== undefined && actual instanceof check) return undefined;
  if (Object.prototype.isPrototypeOf.call(Error, check)) return classMessage(actual, check, inspect);
  const result = Reflect.apply(check, {}, [actual]);
  if (result === true) return undefined;
  const name = check.name ? `"${check.name}" ` : '';
  const start = `The ${name}validation function is expected to return "true". Received ${inspect(result)}`;
  return isError(actual) ? `${start}\n\nCaught error:\n\n${String(actual)}` : start;
}

function expectError(inspect: Inspect, operator: string, actual: unknown, error?: unknown, note?: unknown): void {
  const types = ['Object', 'Error', 'Function', 'RegExp'];
  if (typeof error === 'string' && note !== undefined) throw invalidArgType('error', types, error);
  const message = typeof error === 'string' ? error : note;
  const expected = typeof error === 'string' ? undefined : error;
  if (expected !== undefined && expected !== null && typeof expected !== 'object' && typeof expected !== 'function') {
    throw invalidArgType('error', types, expected);
  }
  if (actual === nothingThrown) {
    const name: unknown = expected ? Reflect.get(expected, 'name') : undefined;
    const details = `${name ? ` (${textOf(name)})` : ''}${message ? `: ${textOf(message)}` : '.'}`;
    const type = operator === 'rejects' ? 'rejection' : 'exception';
    fail({ actual: undefined, expected, operator, message: `Missing expected ${type}${details}` });
  }
  if (!expected) return;
  const expectation: Expectation = { actual, expected, message, operator, inspect };
  if (typeof expected === 'object' && !isRegExp(expected)) {
    expectShape(expectation);
    return;
  }
  const why = complaint(expectation);
  if (why === undefined) return;
  const failure = new AssertionError({ actual, expected, message: message || why, operator });
  failure.generatedMessage = !message;
  throw failure;
}

function expectNoError(inspect: Inspect, operator: string, actual: unknown, error?: unknown, note?: unknown): void {
  if (actual === nothingThrown) return;
  const message = typeof error === 'string' ? error : note;
  const expected = typeof error === 'string' || error === null ? undefined : error;
  if (expected !== undefined && complaint({ actual, expected, message, operator, inspect }) !== undefined) throw actual;
  const type = operator === 'doesNotReject' ? 'rejection' : 'exception';
  const reason: unknown = typeof actual === 'object' && actual !== null ? Reflect.get(actual, 'message') : undefined;
  const details = `${message ? `: ${textOf(message)}` : '.'}\nActual message: "${String(reason)}"`;
  fail({ actual, expected, operator, message: `Got unwanted ${type}${details}` });
}

function matching(inspect: Inspect, operator: 'match' | 'doesNotMatch') {
  return function (text: unknown, pattern: unknown, message?: unknown): void {
    if (!isRegExp(pattern)) throw invalidArgType('regexp', 'RegExp', pattern);
    if (typeof text === 'string' && pattern.test(text) === (operator === 'match')) return;
    const verb = operator === 'match' ? 'The input did not match' : 'The input was expected to not match';
    const generated =
      typeof text === 'string'
        ? `${verb} the regular expression ${inspect(pattern)}. Input:\n\n${inspect(text)}\n`
        : `The "string" argument must be of type string. Received type ${typeof text} (${inspect(text)})`;
    fail({ actual: text, expected: pattern, message: message || generated, operator }, !message);
  };
}

function ifError(inspect: Inspect, value: unknown): void {
  if (value === null || value === undefined) return;
  const text: unknown = typeof value === 'object' ? Reflect.get(value, 'message') : undefined;
  const shown = typeof text === 'string' ? text || value.constructor.name : inspect(value);
  fail({ actual: value, expected: null, operator: 'ifError', message: `ifError got unwanted exception: ${shown}` });
}

function throwingAssertions(inspect: Inspect) {
  return {
    throws(callback: unknown, ...rest: unknown[]): void {
      expectError(inspect, 'throws', thrownBy(callback), ...rest);
    },
    async rejects(promise: unknown, ...rest: unknown[]): Promise<void> {
      expectError(inspect, 'rejects', await rejectionOf(promise), ...rest);
    },
    doesNotThrow(callback: unknown, ...rest: unknown[]): void {
      expectNoError(inspect, 'doesNotThrow', thrownBy(callback), ...rest);
    },
    async doesNotReject(promise: unknown, ...rest: unknown[]): Promise<void> {
      expectNoError(inspect, 'doesNotReject', await rejectionOf(promise), ...rest);
    },
    ifError(value: unknown): void {
      ifError(inspect, value);
    },
    match: matching(inspect, 'match'),
    doesNotMatch: matching(inspect, 'doesNotMatch'),
  };
}

export function createAssert(inspect: Inspect) {
  const common = {
    fail(message: unknown = 'Failed'): never {
      fail({ message, operator: 'fail' }, message === 'Failed');
    },
    AssertionError,
    ok: (...args: unknown[]) => {
      ok(...args);
    },
    ...strictComparisons,
    ...throwingAssertions(inspect),
  };
  const { strictEqual, notStrictEqual, deepStrictEqual, notDeepStrictEqual } = strictComparisons;
  const strict = Object.assign((...args: unknown[]) => ok(...args), common, {
    equal: strictEqual,
    notEqual: notStrictEqual,
    deepEqual: deepStrictEqual,
    notDeepEqual: notDeepStrictEqual,
  });
  const loose = Object.assign((...args: unknown[]) => ok(...args), common, looseComparisons, { strict });
  Object.assign(strict, { strict });
  for (const assert of [strict, loose]) Object.defineProperty(assert, 'name', { value: 'ok' });
  return loose;
}
