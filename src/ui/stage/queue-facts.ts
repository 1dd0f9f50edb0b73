import type { Fate } from '../../projections/fate';
import type { DeadLetterState } from '../../projections/dead-letters';
import type { BrokerState, QueueState } from '../../projections/system';
import type { Settings } from '../../log/entry';
import type { BrokerTrouble } from '../faults/broker-trouble';
import type { Text } from '../text/text';
import type { Spot } from './measure';

/** A queue as its box shows it: slots with the head at the right, what does not fit as a number at the tail. Pure. */
export interface QueueFacts {
  readonly ready: number;
  readonly unacked: number;
  /** The tail first. */
  readonly slots: readonly Slot[];
  /** Messages that did not fit. */
  readonly hidden: number;
  readonly held: readonly Slot[];
  readonly heldHidden: number;
  readonly retrying: { readonly count: number; readonly dueAtMs: number } | undefined;
}

export interface Slot {
  readonly message: string;
  readonly fate: Fate;
}

export const slotsMax = 8;
/** Beside words on what the queue is: `TTL 30 s`. */
const slotsBesideWords = 5;
export const heldMax = 3;

export function queueFacts(
  queue: QueueState | undefined,
  slotsFit = hasWords(queue) ? slotsBesideWords : slotsMax,
  readyFate: Fate = 'flight',
): QueueFacts {
  if (queue === undefined) {
    return { ready: 0, unacked: 0, slots: [], hidden: 0, held: [], heldHidden: 0, retrying: undefined };
  }
  const unacked = [...queue.unacked.values()];
  const held = unacked
    .slice(0, heldMax)
    .map((each): Slot => ({ message: each.message, fate: fateOfAttempt(each.attempt) }));
  const waiting = [...queue.retrying.values()];
  const room = Math.max(1, slotsFit - held.length);
  const ready = queue.ready
    .slice(0, room)
    .map((message): Slot => ({ message, fate: queue.returned.has(message) ? 'retried' : readyFate }));
  const retrying = waiting
    .slice(0, Math.max(0, room - ready.length))
    .map((each): Slot => ({ message: each.message, fate: 'retried' }));
  return {
    ready: queue.ready.length,
    unacked: unacked.length,
    slots: [...ready, ...retrying].reverse(),
    hidden: queue.ready.length + waiting.length - ready.length - retrying.length,
    held: held.reverse(),
    heldHidden: unacked.length - held.length,
    retrying:
      waiting.length === 0
        ? undefined
        : { count: waiting.length, dueAtMs: Math.min(...waiting.map((each) => each.dueAtMs)) },
  };
}

/** What waits in a queue that nobody takes from: for its next attempt, where it is dead-lettered once its time is over. */
export function fateOfKept(queue: QueueState | undefined): Fate {
  return queue !== undefined && isDelayed(queue) ? 'retried' : 'flight';
}

/** Whether what is in it is dead-lettered once its time is over. */
export function isDelayed({ settings = {} }: Pick<QueueState, 'settings'>): boolean {
  return 'x-message-ttl' in settings && 'x-dead-letter-exchange' in settings;
}

/** Where its box shows a message: the slot, or what counts those that found none; undefined when it is not there. */
export function spotIn(facts: QueueFacts, message: string): Spot | undefined {
  const shown = [...facts.slots, ...facts.held].reverse();
  const place = shown.findIndex((slot) => slot.message === message);
  return place < 0 ? undefined : { place, held: facts.held.length, heldHidden: facts.heldHidden };
}

function fateOfAttempt(attempt: number): Fate {
  return attempt > 1 ? 'retried' : 'flight';
}

/** Attempts to come of plain subscriptions of a broker: they wait at the bus, in no queue. */
export function waitingAt(
  broker: string,
  retries: Iterable<{ readonly broker: string; readonly dueAtMs: number; readonly message: string }>,
): {
  readonly slots: readonly Slot[];
  readonly count: number;
  readonly dueAtMs: number;
} {
  const mine = [...retries].filter((retry) => retry.broker === broker);
  return {
    slots: mine.slice(0, slotsMax).map((retry): Slot => ({ message: retry.message, fate: 'retried' })),
    count: mine.length,
    dueAtMs: Math.min(...mine.map((retry) => retry.dueAtMs)),
  };
}

/** `queue` for a bus that works off one list with a number of workers. */
export function brokerMode(broker: BrokerState | undefined): 'direct' | 'queue' {
  return broker?.settings['mode'] === 'queue' ? 'queue' : 'direct';
}

const servers = { rabbitmq: true, redis: true, webhooks: true, 'event-store': true } as const;

function isServerKind(kind: string): kind is keyof typeof servers {
  return Object.hasOwn(servers, kind);
}

/** What the stage calls a broker, as a key of the catalogue's `kinds`. `willBe`: its kind over the whole run, for before it is there. */
export function brokerKind(broker: BrokerState | undefined, willBe?: string): keyof typeof servers | 'bus' | 'queue' {
  const kind = broker?.kind ?? willBe;
  if (kind !== undefined && isServerKind(kind)) return kind;
  return brokerMode(broker) === 'queue' ? 'queue' : 'bus';
}

/** What it is, and what is wrong with it. */
export function kindWords(
  broker: BrokerState | undefined,
  willBe: string | undefined,
  trouble: BrokerTrouble | undefined,
  t: Text,
): string {
  const kind = t.stage.kinds[brokerKind(broker, willBe)];
  return trouble === undefined ? kind : `${kind}, ${trouble.words}`;
}

/** The newest dead letters that fit, and how many more are kept. */
export function deadLettersShown(letters: DeadLetterState | undefined): {
  readonly count: number;
  readonly slots: readonly Slot[];
  readonly hidden: number;
} {
  const slots = (letters?.letters ?? []).slice(-slotsMax).map(({ message }): Slot => ({ message, fate: 'dead' }));
  const count = letters?.count ?? 0;
  return { count, slots, hidden: count - slots.length };
}

/** What of a queue's settings its box says: what changes the outcome. Where its dead letters go is drawn. */
export function shownSettings(settings: Settings | undefined, words: (settings: Settings) => string[]): string[] {
  if (settings === undefined) return [];
  const shown = Object.entries(settings).filter(([name]) => !drawnSettings.has(name));
  return words(Object.fromEntries(shown));
}

function hasWords(queue: QueueState | undefined): boolean {
  if (queue === undefined) return false;
  return queue.groups.size > 0 || Object.keys(queue.settings ?? {}).some((name) => !drawnSettings.has(name));
}

const drawnSettings = new Set(['durable', 'x-dead-letter-exchange', 'x-dead-letter-routing-key']);
