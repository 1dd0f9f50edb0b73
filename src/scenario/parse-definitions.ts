import {
  type BindingDefinition,
  type Definitions,
  type ExchangeDefinition,
  type OperatorPolicyDefinition,
  type PolicyDefinition,
  type PolicyRule,
  type QueueDefinition,
  refusalsOf,
} from '../brokers/rabbitmq/definitions';
import { type ApplyTo, appliesTo, choicesOfPolicy, lowestOfPolicy, policyKeys } from '../brokers/rabbitmq/policies';
import type { Table } from '../brokers/rabbitmq/protocol';
import { defaultVersion, type Version } from '../brokers/rabbitmq/version';
import { limits } from './limits';
import { type Fields, pathTo, type Reader } from './reader';

interface Reading {
  /** Of the definitions in the document. */
  readonly path: string;
  /** Of the broker that has to accept them. */
  readonly version: Version | undefined;
  /** What that broker refuses: a problem, or left out with a warning. */
  readonly onRefusal: 'problem' | 'warning';
}

/** Beside what is simulated, in files that RabbitMQ exports. */
const tolerated: readonly string[] = [
  'rabbit_version',
  'rabbitmq_version',
  'rabbitmq_definition_format',
  'product_name',
  'product_version',
  'original_cluster_name',
  'original_vhost_name',
  'default_queue_type',
  'explanation',
  'description',
  'metadata',
  'users',
  'vhosts',
  'permissions',
  'topic_permissions',
  'global_parameters',
  'limits',
];
const lists = ['policies', 'parameters', 'queues', 'exchanges', 'bindings'] as const satisfies (keyof Definitions)[];

/**
 * Reads what a RabbitMQ starts with, in the format of `definitions.json`. What is absent gets the default that RabbitMQ's
 * management has. There is one virtual host, `/`: what belongs to others is left out, or, when nothing belongs to `/`, that of
 * the first one is taken for it.
 */
export function readDefinitions(reader: Reader, value: unknown, reading: Reading): Definitions {
  const { path } = reading;
  const raw = reader.object(value, path, [...lists, ...tolerated]) ?? {};
  const vhost = chooseVhost(reader, raw, path);
  const read = <T>(list: (typeof lists)[number], one: (fields: Fields, path: string) => T): Placed<T>[] =>
    reader.list(raw[list], pathTo(path, list), limits.definitionsMax).flatMap((each, index) => {
      const place = `${pathTo(path, list)}[${index}]`;
      const fields = reader.object(each, place);
      if (fields === undefined || (fields['vhost'] ?? vhost) !== vhost) return [];
      return [{ value: one(fields, place), path: place }];
    });
  const placed = {
    policies: read('policies', (fields, at) => readPolicy(reader, fields, at)),
    parameters: read('parameters', (fields, at) => readParameter(reader, fields, at)).filter(isPresent),
    queues: read('queues', (fields, at) => readQueue(reader, fields, at)),
    exchanges: read('exchanges', (fields, at) => readExchange(reader, fields, at)),
    bindings: read('bindings', (fields, at) => readBinding(reader, fields, at)),
  };
  return accepted(reader, placed, reading);
}

interface Placed<T> {
  readonly value: T;
  readonly path: string;
}

type PlacedDefinitions = { readonly [K in keyof Definitions]: readonly Placed<Definitions[K][number]>[] };

/** The definitions without what the broker refuses. */
function accepted(reader: Reader, placed: PlacedDefinitions, { version, onRefusal }: Reading): Definitions {
  const all = without(placed, new Set());
  // A broker can only be asked about what can be read.
  if (reader.problems.length > 0) return all;
  const refused = new Set<string>();
  for (const { list, index, text } of refusalsOf(all, version ?? defaultVersion)) {
    const { path } = placed[list][index]!;
    refused.add(path);
    const isStream = list === 'queues' && all.queues[index]?.arguments['x-queue-type'] === 'stream';
    reader[onRefusal](
      isStream ? { type: 'not-simulated', path, what: 'x-queue-type: stream' } : { type: 'refused', path, text },
    );
  }
  return without(placed, refused);
}

function without(placed: PlacedDefinitions, refused: ReadonlySet<string>): Definitions {
  const kept = <T>(list: readonly Placed<T>[]): T[] =>
    list.filter(({ path }) => !refused.has(path)).map(({ value }) => value);
  return {
    policies: kept(placed.policies),
    parameters: kept(placed.parameters),
    queues: kept(placed.queues),
    exchanges: kept(placed.exchanges),
    bindings: kept(placed.bindings),
  };
}

function chooseVhost(reader: Reader, raw: Fields, path: string): string {
  const all = lists.flatMap((list) => (Array.isArray(raw[list]) ? (raw[list] as readonly unknown[]) : []));
  const named = all.map((each) => (each as Fields | null)?.['vhost'] ?? '/').filter((name) => typeof name === 'string');
  const vhosts = [...new Set(named)];
  const [first = '/'] = vhosts;
  const taken = vhosts.includes('/') ? '/' : first;
  if (taken !== '/') reader.warning({ type: 'renamed-vhost', path, vhost: taken });
  for (const vhost of vhosts) if (vhost !== taken) reader.warning({ type: 'other-vhost', path, vhost });
  return taken;
}

function readQueue(reader: Reader, fields: Fields, path: string): QueueDefinition {
  const args = readArguments(reader, fields['arguments'], `${path}.arguments`);
  const { type } = fields;
  // Later exports name the type beside the arguments, too.
  const isTyped = typeof type === 'string' && type !== 'classic' && args['x-queue-type'] === undefined;
  return {
    name: readName(reader, fields, 'name', path),
    durable: readFlag(reader, fields, 'durable', path, true),
    auto_delete: readFlag(reader, fields, 'auto_delete', path, false),
    arguments: isTyped ? { ...args, 'x-queue-type': type } : args,
  };
}

function readExchange(reader: Reader, fields: Fields, path: string): ExchangeDefinition {
  return {
    name: readName(reader, fields, 'name', path),
    type: readName(reader, fields, 'type', path),
    durable: readFlag(reader, fields, 'durable', path, true),
    auto_delete: readFlag(reader, fields, 'auto_delete', path, false),
    internal: readFlag(reader, fields, 'internal', path, false),
    arguments: readArguments(reader, fields['arguments'], `${path}.arguments`),
  };
}

function readBinding(reader: Reader, fields: Fields, path: string): BindingDefinition {
  const kind = fields['destination_type'] ?? 'queue';
  if (kind !== 'queue' && kind !== 'exchange')
    reader.problem({ type: 'unknown-choice', path: `${path}.destination_type`, choices: ['queue', 'exchange'] });
  return {
    source: readName(reader, fields, 'source', path),
    destination: readName(reader, fields, 'destination', path),
    destination_type: kind === 'exchange' ? 'exchange' : 'queue',
    routing_key: reader.text(fields['routing_key'], `${path}.routing_key`, limits.amqpNameCharsMax, ''),
    arguments: readArguments(reader, fields['arguments'], `${path}.arguments`),
  };
}

function readPolicy(reader: Reader, fields: Fields, path: string): PolicyDefinition {
  return { name: readName(reader, fields, 'name', path), ...readRule(reader, fields, path) };
}

/** Of the parameters only operator policies are of account here. */
function readParameter(reader: Reader, fields: Fields, path: string): OperatorPolicyDefinition | undefined {
  if (fields['component'] !== 'operator_policy') {
    reader.warning({ type: 'no-effect', path });
    return undefined;
  }
  const value = reader.object(fields['value'], `${path}.value`) ?? {};
  return {
    component: 'operator_policy',
    name: readName(reader, fields, 'name', path),
    value: readRule(reader, value, `${path}.value`),
  };
}

function isPresent<T>(placed: Placed<T | undefined>): placed is Placed<T> {
  return placed.value !== undefined;
}

/** A policy without its name. */
export function readRule(reader: Reader, fields: Fields, path: string): PolicyRule {
  const pattern = reader.text(fields['pattern'], `${path}.pattern`, limits.textCharsMax);
  if (!isPattern(pattern)) reader.problem({ type: 'bad-pattern', path: `${path}.pattern` });
  const given = fields['apply-to'] ?? 'all';
  const applyTo = appliesTo.find((each) => each === given);
  if (applyTo === undefined)
    reader.problem({ type: 'unknown-choice', path: pathTo(path, 'apply-to'), choices: appliesTo });
  const range = { min: -Number.MAX_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER, whole: true };
  return {
    pattern,
    'apply-to': applyTo ?? ('all' satisfies ApplyTo),
    definition: readPolicyDefinition(reader, fields['definition'], `${path}.definition`),
    priority: reader.number(fields['priority'], `${path}.priority`, range, 0),
  };
}

/** What has no effect is kept, since the file may go back to where it came from. */
function readPolicyDefinition(reader: Reader, value: unknown, path: string): Table {
  const fields = reader.object(value, path) ?? {};
  for (const [key, each] of Object.entries(fields)) {
    const at = pathTo(path, key);
    const min = lowestOfPolicy[key];
    const possible = choicesOfPolicy[key];
    if (!policyKeys.includes(key)) reader.warning({ type: 'no-effect', path: at });
    else if (min !== undefined) reader.number(each, at, { min, max: Number.MAX_SAFE_INTEGER, whole: true });
    else if (possible === undefined) reader.text(each, at, limits.amqpNameCharsMax);
    else if (!possible.includes(each as string))
      reader.problem({ type: 'unknown-choice', path: at, choices: possible });
  }
  return fields as Table;
}

function readName(reader: Reader, fields: Fields, key: string, path: string): string {
  return reader.text(fields[key], `${path}.${key}`, limits.amqpNameCharsMax);
}

function readFlag(reader: Reader, fields: Fields, key: string, path: string, usual: boolean): boolean {
  return fields[key] === undefined ? usual : reader.flag(fields[key], `${path}.${key}`);
}

function readArguments(reader: Reader, value: unknown, path: string): Table {
  // Some exporters write an empty table as an empty list.
  if (value === undefined || (Array.isArray(value) && value.length === 0)) return {};
  return (reader.object(value, path) ?? {}) as Table;
}

function isPattern(text: string): boolean {
  try {
    new RegExp(text);
    return true;
  } catch {
    return false;
  }
}
