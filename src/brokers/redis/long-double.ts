/**
 * Numbers as C's `long double` has them on x86: 64 bits of mantissa, with which Redis does `INCRBYFLOAT`. A number is
 * `mantissa · 2^exponent`, the mantissa at most 64 bits long.
 */
export interface LongDouble {
  readonly mantissa: bigint;
  readonly exponent: number;
}

/** Beyond it there is only infinity. */
const exponentMax = 16_384;
/** `MAX_LONG_DOUBLE_CHARS`, of which the last ends the text. */
const digitsMax = 5 * 1024 - 1;
const hexadecimal = /^([+-]?)0x([\da-f]*)(?:\.([\da-f]*))?(?:p([+-]?\d{1,5}))?$/i;

/** Reads decimal and C's hexadecimal notation; undefined when it is none. Infinity is a number, of which no sum can be made. */
export function readLongDouble(text: string): LongDouble | 'infinite' | undefined {
  if (text.length > digitsMax) return undefined;
  if (/^[+-]?inf(?:inity)?$/i.test(text)) return 'infinite';
  if (hexadecimal.test(text)) return readHexadecimal(text);
  const [, sign, whole = '', part = '', power = '0'] =
    /^([+-]?)(\d*)(?:\.(\d*))?(?:e([+-]?\d{1,5}))?$/i.exec(text) ?? [];
  if (sign === undefined || whole + part === '') return undefined;
  const digits = BigInt(whole + part) * (sign === '-' ? -1n : 1n);
  const tens = Number(power) - part.length;
  if (digits !== 0n && tens > 5_000) return undefined;
  if (tens < -10_000) return { mantissa: 0n, exponent: 0 };
  const [over, under] = [Math.max(0, tens), Math.max(0, -tens)];
  const read = rounded(digits * 10n ** BigInt(over), 10n ** BigInt(under));
  return isTooLarge(read) ? undefined : read;
}

function readHexadecimal(text: string): LongDouble | undefined {
  const [, sign, whole = '', part = '', power = '0'] = hexadecimal.exec(text) ?? [];
  if (whole + part === '') return undefined;
  const { mantissa, exponent } = rounded(BigInt(`0x${whole}${part}`) * (sign === '-' ? -1n : 1n), 1n);
  const read = { mantissa, exponent: mantissa === 0n ? 0 : exponent + Number(power) - 4 * part.length };
  if (read.exponent < -exponentMax - 64) return { mantissa: 0n, exponent: 0 };
  return isTooLarge(read) ? undefined : read;
}

/** The sum; undefined when it is none that can be written down. */
export function addLongDoubles(one: LongDouble | 'infinite', other: LongDouble | 'infinite'): LongDouble | undefined {
  if (one === 'infinite' || other === 'infinite') return undefined;
  const exponent = Math.min(one.exponent, other.exponent);
  const scaled = ({ mantissa, exponent: own }: LongDouble): bigint => mantissa << BigInt(own - exponent);
  const sum = scaled(one) + scaled(other);
  const { mantissa, exponent: shift } = rounded(sum, 1n);
  const result = { mantissa, exponent: shift + exponent };
  return isTooLarge(result) ? undefined : result;
}

/** With 17 places, without zeros at the end: `%.17Lf`. */
export function textOfLongDouble({ mantissa, exponent }: LongDouble): string {
  const tens = 10n ** 17n;
  const places =
    exponent >= 0
      ? absolute(mantissa) * tens * (1n << BigInt(exponent))
      : halfEven(absolute(mantissa) * tens, 1n << BigInt(-exponent));
  const part = String(places % tens)
    .padStart(17, '0')
    .replace(/0+$/, '');
  const text = `${places / tens}${part === '' ? '' : `.${part}`}`;
  return mantissa < 0n && text !== '0' ? `-${text}` : text;
}

/** The nearest number of 64 bits to a fraction. */
function rounded(numerator: bigint, denominator: bigint): LongDouble {
  if (numerator === 0n) return { mantissa: 0n, exponent: 0 };
  const sign = numerator < 0n ? -1n : 1n;
  let exponent = lengthOf(numerator) - lengthOf(denominator) - 64;
  const at = (power: number): bigint =>
    power >= 0
      ? halfEven(absolute(numerator), denominator << BigInt(power))
      : halfEven(absolute(numerator) << BigInt(-power), denominator);
  while (lengthOf(at(exponent)) > 64) exponent += 1;
  return { mantissa: sign * at(exponent), exponent };
}

/** Division to the nearest whole, and from half way to the even one. */
function halfEven(numerator: bigint, denominator: bigint): bigint {
  const [quotient, rest] = [numerator / denominator, numerator % denominator];
  const isUp = rest * 2n > denominator || (rest * 2n === denominator && quotient % 2n === 1n);
  return isUp ? quotient + 1n : quotient;
}

const isTooLarge = ({ mantissa, exponent }: LongDouble): boolean => lengthOf(mantissa) + exponent > exponentMax;
const absolute = (value: bigint): bigint => (value < 0n ? -value : value);
const lengthOf = (value: bigint): number => (value === 0n ? 0 : absolute(value).toString(2).length);
