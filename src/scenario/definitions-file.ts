import type { Definitions, PolicyDefinition, QueueDefinition } from '../brokers/rabbitmq/definitions';
import { defaultVersion, type Version } from '../brokers/rabbitmq/version';
import type { Table } from '../brokers/rabbitmq/protocol';
import type { Settings } from '../log/entry';
import type { BrokerState, QueueState } from '../projections/system';
import {
  type BindingState,
  createTopology,
  type ExchangeState,
  type TopologyState,
} from '../projections/system-topology';
import { linkDefaults, scenarioDefaults } from './limits';
import { readDefinitions } from './parse-definitions';
import type { Problem } from './problem';
import { Reader } from './reader';
import type { RabbitMqSpec, Scenario } from './scenario';

/**
 * `definitions.json`, which RabbitMQ's management exports and imports: a scenario of it, and back.
 * Source of the format: rabbitmq.com/docs/definitions.
 */

/** Whether the data of a file are definitions: RabbitMQ writes its version into them, and whoever writes them by hand these lists. */
export function isDefinitions(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return false;
  return ['rabbit_version', 'rabbitmq_version', 'queues', 'exchanges', 'bindings', 'policies'].some((key) =>
    Object.hasOwn(value, key),
  );
}

/**
 * A scenario whose RabbitMQ starts with these definitions, of the version that they came from, and with a process that publishes.
 * What that version refuses, such as types of exchanges that are plugins, is left out with a warning.
 */
export function scenarioOfDefinitions(
  value: Readonly<Record<string, unknown>>,
  title: string,
):
  | { readonly type: 'scenario'; readonly scenario: Scenario; readonly warnings: readonly Problem[] }
  | { readonly type: 'invalid-scenario'; readonly problems: readonly Problem[] } {
  const reader = new Reader();
  const version = versionIn(value['rabbitmq_version'] ?? value['rabbit_version']);
  const definitions = readDefinitions(reader, value, { path: '', version, onRefusal: 'warning' });
  const { problems, warnings } = reader;
  if (problems.length > 0) return { type: 'invalid-scenario', problems };
  const scenario: Scenario = {
    ...scenarioDefaults,
    title,
    durationMs: 20_000,
    speed: 0.5,
    processes: [{ name: 'publisher', file: 'publisher.js', args: [], env: {}, startAtMs: 0, replicas: 1 }],
    network: { default: { ...linkDefaults, latencyMs: 100 }, links: [] },
    interventions: [],
    brokers: { rabbitmq: { ...(version !== defaultVersion && { version }), definitions } },
    files: { 'publisher.js': publisherOf(definitions) },
  };
  return { type: 'scenario', scenario, warnings };
}

/** The simulated version whose semantics are nearest. */
function versionIn(text: unknown): Version {
  const [major = 0, minor = 0] = typeof text === 'string' ? text.split('.').map(Number) : [];
  if (major < 4) return defaultVersion;
  return major === 4 && minor < 3 ? '4.0' : '4.3';
}

/** Publishes once a second to where something is bound, or else to the first queue. */
function publisherOf({ bindings, queues }: Definitions): string {
  const [bound] = bindings;
  const exchange = bound?.source ?? '';
  const key = (bound?.routing_key ?? queues[0]?.name ?? 'nobody').replace(/[*#]/g, 'any');
  const quote = (text: string): string => JSON.stringify(text);
  return `import amqp from 'amqplib';
import { every } from 'eventarium';

const connection = await amqp.connect('amqp://localhost');
const channel = await connection.createChannel();

every(
  1000,
  (n) => channel.publish(${quote(exchange)}, ${quote(key)}, Buffer.from(JSON.stringify({ id: n }))),
  { times: 10 },
);
`;
}

/** The text of a file from which RabbitMQ's management makes the broker as it is in `state`; undefined: it has nothing. `spec`: the scenario's. */
export function definitionsFile(state: BrokerState | undefined, spec: RabbitMqSpec | undefined): string {
  const inVhost = <T extends object>(items: readonly T[]): object[] => items.map((item) => ({ ...item, vhost: '/' }));
  const { policies, parameters, queues, exchanges, bindings } = definitionsOf(state, spec);
  const content = {
    rabbitmq_version: spec?.version ?? defaultVersion,
    vhosts: [{ name: '/' }],
    parameters: inVhost(parameters),
    policies: inVhost(policies),
    queues: inVhost(queues),
    exchanges: inVhost(exchanges),
    bindings: inVhost(bindings),
  };
  return JSON.stringify(content, undefined, 2) + '\n';
}

/**
 * The broker as definitions. As in RabbitMQ's own, exclusive queues are not among them, nor what every broker has.
 */
export function definitionsOf(state: BrokerState | undefined, spec: RabbitMqSpec | undefined): Definitions {
  const { queues = new Map<string, QueueState>(), topology = createTopology() } = state ?? {};
  const known = [...queues.values()].flatMap(({ name, settings }) =>
    settings === undefined || settings['exclusive'] === true ? [] : [queueOf(name, settings)],
  );
  const names = new Set(known.map(({ name }) => name));
  return {
    policies: policiesNow(spec, state),
    parameters: spec?.definitions?.parameters ?? [],
    queues: known,
    exchanges: [...topology.exchanges.values()].filter(({ exchange }) => !exchange.startsWith('amq.')).map(exchangeOf),
    bindings: [...topology.bindings.values()]
      .filter(({ to, destination }) => to === 'exchange' || names.has(destination))
      .map(bindingOf),
  };
}

/** The policies with which the broker began, and what was set and removed since. */
export function policiesNow(
  spec: RabbitMqSpec | undefined,
  state: { readonly topology: Pick<TopologyState, 'policies'> } | undefined,
): readonly PolicyDefinition[] {
  const changed = state?.topology.policies ?? new Map<string, undefined>();
  const kept = (spec?.definitions?.policies ?? []).filter(({ name }) => !changed.has(name));
  const set = [...changed].flatMap(([name, policy]) => (policy === undefined ? [] : [{ ...policy, name }]));
  return [...kept, ...set];
}

function queueOf(name: string, settings: Settings): QueueDefinition {
  const { durable = true, 'auto-delete': autoDelete = false, ...args } = settings;
  return { name, durable: durable === true, auto_delete: autoDelete === true, arguments: args };
}

function exchangeOf({ exchange, kind, settings }: ExchangeState): Definitions['exchanges'][number] {
  const { durable = true, 'auto-delete': autoDelete = false, internal = false, ...args } = settings;
  return {
    name: exchange,
    type: kind,
    durable: durable === true,
    auto_delete: autoDelete === true,
    internal: internal === true,
    arguments: args,
  };
}

function bindingOf({ source, destination, to, key, arguments: args }: BindingState): Definitions['bindings'][number] {
  const table: Table = args;
  return { source, destination, destination_type: to, routing_key: key, arguments: table };
}
