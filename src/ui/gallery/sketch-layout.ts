import type { Fate } from '../../projections/fate';
import type { Sketch, SketchNode } from '../../scenario/gallery/sketch';

/** Where everything of a sketch stands. Pure geometry, in the units of the picture's view box. */
export interface SketchPicture {
  readonly nodes: readonly PlacedNode[];
  readonly edges: readonly PlacedEdge[];
}

export interface PlacedNode {
  readonly node: SketchNode;
  /** The middle. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly marks: readonly PlacedMark[];
}

export interface PlacedEdge {
  /** An SVG path. */
  readonly path: string;
  readonly isLater: boolean;
  /** A message on it, where it stands while nothing moves. */
  readonly mark: PlacedMark | undefined;
}

export interface PlacedMark {
  readonly fate: Fate;
  readonly x: number;
  readonly y: number;
}

export const pictureWidth = 216;
export const pictureHeight = 80;
const margin = { x: 16, y: 6 };
const markWidth = 10;
/** Cells of a tape. */
export const tapeCells = 9;
export const cellWidth = 10;

export function layOut({ columns }: Sketch): SketchPicture {
  const widths = columns.map((column) => Math.max(...column.map(({ shape }) => widthOf(shape, columns.length))));
  const free = pictureWidth - 2 * margin.x - widths.reduce((sum, width) => sum + width, 0);
  const gap = columns.length > 1 ? Math.min(52, free / (columns.length - 1)) : 0;
  let left = (pictureWidth - widths.reduce((sum, width) => sum + width, 0) - gap * (columns.length - 1)) / 2;
  const placed = columns.map((column, at) => {
    const middle = left + widths[at]! / 2;
    left += widths[at]! + gap;
    const place = placer(middle, column.length, columns.length);
    return column.map(place);
  });
  const edges = placed
    .slice(1)
    .flatMap((column, at) => column.flatMap((to, row) => edgesTo(to, row, placed[at]!, column)));
  return { nodes: placed.flat(), edges };
}

/** Narrower where many columns stand side by side, so that there are edges between them. */
function widthOf(shape: SketchNode['shape'], columns: number): number {
  const [box, queue] = columns > 3 ? [32, 34] : [42, 46];
  return { box, hub: 16, queue, tape: tapeCells * cellWidth }[shape];
}

function placer(x: number, rows: number, columns: number): (node: SketchNode, row: number) => PlacedNode {
  const pitch = Math.min(26, (pictureHeight - 2 * margin.y) / rows);
  return (node, row) => {
    const y = pictureHeight / 2 + (row - (rows - 1) / 2) * pitch;
    const width = widthOf(node.shape, columns);
    const height = node.shape === 'hub' ? width : node.shape === 'tape' ? 12 : Math.min(20, pitch - 3);
    return { node, x, y, width, height, marks: marksOf(node, x, y, width) };
  };
}

/** In a tape from its left end, elsewhere from the right one: there a queue has its head, and a box its answer. */
function marksOf({ shape, holds = [] }: SketchNode, x: number, y: number, width: number): readonly PlacedMark[] {
  const fromLeft = (index: number): number => x - width / 2 + cellWidth * (index + 0.5);
  const fromRight = (index: number): number => x + width / 2 - markWidth * (index + 0.8);
  return holds.map((fate, index) => ({ fate, x: shape === 'tape' ? fromLeft(index) : fromRight(index), y }));
}

function edgesTo(
  to: PlacedNode,
  row: number,
  before: readonly PlacedNode[],
  column: readonly PlacedNode[],
): readonly PlacedEdge[] {
  const isParallel = before.length === column.length;
  const rows = to.node.from ?? (isParallel ? [row] : before.map((_, index) => index));
  return rows.map((from, index) => {
    const source = before[from]!;
    const start = { x: source.x + source.width / 2, y: source.y };
    const end = { x: to.x - to.width / 2, y: to.y };
    const { arriving } = to.node;
    const mark = arriving !== undefined && index === 0 ? { fate: arriving, ...middleOf(start, end) } : undefined;
    return { path: curve(start, end), isLater: to.node.look === 'later', mark };
  });
}

interface Point {
  readonly x: number;
  readonly y: number;
}

/** Both ends flat, as on the stage. */
function curve(start: Point, end: Point): string {
  const bend = (end.x - start.x) / 2;
  return `M${start.x},${start.y} C${start.x + bend},${start.y} ${end.x - bend},${end.y} ${end.x},${end.y}`;
}

/** Of such a curve half of the way is half of the height as well. */
function middleOf(start: Point, end: Point): Point {
  return { x: (start.x + end.x) / 2, y: (start.y + end.y) / 2 };
}
