import type { Causes } from '../../projections/causes';
import type { DeadLetterState } from '../../projections/dead-letters';
import type { BrokerState, QueueState } from '../../projections/system';
import type { Text } from '../text/text';
import type { Workbench } from '../workbench.svelte';
import { rowsMax } from './queue-rows';

/** A dead letter as the inspector lists it. */
export interface LetterRow {
  readonly message: string;
  readonly eventType: string;
  /** Who gave it up; empty when it was no listener. */
  readonly listener: string;
  readonly attempts: number;
  /** Of the last attempt, in its own words. */
  readonly failure: string | undefined;
  /** In the page's words, for when there was no failure. */
  readonly reason: string;
}

export function letterKey({ message, listener }: LetterRow): string {
  return `${message} ${listener}`;
}

/** What sends back those that were chosen and no others: a message may lie there several times, given up by several listeners. */
export function redrivesOf(chosen: readonly LetterRow[], rows: readonly LetterRow[]): readonly Redrives[] {
  const messages = [...new Set(chosen.map(({ message }) => message))];
  const isWhole = rows.filter(({ message }) => messages.includes(message)).length === chosen.length;
  if (isWhole) return [{ messages }];
  return [...new Set(chosen.map(({ listener }) => listener))].map((listener) => ({
    listener,
    messages: chosen.filter((row) => row.listener === listener).map(({ message }) => message),
  }));
}

interface Redrives {
  readonly messages: readonly string[];
  /** Absent: whoever gave them up. */
  readonly listener?: string;
}

/** What lies in a dead-letter queue of a bus, oldest first. */
export function letterRows(letters: DeadLetterState, workbench: Workbench): readonly LetterRow[] {
  const { log, system } = workbench.playerNow;
  return letters.letters.map(({ message, listener, attempts, reason, seq }) => {
    const { cause } = log.entry(seq);
    const last = cause === undefined ? undefined : log.entry(cause);
    return {
      message,
      eventType: system.messages.eventType(message),
      listener,
      attempts,
      failure: last?.type === 'delivery.failed' ? last.failure.message : undefined,
      reason: reasonText(reason, workbench.t),
    };
  });
}

/** What lies ready in a queue that died in another one; only of the first and the last, since a queue may be long. */
export function deadInQueue(
  queue: QueueState,
  broker: BrokerState,
  { workbench, causes }: { workbench: Workbench; causes: Causes },
): readonly LetterRow[] {
  if (broker.kind !== 'rabbitmq') return [];
  const { position, log, system } = workbench.playerNow;
  return queue.ready.slice(0, rowsMax).flatMap((message): LetterRow[] => {
    const isHere = causes.messageAt(message, position)?.deliveries.some(({ deadLetter }) => deadLetter === queue.name);
    if (isHere !== true) return [];
    const died = causes
      .entriesOf(message, position)
      .map((seq) => log.entry(seq))
      .findLast((entry) => entry.type === 'message.dead-lettered');
    if (died?.type !== 'message.dead-lettered') return [];
    const reason = reasonText(died.reason, workbench.t);
    const eventType = system.messages.eventType(message);
    return [
      { message, eventType, listener: '', attempts: 0, failure: undefined, reason: `${died.from ?? ''}: ${reason}` },
    ];
  });
}

function reasonText(reason: DeadLetterState['letters'][number]['reason'], t: Text): string {
  if (reason === 'attempts' || reason === 'budget' || reason === 'unanswered') return t.redelivery.list.reason[reason];
  return t.broker.dropReason[reason];
}
