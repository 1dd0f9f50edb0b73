import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { fixSort } from '../../../src/clients/node/array-sort';

type Compare = (a: number, b: number) => number;
// Before it is replaced.
const engineSort = Array.prototype.sort as unknown as (this: unknown[], compare: Compare) => unknown[];

beforeAll(fixSort);

/** What `sort` asks, as `ab` for each pair. */
function asked(values: readonly number[], sort: (array: number[], compare: Compare) => unknown): string {
  const pairs: string[] = [];
  sort([...values], (a, b) => {
    pairs.push(`${String(a)},${String(b)}`);
    return a - b;
  });
  return pairs.join(' ');
}

describe('sort with a comparison', () => {
  it('asks for the same pairs in the same order whatever the engine', () => {
    expect(asked([5, 3, 8, 1, 9, 2], (array, compare) => array.sort(compare))).toBe(
      '3,5 8,3 8,5 1,5 1,3 9,5 9,8 2,5 2,3 2,1',
    );
  });

  it.runIf(process.version.startsWith('v20.'))('asks as Node 20 does, up to 63 elements', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(99), { maxLength: 63 }), (values) => {
        expect(asked(values, (array, compare) => array.sort(compare))).toBe(
          asked(values, (array, compare) => engineSort.call(array, compare)),
        );
      }),
    );
  });

  it('sorts arrays of every length as the engine does, and keeps the order of equals', () => {
    const items = fc.array(fc.record({ key: fc.nat(20) }), { maxLength: 700, size: 'max' });
    fc.assert(
      fc.property(items, (values) => {
        const expected = engineSort.call(
          [...values],
          ((a: { key: number }, b: { key: number }) => a.key - b.key) as never,
        );
        const sorted = [...values].sort((a, b) => a.key - b.key);
        expect(sorted.every((value, index) => value === expected[index])).toBe(true);
        expect(values.toSorted((a, b) => a.key - b.key).every((value, index) => value === expected[index])).toBe(true);
      }),
    );
  });

  it('asks little of what is in order already', () => {
    const ordered = Array.from({ length: 1000 }, (_, index) => index);
    expect(asked(ordered, (array, compare) => array.sort(compare)).split(' ')).toHaveLength(999);
    expect(asked(ordered.reverse(), (array, compare) => array.sort(compare)).split(' ')).toHaveLength(999);
  });

  it('takes every answer for a number, and none for equal', () => {
    expect([3, 1, 2].sort(() => NaN)).toEqual([3, 1, 2]);
    expect([1, 2, 3].sort((() => undefined) as unknown as Compare)).toEqual([1, 2, 3]);
    expect([1, 3, 2].sort(((a: number, b: number) => a < b) as unknown as Compare)).toEqual([1, 3, 2]);
  });

  it('puts what is undefined behind values, and holes behind that', () => {
    // oxlint-disable-next-line no-sparse-arrays -- holes are what this is about
    const array: unknown[] = [3, undefined, , 1];
    array.sort((a, b) => (a as number) - (b as number));
    expect(array).toHaveLength(4);
    expect(Object.entries(array)).toEqual([
      ['0', 1],
      ['1', 3],
      ['2', undefined],
    ]);
  });

  it('leaves the array as it was when the comparison throws', () => {
    const array = [3, 2, 1];
    const stop = (): never => {
      throw new Error('stop');
    };
    expect(() => array.sort(stop)).toThrow('stop');
    expect(array).toEqual([3, 2, 1]);
  });

  it('refuses what is no function, in the words of Node 20', () => {
    expect(() => [1].sort(5 as never)).toThrow(
      new TypeError('The comparison function must be either a function or undefined'),
    );
  });

  it('sorts in place, toSorted makes a new array without holes', () => {
    const array = [2, 1];
    expect(array.sort((a, b) => a - b)).toBe(array);
    // oxlint-disable-next-line no-sparse-arrays -- holes are what this is about
    const sparse = [, 1] as number[];
    const sorted = sparse.toSorted((a, b) => a - b);
    expect(Object.keys(sorted)).toEqual(['0', '1']);
    expect(Object.keys(sparse)).toEqual(['1']);
  });
});
