import { type Version, versions } from '../brokers/rabbitmq/version';
import { readDefinitions } from './parse-definitions';
import type { Reader } from './reader';
import type { BrokersSpec, RabbitMqSpec } from './scenario';

/** What the scenario says of its servers. One of which it says nothing is as usual, and is left out. */
export function readBrokers(reader: Reader, value: unknown): { readonly brokers?: BrokersSpec } {
  if (value === undefined) return {};
  const raw = reader.object(value, 'brokers', ['rabbitmq'] satisfies (keyof BrokersSpec)[]) ?? {};
  const given = raw['rabbitmq'];
  return given === undefined ? {} : { brokers: { rabbitmq: readRabbitMq(reader, given, 'brokers.rabbitmq') } };
}

function readRabbitMq(reader: Reader, value: unknown, path: string): RabbitMqSpec {
  const keys = ['version', 'definitions'] satisfies (keyof RabbitMqSpec)[];
  const { version, definitions } = reader.object(value, path, keys) ?? {};
  const known = version === undefined ? undefined : readVersion(reader, version, `${path}.version`);
  return {
    ...(known !== undefined && { version: known }),
    ...(definitions !== undefined && {
      definitions: readDefinitions(reader, definitions, {
        path: `${path}.definitions`,
        version: known,
        onRefusal: 'problem',
      }),
    }),
  };
}

function readVersion(reader: Reader, value: unknown, path: string): Version | undefined {
  const known = versions.find((version) => version === value);
  if (known === undefined) reader.problem({ type: 'unknown-choice', path, choices: versions });
  return known;
}
