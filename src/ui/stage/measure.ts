import { insideOf } from './inside';
import type { BrokerShape, ListenerShape, ServiceShape } from './structure';

/**
 * How large the things on the stage are, and where on them an edge begins or ends. Sizes follow from the structure, not
 * from the DOM, so that layout, edges and slots are pure functions of it; the components that draw use the same figures.
 */
export const measure = {
  serviceHeadPx: 36,
  serviceWidthMinPx: 148,
  /** Of one that listens to nothing: it has no work to show. */
  silentWidthMinPx: 132,
  serviceWidthMaxPx: 208,
  /** A listener's row in the card of its process. */
  rowPx: 22,
  /** Below all else in the card of a process that has circuit breakers. */
  breakersPx: 20,
  /** A replica's row in the card of its service. */
  replicaPx: 16,
  replicasPadPx: 4,
  rowsMax: 12,
  brokerWidthMinPx: 172,
  brokerWidthMaxPx: 232,
  brokerHeadPx: 32,
  /** Its count; and its own tape, where one has something to show. */
  brokerBodyPx: 26,
  brokerTapePx: 22,
  scalePx: 26,
  /** A channel of Pub/Sub: one line. */
  channelPx: 25,
  channelBoxPx: 20,
  queuePx: 41,
  queueBoxPx: 36,
  deadLetterGapPx: 9,
  brokerFootPx: 4,
  pillMaxPx: 144,
  pillHighPx: 18,
} as const;

/** What the rows of a service's card are: its replicas, or the listeners of its one process, or nothing. */
export function rowsOf(shape: ServiceShape): {
  readonly type: 'replicas' | 'listeners' | 'none';
  readonly rows: readonly string[];
} {
  if (shape.processes.length > 1) return { type: 'replicas', rows: shape.processes };
  if (shape.listeners.length > 1) return { type: 'listeners', rows: shape.listeners.map((each) => each.key) };
  return { type: 'none', rows: [] };
}

/** Names are set in a mono of 12 px; the state beside or below takes what is left. */
export function serviceWidth(shape: ServiceShape): number {
  const names = shape.processes.length > 0 ? shape.processes : [shape.service];
  const chars = Math.max(...names.map((name) => name.length));
  // Beside the name of one that listens there is room for how far its work has come.
  const beside = shape.listeners.length === 1 ? 70 : 24;
  const wished = Math.ceil(chars * 7.3) + (shape.processes.length > 1 ? 72 : beside);
  const least = shape.listeners.length === 0 ? measure.silentWidthMinPx : measure.serviceWidthMinPx;
  return Math.max(least, Math.min(measure.serviceWidthMaxPx, wished));
}

export function serviceHeight(shape: ServiceShape): number {
  const { type, rows } = rowsOf(shape);
  const breakers = shape.hasBreakers || shape.hasSagas ? measure.breakersPx : 0;
  if (type === 'none') return measure.serviceHeadPx + breakers;
  const shown = Math.min(rows.length, measure.rowsMax) + (rows.length > measure.rowsMax ? 1 : 0);
  if (type === 'listeners') return measure.serviceHeadPx + shown * measure.rowPx + 4 + breakers;
  // Each queue's key needs room of its own at the left.
  const keys = listenerGroups(shape).length * (measure.pillHighPx + 3) + 4;
  return Math.max(measure.replicasPadPx + shown * measure.replicaPx, keys);
}

/**
 * One edge for each: a listener that has a row of its own, else the listeners that take from one queue together. What
 * found no row shares the last.
 */
export function listenerGroups(shape: ServiceShape): readonly (readonly ListenerShape[])[] {
  const byRow = rowsOf(shape).type === 'listeners';
  const groups = new Map<string, ListenerShape[]>();
  for (const [index, listener] of shape.listeners.entries()) {
    const row = Math.min(index, measure.rowsMax);
    const { broker, queue = '', group: reader = '', pattern, onChannel } = listener;
    const key = JSON.stringify(byRow ? [broker, row] : [broker, queue, reader, onChannel ? pattern : '']);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [listener]);
    else group.push(listener);
  }
  return [...groups.values()];
}

/** Height at which the edge of a group of listeners meets the card. */
export function listenerDy(shape: ServiceShape, groupIndex: number): number {
  const groups = listenerGroups(shape);
  if (rowsOf(shape).type !== 'listeners') return (serviceHeight(shape) * (groupIndex + 0.5)) / groups.length;
  const first = groups[groupIndex]![0]!;
  const row = Math.min(shape.listeners.indexOf(first), measure.rowsMax);
  return measure.serviceHeadPx + (row + 0.5) * measure.rowPx;
}

/** Height at which what it publishes leaves the card. */
export function publishDy(shape: ServiceShape): number {
  return rowsOf(shape).type === 'replicas' ? serviceHeight(shape) / 2 : measure.serviceHeadPx / 2;
}

/** Whether its exchanges, bindings and ways of dead letters are drawn, and its queues beside them. */
export function hasInside(shape: BrokerShape): boolean {
  return shape.exchanges.length > 0 || Object.keys(shape.deadTo).length > 0;
}

export function brokerWidth(shape: BrokerShape): number {
  if (hasInside(shape)) return insideOf(shape).width;
  const chars = Math.max(0, ...[...shape.queues, ...shape.deadLetters].map((name) => name.length));
  // Beside a channel's name stands how many the last message reached.
  const channelChars = Math.max(-Infinity, ...shape.channels.map((name) => name.length + 6));
  const wished = Math.ceil(Math.max(chars, channelChars) * 6.7) + 76;
  return Math.max(measure.brokerWidthMinPx, Math.min(measure.brokerWidthMaxPx, wished));
}

export function brokerHeight(shape: BrokerShape): number {
  if (hasInside(shape)) return insideOf(shape).height;
  const dead =
    shape.deadLetters.length === 0 ? 0 : measure.deadLetterGapPx + shape.deadLetters.length * measure.queuePx;
  return queuesTop(shape) + shape.queues.length * measure.queuePx + dead + measure.brokerFootPx;
}

function queuesTop(shape: BrokerShape): number {
  return channelsTop(shape) + shape.channels.length * measure.channelPx;
}

function channelsTop(shape: BrokerShape): number {
  return measure.brokerHeadPx + bodyHeight(shape) + (shape.pooled ? measure.scalePx : 0);
}

/** Height of the middle of a channel's box inside its broker. */
export function channelDy(shape: BrokerShape, channel: string): number {
  return channelsTop(shape) + shape.channels.indexOf(channel) * measure.channelPx + measure.channelBoxPx / 2;
}

/** Of what stands between a broker's head and its queues. */
export function bodyHeight(shape: BrokerShape): number {
  return measure.brokerBodyPx + (hasTape(shape) ? measure.brokerTapePx : 0);
}

/** Whether messages may stand in the broker itself: its list of events, or retries of who takes from no queue. */
export function hasTape(shape: BrokerShape): boolean {
  return shape.pooled || shape.direct || shape.queues.length + shape.channels.length === 0;
}

/** Height of the middle of a queue's box inside its broker, of the broker's own tape for none. */
export function queueDy(shape: BrokerShape, queue: string | undefined): number {
  if (queue === undefined && hasInside(shape)) return insideOf(shape).entryY;
  if (queue === undefined || queue === shape.broker) return measure.brokerHeadPx + bodyHeight(shape) / 2;
  return queueTop(shape, queue) + measure.queueBoxPx / 2;
}

/** Top of a queue's box inside its broker. */
function queueTop(shape: BrokerShape, queue: string): number {
  if (hasInside(shape)) {
    const { queues, deadTop, height } = insideOf(shape);
    const placed = queues.find((each) => each.queue === queue);
    // Those without a box stand together, below the others.
    return placed?.top ?? (deadTop ?? height) - 34;
  }
  const first = queuesTop(shape);
  const live = shape.queues.indexOf(queue);
  if (live >= 0) return first + live * measure.queuePx;
  const dead = Math.max(0, shape.deadLetters.indexOf(queue));
  return first + shape.queues.length * measure.queuePx + measure.deadLetterGapPx + dead * measure.queuePx;
}

const slotPx = 13;
const slotDigitPx = 6.7;

/** One of a queue's slots, counted from its head. */
export interface Spot {
  readonly place: number;
  /** How many stand in the bracket at the head, and how many more it counts. */
  readonly held: number;
  readonly heldHidden: number;
}

/**
 * The middle of a slot inside its broker. Follows the boxes that `QueueBox` and `Slots` draw; a test compares the two.
 */
export function slotAt(
  shape: BrokerShape,
  queue: string | undefined,
  { place, held, heldHidden }: Spot,
): { readonly x: number; readonly y: number } {
  const own = queue === undefined || queue === shape.broker;
  const rightPx = !own && hasInside(shape) ? insideRightPx(shape) : brokerWidth(shape) - (own ? 12 : 19);
  const countedPx = heldHidden > 0 ? 6 + (String(heldHidden).length + 1) * slotDigitPx : 0;
  const beforePx = held === 0 ? 0 : place < held ? 1 : 5 + countedPx;
  const y = own ? measure.brokerHeadPx + 32 : queueTop(shape, queue) + 26;
  return { x: rightPx - beforePx - (place + 0.5) * slotPx, y };
}

function insideRightPx(shape: BrokerShape): number {
  const { queueX, queueWidth } = insideOf(shape);
  return queueX + queueWidth - 10;
}

/** Room for the binding key of an edge, at the size to which letters grow in a small graph. */
export function pillPx(text: string): number {
  return Math.min(measure.pillMaxPx, Math.ceil(text.length * 7.3 + 12));
}

/** What a binding key says: two patterns, and how many more there are. */
export function pillText(patterns: readonly string[]): string {
  const more = patterns.length - 2;
  return patterns.slice(0, 2).join(' ') + (more > 0 ? ` +${more}` : '');
}
