import { describe, expect, test } from 'vitest';
import { FoldedTime } from '../../src/projections/folded-time';
import { clampWindow, followWindow, tickLabel, ticksOf, zoomWindow } from '../../src/ui/timeline/time-window';

const limits = { endMs: 60_000 };

describe('the window of the timeline', () => {
  test('zooms without moving the instant under the pointer', () => {
    const near = zoomWindow({ fromMs: 0, toMs: 60_000 }, 30_000, 0.5, limits);
    expect(near).toEqual({ fromMs: 15_000, toMs: 45_000 });
  });

  test('stays inside the run', () => {
    expect(clampWindow({ fromMs: 55_000, toMs: 65_000 }, limits)).toEqual({ fromMs: 50_000, toMs: 60_000 });
    expect(zoomWindow({ fromMs: 0, toMs: 60_000 }, 0, 10, limits)).toEqual({ fromMs: 0, toMs: 60_000 });
  });

  test('turns the page for a playhead that leaves it, and only then', () => {
    const window = { fromMs: 0, toMs: 10_000 };
    expect(followWindow(window, 9_999, limits)).toBe(window);
    expect(followWindow(window, 10_001, limits)).toEqual({ fromMs: 9_001, toMs: 19_001 });
  });

  test('has round ticks that keep their distance and stay out of folds', () => {
    const time = new FoldedTime({
      fromMs: 0,
      toMs: 30_000,
      width: 600,
      folds: [{ fromMs: 5_000, toMs: 25_000 }],
      foldWidth: 56,
    });
    const ticks = ticksOf(time);
    expect(ticks.every((tick) => tick.atMs <= 5_000 || tick.atMs >= 25_000)).toBe(true);
    ticks.slice(1).forEach((tick, n) => expect(tick.x - ticks[n]!.x).toBeGreaterThan(48));
  });

  test('writes instants as short as the step allows', () => {
    expect(tickLabel(9_000, 1_000)).toBe('00:09');
    expect(tickLabel(9_250, 50)).toBe('00:09.25');
    expect(tickLabel(9_320_000, 5_000)).toBe('2:35:20');
  });
});
