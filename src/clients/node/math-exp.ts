/**
 * Exponentials, logarithms and the hyperbolic functions, the same in every engine, to within a unit in the last place.
 *
 * After FreeBSD's msun, which is fdlibm: "Copyright (C) 1993 by Sun Microsystems, Inc. All rights reserved. Developed at
 * SunSoft, a Sun Microsystems, Inc. business. Permission to use, copy, modify, and distribute this software is freely
 * granted, provided that this notice is preserved."
 */
import { fromWords, highWord, lowWord, scaled, withHighWord, withLowWord } from './math-words';

const ln2High = 6.9314718036912381649e-1;
const ln2Low = 1.90821492927058770002e-10;
const log2e = 1.442695040888963387;

/** p(r²) of the rational approximation of exp on [-ln2/2, ln2/2]. */
function expRemainder(r: number): number {
  const t = r * r;
  return (
    r -
    t *
      (1.66666666666666019037e-1 +
        t *
          (-2.77777777770155933842e-3 +
            t * (6.61375632143793436117e-5 + t * (-1.6533902205465251539e-6 + t * 4.13813679705723846039e-8))))
  );
}

export function exp(x: number): number {
  if (Number.isNaN(x)) return x;
  if (x > 7.09782712893383973096e2) return Infinity;
  if (x < -7.4513321910194110842e2) return 0;
  // One bit more than the approximation below would give.
  if (x === 1) return Math.E;
  const size = highWord(x) & 0x7fffffff;
  if (size < 0x3e300000) return 1 + x;
  if (size <= 0x3fd62e42) {
    const c = expRemainder(x);
    return 1 - ((x * c) / (c - 2) - x);
  }
  const k = size < 0x3ff0a2b2 ? (x < 0 ? -1 : 1) : Math.trunc(log2e * x + (x < 0 ? -0.5 : 0.5));
  const high = x - k * ln2High;
  const low = k * ln2Low;
  const r = high - low;
  const c = expRemainder(r);
  return scaled(1 - (low - (r * c) / (2 - c) - high), k);
}

export function expm1(x: number): number {
  const size = highWord(x) & 0x7fffffff;
  if (size >= 0x4043687a) {
    if (Number.isNaN(x)) return x;
    if (x === -Infinity) return -1;
    if (x > 7.09782712893383973096e2) return Infinity;
    if (x < 0) return -1;
  }
  let k = 0;
  let correction = 0;
  let r = x;
  if (size > 0x3fd62e42) {
    k = size < 0x3ff0a2b2 ? (x < 0 ? -1 : 1) : Math.trunc(log2e * x + (x < 0 ? -0.5 : 0.5));
    const high = x - k * ln2High;
    const low = k * ln2Low;
    r = high - low;
    correction = high - r - low;
  } else if (size < 0x3c900000) {
    return x;
  }
  return expm1Reduced(r, correction, k);
}

function expm1Reduced(x: number, c: number, k: number): number {
  const half = 0.5 * x;
  const square = x * half;
  const r1 =
    1 +
    square *
      (-3.33333333333331316428e-2 +
        square *
          (1.58730158725481460165e-3 +
            square *
              (-7.93650757867487942473e-5 +
                square * (4.00821782732936239552e-6 + square * -2.01099218183624371326e-7))));
  const t = 3 - r1 * half;
  let e = square * ((r1 - t) / (6 - x * t));
  if (k === 0) return x - (x * e - square);
  e = x * (e - c) - c - square;
  if (k === -1) return 0.5 * (x - e) - 0.5;
  if (k === 1) return x < -0.25 ? -2 * (e - (x + 0.5)) : 1 + 2 * (x - e);
  if (k <= -2 || k > 56) return (k === 1024 ? (1 - (e - x)) * 2 * 2 ** 1023 : scaled(1 - (e - x), k)) - 1;
  if (k < 20) return scaled(fromWords(0x3ff00000 - (0x200000 >> k), 0) - (e - x), k);
  return scaled(x - (e + fromWords((0x3ff - k) << 20, 0)) + 1, k);
}

const logOdd = [
  6.66666666666673513e-1, 2.857142874366239149e-1, 1.818357216161805012e-1, 1.479819860511658591e-1,
] as const;
const logEven = [3.999999999940941908e-1, 2.222219843214978396e-1, 1.531383769920937332e-1] as const;

/** The rational part of log(1+f) in s = f/(2+f). */
function logSeries(s: number): number {
  const z = s * s;
  const w = z * z;
  const even = w * (logEven[0] + w * (logEven[1] + w * logEven[2]));
  const odd = z * (logOdd[0] + w * (logOdd[1] + w * (logOdd[2] + w * logOdd[3])));
  return even + odd;
}

interface Reduced {
  /** x = 2^exponent · (1 + fraction), with the fraction between √2/2 − 1 and √2 − 1. */
  readonly exponent: number;
  readonly fraction: number;
}

/** For finite positive numbers. */
function reduceForLog(value: number): Reduced {
  let x = value;
  let exponent = 0;
  if (highWord(x) < 0x00100000) {
    exponent -= 54;
    x *= 18014398509481984;
  }
  const high = highWord(x);
  const fractionBits = high & 0x000fffff;
  const carry = (fractionBits + 0x95f64) & 0x100000;
  exponent += (high >> 20) - 1023 + (carry >> 20);
  return { exponent, fraction: withHighWord(x, fractionBits | (carry ^ 0x3ff00000)) - 1 };
}

function logOfSpecial(x: number): number | undefined {
  if (x === 0) return -Infinity;
  if (Number.isNaN(x) || x < 0) return NaN;
  return x === Infinity ? x : undefined;
}

export function log(x: number): number {
  const special = logOfSpecial(x);
  if (special !== undefined) return special;
  const { exponent: k, fraction: f } = reduceForLog(x);
  if (f === 0) return k === 0 ? 0 : k * ln2High + k * ln2Low;
  if (Math.abs(f) < 2 ** -20) {
    const r = f * f * (0.5 - 0.33333333333333333333 * f);
    return k === 0 ? f - r : k * ln2High - (r - k * ln2Low - f);
  }
  const s = f / (2 + f);
  const series = logSeries(s);
  const bits = highWord(1 + f) & 0x000fffff;
  if (((bits - 0x6147a) | (0x6b851 - bits)) > 0) {
    const halfSquare = 0.5 * f * f;
    if (k === 0) return f - (halfSquare - s * (halfSquare + series));
    return k * ln2High - (halfSquare - (s * (halfSquare + series) + k * ln2Low) - f);
  }
  return k === 0 ? f - s * (f - series) : k * ln2High - (s * (f - series) - k * ln2Low - f);
}

/** log(1+f) − f as a high part without its last 32 bits and a low part, for bases other than e. */
function splitLog(f: number): { high: number; low: number } {
  const halfSquare = 0.5 * f * f;
  const s = f / (2 + f);
  const rest = s * (halfSquare + logSeries(s));
  const high = withLowWord(f - halfSquare, 0);
  return { high, low: f - high - halfSquare + rest };
}

export function log2(x: number): number {
  const special = logOfSpecial(x);
  if (special !== undefined) return special;
  const { exponent, fraction } = reduceForLog(x);
  if (fraction === 0) return exponent;
  const { high, low } = splitLog(fraction);
  const invLn2High = 1.44269504072144627571;
  const invLn2Low = 1.67517131648865118353e-10;
  const product = high * invLn2High;
  const tail = (low + high) * invLn2Low + low * invLn2High;
  const sum = exponent + product;
  return sum + (exponent - sum + product + tail);
}

export function log10(value: number): number {
  const special = logOfSpecial(value);
  if (special !== undefined) return special;
  if (value === 1) return 0;
  const isSubnormal = highWord(value) < 0x00100000;
  const x = isSubnormal ? value * 18014398509481984 : value;
  const exponent = (highWord(x) >> 20) - 1023 - (isSubnormal ? 54 : 0);
  const carry = exponent < 0 ? 1 : 0;
  const fraction = withHighWord(x, (highWord(x) & 0x000fffff) | ((0x3ff - carry) << 20));
  const whole = exponent + carry;
  return (
    whole * 3.69423907715893078616e-13 + 4.34294481903251816668e-1 * log(fraction) + whole * 3.01029995663611771306e-1
  );
}

export function log1p(x: number): number {
  if (Number.isNaN(x) || x < -1) return NaN;
  if (x === -1) return -Infinity;
  if (x === Infinity || x === 0) return x;
  if ((highWord(x) & 0x7fffffff) < 0x3c900000) return x;
  let k = 0;
  let f = x;
  let correction = 0;
  if (x <= -0.2929 || x >= 0.41422) {
    const u = 1 + x;
    const reduced = reduceForLog(u);
    k = reduced.exponent;
    f = reduced.fraction;
    // What rounding 1+x lost, relative to it.
    correction = k < 54 ? (k >= 2 ? 1 - (u - x) : x - (u - 1)) / u : 0;
  }
  const halfSquare = 0.5 * f * f;
  const s = f / (2 + f);
  const rest = s * (halfSquare + logSeries(s)) + (k * ln2Low + correction);
  return rest - halfSquare + f + k * ln2High;
}

export function sinh(x: number): number {
  if (!Number.isFinite(x) || x === 0) return x;
  const size = Math.abs(x);
  const half = x < 0 ? -0.5 : 0.5;
  if (size < 22) {
    if (size < 3.725290298461914e-9) return x;
    const t = expm1(size);
    return size < 1 ? half * (2 * t - (t * t) / (t + 1)) : half * (t + t / (t + 1));
  }
  return half * 2 * halfExp(size);
}

/** exp(x)/2 where exp(x) itself may be too large. */
function halfExp(x: number): number {
  if (x < 709.78) return 0.5 * exp(x);
  const root = exp(0.5 * x);
  return 0.5 * root * root;
}

export function cosh(x: number): number {
  if (Number.isNaN(x)) return x;
  const size = Math.abs(x);
  if (size < 0.34657359027997264) {
    const t = expm1(size);
    const w = 1 + t;
    return size < 2.7755575615628914e-17 ? w : 1 + (t * t) / (w + w);
  }
  if (size < 22) {
    const t = exp(size);
    return 0.5 * t + 0.5 / t;
  }
  return halfExp(size);
}

export function tanh(x: number): number {
  if (Number.isNaN(x) || x === 0) return x;
  const size = Math.abs(x);
  let result: number;
  if (size >= 22) {
    result = 1;
  } else if (size < 3.725290298461914e-9) {
    return x;
  } else if (size >= 1) {
    result = 1 - 2 / (expm1(2 * size) + 2);
  } else {
    const t = expm1(-2 * size);
    result = -t / (t + 2);
  }
  return x < 0 ? -result : result;
}

export function asinh(x: number): number {
  if (!Number.isFinite(x) || x === 0) return x;
  const size = Math.abs(x);
  if (size < 3.725290298461914e-9) return x;
  const square = size * size;
  let result: number;
  if (size > 268435456) result = log(size) + Math.LN2;
  else if (size > 2) result = log(2 * size + 1 / (Math.sqrt(square + 1) + size));
  else result = log1p(size + square / (1 + Math.sqrt(1 + square)));
  return x < 0 ? -result : result;
}

export function acosh(x: number): number {
  if (Number.isNaN(x) || x < 1) return NaN;
  if (x > 268435456) return log(x) + Math.LN2;
  if (x > 2) return log(2 * x - 1 / (x + Math.sqrt(x * x - 1)));
  const t = x - 1;
  return log1p(t + Math.sqrt(2 * t + t * t));
}

export function atanh(x: number): number {
  const size = Math.abs(x);
  if (Number.isNaN(x) || size > 1) return NaN;
  if (size === 1) return x * Infinity;
  if (size < 3.725290298461914e-9) return x;
  const double = size + size;
  const result = size < 0.5 ? 0.5 * log1p(double + (double * size) / (1 - size)) : 0.5 * log1p(double / (1 - size));
  return x < 0 ? -result : result;
}

export function cbrt(x: number): number {
  if (!Number.isFinite(x) || x === 0) return x;
  const sign = highWord(x) & 0x80000000;
  const size = Math.abs(x);
  const isSubnormal = highWord(size) < 0x00100000;
  const base = highWord(isSubnormal ? size * 18014398509481984 : size);
  let t = fromWords(sign | (Math.trunc(base / 3) + (isSubnormal ? 696219795 : 715094163)), 0);
  const r = t * t * (t / x);
  t *=
    1.87595182427177009643 +
    r * (-1.88497979543377169875 + r * 1.62142972010535446614) +
    r * r * r * (-0.758397934778766047437 + r * 0.145996192886612446982);
  // Rounded to 23 bits, away from zero, so that its square is exact.
  const low = lowWord(t) >>> 0;
  const bumped = low + 0x80000000;
  t = fromWords(highWord(t) + (bumped > 0xffffffff ? 1 : 0), bumped & 0xc0000000);
  const quotient = x / (t * t);
  return t + t * ((quotient - t) / (t + t + quotient));
}
