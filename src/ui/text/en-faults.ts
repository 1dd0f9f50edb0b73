import type { EntryOf, Fault } from '../../log/entry';
import type { Resource } from '../../log/entry-fault';
import { enFormat as f } from './format';

const ordinals = new Intl.PluralRules('en', { type: 'ordinal' });
const endings: Partial<Record<Intl.LDMLPluralRule, string>> = { one: 'st', two: 'nd', few: 'rd' };
/** `every`, `every 5th`. */
const nth = (n: number): string => (n === 1 ? 'every' : `every ${f.number(n)}${endings[ordinals.select(n)] ?? 'th'}`);

const lowOn = { memory: 'low on memory', disk: 'low on disk' } as const satisfies Record<Resource, string>;

/** What a fault does, as a noun phrase that begins a line. */
export function enFault(fault: Fault): string {
  switch (fault.type) {
    case 'crash':
      return fault.every === undefined
        ? `Crashes of ${fault.process}, ${f.share(fault.chance ?? 0)} of messages`
        : `Crash of ${fault.process} at ${nth(fault.every)} message`;
    case 'slow':
      return fault.factor === undefined
        ? `${fault.process} late by ${f.duration(fault.lagMs ?? 0)}`
        : `${fault.process} ${f.number(fault.factor, 1)} times as slow`;
    case 'skew':
      return `Clock of ${fault.process} ${f.duration(Math.abs(fault.skewMs))} ${fault.skewMs < 0 ? 'behind' : 'ahead'}`;
    case 'outage':
      return `Outage of ${fault.broker}`;
    case 'alarm':
      return `${fault.broker} ${lowOn[fault.resource]}`;
    case 'partition':
      return `Partition ${fault.groups.map((group) => group.join(', ')).join(' | ')}`;
    case 'link':
      return `Bad link ${fault.from} → ${fault.to}`;
    case 'poison':
      return fault.every === undefined
        ? `${f.number(fault.times ?? 0)} broken ${fault.event} on ${fault.broker}`
        : `Broken payload of ${nth(fault.every)} ${fault.event} on ${fault.broker}`;
  }
}

export const enFaultSentence = {
  'broker.stopped': (e: EntryOf<'broker.stopped'>) => `${e.broker} was stopped`,
  'broker.started': (e: EntryOf<'broker.started'>) => `${e.broker} was started again`,
  'fault.began': (e: EntryOf<'fault.began'>) => `Fault begins: ${enFault(e.fault)}`,
  'fault.ended': (e: EntryOf<'fault.ended'>) => `Fault is over: ${e.name}`,
  'fault.struck': (e: EntryOf<'fault.struck'>) => {
    const whom = [e.process, e.message].filter((each) => each !== undefined);
    return whom.length === 0 ? `Fault ${e.name} strikes` : `Fault ${e.name} strikes ${whom.join(' at ')}`;
  },
  'message.duplicated': (e: EntryOf<'message.duplicated'>) =>
    `The link ${e.from} → ${e.to} delivers ${e.message} a second time`,
};

/** The dialog that makes something go wrong, and the marks of faults on the stage. */
export const enFaults = {
  open: 'Make something go wrong',
  more: 'More faults',
  title: 'Make something go wrong',
  at: (at: string) => `from ${at}`,
  what: 'What goes wrong',
  choices: {
    'crash-once': 'Process: crashes now',
    'crash-every': 'Process: crashes at every n-th message',
    'crash-chance': 'Process: crashes at random',
    slow: 'Process: handles slowly',
    lag: 'Process: reacts late',
    skew: 'Process: wrong clock',
    outage: 'Broker: stops',
    'alarm-memory': 'RabbitMQ: low on memory',
    'alarm-disk': 'RabbitMQ: low on disk',
    loss: 'Link: loses messages',
    duplicated: 'Link: delivers twice',
    delayed: 'Link: delivers late',
    reordered: 'Link: mixes up the order',
    cut: 'Link: is cut',
    partition: 'Network: falls apart into two groups',
    'poison-times': 'Payload: broken messages arrive now',
    'poison-every': 'Payload: every n-th is broken',
  },
  process: 'Process',
  broker: 'Broker',
  from: 'From',
  to: 'To',
  event: 'Event',
  side: 'On one side',
  amount: {
    'crash-every': 'At every so-many-th message',
    'crash-chance': 'Share of messages, %',
    slow: 'So many times as slow',
    lag: 'Late by, ms',
    skew: 'Clock ahead by, ms (behind: negative)',
    loss: 'Share of messages, %',
    duplicated: 'Share of messages, %',
    delayed: 'Share of messages, %',
    reordered: 'Share of messages, %',
    'poison-times': 'How many',
    'poison-every': 'Every so-many-th message',
  },
  restart: 'Starts again after, ms (empty: stays down)',
  interval: 'Lasts, ms (empty: until it is ended)',
  problem: {
    amount: 'This number does not fit here.',
    side: 'Choose who is on one side, and leave somebody on the other.',
    'same-ends': 'A link has two different ends.',
    event: 'Name the event, for example order.created.',
    restart: 'Give the time until it starts again in milliseconds, or nothing.',
    interval: 'Give the time it lasts in milliseconds, at least 1, or nothing.',
    nobody: 'Nobody is there at this instant to whom it could happen. Run on until somebody is.',
  },
  will: {
    crashOnce: (process: string) => `${process} crashes at this instant; what it was handling is interrupted.`,
    crashEvery: (process: string, n: number) =>
      `${process} crashes at ${nth(n)} message it handles, before it can answer.`,
    crashChance: (process: string, share: number) =>
      `Each message has a chance of ${f.share(share)} to crash ${process}; the seed decides which do.`,
    slow: (process: string, factor: number) =>
      `Whatever ${process} waits for while it handles something takes ${f.number(factor, 1)} times as long.`,
    lag: (process: string, ms: number) => `Whatever reaches ${process} comes ${f.duration(ms)} later.`,
    skew: (process: string, ms: number) =>
      `The clock of ${process} is ${f.duration(Math.abs(ms))} ${ms < 0 ? 'behind' : 'ahead'}: its Date and the times of its messages. Timers run as ever.`,
    outage: (broker: string) => `${broker} stops in full. It keeps what is durable, and loses the rest.`,
    alarm: (broker: string, resource: Resource) =>
      `${broker} is ${lowOn[resource]}: each connection is blocked with the next message it publishes, and nothing of it is read meanwhile, not even acks. Who only consumes goes on.`,
    loss: (from: string, to: string, share: number) => `${f.share(share)} of messages from ${from} to ${to} get lost.`,
    duplicated: (from: string, to: string, share: number) =>
      `${f.share(share)} of messages from ${from} to ${to} arrive twice, under the same id.`,
    delayed: (from: string, to: string, share: number) =>
      `${f.share(share)} of messages from ${from} to ${to} arrive a second late, and hold up what comes after them.`,
    reordered: (from: string, to: string, share: number) =>
      `${f.share(share)} of messages from ${from} to ${to} arrive a second late, so that later ones overtake them.`,
    cut: (from: string, to: string) => `Nothing gets from ${from} to ${to}.`,
    partition: (one: string, other: string) => `${one} and ${other} do not reach each other.`,
    poisonTimes: (event: string, broker: string, n: number) =>
      `${f.number(n)} ${event} whose payload is no JSON ${n === 1 ? 'arrives' : 'arrive'} on ${broker}.`,
    poisonEvery: (event: string, broker: string, n: number) =>
      `The payload of ${nth(n)} ${event} that is published on ${broker} is no JSON any more.`,
    restarts: (ms: number) => `It starts again after ${f.duration(ms)}.`,
    staysDown: 'It stays down.',
    lasts: (ms: number) => `After ${f.duration(ms)} all is as before.`,
    stays: 'It stays so until it is ended.',
  },
  active: 'Under way at this instant',
  end: 'End it',
  endOf: (what: string) => `End: ${what}`,
  ended: (what: string) => `Ended: ${what}`,
  begin: 'Begin',
  about: 'It becomes an intervention on the timeline; undo takes it back.',
  streamNote:
    'RabbitMQ, Redis and HTTP run over a connection, which mends this: what is lost is sent again and only comes late.',
  poisonNote:
    'It reaches what is published or appended: on the bus, in event stores, RabbitMQ, Redis channels and streams, webhooks. Plain HTTP requests and other values in Redis, such as lists, stay as they are.',
  badge: {
    crash: 'crashes',
    slow: (factor: number) => `×${f.number(factor, 1)}`,
    lag: (ms: number) => `+${f.duration(ms)}`,
    skew: (ms: number) => `${ms < 0 ? '−' : '+'}${f.duration(Math.abs(ms))}`,
    stopped: 'stopped',
    lowOn: (resource: Resource): string => lowOn[resource],
    blocked: 'blocked',
    blockedBy: (broker: string, reason: string) => `${broker} reads nothing that it sends: ${reason}`,
  },
};
