/**
 * Errors with a code, as Node's own functions throw them: the code is a property, and stands in brackets in the stack
 * and in `toString()` but not in `name` or `message`.
 * Texts follow Node 20, `lib/internal/errors.js` (MIT, copyright Node.js contributors).
 */

/** A value of the user's as text, whatever that comes to. */
export const textOf = (value: unknown): string => ''.concat(value as string);

export type CodedError = Error & { code: string };

export function nodeError(
  Base: ErrorConstructor | TypeErrorConstructor | RangeErrorConstructor,
  code: string,
  message: string,
  details: object = {},
): CodedError {
  const error = new Base(message) as CodedError;
  Object.defineProperty(error, 'toString', {
    value(this: Error) {
      return `${this.name} [${code}]: ${this.message}`;
    },
    configurable: true,
    writable: true,
  });
  const header = `${error.name}: `;
  const stack: unknown = error.stack;
  if (typeof stack === 'string' && stack.startsWith(header)) {
    const marked = `${error.name} [${code}]: ${stack.slice(header.length)}`;
    Object.defineProperty(error, 'stack', { value: marked, configurable: true, writable: true });
  }
  error.code = code;
  return Object.assign(error, details);
}

/** What an operation that was cancelled by a signal rejects with, outside `fetch` and the like. */
export class AbortError extends Error {
  readonly code = 'ABORT_ERR';
  constructor(message = 'The operation was aborted', options?: ErrorOptions) {
    super(message, options);
    this.name = 'AbortError';
  }
}

function describeNumber(value: number): string {
  return Object.is(value, -0) ? 'type number (-0)' : `type number (${value})`;
}

/** A value as the end of "Received …". */
export function describeReceived(value: unknown): string {
  switch (typeof value) {
    case 'undefined':
      return 'undefined';
    case 'bigint':
      return `type bigint (${value}n)`;
    case 'number':
      return describeNumber(value);
    case 'boolean':
    case 'symbol':
      return `type ${typeof value} (${String(value)})`;
    case 'function':
      return `function ${value.name}`;
    case 'string': {
      const text = value.length > 28 ? `${value.slice(0, 25)}...` : value;
      return text.includes("'") ? `type string (${JSON.stringify(text)})` : `type string ('${text}')`;
    }
    case 'object':
      break;
  }
  if (value === null) return 'null';
  const constructor: unknown = Reflect.get(value, 'constructor');
  if (typeof constructor === 'function' && 'name' in constructor) return `an instance of ${constructor.name}`;
  return Reflect.ownKeys(value).length === 0 ? '[Object: null prototype] {}' : '[Object: null prototype]';
}

const typeNames = new Set([
  'string',
  'function',
  'number',
  'object',
  'Function',
  'Object',
  'boolean',
  'bigint',
  'symbol',
]);
const className = /^([A-Z][a-z0-9]*)+$/;

function listed(words: readonly string[], joint: string): string {
  if (words.length <= 2) return words.join(` ${joint} `);
  return `${words.slice(0, -1).join(', ')}, ${joint} ${words.at(-1)!}`;
}

function describeExpected(expected: readonly string[]): string {
  const types = expected.filter((word) => typeNames.has(word)).map((word) => word.toLowerCase());
  const instances = expected.filter((word) => !typeNames.has(word) && className.test(word));
  const others = expected.filter((word) => !typeNames.has(word) && !className.test(word));
  const object = types.indexOf('object');
  if (instances.length > 0 && object !== -1) {
    types.splice(object, 1);
    instances.push('Object');
  }
  const parts: string[] = [];
  if (types.length > 0) parts.push(`${types.length > 1 ? 'one of type' : 'of type'} ${listed(types, 'or')}`);
  if (instances.length > 0) parts.push(`an instance of ${listed(instances, 'or')}`);
  if (others.length > 1) parts.push(`one of ${listed(others, 'or')}`);
  else if (others.length === 1) {
    const [other = ''] = others;
    parts.push(other.toLowerCase() === other ? other : `an ${other}`);
  }
  return parts.join(' or ');
}

export function invalidArgType(name: string, expected: string | readonly string[], actual: unknown): CodedError {
  const subject = name.endsWith(' argument') ? name : `"${name}" ${name.includes('.') ? 'property' : 'argument'}`;
  const wanted = describeExpected(typeof expected === 'string' ? [expected] : expected);
  const message = `The ${subject} must be ${wanted}. Received ${describeReceived(actual)}`;
  return nodeError(TypeError, 'ERR_INVALID_ARG_TYPE', message);
}

/** `inspected` is the value as `inspect` writes it. */
export function invalidArgValue(
  name: string,
  inspected: string,
  reason = 'is invalid',
  Base: TypeErrorConstructor | RangeErrorConstructor = TypeError,
): CodedError {
  const type = name.includes('.') ? 'property' : 'argument';
  const shown = inspected.length > 128 ? `${inspected.slice(0, 128)}...` : inspected;
  return nodeError(Base, 'ERR_INVALID_ARG_VALUE', `The ${type} '${name}' ${reason}. Received ${shown}`);
}

const withSeparators = (digits: string): string => digits.replace(/\B(?=(\d{3})+(?!\d))/g, '_');

export function outOfRange(name: string, range: string, actual: unknown): CodedError {
  let received: string;
  if (Number.isInteger(actual) && Math.abs(actual as number) > 2 ** 32) {
    received = withSeparators(String(actual));
  } else if (typeof actual === 'bigint') {
    const isLong = actual > 2n ** 32n || actual < -(2n ** 32n);
    received = `${isLong ? withSeparators(String(actual)) : String(actual)}n`;
  } else {
    received = typeof actual === 'string' ? `'${actual}'` : Object.is(actual, -0) ? '-0' : String(actual);
  }
  const message = `The value of "${name}" is out of range. It must be ${range}. Received ${received}`;
  return nodeError(RangeError, 'ERR_OUT_OF_RANGE', message);
}

export function missingArgs(...names: string[]): CodedError {
  const quoted = names.map((name) => `"${name}"`);
  const subject = `${listed(quoted, 'and')} argument${names.length > 1 ? 's' : ''}`;
  return nodeError(TypeError, 'ERR_MISSING_ARGS', `The ${subject} must be specified`);
}

export function requireFunction(value: unknown, name: string): asserts value is (...args: never[]) => unknown {
  if (typeof value !== 'function') throw invalidArgType(name, 'function', value);
}

export function requireString(value: unknown, name: string): asserts value is string {
  if (typeof value !== 'string') throw invalidArgType(name, 'string', value);
}

export function requireObject(value: unknown, name: string): asserts value is object {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw invalidArgType(name, 'Object', value);
}

export function requireBoolean(value: unknown, name: string): asserts value is boolean {
  if (typeof value !== 'boolean') throw invalidArgType(name, 'boolean', value);
}

export function requireNumber(value: unknown, name: string): asserts value is number {
  if (typeof value !== 'number') throw invalidArgType(name, 'number', value);
}

export function requireInteger(
  value: unknown,
  name: string,
  min = Number.MIN_SAFE_INTEGER,
  max = Number.MAX_SAFE_INTEGER,
): asserts value is number {
  requireNumber(value, name);
  if (!Number.isInteger(value)) throw outOfRange(name, 'an integer', value);
  if (value < min || value > max) throw outOfRange(name, `>= ${min} && <= ${max}`, value);
}
