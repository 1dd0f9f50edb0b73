import type { DeliveryPhase } from '../../projections/fate';
import type { ProcessCondition } from '../../projections/system';
import { enFormat as f } from './format';

/** How a delivery stands, in the words of its row. */
const phase = {
  'on the way': 'on the way',
  queued: 'ready, no worker',
  handling: 'is being handled',
  succeeded: 'acked',
  failed: 'gave up',
  retry: 'failed',
  'dead-lettered': 'gave up, dead-lettered',
  lost: 'lost',
  interrupted: 'interrupted by a crash',
  stalled: 'never answered',
} as const satisfies Record<DeliveryPhase, string>;

const state = {
  running: 'running',
  crashed: 'crashed',
  exited: 'exited',
  stopped: 'stopped',
} as const satisfies Record<ProcessCondition, string>;

const deliveries = (n: number): string => `${f.number(n)} ${f.plural(n, { one: 'delivery', other: 'deliveries' })}`;

export const enInspector = {
  back: 'Back to the selection before',
  forward: 'On to the next selection',
  nothing: 'Nothing is selected',
  nothingWhy: 'Click a message, a process, a queue or a line of the log, and all about it stands here.',
  run: {
    title: 'The run so far',
    at: (instant: string, position: number) =>
      `${instant}, ${f.number(position)} ${f.plural(position, { one: 'entry', other: 'entries' })}`,
    fates: 'Deliveries and messages',
    invariants: 'Invariants',
    noInvariants: 'This scenario declares none. invariant(name, check) adds one.',
    holds: 'holds',
    failed: (times: number, at: string) =>
      times > 1 ? `failed ${f.number(times)} times, first at ${at}` : `failed at ${at}`,
  },
  message: {
    gone: (message: string) => `${message} is not published yet at this instant`,
    publish: 'Edit and publish',
    code: 'Go to code',
    noCode: 'No line of code published it',
    onTheWay: (broker: string) => `On its way to ${broker}.`,
    nobody: 'Nobody gets it: it is gone.',
    done: (done: number, all: number) => `${f.number(done)} of ${deliveries(all)} done`,
    waits: (who: string, time: string, attempt: number, attempts: number) =>
      `${who} waits ${time} before attempt ${f.number(attempt)} of ${f.number(attempts)}`,
    clause: (who: string, phaseText: string) => `${who} ${phaseText}`,
    phaseClause: {
      'on the way': 'gets it soon',
      queued: 'has no free worker',
      handling: 'is handling it',
      succeeded: 'acked it',
      failed: 'gave up',
      retry: 'tries again',
      'dead-lettered': 'gave up and it was dead-lettered',
      lost: 'never got it',
      interrupted: 'crashed over it',
      stalled: 'never answered',
    } satisfies Record<DeliveryPhase, string>,
    more: (count: number) => `${f.number(count)} more`,
  },
  deliveries: {
    title: 'Deliveries',
    none: 'No delivery yet',
    phase,
    attempt: (n: number, of: number) =>
      of > 1 ? `attempt ${f.number(n)} of ${f.number(of)}` : `attempt ${f.number(n)}`,
    attemptAt: (n: number, at: string) => `attempt ${f.number(n)} at ${at}`,
    replay: 'a replay',
  },
  atPlayhead: 'at the playhead',
  causes: {
    title: 'Caused by, and effects',
    fact: (messages: number, span: string) =>
      `${f.number(messages)} ${f.plural(messages, { one: 'message', other: 'messages' })}, ${span}`,
    you: 'you',
    rest: (count: number) => `and ${f.number(count)} more`,
    since: (time: string) => `+${time}`,
    chain: 'Why it happened',
    noCause: 'Nothing in the run caused it',
  },
  payload: {
    title: 'Payload',
    none: 'It carries no data',
    copy: 'Copy the payload',
    copied: 'Payload copied',
    cut: (size: string) => `Only the beginning of ${size} is shown`,
  },
  headers: {
    title: 'Headers',
    id: 'id',
    type: 'type',
    source: 'source',
    time: 'time',
    correlation: 'correlation',
    causation: 'causation',
    contentType: 'content type',
    broker: 'broker',
  },
  process: {
    kind: 'process',
    state,
    unknown: (process: string) => `${process} has not started at this instant`,
    since: (stateText: string, time: string) => `${stateText} for ${time}`,
    life: 'life',
    file: 'file',
    args: 'arguments',
    exitCode: 'exit code',
    published: 'published',
    handled: 'handled',
    failed: 'failed',
    underWay: 'Under way',
    idle: 'idle',
    handling: (listener: string, message: string) => `${listener} handles ${message}`,
    console: 'Console',
    noConsole: 'It has printed nothing yet',
    crash: (process: string) => `Crash ${process}`,
    restart: (process: string) => `Restart ${process}`,
    down: 'It is down already',
    up: 'It is running',
    lastFailure: 'Last failure',
  },
  failure: {
    title: 'Failure',
    stack: 'Stack',
  },
  broker: {
    unknown: (broker: string) => `${broker} is not declared at this instant`,
    settings: 'Settings',
    counts: (published: number, dropped: number) => `${f.number(published)} published, ${f.number(dropped)} dropped`,
    listeners: 'Listeners',
    noListeners: 'Nobody listens yet',
    down: 'down',
    queue: (queue: string) => `Queue ${queue}`,
    ready: 'ready',
    unacked: 'unacked',
    retrying: 'waiting for their next attempt',
    deadLetters: (queue: string) => `Dead letters in ${queue}`,
    empty: 'empty',
    dueAt: (n: number, at: string) => `attempt ${f.number(n)} at ${at}`,
    more: (count: number) => `and ${f.number(count)} more`,
  },
  intervention: {
    kind: 'intervention',
    gone: 'This intervention was taken away',
    at: (instant: string) => `by hand at ${instant}`,
    remove: 'Remove it',
    removeWhy: 'The run is computed again without it',
    goTo: (instant: string) => `Go to ${instant}`,
    details: 'Details',
  },
  entry: {
    kind: (seq: number) => `entry ${f.number(seq)}`,
    gone: 'This entry lies after the playhead',
    fields: 'Fields',
  },
};
