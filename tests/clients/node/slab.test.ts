import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Buffer } from '../../../src/clients/node/buffer';
import { Slab } from '../../../src/clients/node/slab';

const bodies = fc.array(
  fc.oneof(fc.uint8Array({ maxLength: 200 }), fc.uint8Array({ minLength: 3_000, maxLength: 5_000 })),
  { maxLength: 12 },
);

it('copies bodies of any length so that none changes with the original or with another one', () => {
  fc.assert(
    fc.property(bodies, (originals) => {
      const slab = new Slab();
      const before = originals.map((bytes) => [...bytes]);
      const copies = originals.map((bytes, at) => (at % 2 === 0 ? slab.buffer(bytes) : slab.bytes(bytes)));
      for (const bytes of originals) bytes.fill(7);
      expect(copies.map((copy) => [...copy])).toEqual(before);
      for (const [at, copy] of copies.entries()) {
        copy.fill(9);
        const others = (_: unknown, other: number): boolean => other > at;
        expect(copies.filter(others).map((each) => [...each])).toEqual(before.filter(others));
      }
      expect(copies.every((copy, at) => Buffer.isBuffer(copy) === (at % 2 === 0))).toBe(true);
    }),
    { numRuns: 30 },
  );
});
