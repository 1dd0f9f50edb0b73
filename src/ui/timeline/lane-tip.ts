import type { Entry, EntryOf } from '../../log/entry';
import type { RunLog } from '../../player/player-face';
import type { Fate } from '../../projections/fate';
import type { Bar, Mark, Outage, Thread } from '../../projections/lanes';
import type { Format } from '../text/format';
import type { Text } from '../text/text';
import type { LaneHit } from './hit-lane';

/** What the bubble under the pointer says: a shape, a title, and lines below it. */
export interface LaneTip {
  readonly fate: Fate | undefined;
  readonly title: string;
  readonly lines: readonly string[];
}

interface Words {
  readonly log: RunLog;
  readonly t: Text['timeline'];
  readonly format: Format;
}

/** What follows from an attempt stands within so many entries behind its end. */
const followingMax = 12;

export function laneTip(hit: LaneHit, words: Words): LaneTip | undefined {
  switch (hit.type) {
    case 'bar':
      return barTip(hit.bar, hit.more, words);
    case 'mark':
      return markTip(hit.mark, hit.more, words);
    case 'waiting':
      return waitingTip(hit.thread, hit.more, words);
    case 'outage':
      return outageTip(hit.outage, words);
    case 'nothing':
      return undefined;
  }
}

function barTip(bar: Bar, more: number, words: Words): LaneTip {
  const { log, t, format } = words;
  const end = bar.seqEnd === undefined ? undefined : log.entry(bar.seqEnd);
  const next = end === undefined ? undefined : whatFollows(bar, end, log);
  const attempts = attemptsOf(bar, end, next);
  const sentMs = sentAt(bar, log);
  const instants = [
    ...(sentMs === undefined || sentMs === bar.startMs ? [] : [t.tip.sent(format.instant(sentMs))]),
    t.tip.started(format.instant(bar.startMs)),
    ...(bar.endMs === undefined
      ? []
      : [t.tip.ended[endWord(bar, end)](format.instant(bar.endMs), format.duration(bar.endMs - bar.startMs))]),
  ];
  return {
    fate: bar.fate,
    title: `${t.tip.attempt(bar.attempt, attempts)}, ${outcomeOf(bar, end, words)}`,
    lines: [
      `${bar.listener} ${bar.message}`,
      instants.join(', '),
      ...(next === undefined || bar.endMs === undefined ? [] : [nextText(next, bar.endMs, words)]),
      ...moreLine(more, t),
    ],
  };
}

type Following = EntryOf<'delivery.retry-scheduled' | 'message.dead-lettered' | 'message.requeued'>;

function whatFollows(bar: Bar, end: Entry, log: RunLog): Following | undefined {
  const delivery = 'delivery' in end ? end.delivery : bar.delivery;
  for (const entry of log.range(end.seq, end.seq + followingMax)) {
    if (entry.atMs > end.atMs) return undefined;
    if (entry.type === 'delivery.retry-scheduled' && entry.delivery === delivery) return entry;
    if (entry.type === 'message.requeued' && entry.delivery === delivery) return entry;
    if (entry.type === 'message.dead-lettered' && entry.message === bar.message && entry.listener === bar.listener)
      return entry;
  }
  return undefined;
}

function attemptsOf(bar: Bar, end: Entry | undefined, next: Following | undefined): number | undefined {
  if (next?.type === 'delivery.retry-scheduled') return next.attempts;
  return end?.type === 'delivery.failed' ? bar.attempt + end.attemptsLeft : undefined;
}

/** The start is caused by the dispatch, which is when it was sent. */
function sentAt(bar: Bar, log: RunLog): number | undefined {
  const { cause } = log.entry(bar.seqStart);
  const sent = cause === undefined ? undefined : log.entry(cause);
  return sent?.type === 'message.dispatched' ? sent.atMs : undefined;
}

function outcomeOf(bar: Bar, end: Entry | undefined, { t, format }: Words): string {
  if (end?.type === 'delivery.failed') {
    return end.reason === 'timeout' ? t.tip.timeout(format.duration(end.tookMs)) : end.failure.message;
  }
  if (end === undefined) return bar.fate === 'failed' ? t.tip.stalled : t.tip.open;
  return end.type === 'delivery.succeeded' ? t.tip.acked : t.tip.interrupted;
}

function endWord(bar: Bar, end: Entry | undefined): 'acked' | 'failed' | 'gaveUp' | 'broken' {
  if (end?.type === 'delivery.succeeded') return 'acked';
  if (end?.type !== 'delivery.failed') return 'broken';
  return bar.fate === 'dead' || end.attemptsLeft === 0 ? 'gaveUp' : 'failed';
}

function nextText(next: Following, endMs: number, { t, format }: Words): string {
  switch (next.type) {
    case 'delivery.retry-scheduled':
      return t.tip.next(format.duration(next.dueAtMs - endMs));
    case 'message.dead-lettered':
      return t.tip.dead(next.queue);
    case 'message.requeued':
      return t.tip.requeued(next.queue);
  }
}

function markTip(mark: Mark, more: number, { log, t, format }: Words): LaneTip {
  const entry = log.entry(mark.seq);
  const at = format.instant(mark.atMs);
  if (entry.type === 'message.published') {
    const { type, id } = entry.message;
    return { fate: 'flight', title: `${type} ${id}`, lines: [t.tip.published(at, entry.broker), ...moreLine(more, t)] };
  }
  const text = entry.type === 'console.printed' ? entry.text.trim().slice(0, 120) : t.tip.brokeDown;
  return { fate: 'failed', title: text, lines: [at, ...moreLine(more, t)] };
}

function waitingTip(thread: Thread, more: number, { t, format }: Words): LaneTip {
  return {
    fate: 'retried',
    title: t.tip.waits(thread.message, format.duration(thread.toMs - thread.fromMs)),
    lines: [t.tip.fromTo(format.instant(thread.fromMs), format.instant(thread.toMs)), ...moreLine(more, t)],
  };
}

function outageTip({ type, fromMs, toMs }: Outage, { t, format }: Words): LaneTip {
  const lines = [
    toMs === undefined
      ? t.tip.since(format.instant(fromMs))
      : t.tip.away(format.instant(fromMs), format.instant(toMs), format.duration(toMs - fromMs)),
  ];
  return { fate: type === 'crashed' ? 'failed' : undefined, title: t.outage[type], lines };
}

function moreLine(more: number, t: Text['timeline']): string[] {
  return more > 0 ? [t.tip.more(more)] : [];
}
