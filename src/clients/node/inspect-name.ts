/**
 * What a value is called before its braces: its constructor, its tag, `null prototype`; and for a function its kind.
 * Follows Node 20, `lib/internal/util/inspect.js` (MIT, copyright Node.js contributors), whose output it must equal.
 */
import { isAsyncFunction, isGeneratorFunction, internalClassName } from './value-kind';

// The built-ins of the language, whatever else the engine's global object holds.
const builtInNames = new Set(
  (
    'Object Function Array Number Boolean String Symbol Date Promise RegExp Error AggregateError EvalError RangeError ' +
    'ReferenceError SyntaxError TypeError URIError JSON Math Intl ArrayBuffer Uint8Array Int8Array Uint16Array ' +
    'Int16Array Uint32Array Int32Array Float32Array Float64Array Uint8ClampedArray BigUint64Array BigInt64Array ' +
    'DataView Map BigInt Set WeakMap WeakSet Proxy Reflect FinalizationRegistry WeakRef SharedArrayBuffer Atomics ' +
    'WebAssembly'
  ).split(' '),
);

function isInstance(value: unknown, constructor: unknown): boolean {
  try {
    return value instanceof (constructor as abstract new () => unknown);
  } catch {
    return false;
  }
}

export function isBuiltInConstructor(prototype: object): boolean {
  const constructor: unknown = Object.getOwnPropertyDescriptor(prototype, 'constructor')?.value;
  return typeof constructor === 'function' && builtInNames.has(constructor.name);
}

export interface FoundConstructor {
  readonly name: string;
  /** The prototype that named it. */
  readonly owner: object;
}

/** Walks the prototypes, the value itself first, to one whose constructor the value is an instance of. */
export function findConstructor(value: object): FoundConstructor | undefined {
  for (let owner: object | null = value; owner !== null; owner = Object.getPrototypeOf(owner) as object | null) {
    if (owner === Object.prototype && isInstance(value, Object)) return { name: 'Object', owner };
    if (owner === Function.prototype && isInstance(value, Function)) return { name: 'Function', owner };
    const constructor: unknown = Object.getOwnPropertyDescriptor(owner, 'constructor')?.value;
    if (typeof constructor === 'function' && constructor.name !== '' && isInstance(value, constructor)) {
      return { name: String(constructor.name), owner };
    }
  }
  return undefined;
}

export function prefixOf(constructor: string | null, tag: string, fallback: string, size = ''): string {
  if (constructor === null) {
    return tag !== '' && fallback !== tag
      ? `[${fallback}${size}: null prototype] [${tag}] `
      : `[${fallback}${size}: null prototype] `;
  }
  return tag !== '' && constructor !== tag ? `${constructor}${size} [${tag}] ` : `${constructor}${size} `;
}

export function plainPrefixOf(value: unknown, constructor: string | null, tag: string): string {
  let fallback = '';
  if (constructor === null) {
    fallback = internalClassName(value);
    if (fallback === tag) fallback = 'Object';
  }
  return prefixOf(constructor, tag, fallback);
}

type AnyFunction = (...args: never[]) => unknown;

function classBase(value: AnyFunction, constructor: string | null, tag: string): string {
  const name = (Object.hasOwn(value, 'name') && value.name) || '(anonymous)';
  let base = `class ${name}`;
  if (constructor !== 'Function' && constructor !== null) base += ` [${constructor}]`;
  if (tag !== '' && constructor !== tag) base += ` [${tag}]`;
  if (constructor === null) {
    base += ' extends [null prototype]';
  } else {
    const superName = (Object.getPrototypeOf(value) as { name?: string }).name;
    if (superName) base += ` extends ${superName}`;
  }
  return `[${base}]`;
}

const classHead = /^(\s+[^(]*?)\s*{/;
const comments = /(\/\/.*?\n)|(\/\*(.|\n)*?\*\/)/g;

function isClassSource(source: string): boolean {
  if (!source.startsWith('class') || !source.endsWith('}')) return false;
  const rest = source.slice(5, -1);
  const bracket = rest.indexOf('{');
  if (bracket === -1) return false;
  return !rest.slice(0, bracket).includes('(') || classHead.test(rest.replace(comments, ''));
}

export function functionBase(value: AnyFunction, constructor: string | null, tag: string): string {
  if (isClassSource(Function.prototype.toString.call(value))) return classBase(value, constructor, tag);
  let type = 'Function';
  if (isGeneratorFunction(value)) type = `Generator${type}`;
  if (isAsyncFunction(value)) type = `Async${type}`;
  let base = `[${type}`;
  if (constructor === null) base += ' (null prototype)';
  base += value.name === '' ? ' (anonymous)' : `: ${value.name}`;
  base += ']';
  if (constructor !== type && constructor !== null) base += ` ${constructor}`;
  if (tag !== '' && constructor !== tag) base += ` [${tag}]`;
  return base;
}
