/** Looking through buffers: comparing, finding, filling. Follows Node 20, `lib/buffer.js` (MIT, Node.js contributors). */
import { encodeText, encodingOf } from './encoding';
import {
  invalidArgType,
  invalidArgValue,
  nodeError,
  outOfRange,
  requireInteger,
  requireNumber,
  textOf,
} from './node-error';
import { isUint8Array } from './value-kind';

export function unknownEncoding(name: unknown): Error {
  return nodeError(TypeError, 'ERR_UNKNOWN_ENCODING', `Unknown encoding: ${String(name)}`);
}

export function requireBytes(value: unknown, name: string): asserts value is Uint8Array {
  if (!isUint8Array(value)) throw invalidArgType(name, ['Buffer', 'Uint8Array'], value);
}

export function requireOffset(value: unknown, name: string, max = 2 ** 32): asserts value is number {
  requireInteger(value, name, 0, max);
}

export function compareBytes(a: Uint8Array, b: Uint8Array): -1 | 0 | 1 {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) if (a[i] !== b[i]) return a[i]! < b[i]! ? -1 : 1;
  return a.length === b.length ? 0 : a.length < b.length ? -1 : 1;
}

const matchesAt = (bytes: Uint8Array, needle: Uint8Array, at: number): boolean => {
  for (let i = 0; i < needle.length; i++) if (bytes[at + i] !== needle[i]) return false;
  return true;
};

/** Where a search begins; with nothing to search for, also where it ends. */
function startOfSearch(length: number, from: number, needleLength: number, isForward: boolean): number {
  if (from < 0) {
    if (from + length >= 0) return from + length;
    return isForward || needleLength === 0 ? 0 : -1;
  }
  if (from + needleLength <= length) return from;
  if (needleLength === 0) return length;
  return isForward ? -1 : length - 1;
}

function findBytes(bytes: Uint8Array, needle: Uint8Array, from: number, isForward: boolean, step: number): number {
  const start = startOfSearch(bytes.length, from, needle.length, isForward);
  if (needle.length === 0 || start === -1) return start;
  const last = bytes.length - needle.length;
  if (isForward) {
    for (let i = start; i <= last; i += step) if (matchesAt(bytes, needle, i)) return i;
    return -1;
  }
  for (let i = Math.min(start, last); i >= 0; i -= step) if (matchesAt(bytes, needle, i)) return i;
  return -1;
}

export function indexOfValue(
  bytes: Uint8Array,
  value: unknown,
  offset: unknown,
  encoding: unknown,
  isForward: boolean,
): number {
  const name: unknown = typeof offset === 'string' ? offset : encoding;
  const position = typeof offset === 'string' ? NaN : Number(offset);
  const from = Number.isNaN(position) ? (isForward ? 0 : bytes.length) : Math.trunc(position);
  if (typeof value === 'number') return findBytes(bytes, Uint8Array.of(value), from, isForward, 1);
  const known = name === undefined ? 'utf8' : encodingOf(textOf(name));
  const step = known === 'utf16le' ? 2 : 1;
  if (typeof value === 'string') {
    if (known === undefined) throw unknownEncoding(name);
    return findBytes(bytes, encodeText(value, known), from, isForward, step);
  }
  if (isUint8Array(value)) return findBytes(bytes, value, from, isForward, step);
  throw invalidArgType('value', ['number', 'string', 'Buffer', 'Uint8Array'], value);
}

/** `encoding` may come in place of `offset` or `end`. */
export function fillBytes(bytes: Uint8Array, value: unknown, offset: unknown, end: unknown, encoding: unknown): void {
  let from = offset;
  let to = end;
  let name = encoding;
  if (typeof value === 'string') {
    if (from === undefined || typeof from === 'string') {
      name = from;
      from = 0;
      to = bytes.length;
    } else if (typeof to === 'string') {
      name = to;
      to = bytes.length;
    }
  }
  if (from === undefined) {
    from = 0;
    to = bytes.length;
  } else {
    requireOffset(from, 'offset');
    if (to === undefined) to = bytes.length;
    else requireOffset(to, 'end', bytes.length);
  }
  const start = from as number;
  const stop = to as number;
  const pattern = patternOf(value, name);
  if (start >= stop) return;
  if (pattern.length === 0) throw invalidArgValue('value', typeof value === 'string' ? `'${value}'` : emptyName(value));
  if (start > bytes.length) {
    throw nodeError(RangeError, 'ERR_BUFFER_OUT_OF_BOUNDS', 'Attempt to access memory outside buffer bounds');
  }
  for (let i = start; i < stop; i++) bytes[i] = pattern[(i - start) % pattern.length]!;
}

const emptyName = (value: unknown): string =>
  (value as object).constructor === Uint8Array ? 'Uint8Array(0) []' : '<Buffer >';

function patternOf(value: unknown, encoding: unknown): Uint8Array {
  if (typeof value === 'string') {
    const known = encoding === undefined ? 'utf8' : encodingOf(textOf(encoding));
    if (known === undefined) throw unknownEncoding(encoding);
    if (value === '') return Uint8Array.of(0);
    return encodeText(value, known);
  }
  return isUint8Array(value) ? value : Uint8Array.of(Number(value) & 255);
}

const whole = (value: unknown, fallback: number): number => {
  const number = Math.trunc(Number(value));
  return value === undefined || Number.isNaN(number) ? fallback : number;
};

export function copyBytes(
  source: Uint8Array,
  target: unknown,
  targetStart: unknown,
  sourceStart: unknown,
  sourceEnd: unknown,
): number {
  requireBytes(target, 'target');
  const to = whole(targetStart, 0);
  if (to < 0) throw outOfRange('targetStart', '>= 0', to);
  const from = whole(sourceStart, 0);
  if (from < 0 || from > source.length) throw outOfRange('sourceStart', `>= 0 && <= ${source.length}`, from);
  const end = whole(sourceEnd, source.length);
  if (end < 0) throw outOfRange('sourceEnd', '>= 0', end);
  if (to >= target.length || from >= end) return 0;
  const count = Math.min(end - from, target.length - to, source.length - from);
  target.set(source.subarray(from, from + count), to);
  return count;
}

export function swapBytes(bytes: Uint8Array, size: number): void {
  if (bytes.length % size !== 0) {
    const message = `Buffer size must be a multiple of ${size * 8}-bits`;
    throw nodeError(RangeError, 'ERR_INVALID_BUFFER_SIZE', message);
  }
  for (let i = 0; i < bytes.length; i += size) bytes.subarray(i, i + size).reverse();
}

export function requireSize(size: unknown): asserts size is number {
  requireNumber(size, 'size');
  if (!(size >= 0 && size <= 2 ** 32)) throw outOfRange('size', `>= 0 && <= ${2 ** 32}`, size);
}
