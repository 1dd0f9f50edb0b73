import type { TimeScale } from '../../projections/time-scale';

/**
 * The window cut into stretches about a pixel wide: what lanes are summed up over, so that drawing costs by the width of
 * the screen and not by the length of the log. A fold is one stretch, since nothing but waiting happens in it.
 *
 * On an even scale the cuts are multiples of the stretch from the start of the run, and so are the groups of `groupPx`:
 * when the window moves the picture moves with it, and no shape comes and goes.
 */
export interface Columns {
  readonly length: number;
  /** One more than `length`: column i goes from `edgesMs[i]` to before `edgesMs[i + 1]`. */
  readonly edgesMs: Float64Array;
  readonly edgesX: Float64Array;
  /** Which group of columns each belongs to: one shape is drawn for each. */
  readonly group: Int32Array;
  /** The fold that a column is. */
  readonly isFold: Uint8Array;
}

/** Instants are whole microseconds: what happens at the very beginning of a fold stands before it. */
const justAfterMs = 0.000_5;

export function columnsOf(time: TimeScale, options: { readonly untilMs: number; readonly groupPx: number }): Columns {
  const most = Math.ceil(time.width) + 3 * time.segments.length + 3;
  const edgesMs = new Float64Array(most + 1);
  const edgesX = new Float64Array(most + 1);
  const group = new Int32Array(most + 1);
  const isFold = new Uint8Array(most + 1);
  let length = 0;
  const add = (ms: number, x: number, groupOf: number, fold: number): void => {
    if (length > most) return;
    edgesMs[length] = ms;
    edgesX[length] = x;
    group[length] = groupOf;
    isFold[length] = fold;
    length += 1;
  };
  for (const { fromMs, toMs, fromX, toX, folded } of time.segments) {
    if (fromMs > options.untilMs) break;
    const untilMs = Math.min(toMs, options.untilMs);
    // A group of its own, whatever stands beside it; between two folds an instant has a column without width.
    if (folded) {
      if (isFold[length - 1] === 1) add(fromMs, fromX, -length - 1, 0);
      add(fromMs + (length === 0 ? 0 : justAfterMs), fromX, -length - 1, 1);
    } else if (time.pxPerMs === undefined)
      for (let x = fromX; x < toX && time.xToMs(x) < untilMs; x += 1)
        add(time.xToMs(x), x, Math.floor(x / options.groupPx), 0);
    else {
      const stepMs = 1 / time.pxPerMs;
      let n = Math.floor(fromMs / stepMs);
      add(fromMs, fromX, Math.floor(n / options.groupPx), 0);
      for (n += 1; n * stepMs < untilMs; n += 1)
        add(n * stepMs, fromX + (n * stepMs - fromMs) * time.pxPerMs, Math.floor(n / options.groupPx), 0);
    }
  }
  // What ends with the window is still in sight.
  const endMs = Math.min(time.segments.at(-1)?.toMs ?? 0, options.untilMs);
  edgesMs[length] = endMs + justAfterMs;
  edgesX[length] = time.msToX(endMs);
  return { length, edgesMs, edgesX, group, isFold };
}
