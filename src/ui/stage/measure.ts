import { insideOf } from './inside';
import type { BrokerShape, ListenerShape, ServiceShape } from './structure';

/**
 * How large the things on the stage are, and where on them an edge begins or ends. Sizes follow from the structure, not
 * from the DOM, so that layout, edges and slots are pure functions of it; the components that draw use the same figures.
 */
export const measure = {
  serviceHeadPx: 36,
  serviceWidthMinPx: 148,
  /** Of one that only publishes: it has no work to show, and waits for nobody. */
  silentWidthMinPx: 132,
  serviceWidthMaxPx: 208,
  keyedWidthMaxPx: 248,
  /** A listener's row in the card of its process. */
  rowPx: 22,
  /** Below all else in the card of a process that has circuit breakers. */
  breakersPx: 20,
  /** A replica's row in the card of its service. */
  replicaPx: 16,
  replicasPadPx: 4,
  rowsMax: 12,
  brokerWidthMinPx: 172,
  /** Where its head says what the figures of its queues are. */
  queuesWidthMinPx: 194,
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
  pillMaxPx: 156,
  pillHighPx: 18,
} as const;

/** What the rows of a service's card are: its replicas, or the listeners of its one process, or nothing. */
export type ServiceRows =
  | { readonly type: 'replicas'; readonly rows: readonly string[] }
  | { readonly type: 'listeners'; readonly rows: readonly (readonly ListenerShape[])[] }
  | { readonly type: 'none'; readonly rows: readonly [] };

export function rowsOf(shape: ServiceShape): ServiceRows {
  if (shape.processes.length > 1) return { type: 'replicas', rows: shape.processes };
  const rows = listenerRows(shape);
  return rows.length > (shape.keyed ? 0 : 1) ? { type: 'listeners', rows } : { type: 'none', rows: [] };
}

/**
 * One function that takes the same way for several patterns is one listener to the eye; where no keys are on the ways, so is one
 * that listens to several brokers.
 */
function listenerRows({ listeners, keyed }: ServiceShape): ListenerShape[][] {
  const rows = new Map<string, ListenerShape[]>();
  for (const each of listeners) {
    const { broker, listener, queue = '', group = '', onChannel, pattern } = each;
    const key = JSON.stringify([keyed ? '' : broker, listener, queue, group, onChannel ? pattern : '']);
    const row = rows.get(key);
    if (row === undefined) rows.set(key, [each]);
    else row.push(each);
  }
  return [...rows.values()];
}

/** What a listener's row says: its name, or what it takes. */
export function rowText({ keyed }: ServiceShape, row: readonly ListenerShape[]): string {
  return (keyed && pillText([...new Set(row.flatMap(wordsOn))])) || row[0]!.listener;
}

/**
 * What the way to a listener says: the pattern that chooses for it, or the group that it reads as. What comes out of a queue
 * or a channel has been chosen already: its name on the way would say nothing more. Which types an endpoint takes stands in its box.
 */
export function wordsOn({ pattern, queue, group, onChannel, isEndpoint }: ListenerShape): string[] {
  if (group !== undefined) return [group];
  return onChannel || isEndpoint || pattern === queue ? [] : [pattern];
}

/** Whether a service is called, and calls others itself. */
export interface ServiceCalls {
  readonly isCalled: boolean;
  readonly isCalling: boolean;
}

/** Names are set in a mono of 12 px; the state beside or below takes what is left, such as whom it waits for. */
export function serviceWidth(shape: ServiceShape, { isCalled, isCalling }: ServiceCalls): number {
  const names = shape.processes.length > 0 ? shape.processes : [shape.service];
  const chars = Math.max(...names.map((name) => name.length));
  const { type, rows } = rowsOf(shape);
  const listeners = type === 'listeners' ? rows.map((row) => rowText(shape, row).length) : [];
  const isSilent = shape.listeners.length === 0 && !isCalled;
  // Beside the name of one that has work there is room for how far that has come.
  const beside = type === 'replicas' ? 72 : !isSilent && type === 'none' ? 63 : 24;
  const wished = Math.max(Math.ceil(chars * 7.3) + beside, ...listeners.map((length) => Math.ceil(length * 7) + 62));
  const least = isSilent && !isCalling ? measure.silentWidthMinPx : measure.serviceWidthMinPx;
  return Math.max(least, Math.min(shape.keyed ? measure.keyedWidthMaxPx : measure.serviceWidthMaxPx, wished));
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
  const rows = listenerRows(shape);
  const groups = new Map<string, ListenerShape[]>();
  for (const listener of shape.listeners) {
    const row = rowOf(rows, listener);
    const { broker, queue = '', group: reader = '', pattern, onChannel } = listener;
    const key = JSON.stringify(byRow ? [broker, row] : [broker, queue, reader, onChannel ? pattern : '']);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [listener]);
    else group.push(listener);
  }
  return [...groups.values()];
}

function rowOf(rows: readonly (readonly ListenerShape[])[], listener: ListenerShape): number {
  return Math.min(
    rows.findIndex((row) => row.includes(listener)),
    measure.rowsMax,
  );
}

/** Height at which the edge of a group of listeners meets the card. */
export function listenerDy(shape: ServiceShape, groupIndex: number): number {
  const groups = listenerGroups(shape);
  const { type } = rowsOf(shape);
  if (type !== 'listeners') return (serviceHeight(shape) * (groupIndex + 0.5)) / groups.length;
  const row = rowOf(listenerRows(shape), groups[groupIndex]![0]!);
  return measure.serviceHeadPx + (row + 0.5) * measure.rowPx;
}

/** Height at which what it publishes leaves the card. */
export function publishDy(shape: ServiceShape): number {
  return rowsOf(shape).type === 'replicas' ? serviceHeight(shape) / 2 : measure.serviceHeadPx / 2;
}

/** Height at which calls reach the card: above the key on the way of what it listens to. */
export function calledDy(shape: ServiceShape): number {
  const hasKeyBelow = rowsOf(shape).type === 'none' && shape.listeners.some((each) => wordsOn(each).length > 0);
  return hasKeyBelow ? 6 : publishDy(shape);
}

/** Whether its exchanges, bindings and ways of dead letters are drawn, and its queues beside them. */
export function hasInside(shape: BrokerShape): boolean {
  return shape.exchanges.length > 0 || Object.keys(shape.deadTo).length > 0;
}

export function brokerWidth(shape: BrokerShape): number {
  if (hasInside(shape)) return insideOf(shape).width;
  const chars = Math.max(0, ...[...shape.queues, ...shape.deadLetters].map((name) => name.length));
  const least = shape.queues.length > 0 ? measure.queuesWidthMinPx : measure.brokerWidthMinPx;
  // Beside a channel's name stands how many the last message reached.
  const channelChars = Math.max(-Infinity, ...shape.channels.map((name) => name.length + 6));
  const wished = Math.ceil(Math.max(chars, channelChars) * 6.7) + 76;
  return Math.max(least, Math.min(measure.brokerWidthMaxPx, wished));
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
  return Math.min(measure.pillMaxPx, Math.ceil(text.length * pillCharPx + pillPadPx));
}

const pillCharPx = 7.5;
const pillPadPx = 12;

/** The first, and how many more there are. */
export function firstOf(names: readonly string[]): string {
  return names.length > 1 ? `${names[0]} +${names.length - 1}` : (names[0] ?? '');
}

/** What a binding key says: as many patterns as have room, two at most, and how many more there are. */
export function pillText(patterns: readonly string[]): string {
  const say = (shown: number): string =>
    patterns.slice(0, shown).join(' ') + (patterns.length > shown ? ` +${patterns.length - shown}` : '');
  return say(2).length * pillCharPx + pillPadPx <= measure.pillMaxPx ? say(2) : firstOf(patterns);
}
