import type { Point } from './path';

interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Box extends Point, Size {}

const gapPx = 22;
const edgePx = 8;

/** How far from the point it may stand, across and down: near is better. */
const across = [gapPx, 70, 140, 220, 300];
const down = [gapPx, 60, 120];
/** What a step away from the point weighs against what is covered, in square pixels for each pixel. */
const farPx = 3;

/** Where the callout of a point stands: as near to it as it can be without covering much. Pure. */
export function placeCallout(at: Point, box: Size, room: Size, avoid: readonly Box[]): Point {
  let best: Point = { x: edgePx, y: edgePx };
  let least = Infinity;
  for (const dx of across) {
    for (const dy of down) {
      for (const [right, below] of corners) {
        const x = right ? at.x + dx : at.x - dx - box.width;
        const y = below ? at.y + dy : at.y - dy - box.height;
        const inside = {
          x: Math.max(edgePx, Math.min(x, room.width - box.width - edgePx)),
          y: Math.max(edgePx, Math.min(y, room.height - box.height - edgePx)),
        };
        const pushed = (Math.abs(inside.x - x) + Math.abs(inside.y - y)) * 40;
        const cost = avoid.reduce(
          (sum, other) => sum + overlap({ ...inside, ...box }, other),
          pushed + (dx + dy) * farPx,
        );
        if (cost < least) [best, least] = [inside, cost];
      }
    }
  }
  return best;
}

const corners = [
  [true, true],
  [false, true],
  [true, false],
  [false, false],
] as const;

function overlap(a: Box, b: Box): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  return Math.max(0, width) * Math.max(0, height);
}
