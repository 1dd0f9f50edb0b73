import { type Version, versions } from '../brokers/rabbitmq/version';
import { readDefinitions } from './parse-definitions';
import type { Reader } from './reader';
import { limits } from './limits';
import type { BrokersSpec, RabbitMqSpec, WebhooksSpec } from './scenario';

/** What the scenario says of its servers. One of which it says nothing is as usual, and is left out. */
export function readBrokers(reader: Reader, value: unknown): { readonly brokers?: BrokersSpec } {
  if (value === undefined) return {};
  const raw = reader.object(value, 'brokers', ['rabbitmq', 'webhooks'] satisfies (keyof BrokersSpec)[]) ?? {};
  const { rabbitmq, webhooks } = raw;
  if (rabbitmq === undefined && webhooks === undefined) return {};
  return {
    brokers: {
      ...(rabbitmq !== undefined && { rabbitmq: readRabbitMq(reader, rabbitmq, 'brokers.rabbitmq') }),
      ...(webhooks !== undefined && { webhooks: readWebhooks(reader, webhooks, 'brokers.webhooks') }),
    },
  };
}

function readWebhooks(reader: Reader, value: unknown, path: string): WebhooksSpec {
  const keys = ['retryScheduleMs', 'timeoutMs', 'disableAfterMs', 'allowedAddresses'] satisfies (keyof WebhooksSpec)[];
  const { retryScheduleMs, timeoutMs, disableAfterMs, allowedAddresses } = reader.object(value, path, keys) ?? {};
  const ms = (given: unknown, name: string, min: number): number =>
    reader.number(given, `${path}.${name}`, { min, max: limits.durationMsMax });
  if (Array.isArray(retryScheduleMs) && retryScheduleMs.length === 0)
    reader.problem({ type: 'missing', path: `${path}.retryScheduleMs[0]` });
  return {
    ...(retryScheduleMs !== undefined && {
      retryScheduleMs: reader
        .list(retryScheduleMs, `${path}.retryScheduleMs`, limits.attemptsMax)
        .map((each, at) => ms(each, `retryScheduleMs[${String(at)}]`, 0)),
    }),
    ...(timeoutMs !== undefined && { timeoutMs: ms(timeoutMs, 'timeoutMs', 1) }),
    ...(disableAfterMs !== undefined && { disableAfterMs: ms(disableAfterMs, 'disableAfterMs', 1) }),
    ...(allowedAddresses !== undefined && {
      allowedAddresses: reader
        .list(allowedAddresses, `${path}.allowedAddresses`, limits.linksMax)
        .map((each, at) => reader.text(each, `${path}.allowedAddresses[${String(at)}]`, limits.nameCharsMax)),
    }),
  };
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
