import type { Box } from './callout-place';
import { bareGapPx, fanPx, tailPx, type StageEdge, type StageLayout, type StageNode } from './layout';
import { measure, pillPx } from './measure';
import { createElbow, createPath, pointOn, type Path, type Point } from './path';

/**
 * The way of every edge for where the nodes stand now. Pure.
 *
 * Forward: a fan, then the binding key, then level to the node. Back to a broker or to who is called: one trunk for all, right of the nodes,
 * above them, and into the broker, so that it crosses neither node nor key of the automatic layout.
 */
export interface Route {
  readonly edge: StageEdge;
  readonly path: Path;
  /** What this edge draws of itself, as SVG, and what it draws for all that share its trunk. */
  readonly own: string;
  readonly shared?: string;
  /** Where its state is marked: two strokes across when it is cut. */
  readonly mark: Point;
  /** The middle of its binding key. */
  readonly pill: Point | undefined;
  /** From top to bottom. */
  readonly down?: true;
}

/** Top left corners by node id; a node that is not named stands where the layout puts it. */
export type Places = Readonly<Record<string, Point>>;

const trunkGapPx = 12;
const laneGapPx = 16;
const lanePx = 8;
const entryPx = 18;
const cornerPx = 8;
const sideDyPx = 9;
const sideLanePx = 16;
const sideMarkPx = 22;
const alonePx = 14;
const startMarkPx = 9;

export function routesOf(layout: StageLayout, places: Places): ReadonlyMap<string, Route> {
  const nodes = new Map(layout.nodes.map((node) => [node.id, { ...node, ...places[node.id] }]));
  const routes = new Map<string, Route>();
  const [back, beside]: [StageEdge[], StageEdge[]] = [[], []];
  for (const edge of layout.edges) {
    const from = nodes.get(edge.from.node);
    const to = nodes.get(edge.to.node);
    if (from === undefined || to === undefined) continue;
    if (edge.down && isBelow(to, from)) routes.set(edge.id, downward(edge, from, to));
    else if (edge.type === 'call' && to.x === from.x) beside.push(edge);
    else if (edge.type !== 'subscribe' && to.x < from.x + from.width) back.push(edge);
    else
      routes.set(
        edge.id,
        marked(forward(edge, from, to, { all: [...nodes.values()], widest: widestKey(layout, edge) })),
      );
  }
  const ahead = [...routes.values()];
  for (const route of ahead) routes.set(route.edge.id, markedApart(route, ahead));
  const callees = [...new Set(beside.map(({ to }) => to.node))];
  for (const edge of beside) {
    const { node } = edge.to;
    routes.set(edge.id, sideways(edge, nodes.get(edge.from.node)!, nodes.get(node)!, callees.indexOf(node)));
  }
  for (const [lane, trunk] of trunks(back, nodes).entries()) {
    const ways = trunk.map((edge) => backward(edge, trunk, nodes, lane));
    // The one from furthest down draws the trunk: drawn by each, it would be as thick as there are of them.
    const lowest = ways.toSorted((a, b) => b.path.table[1]! - a.path.table[1]!)[0];
    for (const way of ways) {
      // Its own part ends where the trunk's round corner begins.
      const own = `M${way.path.table[0]!},${way.path.table[1]!}h${trunkGapPx - cornerPx}`;
      routes.set(way.edge.id, way === lowest ? { ...way, own, shared: way.path.d } : way);
    }
  }
  return routes;
}

/** Also when one of both was moved a little. */
function isBelow(low: StageNode, high: StageNode): boolean {
  const [left, right] = [Math.max(low.x, high.x), Math.min(low.x + low.width, high.x + high.width)];
  return right - left > 2 * entryPx && low.y >= high.y + high.height + cornerPx;
}

/** Straight to the node below, its key in the middle; or around its corner. */
function downward(edge: StageEdge, from: StageNode, to: StageNode): Route {
  if (edge.down === 'left') return aroundCorner(edge, from, to);
  const x = (Math.max(from.x, to.x) + Math.min(from.x + from.width, to.x + to.width)) / 2;
  const [start, end] = [
    { x, y: from.y + from.height },
    { x, y: to.y },
  ];
  const middle = { x, y: (start.y + end.y) / 2 };
  const hasKey = edge.key !== '';
  const [half, room] = [measure.pillHighPx / 2, (end.y - start.y) / 2];
  const path = createPath(start, [{ to: end }], hasKey ? { fromPx: room - half, toPx: room + half } : undefined);
  return { edge, path, own: path.d, mark: middle, pill: hasKey ? middle : undefined, down: true };
}

function aroundCorner(edge: StageEdge, from: StageNode, to: StageNode): Route {
  const [below, beside] = [(from.y + from.height + to.y) / 2, to.x - entryPx];
  const end = { x: to.x, y: to.y + edge.to.dy };
  const start = { x: from.x + entryPx, y: from.y + from.height };
  const corners = [start, { x: start.x, y: below }, { x: beside, y: below }, { x: beside, y: end.y }, end];
  const path = createElbow(corners);
  return { edge, path, own: path.d, mark: { x: beside, y: (below + end.y) / 2 }, pill: undefined, down: true };
}

/** Between two of one column: right of it, each that is called on a lane of its own. */
function sideways(edge: StageEdge, from: StageNode, to: StageNode, lane: number): Route {
  const start = { x: from.x + from.width, y: from.y + edge.from.dy };
  // Where it comes back none goes out.
  const end = { x: to.x + to.width, y: to.y + edge.to.dy + sideDyPx };
  const x = Math.max(start.x, end.x) + trunkGapPx + lane * sideLanePx;
  const path = createElbow([start, { x, y: start.y }, { x, y: end.y }, end], { radiusPx: 5 });
  const mark = { x, y: start.y + Math.sign(end.y - start.y) * sideMarkPx };
  return { edge, path, own: path.d, mark, pill: undefined, down: true };
}

/** At the arrow of a call stand the requests that are handled: what is said of it stands in the middle. */
function marked(route: Route): Route {
  return route.edge.callee === undefined ? route : { ...route, mark: pointOn(route.path, 0.5) };
}

/** Ways without a key that end at one place run together before it: each of those is marked where it begins. */
function markedApart(route: Route, all: readonly Route[]): Route {
  const { edge, mark, path, pill, down } = route;
  if (pill !== undefined || down) return route;
  const isNear = (other: Point): boolean => Math.hypot(other.x - mark.x, other.y - mark.y) < alonePx;
  if (all.every((other) => other.edge === edge || !isNear(other.mark))) return route;
  const [startX, startY, endX] = [path.table[0]!, path.table[1]!, path.table.at(-2)!];
  // On the level piece before the bend, which is short where there is little room.
  return { ...route, mark: { x: startX + Math.min(startMarkPx, Math.max(5, (endX - startX) / 6)), y: startY } };
}

/** What a way's binding key covers, if it has one. */
export function pillBoxes({ edge, pill }: Route): Box[] {
  if (pill === undefined) return [];
  const width = pillPx(edge.key);
  const height = measure.pillHighPx;
  return [{ x: pill.x - width / 2, y: pill.y - height / 2, width, height }];
}

/** The room of the keys before the column in which an edge ends. */
function widestKey({ nodes, edges }: StageLayout, { to }: StageEdge): number {
  const x = new Map(nodes.map((node) => [node.id, node.x]));
  const beside = edges.filter((other) => x.get(other.to.node) === x.get(to.node));
  return Math.max(0, ...beside.flatMap(({ key }) => (key === '' ? [] : [pillPx(key)])));
}

interface Surroundings {
  readonly all: readonly StageNode[];
  /** Of the keys beside its own. */
  readonly widest: number;
}

function forward(edge: StageEdge, from: StageNode, to: StageNode, { all, widest }: Surroundings): Route {
  const start = { x: from.x + from.width, y: from.y + edge.from.dy };
  const end = { x: to.x, y: to.y + edge.to.dy };
  const pill = edge.key === '' ? 0 : pillPx(edge.key);
  // Level past what is wider in its own column.
  const clearX = Math.max(start.x, ...all.filter(({ x }) => x === from.x).map(({ x, width }) => x + width));
  const room = end.x - clearX;
  const beside = pill > 0 && widest + 40 < room ? widest : 0;
  if (room < pill + 28) return around(edge, start, end, pill);
  const between = all.filter((node) => node.id !== from.id && node.id !== to.id && isBetween(node, clearX, end.x));
  // Keys of one column begin on one line.
  const near = level(edge, start, end, {
    pill,
    clearX,
    keyX: clearX + Math.min(fanPx, room - Math.max(pill, beside) - 20),
  });
  if (between.length === 0) return near;
  // Past other columns: level only right before its end, and over everything when something is in the way.
  const far = level(edge, start, end, { pill, clearX, keyX: end.x - pill - tailPx });
  return between.some((node) => hits(far.path, node)) ? over(edge, start, end, { pill, clearX, widest, between }) : far;
}

interface Way {
  /** Width of its key; 0 for none. */
  readonly pill: number;
  /** Right of its own column. */
  readonly clearX: number;
}

/** A bend to the height of its end, then the binding key from `keyX` on, then level. */
function level(
  edge: StageEdge,
  start: Point,
  end: Point,
  { pill, clearX, keyX }: Way & { readonly keyX: number },
): Route {
  const bendPx = Math.min(fanPx, keyX - clearX);
  const bent = { x: clearX + bendPx, y: end.y };
  const half = bendPx / 2;
  const bend = [
    { x: clearX + half, y: start.y },
    { x: bent.x - half, y: end.y },
  ] as const;
  const ahead = clearX > start.x ? [{ to: { x: clearX, y: start.y } }] : [];
  const first = [...ahead, Math.abs(start.y - end.y) < 0.5 ? { to: bent } : { to: bent, bend }];
  const before = createPath(start, [...first, { to: { x: keyX, y: end.y } }]).lengthPx;
  const gap = pill === 0 ? undefined : { fromPx: before, toPx: before + pill };
  const path = createPath(start, [...first, { to: end }], gap);
  const tail = (keyX + pill + end.x - 8) / 2;
  return {
    edge,
    path,
    own: path.d,
    mark: { x: tail, y: end.y },
    pill: pill === 0 ? undefined : { x: keyX + pill / 2, y: end.y },
  };
}

/** Above what is in the way, down left of all keys, so that it crosses none, and level to its end. */
function over(
  edge: StageEdge,
  start: Point,
  end: Point,
  { pill, clearX, widest, between }: Way & { readonly widest: number; readonly between: readonly StageNode[] },
): Route {
  const laneY = Math.min(start.y, end.y, ...between.map((node) => node.y)) - laneGapPx;
  const down = end.x - (pill === 0 ? bareGapPx / 2 : widest + tailPx + 8);
  const corners = [start, { x: clearX + 12, y: start.y }, { x: clearX + 12, y: laneY }, { x: down, y: laneY }];
  const path = createElbow([...corners, { x: down, y: end.y }, end], {
    ...(pill > 0 && { gapBeforeEndPx: [tailPx, tailPx + pill] }),
  });
  const middle = { x: end.x - tailPx - pill / 2, y: end.y };
  const mark = { x: end.x - (tailPx + 8) / 2, y: end.y };
  return { edge, path, own: path.d, mark, pill: pill === 0 ? undefined : middle };
}

function isBetween(node: StageNode, left: number, right: number): boolean {
  return node.x < right && node.x + node.width > left;
}

function hits({ table }: Path, { x, y, width, height }: StageNode): boolean {
  for (let n = 0; n < table.length; n += 2) {
    const inside = table[n]! > x - 2 && table[n]! < x + width + 2;
    if (inside && table[n + 1]! > y - 2 && table[n + 1]! < y + height + 2) return true;
  }
  return false;
}

/** A node was put where there is no room for the usual way: an arc, with its key in the middle. */
function around(edge: StageEdge, start: Point, end: Point, pill: number): Route {
  const reach = Math.max(60, Math.abs(end.y - start.y) / 2);
  const bend = [
    { x: start.x + reach, y: start.y },
    { x: end.x - reach, y: end.y },
  ] as const;
  const whole = createPath(start, [{ to: end, bend }]);
  const half = Math.min(pill / 2, whole.lengthPx / 3);
  const middle = whole.lengthPx / 2;
  const path =
    pill === 0 ? whole : createPath(start, [{ to: end, bend }], { fromPx: middle - half, toPx: middle + half });
  const at = { x: (start.x + end.x) / 2, y: (start.y + end.y) / 2 };
  const mark = { x: end.x - 14, y: end.y };
  return { edge, path, own: path.d, mark, pill: pill === 0 ? undefined : at };
}

/** Those share a trunk that go back to one node from one column. */
function trunks(back: readonly StageEdge[], nodes: ReadonlyMap<string, StageNode>): StageEdge[][] {
  const all: { readonly target: string; right: number; readonly edges: StageEdge[] }[] = [];
  const node = (edge: StageEdge): StageNode => nodes.get(edge.from.node)!;
  for (const edge of back.toSorted((a, b) => node(a).x - node(b).x)) {
    const { x, width } = node(edge);
    const trunk = all.find((each) => each.target === edge.to.node && x < each.right);
    if (trunk === undefined) all.push({ target: edge.to.node, right: x + width, edges: [edge] });
    else {
      trunk.edges.push(edge);
      trunk.right = Math.max(trunk.right, x + width);
    }
  }
  return all.map(({ edges }) => edges);
}

function backward(
  edge: StageEdge,
  group: readonly StageEdge[],
  nodes: ReadonlyMap<string, StageNode>,
  lane: number,
): Route {
  const all = [...nodes.values()];
  const from = nodes.get(edge.from.node)!;
  const to = nodes.get(edge.to.node)!;
  const sources = group.map((each) => nodes.get(each.from.node)!);
  const right = (node: StageNode): number => node.x + node.width;
  const within = (node: StageNode, left: number, end: number): boolean => node.x < end && right(node) > left;
  const zone = [Math.min(...sources.map((node) => node.x)), Math.max(...sources.map(right))] as const;
  const trunkX = Math.max(...all.filter((node) => within(node, ...zone)).map(right)) + trunkGapPx + lane * lanePx;
  const spanned = all.filter((node) => within(node, to.x - entryPx - 4, trunkX));
  const laneY = Math.min(...spanned.map((node) => node.y)) - laneGapPx - lane * lanePx;
  const covered = all.some((node) => node.id !== to.id && within(node, to.x, right(to)) && node.y < to.y);
  const y = from.y + edge.from.dy;
  const start = { x: right(from), y };
  const entry = covered
    ? [
        { x: to.x - entryPx - (lane % 4) * lanePx, y: laneY },
        { x: to.x - entryPx - (lane % 4) * lanePx, y: to.y + measure.brokerHeadPx / 2 },
        { x: to.x, y: to.y + measure.brokerHeadPx / 2 },
      ]
    : [
        { x: to.x + to.width / 2 + lane * lanePx, y: laneY },
        { x: to.x + to.width / 2 + lane * lanePx, y: to.y },
      ];
  const path = createElbow([start, { x: trunkX, y }, { x: trunkX, y: laneY }, ...entry]);
  const own = `M${start.x},${y}H${trunkX}`;
  return { edge, path, own, mark: { x: start.x + startMarkPx, y }, pill: undefined };
}
