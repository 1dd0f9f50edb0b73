import { policiesOf } from '../../brokers/rabbitmq/definitions';
import type { Target } from '../../brokers/rabbitmq/policies';
import type { Table } from '../../brokers/rabbitmq/protocol';
import type { Settings } from '../../log/entry';
import { policiesNow } from '../../scenario/definitions-file';
import type { RabbitMqSpec } from '../../scenario/scenario';

/** What the policies of a RabbitMQ, the scenario's and those that were set since, say of a queue that was declared so, or of an exchange. */
export function policyOf(
  spec: RabbitMqSpec | undefined,
  state: Parameters<typeof policiesNow>[1],
  { queue, exchange, settings }: { queue?: string | undefined; exchange?: string | undefined; settings?: Settings },
): Table {
  const name = queue ?? exchange;
  if (name === undefined) return {};
  const type = settings?.['x-queue-type'] === 'quorum' ? 'quorum' : 'classic';
  const target: Target = queue === undefined ? 'exchange' : type;
  const parameters = spec?.definitions?.parameters ?? [];
  return policiesOf({ policies: policiesNow(spec, state), parameters }).of(target, name);
}
