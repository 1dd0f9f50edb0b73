import type { Entry, SagaOutcome } from '../log/entry';

/**
 * What became of a message or of a call, as the screen tells it: one colour and one shape each, everywhere.
 *
 * `flight`: published, queued or being handled. `delivered`: acked. `retried`: will be tried again, or is tried again.
 * `failed`: this attempt failed, and for a whole message: a listener gave up and nothing kept it. `dead`: given up and
 * kept in a dead-letter queue. `replayed`: read again from the log. `comp`: undoes an earlier step. `dropped`: gone.
 *
 * Of calls, `delivered` is an answer that grants what was asked, `dropped` one that turns it down (4xx), or a caller that went away:
 * nothing broke. `failed` is a 5xx, or no answer.
 */
export const fates = ['flight', 'delivered', 'retried', 'failed', 'dead', 'replayed', 'comp', 'dropped'] as const;
export type Fate = (typeof fates)[number];

/** How far one listener's delivery of one message has come, over all its attempts. */
export type DeliveryPhase =
  | 'on the way'
  /** In a queue, with no consumer yet. */
  | 'queued'
  | 'handling'
  | 'succeeded'
  /** The last attempt failed and nothing kept the message. */
  | 'failed'
  /** Failed or interrupted, and waits for its next attempt. */
  | 'retry'
  /** Taken out of a dead-letter queue, and about to be where it died. */
  | 'redriven'
  | 'dead-lettered'
  /** A link lost it, or its consumer was gone: nobody will try again. */
  | 'lost'
  /** Its process went away in the middle, and nothing keeps the message. */
  | 'interrupted'
  /** The listener's promise never settled. */
  | 'stalled';

/** The fate that an entry shows, or nothing when it is about none of a message, a call or a step of a saga. */
export function fateOfEntry(entry: Entry): Fate | undefined {
  switch (entry.type) {
    case 'message.published':
    case 'message.routed':
    case 'message.enqueued':
    case 'http.requested':
    case 'http.received':
      return 'flight';
    case 'http.answered':
    case 'http.completed':
      return fateOfStatus(entry.status);
    case 'http.failed':
      return fateOfCallFailure(entry.code);
    case 'message.dispatched':
    case 'delivery.started':
      return entry.replayed ? 'replayed' : entry.attempt > 1 || entry.redriven ? 'retried' : 'flight';
    case 'delivery.succeeded':
      return entry.replayed ? 'replayed' : 'delivered';
    case 'receiver.accepted':
    case 'saga.started':
      return 'flight';
    case 'receiver.attempt-started':
    case 'saga.step-started':
      return entry.attempt > 1 ? 'retried' : 'flight';
    case 'receiver.attempt-succeeded':
    case 'saga.step-succeeded':
      return 'delivered';
    case 'saga.compensation-started':
    case 'saga.compensation-succeeded':
      return 'comp';
    case 'experiment.version-started':
      return entry.shadow ? 'replayed' : 'flight';
    case 'experiment.version-succeeded':
      return entry.shadow ? 'replayed' : 'delivered';
    case 'saga.ended':
      return fateOfOutcome(entry.outcome);
    case 'message.requeued':
    case 'message.redriven':
    case 'delivery.retry-scheduled':
    case 'receiver.retry-scheduled':
    case 'receiver.retried':
    case 'saga.step-retry-scheduled':
    case 'saga.compensation-retry-scheduled':
      return 'retried';
    case 'receiver.attempt-failed':
    case 'experiment.version-failed':
    case 'saga.step-failed':
    case 'saga.compensation-failed':
    case 'delivery.failed':
    case 'delivery.stalled':
      return 'failed';
    case 'message.dead-lettered':
      return 'dead';
    case 'effect.held':
      return 'replayed';
    case 'receiver.deduplicated':
    case 'receiver.filtered':
    case 'receiver.refused':
    case 'message.dropped':
    case 'message.lost':
      return 'dropped';
    default:
      return undefined;
  }
}

/** Of a saga, as it has ended. */
export function fateOfOutcome(outcome: SagaOutcome): Fate {
  if (outcome === 'completed') return 'delivered';
  return outcome === 'compensated' ? 'comp' : 'failed';
}

/** Of an answer, by its status. */
export function fateOfStatus(status: number): Fate {
  if (status >= 500) return 'failed';
  return status >= 400 ? 'dropped' : 'delivered';
}

/** Of a call without an answer; `code` as in `http.failed`. */
export function fateOfCallFailure(code: string): Fate {
  return code === 'AbortError' || code === 'reloaded' ? 'dropped' : 'failed';
}

export interface DeliveryStanding {
  readonly state: DeliveryPhase;
  /** From 1. */
  readonly attempt: number;
  readonly replayed?: boolean | undefined;
  /** It is back in its queue, since its consumer went away. */
  readonly returned?: boolean | undefined;
  /** How often it was sent back from a dead-letter queue. */
  readonly redrives?: number | undefined;
}

export function fateOfDelivery({ state, attempt, replayed, returned, redrives = 0 }: DeliveryStanding): Fate {
  switch (state) {
    case 'on the way':
    case 'queued':
    case 'handling':
      return replayed ? 'replayed' : attempt > 1 || returned || redrives > 0 ? 'retried' : 'flight';
    case 'succeeded':
      return replayed ? 'replayed' : 'delivered';
    case 'retry':
    case 'redriven':
      return 'retried';
    case 'failed':
    case 'interrupted':
    case 'stalled':
      return 'failed';
    case 'dead-lettered':
      return 'dead';
    case 'lost':
      return 'dropped';
  }
}

/** From what needs attention most to what needs none: a message shows the first of its deliveries' fates. */
const bySeverity: readonly Fate[] = ['dead', 'failed', 'retried', 'dropped', 'comp', 'flight', 'delivered', 'replayed'];

/**
 * A message's own fate. A replay is left out as long as there is a first delivery, since it is not a new fact.
 * Without any delivery the message is still under way, unless it is `gone`: lost or of no interest to anybody.
 */
export function fateOfMessage(
  deliveries: readonly DeliveryStanding[],
  { gone, kept }: { readonly gone: boolean; readonly kept: boolean },
): Fate {
  if (deliveries.length === 0) return gone ? 'dropped' : kept ? 'delivered' : 'flight';
  const first = deliveries.filter((delivery) => !delivery.replayed);
  const shown = new Set((first.length > 0 ? first : deliveries).map(fateOfDelivery));
  if (gone) shown.add('dropped');
  return bySeverity.find((fate) => shown.has(fate)) ?? 'flight';
}

const worstByMask = Array.from({ length: 1 << fates.length }, (_, mask) =>
  bySeverity.find((fate) => (mask & (1 << fates.indexOf(fate))) !== 0),
);

/** Of several fates, one bit each (bit n for `fates[n]`), the one that needs attention most: one shape stands for all. */
export function worstFate(mask: number): Fate | undefined {
  return worstByMask[mask];
}
