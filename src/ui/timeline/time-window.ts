import { niceStep, type TimeMap, type TimeScale } from '../../projections/time-scale';

/** The window of time on show: its ticks, and how it zooms, moves and follows. Pure. */
export interface TimeWindow {
  readonly fromMs: number;
  readonly toMs: number;
}

export interface Tick {
  readonly atMs: number;
  readonly x: number;
  readonly label: string;
}

const labelPx = 48;

/** Round instants at least `gapPx` apart, none inside a fold. */
export function ticksOf(time: TimeScale, gapPx = 72): Tick[] {
  const ticks: Tick[] = [];
  for (const segment of time.segments) {
    if (segment.folded) continue;
    const isLast = segment === time.segments.at(-1);
    // A label would run into the fold beside it.
    const endX = isLast ? segment.toX : segment.toX - labelPx;
    let x = segment.fromX;
    while (x <= endX) {
      const fromMs = time.xToMs(x);
      const stepMs = niceStep(time.xToMs(x + gapPx) - fromMs);
      const atMs = Math.ceil(fromMs / stepMs - 1e-9) * stepMs;
      const tickX = time.msToX(atMs);
      if (tickX > endX + 1e-6 || atMs > segment.toMs) break;
      const previous = ticks[ticks.length - 1];
      if (previous === undefined || tickX - previous.x >= gapPx * 0.75)
        ticks.push({ atMs, x: tickX, label: tickLabel(atMs, stepMs) });
      x = tickX + gapPx * 0.75;
    }
  }
  return ticks;
}

/** As short as the step allows: `00:09`, `00:09.25`, `2:35:20`. */
export function tickLabel(atMs: number, stepMs: number): string {
  const decimals = stepMs % 1_000 === 0 ? 0 : stepMs % 100 === 0 ? 1 : stepMs % 10 === 0 ? 2 : 3;
  const whole = Math.floor(atMs / 1_000);
  const rest =
    decimals === 0
      ? ''
      : `.${String(atMs % 1_000)
          .padStart(3, '0')
          .slice(0, decimals)}`;
  const two = (value: number): string => String(value).padStart(2, '0');
  const minutes = `${two(Math.floor(whole / 60) % 60)}:${two(whole % 60)}${rest}`;
  return whole < 3_600 ? minutes : `${Math.floor(whole / 3_600)}:${minutes}`;
}

/** Closer than that there is nothing to see. */
const leastMs = 5;

/** Zooms by `factor` (below 1 is closer) and leaves what is at `anchorX` where it is. */
export function zoomWindow(time: TimeScale, anchorX: number, factor: number, endMs: number): TimeWindow {
  const near = cut(time.zoomed(anchorX, factor), 0, time.width, endMs);
  if (near.toMs - near.fromMs >= Math.min(leastMs, endMs)) return near;
  const anchorMs = time.xToMs(anchorX);
  const share = anchorX / time.width;
  return clampWindow({ fromMs: anchorMs - share * leastMs, toMs: anchorMs + (1 - share) * leastMs }, endMs);
}

/** Moves the picture by so many pixels; folds and a logarithmic scale included. */
export function panWindow(time: TimeScale, byPx: number, endMs: number): TimeWindow {
  return cut(time, byPx, time.width, endMs);
}

/** The window of that width from `fromX` on, pushed inside the run. */
function cut(map: TimeMap, fromX: number, width: number, endMs: number): TimeWindow {
  const [leastX, mostX] = [map.msToX(0), map.msToX(endMs)];
  const widthX = Math.min(width, mostX - leastX);
  const x = Math.max(leastX, Math.min(fromX, mostX - widthX));
  return { fromMs: Math.max(0, map.xToMs(x)), toMs: Math.min(endMs, map.xToMs(x + widthX)) };
}

/** Moves the window inside the run without changing its length, unless it is longer than the run. */
export function clampWindow(window: TimeWindow, endMs: number): TimeWindow {
  const spanMs = Math.min(window.toMs - window.fromMs, endMs);
  const fromMs = Math.max(0, Math.min(window.fromMs, endMs - spanMs));
  return { fromMs, toMs: fromMs + spanMs };
}

/**
 * The window turns the page when the playhead leaves it. While playing what comes next has the room; after a jump the playhead stands in the
 * middle. `undefined`: it may stay.
 */
export function followWindow(
  time: TimeScale,
  playheadMs: number,
  { endMs, playing }: { readonly endMs: number; readonly playing: boolean },
): TimeWindow | undefined {
  const x = time.msToX(playheadMs);
  if (x >= -0.5 && x <= time.width + 0.5) return undefined;
  return panWindow(time, x - time.width * (playing ? 0.1 : 0.5), endMs);
}

/** As far as the eye can tell. */
export function isSameWindow(one: TimeWindow, other: TimeWindow): boolean {
  return Math.abs(one.fromMs - other.fromMs) < 1e-3 && Math.abs(one.toMs - other.toMs) < 1e-3;
}

/** On the way from one window to another. */
export function windowBetween(from: TimeWindow, to: TimeWindow, share: number): TimeWindow {
  const mix = (one: number, other: number): number => one + (other - one) * share;
  return share >= 1 ? to : { fromMs: mix(from.fromMs, to.fromMs), toMs: mix(from.toMs, to.toMs) };
}

/** The curve of everything that moves by itself, `cubic-bezier(.2, 0, 0, 1)`, as far as the eye can tell. */
export function ease(share: number): number {
  return 1 - (1 - share) ** 4;
}
