import { waitMinMs } from './lanes';
import type { Segment, TimeMap, TimeScale } from './time-scale';

export interface Fold {
  readonly fromMs: number;
  readonly toMs: number;
}

export interface FoldedTimeOptions {
  readonly fromMs: number;
  readonly toMs: number;
  readonly width: number;
  /** Of the whole run, in order, without overlap. Empty for a true scale. */
  readonly folds: readonly Fold[];
  /** Width of one fold; less when folds would take more than half of the width. */
  readonly foldWidth: number;
}

/**
 * The shortest wait that is folded in a window: a twentieth of the time that runs in it, and at least a second. What is folded
 * does not run, so that with the hours folded the minutes come into question, and then the seconds.
 */
export function foldMinMs(windowMs: number, waits: readonly Fold[] = [], fromMs = 0): number {
  const inside = waits
    .map((wait) => ({
      wholeMs: wait.toMs - wait.fromMs,
      partMs: Math.min(wait.toMs, fromMs + windowMs) - Math.max(wait.fromMs, fromMs),
    }))
    .filter(({ partMs }) => partMs > 0)
    .sort((one, other) => other.wholeMs - one.wholeMs);
  let runningMs = windowMs;
  for (const { wholeMs, partMs } of inside) {
    if (wholeMs < leastOf(runningMs)) break;
    runningMs -= partMs;
  }
  return leastOf(runningMs);
}

function leastOf(runningMs: number): number {
  return Math.max(waitMinMs, runningMs * 0.05);
}

/**
 * Maps a window of time onto a width, with waits folded to bands of a fixed width. Continuous and strictly rising,
 * so that every x is one instant and every instant one x. It goes on beyond the window, folds included, so that moving
 * the window moves the picture by as many pixels.
 *
 * A window in which nothing would be left running is not folded.
 */
export class FoldedTime implements TimeScale {
  readonly width: number;
  readonly segments: readonly Segment[];
  /** Of the time that runs. */
  readonly pxPerMs: number;
  readonly #map: FoldMap;
  readonly #originX: number;

  constructor({ fromMs, toMs, width, folds, foldWidth }: FoldedTimeOptions) {
    this.width = width;
    const share = ({ fromMs: from, toMs: to }: Fold): number =>
      Math.max(0, Math.min(to, toMs) - Math.max(from, fromMs)) / (to - from);
    const shares = folds.reduce((sum, fold) => sum + share(fold), 0);
    const hiddenMs = folds.reduce((sum, fold) => sum + share(fold) * (fold.toMs - fold.fromMs), 0);
    const runningMs = toMs - fromMs - hiddenMs;
    // Less than what floating point leaves of a difference of hours is nothing.
    const foldable = runningMs > 1e-3;
    const foldPx = shares === 0 || !foldable ? foldWidth : Math.min(foldWidth, (width * 0.5) / shares);
    const inFolds = foldable ? shares * foldPx : 0;
    this.pxPerMs = toMs > fromMs ? (width - inFolds) / (foldable ? runningMs : toMs - fromMs) : 0;
    this.#map = new FoldMap(foldable ? folds : [], foldPx, this.pxPerMs);
    this.#originX = this.#map.place(fromMs);
    this.segments = this.#layOut(fromMs, toMs);
  }

  msToX(ms: number): number {
    return this.#map.place(ms) - this.#originX;
  }

  xToMs(x: number): number {
    if (this.pxPerMs === 0) return this.segments[0]?.fromMs ?? 0;
    return this.#map.instant(x + this.#originX);
  }

  zoomed(anchorX: number, factor: number): TimeMap {
    const map = this.#map.scaled(1 / factor);
    const originX = map.place(this.xToMs(anchorX)) - anchorX;
    return { msToX: (ms) => map.place(ms) - originX, xToMs: (x) => map.instant(x + originX) };
  }

  #layOut(fromMs: number, toMs: number): Segment[] {
    const segments: Segment[] = [];
    let atMs = fromMs;
    const add = (untilMs: number, waitMs: number): void => {
      if (untilMs <= atMs) return;
      const [fromX, toX] = [this.msToX(atMs), this.msToX(untilMs)];
      segments.push({ folded: waitMs > 0, waitMs, fromMs: atMs, toMs: untilMs, fromX, toX });
      atMs = untilMs;
    };
    for (const fold of this.#map.folds) {
      if (fold.toMs <= fromMs) continue;
      if (fold.fromMs >= toMs) break;
      add(fold.fromMs, 0);
      add(Math.min(fold.toMs, toMs), fold.toMs - fold.fromMs);
    }
    add(toMs, 0);
    return segments;
  }
}

/** Where instants lie when the run begins at 0 px. */
class FoldMap {
  readonly folds: readonly Fold[];
  readonly #foldPx: number;
  readonly #pxPerMs: number;
  /** Where each fold begins. */
  readonly #foldX: Float64Array;

  constructor(folds: readonly Fold[], foldPx: number, pxPerMs: number) {
    this.folds = folds;
    this.#foldPx = foldPx;
    this.#pxPerMs = pxPerMs;
    this.#foldX = new Float64Array(folds.length);
    let foldedMs = 0;
    folds.forEach((fold, index) => {
      this.#foldX[index] = (fold.fromMs - foldedMs) * pxPerMs + index * foldPx;
      foldedMs += fold.toMs - fold.fromMs;
    });
  }

  /** Running time is wider by the factor, folds are as they were. */
  scaled(factor: number): FoldMap {
    return new FoldMap(this.folds, this.#foldPx, this.#pxPerMs * factor);
  }

  place(ms: number): number {
    let low = 0;
    let high = this.folds.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.folds[middle] as Fold).fromMs > ms) high = middle;
      else low = middle + 1;
    }
    const fold = this.folds[low - 1];
    if (fold === undefined) return ms * this.#pxPerMs;
    const from = this.#foldX[low - 1] as number;
    const lengthMs = fold.toMs - fold.fromMs;
    if (ms <= fold.toMs) return from + ((ms - fold.fromMs) / lengthMs) * this.#foldPx;
    return from + this.#foldPx + (ms - fold.toMs) * this.#pxPerMs;
  }

  instant(place: number): number {
    const index = lastAtMost(this.#foldX, place);
    const fold = this.folds[index];
    if (fold === undefined) return place / this.#pxPerMs;
    const into = place - (this.#foldX[index] as number);
    if (into > this.#foldPx) return fold.toMs + (into - this.#foldPx) / this.#pxPerMs;
    return fold.fromMs + (into / this.#foldPx) * (fold.toMs - fold.fromMs);
  }
}

/** Index of the last value that is not above `value`; -1 when there is none. */
function lastAtMost(values: Float64Array, value: number): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((values[middle] as number) > value) high = middle;
    else low = middle + 1;
  }
  return low - 1;
}
