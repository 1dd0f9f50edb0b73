import type { Entry, EntryOf, Failure, Intervention, Fault } from '../../log/entry';
import type { Facet } from '../../projections/log-query';
import type { MetricsColumn } from '../log/metrics-columns';
import { enBroker as broker, enBrokerSentence, enPolicyIntervention } from './en-broker';
import { enRedelivery } from './en-redelivery';
import { enExperimentSentence, enExperimentSwitch } from './en-experiments';
import { enEndpointIntervention } from './en-attempts';
import { enReceiverIntervention, enReceiverSentence } from './en-receivers';
import { enSagaSentence } from './en-sagas';
import { enFormat as f } from './format';
import { enFault, enFaultSentence } from './en-faults';
import { enStoreSentence } from './en-store';

/** The listener, and its process where the name alone does not say it. */
function who({ listener, process }: { readonly listener: string; readonly process: string }): string {
  return listener === process ? listener : `${listener} in ${process}`;
}

function attempt(n: number): string {
  return n > 1 ? `, attempt ${f.number(n)}` : '';
}

const messages = (n: number): string => `${f.number(n)} ${f.plural(n, { one: 'message', other: 'messages' })}`;
const deliveries = (n: number): string => `${f.number(n)} ${f.plural(n, { one: 'delivery', other: 'deliveries' })}`;
const attempts = (n: number): string => `${f.number(n)} ${f.plural(n, { one: 'attempt', other: 'attempts' })}`;
const listeners = (n: number): string => `${f.number(n)} ${f.plural(n, { one: 'listener', other: 'listeners' })}`;

function routed(e: EntryOf<'message.routed'>): string {
  const targets = [
    ...(e.subscriptions.length > 0 ? [`to ${listeners(e.subscriptions.length)}`] : []),
    ...(e.queues.length > 0 ? [broker.routedTo(e.queues)] : []),
  ];
  const by = e.exchange ?? e.broker;
  if (e.kept) return `${by} keeps ${e.message}: nobody follows, whoever reads it finds it`;
  return targets.length === 0
    ? `${by} found nobody for ${e.message}`
    : `${by} routed ${e.message} ${targets.join(' and ')}`;
}

const endReason = {
  duration: 'The run ended: its time is over',
  idle: 'The run ended: nothing is left to happen',
  limit: 'The run ended at a limit',
  unresponsive: 'The run was stopped: the code did not answer',
} as const satisfies Record<EntryOf<'run.ended'>['reason'], string>;

const limitText = {
  turns: (max: number) => `${f.number(max)} turns`,
  'call-depth': (max: number) => `${f.number(max)} calls inside calls`,
  'deliveries-per-instant': (max: number) => `${f.number(max)} deliveries at one instant`,
  'wakes-per-instant': (max: number) => `${f.number(max)} wakes at one instant`,
  'queue-depth': (max: number) => `${f.number(max)} messages in one queue`,
  'message-bytes': (max: number) => `${f.bytes(max)} per message`,
  'console-bytes': (max: number) => `${f.bytes(max)} of console output`,
  entries: (max: number) => `${f.number(max)} log entries`,
} as const satisfies Record<EntryOf<'limit.reached'>['limit'], (max: number) => string>;

function limitMet(e: EntryOf<'limit.reached'>): string {
  const place =
    e.process === undefined
      ? (e.broker ?? 'The run')
      : e.listener === undefined
        ? e.process
        : `${e.listener} in ${e.process}`;
  return `${place} met the limit of ${limitText[e.limit](e.max)}`;
}

const breakerState = {
  closed: 'is closed: calls pass',
  'half-open': 'is half-open: one call decides',
  isolated: 'is isolated: held open by hand',
};

function breakerChange(e: EntryOf<'breaker.changed'>): string {
  if (e.state !== 'open') return breakerState[e.state];
  const until = e.halfOpenAtMs === undefined ? '' : ` until ${f.instant(e.halfOpenAtMs)}`;
  return `is open${until}: calls are refused at once${because(e.failure)}`;
}

const because = (failure: Failure | undefined): string =>
  failure === undefined ? '' : `, ${failure.name}: ${failure.message}`;

function exited(e: EntryOf<'process.exited'>): string {
  if (e.failure !== undefined) return `${e.process} exited: ${e.failure.name}: ${e.failure.message}`;
  if (e.signal !== undefined) return `${e.process} exited on ${e.signal}`;
  return `${e.process} exited with code ${String(e.code)}`;
}

function failed(e: EntryOf<'delivery.failed'>): string {
  if (e.reason === 'refused')
    return `${who(e)} refused ${e.message}${attempt(e.attempt)}${e.attemptsLeft > 0 ? ': it goes back' : ''}`;
  const why =
    e.reason === 'timeout' ? `timed out after ${f.duration(e.tookMs)}` : `${e.failure.name}: ${e.failure.message}`;
  return `${who(e)} failed on ${e.message}${attempt(e.attempt)}: ${why}${e.overBudget ? enRedelivery.overBudget : ''}`;
}

export const enIntervention = {
  'message.publish': (event: string) => `Publish ${event}`,
  'message.resend': (message: string, queue: string | undefined) =>
    `Send ${message} again${queue === undefined ? '' : ` to ${queue}`}`,
  'endpoint.recover': enRedelivery.recover,
  ...enEndpointIntervention,
  'group.set-id': enRedelivery.moveGroup,
  'projection.rebuild': (process: string, projection: string) =>
    `Rebuild ${projection} of ${process} from the first event`,
  ...enPolicyIntervention,
  'replay.start': enRedelivery.replay,
  'message.redrive': enRedelivery.intervention,
  'http.request': (method: string, url: string) => `Send ${method} ${url.replace(/^http:\/\//, '')}`,
  'process.crash': (process: string) => `Crash ${process}`,
  'process.stop': (process: string) => `Stop ${process}`,
  'process.restart': (process: string) => `Restart ${process}`,
  'process.scale': (service: string, replicas: number) => `Scale ${service} to ${f.number(replicas)}`,
  'broker.scale': (broker: string, workers: number) => `Scale ${broker} to ${f.number(workers)}`,
  'file.edit': (file: string) => `Edit ${file}`,
  'link.change': (from: string, to: string) => `Change the link ${from} → ${to}`,
  'broker.stop': (broker: string) => `Stop ${broker}`,
  'broker.start': (broker: string) => `Start ${broker}`,
  'fault.begin': (fault: Fault) => enFault(fault),
  'fault.end': (name: string) => `End the fault ${name}`,
  'experiment.switch': enExperimentSwitch,
  ...enReceiverIntervention,
};

function intervention(i: Intervention): string {
  switch (i.type) {
    case 'message.publish':
      return enIntervention[i.type](i.event);
    case 'message.resend':
      return enIntervention[i.type](i.message, i.queue);
    case 'endpoint.recover':
      return enIntervention[i.type](i.which, i.queue, i.sinceMs ?? 0);
    case 'endpoint.disable':
    case 'endpoint.enable':
    case 'endpoint.rotate-secret':
      return enIntervention[i.type](i.queue);
    case 'group.set-id':
      return enIntervention[i.type](i.group, i.queue, i.id);
    case 'projection.rebuild':
      return enIntervention[i.type](i.process, i.projection);
    case 'policy.set':
    case 'policy.clear':
      return enIntervention[i.type](i.name);
    case 'replay.start':
      return enIntervention[i.type](i.process, i.listener, i.pattern ?? '#');
    case 'message.redrive':
      return enIntervention[i.type](i.messages, i.queue);
    case 'http.request':
      return enIntervention[i.type](i.method, i.url);
    case 'process.crash':
    case 'process.stop':
    case 'process.restart':
      return enIntervention[i.type](i.process);
    case 'process.scale':
      return enIntervention[i.type](i.service, i.replicas);
    case 'broker.scale':
      return enIntervention[i.type](i.broker, i.workers);
    case 'file.edit':
      return enIntervention[i.type](i.file);
    case 'link.change':
      return enIntervention[i.type](i.from, i.to);
    case 'broker.stop':
    case 'broker.start':
      return enIntervention[i.type](i.broker);
    case 'fault.begin':
      return enIntervention[i.type](i.fault);
    case 'fault.end':
      return enIntervention[i.type](i.name);
    case 'experiment.switch':
      return enIntervention[i.type](i.experiment, i.version);
    case 'receiver.pause':
    case 'receiver.resume':
      return enIntervention[i.type](i.receiver);
    case 'receiver.retry':
      return enIntervention[i.type](i.receiver, i.events);
    case 'receiver.issue':
      return enIntervention[i.type](i.issue, i.as);
  }
}

const httpFailure: Readonly<Record<string, string>> = {
  ENOTFOUND: 'no process has that name',
  ECONNREFUSED: 'nobody listens there',
  ECONNRESET: 'the connection was reset',
  ETIMEDOUT: 'the link is cut',
  AbortError: 'the caller gave up',
  TimeoutError: 'the caller’s time was over',
  reloaded: 'a newer text of the caller took over',
};

/** One sentence per fact. Names and ids stand as in the code. */
const sentence = {
  'run.started': (e: EntryOf<'run.started'>) => `The run started with seed ${String(e.seed)}`,
  'run.ended': (e: EntryOf<'run.ended'>) => endReason[e.reason],
  'file.rejected': (e: EntryOf<'file.rejected'>) =>
    `${e.file} was not loaded: line ${f.number(e.line)}, ${e.message.replace(/\.$/, '')}${e.keptPrevious ? '. The version before goes on' : ''}`,
  'file.edited': (e: EntryOf<'file.edited'>) => `${e.file} was edited`,
  'process.started': (e: EntryOf<'process.started'>) =>
    e.life > 1 ? `${e.process} started again, life ${f.number(e.life)}` : `${e.process} started ${e.file}`,
  'process.reloaded': (e: EntryOf<'process.reloaded'>) => `${e.process} went on with the new ${e.file}`,
  'process.exited': exited,
  'process.crashed': (e: EntryOf<'process.crashed'>) =>
    `${e.process} crashed${e.interrupted > 0 ? `, ${deliveries(e.interrupted)} interrupted` : ''}`,
  'broker.declared': (e: EntryOf<'broker.declared'>) => `${e.broker} was declared (${e.kind})`,
  'broker.changed': (e: EntryOf<'broker.changed'>) => `${e.broker} changed its settings`,
  'listener.subscribed': (e: EntryOf<'listener.subscribed'>) =>
    `${who(e)} subscribed to ${broker.subscribedTo(e)} on ${e.broker}${e.prefetch === undefined ? '' : `, prefetch ${f.number(e.prefetch)}`}`,
  ...enBrokerSentence,
  ...enSagaSentence,
  'listener.unsubscribed': (e: EntryOf<'listener.unsubscribed'>) => `${who(e)} left ${e.broker}`,
  'message.published': (e: EntryOf<'message.published'>) =>
    `${e.process ?? 'You'} published ${e.message.type} (${e.message.id}) to ${e.broker}`,
  'message.lost': (e: EntryOf<'message.lost'>) => `${e.message} was lost between ${e.from} and ${e.to}`,
  'message.routed': routed,
  'message.enqueued': (e: EntryOf<'message.enqueued'>) => `${e.message} waits in ${e.queue}`,
  'message.requeued': (e: EntryOf<'message.requeued'>) => `${e.message} went back to the head of ${e.queue}`,
  'message.dispatched': (e: EntryOf<'message.dispatched'>) =>
    `${e.broker} sent ${e.message} to ${who(e)}${attempt(e.attempt)}${e.replayed ? ', a replay' : ''}${e.redriven ? enRedelivery.mark : ''}`,
  'message.dead-lettered': (e: EntryOf<'message.dead-lettered'>) =>
    e.reason === 'budget' || e.reason === 'unanswered'
      ? enRedelivery.deadLettered(e)
      : e.reason === 'attempts' && e.from !== undefined
        ? `${e.broker} gave up on ${e.message} for ${e.queue} after ${attempts(e.attempts)}; it can be sent again`
        : e.reason === 'attempts'
          ? `${e.listener} gave up on ${e.message} after ${attempts(e.attempts)}: it is in ${e.queue}`
          : `${e.message} died in ${e.from ?? e.broker}: ${broker.dropReason[e.reason]}. It is in ${e.queue}`,
  'effect.held': enRedelivery.held,
  'message.redriven': enRedelivery.redriven,
  'message.dropped': (e: EntryOf<'message.dropped'>) =>
    `${e.queue ?? e.broker} dropped ${e.message}: ${broker.dropReason[e.reason]}${e.exchange === undefined ? '' : broker.deadNowhere(e.exchange)}`,
  'delivery.started': (e: EntryOf<'delivery.started'>) =>
    `${who(e)} received ${e.message}${attempt(e.attempt)}${e.replayed ? ', a replay' : ''}${e.redriven ? enRedelivery.mark : ''}`,
  'delivery.succeeded': (e: EntryOf<'delivery.succeeded'>) =>
    `${who(e)} handled ${e.message} in ${f.duration(e.tookMs)}${attempt(e.attempt)}`,
  'delivery.failed': failed,
  'delivery.retry-scheduled': (e: EntryOf<'delivery.retry-scheduled'>) =>
    `${who(e)} tries ${e.message} again: attempt ${f.number(e.nextAttempt)} of ${f.number(e.attempts)} at ${f.instant(e.dueAtMs)}`,
  'delivery.stalled': (e: EntryOf<'delivery.stalled'>) => `${who(e)} never answered for ${e.message}`,
  'port.opened': (e: EntryOf<'port.opened'>) => `${e.process} listens at port ${String(e.port)}`,
  'port.closed': (e: EntryOf<'port.closed'>) => `${e.process} stopped listening at port ${String(e.port)}`,
  'http.requested': (e: EntryOf<'http.requested'>) =>
    `${e.process ?? 'You'} called ${e.to ?? e.host}: ${e.method} ${e.path} (${e.request})`,
  'http.received': (e: EntryOf<'http.received'>) => `${e.process} received ${e.request} from ${e.from ?? 'outside'}`,
  'http.answered': (e: EntryOf<'http.answered'>) =>
    `${e.process} answered ${e.request}${e.to === undefined ? '' : ` to ${e.to}`}: ${String(e.status)} ${e.statusText} after ${f.duration(e.tookMs)}`,
  'http.completed': (e: EntryOf<'http.completed'>) =>
    `${e.process ?? 'You'} got ${String(e.status)} from ${e.to} for ${e.request}, ${f.duration(e.tookMs)} after the call`,
  'http.failed': (e: EntryOf<'http.failed'>) =>
    `${e.process ?? 'You'} got no answer to ${e.request} after ${f.duration(e.tookMs)}: ${httpFailure[e.code] ?? e.code}`,
  'breaker.declared': (e: EntryOf<'breaker.declared'>) => `${e.process} has the circuit breaker ${e.policy}: closed`,
  'breaker.changed': (e: EntryOf<'breaker.changed'>) => `${e.process}: breaker ${e.policy} ${breakerChange(e)}`,
  'retry.scheduled': (e: EntryOf<'retry.scheduled'>) =>
    `${e.process}: ${e.policy} calls again in ${f.duration(e.delayMs)}, retry ${f.number(e.attempt)}${because(e.failure)}`,
  'retry.given-up': (e: EntryOf<'retry.given-up'>) => `${e.process}: ${e.policy} gives up${because(e.failure)}`,
  ...enStoreSentence,
  ...enFaultSentence,
  ...enExperimentSentence,
  ...enReceiverSentence,
  'replay.started': (e: EntryOf<'replay.started'>) =>
    `${e.process} replays ${messages(e.messages)} of ${e.pattern} from ${e.broker}`,
  'replay.ended': (e: EntryOf<'replay.ended'>) => `The replay for ${e.process} is over`,
  'console.printed': (e: EntryOf<'console.printed'>) => `${e.process}: ${e.text.trimEnd()}`,
  'process.showed': (e: EntryOf<'process.showed'>) => `${e.process}: ${e.name} = ${e.value}`,
  'invariant.declared': (e: EntryOf<'invariant.declared'>) => `${e.process} watches: ${e.name}`,
  'invariant.failed': (e: EntryOf<'invariant.failed'>) =>
    `Does not hold: ${e.name}${e.detail === undefined ? '' : ` (${e.detail})`}`,
  'invariant.held': (e: EntryOf<'invariant.held'>) => `Holds again: ${e.name}`,
  'limit.reached': limitMet,
  'intervention.applied': (e: EntryOf<'intervention.applied'>) => intervention(e.intervention),
  'intervention.refused': (e: EntryOf<'intervention.refused'>) =>
    `${intervention(e.intervention)}: refused, ${e.reason}`,
} as const satisfies { readonly [T in Entry['type']]: (e: EntryOf<T>) => string };

export const enLog = {
  steps: {
    cause: 'Go to cause',
    code: 'Go to code',
    nextFailure: 'Next failure',
    previousFailure: 'Previous failure',
    onlyThis: (name: string) => `Only ${name} in the log`,
    clear: 'Clear the selection',
    noCause: 'Nothing in the run caused it.',
    noCode: 'No line of code did it.',
    noFailureAfter: 'There is no failure after this.',
    noFailureBefore: 'There is no failure before this.',
    soFar: (sentence: string, instant: string) => `${sentence} The run is computed to ${instant}.`,
  },
  tabs: 'Log, console and metrics',
  filter: 'Filter',
  search: 'Search the log',
  searchHint: 'text, or process:email',
  clear: 'Clear the filter',
  facets: {
    kind: 'Kind',
    process: 'Process',
    event: 'Event',
    fate: 'Fate',
    message: 'Message or call',
    status: 'Status',
    version: 'Version',
    stream: 'Stream',
  } satisfies Record<Facet, string>,
  chosen: 'Filtered by',
  remove: (filter: string) => `Remove ${filter}`,
  noChoice: 'There is none up to the playhead',
  previousHit: 'Previous hit',
  nextHit: 'Next hit',
  onlyHits: 'Only the hits',
  exports: 'Export',
  exportFiltered: (format: string) => `What is filtered, ${format}`,
  exportShown: (format: string) => `Up to the playhead, ${format}`,
  exportWhole: (format: string) => `The whole log, ${format}`,
  groups: {
    messages: 'Messages',
    deliveries: 'Deliveries',
    http: 'HTTP',
    stores: 'Stores',
    failures: 'Failures',
    processes: 'Processes',
    console: 'Console',
    interventions: 'Interventions',
    run: 'Run',
  },
  /** `at`: which of them is selected, from 0. */
  hits: (count: number, more: boolean, at: number | undefined) =>
    `${at === undefined ? '' : `${f.number(at + 1)} of `}${f.number(count)}${more ? '+' : ''} ${f.plural(count, { one: 'hit', other: 'hits' })}`,
  entries: 'Entries up to the playhead',
  empty: 'Nothing has happened yet',
  emptyWhy: 'What the run does stands here, one fact a line, up to the playhead.',
  run: 'Run the scenario',
  noHits: 'No entry up to the playhead matches',
  toEnd: 'Go to the latest entry',
  limitText,
  httpFailure,
  intervention,
  interventions: enIntervention,
  sentence,
  console: {
    lines: 'Console lines up to the playhead',
    empty: 'Nothing was printed yet',
    emptyWhy: 'What the processes print with console.log and console.error stands here.',
    noHits: 'No line up to the playhead matches',
    stderr: 'stderr',
    streams: { stdout: 'stdout: console.log', stderr: 'stderr: console.error' },
    search: 'Search the console',
    searchHint: 'text',
    exportLines: 'These lines, TXT',
  },
  metrics: {
    routes: 'HTTP routes',
    route: 'Route',
    calls: 'Calls',
    errors: 'without an answer, or with 5xx',
    turnedDown: 'turned down with 4xx',
    processes: 'Processes',
    events: 'Events',
    process: 'process',
    event: 'event',
    published: 'published',
    acked: 'acked',
    recent: 'last 1 s',
    rate: 'average',
    failed: 'failed',
    retried: 'retried',
    dead: 'dead-lettered',
    p50: 'p50',
    p95: 'p95',
    p99: 'p99',
    busy: 'busy',
    /** What is counted, where the name alone does not say it. */
    why: {
      published: 'messages published',
      acked: 'deliveries that ended well, replays left out',
      recent: 'acked per virtual second, in the last second before the playhead',
      rate: 'acked per virtual second, since the run began',
      failed: 'attempts that failed',
      retried: 'attempts that were scheduled again, and messages that went back to their queue',
      dead: 'dead-lettered messages',
      p50: 'from publication to ack: half of the deliveries took at most this long',
      p95: 'from publication to ack: all but 5 % took at most this long',
      p99: 'from publication to ack: all but 1 % took at most this long',
      busy: 'share of its time in which the process was handling at least one delivery',
    } satisfies Record<MetricsColumn, string>,
    perSecond: (value: number) => `${f.number(value)}/s`,
    sortBy: (column: string) => `Sort by ${column}`,
    sortedBy: (column: string) => `at the playhead, by ${column}`,
    allColumns: 'All columns',
    inspect: (process: string) => `Select ${process}`,
    export: 'These figures, CSV',
    empty: 'Nothing to measure yet',
    emptyWhy: 'Counts, rates and durations of processes and events stand here, at the playhead.',
    atPlayhead: 'at the playhead',
  },
};
