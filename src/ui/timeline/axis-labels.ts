import type { Segment } from '../../projections/time-scale';
import type { Tick } from './time-window';

/** Which words of the time axis have room: lengths of folds, the longest first, then round instants. Pure. */
export interface AxisLabels {
  readonly folds: readonly { readonly fromMs: number; readonly x: number; readonly text: string }[];
  readonly ticks: readonly Tick[];
}

interface Axis {
  readonly widthPx: number;
  readonly folds: readonly Segment[];
  readonly ticks: readonly Tick[];
  /** How long a fold's wait is, in full and rounded. */
  readonly lengthOf: (waitMs: number) => { readonly whole: string; readonly about: string };
  /** The playhead's flag, which covers what lies below it. */
  readonly flag: Span;
}

interface Span {
  readonly fromX: number;
  readonly toX: number;
}

const boldPx = 6.4;
const monoPx = 6.7;
const apartPx = 3;
/** A length may stand a little over both edges of its fold. */
const overPx = 12;

export function axisLabels({ widthPx, folds, ticks, lengthOf, flag }: Axis): AxisLabels {
  const taken: Span[] = [flag];
  const isFree = ({ fromX, toX }: Span): boolean =>
    taken.every((other) => toX + apartPx <= other.fromX || fromX >= other.toX + apartPx);
  const placed = folds
    .toSorted((a, b) => b.waitMs - a.waitMs || a.fromMs - b.fromMs)
    .flatMap(({ fromMs, fromX, toX, waitMs }) => {
      const { whole, about } = lengthOf(waitMs);
      const text = whole.length * boldPx <= toX - fromX + overPx ? whole : about;
      const half = (text.length * boldPx) / 2;
      const x = Math.max(half, Math.min((fromX + toX) / 2, widthPx - half));
      const span = { fromX: x - half, toX: x + half };
      if (!isFree(span)) return [];
      taken.push(span);
      return [{ fromMs, x, text }];
    });
  return {
    folds: placed,
    // What the flag covers comes out again as it moves on.
    ticks: ticks.filter(({ x, label }) => {
      const span = { fromX: x, toX: x + 4 + label.length * monoPx };
      return span.toX < widthPx && taken.every((other) => other === flag || span.toX <= other.fromX || x >= other.toX);
    }),
  };
}
