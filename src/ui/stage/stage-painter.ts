import { fates } from '../../projections/fate';
import { drawFate, fateInk, type Ink } from './canvas-ink';
import type { Point } from './path';
import type { StageMark } from './stage-marks';

/** Above so many messages each is a square of its fate's colour, and only those around the pointer have their shape. */
export const shapesMax = 400;
const squarePx = 3;
const shapePx = 9;
const nearPx = 60;
const haloPx = 8;

/** Messages in the coordinates that the context is set to. */
export function paintMarks(
  context: CanvasRenderingContext2D,
  ink: Ink,
  marks: readonly StageMark[],
  pointer?: Point,
): void {
  if (marks.length > shapesMax) paintSquares(context, ink, marks, pointer);
  else for (const mark of marks) paintMark(context, ink, mark);
  context.globalAlpha = 1;
}

/** A thin accent ring: here is the selected message. */
export function paintHalo(context: CanvasRenderingContext2D, ink: Ink, { x, y }: Point): void {
  context.strokeStyle = ink['--accent'];
  context.lineWidth = 1.75;
  context.beginPath();
  context.arc(x, y, haloPx, 0, Math.PI * 2);
  context.stroke();
}

/** From the halo straight up or down, then level to the callout. */
export function paintLeader(
  context: CanvasRenderingContext2D,
  ink: Ink,
  from: Point,
  box: { readonly x: number; readonly y: number; readonly width: number; readonly height: number },
): void {
  const level = Math.round(box.y + box.height / 2) + 0.5;
  context.strokeStyle = ink['--accent'];
  context.lineWidth = 1.25;
  context.beginPath();
  context.moveTo(from.x, from.y + (level > from.y ? haloPx : -haloPx));
  context.lineTo(from.x, level);
  context.lineTo(box.x > from.x ? box.x : box.x + box.width, level);
  context.stroke();
}

function paintMark(context: CanvasRenderingContext2D, ink: Ink, mark: StageMark): void {
  context.globalAlpha = mark.alpha;
  drawFate(context, ink, mark.fate, mark.x, mark.y, shapePx);
  if (mark.ring === undefined) return;
  context.globalAlpha = 1 - mark.ring;
  context.strokeStyle = fateInk(ink, mark.fate);
  context.lineWidth = 1.5;
  context.beginPath();
  context.arc(mark.x, mark.y, 6 + 6 * mark.ring, 0, Math.PI * 2);
  context.stroke();
}

/** One colour after another, so that the context changes its colour eight times and not a thousand. */
function paintSquares(
  context: CanvasRenderingContext2D,
  ink: Ink,
  marks: readonly StageMark[],
  pointer: Point | undefined,
): void {
  for (const fate of fates) {
    context.fillStyle = fateInk(ink, fate);
    for (const mark of marks)
      if (mark.fate === fate) context.fillRect(mark.x - squarePx / 2, mark.y - squarePx / 2, squarePx, squarePx);
  }
  if (pointer === undefined) return;
  for (const mark of marks) {
    if (Math.hypot(mark.x - pointer.x, mark.y - pointer.y) < nearPx) paintMark(context, ink, { ...mark, alpha: 1 });
  }
}
