/** The path of one edge: drawn by the edge as SVG, walked by the messages on the canvas. Pure geometry. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Curve {
  readonly points: readonly [Point, Point, Point, Point];
  /** Length walked after each sixteenth of the parameter, so that a message moves evenly. */
  readonly lengths: readonly number[];
}

/** 1: leaves (or arrives) at the right side of a node, -1: at its left side. */
export type Side = 1 | -1;

const samples = 16;

export function createCurve(from: Point, fromSide: Side, to: Point, toSide: Side): Curve {
  const span = Math.abs(to.x - from.x);
  // Flat towards its end, so that the edges of one fan are apart where their binding keys stand.
  const [leave, arrive] = [Math.max(28, span * 0.3), Math.max(36, span * 0.72)];
  const points = [
    from,
    { x: from.x + fromSide * leave, y: from.y },
    { x: to.x + toSide * arrive, y: to.y },
    to,
  ] as const;
  const lengths = [0];
  let previous: Point = from;
  for (let step = 1; step <= samples; step++) {
    const point = bezier(points, step / samples);
    lengths.push(lengths[step - 1]! + Math.hypot(point.x - previous.x, point.y - previous.y));
    previous = point;
  }
  return { points, lengths };
}

/** The point after `share` (0 to 1) of the way. */
export function pointOn(curve: Curve, share: number): Point {
  if (share <= 0) return curve.points[0];
  if (share >= 1) return curve.points[3];
  const target = curve.lengths[samples]! * share;
  let step = 1;
  while (step < samples && curve.lengths[step]! < target) step++;
  const before = curve.lengths[step - 1]!;
  const piece = curve.lengths[step]! - before;
  return bezier(curve.points, (step - 1 + (piece === 0 ? 0 : (target - before) / piece)) / samples);
}

/** The point of a curve to the right at which it is `beforePx` left of its end: there edges of one fan are apart. */
export function pointBefore(curve: Curve, beforePx: number): Point {
  const end = curve.points[3];
  if (end.x - curve.points[0].x < beforePx * 1.5) return pointOn(curve, 0.5);
  let [low, high] = [0, 1];
  for (let turn = 0; turn < 12; turn++) {
    const middle = (low + high) / 2;
    if (bezier(curve.points, middle).x < end.x - beforePx) low = middle;
    else high = middle;
  }
  return bezier(curve.points, low);
}

export function svgPath(curve: Curve): string {
  const [start, ...rest] = curve.points.map((point) => `${round(point.x)},${round(point.y)}`);
  return `M${start ?? ''} C${rest.join(' ')}`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

function bezier(points: Curve['points'], t: number): Point {
  const u = 1 - t;
  const [a, b, c, d] = points;
  const at = (p: number, q: number, r: number, s: number): number =>
    u * u * u * p + 3 * u * u * t * q + 3 * u * t * t * r + t * t * t * s;
  return { x: at(a.x, b.x, c.x, d.x), y: at(a.y, b.y, c.y, d.y) };
}
