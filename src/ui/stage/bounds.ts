import type { Box } from './callout-place';
import type { Path } from './path';

interface Size {
  readonly width: number;
  readonly height: number;
}

export interface View {
  readonly x: number;
  readonly y: number;
  readonly zoom: number;
}

/** The same but for what a fraction of a pixel makes. Pure. */
export function isSameView(one: View, other: View): boolean {
  const near = (a: number, b: number): boolean => Math.abs(a - b) < 0.5;
  return near(one.x, other.x) && near(one.y, other.y) && Math.abs(one.zoom - other.zoom) < 0.001;
}

/** The smallest box around all nodes and all edges; undefined when there is nothing. Pure. */
export function boundsOf(boxes: readonly Box[], paths: Iterable<Path>): Box | undefined {
  if (boxes.length === 0) return undefined;
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  const include = (x: number, y: number): void => {
    left = Math.min(left, x);
    top = Math.min(top, y);
    right = Math.max(right, x);
    bottom = Math.max(bottom, y);
  };
  for (const box of boxes) {
    include(box.x, box.y);
    include(box.x + box.width, box.y + box.height);
  }
  for (const { table } of paths) for (let n = 0; n < table.length; n += 2) include(table[n]!, table[n + 1]!);
  return { x: left, y: top, width: right - left, height: bottom - top };
}

/** The view in which the whole of `bounds` is seen, as large as fits and no larger than `zoomMax`, in the middle. */
export function fitted(
  bounds: Box,
  room: Size,
  { marginPx, zoomMin, zoomMax }: { readonly marginPx: number; readonly zoomMin: number; readonly zoomMax: number },
): View {
  const across = (room.width - 2 * marginPx) / Math.max(1, bounds.width);
  const down = (room.height - 2 * marginPx) / Math.max(1, bounds.height);
  const zoom = Math.max(zoomMin, Math.min(zoomMax, across, down));
  return {
    x: (room.width - bounds.width * zoom) / 2 - bounds.x * zoom,
    y: (room.height - bounds.height * zoom) / 2 - bounds.y * zoom,
    zoom,
  };
}

/**
 * The view moved to the right when one of the boxes would lie under what stands in the lower left corner and there is room enough
 * for it beside. Pure.
 */
export function besideCorner(
  view: View,
  { bounds, boxes }: { readonly bounds: Box; readonly boxes: readonly Box[] },
  room: Size,
  { corner, marginPx }: { readonly corner: Size; readonly marginPx: number },
): View {
  const { x, y, zoom } = view;
  const under = boxes
    .filter((box) => (box.y + box.height) * zoom + y > room.height - corner.height)
    .map((box) => corner.width - (box.x * zoom + x));
  const free = room.width - marginPx - ((bounds.x + bounds.width) * zoom + x);
  const wished = Math.max(0, ...under);
  return { x: wished <= free ? x + wished : x, y, zoom };
}

/** Whether one of the boxes, as the view shows them, lies under what stands in the lower left corner. Pure. */
export function liesInCorner(boxes: readonly Box[], { x, y, zoom }: View, room: Size, corner: Size): boolean {
  const top = room.height - corner.height;
  return boxes.some((box) => {
    const left = box.x * zoom + x;
    const right = left + box.width * zoom;
    const boxTop = box.y * zoom + y;
    return left < corner.width && right > 0 && boxTop + box.height * zoom > top && boxTop < room.height;
  });
}

/** Whether some of `bounds` lies outside of the view. A few pixels do not count. */
export function exceeds(bounds: Box | undefined, view: View, room: Size, tolerancePx = 4): boolean {
  if (bounds === undefined || room.width === 0 || room.height === 0) return false;
  const left = bounds.x * view.zoom + view.x;
  const top = bounds.y * view.zoom + view.y;
  const right = left + bounds.width * view.zoom;
  const bottom = top + bounds.height * view.zoom;
  const beyond = -tolerancePx;
  return left < beyond || top < beyond || room.width - right < beyond || room.height - bottom < beyond;
}
