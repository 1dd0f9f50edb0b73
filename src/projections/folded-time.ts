import { waitMinMs } from './lanes';

export interface Fold {
  readonly fromMs: number;
  readonly toMs: number;
}

/** A part of the axis: time that runs, or a fold of a fixed width. */
export interface Segment extends Fold {
  readonly folded: boolean;
  readonly fromX: number;
  readonly toX: number;
}

export interface FoldedTimeOptions {
  readonly fromMs: number;
  readonly toMs: number;
  readonly width: number;
  /** In order, without overlap. Empty for a true scale. */
  readonly folds: readonly Fold[];
  /** Width of one fold; less when folds would take more than half of the width. */
  readonly foldWidth: number;
}

/** A wait is folded when it takes more than a twentieth of the window, and at least a second. */
export function foldMinMs(windowMs: number): number {
  return Math.max(waitMinMs, windowMs * 0.05);
}

/**
 * Maps a window of time onto a width, with waits folded to bands of a fixed width. Continuous and strictly rising,
 * so that every x is one instant and every instant one x; outside of the window it goes on at the scale of the
 * running time.
 */
export class FoldedTime {
  readonly segments: readonly Segment[];
  /** Of the time that runs. */
  readonly pxPerMs: number;
  readonly #options: FoldedTimeOptions;

  constructor(options: FoldedTimeOptions) {
    this.#options = options;
    const { fromMs, toMs, width } = options;
    const folds = options.folds
      .map((fold) => ({ fromMs: Math.max(fold.fromMs, fromMs), toMs: Math.min(fold.toMs, toMs) }))
      .filter((fold) => fold.toMs > fold.fromMs);
    const foldedMs = folds.reduce((sum, fold) => sum + fold.toMs - fold.fromMs, 0);
    const runningMs = Math.max(0, toMs - fromMs - foldedMs);
    const share = runningMs === 0 ? 1 : 0.5;
    const foldWidth = folds.length === 0 ? 0 : Math.min(options.foldWidth, (width * share) / folds.length);
    this.pxPerMs = runningMs === 0 ? 0 : (width - foldWidth * folds.length) / runningMs;
    this.segments = layOut(folds, options, foldWidth, this.pxPerMs);
  }

  msToX(ms: number): number {
    const { fromMs, toMs, width } = this.#options;
    if (ms < fromMs) return (ms - fromMs) * this.pxPerMs;
    if (ms > toMs) return width + (ms - toMs) * this.pxPerMs;
    const segment = this.segments.find((one) => ms <= one.toMs);
    return segment === undefined ? 0 : between(ms, segment.fromMs, segment.toMs, segment.fromX, segment.toX);
  }

  xToMs(x: number): number {
    const { fromMs, toMs, width } = this.#options;
    if (x < 0) return this.pxPerMs === 0 ? fromMs : fromMs + x / this.pxPerMs;
    if (x > width) return this.pxPerMs === 0 ? toMs : toMs + (x - width) / this.pxPerMs;
    const segment = this.segments.find((one) => x <= one.toX) ?? this.segments.at(-1);
    return segment === undefined ? fromMs : between(x, segment.fromX, segment.toX, segment.fromMs, segment.toMs);
  }
}

function layOut(folds: readonly Fold[], options: FoldedTimeOptions, foldWidth: number, pxPerMs: number): Segment[] {
  const segments: Segment[] = [];
  let atMs = options.fromMs;
  let x = 0;
  const add = (toMs: number, width: number, folded: boolean): void => {
    if (toMs <= atMs) return;
    segments.push({ folded, fromMs: atMs, toMs, fromX: x, toX: x + width });
    atMs = toMs;
    x += width;
  };
  for (const fold of folds) {
    add(fold.fromMs, (fold.fromMs - atMs) * pxPerMs, false);
    add(fold.toMs, foldWidth, true);
  }
  add(options.toMs, (options.toMs - atMs) * pxPerMs, false);
  return segments;
}

function between(value: number, from: number, to: number, onFrom: number, onTo: number): number {
  return to === from ? onFrom : onFrom + ((value - from) / (to - from)) * (onTo - onFrom);
}
