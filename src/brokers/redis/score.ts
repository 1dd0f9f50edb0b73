import type { Bytes } from './bytes';

const decimal = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;
const infinite = /^([+-]?)inf(?:inity)?$/i;
const hexadecimal = /^([+-]?)0x([\da-f]+)$/i;

/** A text as C's `strtod` reads the whole of it; undefined when it is no number. */
export function readDouble(text: Bytes): number | undefined {
  if (decimal.test(text)) return Number(text);
  const infinity = infinite.exec(text);
  if (infinity !== null) return infinity[1] === '-' ? -Infinity : Infinity;
  const hex = hexadecimal.exec(text);
  if (hex !== null) return Number(`0x${hex[2]!}`) * (hex[1] === '-' ? -1 : 1);
  return undefined;
}

/** A score: what is too large or too small for a double is none. */
export function readScore(text: Bytes): number | undefined {
  const value = readDouble(text);
  if (value === undefined) return undefined;
  if (!Number.isFinite(value)) return infinite.test(text) ? value : undefined;
  const isTooSmall = value === 0 && /^[^ex]*[1-9]/i.test(text);
  return isTooSmall ? undefined : value;
}

/** Digits that count: enough to tell any double from any other. */
const digitsMax = 17;

/** As Redis 7.0 writes a score: `%.17g`. */
export function textOfScore(score: number): Bytes {
  if (!Number.isFinite(score)) return score > 0 ? 'inf' : '-inf';
  if (score === 0) return Object.is(score, -0) ? '-0' : '0';
  const { digits, exponent } = decimalOf(Math.abs(score));
  const sign = score < 0 ? '-' : '';
  if (exponent < -4 || exponent >= digitsMax) {
    const rest = trimmed(digits.slice(1));
    const power = String(Math.abs(exponent)).padStart(2, '0');
    return `${sign}${digits.slice(0, 1)}${rest === '' ? '' : `.${rest}`}e${exponent < 0 ? '-' : '+'}${power}`;
  }
  const whole = exponent < 0 ? '0' : digits.slice(0, exponent + 1);
  const part = trimmed(exponent < 0 ? '0'.repeat(-exponent - 1) + digits : digits.slice(exponent + 1));
  return `${sign}${whole}${part === '' ? '' : `.${part}`}`;
}

const trimmed = (digits: string): string => digits.replace(/0+$/, '');

/** The digits of a number above 0, from half way to the even one as C rounds, and the power of ten of the first. */
function decimalOf(value: number): { digits: string; exponent: number } {
  const [exact = '', power = '0'] = value.toExponential(100).split('e');
  const all = exact.replace('.', '');
  const rest = all.slice(digitsMax);
  const isUp =
    rest > `5${'0'.repeat(rest.length - 1)}` || (/^50*$/.test(rest) && /[13579]$/.test(all.slice(0, digitsMax)));
  const rounded = String(BigInt(all.slice(0, digitsMax)) + (isUp ? 1n : 0n));
  const isLonger = rounded.length > digitsMax;
  return { digits: rounded.slice(0, digitsMax), exponent: Number(power) + (isLonger ? 1 : 0) };
}
