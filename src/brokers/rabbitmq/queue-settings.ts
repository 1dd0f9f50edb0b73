import { named, preconditionFailed } from './amqp-error';
import type { Table, Value } from './protocol';
import { isInteger, plainOf, typeOf } from './values';
import { defaultDeliveryLimit, type Version } from './version';

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

const integer = (value: Value): string | undefined =>
  isInteger(value) ? undefined : `{unacceptable_type,${typeOf(value)}}`;

const notNegative: Check = (value) => {
  const wrong = integer(value);
  if (wrong !== undefined) return wrong;
  return numberOf(value) < 0 ? `{value_negative,${numberOf(value)}}` : undefined;
};

const positive: Check = (value) => notNegative(value, {}) ?? (numberOf(value) === 0 ? '{value_zero,0}' : undefined);

const text: Check = (value) => (typeof value === 'string' ? undefined : `{unacceptable_type,${typeOf(value)}}`);

const oneOf =
  (choices: readonly string[], wrong: string): Check =>
  (value) =>
    typeof value === 'string' && !choices.includes(value) ? `{${wrong},<<"${value}">>}` : text(value, {});

/** Source: rabbit_amqqueue:declare_args. */
const checks: Readonly<Record<string, Check>> = {
  'x-expires': positive,
  'x-message-ttl': notNegative,
  'x-dead-letter-exchange': text,
  'x-dead-letter-routing-key': (value, args) =>
    text(value, args) ?? (args['x-dead-letter-exchange'] === undefined ? 'routing_key_but_no_dlx_defined' : undefined),
  'x-max-length': notNegative,
  'x-max-length-bytes': notNegative,
  'x-max-priority': (value) =>
    notNegative(value, {}) ?? (numberOf(value) > 255 ? `{max_value_exceeded,255,${numberOf(value)}}` : undefined),
  'x-overflow': oneOf(['drop-head', 'reject-publish', 'reject-publish-dlx'], 'invalid_overflow'),
  'x-queue-mode': oneOf(['default', 'lazy'], 'invalid_queue_mode'),
  'x-single-active-consumer': (value) =>
    typeof value === 'boolean' ? undefined : `{unacceptable_type,${typeOf(value)}}`,
  'x-queue-type': oneOf(['classic', 'quorum'], 'unsupported_queue_type'),
  'x-delivery-limit': notNegative,
};

/** Arguments that a redeclaration must repeat, in the order in which they are compared. */
export const comparedArguments: readonly string[] = [
  'x-expires',
  'x-message-ttl',
  'x-dead-letter-exchange',
  'x-dead-letter-routing-key',
  'x-max-length',
  'x-max-length-bytes',
  'x-max-priority',
  'x-overflow',
  'x-queue-mode',
  'x-single-active-consumer',
  'x-queue-type',
  'x-delivery-limit',
];

const notForQuorum = ['x-max-priority', 'x-queue-mode'];

/** Reads the arguments of a new queue, or refuses them. */
export function queueSettings(spec: QueueSpec, version: Version): QueueSettings {
  const { name, arguments: args } = spec;
  for (const [argument, check] of Object.entries(checks)) {
    const value = args[argument];
    if (value === undefined) continue;
    const wrong = check(value, args);
    if (wrong !== undefined)
      throw preconditionFailed(`invalid arg '${argument}' for ${named('queue', name)}: ${wrong}`);
  }
  const quorum = args['x-queue-type'] === 'quorum';
  if (quorum) checkQuorum(spec);
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
    overflow: (args['x-overflow'] as Overflow | undefined) ?? 'drop-head',
    priorityMax: number('x-max-priority'),
    singleActiveConsumer: args['x-single-active-consumer'] === true,
    deadLetterExchange: args['x-dead-letter-exchange'] as string | undefined,
    deadLetterKey: args['x-dead-letter-routing-key'] as string | undefined,
    deliveryLimit: quorum ? (number('x-delivery-limit') ?? defaultDeliveryLimit(version)) : undefined,
  };
}

/** Source: rabbit_quorum_queue:declare. */
function checkQuorum({ name, durable, owner, autoDelete, arguments: args }: QueueSpec): void {
  const refuse = (property: string): never => {
    throw preconditionFailed(`invalid property '${property}' for ${named('queue', name)}`);
  };
  const wrong = notForQuorum.find((argument) => args[argument] !== undefined);
  if (wrong !== undefined)
    throw preconditionFailed(`invalid arg '${wrong}' for ${named('queue', name)} of queue type rabbit_quorum_queue`);
  if (autoDelete) refuse('auto-delete');
  if (owner !== undefined) refuse('exclusive-owner');
  if (!durable) refuse('non-durable');
  if (args['x-overflow'] === 'reject-publish-dlx') refuse('reject-publish-dlx');
}

function numberOf(value: Value): number {
  return Number(plainOf(value));
}
