import dagre from '@dagrejs/dagre';
import { createCurve, type Curve, type Point, type Side } from './curve';
import type { BrokerShape, ListenerShape, ServiceShape, Structure } from './structure';

/**
 * Where things stand. Sizes follow from the structure, not from the DOM, so that the layout is a pure function of it:
 * the same structure always gives the same picture, left to right: publishers, brokers, subscribers.
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
}

export interface StageEdge {
  readonly id: string;
  readonly type: 'publish' | 'subscribe';
  readonly service: string;
  readonly broker: string;
  /** Set for an edge that leaves a queue of the broker. */
  readonly queue?: string;
  /** Keys of the listeners that it feeds. */
  readonly listeners: readonly string[];
  readonly patterns: readonly string[];
  readonly from: { readonly node: string; readonly dx: number; readonly dy: number; readonly side: Side };
  /** `levelPx`: it may end anywhere along this height of its node. */
  readonly to: {
    readonly node: string;
    readonly dx: number;
    readonly dy: number;
    readonly side: Side;
    readonly levelPx?: number;
  };
}

export interface StageLayout {
  readonly nodes: readonly StageNode[];
  readonly edges: readonly StageEdge[];
}

/** Measures of the nodes, shared with the components that draw them. */
export const measure = {
  serviceWidthPx: 152,
  serviceHeadPx: 44,
  rowPx: 22,
  rowsMax: 12,
  brokerWidthPx: 172,
  brokerHeadPx: 32,
  brokerBodyPx: 52,
  scalePx: 26,
  queuePx: 50,
  deadLetterGapPx: 9,
  brokerFootPx: 8,
} as const;

export function layOut(structure: Structure): StageLayout {
  const services = inPortOrder([...structure.services.values()], structure);
  const brokers = [...structure.brokers.values()];
  const graph = new dagre.graphlib.Graph();
  graph.setGraph({ rankdir: 'LR', nodesep: 22, ranksep: 44, marginx: 0, marginy: 0 });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const shape of services) {
    graph.setNode(serviceId(shape.service), { width: measure.serviceWidthPx, height: serviceHeight(shape) });
  }
  for (const shape of brokers) {
    graph.setNode(brokerId(shape.broker), { width: measure.brokerWidthPx, height: brokerHeight(shape) });
  }
  for (const shape of services) {
    const hears = new Set(shape.listeners.map((each) => each.broker));
    for (const broker of hears) {
      const width = pillPx(shape.listeners.filter((each) => each.broker === broker).map((each) => each.pattern));
      graph.setEdge(brokerId(broker), serviceId(shape.service), { width: width + 44, height: 18, labelpos: 'c' });
    }
    for (const broker of shape.publishes) {
      if (!hears.has(broker))
        graph.setEdge(serviceId(shape.service), brokerId(broker), { width: 24, height: 1, labelpos: 'c' });
    }
  }
  dagre.layout(graph);
  const place = (id: string, type: StageNode['type'], name: string): StageNode => {
    const { x, y, width, height } = graph.node(id) as { x: number; y: number; width: number; height: number };
    return { id, type, name, x: Math.round(x - width / 2), y: Math.round(y - height / 2), width, height };
  };
  const placed = [
    ...services.map((shape) => place(serviceId(shape.service), 'service', shape.service)),
    ...brokers.map((shape) => place(brokerId(shape.broker), 'broker', shape.broker)),
  ];
  const nodes = inOrder(placed);
  return { nodes, edges: services.flatMap((shape) => edgesOf(shape, structure, nodes)) };
}

/** Publishers first, then listeners from the top of their broker to its bottom, so that no edges cross. */
function inPortOrder(services: readonly ServiceShape[], structure: Structure): ServiceShape[] {
  const brokers = [...structure.brokers.keys()];
  const port = (shape: ServiceShape): number => {
    const heights = shape.listeners.map((each) => {
      const broker = structure.brokers.get(each.broker);
      return broker === undefined ? 0 : brokers.indexOf(each.broker) * 100_000 + queueDy(broker, each.queue);
    });
    return heights.length === 0 ? -1 : Math.min(...heights);
  };
  return services
    .map((shape) => ({ shape, at: port(shape) }))
    .sort((a, b) => a.at - b.at)
    .map(({ shape }) => shape);
}

/** Room for the binding key of an edge; the pill itself is cut at 104. */
export function pillPx(patterns: readonly string[]): number {
  return Math.min(104, Math.max(...patterns.map((pattern) => pattern.length * 6.7 + 14)));
}

/** In each column the first to appear stands on top: listeners run in the order in which they subscribed. */
function inOrder(nodes: readonly StageNode[]): StageNode[] {
  const columns = new Map<number, StageNode[]>();
  for (const node of nodes) {
    const centre = Math.round(node.x + node.width / 2);
    columns.set(centre, [...(columns.get(centre) ?? []), node]);
  }
  const moved = new Map<string, number>();
  for (const column of columns.values()) {
    const tops = column.map((node) => node.y);
    const bottom = Math.max(...column.map((node) => node.y + node.height));
    const height = column.reduce((sum, node) => sum + node.height, 0);
    const gap = column.length < 2 ? 0 : (bottom - Math.min(...tops) - height) / (column.length - 1);
    let y = Math.min(...tops);
    for (const node of column) {
      moved.set(node.id, Math.round(y));
      y += node.height + gap;
    }
  }
  return nodes.map((node) => ({ ...node, y: moved.get(node.id) ?? node.y }));
}

export function serviceId(service: string): string {
  return `service:${service}`;
}

export function brokerId(broker: string): string {
  return `broker:${broker}`;
}

/** What the rows of a service's card are: its replicas, or the listeners of its one process, or nothing. */
export function rowsOf(shape: ServiceShape): {
  readonly type: 'replicas' | 'listeners' | 'none';
  readonly rows: readonly string[];
} {
  if (shape.processes.length > 1) return { type: 'replicas', rows: shape.processes };
  if (shape.listeners.length > 1) return { type: 'listeners', rows: shape.listeners.map((each) => each.key) };
  return { type: 'none', rows: [] };
}

export function serviceHeight(shape: ServiceShape): number {
  const { type, rows } = rowsOf(shape);
  if (type === 'none') return measure.serviceHeadPx;
  const head = type === 'replicas' ? 8 : measure.serviceHeadPx;
  const shown = Math.min(rows.length, measure.rowsMax) + (rows.length > measure.rowsMax ? 1 : 0);
  return head + shown * measure.rowPx + (type === 'replicas' ? 0 : 4);
}

/** Height at which an edge meets the card: the listener's row when it has one. */
function serviceDy(shape: ServiceShape, listener: string | undefined): number {
  const { type, rows } = rowsOf(shape);
  if (type !== 'listeners' || listener === undefined)
    return type === 'listeners' ? measure.serviceHeadPx / 2 : serviceHeight(shape) / 2;
  const row = Math.min(rows.indexOf(listener), measure.rowsMax);
  return measure.serviceHeadPx + (row + 0.5) * measure.rowPx;
}

export function brokerHeight(shape: BrokerShape): number {
  const dead =
    shape.deadLetters.length === 0 ? 0 : measure.deadLetterGapPx + shape.deadLetters.length * measure.queuePx;
  return (
    measure.brokerHeadPx + measure.brokerBodyPx + shape.queues.length * measure.queuePx + dead + measure.brokerFootPx
  );
}

function queuesTop(shape: BrokerShape): number {
  return measure.brokerHeadPx + measure.brokerBodyPx + (shape.pooled ? measure.scalePx : 0);
}

/** Height of the middle of a queue's box inside its broker, of the broker's own tape for none. */
export function queueDy(shape: BrokerShape, queue: string | undefined): number {
  const first = queuesTop(shape);
  if (queue === undefined) return measure.brokerHeadPx + measure.brokerBodyPx / 2;
  const live = shape.queues.indexOf(queue);
  if (live >= 0) return first + (live + 0.5) * measure.queuePx - 3;
  const dead = Math.max(0, shape.deadLetters.indexOf(queue));
  return first + shape.queues.length * measure.queuePx + measure.deadLetterGapPx + (dead + 0.5) * measure.queuePx - 3;
}

function edgesOf(shape: ServiceShape, structure: Structure, nodes: readonly StageNode[]): StageEdge[] {
  const service = serviceId(shape.service);
  const at = new Map(nodes.map((node) => [node.id, node]));
  const rightOf = (a: string, b: string): boolean => (at.get(a)?.x ?? 0) > (at.get(b)?.x ?? 0);
  const edges: StageEdge[] = [];
  for (const broker of shape.publishes) {
    const shown = structure.brokers.get(broker);
    if (shown === undefined) continue;
    const back = rightOf(service, brokerId(broker));
    const side: Side = back ? -1 : 1;
    edges.push({
      id: `publish ${shape.service} ${broker}`,
      type: 'publish',
      service: shape.service,
      broker,
      listeners: [],
      patterns: [],
      from: { node: service, dx: back ? 0 : measure.serviceWidthPx, dy: back ? 6 : serviceDy(shape, undefined), side },
      to: {
        node: brokerId(broker),
        dx: back ? measure.brokerWidthPx : 0,
        dy: back ? measure.brokerHeadPx / 2 : queueDy(shown, undefined),
        side: back ? 1 : -1,
        ...(back && { levelPx: brokerHeight(shown) }),
      },
    });
  }
  for (const group of groupListeners(shape)) {
    const first = group[0]!;
    const shown = structure.brokers.get(first.broker);
    if (shown === undefined) continue;
    edges.push({
      id: `subscribe ${shape.service} ${first.key}`,
      type: 'subscribe',
      service: shape.service,
      broker: first.broker,
      ...(first.queue !== undefined && { queue: first.queue }),
      listeners: group.map((each) => each.key),
      patterns: [...new Set(group.map((each) => each.pattern))],
      from: { node: brokerId(first.broker), dx: measure.brokerWidthPx, dy: queueDy(shown, first.queue), side: 1 },
      to: { node: service, dx: 0, dy: serviceDy(shape, first.key), side: -1 },
    });
  }
  return edges;
}

/** One edge for each row of the card: listeners that have no row of their own share an edge for each queue they take from. */
function groupListeners(shape: ServiceShape): ListenerShape[][] {
  if (rowsOf(shape).type === 'listeners') return shape.listeners.map((each) => [each]);
  const groups = new Map<string, ListenerShape[]>();
  for (const listener of shape.listeners) {
    const key = JSON.stringify([listener.broker, listener.queue ?? '']);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [listener]);
    else group.push(listener);
  }
  return [...groups.values()];
}

/** The edge's path for where its two nodes stand now; undefined while one of them is missing. */
export function edgeCurve(edge: StageEdge, positions: ReadonlyMap<string, Point>): Curve | undefined {
  const from = positions.get(edge.from.node);
  const to = positions.get(edge.to.node);
  if (from === undefined || to === undefined) return undefined;
  const fromY = from.y + edge.from.dy;
  // What goes back enters the frame level with where it left, as far as the frame reaches: a fan of them stays apart.
  const { levelPx } = edge.to;
  const toY = levelPx === undefined ? to.y + edge.to.dy : Math.max(to.y + 12, Math.min(fromY, to.y + levelPx - 12));
  return createCurve(
    { x: from.x + edge.from.dx, y: fromY },
    edge.from.side,
    { x: to.x + edge.to.dx, y: toY },
    edge.to.side,
  );
}
