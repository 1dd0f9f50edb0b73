import { enFormat as f } from './format';

export const enStage = {
  inFlight: (count: number) => `${f.number(count)} ${f.plural(count, { one: 'message', other: 'messages' })} in flight`,
  publish: 'Publish',
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
  whyNoWorker: 'Nothing here can be scaled',
  fit: 'Fit the stage',
  graph: 'Graph of processes and brokers',
  rows: 'Processes and brokers',
  legend: 'Fates',
  hideLegend: 'Hide the fates',
  showLegend: 'Show the fates',
  squares: (count: number) => `above ${f.number(count)}: squares, by colour`,
  // What a process is doing.
  idle: 'idle',
  notYet: 'not started yet',
  published: (count: number) => `${f.number(count)} published`,
  idlePublished: (count: number) => `idle · ${f.number(count)} published`,
  handling: (message: string, event: string) => `${message} ${event}`,
  handlingMany: (count: number) => `${f.number(count)} under way`,
  progress: (done: string, total: string) => `${done} of ${total}`,
  crashed: (ago: string) => `crashed ${ago} ago`,
  stopped: (ago: string) => `stopped ${ago} ago`,
  exited: (code: string) => `exit ${code}`,
  state: { running: 'running', crashed: 'crashed', exited: 'exited', stopped: 'stopped', absent: 'not started yet' },
  process: (name: string, state: string) => `Process ${name}, ${state}`,
  processRow: (name: string, state: string) => `${name}: ${state}`,
  listenerRow: (listener: string, state: string) => `Listener ${listener}: ${state}`,
  moreRows: (count: number) => `+${f.number(count)} more`,
  threw: 'threw',
  stalled: 'never answers',
  // A broker.
  kinds: { bus: 'event bus', queue: 'queue' },
  events: (count: number) => `${f.number(count)} ${f.plural(count, { one: 'event', other: 'events' })}`,
  workers: (count: number) => `${f.number(count)} ${f.plural(count, { one: 'worker', other: 'workers' })}`,
  broker: (name: string, kind: string, events: string) => `Broker ${name}, ${kind}, ${events}`,
  readyUnacked: 'ready / unacked',
  queue: (name: string, ready: number, unacked: number) =>
    `Queue ${name}: ${f.number(ready)} ready, ${f.number(unacked)} unacked`,
  deadQueue: (name: string, count: number) => `Dead-letter queue ${name}: ${f.number(count)} kept`,
  queueEmpty: 'queue empty',
  noQueue: 'delivers at once',
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
    failing: { what: (listener: string) => `${listener} threw.`, then: 'The other listeners go on.' },
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
    busy: {
      what: (count: number) =>
        `${f.number(count)} ${f.plural(count, { one: 'listener works', other: 'listeners work' })} now.`,
      then: 'The publisher does not wait for them.',
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
    worker: 'Add one worker',
    changeListener: 'Change a listener',
    backTo: (at: string) => `Back to ${at}`,
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
