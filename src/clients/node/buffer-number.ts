/**
 * Numbers in buffers: `readInt32LE`, `writeDoubleBE` and the rest.
 * Checks and texts follow Node 20, `lib/internal/buffer.js` (MIT, copyright Node.js contributors).
 */
import { invalidArgType, nodeError, outOfRange, requireNumber } from './node-error';

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** Unlike `Number`, refuses bigints. */
const toNumber = (value: unknown): number => +(value as number);

function checkOffset(bytes: Uint8Array, offset: unknown, size: number): asserts offset is number {
  requireNumber(offset, 'offset');
  if (bytes[offset] !== undefined && bytes[offset + size - 1] !== undefined) return;
  if (Math.floor(offset) !== offset) throw outOfRange('offset', 'an integer', offset);
  const last = bytes.length - size;
  if (last < 0) {
    throw nodeError(RangeError, 'ERR_BUFFER_OUT_OF_BOUNDS', 'Attempt to access memory outside buffer bounds');
  }
  throw outOfRange('offset', `>= 0 and <= ${last}`, offset);
}

function checkSize(size: unknown): asserts size is number {
  requireNumber(size, 'byteLength');
  if (Number.isInteger(size) && size >= 1 && size <= 6) return;
  throw outOfRange('byteLength', Number.isInteger(size) ? '>= 1 and <= 6' : 'an integer', size);
}

function checkValue(value: number, size: number, isSigned: boolean): void {
  const bits = size * 8;
  const min = isSigned ? -(2 ** (bits - 1)) : 0;
  const max = isSigned ? 2 ** (bits - 1) - 1 : 2 ** bits - 1;
  if (!(value > max || value < min)) return;
  let range = `>= ${min} and <= ${max}`;
  if (size > 4) range = isSigned ? `>= -(2 ** ${bits - 1}) and < 2 ** ${bits - 1}` : `>= 0 and < 2 ** ${bits}`;
  throw outOfRange('value', range, value);
}

function readInteger(bytes: Uint8Array, offset: number, size: number, isSigned: boolean, isLittle: boolean): number {
  let value = 0;
  for (let i = 0; i < size; i++) value = value * 256 + bytes[isLittle ? offset + size - 1 - i : offset + i]!;
  const limit = 2 ** (size * 8 - 1);
  return isSigned && value >= limit ? value - 2 * limit : value;
}

function writeInteger(bytes: Uint8Array, value: number, offset: number, size: number, isLittle: boolean): number {
  let rest = Number.isNaN(value) ? 0 : Math.trunc(value);
  if (rest < 0) rest += 2 ** (size * 8);
  for (let i = 0; i < size; i++) {
    bytes[isLittle ? offset + i : offset + size - 1 - i] = rest % 256;
    rest = Math.floor(rest / 256);
  }
  return offset + size;
}

type Method = (this: Uint8Array, ...args: never[]) => unknown;

function integerMethods(isSigned: boolean, isLittle: boolean): Record<string, Method> {
  const kinds = isSigned ? ['Int'] : ['UInt', 'Uint'];
  const end = isLittle ? 'LE' : 'BE';
  const methods: Record<string, Method> = {};
  for (const kind of kinds) {
    methods[`read${kind}${end}`] = function (offset: unknown, size: unknown) {
      if (offset === undefined) throw invalidArgType('offset', 'number', offset);
      checkSize(size);
      checkOffset(this, offset, size);
      return readInteger(this, offset, size, isSigned, isLittle);
    };
    methods[`write${kind}${end}`] = function (value: unknown, offset: unknown, size: unknown) {
      checkSize(size);
      const number = toNumber(value);
      if (size === 1) requireNumber(offset, 'offset');
      checkValue(number, size, isSigned);
      checkOffset(this, offset, size);
      return writeInteger(this, number, offset, size, isLittle);
    };
    for (const size of [1, 2, 4]) {
      if (size === 1 && isLittle) continue;
      const suffix = size === 1 ? '8' : `${size * 8}${end}`;
      methods[`read${kind}${suffix}`] = function (offset: unknown = 0) {
        checkOffset(this, offset, size);
        return readInteger(this, offset, size, isSigned, isLittle);
      };
      methods[`write${kind}${suffix}`] = function (value: unknown, offset: unknown = 0) {
        const number = toNumber(value);
        if (size === 1) requireNumber(offset, 'offset');
        checkValue(number, size, isSigned);
        checkOffset(this, offset, size);
        return writeInteger(this, number, offset, size, isLittle);
      };
    }
  }
  return methods;
}

function checkWideValue(value: unknown, isSigned: boolean): void {
  const min = isSigned ? -(2n ** 63n) : 0n;
  const max = isSigned ? 2n ** 63n - 1n : 2n ** 64n - 1n;
  const compared = value as bigint;
  if (compared > max || compared < min) {
    throw outOfRange('value', isSigned ? '>= -(2n ** 63n) and < 2n ** 63n' : '>= 0n and < 2n ** 64n', value);
  }
}

function requireBigInt(value: unknown): asserts value is bigint {
  if (typeof value !== 'bigint') throw new TypeError('Cannot mix BigInt and other types, use explicit conversions');
}

function wideMethods(isLittle: boolean): Record<string, Method> {
  const end = isLittle ? 'LE' : 'BE';
  const methods: Record<string, Method> = {
    [`readFloat${end}`](offset: unknown = 0) {
      checkOffset(this, offset, 4);
      return viewOf(this).getFloat32(offset, isLittle);
    },
    [`readDouble${end}`](offset: unknown = 0) {
      checkOffset(this, offset, 8);
      return viewOf(this).getFloat64(offset, isLittle);
    },
    [`writeFloat${end}`](value: unknown, offset: unknown = 0) {
      const number = toNumber(value);
      checkOffset(this, offset, 4);
      viewOf(this).setFloat32(offset, number, isLittle);
      return offset + 4;
    },
    [`writeDouble${end}`](value: unknown, offset: unknown = 0) {
      const number = toNumber(value);
      checkOffset(this, offset, 8);
      viewOf(this).setFloat64(offset, number, isLittle);
      return offset + 8;
    },
  };
  for (const kind of ['BigInt', 'BigUInt', 'BigUint']) {
    const isSigned = kind === 'BigInt';
    methods[`read${kind}64${end}`] = function (offset: unknown = 0) {
      checkOffset(this, offset, 8);
      return isSigned ? viewOf(this).getBigInt64(offset, isLittle) : viewOf(this).getBigUint64(offset, isLittle);
    };
    methods[`write${kind}64${end}`] = function (value: unknown, offset: unknown = 0) {
      checkWideValue(value, isSigned);
      checkOffset(this, offset, 8);
      requireBigInt(value);
      viewOf(this).setBigInt64(offset, value, isLittle);
      return offset + 8;
    };
  }
  return methods;
}

export const numberMethods: Record<string, Method> = {
  ...integerMethods(false, true),
  ...integerMethods(false, false),
  ...integerMethods(true, true),
  ...integerMethods(true, false),
  ...wideMethods(true),
  ...wideMethods(false),
};
for (const [name, method] of Object.entries(numberMethods)) Object.defineProperty(method, 'name', { value: name });
