/** A rising map from instants to pixels and back. */
export interface TimeMap {
  msToX(ms: number): number;
  xToMs(x: number): number;
}

/** How a window of time lies on a width; the map goes on beyond the window. */
export interface TimeScale extends TimeMap {
  readonly width: number;
  /** In order, from the start of the window to its end. */
  readonly segments: readonly Segment[];
  /** Of the time that runs; undefined when it differs from place to place. */
  readonly pxPerMs: number | undefined;
  /** The same with time taking less room by `factor`, and what is at `anchorX` staying there. */
  zoomed(anchorX: number, factor: number): TimeMap;
}

/** A part of the axis: time that runs, or a fold of a fixed width. */
export interface Segment {
  readonly fromMs: number;
  readonly toMs: number;
  readonly folded: boolean;
  /** How long the whole wait of a fold is, of which the window may show a part; 0 otherwise. */
  readonly waitMs: number;
  readonly fromX: number;
  readonly toX: number;
}

/** Below this from the start of the run the scale is nearly even, above it nearly logarithmic. */
const linearToMs = 100;

/**
 * Every tenfold of the time since the run began takes the same width. Waits that grow by a factor become equal steps,
 * which is what one looks for in a back-off.
 */
export class LogTime implements TimeScale {
  readonly width: number;
  readonly segments: readonly Segment[];
  readonly pxPerMs = undefined;
  readonly #from: number;
  readonly #pxPerUnit: number;

  constructor({ fromMs, toMs, width }: { readonly fromMs: number; readonly toMs: number; readonly width: number }) {
    this.width = width;
    this.segments = [{ fromMs, toMs, folded: false, waitMs: 0, fromX: 0, toX: width }];
    this.#from = toLog(fromMs);
    const span = toLog(toMs) - this.#from;
    this.#pxPerUnit = span > 0 ? width / span : 0;
  }

  msToX(ms: number): number {
    return (toLog(ms) - this.#from) * this.#pxPerUnit;
  }

  xToMs(x: number): number {
    if (this.#pxPerUnit === 0) return this.segments[0]?.fromMs ?? 0;
    return linearToMs * Math.expm1(this.#from + x / this.#pxPerUnit);
  }

  zoomed(anchorX: number, factor: number): TimeMap {
    return {
      msToX: (ms) => anchorX + (this.msToX(ms) - anchorX) / factor,
      xToMs: (x) => this.xToMs(anchorX + (x - anchorX) * factor),
    };
  }
}

function toLog(ms: number): number {
  return Math.log1p(Math.max(0, ms) / linearToMs);
}

const stepsMs = [
  1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 15_000, 30_000, 60_000, 120_000, 300_000, 600_000,
  900_000, 1_800_000, 3_600_000, 7_200_000, 21_600_000, 43_200_000, 86_400_000,
];

/** The least round step that is not below `leastMs`. */
export function niceStep(leastMs: number): number {
  return stepsMs.find((step) => step >= leastMs) ?? Math.ceil(leastMs / 86_400_000) * 86_400_000;
}

export interface Sample {
  readonly atMs: number;
  readonly x: number;
  /** How far apart instants are here: a round step, of which `atMs` is a multiple. */
  readonly stepMs: number;
}

/**
 * Round instants at least `gapPx` apart over the window, folds included, one more on either side. The same
 * instants come back as long as the scale is the same, however the window moves.
 */
export function sampleTime(scale: TimeScale, gapPx: number): Sample[] {
  const samples: Sample[] = [];
  for (const { fromMs, toMs, fromX, toX } of scale.segments) {
    const even = toX > fromX && scale.pxPerMs !== undefined ? niceStep(((toMs - fromMs) / (toX - fromX)) * gapPx) : 0;
    if (even === 0 && scale.pxPerMs !== undefined) continue;
    const stepAt = (ms: number): number => {
      if (even > 0) return even;
      const x = scale.msToX(ms);
      return niceStep(scale.xToMs(x + gapPx) - ms);
    };
    let stepMs = stepAt(fromMs);
    let atMs = Math.floor(fromMs / stepMs) * stepMs;
    for (;;) {
      const last = samples[samples.length - 1];
      if (last === undefined || atMs > last.atMs) samples.push({ atMs, x: scale.msToX(atMs), stepMs });
      if (atMs >= toMs) break;
      stepMs = stepAt(atMs);
      atMs = Math.floor(atMs / stepMs) * stepMs + stepMs;
    }
  }
  return samples;
}
