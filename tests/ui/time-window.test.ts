import { describe, expect, test } from 'vitest';
import { FoldedTime } from '../../src/projections/folded-time';
import { LogTime } from '../../src/projections/time-scale';
import {
  clampWindow,
  followWindow,
  panWindow,
  tickLabel,
  ticksOf,
  zoomWindow,
} from '../../src/ui/timeline/time-window';

const endMs = 60_000;
const even = (fromMs: number, toMs: number): FoldedTime =>
  new FoldedTime({ fromMs, toMs, width: 600, folds: [], foldWidth: 56 });
const folds = [
  { fromMs: 5_000, toMs: 25_000 },
  { fromMs: 35_000, toMs: 55_000 },
];
const folded = (fromMs: number, toMs: number): FoldedTime =>
  new FoldedTime({ fromMs, toMs, width: 600, folds, foldWidth: 56 });

describe('the window of the timeline', () => {
  test('zooms without moving the instant under the pointer', () => {
    expect(zoomWindow(even(0, endMs), 300, 0.5, endMs)).toEqual({ fromMs: 15_000, toMs: 45_000 });
    const time = folded(0, 30_000);
    const atMs = time.xToMs(450);
    const near = zoomWindow(time, 450, 0.8, endMs);
    expect(folded(near.fromMs, near.toMs).msToX(atMs)).toBeCloseTo(450, 3);
  });

  test('stays inside the run', () => {
    expect(clampWindow({ fromMs: 55_000, toMs: 65_000 }, endMs)).toEqual({ fromMs: 50_000, toMs: 60_000 });
    expect(zoomWindow(even(0, endMs), 0, 10, endMs)).toEqual({ fromMs: 0, toMs: endMs });
    expect(panWindow(even(40_000, endMs), 500, endMs).toMs).toBe(endMs);
  });

  test('is never closer than there is something to see', () => {
    const near = zoomWindow(even(1_000, 1_010), 300, 0.01, endMs);
    expect(near.toMs - near.fromMs).toBeCloseTo(5, 6);
  });

  test('moves by as many pixels as the pointer, through folds too', () => {
    const time = folded(0, 30_000);
    const next = panWindow(time, 40, endMs);
    const moved = folded(next.fromMs, next.toMs);
    for (const ms of [10_000, 26_000, 29_000, 34_000]) expect(moved.msToX(ms)).toBeCloseTo(time.msToX(ms) - 40, 3);
  });

  test('turns the page for a playhead that leaves it, and only then', () => {
    const time = even(0, 10_000);
    expect(followWindow(time, 9_999, { endMs, playing: true })).toBeUndefined();
    const next = followWindow(time, 10_100, { endMs, playing: true });
    expect(next?.fromMs).toBeCloseTo(9_100, 6);
    expect(next?.toMs).toBeCloseTo(19_100, 6);
  });

  test('has a playhead that jumped in its middle, or where the end of the run lets it stand', () => {
    const time = even(0, 10_000);
    expect(followWindow(time, 17_000, { endMs, playing: false })?.fromMs).toBeCloseTo(12_000, 6);
    expect(followWindow(time, endMs, { endMs, playing: false })?.toMs).toBeCloseTo(endMs, 6);
  });

  test('has round ticks that keep their distance and stay out of folds', () => {
    const ticks = ticksOf(folded(0, 30_000));
    expect(ticks.length).toBeGreaterThan(3);
    expect(ticks.every((tick) => tick.atMs <= 5_000 || tick.atMs >= 25_000)).toBe(true);
    ticks.slice(1).forEach((tick, n) => expect(tick.x - ticks[n]!.x).toBeGreaterThan(48));
  });

  test('has ticks that grow apart on a logarithmic scale, and keep their distance in pixels', () => {
    const ticks = ticksOf(new LogTime({ fromMs: 0, toMs: 36_000_000, width: 900 }));
    const gaps = ticks.slice(1).map((tick, n) => tick.atMs - ticks[n]!.atMs);
    expect(gaps.at(-1)).toBeGreaterThan(100 * gaps[0]!);
    ticks.slice(1).forEach((tick, n) => expect(tick.x - ticks[n]!.x).toBeGreaterThan(48));
  });

  test('writes instants as short as the step allows', () => {
    expect(tickLabel(9_000, 1_000)).toBe('00:09');
    expect(tickLabel(9_250, 50)).toBe('00:09.25');
    expect(tickLabel(9_320_000, 5_000)).toBe('2:35:20');
  });
});
