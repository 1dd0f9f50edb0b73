import type { DeliverySummary, MessageSummary } from '../../projections/causes';
import type { Fate } from '../../projections/fate';
import type { Format } from '../text/format';
import type { Text } from '../text/text';

interface Words {
  readonly t: Text;
  readonly format: Format;
}

/** What a delivery is called: its queue where there is one, as in the broker; else its listener. A bus in queue mode is one queue for all. */
export function deliveryName({ queue, listener, process, broker }: DeliverySummary): string {
  return (queue === broker ? undefined : queue) ?? listener ?? process ?? broker;
}

/** `email/2 acked`, `1C answers 503, attempt 2 at 00:41.753`. */
export function deliveryText(delivery: DeliverySummary, { t, format }: Words): string {
  const words = t.inspector.deliveries;
  const who = delivery.process !== undefined && delivery.state !== 'retry' ? `${delivery.process} ` : '';
  if (delivery.state === 'retry') {
    const { failure } = delivery;
    const why = failure?.reason === 'refused' ? t.inspector.failure.refused : (failure?.message ?? words.phase.retry);
    const next =
      delivery.dueAtMs === undefined ? '' : `, ${words.attemptAt(delivery.attempt, format.instant(delivery.dueAtMs))}`;
    return why + next;
  }
  const attempt = delivery.attempt > 1 ? `, ${words.attempt(delivery.attempt, delivery.attempts)}` : '';
  const replay = delivery.replayed ? `, ${words.replay}` : '';
  const redriven = delivery.redrives > 0 ? `, ${t.redelivery.times(delivery.redrives)}` : '';
  return who + words.phase[delivery.state] + attempt + replay + redriven;
}

/** How long it took, or how long it has stood like this. */
export function deliveryTime(delivery: DeliverySummary, nowMs: number, format: Format): string {
  const isOver = delivery.state === 'succeeded' || delivery.state === 'failed' || delivery.state === 'dead-lettered';
  if (isOver && delivery.tookMs !== undefined) return format.duration(delivery.tookMs);
  if (delivery.state === 'retry') return '';
  return format.duration(Math.max(0, nowMs - delivery.sinceMs));
}

export interface Clause {
  readonly text: string;
  readonly fate: Fate | undefined;
}

const clausesMax = 3;

/** The message at the playhead in a sentence: what is done, then what is not. */
export function messageSummary(message: MessageSummary, nowMs: number, { t, format }: Words): readonly Clause[] {
  const words = t.inspector.message;
  const { deliveries } = message;
  if (deliveries.length === 0) {
    const { fate, broker } = message;
    const text = fate === 'dropped' ? words.nobody : fate === 'delivered' ? words.kept(broker) : words.onTheWay(broker);
    return [{ text, fate: undefined }];
  }
  const open = deliveries.filter((delivery) => delivery.state !== 'succeeded');
  const clauses = open.slice(0, clausesMax).map((delivery): Clause => {
    // Who works on it is the listener; who waits for it is the queue.
    const waits = delivery.state === 'queued' || delivery.state === 'retry' || delivery.state === 'on the way';
    const name = waits ? deliveryName(delivery) : (delivery.listener ?? deliveryName(delivery));
    const loud = delivery.fate === 'retried' || delivery.fate === 'failed' || delivery.fate === 'dead';
    const text =
      delivery.state === 'retry' && delivery.dueAtMs !== undefined
        ? words.waits(name, format.duration(Math.max(0, delivery.dueAtMs - nowMs)), delivery.attempt, delivery.attempts)
        : words.clause(name, words.phaseClause[delivery.state]);
    return { text, fate: loud ? delivery.fate : undefined };
  });
  const more = open.length > clausesMax ? [{ text: words.more(open.length - clausesMax), fate: undefined }] : [];
  return [
    { text: words.done(deliveries.length - open.length, deliveries.length), fate: undefined },
    ...clauses,
    ...more,
  ];
}
