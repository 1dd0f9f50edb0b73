import type { BrokerPort } from '../broker';
import { AmqpError, named, notFound } from './amqp-error';
import { type ApplyTo, Policies, type Policy } from './policies';
import type { Table } from './protocol';
import type { Origin } from './topology-log';
import type { Version } from './version';
import { VirtualHost } from './virtual-host';

/**
 * What a broker starts with, in the format of RabbitMQ's management (`definitions.json`; rabbitmq.com/docs/definitions):
 * the same names of fields, one virtual host.
 */
export interface Definitions {
  readonly policies: readonly PolicyDefinition[];
  /** Operator policies. */
  readonly parameters: readonly OperatorPolicyDefinition[];
  readonly queues: readonly QueueDefinition[];
  readonly exchanges: readonly ExchangeDefinition[];
  readonly bindings: readonly BindingDefinition[];
}

export interface PolicyRule {
  /** A regular expression; it matches anywhere in the name. */
  readonly pattern: string;
  readonly 'apply-to': ApplyTo;
  readonly definition: Table;
  /** Of several that match only the highest applies. */
  readonly priority: number;
}

export interface PolicyDefinition extends PolicyRule {
  readonly name: string;
}

export interface OperatorPolicyDefinition {
  readonly component: 'operator_policy';
  readonly name: string;
  readonly value: PolicyRule;
}

export interface QueueDefinition {
  readonly name: string;
  readonly durable: boolean;
  readonly auto_delete: boolean;
  readonly arguments: Table;
}

export interface ExchangeDefinition {
  readonly name: string;
  readonly type: string;
  readonly durable: boolean;
  readonly auto_delete: boolean;
  readonly internal: boolean;
  readonly arguments: Table;
}

export interface BindingDefinition {
  readonly source: string;
  readonly destination: string;
  readonly destination_type: 'queue' | 'exchange';
  readonly routing_key: string;
  readonly arguments: Table;
}

/** What the broker says against one of the definitions. */
export interface Refusal {
  /** As in `queues`, 2. */
  readonly list: keyof Definitions;
  readonly index: number;
  /** RabbitMQ's words. */
  readonly text: string;
}

/** Puts the definitions into a virtual host, in the order in which RabbitMQ imports them. What is refused is left out. */
export function loadDefinitions(host: VirtualHost, definitions: Definitions, by: Origin): readonly Refusal[] {
  const refusals: Refusal[] = [];
  const each = <K extends keyof Definitions>(list: K, load: (one: Definitions[K][number]) => void): void => {
    for (const [index, one] of definitions[list].entries())
      try {
        load(one);
      } catch (error) {
        if (!(error instanceof AmqpError)) throw error;
        refusals.push({ list, index, text: error.message });
      }
  };
  host.policies = policiesOf(definitions);
  each('queues', ({ name, durable, auto_delete: autoDelete, arguments: args }) =>
    host.declareQueue({ name, durable, autoDelete, owner: undefined, arguments: args }, by),
  );
  each('exchanges', ({ auto_delete: autoDelete, ...spec }) => host.declareExchange({ ...spec, autoDelete }, by));
  each('bindings', (binding) => bind(host, binding, by));
  return refusals;
}

export function policiesOf({ policies, parameters }: Pick<Definitions, 'policies' | 'parameters'>): Policies {
  return new Policies(
    policies.map((policy) => policyOf(policy.name, policy)),
    parameters.map(({ name, value }) => policyOf(name, value)),
  );
}

/** What a broker of this version would say against the definitions. */
export function refusalsOf(definitions: Definitions, version: Version): readonly Refusal[] {
  return loadDefinitions(new VirtualHost('', version, nowhere), definitions, { cause: 0 });
}

function bind(host: VirtualHost, binding: BindingDefinition, by: Origin): void {
  const { source, destination, destination_type: kind, routing_key: key, arguments: args } = binding;
  const to = kind === 'queue' ? host.queues.get(destination) : host.exchanges.get(destination);
  host.bind(source, { to, key, args }, by, {
    missing: () => {
      throw notFound(`no ${named(kind, destination)}`);
    },
  });
}

function policyOf(name: string, rule: PolicyRule): Policy {
  const { pattern, 'apply-to': applyTo, definition, priority } = rule;
  return { name, pattern, applyTo, definition, priority };
}

/** A port that leads to no log and no clock. */
const nowhere: BrokerPort = {
  nowMs: 0,
  nextSeq: 0,
  append: () => 0,
  write: () => 0,
  wakeAt: () => ({ cancel: () => undefined }),
  dispatch: () => undefined,
  timeText: () => '1970-01-01T00:00:00.000Z',
  chance: () => 0,
  nextId: () => '',
  serviceAt: () => undefined,
  request: () => ({ to: undefined, arrivesAtMs: undefined, seq: 0, abort: () => 0 }),
};
