import { describe, expect, test } from 'vitest';
import { placeFlags, type Flag } from '../../../src/ui/timeline/place-flags';

const sizes = { iconPx: 20, characterPx: 5 };
const widthPx = 400;

function flags(...xs: number[]): Flag[] {
  return xs.map((x, index) => ({
    subject: { type: 'intervention', index },
    icon: 'process.crash',
    atMs: x,
    disabled: false,
    name: 'Crash sms',
    x,
  }));
}

/** From where to where each is drawn. */
function drawn(...xs: number[]): [number, number][] {
  return placeFlags(flags(...xs), widthPx, sizes).map(({ left, flipped, labelled, name }) => {
    const width = sizes.iconPx + (labelled ? name.length * sizes.characterPx : 0);
    return flipped ? [left - width, left] : [left, left + width];
  });
}

describe('flags of interventions', () => {
  test('a name shows where it has room before the next flag', () => {
    expect(drawn(10, 50, 200)).toEqual([
      [10, 30],
      [50, 115],
      [200, 265],
    ]);
  });

  test('those of one instant stand side by side, so that each can be pressed', () => {
    expect(drawn(100, 100, 100)).toEqual([
      [100, 120],
      [120, 140],
      [140, 205],
    ]);
  });

  test('at the end of the window they stand side by side to the left', () => {
    expect(drawn(395, 395)).toEqual([
      [375, 395],
      [355, 375],
    ]);
  });

  test('where instants are close together half an icon of each is free', () => {
    const places = drawn(100, 103, 106);
    for (const [n, [left]] of places.entries())
      expect((places[n + 1]?.[0] ?? Infinity) - left).toBeGreaterThanOrEqual(10);
  });

  test('however many crowd, none strays far from its instant', () => {
    const xs = Array.from({ length: 60 }, (_, n) => 100 + n);
    for (const [n, [left]] of drawn(...xs).entries()) expect(left - (xs[n] ?? 0)).toBeLessThanOrEqual(80);
  });
});
