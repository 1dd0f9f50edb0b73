import type { FoldedTime } from '../../projections/folded-time';

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

const stepsMs = [
  1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 15_000, 30_000, 60_000, 120_000, 300_000, 600_000,
  900_000, 1_800_000, 3_600_000, 7_200_000, 21_600_000, 43_200_000, 86_400_000,
];

const labelPx = 48;

/** Round instants at least `gapPx` apart, none inside a fold. */
export function ticksOf(time: FoldedTime, gapPx = 72): Tick[] {
  const open = time.segments.filter((segment) => !segment.folded);
  if (time.pxPerMs <= 0) return [];
  const stepMs = niceStep(gapPx / time.pxPerMs);
  const ticks: Tick[] = [];
  for (const segment of open) {
    for (let atMs = Math.ceil(segment.fromMs / stepMs) * stepMs; atMs <= segment.toMs; atMs += stepMs) {
      const x = time.msToX(atMs);
      // A label would run into the fold beside it.
      if (segment !== time.segments.at(-1) && x + labelPx > segment.toX) break;
      const previous = ticks[ticks.length - 1];
      if (previous === undefined || x - previous.x >= gapPx * 0.75)
        ticks.push({ atMs, x, label: tickLabel(atMs, stepMs) });
    }
  }
  return ticks;
}

/** The least round step that is not below `leastMs`. */
export function niceStep(leastMs: number): number {
  return stepsMs.find((step) => step >= leastMs) ?? Math.ceil(leastMs / 86_400_000) * 86_400_000;
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

export interface WindowLimits {
  readonly endMs: number;
  /** Default 5 ms: closer than that there is nothing to see. */
  readonly leastMs?: number;
}

/** Zooms by `factor` (below 1 is closer) and keeps the instant `anchorMs` where it is. */
export function zoomWindow(window: TimeWindow, anchorMs: number, factor: number, limits: WindowLimits): TimeWindow {
  const spanMs = window.toMs - window.fromMs;
  const leastMs = Math.min(limits.leastMs ?? 5, limits.endMs);
  const nextMs = Math.min(Math.max(spanMs * factor, leastMs), Math.max(limits.endMs, leastMs));
  const share = spanMs === 0 ? 0.5 : (anchorMs - window.fromMs) / spanMs;
  return clampWindow({ fromMs: anchorMs - share * nextMs, toMs: anchorMs + (1 - share) * nextMs }, limits);
}

export function panWindow(window: TimeWindow, byMs: number, limits: WindowLimits): TimeWindow {
  return clampWindow({ fromMs: window.fromMs + byMs, toMs: window.toMs + byMs }, limits);
}

/** Moves the window inside the run without changing its length, unless it is longer than the run. */
export function clampWindow(window: TimeWindow, limits: WindowLimits): TimeWindow {
  const spanMs = Math.min(window.toMs - window.fromMs, limits.endMs);
  const fromMs = Math.max(0, Math.min(window.fromMs, limits.endMs - spanMs));
  return { fromMs, toMs: fromMs + spanMs };
}

/** While playing, the window turns the page when the playhead leaves it. */
export function followWindow(window: TimeWindow, playheadMs: number, limits: WindowLimits): TimeWindow {
  if (playheadMs >= window.fromMs && playheadMs <= window.toMs) return window;
  const spanMs = window.toMs - window.fromMs;
  return clampWindow({ fromMs: playheadMs - spanMs * 0.1, toMs: playheadMs + spanMs * 0.9 }, limits);
}
