import type { Definitions } from '../../brokers/rabbitmq/definitions';
import { createRun } from '../../runtime/run';
import type { Scenario } from '../../scenario/scenario';
import { type Engine, type Figure, type Figures, median, rounded } from './measure';
import { listenersPerInstant, oneProcess } from './workload';

/**
 * How what a message costs in RabbitMQ grows with what waits in its queue, and with the bindings of its exchange. The costs of
 * both sizes are measured in turn, and `growth` is the median of how many times dearer the larger one is.
 */
export interface GrowthSizes {
  readonly rounds: number;
  readonly messages: number;
  readonly depths: readonly [few: number, many: number];
  readonly bindings: readonly [few: number, many: number];
}

export const whatGrows = {
  depth: 'messages through a queue in which many wait; growth: cost against a queue in which few do',
  directBindings: 'messages through a direct exchange with many bindings; growth: cost against few',
  topicBindings: 'messages through a topic exchange with many bindings; growth: cost against few',
} as const;

export async function measureGrowth(engine: Engine, sizes: GrowthSizes, bare: number): Promise<Figures> {
  const { depths, bindings, messages } = sizes;
  const figures: Record<keyof typeof whatGrows, Figure> = {
    depth: await grown(engine, sizes, bare, depths, (depth) => deep(depth, messages)),
    directBindings: await grown(engine, sizes, bare, bindings, (count) => bound('direct', count, messages)),
    topicBindings: await grown(engine, sizes, bare, bindings, (count) => bound('topic', count, messages)),
  };
  return figures;
}

/** A scenario and the instant from which it is measured. */
interface Workload {
  readonly scenario: Scenario;
  readonly fromMs: number;
  /** Messages that wait by then. */
  readonly waiting: number;
}

async function grown(
  engine: Engine,
  { rounds }: GrowthSizes,
  bare: number,
  [few, many]: readonly [number, number],
  workload: (size: number) => Workload,
): Promise<Figure> {
  const growths: number[] = [];
  const rates: number[] = [];
  // What comes first is slow because the engine has not seen the code yet.
  await messagesPerSecond(engine, workload(few));
  for (let round = 0; round < rounds; round += 1) {
    const small = await messagesPerSecond(engine, workload(few));
    const large = await messagesPerSecond(engine, workload(many));
    growths.push(small / large);
    rates.push(large);
  }
  const perSecond = median(rates);
  return { perSecond: Math.round(perSecond), ratio: rounded(perSecond / bare), growth: rounded(median(growths)) };
}

/** Of what is delivered from the instant on. */
async function messagesPerSecond({ host, nowMs }: Engine, { scenario, fromMs, waiting }: Workload): Promise<number> {
  let begunMs = NaN;
  let deliveries = 0;
  let enqueued = 0;
  const run = createRun({
    scenario,
    host,
    sink: (entries) => {
      if (Number.isNaN(begunMs)) {
        for (const entry of entries) if (entry.type === 'message.enqueued') enqueued += 1;
        if ((entries.at(-1)?.atMs ?? 0) >= fromMs) begunMs = nowMs();
      } else if (begunMs > 0) for (const entry of entries) if (entry.type === 'delivery.succeeded') deliveries += 1;
    },
    shouldYield: () => false,
  });
  await run.advance(Infinity);
  const seconds = (nowMs() - begunMs) / 1_000;
  if (enqueued < waiting) throw new Error(`${scenario.title}: only ${enqueued} messages wait`);
  if (deliveries === 0) throw new Error(`${scenario.title}: nothing was delivered`);
  return deliveries / seconds;
}

const filledPerInstant = 1_000;

/** As many messages as are published are taken from the other end of the queue, so that it stays as deep as it is. */
function deep(depth: number, messages: number): Workload {
  const fromMs = Math.ceil(depth / filledPerInstant) + 100;
  const instants = Math.ceil(messages / listenersPerInstant);
  const source = `import amqp from 'amqplib';
import { every, sleep } from 'eventarium';
const connection = await amqp.connect('amqp://localhost', { noDelay: true });
const channel = await connection.createChannel();
await channel.assertQueue('deep');
const body = Buffer.from('{"n":1}');
const publish = (count) => {
  for (let n = 0; n < count; n++) channel.sendToQueue('deep', body);
};
every(1, () => publish(${filledPerInstant}), { times: ${Math.ceil(depth / filledPerInstant)} });
await sleep(${fromMs});
let held = [];
await channel.prefetch(${listenersPerInstant});
await channel.consume('deep', (message) => { held.push(message); });
every(1, () => {
  publish(${listenersPerInstant});
  const taken = held;
  held = [];
  for (const message of taken) channel.ack(message);
}, { times: ${instants} });
`;
  return { scenario: oneProcess(`depth ${depth}`, source, fromMs + instants + 100), fromMs, waiting: depth };
}

/** Each message follows one of the bindings. */
function bound(type: 'direct' | 'topic', count: number, messages: number): Workload {
  const instants = Math.ceil(messages / listenersPerInstant);
  const source = `import amqp from 'amqplib';
import { every } from 'eventarium';
const connection = await amqp.connect('amqp://localhost', { noDelay: true });
const channel = await connection.createChannel();
let seen = 0;
await channel.consume('ticks', (message) => { seen += message.content.length; channel.ack(message); });
const body = Buffer.from('{"n":1}');
let next = 0;
every(1, () => {
  for (let n = 0; n < ${listenersPerInstant}; n++) channel.publish('bench', 'tick.' + (next++ % ${count}) + '.x', body);
}, { times: ${instants} });
`;
  const definitions: Definitions = {
    policies: [],
    parameters: [],
    queues: [{ name: 'ticks', durable: true, auto_delete: false, arguments: {} }],
    exchanges: [{ name: 'bench', type, durable: true, auto_delete: false, internal: false, arguments: {} }],
    bindings: Array.from({ length: count }, (_, n) => ({
      source: 'bench',
      destination: 'ticks',
      destination_type: 'queue',
      routing_key: `tick.${n}.${type === 'topic' ? '*' : 'x'}`,
      arguments: {},
    })),
  };
  const scenario = oneProcess(`${count} ${type} bindings`, source, instants + 1_000);
  return { scenario: { ...scenario, brokers: { rabbitmq: { definitions } } }, fromMs: 1, waiting: 0 };
}
