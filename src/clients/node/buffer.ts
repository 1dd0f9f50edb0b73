/**
 * `Buffer`. Small ones don't share a pool, unlike Node's, so `buf.buffer` is as long as the buffer.
 * Follows Node 20, `lib/buffer.js` (MIT, copyright Node.js contributors).
 */
import { numberMethods } from './buffer-number';
import {
  compareBytes,
  copyBytes,
  fillBytes,
  indexOfValue,
  requireBytes,
  requireOffset,
  requireSize,
  swapBytes,
  unknownEncoding,
} from './buffer-search';
import { decodeText, encodedLength, encodeText, encodingOf, shortAscii } from './encoding';
import type { Encoding } from './encoding';
import { customInspectSymbol } from './inspect-context';
import type { Inspect } from './inspect-context';
import { invalidArgType, nodeError, textOf } from './node-error';
import { isAnyArrayBuffer, typedArrayName } from './value-kind';

const inspectedBytesMax = 50;

function encodingNamed(name: unknown): Encoding {
  const encoding = name === undefined || name === null || name === '' ? 'utf8' : encodingOf(textOf(name));
  if (encoding === undefined) throw unknownEncoding(name);
  return encoding;
}

/** The prototype of all buffers; people only see `Buffer`. */
class FastBuffer extends Uint8Array<ArrayBuffer> {}

const asBuffer = (bytes: Uint8Array<ArrayBuffer>): FastBuffer =>
  new FastBuffer(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** On memory of its own: of that size, or a copy. TypeScript knows another one of its constructors. */
const OwnBuffer = FastBuffer as unknown as new (from: number | Uint8Array) => FastBuffer;

const emptyBuffer = (size: number): FastBuffer => new OwnBuffer(size);

function relative(value: unknown, length: number, fallback: number): number {
  const position = value === undefined ? fallback : Math.trunc(Number(value)) || 0;
  return position < 0 ? Math.max(0, position + length) : Math.min(position, length);
}

function clamped(value: unknown, length: number, fallback: number): number {
  if (value === undefined) return fallback;
  return Math.min(Math.max(0, Math.trunc(Number(value)) || 0), length);
}

/** `write(text[, offset[, length]][, encoding])` */
function write(this: FastBuffer, text: unknown, offset?: unknown, length?: unknown, encoding?: unknown): number {
  let start = 0;
  let room = this.length;
  let name = encoding;
  if (typeof offset === 'string' && length === undefined) {
    name = offset;
  } else if (offset !== undefined) {
    requireOffset(offset, 'offset', this.length);
    start = offset;
    room = this.length - offset;
    if (typeof length === 'string') {
      name = length;
    } else if (length !== undefined) {
      requireOffset(length, 'length', this.length);
      room = Math.min(room, length);
    }
  }
  const known = encodingNamed(name);
  if (typeof text !== 'string') throw nodeError(TypeError, 'ERR_INVALID_ARG_TYPE', 'argument must be a string');
  const bytes = encodeText(text, known);
  let count = Math.min(room, bytes.length);
  // Only whole characters are written.
  if (known === 'utf8') while (count < bytes.length && count > 0 && (bytes[count]! & 0xc0) === 0x80) count--;
  if (known === 'utf16le') count -= count % 2;
  this.set(bytes.subarray(0, count), start);
  return count;
}

/** In the style of `util.inspect`, with what else was put on the buffer. */
function inspectBuffer(
  this: FastBuffer,
  _depth: unknown,
  options?: { showHidden?: boolean },
  inspect?: Inspect,
): string {
  const shown = this.subarray(0, inspectedBytesMax);
  const remaining = this.length - shown.length;
  let text = Array.from(shown, (byte) => byte.toString(16).padStart(2, '0')).join(' ');
  if (remaining > 0) text += ` ... ${remaining} more byte${remaining > 1 ? 's' : ''}`;
  if (options !== undefined && inspect !== undefined) {
    const keys = options.showHidden ? Reflect.ownKeys(this) : Object.keys(this);
    const extras = keys.filter((key) => typeof key === 'symbol' || !/^\d+$/.test(key));
    if (extras.length > 0) {
      const bare = Object.create(null) as Record<PropertyKey, unknown>;
      for (const key of extras) bare[key] = Reflect.get(this, key) as unknown;
      const inner = inspect(bare, { ...options, breakLength: Infinity, compact: true });
      text += `${this.length === 0 ? '' : ', '}${inner.slice(27, -2)}`;
    }
  }
  return `<${this.constructor.name} ${text}>`;
}

const textMethods = {
  toString(this: FastBuffer, encoding?: unknown, start?: unknown, end?: unknown): string {
    const from = clamped(start, this.length, 0);
    const to = clamped(end, this.length, this.length);
    if (to <= from) return '';
    if (encoding === undefined) return decodeText(Uint8Array.prototype.subarray.call(this, from, to), 'utf8');
    const known = encodingOf(textOf(encoding));
    if (known === undefined) throw unknownEncoding(encoding);
    return decodeText(Uint8Array.prototype.subarray.call(this, from, to), known);
  },
  toJSON(this: FastBuffer) {
    return { type: 'Buffer', data: Array.from(this) };
  },
  write,
  inspect: inspectBuffer,
};

const searchMethods = {
  equals(this: FastBuffer, other: unknown): boolean {
    requireBytes(other, 'otherBuffer');
    return this === other || compareBytes(this, other) === 0;
  },
  compare(this: FastBuffer, target: unknown, ...ranges: unknown[]): number {
    requireBytes(target, 'target');
    const [targetStart = 0, targetEnd = target.length, sourceStart = 0, sourceEnd = this.length] = ranges;
    requireOffset(targetStart, 'targetStart');
    requireOffset(targetEnd, 'targetEnd', target.length);
    requireOffset(sourceStart, 'sourceStart');
    requireOffset(sourceEnd, 'sourceEnd', this.length);
    if (sourceStart >= sourceEnd) return targetStart >= targetEnd ? 0 : -1;
    if (targetStart >= targetEnd) return 1;
    return compareBytes(this.subarray(sourceStart, sourceEnd), target.subarray(targetStart, targetEnd));
  },
  indexOf(this: FastBuffer, value: unknown, offset?: unknown, encoding?: unknown): number {
    return indexOfValue(this, value, offset, encoding, true);
  },
  lastIndexOf(this: FastBuffer, value: unknown, offset?: unknown, encoding?: unknown): number {
    return indexOfValue(this, value, offset, encoding, false);
  },
  includes(this: FastBuffer, value: unknown, offset?: unknown, encoding?: unknown): boolean {
    return indexOfValue(this, value, offset, encoding, true) !== -1;
  },
};

const changingMethods = {
  copy(this: FastBuffer, target: unknown, targetStart?: unknown, sourceStart?: unknown, sourceEnd?: unknown): number {
    return copyBytes(this, target, targetStart, sourceStart, sourceEnd);
  },
  fill(this: FastBuffer, value: unknown, offset?: unknown, end?: unknown, encoding?: unknown): FastBuffer {
    fillBytes(this, value, offset, end, encoding);
    return this;
  },
  subarray(this: FastBuffer, start?: unknown, end?: unknown): FastBuffer {
    const from = relative(start, this.length, 0);
    const to = relative(end, this.length, this.length);
    return new FastBuffer(this.buffer, this.byteOffset + from, Math.max(0, to - from));
  },
  slice(this: FastBuffer, start?: unknown, end?: unknown): FastBuffer {
    return changingMethods.subarray.call(this, start, end);
  },
  swap16(this: FastBuffer): FastBuffer {
    swapBytes(this, 2);
    return this;
  },
  swap32(this: FastBuffer): FastBuffer {
    swapBytes(this, 4);
    return this;
  },
  swap64(this: FastBuffer): FastBuffer {
    swapBytes(this, 8);
    return this;
  },
};

function sliceMethods(): Record<string, unknown> {
  const methods: Record<string, unknown> = {};
  const names: [string, Encoding][] = [
    ['ascii', 'ascii'],
    ['base64', 'base64'],
    ['base64url', 'base64url'],
    ['latin1', 'latin1'],
    ['hex', 'hex'],
    ['ucs2', 'utf16le'],
    ['utf8', 'utf8'],
  ];
  for (const [name, encoding] of names) {
    methods[`${name}Slice`] = function (this: FastBuffer, start?: number, end?: number) {
      return textMethods.toString.call(this, encoding, start, end);
    };
    methods[`${name}Write`] = function (this: FastBuffer, text: string, offset?: number, length?: number) {
      return write.call(this, text, offset, length, encoding);
    };
  }
  return methods;
}

const prototype = FastBuffer.prototype;
Object.assign(prototype, numberMethods, sliceMethods(), textMethods, searchMethods, changingMethods);
Object.defineProperty(prototype, 'toLocaleString', { value: textMethods.toString, enumerable: true, writable: true });
Object.defineProperty(prototype, customInspectSymbol, { value: inspectBuffer, writable: true, configurable: true });
Object.defineProperty(prototype, 'parent', {
  enumerable: true,
  get(this: unknown) {
    return this instanceof FastBuffer ? this.buffer : undefined;
  },
});
Object.defineProperty(prototype, 'offset', {
  enumerable: true,
  get(this: unknown) {
    return this instanceof FastBuffer ? this.byteOffset : undefined;
  },
});

const sources = ['string', 'Buffer', 'ArrayBuffer', 'Array', 'Array-like Object'];

function invalidSource(value: unknown): Error {
  const received = invalidArgType('first argument', sources, value).message.split('. Received ')[1]!;
  const message =
    'The first argument must be of type string or an instance of Buffer, ArrayBuffer, or Array or an Array-like ' +
    `Object. Received ${received}`;
  return nodeError(TypeError, 'ERR_INVALID_ARG_TYPE', message);
}

function fromArrayBuffer(memory: ArrayBuffer, offset: unknown, length: unknown): FastBuffer {
  const start = Number(offset) || 0;
  const outside = (name: string) =>
    nodeError(RangeError, 'ERR_BUFFER_OUT_OF_BOUNDS', `"${name}" is outside of buffer bounds`);
  const room = memory.byteLength - start;
  if (room < 0) throw outside('offset');
  if (length === undefined) return new FastBuffer(memory, start);
  const count = Math.max(0, Number(length) || 0);
  if (count > room) throw outside('length');
  return new FastBuffer(memory, start, count);
}

const ShortBuffer = FastBuffer as unknown as new (length: number) => FastBuffer;

/** The same bytes on memory of their own. Made this way a short one needs none outside the engine's heap. */
export function bufferCopy(bytes: Uint8Array): FastBuffer {
  const copy = new ShortBuffer(bytes.length);
  copy.set(bytes);
  return copy;
}

function fromArrayLike(values: ArrayLike<unknown>): FastBuffer {
  if (typedArrayName(values) === 'Uint8Array') return bufferCopy(values as Uint8Array);
  return asBuffer(Uint8Array.from({ length: Math.max(0, values.length) }, (_, i) => Number(values[i])));
}

function fromObject(value: object): FastBuffer | undefined {
  if ('length' in value || ('buffer' in value && isAnyArrayBuffer(value.buffer))) {
    const length: unknown = Reflect.get(value, 'length');
    return typeof length === 'number' ? fromArrayLike(value as ArrayLike<unknown>) : emptyBuffer(0);
  }
  const { type, data } = value as { type?: unknown; data?: unknown };
  return type === 'Buffer' && Array.isArray(data) ? fromArrayLike(data) : undefined;
}

function from(value: unknown, encodingOrOffset?: unknown, length?: unknown): FastBuffer {
  if (typeof value === 'string') return bufferOfText(value, encodingNamed(encodingOrOffset));
  if (typeof value !== 'object' || value === null) throw invalidSource(value);
  // The most frequent source, which passes all further questions and comes to this.
  if (typedArrayName(value) === 'Uint8Array' && value.valueOf() === value) return bufferCopy(value as Uint8Array);
  if (isAnyArrayBuffer(value)) return fromArrayBuffer(value as ArrayBuffer, encodingOrOffset, length);
  const plain: unknown = value.valueOf();
  if (plain !== null && plain !== value && (typeof plain === 'string' || typeof plain === 'object')) {
    return from(plain, encodingOrOffset, length);
  }
  const found = fromObject(value);
  if (found !== undefined) return found;
  const convert: unknown = Reflect.get(value, Symbol.toPrimitive);
  const text: unknown = typeof convert === 'function' ? Reflect.apply(convert, value, ['string']) : undefined;
  if (typeof text === 'string') return from(text, encodingOrOffset);
  throw invalidSource(value);
}

function alloc(size: unknown, fill?: unknown, encoding?: unknown): FastBuffer {
  requireSize(size);
  const buffer = emptyBuffer(Math.floor(size));
  if (fill !== undefined && fill !== 0 && size > 0) fillBytes(buffer, fill, 0, buffer.length, encoding);
  return buffer;
}

function concat(list: unknown, length?: unknown): FastBuffer {
  if (!Array.isArray(list)) throw invalidArgType('list', 'Array', list);
  const parts = list as unknown[];
  parts.forEach((part, i) => {
    requireBytes(part, `list[${i}]`);
  });
  const chunks = parts as Uint8Array[];
  if (length !== undefined) requireOffset(length, 'length');
  const total = length ?? chunks.reduce((sum, chunk) => sum + chunk.length, 0);
  const buffer = emptyBuffer(total);
  let position = 0;
  for (const chunk of chunks) position += copyBytes(chunk, buffer, position, 0, chunk.length);
  return buffer;
}

const staticFunctions = {
  poolSize: 8192,
  from,
  copyBytesFrom(view: ArrayBufferView, offset = 0, length?: number): FastBuffer {
    const elements = view as unknown as { slice(start: number, end?: number): Uint8Array<ArrayBuffer> };
    const copy = elements.slice(offset, length === undefined ? undefined : offset + length);
    return new FastBuffer(copy.buffer);
  },
  of: (...bytes: number[]): FastBuffer => asBuffer(Uint8Array.of(...bytes)),
  alloc,
  // Never other people's memory here: that would be chance from outside.
  allocUnsafe: (size: unknown): FastBuffer => alloc(size),
  allocUnsafeSlow: (size: unknown): FastBuffer => alloc(size),
  isBuffer: (value: unknown): boolean => value instanceof FastBuffer,
  compare(a: unknown, b: unknown): number {
    requireBytes(a, 'buf1');
    requireBytes(b, 'buf2');
    return compareBytes(a, b);
  },
  isEncoding: (name: unknown): boolean => typeof name === 'string' && encodingOf(name) !== undefined,
  concat,
  byteLength(value: unknown, encoding?: unknown): number {
    if (typeof value === 'string') return encodedLength(value, encodingOf(textOf(encoding ?? 'utf8')) ?? 'utf8');
    if (ArrayBuffer.isView(value) || isAnyArrayBuffer(value)) return value.byteLength;
    throw invalidArgType('string', ['string', 'Buffer', 'ArrayBuffer'], value);
  },
};

function BufferFunction(value: unknown, encodingOrOffset?: unknown, length?: unknown): FastBuffer {
  if (typeof value !== 'number') return from(value, encodingOrOffset, length);
  if (typeof encodingOrOffset === 'string') throw invalidArgType('string', 'string', value);
  return alloc(value);
}
Object.defineProperty(BufferFunction, 'name', { value: 'Buffer' });
Object.setPrototypeOf(BufferFunction, Uint8Array);
Object.defineProperty(BufferFunction, Symbol.species, { configurable: true, get: () => FastBuffer });
BufferFunction.prototype = prototype;
Object.defineProperty(prototype, 'constructor', { value: BufferFunction, writable: true, configurable: true });

export type BufferInstance = FastBuffer;
export const Buffer = Object.assign(BufferFunction, staticFunctions);

/** A text as a buffer of its own: when it is short it is written there, since to put a buffer on other bytes takes much longer. */
export function bufferOfText(text: string, encoding: Encoding): BufferInstance {
  return (encoding === 'utf8' ? shortAscii(text, OwnBuffer) : undefined) ?? asBuffer(encodeText(text, encoding));
}

/** Bytes as a buffer: those that are one already, or one on the same memory. */
export const bufferOf = (bytes: Uint8Array): BufferInstance => (bytes instanceof FastBuffer ? bytes : bufferOn(bytes));

/** Bytes as a buffer on the same memory. */
export const bufferOn = (bytes: Uint8Array): BufferInstance => asBuffer(bytes as Uint8Array<ArrayBuffer>);
