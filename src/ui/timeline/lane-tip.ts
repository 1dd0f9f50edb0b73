import type { Entry, EntryOf } from '../../log/entry';
import type { RunLog } from '../../player/player-face';
import type { Fate } from '../../projections/fate';
import type { FaultSpan } from '../../projections/fault-spans';
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

/** The faults at that point in a line each; where nothing else is, they are what the bubble is about. */
export function withFaults(tip: LaneTip | undefined, spans: readonly FaultSpan[], words: Words): LaneTip | undefined {
  const lines = spans.map((span) => faultLine(span, words.t, words.format));
  const [title, ...more] = lines;
  if (title === undefined) return tip;
  return tip === undefined ? { fate: undefined, title, lines: more } : { ...tip, lines: [...tip.lines, ...lines] };
}

/** What is wrong, and how long. */
export function faultLine(span: FaultSpan, t: Text['timeline'], format: Format): string {
  return `${t.what.fault(span.fault)}, ${spanWords(span, t, format)}`;
}

/** From when to when, and how long. */
export function spanWords(
  { fromMs, toMs }: { readonly fromMs: number; readonly toMs: number | undefined },
  t: Text['timeline'],
  format: Format,
): string {
  return toMs === undefined
    ? t.tip.since(format.instant(fromMs))
    : t.tip.away(format.instant(fromMs), format.instant(toMs), format.duration(toMs - fromMs));
}

function barTip(bar: Bar, more: number, words: Words): LaneTip {
  const { log, t, format } = words;
  const end = bar.seqEnd === undefined ? undefined : log.entry(bar.seqEnd);
  if (bar.call !== undefined) return callTip(bar, bar.call, end, more, words);
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

/** A call that the process handled. */
function callTip(bar: Bar, request: string, end: Entry | undefined, more: number, { t, format }: Words): LaneTip {
  const outcome =
    end === undefined
      ? t.tip.open
      : end.type === 'http.answered'
        ? `${String(end.status)} ${end.statusText}`.trim()
        : end.type === 'http.failed'
          ? t.tip.forNobody
          : t.tip.interrupted;
  const started = t.tip.started(format.instant(bar.startMs));
  const took = bar.endMs === undefined ? [] : [format.duration(bar.endMs - bar.startMs)];
  return {
    fate: bar.fate,
    title: `${bar.listener}, ${outcome}`,
    lines: [request, [started, ...took].join(', '), ...moreLine(more, t)],
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
    if (end.reason === 'refused') return t.tip.refused;
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
  if (entry.type === 'http.requested') {
    const whom = entry.to ?? entry.meant ?? entry.host;
    const title = `${entry.method} ${entry.path} ${entry.request}`;
    return { fate: 'flight', title, lines: [t.tip.called(at, whom), ...moreLine(more, t)] };
  }
  if (entry.type === 'http.failed')
    return { fate: 'failed', title: t.tip.noAnswer(entry.request, entry.code), lines: [at, ...moreLine(more, t)] };
  const text = entry.type === 'console.printed' ? entry.text.trim().slice(0, 120) : t.tip.brokeDown;
  return { fate: 'failed', title: text, lines: [at, ...moreLine(more, t)] };
}

function waitingTip(thread: Thread, more: number, { t, format, log }: Words): LaneTip {
  const isCall = thread.subject.startsWith('r_');
  const asked = isCall ? log.entry(thread.seq) : undefined;
  if (asked?.type === 'http.requested') return callerTip(asked, thread, more, { t, format, log });
  return {
    fate: 'retried',
    title: t.tip.waits(thread.subject, format.duration(thread.toMs - thread.fromMs)),
    lines: [t.tip.fromTo(format.instant(thread.fromMs), format.instant(thread.toMs)), ...moreLine(more, t)],
  };
}

/** A caller waits for its answer; one that never comes is waited for without an end. */
function callerTip(
  asked: EntryOf<'http.requested'>,
  { fromMs, toMs }: Thread,
  more: number,
  { t, format }: Words,
): LaneTip {
  const whom = asked.to ?? asked.meant ?? asked.host;
  const isOpen = toMs === Infinity;
  return {
    fate: 'flight',
    title: isOpen ? t.tip.awaits(whom) : t.tip.awaited(whom, format.duration(toMs - fromMs)),
    lines: [
      `${asked.method} ${asked.path} ${asked.request}`,
      isOpen ? t.tip.since(format.instant(fromMs)) : t.tip.fromTo(format.instant(fromMs), format.instant(toMs)),
      ...moreLine(more, t),
    ],
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
