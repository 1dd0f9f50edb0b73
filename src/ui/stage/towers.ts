import { measure } from './measure';
import type { StageEdge, StageNode } from './layout';
import { ranksOf, type Sources } from './ranks';

/**
 * The columns of the stage. In a graph that is too wide to be read, what alone feeds a node stands above it, so that both take one
 * column.
 *
 * Invariants
 * 1. A graph that fits stands in one row: only the width decides, never how high it is, and so no replica moves anything.
 * 2. The first that stands is the one that saves most, so that what is left reads from left to right.
 */
export interface Tower {
  /** Of its topmost node. */
  readonly id: string;
  readonly type: StageNode['type'];
  readonly width: number;
  readonly height: number;
  readonly nodes: readonly { readonly node: Sized; readonly dy: number }[];
}

export type Sized = Omit<StageNode, 'x' | 'y'>;
export type Columns = readonly (readonly Tower[])[];

/** In the stage as it is at first the smallest letters of a graph as wide as this are still as high as in other panes. */
export const roomyPx = 792;
const towerHeightMaxPx = 440;
/** Less is not worth another direction. */
export const savingLeastPx = 32;
const bareGapPx = 34;
const aroundKeyPx = 22;

/** One node right above another. */
interface Joint {
  readonly above: string;
  readonly below: string;
  readonly edge: StageEdge;
}

interface Graph {
  readonly nodes: readonly Sized[];
  readonly edges: readonly StageEdge[];
  readonly sources: Sources;
}

export function standIn(graph: Graph, widthOf: (columns: Columns) => number): Columns {
  let joints: readonly Joint[] = [];
  let columns = columnsOf(graph, joints);
  const all = jointsOf(graph);
  while (widthOf(columns) > roomyPx) {
    const [next] = all
      .filter(({ above }) => !joints.some((joint) => joint.above === above))
      .map((joint) => ({ joints: [...joints, joint], columns: columnsOf(graph, [...joints, joint]) }))
      .filter((tried) =>
        tried.columns.flat().every(({ nodes, height }) => nodes.length === 1 || height <= towerHeightMaxPx),
      )
      .sort((a, b) => widthOf(a.columns) - widthOf(b.columns));
    if (next === undefined || widthOf(next.columns) > widthOf(columns) - savingLeastPx) break;
    ({ joints, columns } = next);
  }
  return columns;
}

/** Whether the edge leads from a node to the one below it in its tower. */
export function leadsDown({ from, to }: StageEdge, columns: Columns): boolean {
  return columns.flat().some(({ nodes }) => {
    const at = nodes.findIndex(({ node }) => node.id === from.node);
    return at >= 0 && nodes[at + 1]?.node.id === to.node;
  });
}

/** The edges between towers, their ends told from the towers' tops. */
export function edgesBetween(columns: Columns, edges: readonly StageEdge[]): StageEdge[] {
  const places = new Map(
    columns.flat().flatMap((tower) => tower.nodes.map(({ node, dy }) => [node.id, { tower: tower.id, dy }] as const)),
  );
  return edges.flatMap((edge) => {
    const [from, to] = [places.get(edge.from.node)!, places.get(edge.to.node)!];
    if (from.tower === to.tower) return [];
    const moved = {
      from: { node: from.tower, dy: edge.from.dy + from.dy },
      to: { node: to.tower, dy: edge.to.dy + to.dy },
    };
    return [{ ...edge, ...moved }];
  });
}

/** Pairs of which the one feeds the other over one edge, and nothing else does. */
function jointsOf({ edges, sources }: Graph): Joint[] {
  return [...sources].flatMap(([below, before]): Joint[] => {
    const [above] = before;
    if (above === undefined || before.size > 1) return [];
    const between = edges.filter(({ from, to }) => from.node === above && to.node === below);
    const back = edges.some(({ from, to }) => from.node === below && to.node === above);
    return back || between.length !== 1 ? [] : [{ above, below, edge: between[0]! }];
  });
}

function columnsOf({ nodes, sources }: Graph, joints: readonly Joint[]): Columns {
  const above = new Map(joints.map((joint) => [joint.below, joint.above]));
  const footOf = new Map(joints.map((joint) => [joint.above, joint]));
  const topOf = (id: string): string => {
    const higher = above.get(id);
    return higher === undefined ? id : topOf(higher);
  };
  const towerSources = new Map<string, Set<string>>();
  for (const [id, before] of sources) {
    const top = topOf(id);
    const own = towerSources.get(top) ?? new Set();
    for (const source of before) if (topOf(source) !== top) own.add(topOf(source));
    towerSources.set(top, own);
  }
  const ranks = ranksOf(towerSources);
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const columns = new Map<number, Tower[]>();
  for (const node of nodes) {
    if (above.has(node.id)) continue;
    const rank = ranks.get(node.id) ?? 0;
    columns.set(rank, [...(columns.get(rank) ?? []), towerOn(node, footOf, byId)]);
  }
  return [...columns.entries()].sort(([a], [b]) => a - b).map(([, column]) => column);
}

function towerOn(top: Sized, footOf: ReadonlyMap<string, Joint>, byId: ReadonlyMap<string, Sized>): Tower {
  const nodes = [{ node: top, dy: 0 }];
  let height = top.height;
  for (let joint = footOf.get(top.id); joint !== undefined; joint = footOf.get(joint.below)) {
    const node = byId.get(joint.below)!;
    const dy = height + gapOver(joint.edge);
    nodes.push({ node, dy });
    height = dy + node.height;
  }
  const type = nodes.some(({ node }) => node.type === 'broker') ? 'broker' : 'service';
  return { id: top.id, type, width: Math.max(...nodes.map(({ node }) => node.width)), height, nodes };
}

/** Room for the edge, and for its key with a way before and after it. */
function gapOver({ key }: StageEdge): number {
  return key !== '' ? measure.pillHighPx + 2 * aroundKeyPx : bareGapPx;
}
