import {
  brokerHeight,
  brokerWidth,
  channelDy,
  hasInside,
  listenerDy,
  listenerGroups,
  pillPx,
  pillText,
  publishDy,
  queueDy,
  calledDy,
  serviceHeight,
  serviceWidth,
  wordsOn,
  type ServiceCalls,
} from './measure';
import { brokerId, nodeId, serviceId, sourcesOf } from './ranks';
import type { CallShape, ServiceShape, Structure } from './structure';
import {
  edgesBetween,
  leadsDown,
  roomyPx,
  savingLeastPx,
  standIn,
  type Columns,
  type Sized,
  type Tower,
} from './towers';

/**
 * Where things stand: in columns from left to right, each level with what feeds it.
 *
 * Invariants
 * 1. A pure function of the structure: the same structure gives the same picture.
 * 2. No two nodes overlap.
 * 3. Columns are filled from the top, so what comes in below leaves everything else where it was.
 */
export interface StageNode {
  /** `service:email`, `broker:shop`. */
  readonly id: string;
  readonly type: 'service' | 'broker';
  /** The service's or broker's name. */
  readonly name: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Its rows tell what they take. */
  readonly keyed?: true;
}

export interface StageEdge {
  readonly id: string;
  readonly type: 'publish' | 'subscribe' | 'call';
  /** Of a call, who calls: a service, or a broker. */
  readonly service: string;
  /** `''` for a call. */
  readonly broker: string;
  /** Of a call, who is called. */
  readonly callee?: string;
  /** Set for an edge that leaves a queue of the broker. */
  readonly queue?: string;
  /** Keys of the listeners that it feeds. */
  readonly listeners: readonly string[];
  readonly patterns: readonly string[];
  /** What stands on it; `''` for nothing. */
  readonly key: string;
  /** What a call asks for. */
  readonly routes?: readonly string[];
  readonly from: Port;
  readonly to: Port;
  /** To the node right below: in at its top, or at its left where its inside begins. */
  readonly down?: 'top' | 'left';
}

/** A node, and the height on it. */
interface Port {
  readonly node: string;
  readonly dy: number;
}

export interface StageLayout {
  readonly nodes: readonly StageNode[];
  readonly edges: readonly StageEdge[];
}

/** Between a broker and who listens: room for a fan, the binding keys and a way to the arrow. */
export const fanPx = 48;
export const tailPx = 34;
/** Where nothing stands on the way: enough to see what travels. Wider where calls are counted, or ways back to several brokers come down. */
export const bareGapPx = 30;
const busyGapPx = 48;
const rowGapPx = 5;
/** Narrower graphs have longer ways, by so much at most; those wider than the room have shorter ones to their keys. */
const comfortablePx = 640;
const spareGapMaxPx = 44;
const scarceGapPx = 20;
/** Between two that are fed from one point, and may stand anywhere; a column that would be higher than so much stands closer. */
const looseGapPx = 14;
const columnHighPx = 460;

export function layOut(structure: Structure): StageLayout {
  const whole = standing(structure);
  if (whole.widthPx <= roomyPx) return whole.layout;
  // Still too wide: what is written on the ways goes into the cards at their ends.
  const keyed = standing({ ...structure, services: keyedServices(structure) });
  return keyed.widthPx < whole.widthPx - savingLeastPx ? keyed.layout : whole.layout;
}

function keyedServices({ services }: Structure): Structure['services'] {
  const keyed = (shape: ServiceShape): ServiceShape =>
    shape.processes.length === 1 && shape.listeners.some((each) => wordsOn(each).length > 0)
      ? { ...shape, keyed: true }
      : shape;
  return new Map([...services].map(([name, shape]) => [name, keyed(shape)]));
}

function standing(structure: Structure): { readonly layout: StageLayout; readonly widthPx: number } {
  const edges = [
    ...[...structure.services.values()].flatMap((shape) => edgesOf(shape, structure)),
    ...structure.calls.map((call) => callEdge(call, structure)),
  ];
  const isBusy = structure.brokers.size > 1 || structure.calls.length > 0;
  const gapsOf = (all: Columns): readonly Gap[] =>
    columnGaps(all, edgesBetween(all, edges), isBusy ? busyGapPx : bareGapPx);
  const columns = standIn({ nodes: sizes(structure), edges, sources: sourcesOf(structure) }, (all) =>
    widthOf(all, gapsOf(all)),
  );
  const lefts = columnLefts(columns, gapsOf(columns));
  const tops = topsOf(columns, edgesBetween(columns, edges));
  const layout = {
    nodes: columns.flatMap((column, at) => column.flatMap((tower) => nodesOf(tower, column, lefts[at]!, tops))),
    edges: edges.map((edge) => (leadsDown(edge, columns) ? { ...edge, down: downInto(edge, structure) } : edge)),
  };
  return { layout, widthPx: widthOf(columns, gapsOf(columns)) };
}

function downInto({ broker, type }: StageEdge, { brokers }: Structure): 'top' | 'left' {
  const shape = brokers.get(broker);
  return type === 'publish' && shape !== undefined && hasInside(shape) ? 'left' : 'top';
}

/** All as wide as the widest of their column; a broker's inside has the width that it needs. */
function nodesOf(
  { id, nodes }: Tower,
  column: readonly Tower[],
  x: number,
  tops: ReadonlyMap<string, number>,
): StageNode[] {
  return nodes.map(({ node, dy }) => ({
    ...node,
    width: node.type === 'broker' ? node.width : widest(column),
    x,
    y: Math.round(tops.get(id)!) + dy,
  }));
}

const widest = (column: readonly Tower[]): number => Math.max(0, ...column.map(({ width }) => width));

function sizes(structure: Structure): Sized[] {
  const services = [...structure.services.values()].map((shape): Sized => ({
    id: serviceId(shape.service),
    type: 'service',
    name: shape.service,
    width: serviceWidth(shape, callsOf(shape, structure)),
    height: serviceHeight(shape),
    ...(shape.keyed && { keyed: true }),
  }));
  const brokers = [...structure.brokers.values()].map((shape): Sized => ({
    id: brokerId(shape.broker),
    type: 'broker',
    name: shape.broker,
    width: brokerWidth(shape),
    height: brokerHeight(shape),
  }));
  return [...services, ...brokers];
}

function callsOf({ service }: ServiceShape, { calls }: Structure): ServiceCalls {
  return { isCalled: calls.some(({ to }) => to === service), isCalling: calls.some(({ from }) => from === service) };
}

interface Gap {
  readonly px: number;
  readonly hasKeys: boolean;
}

/** Between two columns there is room for what leaves the one and for the keys of what arrives at the other. */
function columnGaps(columns: Columns, edges: readonly StageEdge[], leastGapPx: number): Gap[] {
  return columns.slice(1).map((column, at) => {
    const [here, next] = [ids(columns[at]!), ids(column)];
    const between = edges.filter(
      (edge) => edge.type !== 'publish' && (here.has(edge.from.node) || next.has(edge.to.node)),
    );
    const keys = between.map(({ key }) => key).filter((text) => text !== '');
    return {
      px: Math.max(leastGapPx, ...keys.map((text) => fanPx + pillPx(text) + tailPx)),
      hasKeys: keys.length > 0,
    };
  });
}

function widthOf(columns: Columns, gaps: readonly Gap[]): number {
  return [...columns.map(widest), ...gaps.map(({ px }) => px)].reduce((sum, px) => sum + px, 0);
}

/** Where there is room to spare ways are longer, so that one sees better what travels; where it is scarce they are shorter. */
function columnLefts(columns: Columns, gaps: readonly Gap[]): readonly number[] {
  const wholePx = widthOf(columns, gaps);
  const sparePx = Math.max(0, Math.min(spareGapMaxPx, Math.round((comfortablePx - wholePx) / gaps.length)));
  let x = 0;
  return columns.map((column, at) => {
    const left = x;
    const gap = gaps[at];
    const scarcePx = gap?.hasKeys && wholePx > roomyPx ? scarceGapPx : 0;
    x += widest(column) + (gap?.px ?? 0) + sparePx - scarcePx;
    return left;
  });
}

function ids(column: readonly Tower[]): ReadonlySet<string> {
  return new Set(column.map((node) => node.id));
}

/** Each node level with what feeds it; then those that nothing feeds, level with what they feed. */
function topsOf(columns: Columns, edges: readonly StageEdge[]): ReadonlyMap<string, number> {
  const columnOf = new Map(columns.flatMap((column, at) => column.map((node) => [node.id, at] as const)));
  const forward = edges.filter((edge) => columnOf.get(edge.from.node)! < columnOf.get(edge.to.node)!);
  const fed = new Set(forward.map((edge) => edge.to.node));
  const tops = new Map<string, number>();
  let isBesideTower = false;
  for (const column of columns) {
    const levels = column
      .filter((node) => node.type === 'broker' || fed.has(node.id))
      .map((node) => levelOf(node, forward, 'to', tops));
    stack(column, levels, tops);
    if (isBesideTower) raise(levels, tops);
    isBesideTower ||= column.some(({ nodes }) => nodes.length > 1);
  }
  for (const column of columns) {
    const levels = column.filter((node) => !tops.has(node.id)).map((node) => levelOf(node, forward, 'from', tops));
    stack(column, levels, tops);
  }
  return tops;
}

/** Beside a tower there is room above what its foot feeds: as far up as puts what feeds them in the middle. */
function raise(levels: readonly Level[], tops: Map<string, number>): void {
  const ports = levels.flatMap(({ portY }) => portY ?? []);
  if (ports.length === 0) return;
  const top = Math.min(...levels.map(({ node }) => tops.get(node.id)!));
  const bottom = Math.max(...levels.map(({ node }) => tops.get(node.id)! + node.height));
  const middle = (Math.min(...ports) + Math.max(...ports)) / 2;
  const by = Math.max(0, Math.min(top, (top + bottom) / 2 - middle));
  for (const { node } of levels) tops.set(node.id, tops.get(node.id)! - by);
}

interface Level {
  readonly node: Tower;
  /** Where its edges end, of those whose other node has its place; absent when there is none. */
  readonly portY: number | undefined;
  /** The top at which its edges run straight. */
  readonly top: number;
}

function levelOf(
  node: Tower,
  edges: readonly StageEdge[],
  end: 'from' | 'to',
  tops: ReadonlyMap<string, number>,
): Level {
  const own = edges.filter((edge) => edge[end].node === node.id);
  const ports = own.flatMap((edge) => {
    const other = edge[end === 'to' ? 'from' : 'to'];
    const top = tops.get(other.node);
    return top === undefined ? [] : [{ y: top + other.dy, dy: edge[end].dy }];
  });
  if (ports.length === 0) return { node, portY: undefined, top: 0 };
  const mean = (values: readonly number[]): number => values.reduce((sum, each) => sum + each, 0) / values.length;
  return { node, portY: mean(ports.map(({ y }) => y)), top: mean(ports.map(({ y, dy }) => y - dy)) };
}

/** From the top down in the order of what feeds them, so that edges do not cross; each as high as it may stand. */
function stack(column: readonly Tower[], levels: readonly Level[], tops: Map<string, number>): void {
  const order = levels
    .map((level, index) => ({ ...level, index }))
    .sort((a, b) => (a.portY ?? Infinity) - (b.portY ?? Infinity) || a.index - b.index);
  const loosePx = column.reduce((sum, { height }) => sum + height + looseGapPx, -looseGapPx);
  const sharedGapPx = loosePx > columnHighPx ? rowGapPx : looseGapPx;
  let previous: Level | undefined;
  for (const level of order) {
    const shared = previous?.portY === level.portY;
    const below = previous === undefined ? -Infinity : tops.get(previous.node.id)! + previous.node.height;
    const gap = shared || previous === undefined ? sharedGapPx : gapOf(previous.node, level.node);
    const wished = Math.max(level.top, below + gap);
    tops.set(level.node.id, freeTop(wished, level.node, column, tops));
    previous = level;
  }
}

/** A broker has room around it, so that nothing beside it looks like a part of it. */
const gapOf = (one: Tower, other: Tower): number =>
  one.type === 'broker' || other.type === 'broker' ? looseGapPx : rowGapPx;

/** The highest top at or below `wished` at which nothing of the column is in the way. */
function freeTop(wished: number, node: Tower, column: readonly Tower[], tops: ReadonlyMap<string, number>): number {
  const taken = column
    .flatMap((other) => {
      const top = tops.get(other.id);
      if (top === undefined || other.id === node.id) return [];
      const gap = gapOf(node, other);
      return [{ top: top - gap, bottom: top + other.height + gap }];
    })
    .sort((a, b) => a.top - b.top);
  let top = wished;
  for (const other of taken) if (top < other.bottom && top + node.height > other.top) top = other.bottom;
  return top;
}

function callEdge({ from, to, routes }: CallShape, structure: Structure): StageEdge {
  const port = (name: string, dyOf: (shape: ServiceShape) => number): Port => {
    const shape = structure.services.get(name);
    const broker = structure.brokers.get(name);
    const dy = shape !== undefined ? dyOf(shape) : broker === undefined ? 0 : queueDy(broker, undefined);
    return { node: nodeId(structure, name), dy };
  };
  return {
    id: `call ${from} ${to}`,
    type: 'call',
    service: from,
    broker: '',
    callee: to,
    listeners: [],
    patterns: [],
    key: '',
    routes,
    from: port(from, publishDy),
    to: port(to, calledDy),
  };
}

function edgesOf(shape: ServiceShape, structure: Structure): StageEdge[] {
  const service = serviceId(shape.service);
  const edges: StageEdge[] = [];
  for (const broker of shape.publishes) {
    const target = structure.brokers.get(broker);
    if (target === undefined) continue;
    edges.push({
      id: `publish ${shape.service} ${broker}`,
      type: 'publish',
      service: shape.service,
      broker,
      listeners: [],
      patterns: [],
      key: '',
      from: { node: service, dy: publishDy(shape) },
      to: { node: brokerId(broker), dy: queueDy(target, undefined) },
    });
  }
  for (const [index, group] of listenerGroups(shape).entries()) {
    const first = group[0]!;
    const source = structure.brokers.get(first.broker);
    if (source === undefined) continue;
    const patterns = [...new Set(group.flatMap(wordsOn))];
    edges.push({
      id: `subscribe ${shape.service} ${first.key}`,
      type: 'subscribe',
      service: shape.service,
      broker: first.broker,
      ...(first.queue !== undefined && { queue: first.queue }),
      listeners: group.map((each) => each.key),
      patterns,
      key: shape.keyed ? '' : pillText(patterns),
      from: {
        node: brokerId(first.broker),
        dy: first.onChannel ? channelDy(source, first.pattern) : queueDy(source, first.queue),
      },
      to: { node: service, dy: listenerDy(shape, index) },
    });
  }
  return edges;
}
