import type { Point } from './curve';

interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Box extends Point, Size {}

const gapPx = 22;
const edgePx = 8;

/** Where the callout of a point stands: at the one of four corners where it covers least. Pure. */
export function placeCallout(at: Point, box: Size, room: Size, avoid: readonly Box[]): Point {
  let best: Point = { x: edgePx, y: edgePx };
  let least = Infinity;
  for (const [right, below] of [
    [1, 1],
    [0, 1],
    [1, 0],
    [0, 0],
  ] as const) {
    const x = right ? at.x + gapPx : at.x - gapPx - box.width;
    const y = below ? at.y + gapPx : at.y - gapPx - box.height;
    const inside = {
      x: Math.max(edgePx, Math.min(x, room.width - box.width - edgePx)),
      y: Math.max(edgePx, Math.min(y, room.height - box.height - edgePx)),
    };
    const pushed = (Math.abs(inside.x - x) + Math.abs(inside.y - y)) * 40;
    const covered = avoid.reduce((sum, other) => sum + overlap({ ...inside, ...box }, other), pushed);
    if (covered < least) [best, least] = [inside, covered];
  }
  return best;
}

function overlap(a: Box, b: Box): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  return Math.max(0, width) * Math.max(0, height);
}
