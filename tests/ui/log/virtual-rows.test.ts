import { describe, expect, it } from 'vitest';
import {
  isAtEnd,
  rowsInSightMax,
  scrollToMiddle,
  scrollToRow,
  trackPxMax,
  virtualRows,
} from '../../../src/ui/log/virtual-rows';

const list = (rows: number, scrollPx = 0) => ({ rows, rowPx: 22, viewportPx: 220, scrollPx });

describe('the geometry of a long list', () => {
  it('draws the rows in view and a few beyond', () => {
    expect(virtualRows(list(100, 220))).toEqual({ first: 4, end: 26, trackPx: 2200, offsetPx: 88 });
    expect(virtualRows(list(3))).toMatchObject({ first: 0, end: 3 });
    expect(virtualRows(list(0))).toMatchObject({ first: 0, end: 0, trackPx: 0 });
  });

  it('reaches both ends of a list that is taller than a browser can draw', () => {
    const rows = 1_000_000;
    const top = virtualRows(list(rows));
    const bottom = virtualRows(list(rows, trackPxMax - 220));
    expect(top.trackPx).toBe(trackPxMax);
    expect(top.first).toBe(0);
    expect(bottom.end).toBe(rows);
    const lastRowBottomPx = bottom.offsetPx + (bottom.end - bottom.first) * 22;
    expect(lastRowBottomPx).toBeCloseTo(trackPxMax, 3);
  });

  it('puts any row of a million into view', () => {
    for (const row of [0, 1, 999, 500_000, 999_999]) {
      const input = list(1_000_000, 3_000_000);
      const shown = virtualRows({ ...input, scrollPx: scrollToMiddle(row, input), overscan: 0 });
      expect(shown.first).toBeLessThanOrEqual(row);
      expect(shown.end).toBeGreaterThan(row);
    }
  });

  it('never draws more rows than take turns', () => {
    for (const rows of [3, 100, 1_000_000]) {
      for (let scrollPx = 0; scrollPx < 3_000; scrollPx += 7.3) {
        const { first, end } = virtualRows(list(rows, scrollPx));
        expect(end - first).toBeLessThanOrEqual(rowsInSightMax(220, 22));
      }
    }
  });

  it('moves no more than needed to show a row', () => {
    expect(scrollToRow(5, list(100))).toBe(0);
    expect(scrollToRow(10, list(100))).toBe(22);
    expect(scrollToRow(0, list(100, 300))).toBe(0);
  });

  it('knows its end within a row', () => {
    expect(isAtEnd(list(100, 1980))).toBe(true);
    expect(isAtEnd(list(100, 1960))).toBe(true);
    expect(isAtEnd(list(100, 1900))).toBe(false);
  });
});
