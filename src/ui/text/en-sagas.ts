import type { EntryOf } from '../../log/entry';
import type { SagaEnded, SagaFailureReason } from '../../log/entry-saga';
import { enFormat as f } from './format';

type FailedEntry = EntryOf<'saga.step-failed' | 'saga.compensation-failed'>;
type RetryEntry = EntryOf<'saga.step-retry-scheduled' | 'saga.compensation-retry-scheduled'>;

const attempt = (n: number): string => (n > 1 ? `, attempt ${f.number(n)}` : '');
const steps = (n: number): string => `${f.number(n)} ${f.plural(n, { one: 'step', other: 'steps' })}`;

const why: Record<SagaFailureReason, (e: FailedEntry) => string> = {
  threw: ({ failure }) => `${failure.name}: ${failure.message}`,
  timeout: ({ tookMs }) => `no answer within ${f.duration(tookMs)}`,
  'saga-timeout': () => 'the time of the whole saga is over',
  limit: ({ failure }) => failure.message,
};

const stuck = (step: string): Record<NonNullable<SagaEnded['stuck']>, string> => ({
  compensation: `${step} cannot be undone`,
  'past-pivot': `${step} fails, and there is no way back after the pivot`,
  'pivot-unknown': `nobody knows whether ${step}, the pivot, has happened`,
  definition: `the definition has no ${step} any more`,
});

function ended(e: EntryOf<'saga.ended'>): string {
  const took = ` after ${f.duration(e.tookMs)}`;
  switch (e.outcome) {
    case 'completed':
      return `${e.instance} completed${took}`;
    case 'compensated':
      return `${e.instance} is compensated${took}: ${e.step ?? ''} failed, nothing of it is left`;
    case 'failed':
      return `${e.instance} failed at ${e.step ?? ''}${took}: ${(e.kept ?? []).join(', ')} stays done, without a compensation`;
    case 'stuck':
      return `${e.instance} is stuck${took}: ${e.stuck === undefined ? '' : stuck(e.step ?? '')[e.stuck]}`;
  }
}

const again = (e: RetryEntry): string =>
  `attempt ${f.number(e.nextAttempt)} of ${f.number(e.attempts)} at ${f.instant(e.dueAtMs)}`;

/** Sentences about sagas. */
export const enSagaSentence = {
  'saga.declared': (e: EntryOf<'saga.declared'>) =>
    `${e.process} has the saga ${e.saga}, ${steps(e.stages.flat().length)}`,
  'saga.started': (e: EntryOf<'saga.started'>) => `Saga ${e.saga}: ${e.instance} started`,
  'saga.resumed': (e: EntryOf<'saga.resumed'>) =>
    e.reason === 'crash' ? `${e.process} goes on with ${e.instance}` : `${e.instance} is tried again, as asked`,
  'saga.step-started': (e: EntryOf<'saga.step-started'>) => `${e.instance}: ${e.step} began${attempt(e.attempt)}`,
  'saga.step-succeeded': (e: EntryOf<'saga.step-succeeded'>) =>
    `${e.instance}: ${e.step} is done after ${f.duration(e.tookMs)}${attempt(e.attempt)}`,
  'saga.step-failed': (e: EntryOf<'saga.step-failed'>) =>
    `${e.instance}: ${e.step} failed${attempt(e.attempt)}: ${why[e.reason](e)}`,
  'saga.step-retry-scheduled': (e: EntryOf<'saga.step-retry-scheduled'>) =>
    `${e.instance}: ${e.step} again, ${again(e)}`,
  'saga.compensation-started': (e: EntryOf<'saga.compensation-started'>) =>
    `${e.instance}: undoing ${e.step}${attempt(e.attempt)}`,
  'saga.compensation-succeeded': (e: EntryOf<'saga.compensation-succeeded'>) =>
    `${e.instance}: ${e.step} is undone after ${f.duration(e.tookMs)}${attempt(e.attempt)}`,
  'saga.compensation-failed': (e: EntryOf<'saga.compensation-failed'>) =>
    `${e.instance}: undoing ${e.step} failed${attempt(e.attempt)}: ${why[e.reason](e)}`,
  'saga.compensation-retry-scheduled': (e: EntryOf<'saga.compensation-retry-scheduled'>) =>
    `${e.instance}: undo ${e.step} again, ${again(e)}`,
  'saga.ended': ended,
};

/** The view of sagas. */
export const enSagas = {
  title: 'Sagas',
  fact: (instances: number) => `${f.number(instances)} ${f.plural(instances, { one: 'instance', other: 'instances' })}`,
  states: 'States',
  instances: 'Instances',
  shown: (shown: number, all: number) => `${f.number(shown)} of ${f.number(all)}`,
  state: {
    completed: 'completed',
    compensated: 'compensated',
    compensating: 'compensating',
    running: 'running',
    stuck: 'stuck',
    failed: 'failed',
  },
  only: (state: string, count: number) => `Show only ${state}: ${f.number(count)}`,
  newer: 'Newer instances',
  earlier: 'Earlier instances',
  noNewer: 'These are the newest',
  noEarlier: 'These are the first',
  find: 'Order, step, reason',
  none: 'No saga has started yet',
  noneThen: 'Instances appear here as they start.',
  order: 'Order of instances',
  orders: { start: 'By start', step: 'By step', duration: 'By duration' },
  waits: (step: string, ms: number) => `waits for ${step}, ${f.duration(ms)}`,
  detail: (instance: string) => `Details of ${instance}`,
  crash: (process: string) => `Crash ${process}`,
  steps: 'Steps',
  standing: 'State at the playhead',
  durations: 'How long they take',
  completedOnly: 'completed',
  choreographed: (event: string) => `${event}, without an orchestrator`,
  row: { saga: 'Saga', instance: 'Instance', step: 'Step', state: 'State' },
  open: 'Open in the view of sagas',
  nextStuck: 'Next stuck',
  caption: {
    stuck: {
      what: (n: number) => `${f.number(n)} ${f.plural(n, { one: 'saga is', other: 'sagas are' })} stuck.`,
      then: 'It goes neither on nor back until somebody decides.',
    },
    compensating: {
      what: (n: number) => `${f.number(n)} ${f.plural(n, { one: 'saga turns', other: 'sagas turn' })} back now.`,
      then: 'What was done is undone, the last step first.',
    },
    running: {
      what: (n: number) => `${f.number(n)} ${f.plural(n, { one: 'saga is', other: 'sagas are' })} under way.`,
      then: 'Each goes on as its steps answer.',
    },
    over: {
      what: (n: number) => `${f.number(n)} ${f.plural(n, { one: 'saga has', other: 'sagas have' })} ended.`,
      then: (undone: number) => (undone === 0 ? 'All went through.' : `${f.number(undone)} did not go through.`),
    },
  },
  /** What a shape at a step says. */
  legend: { done: 'step done', running: 'under way', failed: 'step failed', undone: 'step undone' },
  undo: (step: string) => `undo ${step}`,
  attempt: (step: string, attempt: number, how: string) =>
    `${step}${attempt > 1 ? `, attempt ${f.number(attempt)}` : ''}: ${how}`,
  how: { done: 'done', failed: 'failed', cut: 'cut off by a crash', open: 'under way' },
};
