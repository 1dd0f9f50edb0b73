import { idNumber } from '../../projections/column';
import type { Fate } from '../../projections/fate';
import type { FoldedTime } from '../../projections/folded-time';
import type { Bar, Lane, MarkType } from '../../projections/lanes';
import { drawFate, fateInk, hatchRect, type Ink } from '../stage/canvas-ink';
import type { Tick, TimeWindow } from './time-window';

/** One canvas for all lanes in sight. Drawn anew only when time, window or log change, never for the playhead alone. */
export interface LanesPicture {
  readonly lanes: readonly Lane[];
  readonly time: FoldedTime;
  readonly window: TimeWindow;
  readonly ticks: readonly Tick[];
  readonly widthPx: number;
  readonly heightPx: number;
  readonly scrollPx: number;
  readonly selectedMessage: string | undefined;
  readonly selectedProcess: string | undefined;
  /** The word on an outage. */
  readonly words: Readonly<Record<'crashed' | 'exited' | 'stopped', string>>;
  readonly ink: Ink;
}

export const laneHeightPx = 16;
const barInsetPx = 3;
const shapePx = 8;
/** Shapes closer than this to the one before are left out: they could not be told apart. */
const shapeGapPx = 3;

export function paintLanes(context: CanvasRenderingContext2D, picture: LanesPicture): void {
  const { lanes, scrollPx, heightPx, widthPx, ticks, ink } = picture;
  context.fillStyle = ink['--line'];
  for (const tick of ticks) context.fillRect(Math.round(tick.x), 0, 1, heightPx);
  const first = Math.max(0, Math.floor(scrollPx / laneHeightPx));
  const last = Math.min(lanes.length, Math.ceil((scrollPx + heightPx) / laneHeightPx));
  for (let n = first; n < last; n++) {
    const lane = lanes[n]!;
    const y = n * laneHeightPx - scrollPx;
    if (isTinted(lane, picture)) {
      context.fillStyle = ink['--bg-sel'];
      context.fillRect(0, y, widthPx, laneHeightPx);
    }
    context.fillStyle = ink['--line'];
    context.fillRect(0, y + laneHeightPx - 1, widthPx, 1);
    paintLane(context, lane, y, picture);
  }
}

/** The lane of the selected process, and each that has to do with the selected message in this window. */
function isTinted(lane: Lane, { selectedProcess, selectedMessage, window }: LanesPicture): boolean {
  if (lane.process === selectedProcess) return true;
  if (selectedMessage === undefined) return false;
  const selected = idNumber(selectedMessage);
  let found = false;
  lane.visitBars(window.fromMs, window.toMs, (_startMs, _endMs, _fate, message) => {
    found ||= message === selected;
  });
  return found;
}

function paintLane(context: CanvasRenderingContext2D, lane: Lane, y: number, picture: LanesPicture): void {
  paintOutages(context, lane, y, picture);
  paintThreads(context, lane, y, picture);
  // What a listener published while it worked lies under its bar's end, which says more.
  paintMarks(context, lane, y, picture, ['published']);
  paintBars(context, lane, y, picture);
  paintMarks(context, lane, y, picture, ['failure', 'console-error']);
}

function paintOutages(
  context: CanvasRenderingContext2D,
  lane: Lane,
  y: number,
  { time, window, ink, words, widthPx, selectedProcess }: LanesPicture,
): void {
  for (const outage of lane.outages) {
    const toMs = outage.toMs ?? window.toMs;
    if (toMs < window.fromMs || outage.fromMs > window.toMs) continue;
    const x0 = Math.max(0, time.msToX(outage.fromMs));
    const x1 = Math.min(widthPx, time.msToX(toMs));
    if (outage.type === 'crashed') {
      hatchRect(context, ink['--failed'], { x: x0, y: y + 2, width: Math.max(1, x1 - x0), height: laneHeightPx - 5 });
      drawFate(context, ink, 'failed', x0, y + laneHeightPx / 2, shapePx);
    } else {
      context.fillStyle = ink['--line-2'];
      context.fillRect(x0, y + laneHeightPx / 2 - 1, Math.max(1, x1 - x0), 1);
    }
    const word = words[outage.type];
    context.font = `11px ${ink.ui}`;
    context.textBaseline = 'middle';
    const width = context.measureText(word).width;
    if (x1 - x0 < width + 28) continue;
    context.fillStyle = lane.process === selectedProcess ? ink['--bg-sel'] : ink['--bg-1'];
    context.fillRect(x0 + 18, y + 1, width + 8, laneHeightPx - 3);
    context.fillStyle = outage.type === 'crashed' ? ink['--failed'] : ink['--ink-3'];
    context.fillText(word, x0 + 22, y + laneHeightPx / 2);
  }
}

function paintThreads(
  context: CanvasRenderingContext2D,
  lane: Lane,
  y: number,
  { time, window, ink }: LanesPicture,
): void {
  context.strokeStyle = ink['--retried'];
  context.lineWidth = 1.5;
  context.setLineDash([1.5, 3.5]);
  const middle = y + laneHeightPx / 2;
  let shapeX = -Infinity;
  for (const thread of lane.threadsBetween(window.fromMs, window.toMs)) {
    const [x0, x1] = [time.msToX(thread.fromMs), time.msToX(thread.toMs)];
    if (x1 - x0 < 6) continue;
    context.beginPath();
    context.moveTo(x0, middle);
    context.lineTo(x1, middle);
    context.stroke();
    const x = (x0 + x1) / 2;
    if (x1 - x0 < 24 || x - shapeX < 12) continue;
    shapeX = x;
    drawFate(context, ink, 'retried', x, middle, shapePx);
  }
  context.setLineDash([]);
}

interface Stretch {
  readonly x0: number;
  readonly x1: number;
  readonly fate: Fate;
  readonly open: boolean;
}

function paintBars(context: CanvasRenderingContext2D, lane: Lane, y: number, picture: LanesPicture): void {
  const { time, window, ink, widthPx } = picture;
  const selected = idNumber(picture.selectedMessage ?? '');
  const height = laneHeightPx - 2 * barInsetPx - 1;
  const chosen: Stretch[] = [];
  const ends: { x: number; fate: Fate }[] = [];
  // Bars that touch within half a pixel are one rectangle.
  let run = { x0: -1, x1: -1 };
  const fill = (): void => {
    if (run.x1 >= 0) context.fillRect(run.x0, y + barInsetPx, Math.max(1, run.x1 - run.x0), height);
  };
  context.fillStyle = ink['--line-3'];
  lane.visitBars(window.fromMs, window.toMs, (startMs, endMs, fate, message) => {
    const x0 = Math.max(0, time.msToX(startMs));
    const open = endMs === Infinity;
    const x1 = open ? widthPx : Math.min(widthPx, time.msToX(endMs));
    if (selected > 0 && message === selected) chosen.push({ x0, x1, fate, open });
    if (x0 > run.x1 + 0.5) {
      fill();
      run = { x0, x1 };
    } else if (x1 > run.x1) run.x1 = x1;
    if (!open) addEnd(ends, x1, fate);
  });
  fill();
  paintEnds(context, ends, y + (laneHeightPx - 1) / 2, ink);
  for (const { x0, x1, fate, open } of chosen) {
    context.fillStyle = ink['--accent'];
    context.fillRect(x0, y + barInsetPx, Math.max(2, x1 - x0), height);
    if (!open) drawFate(context, ink, fate, x1, y + (laneHeightPx - 1) / 2, shapePx);
  }
}

/** Shapes that would hide one another are thinned out, but never one that is news by one that is not. */
function addEnd(ends: { x: number; fate: Fate }[], x: number, fate: Fate): void {
  const last = ends[ends.length - 1];
  if (last === undefined || x - last.x >= shapeGapPx) ends.push({ x, fate });
  else if (last.fate === 'delivered' && fate !== 'delivered') ends[ends.length - 1] = { x, fate };
}

/** The common outcome in one go; the others are news and drawn over it. */
function paintEnds(
  context: CanvasRenderingContext2D,
  ends: readonly { readonly x: number; readonly fate: Fate }[],
  middle: number,
  ink: Ink,
): void {
  const side = shapePx * 0.7;
  context.fillStyle = fateInk(ink, 'delivered');
  for (const { x, fate } of ends) {
    if (fate === 'delivered') context.fillRect(x - side / 2, middle - side / 2, side, side);
  }
  for (const { x, fate } of ends) {
    if (fate !== 'delivered') drawFate(context, ink, fate, x, middle, shapePx);
  }
}

function paintMarks(
  context: CanvasRenderingContext2D,
  lane: Lane,
  y: number,
  { time, window, ink }: LanesPicture,
  types: readonly MarkType[],
): void {
  let lastX = -Infinity;
  for (const mark of lane.marksBetween(window.fromMs, window.toMs)) {
    if (!types.includes(mark.type)) continue;
    const x = time.msToX(mark.atMs);
    if (mark.type === 'published') {
      if (x - lastX < 2) continue;
      lastX = x;
      drawFate(context, ink, 'flight', x, y + laneHeightPx / 2 - 0.5, 6);
    } else if (mark.type === 'failure') {
      drawFate(context, ink, 'failed', x, y + laneHeightPx / 2 - 0.5, shapePx);
    } else {
      context.fillStyle = ink['--failed'];
      context.fillRect(x - 1, y + laneHeightPx - 4, 2, 3);
    }
  }
}

export type LaneHit =
  | { readonly type: 'bar'; readonly bar: Bar }
  | { readonly type: 'entry'; readonly seq: number }
  | { readonly type: 'nothing' };

/** What lies under a point of one lane: the bar, or the mark nearest to it. */
export function hitLane(lane: Lane, time: FoldedTime, x: number, nearPx = 5): LaneHit {
  const [fromMs, toMs] = [time.xToMs(x - nearPx), time.xToMs(x + nearPx)];
  const atMs = time.xToMs(x);
  const bars = lane.barsBetween(fromMs, toMs);
  const inside = bars.findLast((bar) => bar.startMs <= atMs && (bar.endMs ?? Infinity) >= atMs);
  const bar = inside ?? bars.at(-1);
  if (bar !== undefined) return { type: 'bar', bar };
  const mark = lane.marksBetween(fromMs, toMs).at(-1);
  return mark === undefined ? { type: 'nothing' } : { type: 'entry', seq: mark.seq };
}
