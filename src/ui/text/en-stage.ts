import { enFormat as f } from './format';

export const enStage = {
  inFlight({ messages, calls }: { messages: number; calls: number }): string {
    const said = `${f.number(messages)} ${f.plural(messages, { one: 'message', other: 'messages' })}`;
    if (calls === 0) return `${said} in flight`;
    const asked = `${f.number(calls)} ${f.plural(calls, { one: 'call', other: 'calls' })} in flight`;
    return messages === 0 ? asked : `${said} and ${asked}`;
  },
  publish: 'Publish',
  request: 'Send an HTTP request',
  requestShort: 'Request',
  crash: (process: string) => `Crash ${process}`,
  restart: (process: string) => `Restart ${process}`,
  crashShort: 'Crash',
  crashChosen: 'Crash the selected process',
  addChosen: 'Add one more worker',
  whyNoCrash: 'No process runs',
  worker: 'Worker',
  addWorker: (name: string) => `Add a worker to ${name}`,
  removeWorker: (name: string) => `Remove a worker from ${name}`,
  addReplica: (service: string) => `Add a replica of ${service}`,
  removeReplica: (service: string) => `Remove a replica of ${service}`,
  slow: (service: string) => `Slow the link of ${service}`,
  unslow: (service: string) => `The usual link of ${service}`,
  whyNoWorker: 'Nothing here can be scaled',
  fit: 'Fit the stage',
  cutLink: 'Cut a link',
  cutHint: 'Choose a link to cut. Escape leaves all as it is.',
  whyNoLink: 'There is no link to cut',
  resetLayout: 'Reset layout',
  layoutReset: 'Everything stands where the automatic layout puts it.',
  undo: 'Undo',
  minimap: 'Map of the whole stage',
  link: {
    name: (from: string, to: string, state: string) => `Link ${from} to ${to}, ${state}`,
    title: (from: string, to: string) => `Link ${from} to ${to}`,
    state: {
      normal: 'normal',
      slow: 'slow',
      lossy: 'loses messages',
      cut: 'cut',
      down: 'nobody at its end',
      absent: 'not there yet',
    },
    preset: { normal: 'Normal', slow: 'Slow', lossy: 'Lossy', cut: 'Cut' },
    presets: 'What the link does',
    latency: 'Latency, ms',
    jitter: 'Jitter, ms',
    loss: 'Lost, %',
    done: 'Done',
    cutLoses: 'cut: what is sent over it is lost',
    cutHolds: 'cut: what is sent over it waits',
    atOnce: 'delivers at once',
    between: (least: string, most: string) => `${least} to ${most}`,
    lost: (percent: string) => `${percent} % lost`,
    calls: (calls: number, open: number) =>
      `${f.number(calls)} ${f.plural(calls, { one: 'call', other: 'calls' })}${open > 0 ? `, ${f.number(open)} open` : ''}`,
    noCalls: 'no call has ended yet',
    errors: (count: number, percent: string) => `${f.number(count)} without an answer or with 5xx, ${percent} %`,
    turnedDown: (count: number) => `${f.number(count)} turned down with 4xx`,
    percentiles: (p50: string, p95: string, p99: string) => `p50 ${p50}, p95 ${p95}, p99 ${p99}`,
    lastCalls: 'Last calls',
  },
  place: {
    called: (whom: string, at: string) => `waits for ${whom} since ${at}`,
    handled: (listener: string) => `${listener} works on it`,
    flying: (to: string) => `on its way to ${to}`,
    ready: (queue: string) => `ready in ${queue}`,
    dead: (queue: string) => `kept in ${queue}`,
    age: (age: string) => `published ${age} ago`,
  },
  card: {
    counts: (handled: number, failed: number) => `${f.number(handled)} handled, ${f.number(failed)} failed`,
    life: (life: number) => `life ${f.number(life)}`,
    queue: (ready: number, unacked: number) => `${f.number(ready)} ready, ${f.number(unacked)} unacked`,
    head: (message: string, event: string) => `head ${message} ${event}`,
    kept: (count: number) => `${f.number(count)} kept`,
    queues: (count: number) => `${f.number(count)} ${f.plural(count, { one: 'queue', other: 'queues' })}`,
    listeners: (count: number) => `${f.number(count)} ${f.plural(count, { one: 'listener', other: 'listeners' })}`,
  },
  headIn: (time: string) => `head in ${time}`,
  graph: 'Graph of processes and brokers',
  rows: 'Processes and brokers',
  legend: 'Fates',
  hideLegend: 'Hide the fates',
  showLegend: 'Show the fates',
  squares: (count: number) => `above ${f.number(count)}: squares, by colour`,
  // What a process is doing.
  idle: 'idle',
  notYet: 'not started yet',
  /** In a row of its own beside the name. */
  notYetShort: 'not yet',
  published: (count: number) => `${f.number(count)} published`,
  idlePublished: (count: number) => `idle · ${f.number(count)} published`,
  handling: (message: string, event: string) => `${message} ${event}`,
  waitsFor: (whom: string, time: string) => `waits for ${whom}, ${time}`,
  /** On its card. */
  waitsOn: (whom: string) => `waits for ${whom}`,
  handlingMany: (count: number) => `${f.number(count)} under way`,
  progress: (done: string, total: string) => `${done} of ${total}`,
  downFor: (time: string) => `down ${time}`,
  crashed: (ago: string) => `crashed ${ago} ago`,
  stopped: (ago: string) => `stopped ${ago} ago`,
  exited: (code: string) => `exit ${code}`,
  state: { running: 'running', crashed: 'crashed', exited: 'exited', stopped: 'stopped', absent: 'not started yet' },
  process: (name: string, state: string) => `Process ${name}, ${state}`,
  processRow: (name: string, state: string) => `${name}: ${state}`,
  listenerRow: (listener: string, state: string) => `Listener ${listener}: ${state}`,
  sagas: {
    all: (counts: string) => `sagas: ${counts}`,
    running: (n: number) => `${f.number(n)} running`,
    compensating: (n: number) => `${f.number(n)} compensating`,
    stuck: (n: number) => `${f.number(n)} stuck`,
  },
  breaker: {
    state: { closed: 'closed', open: 'open', 'half-open': 'half-open', isolated: 'held open' },
    is: (name: string, state: string) => `circuit breaker ${name} ${state}`,
    until: (time: string) => `half-open in ${time}`,
    due: 'the next call decides',
  },
  moreRows: (count: number) => `+${f.number(count)} more`,
  threw: 'threw',
  stalled: 'never answers',
  // A broker.
  kinds: {
    bus: 'event bus',
    queue: 'queue',
    rabbitmq: 'RabbitMQ',
    redis: 'Redis',
    webhooks: 'webhook sender',
    'event-store': 'event store',
  },
  events: (count: number) => `${f.number(count)} ${f.plural(count, { one: 'event', other: 'events' })}`,
  workers: (count: number) => `${f.number(count)} ${f.plural(count, { one: 'worker', other: 'workers' })}`,
  broker: (name: string, kind: string, events: string) => `Broker ${name}, ${kind}, ${events}`,
  readyUnacked: 'ready / unacked',
  queue: (name: string, ready: number, unacked: number) =>
    `Queue ${name}: ${f.number(ready)} ready, ${f.number(unacked)} unacked`,
  deadQueue: (name: string, count: number) => `Dead-letter queue ${name}: ${f.number(count)} kept`,
  queueEmpty: 'queue empty',
  noQueue: 'delivers at once',
  retryNow: 'retry now',
  retryIn: (time: string) => `retry in ${time}`,
  retries: (count: number, time: string) =>
    `${f.number(count)} ${f.plural(count, { one: 'waits', other: 'wait' })}, next in ${time}`,
  deadLettered: 'dead-lettered',
  dropped: (count: number) => `${f.number(count)} dropped`,
  message: (message: string, event: string) => `${message} ${event}`,
  attempt: (n: number, of: number) => `attempt ${f.number(n)} of ${f.number(of)}`,
  attemptAt: (n: number, of: number, at: string) => `attempt ${f.number(n)} of ${f.number(of)} at ${at}`,
  // Captions: what happened, then what follows. At most 60 characters.
  try: 'Try',
  caption: {
    notRun: { what: 'Ready to run.', then: 'Press Run, and messages begin to move.' },
    nothingYet: { what: 'Nothing has happened yet.', then: 'The first event is still to come.' },
    down: { what: (process: string) => `${process} is down.`, then: 'What it was doing is lost; the rest goes on.' },
    downQueued: { what: (process: string) => `${process} is down.`, then: 'Its messages wait; the rest goes on.' },
    cut: {
      what: (from: string, to: string) => `The link ${from} → ${to} is cut.`,
      then: 'What is sent over it is lost.',
    },
    cutWaits: {
      what: (from: string, to: string) => `The link ${from} → ${to} is cut.`,
      then: 'What is sent over it waits until it is connected.',
    },
    wrong: {
      what: (fault: string) => `${fault}.`,
      then: 'Its mark on the timeline tells what it has done.',
    },
    failing: {
      what: {
        threw: (listener: string) => `${listener} threw.`,
        timeout: (listener: string) => `${listener} did not answer in time.`,
        limit: (listener: string) => `${listener} was stopped at a limit.`,
        refused: (listener: string) => `${listener} rejected a message.`,
        status: (listener: string) => `${listener} did not answer with 2xx.`,
        unreachable: (listener: string) => `Nobody answers at ${listener}.`,
        policy: (listener: string) => `The address policy keeps the sender from ${listener}.`,
      },
      then: 'The other listeners go on.',
    },
    noAnswer: {
      what: (from: string, to: string) => `${from} got no answer from ${to}.`,
      then: (why: string) => `${why}.`,
    },
    broken: {
      what: (to: string, status: number) => `${to} answered ${String(status)}.`,
      then: (from: string) => `What ${from} does with it is up to its code.`,
    },
    awaiting: {
      what: (from: string, to: string, time: string) => `${from} waits for ${to}, ${time} so far.`,
      then: (from: string, count: number) =>
        count > 1 ? `${f.number(count)} calls wait there.` : `Who called ${from} waits too.`,
    },
    serving: {
      what: (count: number) =>
        `${f.number(count)} ${f.plural(count, { one: 'request is', other: 'requests are' })} under way now.`,
      then: 'Who called waits for the answer.',
    },
    calmCalls: {
      then: 'Nobody waits at this instant.',
      what: (calls: number) => `${f.number(calls)} ${f.plural(calls, { one: 'call', other: 'calls' })} so far.`,
    },
    endedCalls: {
      what: 'The run is over.',
      then: (calls: number) =>
        `${f.number(calls)} ${f.plural(calls, { one: 'call', other: 'calls' })}; the log keeps all.`,
    },
    stuckSagas: {
      what: (n: number, process: string) =>
        `${f.number(n)} ${f.plural(n, { one: 'saga of', other: 'sagas of' })} ${process} ${f.plural(n, { one: 'is', other: 'are' })} stuck.`,
      then: 'They go neither on nor back by themselves.',
    },
    retrying: {
      what: (count: number) =>
        `${f.number(count)} ${f.plural(count, { one: 'message waits', other: 'messages wait' })} for a retry.`,
      then: (time: string) => `The next attempt comes in ${time}.`,
    },
    dead: {
      what: (count: number) =>
        `${f.number(count)} ${f.plural(count, { one: 'message was', other: 'messages were' })} given up.`,
      then: 'The dead-letter queue keeps them.',
    },
    backlog: {
      what: (queue: string, ready: number) =>
        `${f.number(ready)} ${f.plural(ready, { one: 'message waits', other: 'messages wait' })} in ${queue}.`,
      then: 'One more worker takes the next.',
    },
    kept: {
      what: (queue: string, ready: number) =>
        `${f.number(ready)} ${f.plural(ready, { one: 'message waits', other: 'messages wait' })} in ${queue}.`,
      then: 'Nobody takes them from there.',
      goOn: 'They go on when their TTL is over.',
    },
    busy: {
      what: (count: number) =>
        `${f.number(count)} ${f.plural(count, { one: 'listener works', other: 'listeners work' })} now.`,
      then: 'The publisher does not wait.',
    },
    calm: {
      what: (events: number) => `${f.number(events)} ${f.plural(events, { one: 'event', other: 'events' })} so far.`,
      then: 'Nobody works at this instant.',
    },
    ended: {
      what: 'The run is over.',
      then: (events: number) =>
        `${f.number(events)} ${f.plural(events, { one: 'event', other: 'events' })} came; the log keeps all.`,
    },
    unresponsive: {
      what: (process: string) => `${process} stopped answering.`,
      then: 'It was stopped; the log so far is kept.',
    },
  },
  tries: {
    start: 'Start the run',
    restart: (process: string) => `Bring ${process} back`,
    crash: 'Crash a process',
    crashSaga: (process: string) => `Crash ${process} in mid-saga`,
    sagas: 'See the sagas',
    worker: 'Add one worker',
    again: 'Run it again',
    publish: (event: string) => `Publish ${event}`,
    slow: (to: string) => `Slow the link to ${to}`,
    cut: (to: string) => `Cut ${to} off`,
    mend: (to: string) => `Connect ${to} again`,
    changeListener: 'Change a listener',
    firstFailure: 'First failure',
    backTo: (at: string) => `Back to ${at}`,
  },
  /** Beside the caption on a phone. */
  triesShort: {
    run: 'Start',
    restart: 'Restart',
    crash: 'Crash one',
    crashSaga: 'Crash it',
    worker: 'Add one',
    replica: 'Add one',
    again: 'Again',
    publish: 'Publish',
    slow: 'Slow it',
    cut: 'Cut it off',
    mend: 'Connect',
    change: 'Change',
  },
  nothing: {
    title: 'Nothing is open',
    text: 'Pick a scenario: it runs, breaks and replays here.',
  },
  empty: {
    title: 'Nothing runs yet',
    text: 'This scenario has no process. Add a file that publishes or listens, and it appears here.',
    addFile: 'Add a file',
    pick: 'Pick a scenario',
  },
  loading: {
    title: 'The run is on its way',
    text: 'The code can be read already. The stage follows.',
  },
  failed: {
    title: 'The scenario did not load',
    text: 'Nothing was started. The code is kept as it stands.',
    toCode: 'Go to code',
  },
  emptyName: 'Empty stage',
};
