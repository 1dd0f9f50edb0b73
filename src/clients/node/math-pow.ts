/**
 * Powers, the same in every engine, to within a unit in the last place; for `Math.pow`, `**` and `Math.hypot`.
 *
 * After FreeBSD's msun, which is fdlibm: "Copyright (C) 1993 by Sun Microsystems, Inc. All rights reserved. Developed at
 * SunSoft, a Sun Microsystems, Inc. business. Permission to use, copy, modify, and distribute this software is freely
 * granted, provided that this notice is preserved."
 */
import { fromWords, highWord, productError, scaled, withHighWord, withLowWord } from './math-words';

/** A number as the sum of a double with an empty low word and what is left. */
interface Split {
  readonly high: number;
  readonly low: number;
}

const logTerms = [
  5.99999999999994648725e-1, 4.28571428578550184252e-1, 3.33333329818377432918e-1, 2.72728123808534006489e-1,
  2.30660745775561754067e-1, 2.06975017800338417784e-1,
] as const;

/** log2(x) for positive x, to some 70 bits. */
function preciseLog2(x: number): Split {
  let exponent = 0;
  let size = x;
  if (highWord(size) < 0x00100000) {
    size *= 9007199254740992;
    exponent -= 53;
  }
  const high = highWord(size);
  exponent += (high >> 20) - 0x3ff;
  const fraction = high & 0x000fffff;
  let normal = fraction | 0x3ff00000;
  // The interval: below √1.5, below √3, or above, which is half of the next power of two.
  let isUpper = false;
  if (fraction > 0x3988e && fraction < 0xbb67a) {
    isUpper = true;
  } else if (fraction >= 0xbb67a) {
    exponent += 1;
    normal -= 0x00100000;
  }
  size = withHighWord(size, normal);
  const base = isUpper ? 1.5 : 1;
  const u = size - base;
  const v = 1 / (size + base);
  const s = u * v;
  const sHigh = withLowWord(s, 0);
  const tHigh = fromWords(((normal >> 1) | 0x20000000) + 0x00080000 + (isUpper ? 0x00040000 : 0), 0);
  const tLow = size - (tHigh - base);
  const sLow = v * (u - sHigh * tHigh - sHigh * tLow);
  const s2 = s * s;
  const series = logTerms.reduceRight((sum, term) => term + s2 * sum, 0);
  const r = s2 * s2 * series + sLow * (sHigh + s);
  const sHighSquare = sHigh * sHigh;
  const cubeHigh = withLowWord(3 + sHighSquare + r, 0);
  const cubeLow = r - (cubeHigh - 3 - sHighSquare);
  const product = sHigh * cubeHigh;
  const rest = sLow * cubeHigh + cubeLow * s;
  const sumHigh = withLowWord(product + rest, 0);
  const sumLow = rest - (sumHigh - product);
  const zHigh = 9.61796700954437255859e-1 * sumHigh;
  const zLow =
    -7.02846165095275826516e-9 * sumHigh +
    sumLow * 9.61796693925975554329e-1 +
    (isUpper ? 1.35003920212974897128e-8 : 0);
  const baseLog = isUpper ? 5.84962487220764160156e-1 : 0;
  const result = withLowWord(zHigh + zLow + baseLog + exponent, 0);
  return { high: result, low: zLow - (result - exponent - baseLog - zHigh) };
}

/** log2(x) for |x − 1| ≤ 2^-20, where y is so large that the usual way is too coarse. */
function log2NearOne(x: number): Split {
  const t = x - 1;
  const w = t * t * (0.5 - t * (0.3333333333333333 - t * 0.25));
  const u = 1.44269502162933349609 * t;
  const v = t * 1.92596299112661746887e-8 - w * 1.442695040888963387;
  const high = withLowWord(u + v, 0);
  return { high, low: v - (high - u) };
}

/** 2^(high + low) · sign. */
function exp2(high: number, low: number, sign: number): number {
  const z = high + low;
  const top = highWord(z);
  if (top >= 0x40900000) {
    if (z > 1024 || low + 8.0085662595372944372e-17 > z - high) return sign * Infinity;
  } else if ((top & 0x7fffffff) >= 0x4090cc00) {
    if (z < -1075 || low <= z - high) return sign * 0;
  }
  let whole = 0;
  let head = high;
  if ((top & 0x7fffffff) > 0x3fe00000) {
    whole = Math.floor(z + 0.5);
    head = high - whole;
  }
  const t = withLowWord(low + head, 0);
  const u = t * 6.93147182464599609375e-1;
  const v = (low - (t - head)) * 6.93147180559945286227e-1 + t * -1.90465429995776804525e-9;
  const x = u + v;
  const w = v - (x - u);
  const square = x * x;
  const c =
    x -
    square *
      (1.66666666666666019037e-1 +
        square *
          (-2.77777777770155933842e-3 +
            square *
              (6.61375632143793436117e-5 + square * (-1.6533902205465251539e-6 + square * 4.13813679705723846039e-8))));
  const r = (x * c) / (c - 2) - (w + x * w);
  return sign * scaled(1 - (r - x), whole);
}

const isOddInteger = (y: number): boolean => Number.isInteger(y) && Math.abs(y) <= 9007199254740991 && y % 2 !== 0;

/** The cases that IEEE 754 and ECMAScript lay down; `undefined` for all others. */
function powOfSpecial(x: number, y: number): number | undefined {
  if (Number.isNaN(y)) return NaN;
  if (y === 0) return 1;
  if (Number.isNaN(x)) return NaN;
  const size = Math.abs(x);
  if (Math.abs(y) === Infinity) {
    if (size === 1) return NaN;
    return size > 1 === y > 0 ? Infinity : 0;
  }
  if (y === 1) return x;
  if (y === -1) return 1 / x;
  if (y === 2) return x * x;
  if (y === 0.5 && x >= 0 && x !== Infinity) return Math.sqrt(x === 0 ? 0 : x);
  if (size === 0 || size === Infinity || x === 1) {
    const result = x === 1 ? 1 : (size === 0) === y < 0 ? Infinity : 0;
    const isNegative = x < 0 || Object.is(x, -0);
    return isNegative && isOddInteger(y) ? -result : result;
  }
  if (x < 0 && !Number.isInteger(y)) return NaN;
  return undefined;
}

function times(a: Split, b: Split): Split {
  const product = a.high * b.high;
  const low = productError(a.high, b.high, product) + (a.high * b.low + a.low * b.high);
  const high = product + low;
  return { high, low: product - high + low };
}

/** Whole exponents, which people use most, to twice the precision; `undefined` where that could overflow. */
function powOfWhole(size: number, y: number): number | undefined {
  let factor: Split = { high: size, low: 0 };
  let result: Split = { high: 1, low: 0 };
  for (let rest = Math.abs(y); rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) result = times(result, factor);
    if (rest > 1) factor = times(factor, factor);
    // Far enough from the limits that no error term is lost below the smallest double.
    if (!(factor.high > 1e-140 && factor.high < 1e140)) return undefined;
  }
  if (!(result.high > 1e-140 && result.high < 1e140)) return undefined;
  if (y > 0) return result.high + result.low;
  const inverse = 1 / result.high;
  const product = inverse * result.high;
  const error = 1 - product - productError(inverse, result.high, product) - inverse * result.low;
  return inverse + inverse * error;
}

function powNumber(x: number, y: number): number {
  const special = powOfSpecial(x, y);
  if (special !== undefined) return special;
  const sign = x < 0 && isOddInteger(y) ? -1 : 1;
  const size = Math.abs(x);
  if (size === 1) return sign;
  const whole = Number.isInteger(y) && Math.abs(y) <= 1024 ? powOfWhole(size, y) : undefined;
  if (whole !== undefined) return sign * whole;
  const ySize = Math.abs(y);
  let log: Split;
  if (ySize > 2147483648) {
    if (size < 1 - 2 ** -20) return sign * (y < 0 ? Infinity : 0);
    if (size > 1 + 2 ** -20) return sign * (y > 0 ? Infinity : 0);
    log = log2NearOne(size);
  } else {
    log = preciseLog2(size);
  }
  const yHigh = withLowWord(y, 0);
  const low = (y - yHigh) * log.high + y * log.low;
  return exp2(yHigh * log.high, low, sign);
}

/** `x ** y`, for numbers and for bigints, which no engine gets wrong. */
export function pow(x: unknown, y: unknown): number | bigint {
  if (typeof x === 'number' && typeof y === 'number') return powNumber(x, y);
  const base = numeric(x);
  const exponent = numeric(y);
  if (typeof base === 'bigint' || typeof exponent === 'bigint') {
    if (typeof base === 'bigint' && typeof exponent === 'bigint') {
      if (exponent < 0n) throw new RangeError('Exponent must be positive');
      return base ** exponent;
    }
    throw new TypeError('Cannot mix BigInt and other types, use explicit conversions');
  }
  return powNumber(base, exponent);
}

function numeric(value: unknown): number | bigint {
  const primitive = typeof value === 'object' && value !== null ? toPrimitive(value) : value;
  return typeof primitive === 'bigint' ? primitive : Number(primitive);
}

function toPrimitive(value: object): unknown {
  const convert: unknown = Reflect.get(value, Symbol.toPrimitive);
  if (typeof convert === 'function') return Reflect.apply(convert, value, ['number']) as unknown;
  const plain: unknown = value.valueOf();
  // oxlint-disable-next-line typescript/no-base-to-string -- that is the conversion asked for
  return typeof plain === 'object' ? String(value) : plain;
}

/** `Math.pow`: both are made numbers first. */
export const powOfNumbers = (x: unknown, y: unknown): number => powNumber(Number(x), Number(y));

/** Scaled so that nothing overflows, and summed with what rounding lost (Kahan), as V8 does. */
export function hypot(...values: unknown[]): number {
  const sizes = values.map((value) => Math.abs(Number(value)));
  if (sizes.includes(Infinity)) return Infinity;
  const max = sizes.reduce((largest, size) => (size > largest || Number.isNaN(size) ? size : largest), 0);
  if (Number.isNaN(max) || sizes.some((size) => Number.isNaN(size))) return NaN;
  if (max === 0) return 0;
  let sum = 0;
  let compensation = 0;
  for (const size of sizes) {
    const ratio = size / max;
    const summand = ratio * ratio - compensation;
    const preliminary = sum + summand;
    compensation = preliminary - sum - summand;
    sum = preliminary;
  }
  return Math.sqrt(sum) * max;
}
