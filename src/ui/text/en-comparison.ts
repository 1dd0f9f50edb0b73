import { enFormat as f } from './format';

/** The view that sets two sides of a scenario side by side. Fetched with it, not with the shell. */
export const enComparison = {
  calls: 'Calls, one after another',
  events: 'Events',
  both: 'Calls and events',
  quiet: 'Nothing has been sent yet',
  side: (name: string) => `Side: ${name}`,
  fact: (flows: number, seed: number) =>
    `the same ${f.number(flows)} ${f.plural(flows, { one: 'request', other: 'requests' })} to both sides, seed ${String(seed)}`,
  flow: (number: number) => `request ${f.number(number)}`,
  previous: 'The request before',
  next: 'The next request',
  latest: 'Follow the latest',
  underWay: 'under way',
  accepted: (status: number) => `accepted, ${String(status)}`,
  refused: (why: string) => `refused, ${why}`,
  noAnswer: 'no answer',
  waits: (duration: string) => `waits ${duration}`,
  waited: (duration: string) => `waited ${duration}`,
  knows: (services: number, brokers: number) =>
    [
      ...(services > 0
        ? [`knows ${f.number(services)} ${f.plural(services, { one: 'service', other: 'services' })}`]
        : []),
      ...(brokers > 0
        ? [`knows ${f.number(brokers)} ${f.plural(brokers, { one: 'exchange', other: 'exchanges' })}`]
        : []),
    ].join(', ') || 'knows nobody',
  known: (services: number, brokers: number) =>
    [
      ...(services > 0 || brokers === 0
        ? [`${f.number(services)} ${f.plural(services, { one: 'service', other: 'services' })}`]
        : []),
      ...(brokers > 0 ? [`${f.number(brokers)} ${f.plural(brokers, { one: 'exchange', other: 'exchanges' })}`] : []),
    ].join(', '),
  down: 'down',
  slow: 'slow',
  queued: (count: number) => `${f.number(count)} ${f.plural(count, { one: 'waits', other: 'wait' })}`,
  neverCalled: 'never called',
  stage: (side: string) => `${side}: who calls whom`,
  lanes: (side: string) => `${side}: who works when`,
  part: 'Service',
  slowIt: (part: string) => `Slow ${part}`,
  slowTip: (duration: string) => `What is sent to it takes ${duration} longer, on both sides`,
  speedUp: (part: string) => `Speed up ${part}`,
  crashIt: (part: string) => `Crash ${part}`,
  restartIt: (part: string) => `Restart ${part}`,
  bothSides: 'On both sides at once',
  moreLoad: 'More load',
  lessLoad: 'Less load',
  load: (factor: number) => `load ${f.number(factor)}×`,
  notYet: 'The client has not started yet',
  noParts: 'This comparison names no parts',
  window: 'Requests',
  all: 'All',
  between: (from: string, to: string) => `${from} to ${to}`,
  since: (from: string) => `since ${from}`,
  measured: 'What was measured',
  score: (names: readonly [string, string], wins: readonly [number, number], even: number) =>
    `bold is better; ${names[0]}: ${f.number(wins[0])}, ${names[1]}: ${f.number(wins[1])}, even: ${f.number(even)}`,
  figure: 'Figure',
  how: 'How it was measured',
  of: (part: number, whole: number) => `${f.number(part)} of ${f.number(whole)}`,
  perSecond: (value: number) => `${f.number(value, 2)} per second`,
  none: 'none',
  rows: {
    answerP50: { name: 'Answer to the client, p50', how: 'request sent until answered, of those accepted' },
    answerP95: { name: 'Answer to the client, p95', how: 'one in twenty accepted waits longer' },
    wholeP50: {
      name: 'Whole flow done, p50',
      how: 'request sent until the client has its answer and the last service is done; unfinished ones do not count',
    },
    wholeP95: {
      name: 'Whole flow done, p95',
      how: 'one in twenty takes longer; waiting for a service that is down counts',
    },
    refused: { name: 'Requests refused', how: 'an error, or no answer' },
    reactions: { name: 'Work done by the services', how: 'of what the requests ask for' },
    pending: { name: 'Accepted, but not done everywhere', how: 'at the playhead' },
    donePerSecond: { name: 'Throughput', how: 'requests done by every service' },
    atOnce: { name: 'Under way at once, at most', how: 'sent and not done' },
    knows: { name: 'Who has to be known', how: 'addresses called, exchanges published to' },
    callsBefore: { name: 'Calls before the answer', how: 'the client waits for each' },
    steps: { name: 'Steps of one request', how: 'calls and deliveries, the middle one' },
    withId: { name: 'Steps that carry its id', how: 'a message does, a call does not: they can be traced' },
    parts: { name: 'Parts to run and watch', how: 'processes, queues, brokers' },
    lines: { name: 'Lines of code', how: 'of its services, without comments and empty lines' },
    own: 'shown by its processes',
  },
  csv: 'Save as CSV',
  toWorkbench: 'Open in the workbench',
};
