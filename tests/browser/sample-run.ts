import type { Entry } from '../../src/log/entry';
import type { Message } from '../../src/log/envelope';
import type { Scenario } from '../../src/scenario/scenario';
import { emptyScenario, FakePlayer } from './fake-player';

/**
 * A small run with one of everything that panes show: `shop` publishes `order.created` to a bus; `email` acks,
 * `accounting` fails, is retried and is dead-lettered, `sms` crashes and is restarted by hand.
 */
const shop = `import { eventBus, every } from 'eventarium';
const bus = eventBus('shop-bus');
every(1000, (n) => bus.emit('order.created', { id: n, email: \`u\${n}@example.com\` }), { times: 4 });
`;

const email = `import { eventBus, sleep } from 'eventarium';
const bus = eventBus('shop-bus');
bus.subscribe('order.*', async function sendEmail(event) {
  await sleep(200);
  console.log(\`mail to \${event.data.email}\`);
});
`;

const accounting = `import { eventBus, sleep } from 'eventarium';
const bus = eventBus('shop-bus');
bus.subscribe('order.created', async function post(event) {
  await sleep(100);
  throw new Error('1C answers 503');
}, { retry: { attempts: 2 }, deadLetter: 'orders.dead' });
`;

const processes = ['shop', 'email', 'accounting', 'sms'];

export const sampleScenario: Scenario = {
  ...emptyScenario,
  title: 'Order created',
  about: 'Three listeners hear of one order. Watch accounting fail.',
  durationMs: 5000,
  seed: 7,
  speed: 0.5,
  processes: processes.map((name) => ({ name, file: `${name}.ts`, args: [], env: {}, startAtMs: 0, replicas: 1 })),
  files: { 'shop.ts': shop, 'email.ts': email, 'accounting.ts': accounting, 'sms.ts': email },
  interventions: [
    { type: 'process.crash', atMs: 2500, process: 'sms' },
    { type: 'process.restart', atMs: 3600, process: 'sms' },
  ],
};

type Fact = Entry extends infer E ? (E extends Entry ? Omit<E, 'seq'> : never) : never;

/** Gives facts their place in the log. */
export function numbered(facts: readonly Fact[]): Entry[] {
  return facts.map((fact, seq) => ({ ...fact, seq }));
}

function order(n: number, atMs: number): Message {
  return {
    id: `m_${n}`,
    source: '/shop',
    specversion: '1.0',
    type: 'order.created',
    time: new Date(Date.UTC(2026, 0, 1) + atMs).toISOString(),
    datacontenttype: 'application/json',
    correlationid: `m_${n}`,
    data: { id: n, email: `u${n}@example.com`, total: 1500, items: [{ sku: 'KB-87', qty: 1 }] },
  };
}

function start(): Fact[] {
  const started = processes.map((name): Fact => {
    return { type: 'process.started', atMs: 0, process: name, service: name, file: `${name}.ts`, args: [], life: 1 };
  });
  const subscribed = processes.slice(1).map((name, index): Fact => {
    const retries = name === 'accounting';
    return {
      type: 'listener.subscribed',
      atMs: 0,
      where: `${name}.ts:3`,
      broker: 'shop-bus',
      subscription: `s_${index + 1}`,
      process: name,
      listener: retries ? 'post' : 'sendEmail',
      pattern: retries ? 'order.created' : 'order.*',
      attempts: retries ? 2 : 1,
      ...(retries ? { deadLetter: 'orders.dead' } : {}),
    };
  });
  return [
    { type: 'run.started', atMs: 0, title: 'Order created', seed: 7, durationMs: 5000, version: 1 },
    ...started,
    { type: 'broker.declared', atMs: 0, broker: 'shop-bus', kind: 'bus', settings: { mode: 'direct' } },
    ...subscribed,
  ];
}

/** All of one order, in the order of time. */
function story(n: number, atMs: number, smsUp: boolean): Fact[] {
  const message = `m_${n}`;
  const common = { message, broker: 'shop-bus' };
  const delivery = (process: string, attempt: number) => ({
    ...common,
    delivery: `d_${n}_${process}_${attempt}`,
    process,
    listener: process === 'accounting' ? 'post' : 'sendEmail',
    attempt,
  });
  const dispatched = (process: string, index: number, attempt: number, at: number): Fact => ({
    ...delivery(process, attempt),
    type: 'message.dispatched',
    atMs: at,
    subscription: `s_${index}`,
    arrivesAtMs: at + 50,
  });
  const targets = smsUp ? ['email', 'accounting', 'sms'] : ['email', 'accounting'];
  const failure = { name: 'Error', message: '1C answers 503', stack: 'accounting.ts:5' };
  const failed = (attempt: number, at: number): Fact => ({
    ...delivery('accounting', attempt),
    type: 'delivery.failed',
    atMs: at,
    where: 'accounting.ts:5',
    tookMs: 100,
    reason: 'threw',
    failure,
    attemptsLeft: 2 - attempt,
  });
  const email = (process: string): Fact[] => [
    {
      type: 'console.printed',
      atMs: atMs + 300,
      where: `${process}.ts:5`,
      process,
      stream: 'stdout',
      text: `mail to u${n}@example.com\n`,
    },
    { ...delivery(process, 1), type: 'delivery.succeeded', atMs: atMs + 300, tookMs: 200 },
  ];
  return [
    {
      type: 'message.published',
      atMs,
      where: 'shop.ts:3',
      message: order(n, atMs),
      process: 'shop',
      broker: 'shop-bus',
      arrivesAtMs: atMs + 50,
    },
    {
      type: 'message.routed',
      atMs: atMs + 50,
      ...common,
      subscriptions: targets.map((_, i) => `s_${i + 1}`),
      queues: [],
    },
    ...targets.map((process, i) => dispatched(process, i + 1, 1, atMs + 50)),
    ...targets.map((process): Fact => ({ ...delivery(process, 1), type: 'delivery.started', atMs: atMs + 100 })),
    failed(1, atMs + 200),
    {
      ...delivery('accounting', 1),
      type: 'delivery.retry-scheduled',
      atMs: atMs + 200,
      nextAttempt: 2,
      attempts: 2,
      dueAtMs: atMs + 600,
    },
    ...email('email'),
    ...(smsUp ? email('sms') : []),
    dispatched('accounting', 2, 2, atMs + 600),
    { ...delivery('accounting', 2), type: 'delivery.started', atMs: atMs + 650 },
    failed(2, atMs + 750),
    {
      type: 'message.dead-lettered',
      atMs: atMs + 750,
      ...common,
      queue: 'orders.dead',
      listener: 'post',
      attempts: 2,
      reason: 'attempts',
    },
  ];
}

export function sampleEntries(): Entry[] {
  const [crash, restart] = sampleScenario.interventions;
  return numbered([
    ...start(),
    ...story(1, 1000, true),
    ...story(2, 2000 - 250, true),
    { type: 'intervention.applied', atMs: 2500, intervention: crash! },
    { type: 'process.crashed', atMs: 2500, process: 'sms', interrupted: 0 },
    ...story(3, 2750, false),
    { type: 'intervention.applied', atMs: 3600, intervention: restart! },
    { type: 'process.started', atMs: 3600, process: 'sms', service: 'sms', file: 'sms.ts', args: [], life: 2 },
    ...story(4, 4000, false),
    { type: 'run.ended', atMs: 5000, reason: 'duration' },
  ]);
}

/** The sample run with the playhead at 2.6 s: `sms` has crashed, two orders are through. */
export function samplePlayer(atMs = 2600): FakePlayer {
  const player = new FakePlayer(sampleEntries(), sampleScenario);
  player.seek(atMs);
  player.calls.length = 0;
  return player;
}
