import { worstFate } from '../../projections/fate';
import type { FaultSpan } from '../../projections/fault-spans';
import { laneColumns, type LaneColumns } from '../../projections/lane';
import type { Bar, Lane, Outage } from '../../projections/lanes';
import type { TimeScale } from '../../projections/time-scale';
import { hatchRect, type Ink } from '../stage/canvas-ink';
import { columnsOf, type Columns } from './columns';
import { bandEdges } from './fault-bands';
import { FateBatch } from './fate-batch';
import type { Tick, TimeWindow } from './time-window';

/**
 * One canvas for all lanes in sight. Drawn anew only when time, window or log change, never for the playhead alone.
 *
 * Invariants
 * 1. Every lane is summed up over columns of about a pixel, so that work and strokes are bounded by the pixels on show.
 * 2. Of what falls into one group of columns one shape is drawn, the one that needs attention most.
 */
export interface LanesPicture {
  readonly lanes: readonly Lane[];
  readonly time: TimeScale;
  readonly window: TimeWindow;
  /** Up to here the lanes know the run. */
  readonly knownToMs: number;
  readonly ticks: readonly Tick[];
  readonly heightPx: number;
  readonly scrollPx: number;
  readonly laneHeightPx: number;
  /** By process. */
  readonly faults: ReadonlyMap<string, readonly FaultSpan[]>;
  /** The attempts of the selected message, by process. */
  readonly selectedBars: ReadonlyMap<string, readonly Bar[]>;
  readonly selectedProcess: string | undefined;
  /** The word on an outage. */
  readonly words: Readonly<Record<Outage['type'], string>>;
  readonly ink: Ink;
}

/** Shapes closer than that could not be told apart. */
const groupPx = 5;
/** Less holds no hatch. */
const hatchLeastPx = 4;

/** Rectangles of one colour: left, top, width, height of each. Filled one by one, which is faster than as one path. */
type Rects = number[];

function fillRects(context: CanvasRenderingContext2D, rects: Rects): void {
  for (let n = 0; n < rects.length; n += 4)
    context.fillRect(rects[n] as number, rects[n + 1] as number, rects[n + 2] as number, rects[n + 3] as number);
}

/** What is being gathered, to be drawn in one go. */
interface Sheet {
  readonly picture: LanesPicture;
  readonly columns: Columns;
  readonly lane: LaneColumns;
  readonly bars: Rects;
  readonly threads: Path2D;
  /** Callers that wait: over their bars, and where there is none. */
  readonly awaits: Path2D;
  readonly dots: FateBatch;
  readonly shapes: FateBatch;
  readonly chosen: Rects;
  readonly chosenShapes: FateBatch;
  readonly errors: Rects;
}

export function paintLanes(context: CanvasRenderingContext2D, picture: LanesPicture): void {
  const { lanes, scrollPx, heightPx, laneHeightPx, ticks, ink, time } = picture;
  context.fillStyle = ink['--line'];
  for (const tick of ticks) context.fillRect(Math.round(tick.x), 0, 1, heightPx);
  const columns = columnsOf(time, { untilMs: picture.knownToMs, groupPx });
  const shapePx = laneHeightPx > 24 ? 10 : 8;
  const sheet: Sheet = {
    picture,
    columns,
    lane: laneColumns(columns.length),
    bars: [],
    threads: new Path2D(),
    awaits: new Path2D(),
    dots: new FateBatch(shapePx - 2),
    shapes: new FateBatch(shapePx),
    chosen: [],
    chosenShapes: new FateBatch(shapePx),
    errors: [],
  };
  const first = Math.max(0, Math.floor(scrollPx / laneHeightPx));
  const last = Math.min(lanes.length, Math.ceil((scrollPx + heightPx) / laneHeightPx));
  for (let n = first; n < last; n++) gatherLane(context, lanes[n]!, n * laneHeightPx - scrollPx, sheet);
  finish(context, sheet);
}

function finish(context: CanvasRenderingContext2D, sheet: Sheet): void {
  const { ink } = sheet.picture;
  context.strokeStyle = ink['--retried'];
  context.lineWidth = 1.5;
  context.setLineDash([1.5, 3.5]);
  context.stroke(sheet.threads);
  context.setLineDash([]);
  // What a listener published while it worked lies under its bar's end, which says more.
  sheet.dots.paint(context, ink);
  context.fillStyle = ink['--line-3'];
  fillRects(context, sheet.bars);
  context.strokeStyle = ink['--ink-2'];
  context.setLineDash([1.5, 3.5]);
  context.stroke(sheet.awaits);
  context.setLineDash([]);
  sheet.shapes.paint(context, ink);
  context.fillStyle = ink['--accent'];
  fillRects(context, sheet.chosen);
  sheet.chosenShapes.paint(context, ink);
  context.fillStyle = ink['--failed'];
  fillRects(context, sheet.errors);
}

function gatherLane(context: CanvasRenderingContext2D, lane: Lane, y: number, sheet: Sheet): void {
  const { picture, columns } = sheet;
  const { ink, laneHeightPx, time, window } = picture;
  const chosen = picture.selectedBars
    .get(lane.process)
    ?.filter((bar) => bar.startMs <= window.toMs && (bar.endMs ?? Infinity) >= window.fromMs);
  if (lane.process === picture.selectedProcess || (chosen !== undefined && chosen.length > 0)) {
    context.fillStyle = ink['--bg-sel'];
    context.fillRect(0, y, time.width, laneHeightPx);
  }
  context.fillStyle = ink['--line'];
  context.fillRect(0, y + laneHeightPx - 1, time.width, 1);
  paintOutages(context, lane, y, picture);
  paintFaults(context, picture.faults.get(lane.process) ?? [], y, picture);
  lane.sumUp(columns.edgesMs, columns.length, sheet.lane);
  gatherThreads(sheet, y);
  gatherAwaits(sheet, y);
  gatherBars(sheet, y);
  gatherShapes(sheet, y);
  gatherChosen(sheet, y, chosen ?? []);
}

/** The middle of a lane, above its line. */
function middleOf(y: number, laneHeightPx: number): number {
  return y + (laneHeightPx - 1) / 2;
}

/** Calls with each stretch of columns that have the mark. */
function forRuns(marked: Uint8Array, length: number, call: (from: number, to: number) => void): void {
  for (let index = 0; index < length;) {
    if (marked[index] === 0) {
      index += 1;
      continue;
    }
    const from = index;
    while (index < length && marked[index] !== 0) index += 1;
    call(from, index);
  }
}

function gatherThreads({ picture, columns, lane, threads, shapes }: Sheet, y: number): void {
  const middle = middleOf(y, picture.laneHeightPx);
  const { edgesX, isFold } = columns;
  forRuns(lane.waiting, columns.length, (from, to) => {
    const [x0, x1] = [edgesX[from] as number, edgesX[to] as number];
    if (x1 - x0 < 6) return;
    threads.moveTo(x0, middle);
    threads.lineTo(x1, middle);
    let folds = 0;
    for (let index = from; index < to; index += 1) {
      if (isFold[index] === 0) continue;
      const [left, right] = [edgesX[index] as number, edgesX[index + 1] as number];
      if (right - left < 16) continue;
      folds += 1;
      shapes.add('retried', (left + right) / 2, middle);
    }
    if (folds === 0 && x1 - x0 >= 24) shapes.add('retried', (x0 + x1) / 2, middle);
  });
}

function gatherAwaits({ picture, columns, lane, awaits }: Sheet, y: number): void {
  const middle = middleOf(y, picture.laneHeightPx);
  forRuns(lane.awaiting, columns.length, (from, to) => {
    const [x0, x1] = [columns.edgesX[from] as number, columns.edgesX[to] as number];
    if (x1 - x0 < 6) return;
    awaits.moveTo(x0, middle);
    awaits.lineTo(x1, middle);
  });
}

function gatherBars({ picture, columns, lane, bars }: Sheet, y: number): void {
  const height = picture.laneHeightPx > 24 ? 16 : 9;
  const top = middleOf(y, picture.laneHeightPx) - height / 2;
  forRuns(lane.busy, columns.length, (from, to) => {
    const [x0, x1] = [columns.edgesX[from] as number, columns.edgesX[to] as number];
    bars.push(x0, top, Math.max(1, x1 - x0), height);
  });
}

function gatherShapes({ picture, columns, lane, shapes, dots, errors }: Sheet, y: number): void {
  const { laneHeightPx } = picture;
  const middle = middleOf(y, laneHeightPx);
  const { group, edgesX, length } = columns;
  for (let index = 0; index < length;) {
    const of = group[index];
    let [ended, endedAt, publishedAt, failedAt, errorAt] = [0, -1, -1, -1, -1];
    for (; index < length && group[index] === of; index += 1) {
      const here = lane.ended[index] as number;
      // The place of the one that is drawn.
      if (here !== 0 && worstFate(ended | here) !== worstFate(ended)) endedAt = index;
      ended |= here;
      if (lane.published[index] !== 0) publishedAt = index;
      if (lane.failure[index] !== 0) failedAt = index;
      if (lane['console-error'][index] !== 0) errorAt = index;
    }
    const x = (at: number): number => ((edgesX[at] as number) + (edgesX[at + 1] as number)) / 2;
    const fate = worstFate(ended);
    if (publishedAt >= 0) dots.add('flight', x(publishedAt), middle);
    if (fate !== undefined && endedAt >= 0) shapes.add(fate, x(endedAt), middle);
    if (failedAt >= 0) shapes.add('failed', x(failedAt), middle);
    if (errorAt >= 0) errors.push(x(errorAt) - 1, y + laneHeightPx - 4, 2, 3);
  }
}

function gatherChosen({ picture, chosen, chosenShapes }: Sheet, y: number, bars: readonly Bar[]): void {
  const { time, laneHeightPx, knownToMs } = picture;
  const middle = middleOf(y, laneHeightPx);
  const height = laneHeightPx > 24 ? 16 : 9;
  for (const bar of bars) {
    const x0 = Math.max(0, time.msToX(bar.startMs));
    const x1 = Math.min(time.width, time.msToX(bar.endMs ?? knownToMs));
    chosen.push(x0, middle - height / 2, Math.max(2, x1 - x0), height);
    if (bar.endMs !== undefined) chosenShapes.add(bar.fate, x1, middle);
  }
}

function paintOutages(context: CanvasRenderingContext2D, lane: Lane, y: number, picture: LanesPicture): void {
  const { time, window, ink, words, selectedProcess, laneHeightPx } = picture;
  const { outages } = lane;
  let paintedX = -Infinity;
  for (let n = firstOutage(outages, window.fromMs); n < outages.length; n += 1) {
    const outage = outages[n]!;
    if (outage.fromMs > window.toMs) break;
    const x0 = Math.max(0, time.msToX(outage.fromMs));
    const x1 = Math.min(time.width, time.msToX(outage.toMs ?? Math.max(outage.fromMs, picture.knownToMs)));
    // A process that falls and comes back many times within a pixel is down there once.
    if (x1 < paintedX + 1) continue;
    paintedX = Math.max(x1, x0 + 1);
    if (outage.type === 'crashed' && x1 - x0 < hatchLeastPx) {
      context.fillStyle = ink['--failed'];
      context.fillRect(x0, y + 2, Math.max(1, x1 - x0), laneHeightPx - 5);
    } else if (outage.type === 'crashed') {
      hatchRect(context, ink['--failed'], { x: x0, y: y + 2, width: Math.max(1, x1 - x0), height: laneHeightPx - 5 });
      if (outage.fromMs >= window.fromMs) {
        const start = new FateBatch(laneHeightPx > 24 ? 10 : 8);
        start.add('failed', x0, middleOf(y, laneHeightPx));
        start.paint(context, ink);
      }
    } else {
      context.fillStyle = ink['--line-2'];
      context.fillRect(x0, middleOf(y, laneHeightPx) - 0.5, Math.max(1, x1 - x0), 1);
    }
    if (x1 - x0 < 48) continue;
    const word = words[outage.type];
    context.font = `11px ${ink.ui}`;
    context.textBaseline = 'middle';
    const width = context.measureText(word).width;
    if (x1 - x0 < width + 28) continue;
    context.fillStyle = lane.process === selectedProcess ? ink['--bg-sel'] : ink['--bg-1'];
    context.fillRect(x0 + 18, y + 1, width + 8, laneHeightPx - 3);
    context.fillStyle = outage.type === 'crashed' ? ink['--failed'] : ink['--ink-3'];
    context.fillText(word, x0 + 22, middleOf(y, laneHeightPx) + 0.5);
  }
}

/** A hatched edge along the top of the lane, above its bars, with a mark where it begins and where it ends. */
function paintFaults(
  context: CanvasRenderingContext2D,
  spans: readonly FaultSpan[],
  y: number,
  { time, ink, laneHeightPx, knownToMs }: LanesPicture,
): void {
  const height = laneHeightPx > 24 ? 6 : 3;
  for (const span of spans) {
    const [x0, x1] = bandEdges(span, time, knownToMs);
    const [left, right] = [Math.max(0, x0), Math.min(time.width, x1)];
    if (right <= left) continue;
    hatchRect(context, ink['--ink-1'], { x: left, y, width: right - left, height }, 4);
    context.fillStyle = ink['--ink-2'];
    context.fillRect(left, y, right - left, 1);
    if (x0 >= 0) context.fillRect(x0, y, 1, height + 2);
    if (span.toMs !== undefined && x1 <= time.width) context.fillRect(x1 - 1, y, 1, height + 2);
  }
}

/** Index of the first that is not over before `fromMs`. */
function firstOutage(outages: readonly Outage[], fromMs: number): number {
  let low = 0;
  let high = outages.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((outages[middle]?.toMs ?? Infinity) < fromMs) low = middle + 1;
    else high = middle;
  }
  return low;
}
