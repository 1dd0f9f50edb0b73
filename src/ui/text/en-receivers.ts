import type { EntryOf } from '../../log/entry';
import type { ReceiverEntry, ReceiverIssueKind, ReceiverRefusal, ReceiverScheme } from '../../log/entry-receiver';
import { enFormat as f } from './format';

type Failed = Extract<ReceiverEntry, { readonly failure: unknown }>;

const events = (count: number): string => `${f.number(count)} ${f.plural(count, { one: 'event', other: 'events' })}`;
const because = ({ failure }: Failed): string => `${failure.name}: ${failure.message}`;
const times = (count: number): string => (count === 1 ? 'once' : `${f.number(count)} times`);

const scheme: Record<ReceiverScheme, string> = {
  standard: 'signed after Standard Webhooks',
  github: 'signed as GitHub does',
  stripe: 'signed as Stripe does',
  none: 'not verified',
};

const refusal: Record<ReceiverRefusal, string> = {
  signature: 'the signature does not verify',
  'queue-full': 'the queue is full',
  threw: 'its own code threw',
};

/** Sentences about receivers of webhooks. */
export const enReceiverSentence = {
  'receiver.declared': (e: EntryOf<'receiver.declared'>) =>
    `${e.process} receives webhooks as ${e.receiver}, ${scheme[e.scheme]}; ${f.number(e.attempts)} ${f.plural(e.attempts, { one: 'attempt', other: 'attempts' })} each`,
  'receiver.accepted': (e: EntryOf<'receiver.accepted'>) =>
    `${e.receiver} accepted ${e.event}${e.key === undefined ? '' : ` (${e.key})`} and keeps it`,
  'receiver.deduplicated': (e: EntryOf<'receiver.deduplicated'>) =>
    `${e.receiver} recognized ${e.key}: accepted at ${f.instant(e.firstAtMs)} as ${e.event}`,
  'receiver.filtered': (e: EntryOf<'receiver.filtered'>) => `${e.receiver} filtered a request out`,
  'receiver.refused': (e: EntryOf<'receiver.refused'>) =>
    `${e.receiver} refused a request with ${String(e.status)}: ${refusal[e.reason]} (${because(e)})`,
  'receiver.recovered': (e: EntryOf<'receiver.recovered'>) =>
    `${e.receiver} goes on with ${events(e.events)} that it had kept${e.interrupted.length === 0 ? '' : `; ${e.interrupted.join(', ')} again from the beginning`}`,
  'receiver.attempt-started': (e: EntryOf<'receiver.attempt-started'>) =>
    `${e.receiver} handles ${e.event}${e.attempt === 1 ? '' : `, attempt ${f.number(e.attempt)}`}${e.manual ? ', asked for' : ''}`,
  'receiver.attempt-succeeded': (e: EntryOf<'receiver.attempt-succeeded'>) =>
    `${e.receiver} handled ${e.event} in ${f.duration(e.tookMs)}`,
  'receiver.attempt-failed': (e: EntryOf<'receiver.attempt-failed'>) =>
    `${e.receiver} failed on ${e.event}: ${because(e)}${e.attemptsLeft === 0 ? '; no attempt is left' : ''}`,
  'receiver.retry-scheduled': (e: EntryOf<'receiver.retry-scheduled'>) =>
    `${e.receiver} tries ${e.event} again at ${f.instant(e.dueAtMs)}`,
  'receiver.paused': (e: EntryOf<'receiver.paused'>) => `${e.receiver} is paused: events are kept and wait`,
  'receiver.resumed': (e: EntryOf<'receiver.resumed'>) => `${e.receiver} is resumed`,
  'receiver.retried': (e: EntryOf<'receiver.retried'>) =>
    `${e.receiver} queued ${e.events.length > 3 ? `${events(e.events.length)} that had failed` : e.events.join(', ')} again`,
  'receiver.issue-opened': (e: EntryOf<'receiver.issue-opened'>) => `${e.receiver} opened ${e.issue}: ${because(e)}`,
  'receiver.issue-recurred': (e: EntryOf<'receiver.issue-recurred'>) =>
    `${e.receiver}: ${e.issue} has happened ${times(e.count)}: ${because(e)}`,
  'receiver.issue-reopened': (e: EntryOf<'receiver.issue-reopened'>) =>
    `${e.receiver} reopened ${e.issue}: ${because(e)}`,
  'receiver.issue-acknowledged': (e: EntryOf<'receiver.issue-acknowledged'>) =>
    `${e.issue} of ${e.receiver} is acknowledged`,
  'receiver.issue-resolved': (e: EntryOf<'receiver.issue-resolved'>) => `${e.issue} of ${e.receiver} is resolved`,
};

export const enReceiverIntervention = {
  'receiver.pause': (receiver: string) => `Pause ${receiver}`,
  'receiver.resume': (receiver: string) => `Resume ${receiver}`,
  'receiver.retry': (receiver: string, which: readonly string[] | undefined) =>
    which === undefined ? `Retry all of ${receiver}` : `Retry ${which.join(', ')}`,
  'receiver.issue': (issue: string, as: 'acknowledged' | 'resolved') =>
    as === 'resolved' ? `Resolve ${issue}` : `Acknowledge ${issue}`,
};

/** The view of receivers. */
export const enReceivers = {
  title: 'Receivers',
  fact: (accepted: number) => `${events(accepted)} accepted`,
  scheme,
  rules: (concurrency: number, attempts: number) =>
    `at most ${f.number(concurrency)} at once, ${f.number(attempts)} ${f.plural(attempts, { one: 'attempt', other: 'attempts' })}`,
  paused: 'paused',
  retryAll: 'Retry all failed',
  /** Each with what it counts. */
  figures: {
    accepted: ['accepted', 'events that were kept and answered with 200'],
    duplicates: ['duplicates', 'requests with a key that had been accepted'],
    filtered: ['filtered', 'requests that the filter did not want'],
    refused: ['refused', 'requests that were not kept, and whose sender was told so'],
    queued: ['queued', 'events that wait for their turn'],
    handling: ['handling', 'events that the handler has now'],
    retrying: ['retrying', 'events that wait for their next attempt'],
    handled: ['handled', 'events whose handler has ended well'],
    failed: ['failed', 'events whose attempts are used up'],
  } satisfies Record<string, readonly [string, string]>,
  issues: 'Issues',
  issue: 'Issue',
  what: 'What',
  count: 'Count',
  first: 'First',
  last: 'Last',
  status: 'Status',
  statuses: { open: 'open', acknowledged: 'acknowledged', resolved: 'resolved' },
  kinds: { delivery: 'retries used up', signature: 'wrong signature' } satisfies Record<ReceiverIssueKind, string>,
  acknowledge: 'Acknowledge',
  resolve: 'Resolve',
  acknowledgeIssue: (issue: string) => `Acknowledge ${issue}`,
  resolveIssue: (issue: string) => `Resolve ${issue}`,
  noIssues: 'None.',
  events: 'Latest events and failed ones',
  shown: (shown: number, all: number) => `${f.number(shown)} of ${f.number(all)}`,
  at: 'Received',
  event: 'Event',
  key: 'Key',
  state: 'State',
  attempts: 'Attempts',
  states: {
    queued: 'queued',
    handling: 'handling',
    retrying: 'retrying',
    handled: 'handled',
    failed: 'failed',
    cut: 'cut off by a crash',
  },
  nextAt: (dueAtMs: number) => `next at ${f.instant(dueAtMs)}`,
  attempt: (event: string, n: number, how: string) => `${event}, attempt ${f.number(n)}: ${how}`,
  ends: { succeeded: 'handled', failed: 'failed', cut: 'cut off by a crash', open: 'under way' },
  retry: 'Retry',
  retryEvent: (event: string) => `Retry ${event}`,
  duplicatesOf: (count: number) => `${f.number(count)} ${f.plural(count, { one: 'duplicate', other: 'duplicates' })}`,
  none: '–',
  empty: 'No receiver has been defined yet',
  emptyThen: 'What it accepts, refuses and handles appears here.',
};
