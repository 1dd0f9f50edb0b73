import { deprecated, named, preconditionFailed } from './amqp-error';
import { withPolicy } from './policies';
import type { Table, Value } from './protocol';
import { isInteger, plainOf, typeOf } from './values';
import {
  defaultDeliveryLimit,
  permitsQueueMode,
  permitsTransientQueues,
  quorumPriorities,
  type Version,
} from './version';

export type Overflow = 'drop-head' | 'reject-publish' | 'reject-publish-dlx';

/** What a queue's arguments mean. */
export interface QueueSettings {
  readonly type: 'classic' | 'quorum';
  readonly messageTtlMs: number | undefined;
  readonly expiresMs: number | undefined;
  readonly lengthMax: number;
  readonly bytesMax: number;
  readonly overflow: Overflow;
  readonly priorityMax: number | undefined;
  readonly singleActiveConsumer: boolean;
  readonly deadLetterExchange: string | undefined;
  readonly deadLetterKey: string | undefined;
  /** How often a message may come back before it is given up. */
  readonly deliveryLimit: number | undefined;
}

export interface QueueSpec {
  readonly name: string;
  readonly durable: boolean;
  /** The connection that owns it, when it is exclusive. */
  readonly owner: object | undefined;
  readonly autoDelete: boolean;
  readonly arguments: Table;
}

/** Checks of one argument: what is wrong with the value, in the words of an Erlang term; undefined when it is good. */
type Check = (value: Value, args: Table) => string | undefined;

const integer: Check = (value) => (isInteger(value) ? undefined : `"expected integer, got ${typeOf(value)}"`);

const notNegative: Check = (value) =>
  integer(value, {}) ?? (numberOf(value) < 0 ? `{value_negative,${numberOf(value)}}` : undefined);

/** The longest time that may be asked for: ten years. */
export const timeMsMax = 10 * 365 * 86_400_000;

const time: Check = (value) =>
  notNegative(value, {}) ?? (numberOf(value) > timeMsMax ? `{value_too_large,${numberOf(value)}}` : undefined);

const positiveTime: Check = (value) => time(value, {}) ?? (numberOf(value) === 0 ? '{value_zero,0}' : undefined);

const text: Check = (value) => (typeof value === 'string' ? undefined : `{unacceptable_type,${typeOf(value)}}`);

const oneOf =
  (choices: readonly string[], wrong: (value: string) => string): Check =>
  (value) =>
    typeof value === 'string' && !choices.includes(value) ? wrong(value) : text(value, {});

/** In the order in which they are looked at. Source: rabbit_amqqueue:declare_args, and what RabbitMQ 3.10 was seen to answer. */
const checks: Readonly<Record<string, Check>> = {
  'x-expires': positiveTime,
  'x-message-ttl': time,
  'x-dead-letter-routing-key': (value, args) =>
    text(value, args) ?? (args['x-dead-letter-exchange'] === undefined ? 'routing_key_but_no_dlx_defined' : undefined),
  'x-max-length': notNegative,
  'x-max-length-bytes': notNegative,
  'x-max-in-memory-length': notNegative,
  'x-max-in-memory-bytes': notNegative,
  'x-max-priority': (value) =>
    notNegative(value, {}) ?? (numberOf(value) > 255 ? `{max_value_exceeded,${numberOf(value)}}` : undefined),
  'x-overflow': oneOf(['drop-head', 'reject-publish', 'reject-publish-dlx'], () => 'invalid_overflow'),
  'x-queue-mode': oneOf(['default', 'lazy'], (mode) => `"unsupported queue mode '${mode}'"`),
  'x-queue-version': (value) =>
    notNegative(value, {}) ??
    ([1, 2].includes(numberOf(value)) ? undefined : `"unsupported queue version '${numberOf(value)}'"`),
  'x-single-active-consumer': (value) =>
    typeof value === 'boolean' ? undefined : `{unacceptable_type,${typeOf(value)}}`,
  'x-dead-letter-strategy': oneOf(['at-most-once', 'at-least-once'], () => 'invalid_dlx_strategy'),
  'x-queue-leader-locator': oneOf(
    ['client-local', 'balanced', 'random', 'least-leaders'],
    () => 'invalid_queue_locator_arg',
  ),
  'x-quorum-initial-group-size': (value) =>
    notNegative(value, {}) ?? (numberOf(value) === 0 ? '{value_zero,0}' : undefined),
};

const checkType = oneOf(['classic', 'quorum'], (type) =>
  type === 'stream' ? '"Eventarium does not simulate streams of RabbitMQ"' : `"unsupported queue type '${type}'"`,
);

type QueueType = QueueSettings['type'];

/** The arguments that each type of queue has. Source: `capabilities` of rabbit_classic_queue and rabbit_quorum_queue. */
const ownArguments: Readonly<Record<QueueType, readonly string[]>> = {
  classic: [
    'x-expires',
    'x-message-ttl',
    'x-dead-letter-exchange',
    'x-dead-letter-routing-key',
    'x-max-length',
    'x-max-length-bytes',
    'x-max-priority',
    'x-overflow',
    'x-queue-mode',
    'x-queue-version',
    'x-single-active-consumer',
    'x-queue-type',
    'x-queue-master-locator',
  ],
  quorum: [
    'x-dead-letter-exchange',
    'x-dead-letter-routing-key',
    'x-dead-letter-strategy',
    'x-expires',
    'x-max-length',
    'x-max-length-bytes',
    'x-max-in-memory-length',
    'x-max-in-memory-bytes',
    'x-overflow',
    'x-single-active-consumer',
    'x-queue-type',
    'x-quorum-initial-group-size',
    'x-delivery-limit',
    'x-message-ttl',
    'x-queue-leader-locator',
  ],
};

/** Of streams, which are not simulated. */
const streamArguments = ['x-max-age', 'x-stream-max-segment-size-bytes', 'x-initial-cluster-size'];

/** What a redeclaration must repeat of a queue's arguments. A classic queue says that it is one, or says nothing. */
export function comparedArguments(type: QueueType, ...tables: readonly Table[]): readonly string[] {
  const areClassic = tables.every((args) => (args['x-queue-type'] ?? 'classic') === 'classic');
  return areClassic ? ownArguments[type].filter((name) => name !== 'x-queue-type') : ownArguments[type];
}

/** The highest priority of a quorum queue that has any (rabbitmq.com/docs/4.3/priority). */
const quorumPriorityMax = 31;

/** Refuses a new queue that cannot be. */
export function checkQueue(spec: QueueSpec, version: Version): void {
  const { name, durable, owner, arguments: args } = spec;
  checkArgument(spec, 'x-queue-type', checkType);
  const quorum = args['x-queue-type'] === 'quorum';
  const isForeign = foreignTo(quorum ? 'quorum' : 'classic', version);
  const foreign = Object.keys(args).find((argument) => isForeign.has(argument) && args[argument] !== undefined);
  if (foreign !== undefined) {
    const type = quorum ? 'rabbit_quorum_queue' : 'rabbit_classic_queue';
    throw preconditionFailed(`invalid arg '${foreign}' for ${named('queue', name)} of queue type ${type}`);
  }
  const exchange = args['x-dead-letter-exchange'];
  if (exchange !== undefined && typeof exchange !== 'string')
    throw preconditionFailed(
      `invalid type '${typeOf(exchange)}' for arg 'x-dead-letter-exchange' in ${named('queue', name)}`,
    );
  for (const [argument, check] of Object.entries(checks)) checkArgument(spec, argument, check);
  if (!durable && owner === undefined && !permitsTransientQueues(version)) throw deprecated('transient_nonexcl_queues');
  if (quorum) checkQuorum(spec);
}

/** Arguments that only other types of queue know. */
function foreignTo(type: QueueType, version: Version): ReadonlySet<string> {
  const others = [...ownArguments[type === 'quorum' ? 'classic' : 'quorum'], ...streamArguments];
  const foreign = new Set(others.filter((argument) => !ownArguments[type].includes(argument)));
  if (type === 'classic' && !permitsQueueMode(version)) foreign.add('x-queue-mode');
  if (type === 'quorum' && quorumPriorities(version) === 'strict') foreign.delete('x-max-priority');
  return foreign;
}

/** What the arguments of a queue mean, together with what the policies say of it. */
export function queueSettings(spec: QueueSpec, version: Version, policy: Table): QueueSettings {
  const args = withPolicy(spec.arguments, policy);
  const quorum = args['x-queue-type'] === 'quorum';
  const number = (argument: string): number | undefined => {
    const value = args[argument];
    return value === undefined ? undefined : numberOf(value);
  };
  return {
    type: quorum ? 'quorum' : 'classic',
    messageTtlMs: number('x-message-ttl'),
    expiresMs: number('x-expires'),
    lengthMax: number('x-max-length') ?? Infinity,
    bytesMax: number('x-max-length-bytes') ?? Infinity,
    overflow: overflowOf(args['x-overflow'] as Overflow | undefined, quorum),
    priorityMax: number('x-max-priority'),
    singleActiveConsumer: args['x-single-active-consumer'] === true,
    deadLetterExchange: args['x-dead-letter-exchange'] as string | undefined,
    deadLetterKey: args['x-dead-letter-routing-key'] as string | undefined,
    deliveryLimit: quorum ? deliveryLimitOf(args['x-delivery-limit'], version) : undefined,
  };
}

/** What is no number of times is no limit: -1 says so where there is one by default. */
function deliveryLimitOf(value: Value | undefined, version: Version): number | undefined {
  if (value === undefined || !isInteger(value)) return defaultDeliveryLimit(version);
  return numberOf(value) >= 0 ? numberOf(value) : undefined;
}

function checkArgument({ name, arguments: args }: QueueSpec, argument: string, check: Check): void {
  const value = args[argument];
  const wrong = value === undefined ? undefined : check(value, args);
  if (wrong !== undefined) throw preconditionFailed(`invalid arg '${argument}' for ${named('queue', name)}: ${wrong}`);
}

/** Source: rabbit_quorum_queue:declare. */
function checkQuorum({ name, durable, owner, autoDelete, arguments: args }: QueueSpec): void {
  const refuse = (property: string): never => {
    throw preconditionFailed(`invalid property '${property}' for ${named('queue', name)}`);
  };
  const priority = args['x-max-priority'];
  if (priority !== undefined && numberOf(priority) > quorumPriorityMax)
    throw preconditionFailed(
      `invalid arg 'x-max-priority' for ${named('queue', name)}: {max_value_exceeded,${quorumPriorityMax},${numberOf(priority)}}`,
    );
  if (autoDelete) refuse('auto-delete');
  if (owner !== undefined) refuse('exclusive-owner');
  if (!durable) refuse('non-durable');
}

/** A quorum queue does not know `reject-publish-dlx`, and drops its head instead. */
function overflowOf(overflow: Overflow = 'drop-head', quorum: boolean): Overflow {
  return quorum && overflow === 'reject-publish-dlx' ? 'drop-head' : overflow;
}

function numberOf(value: Value): number {
  return Number(plainOf(value));
}
