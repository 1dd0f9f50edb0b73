/**
 * Circular functions, the same in every engine, to within a unit in the last place.
 *
 * After FreeBSD's msun, which is fdlibm: "Copyright (C) 1993 by Sun Microsystems, Inc. All rights reserved. Developed at
 * SunSoft, a Sun Microsystems, Inc. business. Permission to use, copy, modify, and distribute this software is freely
 * granted, provided that this notice is preserved."
 */
import { fromWords, highWord, lowWord, productError, withLowWord } from './math-words';

/** x − quadrant · π/2, as a sum of two doubles. */
interface Remainder {
  readonly quadrant: number;
  readonly high: number;
  readonly low: number;
}

const pio2Parts = [
  [1.57079632673412561417, 6.07710050650619224932e-11],
  [6.0771005063039659766e-11, 2.02226624879595063154e-21],
  [2.0222662487111664558e-21, 8.47842766036889956997e-32],
] as const;

const exponentOf = (x: number): number => (highWord(x) >> 20) & 0x7ff;

function reduceMedium(x: number): Remainder {
  const quadrant = Math.round(x * 6.36619772367581382433e-1);
  let rest = x - quadrant * pio2Parts[0][0];
  let tail = quadrant * pio2Parts[0][1];
  let high = rest - tail;
  const exponent = exponentOf(x);
  // Each part of π/2 gives 33 bits more; they are needed when x is near a multiple.
  if (exponent - exponentOf(high) > 16) {
    const before = rest;
    tail = quadrant * pio2Parts[1][0];
    rest = before - tail;
    tail = quadrant * pio2Parts[1][1] - (before - rest - tail);
    high = rest - tail;
    if (exponent - exponentOf(high) > 49) {
      const again = rest;
      tail = quadrant * pio2Parts[2][0];
      rest = again - tail;
      tail = quadrant * pio2Parts[2][1] - (again - rest - tail);
      high = rest - tail;
    }
  }
  return { quadrant, high, low: rest - high - tail };
}

// The first 1,320 bits of 2/π: what the largest double leaves of them is still more than two doubles hold.
const twoOverPi = BigInt(
  '0xa2f9836e4e441529fc2757d1f534ddc0db6295993c439041fe5163abdebbc561b7246e3a424dd2e006492eea09d1921cfe1deb1cb129a7' +
    '3ee88235f52ebb4484e99c7026b45f7e413991d639835339f49c845f8bbdf9283b1ff897ffde05980fef2f118b5a0a6d1f6d367ecf27cb' +
    '09b74f463f669e5fea2d7527bac7ebe5f17b3d0739f78a5292ea6bfb5fb11f8d5d0856033046fc7b6babf0cfbc209af4361da9e391615e',
);
const twoOverPiBits = 1320n;

/** For large positive x: the fraction of x · 2/π, exactly, in integers. */
function reduceLarge(size: number): Remainder {
  const high = highWord(size);
  const mantissa = (BigInt((high & 0xfffff) | 0x100000) << 32n) | BigInt(lowWord(size) >>> 0);
  const exponent = BigInt((high >> 20) - 1075);
  // 2/π lies between a half and one, so its point stands before its bits.
  const pointBits = twoOverPiBits - exponent;
  const product = mantissa * twoOverPi;
  let whole = product >> pointBits;
  let fraction = product - (whole << pointBits);
  if (fraction >> (pointBits - 1n) === 1n) {
    whole += 1n;
    fraction -= 1n << pointBits;
  }
  // 128 bits of the fraction as two doubles, times π/2 as two.
  const isNegative = fraction < 0n;
  const bits = (isNegative ? -fraction : fraction) >> (pointBits - 192n);
  const fractionHigh = Number((bits >> 139n) << 139n) / 2 ** 192;
  const fractionLow = Number(bits & ((1n << 139n) - 1n)) / 2 ** 192;
  const sum = timesPio2(fractionHigh, fractionLow);
  const sign = isNegative ? -1 : 1;
  return { quadrant: Number(whole & 3n), high: sign * sum.high, low: sign * sum.low };
}

function timesPio2(high: number, low: number): { high: number; low: number } {
  const pio2High = 1.570796326794896558;
  const pio2Low = 6.12323399573676603587e-17;
  const product = high * pio2High;
  const error = productError(high, pio2High, product);
  const tail = error + (high * pio2Low + low * pio2High);
  const sum = product + tail;
  return { high: sum, low: product - sum + tail };
}

function reduce(x: number): Remainder {
  const { quadrant, high, low } = Math.abs(x) < 1e5 ? reduceMedium(Math.abs(x)) : reduceLarge(Math.abs(x));
  return x < 0 ? { quadrant: -quadrant, high: -high, low: -low } : { quadrant, high, low };
}

const isBelowQuarterPi = (x: number): boolean => (highWord(x) & 0x7fffffff) <= 0x3fe921fb;

function sineKernel(x: number, y: number): number {
  const z = x * x;
  const v = z * x;
  const r =
    8.33333333332248946124e-3 +
    z *
      (-1.98412698298579493134e-4 +
        z * (2.75573137070700676789e-6 + z * (-2.50507602534068634195e-8 + z * 1.58969099521155010221e-10)));
  if (y === 0) return x + v * (-1.66666666666666324348e-1 + z * r);
  return x - (z * (0.5 * y - v * r) - y - v * -1.66666666666666324348e-1);
}

function cosineKernel(x: number, y: number): number {
  const size = highWord(x) & 0x7fffffff;
  const z = x * x;
  const r =
    z *
    (4.16666666666666019037e-2 +
      z *
        (-1.38888888888741095749e-3 +
          z *
            (2.48015872894767294178e-5 +
              z * (-2.75573143513906633035e-7 + z * (2.0875723212981748279e-9 + z * -1.13596475577881948265e-11)))));
  if (size < 0x3fd33333) return 1 - (0.5 * z - (z * r - x * y));
  const quarter = size > 0x3fe90000 ? 0.28125 : fromWords(size - 0x00200000, 0);
  const half = 0.5 * z - quarter;
  return 1 - quarter - (half - (z * r - x * y));
}

const tangentOdd = [
  1.33333333333201242699e-1, 2.18694882948595424599e-2, 3.59207910759131235356e-3, 5.88041240820264096874e-4,
  7.817944429395570923e-5, -1.85586374855275456654e-5,
] as const;
const tangentEven = [
  5.39682539762260521377e-2, 8.86323982359930005737e-3, 1.45620945432529025516e-3, 2.46463134818469906812e-4,
  7.14072491382608190305e-5, 2.59073051863633712884e-5,
] as const;

const horner = (w: number, terms: readonly number[]): number => terms.reduceRight((sum, term) => term + w * sum, 0);

function tangentKernel(a: number, b: number, isReciprocal: boolean): number {
  let x = a;
  let y = b;
  const isBig = (highWord(x) & 0x7fffffff) >= 0x3fe59428;
  const isNegative = x < 0;
  if (isBig) {
    if (isNegative) {
      x = -x;
      y = -y;
    }
    x = 7.85398163397448278999e-1 - x + (3.06161699786838301793e-17 - y);
    y = 0;
  }
  const z = x * x;
  const w = z * z;
  const cube = z * x;
  let r = y + z * (cube * (horner(w, tangentOdd) + z * horner(w, tangentEven)) + y);
  r += 3.33333333333334091986e-1 * cube;
  const sum = x + r;
  if (isBig) {
    const s = isReciprocal ? -1 : 1;
    const v = s - 2 * (x + (r - (sum * sum) / (sum + s)));
    return isNegative ? -v : v;
  }
  if (!isReciprocal) return sum;
  const head = withLowWord(sum, 0);
  const tail = r - (head - x);
  const inverse = -1 / sum;
  const t = withLowWord(inverse, 0);
  return t + inverse * (1 + t * head + t * tail);
}

export function sin(x: number): number {
  if (!Number.isFinite(x)) return NaN;
  if (isBelowQuarterPi(x)) return Math.abs(x) < 7.450580596923828e-9 ? x : sineKernel(x, 0);
  const { quadrant, high, low } = reduce(x);
  switch (quadrant & 3) {
    case 0:
      return sineKernel(high, low);
    case 1:
      return cosineKernel(high, low);
    case 2:
      return -sineKernel(high, low);
    default:
      return -cosineKernel(high, low);
  }
}

export function cos(x: number): number {
  if (!Number.isFinite(x)) return NaN;
  if (isBelowQuarterPi(x)) return cosineKernel(x, 0);
  const { quadrant, high, low } = reduce(x);
  switch (quadrant & 3) {
    case 0:
      return cosineKernel(high, low);
    case 1:
      return -sineKernel(high, low);
    case 2:
      return -cosineKernel(high, low);
    default:
      return sineKernel(high, low);
  }
}

export function tan(x: number): number {
  if (!Number.isFinite(x)) return NaN;
  if (isBelowQuarterPi(x)) return Math.abs(x) < 3.725290298461914e-9 ? x : tangentKernel(x, 0, false);
  const { quadrant, high, low } = reduce(x);
  return tangentKernel(high, low, (quadrant & 1) === 1);
}

const pio2High = 1.570796326794896558;
const pio2Low = 6.12323399573676603587e-17;

/** asin(x) = x + x·R(x²) for small x. */
function arcsineRatio(z: number): number {
  const p =
    z *
    (1.66666666666666657415e-1 +
      z *
        (-3.25565818622400915405e-1 +
          z *
            (2.01212532134862925881e-1 +
              z * (-4.00555345006794114027e-2 + z * (7.91534994289814532176e-4 + z * 3.4793310759602116757e-5)))));
  const q =
    1 +
    z *
      (-2.40339491173441421878 +
        z * (2.02094576023350569471 + z * (-6.8828397160545329303e-1 + z * 7.70381505559019352791e-2)));
  return p / q;
}

export function asin(x: number): number {
  const size = Math.abs(x);
  if (Number.isNaN(x) || size > 1) return NaN;
  if (size === 1) return x * pio2High + x * pio2Low;
  if (size < 0.5) return size < 1.4901161193847656e-8 ? x : x + x * arcsineRatio(x * x);
  const z = (1 - size) * 0.5;
  const s = Math.sqrt(z);
  const r = arcsineRatio(z);
  let result: number;
  if ((highWord(x) & 0x7fffffff) >= 0x3fef3333) {
    result = pio2High - (2 * (s + s * r) - pio2Low);
  } else {
    const f = withLowWord(s, 0);
    const c = (z - f * f) / (s + f);
    result = 0.5 * pio2High - (2 * s * r - (pio2Low - 2 * c) - (0.5 * pio2High - 2 * f));
  }
  return x < 0 ? -result : result;
}

export function acos(x: number): number {
  const size = Math.abs(x);
  if (Number.isNaN(x) || size > 1) return NaN;
  if (x === 1) return 0;
  if (x === -1) return 2 * pio2High;
  if (size < 0.5) {
    if (size < 6.938893903907228e-18) return pio2High + pio2Low;
    return pio2High - (x - (pio2Low - x * arcsineRatio(x * x)));
  }
  const z = (1 - size) * 0.5;
  const s = Math.sqrt(z);
  if (x < 0) return 2 * (pio2High - (s + (arcsineRatio(z) * s - pio2Low)));
  const f = withLowWord(s, 0);
  const c = (z - f * f) / (s + f);
  return 2 * (f + (arcsineRatio(z) * s + c));
}

const arctangentHigh = [
  4.63647609000806093515e-1, 7.85398163397448278999e-1, 9.82793723247329054082e-1, 1.570796326794896558,
] as const;
const arctangentLow = [
  2.26987774529616870924e-17, 3.06161699786838301793e-17, 1.39033110312309984516e-17, 6.12323399573676603587e-17,
] as const;
const arctangentOdd = [
  3.33333333333329318027e-1, 1.42857142725034663711e-1, 9.09088713343650656196e-2, 6.66107313738753120669e-2,
  4.97687799461593236017e-2, 1.62858201153657823623e-2,
] as const;
const arctangentEven = [
  -1.99999999998764832476e-1, -1.1111110405462355788e-1, -7.69187620504482999495e-2, -5.83357013379057348645e-2,
  -3.6531572744216915527e-2,
] as const;

function arctangentSeries(x: number): number {
  const z = x * x;
  const w = z * z;
  return x * (z * horner(w, arctangentOdd) + w * horner(w, arctangentEven));
}

export function atan(x: number): number {
  if (Number.isNaN(x)) return x;
  const size = Math.abs(x);
  if (size < 0.4375) return size < 7.450580596923828e-9 ? x : x - arctangentSeries(x);
  let step: 0 | 1 | 2 | 3;
  let r: number;
  if (size < 0.6875) [step, r] = [0, (2 * size - 1) / (2 + size)];
  else if (size < 1.1875) [step, r] = [1, (size - 1) / (size + 1)];
  else if (size < 2.4375) [step, r] = [2, (size - 1.5) / (1 + 1.5 * size)];
  else [step, r] = [3, -1 / size];
  const result = arctangentHigh[step] - (arctangentSeries(r) - arctangentLow[step] - r);
  return x < 0 ? -result : result;
}

const piLow = 1.2246467991473531772e-16;

export function atan2(y: number, x: number): number {
  if (Number.isNaN(x) || Number.isNaN(y)) return NaN;
  const yIsNegative = y < 0 || Object.is(y, -0);
  const xIsNegative = x < 0 || Object.is(x, -0);
  const signed = (value: number) => (yIsNegative ? -value : value);
  if (y === 0) return xIsNegative ? signed(Math.PI) : y;
  if (x === 0) return signed(Math.PI / 2);
  if (Math.abs(x) === Infinity) {
    if (Math.abs(y) === Infinity) return signed(xIsNegative ? (3 * Math.PI) / 4 : Math.PI / 4);
    return signed(xIsNegative ? Math.PI : 0);
  }
  if (Math.abs(y) === Infinity) return signed(Math.PI / 2);
  const exponents = ((highWord(y) & 0x7fffffff) - (highWord(x) & 0x7fffffff)) >> 20;
  if (exponents > 60) return signed(Math.PI / 2 + 0.5 * piLow);
  const angle = xIsNegative && exponents < -60 ? 0 : atan(Math.abs(y / x));
  return signed(xIsNegative ? Math.PI - (angle - piLow) : angle);
}
