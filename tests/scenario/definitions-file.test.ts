import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import type { Definitions } from '../../src/brokers/rabbitmq/definitions';
import type { ApplyTo } from '../../src/brokers/rabbitmq/policies';
import type { Table } from '../../src/brokers/rabbitmq/protocol';
import { execute } from '../../src/headless/execute';
import { applyEntry, createSystem } from '../../src/projections/system';
import { definitionsFile } from '../../src/scenario/definitions-file';
import { readScenarioFile } from '../../src/scenario/file';
import type { Scenario } from '../../src/scenario/scenario';

// Each case is a whole run, and a busy machine runs them slowly.
vi.setConfig({ testTimeout: 120_000 });

const name = fc.stringMatching(/^[a-z][a-z.]{0,8}$/);
const key = fc.constantFrom('', 'a.b', '#', 'order.*', 'ключ');
const queueArguments = fc.constantFrom<Table>(
  {},
  { 'x-message-ttl': 60_000 },
  { 'x-queue-type': 'quorum', 'x-delivery-limit': 3 },
  { 'x-max-priority': 5, 'x-dead-letter-exchange': '', 'x-dead-letter-routing-key': 'dead' },
);
const policy = fc.record({
  name,
  pattern: fc.constantFrom('.*', '^a', 'b$'),
  'apply-to': fc.constantFrom<ApplyTo>('all', 'queues', 'exchanges', 'quorum_queues'),
  definition: fc.constantFrom<Table>({ 'max-length': 10 }, { 'message-ttl': 5_000, overflow: 'reject-publish' }),
  priority: fc.nat(9),
});

/** What a RabbitMQ may hold: bindings lead from exchanges that are there to what is there. */
const definitions: fc.Arbitrary<Definitions> = fc
  .record({
    queues: fc.uniqueArray(
      fc.record({ name, durable: fc.constant(true), auto_delete: fc.constant(false), arguments: queueArguments }),
      { selector: (queue) => queue.name, maxLength: 4 },
    ),
    exchanges: fc.uniqueArray(
      fc.record({
        name,
        type: fc.constantFrom('direct', 'fanout', 'topic', 'headers'),
        durable: fc.boolean(),
        auto_delete: fc.boolean(),
        internal: fc.boolean(),
        arguments: fc.constantFrom<Table>({}, { 'alternate-exchange': 'amq.fanout' }),
      }),
      { selector: (exchange) => exchange.name, maxLength: 4 },
    ),
    policies: fc.uniqueArray(policy, { selector: (each) => each.name, maxLength: 3 }),
    seeds: fc.array(fc.tuple(fc.nat(), fc.nat(), key, fc.boolean()), { maxLength: 5 }),
  })
  .map(({ queues, exchanges, policies, seeds }): Definitions => {
    const bindings = new Map<string, Definitions['bindings'][number]>();
    for (const [from, to, routing_key, toExchange] of seeds) {
      const source = exchanges[from % (exchanges.length || 1)];
      const targets = toExchange ? exchanges : queues;
      const target = targets[to % (targets.length || 1)];
      if (source === undefined || target === undefined) continue;
      const destination_type = toExchange ? ('exchange' as const) : ('queue' as const);
      const one = { source: source.name, destination: target.name, destination_type, routing_key, arguments: {} };
      bindings.set(JSON.stringify(one), one);
    }
    return { policies, parameters: [], queues, exchanges, bindings: [...bindings.values()] };
  });

function opened(text: string, title?: string): Scenario {
  const read = readScenarioFile(text, title);
  if (read.type !== 'scenario') throw new Error(JSON.stringify(read));
  return read.scenario;
}

/** The scenario's RabbitMQ as a file, at the end of its run. */
async function exported(scenario: Scenario): Promise<string> {
  const system = createSystem();
  await execute(scenario, {
    untilMs: 10,
    onEntries: (entries) => {
      for (const entry of entries) applyEntry(system, entry);
    },
  });
  return definitionsFile(system.brokers.get('rabbitmq'), scenario.brokers?.rabbitmq);
}

test('what is imported, run and exported is what was imported', async () => {
  await fc.assert(
    fc.asyncProperty(definitions, async (given) => {
      const scenario = opened(JSON.stringify({ rabbitmq_version: '3.10.8', ...given }));
      expect(scenario.brokers?.rabbitmq?.definitions).toEqual(given);
      const again = opened(await exported(scenario));
      expect(again.brokers).toEqual(scenario.brokers);
    }),
    { numRuns: 40 },
  );
});

test('a file as RabbitMQ exports it becomes a scenario, and what is not simulated is tolerated', () => {
  const text = JSON.stringify({
    rabbit_version: '4.1.2',
    rabbitmq_version: '4.1.2',
    product_name: 'RabbitMQ',
    users: [{ name: 'guest', password_hash: 'x', tags: ['administrator'] }],
    vhosts: [{ name: '/' }],
    permissions: [{ user: 'guest', vhost: '/', configure: '.*', write: '.*', read: '.*' }],
    topic_permissions: [],
    global_parameters: [{ name: 'cluster_name', value: 'rabbit@host' }],
    parameters: [
      {
        component: 'operator_policy',
        name: 'cap',
        vhost: '/',
        value: { pattern: '.', definition: { 'max-length': 9 } },
      },
    ],
    policies: [
      {
        vhost: '/',
        name: 'dlx',
        pattern: '^orders',
        'apply-to': 'queues',
        priority: 1,
        definition: { 'dead-letter-exchange': 'dead' },
      },
    ],
    queues: [{ name: 'orders', vhost: '/', durable: true, auto_delete: false, type: 'quorum', arguments: {} }],
    exchanges: [
      { name: 'shop', vhost: '/', type: 'topic', durable: true, auto_delete: false, internal: false, arguments: {} },
    ],
    bindings: [
      {
        source: 'shop',
        vhost: '/',
        destination: 'orders',
        destination_type: 'queue',
        routing_key: 'order.#',
        arguments: {},
      },
    ],
  });
  const read = readScenarioFile(text, 'shop');
  expect(read).toMatchObject({
    type: 'scenario',
    warnings: [],
    scenario: {
      title: 'shop',
      brokers: {
        rabbitmq: {
          version: '4.0',
          definitions: {
            queues: [{ name: 'orders', arguments: { 'x-queue-type': 'quorum' } }],
            parameters: [{ name: 'cap', value: { pattern: '.', 'apply-to': 'all', priority: 0 } }],
          },
        },
      },
    },
  });
});

test('names what is malformed, all at once and by its place in the file', () => {
  const text = JSON.stringify({
    queues: [{ name: 'q', durable: 'yes' }, { arguments: {} }, 7],
    exchanges: { name: 'e' },
    bindings: [{ source: 'e', destination: 'q', destination_type: 'topic' }],
    policies: [{ name: 'p', pattern: '(', definition: { 'message-ttl': -1, overflow: 'spill' } }],
  });
  expect(readScenarioFile(text)).toEqual({
    type: 'invalid-scenario',
    problems: [
      { type: 'bad-pattern', path: 'policies[0].pattern' },
      { type: 'out-of-range', path: 'policies[0].definition["message-ttl"]', min: 0, max: Number.MAX_SAFE_INTEGER },
      {
        type: 'unknown-choice',
        path: 'policies[0].definition.overflow',
        choices: ['drop-head', 'reject-publish', 'reject-publish-dlx'],
      },
      { type: 'wrong-kind', path: 'queues[0].durable', wanted: 'flag' },
      { type: 'missing', path: 'queues[1].name' },
      { type: 'wrong-kind', path: 'queues[2]', wanted: 'object' },
      { type: 'wrong-kind', path: 'exchanges', wanted: 'list' },
      { type: 'unknown-choice', path: 'bindings[0].destination_type', choices: ['queue', 'exchange'] },
    ],
  });
});

test('leaves out what the broker refuses, with its words, and what hangs on it', () => {
  const text = JSON.stringify({
    queues: [{ name: 'log', arguments: { 'x-queue-type': 'stream' } }, { name: 'mail' }],
    exchanges: [
      { name: 'spread', type: 'x-consistent-hash' },
      { name: 'e', type: 'fanout' },
    ],
    bindings: [
      { source: 'e', destination: 'log' },
      { source: 'e', destination: 'mail' },
    ],
  });
  const read = readScenarioFile(text);
  expect(read).toMatchObject({
    type: 'scenario',
    scenario: { brokers: { rabbitmq: { definitions: { queues: [{ name: 'mail' }], exchanges: [{ name: 'e' }] } } } },
    warnings: [
      { type: 'not-simulated', path: 'queues[0]', what: 'x-queue-type: stream' },
      { type: 'refused', path: 'exchanges[0]', text: `COMMAND_INVALID - unknown exchange type 'x-consistent-hash'` },
      { type: 'refused', path: 'bindings[0]', text: `NOT_FOUND - no queue 'log' in vhost '/'` },
    ],
  });
});

test('takes the virtual host / and says what it left out, or the first one when there is nothing in /', () => {
  const queue = (name: string, vhost: string): object => ({ name, vhost });
  expect(readScenarioFile(JSON.stringify({ queues: [queue('a', '/'), queue('b', 'test')] }))).toMatchObject({
    scenario: { brokers: { rabbitmq: { definitions: { queues: [{ name: 'a' }] } } } },
    warnings: [{ type: 'other-vhost', path: '', vhost: 'test' }],
  });
  expect(readScenarioFile(JSON.stringify({ queues: [queue('b', 'prod')] }))).toMatchObject({
    scenario: { brokers: { rabbitmq: { definitions: { queues: [{ name: 'b' }] } } } },
    warnings: [{ type: 'renamed-vhost', path: '', vhost: 'prod' }],
  });
});

test('keeps what a policy says that has no effect here, so that it goes back', async () => {
  const definition = { 'ha-mode': 'all', 'max-length': 5 };
  const text = JSON.stringify({ policies: [{ name: 'ha', pattern: '.', definition }] });
  expect(readScenarioFile(text)).toMatchObject({
    warnings: [{ type: 'no-effect', path: 'policies[0].definition["ha-mode"]' }],
  });
  expect(JSON.parse(await exported(opened(text)))).toMatchObject({ policies: [{ name: 'ha', definition }] });
});

test('an exclusive queue and its bindings belong to a connection, and are not exported', async () => {
  const scenario = opened(JSON.stringify({ exchanges: [{ name: 'e', type: 'fanout' }] }));
  const source = `import amqp from 'amqplib';
const channel = await (await amqp.connect('amqp://localhost')).createChannel();
await channel.assertQueue('kept');
await channel.assertQueue('own', { exclusive: true });
await channel.bindQueue('kept', 'e', 'k');
await channel.bindQueue('own', 'e', 'k');
`;
  const files = { 'publisher.js': source };
  const network = { default: { latencyMs: 0, jitterMs: 0, loss: 0, cut: false }, links: [] };
  expect(JSON.parse(await exported({ ...scenario, files, network }))).toMatchObject({
    queues: [{ name: 'kept' }],
    bindings: [{ destination: 'kept', vhost: '/' }],
  });
});
