import type { Scenario } from '../../scenario/scenario';
import { emptyScenario } from '../../scenario/limits';

/** What is measured: one process that publishes four messages each millisecond, which are delivered in it. */
export const listenersPerInstant = 4;

const busCases = ['plain', 'asyncSettled', 'sleeping'] as const;
type BusCase = (typeof busCases)[number];
export const caseNames = [...busCases, 'rabbitmq', 'redis', 'http'] as const;
export type CaseName = (typeof caseNames)[number];

const listeners: Readonly<Record<BusCase, string>> = {
  plain: '(event) => { seen += event.data.n; }',
  asyncSettled: 'async (event) => { seen += event.data.n; }',
  sleeping: 'async (event) => { await sleep(10); seen += event.data.n; }',
};

export const whatIsMeasured: Readonly<Record<CaseName, string>> = {
  plain: 'plain listeners, 4 per instant',
  asyncSettled: 'async listeners that settle at once, 4 per instant',
  sleeping: 'listeners that sleep 10 ms, 4 per instant',
  rabbitmq: 'publish, route, deliver and ack through amqplib, 4 per instant',
  redis: 'publish and deliver through ioredis, 4 per instant',
  http: 'request, handler and response through express and node:http, 4 per instant',
};

/** A scenario in which this many messages are delivered, or requests answered. */
export function workload(name: CaseName, deliveries: number): Scenario {
  const instants = Math.ceil(deliveries / listenersPerInstant);
  return oneProcess(name, sourceOf(name, instants), instants + 1_000);
}

export function oneProcess(title: string, source: string, durationMs: number): Scenario {
  const processes = [{ name: 'bench', file: 'bench.ts', args: [], env: {}, startAtMs: 0, replicas: 1 }];
  return { ...emptyScenario, title, durationMs, processes, files: { 'bench.ts': source } };
}

function sourceOf(name: CaseName, instants: number): string {
  switch (name) {
    case 'rabbitmq':
      return rabbitSource(instants);
    case 'redis':
      return redisSource(instants);
    case 'http':
      return httpSource(instants);
    default:
      return busSource(listeners[name], instants);
  }
}

function busSource(listener: string, instants: number): string {
  return `import { eventBus, every, sleep } from 'eventarium';
const bus = eventBus('bench');
let seen = 0;
for (let n = 0; n < ${listenersPerInstant}; n++) bus.subscribe('tick', ${listener}, { name: \`listener-\${n}\` });
every(1, (n) => bus.emit('tick', { n }), { times: ${instants} });
`;
}

function rabbitSource(instants: number): string {
  return `import amqp from 'amqplib';
import { every } from 'eventarium';
const connection = await amqp.connect('amqp://localhost', { noDelay: true });
const channel = await connection.createChannel();
await channel.assertExchange('bench', 'topic');
await channel.assertQueue('ticks');
await channel.bindQueue('ticks', 'bench', 'tick.*');
let seen = 0;
await channel.consume('ticks', (message) => { seen += message.content.length; channel.ack(message); });
const body = Buffer.from('{"n":1}');
every(1, () => {
  for (let n = 0; n < ${listenersPerInstant}; n++) channel.publish('bench', 'tick.' + n, body);
}, { times: ${instants} });
`;
}

function redisSource(instants: number): string {
  return `import Redis from 'ioredis';
import { every } from 'eventarium';
const publisher = new Redis();
const subscriber = new Redis();
let seen = 0;
subscriber.on('message', (channel, message) => { seen += message.length; });
await subscriber.subscribe('tick');
every(1, () => {
  for (let n = 0; n < ${listenersPerInstant}; n++) publisher.publish('tick', '{"n":1}');
}, { times: ${instants} });
`;
}

function httpSource(instants: number): string {
  return `import express from 'express';
import http from 'node:http';
import { every } from 'eventarium';
const app = express();
app.use(express.json());
let seen = 0;
app.post('/orders/:id', (req, res) => { seen += req.body.n; res.status(201).json({ id: req.params.id }); });
const server = app.listen(3000);
const options = { port: 3000, method: 'POST', headers: { 'Content-Type': 'application/json' } };
let answered = 0;
every(1, () => {
  for (let n = 0; n < ${listenersPerInstant}; n++)
    http.request({ ...options, path: '/orders/' + n }, (res) => {
      res.resume();
      answered += 1;
      if (answered === ${String(instants * listenersPerInstant)}) server.close();
    }).end('{"n":1}');
}, { times: ${instants} });
`;
}
