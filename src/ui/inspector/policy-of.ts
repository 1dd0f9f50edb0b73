import { policiesOf } from '../../brokers/rabbitmq/definitions';
import type { Target } from '../../brokers/rabbitmq/policies';
import type { Table } from '../../brokers/rabbitmq/protocol';
import type { Settings } from '../../log/entry';
import type { RabbitMqSpec } from '../../scenario/scenario';

/** What the policies of a RabbitMQ, which are the scenario's, say of a queue that was declared so, or of an exchange. */
export function policyOf(
  spec: RabbitMqSpec | undefined,
  { queue, exchange, settings }: { queue?: string | undefined; exchange?: string | undefined; settings?: Settings },
): Table {
  const name = queue ?? exchange;
  if (spec?.definitions === undefined || name === undefined) return {};
  const type = settings?.['x-queue-type'] === 'quorum' ? 'quorum' : 'classic';
  const target: Target = queue === undefined ? 'exchange' : type;
  return policiesOf(spec.definitions).of(target, name);
}
