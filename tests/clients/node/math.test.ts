import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createMath } from '../../../src/clients/node/math';
import { pow } from '../../../src/clients/node/math-pow';

const math = createMath(() => 0.25);
const words = new BigInt64Array(1);
const double = new Float64Array(words.buffer);

/** The position of a double among all doubles. */
function ordinal(x: number): bigint {
  double[0] = x;
  const bits = words[0]!;
  return bits < 0n ? -(bits & 0x7fffffffffffffffn) : bits;
}

function isWithinUlps(a: number, b: number, ulps: bigint): boolean {
  if (Object.is(a, b)) return true;
  if (!Number.isFinite(a) || !Number.isFinite(b) || (a === 0 && b === 0)) return false;
  const distance = ordinal(a) - ordinal(b);
  return distance <= ulps && -distance <= ulps;
}

const unary = [
  ...['sin', 'cos', 'tan', 'asin', 'acos', 'atan', 'sinh', 'cosh', 'tanh', 'asinh', 'acosh', 'atanh'],
  ...['exp', 'expm1', 'log', 'log2', 'log10', 'log1p', 'cbrt'],
] as 'sin'[];
const binary = ['atan2', 'pow', 'hypot'] as 'pow'[];
const special = [0, -0, 1, -1, 0.5, -0.5, 2, -2, NaN, Infinity, -Infinity, 5e-324, 1.7976931348623157e308];
const ordinary = [...special, 10, 100, 1000, 8, 27, Math.PI, Math.PI / 2, Math.E, 709.78, -745, 1e22, 1e300, 0.1, 3];
const anyNumber = fc.oneof(fc.double(), fc.double({ min: -10, max: 10 }), fc.double({ min: -1000, max: 1000 }));

describe('Math', () => {
  for (const name of unary) {
    it(`${name} is the engine's to one unit in the last place, at special values exactly`, () => {
      for (const x of ordinary)
        expect([x, math[name](x)]).toEqual([x, expect.toSatisfy((y: number) => isWithinUlps(y, Math[name](x), 1n))]);
      for (const x of special) if (!Number.isFinite(x) || x === 0) expect(math[name](x)).toBe(Math[name](x));
      fc.assert(
        fc.property(anyNumber, (x) => isWithinUlps(math[name](x), Math[name](x), 1n)),
        { numRuns: 2000 },
      );
    });
  }

  for (const name of binary) {
    it(`${name} is the engine's to one unit in the last place, at special values exactly`, () => {
      for (const x of special)
        for (const y of special) expect([x, y, math[name](x, y)]).toEqual([x, y, Math[name](x, y)]);
      fc.assert(
        fc.property(anyNumber, anyNumber, (x, y) => isWithinUlps(math[name](x, y), Math[name](x, y), 1n)),
        { numRuns: 2000 },
      );
    });
  }

  it('gives whole powers exactly where they fit', () => {
    for (let n = -30; n <= 60; n++)
      expect(math.pow(2, n)).toBe(Number(`0b1${'0'.repeat(Math.max(0, n))}`) / (n < 0 ? 2 ** -n : 1));
    expect([math.pow(10, -11), math.pow(10, 15), math.pow(1.5, 10), math.pow(7, 18)]).toEqual([
      1e-11, 1e15, 57.6650390625, 1628413597910449,
    ]);
  });

  it('raises numbers, bigints and what converts to them for the operator', () => {
    expect(pow(2n, 70n)).toBe(2n ** 70n);
    expect(pow('3', { valueOf: () => 2 })).toBe(9);
    expect(() => pow(2n, 2)).toThrow(TypeError);
  });

  it('takes chance from the process and leaves the rest alone', () => {
    expect(math.random()).toBe(0.25);
    expect([math.max(1, 2), math.PI, math.sqrt(2), Object.prototype.toString.call(math)]).toEqual([
      2,
      Math.PI,
      Math.sqrt(2),
      '[object Math]',
    ]);
    expect(math.sin.name).toBe('sin');
  });
});
