import fc from 'fast-check';
import { expect, it } from 'vitest';
import { differencesOf, withDifferences } from '../../src/log/difference';
import { copyPlain } from '../../src/log/plain';

const plain = fc.jsonValue({ maxDepth: 3 }).map(copyPlain);

it('made in the one value, the differences give the other', () => {
  fc.assert(
    fc.property(plain, plain, (before, after) => {
      const kept = JSON.stringify(before);
      expect(withDifferences(before, differencesOf(before, after))).toEqual(after);
      expect(JSON.stringify(before)).toBe(kept);
    }),
  );
});

it('are few, and say from what to what', () => {
  expect(differencesOf({ a: 1, b: [1, 2, { c: 3 }], d: 0 }, { a: 1, b: [1, 5], e: null })).toEqual([
    { path: ['b', 1], before: 2, after: 5 },
    { path: ['b', 2], before: { c: 3 } },
    { path: ['d'], before: 0 },
    { path: ['e'], after: null },
  ]);
  expect(differencesOf({ a: [] }, { a: [] })).toEqual([]);
});
