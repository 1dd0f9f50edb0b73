/** The way of one edge: drawn as SVG, walked by the messages on the canvas. Pure geometry. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/**
 * Walked by a table of places in even steps, so that a frame with a thousand messages computes no curve.
 *
 * Invariants
 * 1. The table leaves out what a binding key covers: a message passes its key at once and is never hidden by it.
 * 2. Even steps in the table are even steps on the screen, up to half a pixel.
 */
export interface Path {
  /** For the `d` of an SVG path. */
  readonly d: string;
  /** x and y in turns. */
  readonly table: Float64Array;
  /** What is walked, in pixels. */
  readonly lengthPx: number;
  /** Index of the last place before the binding key; -1 when there is none. */
  readonly gapAt: number;
  /** Unit vector in which it arrives. */
  readonly heading: Point;
}

/** A straight line to a point, or a cubic curve to it. */
export interface Segment {
  readonly to: Point;
  readonly bend?: readonly [Point, Point];
}

/** Covered by a binding key: from so many pixels of the whole way to so many. */
export interface Gap {
  readonly fromPx: number;
  readonly toPx: number;
}

const stepPx = 3;
const bendSamples = 32;

export function createPath(start: Point, segments: readonly Segment[], gap?: Gap): Path {
  const line = flatten(start, segments);
  const totalPx = line.lengths.at(-1) ?? 0;
  const places: number[] = [];
  let gapAt = -1;
  const walk = (fromPx: number, toPx: number): void => {
    const steps = Math.max(1, Math.round((toPx - fromPx) / stepPx));
    for (let step = 0; step <= steps; step++) {
      const { x, y } = along(line, fromPx + ((toPx - fromPx) * step) / steps);
      places.push(x, y);
    }
  };
  if (gap === undefined) walk(0, totalPx);
  else {
    walk(0, gap.fromPx);
    gapAt = places.length / 2 - 1;
    walk(gap.toPx, totalPx);
  }
  return {
    d: svgPath(start, segments),
    table: Float64Array.from(places),
    lengthPx: gap === undefined ? totalPx : totalPx - (gap.toPx - gap.fromPx),
    gapAt,
    heading: headingOf(line.points),
  };
}

/** Right angles with round corners through all of `points`. */
export function createElbow(
  points: readonly Point[],
  {
    radiusPx = 8,
    gapBeforeEndPx,
  }: { readonly radiusPx?: number; readonly gapBeforeEndPx?: readonly [number, number] } = {},
): Path {
  const [start, ...rest] = points;
  const segments: Segment[] = [];
  let from = start!;
  for (const [index, corner] of rest.entries()) {
    const next = rest[index + 1];
    if (next === undefined) {
      segments.push({ to: corner });
      break;
    }
    const before = distance(from, corner);
    const after = distance(corner, next);
    const radius = Math.min(radiusPx, before / 2, after / 2);
    const enter = towards(corner, from, radius);
    const leave = towards(corner, next, radius);
    segments.push({ to: enter }, { to: leave, bend: [corner, corner] });
    from = leave;
  }
  const whole = createPath(start!, segments);
  if (gapBeforeEndPx === undefined) return whole;
  const [near, far] = gapBeforeEndPx;
  return createPath(start!, segments, { fromPx: whole.lengthPx - far, toPx: whole.lengthPx - near });
}

/** The point after `share` (0 to 1) of what is walked. */
export function pointOn({ table, gapAt }: Path, share: number): Point {
  const last = table.length / 2 - 1;
  const exact = Math.max(0, Math.min(1, share)) * last;
  const index = Math.min(last, Math.floor(exact));
  const x = table[index * 2]!;
  const y = table[index * 2 + 1]!;
  if (index === last || index === gapAt) return { x, y };
  const part = exact - index;
  return { x: x + (table[index * 2 + 2]! - x) * part, y: y + (table[index * 2 + 3]! - y) * part };
}

/** The same way, walked elsewhere. Its `d` is that of the place where it is drawn. */
export function shifted(path: Path, { x, y }: Point): Path {
  return { ...path, table: path.table.map((value, n) => value + (n % 2 === 0 ? x : y)) };
}

/** How far a point is from the way, up to half a step. */
export function distanceTo({ table }: Path, { x, y }: Point): number {
  let least = Infinity;
  for (let at = 0; at < table.length; at += 2) {
    const dx = table[at]! - x;
    const dy = table[at + 1]! - y;
    least = Math.min(least, dx * dx + dy * dy);
  }
  return Math.sqrt(least);
}

/** The head of an arrow whose tip is at the end of the way. */
export function arrowHead({ table, heading }: Path): string {
  const tip = { x: table.at(-2)! - heading.x, y: table.at(-1)! - heading.y };
  const back = { x: tip.x - heading.x * 6, y: tip.y - heading.y * 6 };
  const [sideX, sideY] = [-heading.y * 4, heading.x * 4];
  return `M${round(back.x + sideX)},${round(back.y + sideY)} L${round(tip.x)},${round(tip.y)} L${round(back.x - sideX)},${round(back.y - sideY)}`;
}

interface Line {
  readonly points: readonly Point[];
  /** Length walked up to each point. */
  readonly lengths: readonly number[];
}

function flatten(start: Point, segments: readonly Segment[]): Line {
  const points: Point[] = [start];
  for (const { to, bend } of segments) {
    const from = points.at(-1)!;
    if (bend === undefined) points.push(to);
    else for (let n = 1; n <= bendSamples; n++) points.push(bezier(from, bend, to, n / bendSamples));
  }
  const lengths = [0];
  for (let n = 1; n < points.length; n++) lengths.push(lengths[n - 1]! + distance(points[n - 1]!, points[n]!));
  return { points, lengths };
}

function along({ points, lengths }: Line, atPx: number): Point {
  let n = 1;
  while (n < lengths.length - 1 && lengths[n]! < atPx) n++;
  const piece = lengths[n]! - lengths[n - 1]!;
  const [from, to] = [points[n - 1]!, points[n]!];
  const part = piece === 0 ? 0 : Math.max(0, Math.min(1, (atPx - lengths[n - 1]!) / piece));
  return { x: from.x + (to.x - from.x) * part, y: from.y + (to.y - from.y) * part };
}

function headingOf(points: readonly Point[]): Point {
  const end = points.at(-1)!;
  const before = points.findLast((point) => distance(point, end) > 0.01) ?? { x: end.x - 1, y: end.y };
  const far = distance(before, end);
  return { x: (end.x - before.x) / far, y: (end.y - before.y) / far };
}

function svgPath(start: Point, segments: readonly Segment[]): string {
  const pair = ({ x, y }: Point): string => `${round(x)},${round(y)}`;
  const rest = segments.map(({ to, bend }) =>
    bend === undefined ? `L${pair(to)}` : `C${pair(bend[0])} ${pair(bend[1])} ${pair(to)}`,
  );
  return [`M${pair(start)}`, ...rest].join(' ');
}

function towards(from: Point, to: Point, px: number): Point {
  const far = distance(from, to);
  return far === 0 ? from : { x: from.x + ((to.x - from.x) * px) / far, y: from.y + ((to.y - from.y) * px) / far };
}

function distance(a: Point, b: Point): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

function bezier(a: Point, [b, c]: readonly [Point, Point], d: Point, t: number): Point {
  const u = 1 - t;
  const at = (p: number, q: number, r: number, s: number): number =>
    u * u * u * p + 3 * u * u * t * q + 3 * u * t * t * r + t * t * t * s;
  return { x: at(a.x, b.x, c.x, d.x), y: at(a.y, b.y, c.y, d.y) };
}
