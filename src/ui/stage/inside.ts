import { measure, pillPx, pillText } from './measure';
import { columnMeasure, columnsOf, exchangeWidth, levelsOf, type Group } from './exchange-columns';
import { createElbow, createPath, type Path, type Point } from './path';
import type { BindingShape, BrokerShape, ExchangeShape } from './structure';

/**
 * Where things stand inside a broker that has exchanges: exchanges at the left, the keys of their bindings, and queues at
 * the right; below them the exchanges and queues that only dead letters reach. Places are inside the broker's frame. Pure.
 *
 * Invariants
 * 1. A function of the shape alone, so nothing moves while messages do.
 * 2. Nothing overlaps: a queue has as much height as the keys that lead to it.
 * 3. What is too much to be told apart is summed up: queues beyond `queuesMax`, and bindings of the same two ends once there
 *    are more than `pillsMax`.
 */
export interface Inside {
  readonly width: number;
  readonly height: number;
  readonly exchanges: readonly PlacedExchange[];
  readonly bindings: readonly PlacedBinding[];
  readonly queues: readonly PlacedQueue[];
  /** Queues that have no box. */
  readonly hiddenQueues: readonly string[];
  readonly deadWays: readonly DeadWay[];
  /** Top of the line above what only dead letters reach; undefined when there is no such part. */
  readonly deadTop: number | undefined;
  /** From the left border to each exchange that is published to. */
  readonly entries: readonly { readonly exchange: string; readonly path: Path }[];
  /** Height at which messages come in. */
  readonly entryY: number;
  /** Of each exchange, its name included. */
  readonly exchangeWidth: number;
  /** Left edge and width of the queues' boxes. */
  readonly queueX: number;
  readonly queueWidth: number;
}

export interface PlacedExchange extends Point {
  readonly exchange: string;
  readonly kind: string;
}

export interface PlacedBinding {
  readonly ids: readonly string[];
  readonly source: string;
  readonly destination: string;
  readonly text: string;
  /** The middle of its key. */
  readonly pill: Point;
  readonly pillWidth: number;
  readonly path: Path;
}

export interface PlacedQueue {
  readonly queue: string;
  readonly top: number;
}

/** The way of dead letters out of a queue: to an exchange, or over the default exchange to a queue. */
export interface DeadWay {
  readonly queue: string;
  readonly path: Path;
}

export const insideMeasure = {
  radiusPx: 17,
  /** Of an exchange with its name and type below. */
  exchangePx: 66,
  queuesMax: 12,
  pillsMax: 20,
} as const;

const { padPx, fanPx, tailPx } = columnMeasure;
const [lanePx, pillPitchPx, deadGapPx] = [14, 21, 26];
/** Dead letters that go over the default exchange have lanes of their own before the queues; more than so many share them. */
const [straightLanePx, straightLanesMax] = [5, 3];

const known = new WeakMap<BrokerShape, Inside>();

export function insideOf(shape: BrokerShape): Inside {
  let inside = known.get(shape);
  if (inside === undefined) known.set(shape, (inside = layOut(shape)));
  return inside;
}

/** What a binding says: its key, or for headers what it asks for. */
export function bindingText({ key, arguments: args }: Pick<BindingShape, 'key' | 'arguments'>): string {
  const pairs = Object.entries(args)
    .filter(([name]) => name !== 'x-match')
    .map(([name, value]) => `${name}=${String(value)}`);
  const match = args['x-match'];
  if (pairs.length === 0) return key;
  return `${match === undefined ? '' : `${String(match)} `}${pairs.join(' ')}`;
}

/** What leads to a queue, in the order of binding. */
export function keysTo({ bindings }: BrokerShape, queue: string): string[] {
  const own = bindings.filter(({ to, destination }) => to === 'queue' && destination === queue);
  return own.map(bindingText).filter((text) => text !== '');
}

function layOut(shape: BrokerShape): Inside {
  const shown = shape.queues.slice(0, insideMeasure.queuesMax);
  const hiddenQueues = shape.queues.slice(insideMeasure.queuesMax);
  const groups = groupsOf(shape, new Set(shown));
  const dead = deadParts(shape);
  const levels = levelsOf(shape);
  const depth = Math.max(0, ...levels.values());
  const exchangePx = exchangeWidth(shape);
  const columns = columnsOf(groups, levels, { depth, exchangePx });
  const queueX = shape.exchanges.length === 0 ? padPx + straightLanesPx(shape) : columns.at(-1)!.endX;
  const hasLane = Object.values(shape.deadTo).some(({ exchange }) => exchange !== '');
  const queueWidth = queueWidthOf(shape);
  const { tops, pillYs, deadTop, bottom } = stack(shown, groups, dead, hiddenQueues.length > 0);
  const exchangeXs = (name: string): number => columns[levels.get(name) ?? 0]!.startX + exchangePx / 2;
  const exchanges = placeExchanges(shape, { groups, pillYs, dead, deadTop, x: exchangeXs });
  const lowest = Math.max(bottom, ...exchanges.map(({ y }) => y + insideMeasure.exchangePx - insideMeasure.radiusPx));
  const width = queueX + queueWidth + padPx + (hasLane ? lanePx : 0);
  const pillWidth = ({ members: [first] }: Group): number =>
    columns[first!.to === 'queue' ? depth : Math.max(0, (levels.get(first!.destination) ?? 0) - 1)]!.pillWidth;
  const at = { exchanges, tops, pillYs, pillWidth, queueX, queueWidth, width, deadTop };
  const entered = exchanges.find(({ exchange }) => isEntered(shape, exchange)) ?? exchanges[0];
  const entryY = entered?.y ?? measure.brokerHeadPx + measure.brokerBodyPx / 2;
  return {
    width,
    height: lowest + measure.brokerFootPx + 4,
    exchanges,
    bindings: groups.flatMap((group) => placeBinding(group, at)),
    queues: shown.map((queue) => ({ queue, top: tops.get(queue) ?? 0 })),
    hiddenQueues,
    deadWays: deadWays(shape, at),
    deadTop,
    entries: exchanges
      .filter(({ exchange }) => isEntered(shape, exchange))
      .map(({ exchange, x, y }) => ({ exchange, path: entryPath(entryY, { x, y }) })),
    entryY,
    exchangeWidth: exchangePx,
    queueX,
    queueWidth,
  };
}

function isEntered(shape: BrokerShape, name: string): boolean {
  return shape.exchanges.find(({ exchange }) => exchange === name)?.entered === true;
}

/** Room before the queues of a broker without exchanges of its own. */
function straightLanesPx({ deadTo }: BrokerShape): number {
  const count = Object.values(deadTo).filter(({ exchange }) => exchange === '').length;
  return count === 0 ? 0 : straightLanePx * (1 + Math.min(count, straightLanesMax));
}

/** Beside the name stands how many are ready, and how many unacked where somebody takes from it. */
function queueWidthOf({ queues, taken }: BrokerShape): number {
  const widths = queues.map((name) => Math.ceil(name.length * 7.2) + (taken.includes(name) ? 66 : 48));
  return Math.min(214, Math.max(136, ...widths));
}

function groupsOf(shape: BrokerShape, shown: ReadonlySet<string>): Group[] {
  const drawn = shape.bindings.filter(({ to, destination }) => to === 'exchange' || shown.has(destination));
  if (drawn.length <= insideMeasure.pillsMax)
    return drawn.map((binding) => ({ members: [binding], text: pillText([bindingText(binding)]) }));
  const byEnds = new Map<string, BindingShape[]>();
  for (const binding of drawn) {
    const ends = JSON.stringify([binding.source, binding.to, binding.destination]);
    byEnds.set(ends, [...(byEnds.get(ends) ?? []), binding]);
  }
  const isTooMuch = byEnds.size > insideMeasure.pillsMax;
  return [...byEnds.values()].map((members) => ({
    members,
    text: isTooMuch ? '' : pillText(members.map(bindingText)),
  }));
}

/** Exchanges that dead letters go to, and queues that nothing else reaches. */
function deadParts(shape: BrokerShape): {
  readonly exchanges: ReadonlySet<string>;
  readonly queues: ReadonlySet<string>;
} {
  const named = new Set(Object.values(shape.deadTo).map(({ exchange }) => exchange));
  const exchanges = new Set(shape.exchanges.filter(({ exchange }) => named.has(exchange)).map((each) => each.exchange));
  const from = (queue: string): readonly string[] =>
    shape.bindings.filter(({ destination, to }) => to === 'queue' && destination === queue).map(({ source }) => source);
  const queues = shape.queues.filter((queue) => {
    const sources = from(queue);
    return sources.length > 0 && sources.every((source) => exchanges.has(source));
  });
  return { exchanges, queues: new Set(queues) };
}

interface Stacked {
  readonly tops: ReadonlyMap<string, number>;
  readonly pillYs: ReadonlyMap<Group, number>;
  readonly deadTop: number | undefined;
  readonly bottom: number;
}

/** Queues from the top, each as high as its keys; a key that leads to an exchange has a row of its own above the queues. */
function stack(
  shown: readonly string[],
  groups: readonly Group[],
  dead: ReturnType<typeof deadParts>,
  hasMore: boolean,
): Stacked {
  const tops = new Map<string, number>();
  const pillYs = new Map<Group, number>();
  let y = measure.brokerHeadPx + measure.brokerBodyPx + 6;
  for (const group of groups.filter(({ members }) => members[0]!.to === 'exchange')) {
    pillYs.set(group, y + pillPitchPx / 2);
    y += pillPitchPx + 6;
  }
  const place = (queue: string): void => {
    const own = groups.filter(({ members }) => members[0]!.to === 'queue' && members[0]!.destination === queue);
    const band = Math.max(measure.queuePx, own.length * pillPitchPx + 4);
    tops.set(queue, y + (band - measure.queuePx) / 2);
    const first = y + measure.queueBoxPx / 2 + (band - measure.queuePx) / 2 - ((own.length - 1) * pillPitchPx) / 2;
    for (const [n, group] of own.entries()) pillYs.set(group, first + n * pillPitchPx);
    y += band;
  };
  const usual = shown.filter((queue) => !dead.queues.has(queue));
  for (const queue of usual) place(queue);
  if (hasMore) y += 22;
  const low = shown.filter((queue) => dead.queues.has(queue));
  const deadTop = low.length === 0 && dead.exchanges.size === 0 ? undefined : y + 4;
  if (deadTop !== undefined) y += deadGapPx + 8;
  for (const queue of low) place(queue);
  return { tops, pillYs, deadTop, bottom: y };
}

interface ExchangePlaces {
  readonly groups: readonly Group[];
  readonly pillYs: ReadonlyMap<Group, number>;
  readonly dead: ReturnType<typeof deadParts>;
  readonly deadTop: number | undefined;
  readonly x: (name: string) => number;
}

/** Each level with the middle of its keys, and below the one above it. */
function placeExchanges(shape: BrokerShape, places: ExchangePlaces): PlacedExchange[] {
  const { groups, pillYs, dead, deadTop, x } = places;
  const middle = ({ exchange }: ExchangeShape): number => {
    const ys = groups.filter(({ members }) => members[0]!.source === exchange).map((group) => pillYs.get(group)!);
    return ys.length === 0 ? -Infinity : (Math.min(...ys) + Math.max(...ys)) / 2;
  };
  const isLow = ({ exchange }: ExchangeShape): boolean => dead.exchanges.has(exchange);
  const order = shape.exchanges
    .map((each, index) => ({ each, index, y: middle(each), low: isLow(each) }))
    .sort((a, b) => Number(a.low) - Number(b.low) || a.y - b.y || a.index - b.index);
  const nextFree = new Map<number, number>();
  const top = measure.brokerHeadPx + measure.brokerBodyPx + 6 + insideMeasure.radiusPx;
  return order.map(({ each, y, low }) => {
    const column = x(each.exchange);
    const least = Math.max(
      low && deadTop !== undefined ? deadTop + deadGapPx + insideMeasure.radiusPx : top,
      nextFree.get(column) ?? -Infinity,
    );
    const placed = Math.max(y, least);
    nextFree.set(column, placed + insideMeasure.exchangePx);
    return { exchange: each.exchange, kind: each.kind, x: column, y: placed };
  });
}

interface At {
  readonly exchanges: readonly PlacedExchange[];
  readonly tops: ReadonlyMap<string, number>;
  readonly pillYs: ReadonlyMap<Group, number>;
  readonly pillWidth: (group: Group) => number;
  readonly queueX: number;
  readonly queueWidth: number;
  readonly width: number;
  readonly deadTop: number | undefined;
}

function placeBinding(group: Group, at: At): PlacedBinding[] {
  const { source, destination, to } = group.members[0]!;
  const from = at.exchanges.find(({ exchange }) => exchange === source);
  const target = at.exchanges.find(({ exchange }) => exchange === destination);
  const y = at.pillYs.get(group);
  if (from === undefined || y === undefined || (to === 'exchange' && target === undefined)) return [];
  const top = at.tops.get(destination) ?? 0;
  const end =
    to === 'exchange'
      ? { x: target!.x - insideMeasure.radiusPx - 1, y: target!.y }
      : { x: at.queueX - 1, y: Math.max(top + 6, Math.min(top + measure.queueBoxPx - 6, y)) };
  const width = group.text === '' ? 0 : pillPx(group.text);
  const start = { x: from.x + insideMeasure.radiusPx, y: from.y };
  const pillX = Math.max(start.x + fanPx, end.x - tailPx - at.pillWidth(group));
  const bend = (a: Point, b: Point): readonly [Point, Point] => [
    { x: (a.x + b.x) / 2, y: a.y },
    { x: (a.x + b.x) / 2, y: b.y },
  ];
  const [left, right] = [
    { x: pillX, y },
    { x: pillX + width, y },
  ];
  const first = { to: left, bend: bend(start, left) };
  const before = createPath(start, [first]).lengthPx;
  const last = Math.abs(end.y - y) < 0.5 ? { to: end } : { to: end, bend: bend(right, end) };
  const path = createPath(
    start,
    [first, { to: right }, last],
    width === 0 ? undefined : { fromPx: before, toPx: before + width },
  );
  return [
    {
      ids: group.members.flatMap(({ ids }) => ids),
      source,
      destination,
      text: group.text,
      pill: { x: pillX + width / 2, y },
      pillWidth: width,
      path,
    },
  ];
}

function deadWays(shape: BrokerShape, at: At): DeadWay[] {
  const middle = (queue: string): number => at.tops.get(queue)! + measure.queueBoxPx / 2;
  let straight = 0;
  return Object.entries(shape.deadTo).flatMap(([queue, { exchange, key }]): DeadWay[] => {
    if (!at.tops.has(queue)) return [];
    const y = middle(queue);
    const target = at.exchanges.find((each) => each.exchange === exchange);
    if (exchange === '' && key !== undefined && at.tops.has(key)) {
      const x = at.queueX - straightLanePx * (1 + (straight++ % straightLanesMax));
      const points = [
        { x: at.queueX, y: y + 8 },
        { x, y: y + 8 },
        { x, y: middle(key) - 8 },
        { x: at.queueX, y: middle(key) - 8 },
      ];
      return [{ queue, path: createElbow(points, { radiusPx: 3 }) }];
    }
    if (target === undefined) return [];
    const right = at.queueX + at.queueWidth;
    const laneX = right + lanePx - 4;
    const laneY = (at.deadTop ?? target.y - 34) + deadGapPx / 2;
    const above = at.exchanges.some((each) => each.x === target.x && each.y < target.y && each.y > laneY);
    const end: Point[] = above
      ? [
          { x: target.x - insideMeasure.radiusPx - 16, y: laneY },
          { x: target.x - insideMeasure.radiusPx - 16, y: target.y },
          { x: target.x - insideMeasure.radiusPx, y: target.y },
        ]
      : [
          { x: target.x, y: laneY },
          { x: target.x, y: target.y - insideMeasure.radiusPx },
        ];
    const points = [{ x: right, y }, { x: laneX, y }, { x: laneX, y: laneY }, ...end];
    return [{ queue, path: createElbow(points) }];
  });
}

function entryPath(entryY: number, { x, y }: Point): Path {
  const [start, end] = [
    { x: 0, y: entryY },
    { x: x - insideMeasure.radiusPx - 1, y },
  ];
  const middle = (start.x + end.x) / 2;
  if (Math.abs(y - entryY) < 0.5) return createPath(start, [{ to: end }]);
  return createPath(start, [
    {
      to: end,
      bend: [
        { x: middle, y: entryY },
        { x: middle, y },
      ],
    },
  ]);
}
