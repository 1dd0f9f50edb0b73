import { HopPaths, type Paths } from './hop-paths';
import type { StageEdge, StageLayout } from './layout';
import { createElbow, createPath, type Path, type Point } from './path';
import { serviceOf, type BrokerShape, type Structure } from './structure';

/**
 * The stage of a phone: for each broker a line with who publishes, and under it a row for each listener or queue with
 * the process at its right. A graph does not fit there and a list does. Pure geometry; all heights are fixed.
 */
export interface StageRow {
  readonly edge: StageEdge;
  readonly service: string;
  readonly y: number;
}

export interface RowGroup {
  readonly broker: string;
  /** Who publishes and hears nothing of this broker: they stand before it. The first is shown. */
  readonly publishers: readonly StageEdge[];
  /** Who publishes back to it from a row. */
  readonly back: readonly StageEdge[];
  readonly rows: readonly StageRow[];
  readonly deadLetters: readonly { readonly queue: string; readonly y: number }[];
  /** Queues that nobody takes from. */
  readonly unheard: readonly { readonly queue: string; readonly y: number }[];
  /** One line for each, above the rows. */
  readonly exchanges: readonly ExchangeLine[];
  readonly deadWays: readonly RowDeadWay[];
  readonly y: number;
  readonly height: number;
}

export interface ExchangeLine {
  readonly exchange: string;
  readonly kind: string;
  /** Somebody publishes to it from outside. */
  readonly entered: boolean;
  readonly y: number;
}

/** The way of dead letters out of a queue, in the margin at the left: to an exchange, or over the default one to a queue. */
export interface RowDeadWay {
  readonly queue: string;
  readonly path: Path;
}

export const rowMeasure = {
  headPx: 64,
  pitchPx: 54,
  boxPx: 46,
  gapPx: 16,
  edgePx: 12,
  trunkPx: 26,
  leftPx: 48,
  arrowPx: 28,
  exchangePx: 26,
  exchangeBoxPx: 22,
} as const;

export function groupRows(layout: StageLayout, structure: Structure): RowGroup[] {
  let y = 8;
  return [...structure.brokers.values()].map((broker) => {
    const top = y;
    const edges = layout.edges.filter((edge) => edge.broker === broker.broker);
    y += rowMeasure.headPx;
    const exchanges = broker.exchanges.map((exchange): ExchangeLine => {
      const line = { ...exchange, y };
      y += rowMeasure.exchangePx;
      return line;
    });
    if (exchanges.length > 0) y += 6;
    const rows = edges
      .filter((edge) => edge.type === 'subscribe')
      .map((edge): StageRow => {
        const row = { edge, service: edge.service, y };
        y += rowMeasure.pitchPx;
        return row;
      });
    const heard = new Set(rows.map((row) => row.edge.queue));
    const unheard = broker.queues
      .filter((queue) => !heard.has(queue))
      .map((queue) => {
        const one = { queue, y };
        y += rowMeasure.pitchPx;
        return one;
      });
    const deadLetters = broker.deadLetters.map((queue) => {
      const letter = { queue, y };
      y += rowMeasure.pitchPx;
      return letter;
    });
    const hears = new Set(rows.map((row) => row.service));
    const publishing = edges.filter((edge) => edge.type === 'publish');
    const publishers = publishing.filter((edge) => !hears.has(edge.service));
    const back = publishing.filter((edge) => hears.has(edge.service));
    const boxes = [...rows.map(({ edge, y: at }) => ({ queue: edge.queue, y: at })), ...unheard, ...deadLetters];
    const deadWays = deadWaysOf(broker, { exchanges, boxes });
    const lists = { publishers, back, rows, deadLetters, unheard, exchanges, deadWays };
    const group = { broker: broker.broker, ...lists, y: top, height: y - top };
    y += rowMeasure.gapPx;
    return group;
  });
}

/** Lanes between the trunk and the boxes, of which each way takes the next one. */
const deadLanes = [40, 36, 32];

function deadWaysOf(
  { deadTo }: BrokerShape,
  at: {
    readonly exchanges: readonly ExchangeLine[];
    readonly boxes: readonly { readonly queue: string | undefined; readonly y: number }[];
  },
): RowDeadWay[] {
  const boxY = (queue: string | undefined): number | undefined =>
    queue === undefined ? undefined : at.boxes.find((each) => each.queue === queue)?.y;
  return Object.entries(deadTo).flatMap(([queue, { exchange, key }], n): RowDeadWay[] => {
    const from = boxY(queue);
    const line = at.exchanges.find((each) => each.exchange === exchange);
    const box = exchange === '' ? boxY(key) : undefined;
    const toY = line ? line.y + rowMeasure.exchangeBoxPx / 2 : box === undefined ? undefined : box + 33;
    if (from === undefined || toY === undefined) return [];
    const x = deadLanes[n % deadLanes.length]!;
    const end = rowMeasure.leftPx - 1;
    const points = [
      { x: rowMeasure.leftPx, y: from + 40 },
      { x, y: from + 40 },
      { x, y: toY },
      { x: end, y: toY },
    ];
    return [{ queue, path: createElbow(points, { radiusPx: 3 }) }];
  });
}

/** Processes of services that have no edge to any broker. */
export function lonelyProcesses(layout: StageLayout, structure: Structure): readonly string[] {
  const met = new Set(layout.edges.filter((edge) => edge.type !== 'call').map((edge) => edge.service));
  return [...structure.services.values()].filter((each) => !met.has(each.service)).flatMap((each) => each.processes);
}

/** What a process is doing has room in it, in either language. */
const processPxMin = 120;

/** From the right edge: what is called, and what is published back. */
const callLanePx = 6.5;
const backLanePx = 9;

/** Left edge of the process boxes and right edge of the boxes before them. */
export function columns(widthPx: number): { readonly leftEndPx: number; readonly rightPx: number } {
  const room = widthPx - rowMeasure.leftPx - rowMeasure.edgePx - rowMeasure.arrowPx;
  const leftEndPx = rowMeasure.leftPx + Math.round(Math.min(room * 0.55, room - processPxMin));
  return { leftEndPx, rightPx: leftEndPx + rowMeasure.arrowPx };
}

const charPx = 7.2;

/** How many letters of a queue's name have room in its box beside so many pixels of figures and edges. */
function nameChars(widthPx: number, figuresPx: number): number {
  return Math.floor((columns(widthPx).leftEndPx - rowMeasure.leftPx - figuresPx) / charPx);
}

/** Beside ready and unacked it has no room, and gets a line of its own. */
export function isLongQueue(queue: string, widthPx: number): boolean {
  return queue.length > nameChars(widthPx, 64);
}

/** From a box to the frame of its broker. */
const framePadPx = 6;

/** Beside the count of what is kept. */
const isLongKept = (queue: string, widthPx: number): boolean => queue.length > nameChars(widthPx, 42);

/** Right edge of a queue's box that nobody takes from: beside it there is room for a long name. */
export function keptEndPx(queue: string, widthPx: number): number {
  return isLongKept(queue, widthPx) ? widthPx - rowMeasure.edgePx - framePadPx : columns(widthPx).leftEndPx;
}

/** Around all that a broker has inside: as wide as its boxes, and from the first with a long name on as wide as those. */
export function framePath({ y, height, unheard, deadLetters }: RowGroup, widthPx: number): Path {
  const [left, right, farRight] = [
    rowMeasure.edgePx,
    columns(widthPx).leftEndPx + framePadPx,
    widthPx - rowMeasure.edgePx,
  ];
  const [top, bottom] = [y + rowMeasure.headPx - 8, y + height];
  const firstLong = [...unheard, ...deadLetters].find(({ queue }) => isLongKept(queue, widthPx));
  const stepY = firstLong && firstLong.y - (rowMeasure.pitchPx - rowMeasure.boxPx) / 2;
  const begin = { x: left, y: (top + bottom) / 2 };
  const atRight =
    stepY === undefined
      ? [{ x: right, y: bottom }]
      : [right, farRight].map((x) => ({ x, y: stepY })).concat({ x: farRight, y: bottom });
  const corners = [{ x: left, y: top }, { x: right, y: top }, ...atRight, { x: left, y: bottom }];
  return createElbow([begin, ...corners, begin], { radiusPx: 8 });
}

/** The way of a call between two services, in the margin at the right. */
export interface RowCall {
  readonly edge: StageEdge;
  readonly path: Path;
}

/** Calls leave a box below its middle and reach one above it, so that both ways of two boxes can be told apart. */
const callDy = 9;

/** Of the services that have a box; `lonely` are the processes below, with their tops. */
export function rowCalls(
  layout: StageLayout,
  groups: readonly RowGroup[],
  lonely: readonly { readonly process: string; readonly y: number }[],
  widthPx: number,
): RowCall[] {
  const middle = rowMeasure.boxPx / 2;
  const edge = widthPx - rowMeasure.edgePx;
  const lane = widthPx - callLanePx;
  const atRight = (y: number) => (dy: number) => [
    { x: edge, y: y + middle + dy },
    { x: lane, y: y + middle + dy },
  ];
  // Its box stands at the left: around above the broker's.
  const atLeft = (y: number) => () => {
    const x = columns(widthPx).leftEndPx - 16;
    return [
      { x, y },
      { x, y: y - 4 },
      { x: lane, y: y - 4 },
    ];
  };
  const stubs = new Map<string, (dy: number) => readonly Point[]>();
  const add = (service: string, stub: (dy: number) => readonly Point[]): void => {
    if (!stubs.has(service)) stubs.set(service, stub);
  };
  for (const { rows } of groups) for (const { service, y } of rows) add(service, atRight(y));
  for (const { publishers, y } of groups) if (publishers[0] !== undefined) add(publishers[0].service, atLeft(y));
  for (const { process, y } of lonely) add(serviceOf(process), atRight(y));
  return layout.edges.flatMap((call): RowCall[] => {
    const from = call.type === 'call' ? stubs.get(call.service) : undefined;
    const to = stubs.get(call.callee ?? '');
    if (from === undefined || to === undefined) return [];
    return [{ edge: call, path: createElbow([...from(callDy), ...to(-callDy).toReversed()], { radiusPx: 4 }) }];
  });
}

export function rowPaths(groups: readonly RowGroup[], calls: readonly RowCall[], widthPx: number): Paths {
  const { rightPx } = columns(widthPx);
  const middle = rowMeasure.boxPx / 2;
  const brokers = new Map<string, Point>();
  const ways: RowCall[] = [...calls];
  for (const group of groups) {
    const headY = group.y + middle;
    brokers.set(group.broker, { x: rightPx - 12, y: headY });
    for (const { queue, y } of [...group.deadLetters, ...group.unheard])
      brokers.set(JSON.stringify([group.broker, queue]), { x: keptEndPx(queue, widthPx) - 14, y: y + 33 });
    for (const edge of group.publishers) ways.push({ edge, path: across(headY, widthPx) });
    for (const { edge, y } of group.rows) ways.push({ edge, path: across(y + middle, widthPx) });
    for (const edge of group.back) {
      const row = group.rows.find((each) => each.service === edge.service);
      if (row !== undefined) ways.push({ edge, path: backPath(row.y + middle, headY, widthPx) });
    }
  }
  return new HopPaths(ways, {
    broker: (broker, queue) =>
      brokers.get(queue === undefined ? broker : JSON.stringify([broker, queue])) ?? brokers.get(broker),
    slot: () => undefined,
  });
}

/** From the boxes at the left to those at the right. */
function across(y: number, widthPx: number): Path {
  const { leftEndPx, rightPx } = columns(widthPx);
  return createPath({ x: leftEndPx - 2, y }, [{ to: { x: rightPx + 2, y } }]);
}

/** In the margin at the right, up to the broker. */
export function backPath(fromY: number, toY: number, widthPx: number): Path {
  const edge = widthPx - rowMeasure.edgePx;
  const lane = widthPx - backLanePx;
  const corners = [
    { x: edge, y: fromY },
    { x: lane, y: fromY },
    { x: lane, y: toY },
    { x: edge, y: toY },
  ];
  return createElbow(corners, { radiusPx: 4 });
}
