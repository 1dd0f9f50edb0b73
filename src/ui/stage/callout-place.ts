import type { Point } from './curve';

interface Size {
  readonly width: number;
  readonly height: number;
}

const gapPx = 22;
const edgePx = 8;

/** Where the callout of a point stands: right and below, or flipped where there is no room. Pure. */
export function place(at: Point, box: Size, room: Size): Point {
  const right = at.x + gapPx + box.width + edgePx <= room.width;
  const below = at.y + gapPx + box.height + edgePx <= room.height;
  return {
    x: Math.max(edgePx, right ? at.x + gapPx : at.x - gapPx - box.width),
    y: Math.max(edgePx, below ? at.y + gapPx : at.y - gapPx - box.height),
  };
}
