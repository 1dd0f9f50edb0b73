/**
 * Which RabbitMQ is simulated. `3.10` is the one whose behaviour was recorded; where later ones differ, each difference is
 * one function here and names its source.
 */
export const versions = ['3.10', '4.0', '4.3'] as const;
export type Version = (typeof versions)[number];

export const defaultVersion: Version = '3.10';

export function versionOf(text: unknown): Version {
  return versions.find((version) => version === text) ?? defaultVersion;
}

/** From 4.0 on a quorum queue gives a message up after 20 returns unless told otherwise (rabbitmq.com/docs/quorum-queues). */
export function defaultDeliveryLimit(version: Version): number | undefined {
  return version === '3.10' ? undefined : 20;
}

/**
 * From 4.3 on `basic.nack` with requeue does not count towards the delivery limit; `basic.reject` and lost consumers do
 * (rabbitmq.com/docs/quorum-queues, "Poison message handling").
 */
export function countsTowardsLimit(version: Version, how: 'nack' | 'reject' | 'lost'): boolean {
  return version !== '4.3' || how !== 'nack';
}

/**
 * In 3.10 a message that a requeue takes over the delivery limit frees two places of its consumer's prefetch, from 3.11 on one
 * (github.com/rabbitmq/rabbitmq-server/pull/5609).
 */
export function freesTwiceAtLimit(version: Version): boolean {
  return version === '3.10';
}

const releases: Readonly<Record<Version, string>> = { '3.10': '3.10.8', '4.0': '4.0.9', '4.3': '4.3.0' };

/** What the broker says of itself when a client connects. */
export function serverProperties(version: Version): object {
  return {
    capabilities: {
      publisher_confirms: true,
      exchange_exchange_bindings: true,
      'basic.nack': true,
      consumer_cancel_notify: true,
      'connection.blocked': true,
      consumer_priorities: true,
      authentication_failure_close: true,
      per_consumer_qos: true,
      direct_reply_to: true,
    },
    cluster_name: 'rabbit@localhost',
    copyright: 'Copyright (c) 2007-2022 VMware, Inc. or its affiliates.',
    information: 'Licensed under the MPL 2.0. Website: https://rabbitmq.com',
    platform: 'Erlang/OTP 25.2.3',
    product: 'RabbitMQ',
    version: releases[version],
  };
}

/**
 * How a quorum queue takes notice of a message's priority. Not at all; from 4.0 on `two-levels`: of those above 4 two go out
 * for each other one (rabbitmq.com/blog/2024/08/28/quorum-queues-in-4.0, "Message priorities"); from 4.3 on `strict`: with
 * `x-max-priority` up to 31 the highest always comes first (rabbitmq.com/docs/4.3/priority).
 */
export function quorumPriorities(version: Version): 'none' | 'two-levels' | 'strict' {
  if (version === '3.10') return 'none';
  return version === '4.0' ? 'two-levels' : 'strict';
}

/** The largest body: 128 MiB, from 4.0 on 16 MiB (release notes of RabbitMQ 4.0.1, "Default Maximum Message Size"). */
export function messageBytesMax(version: Version): number {
  return (version === '3.10' ? 128 : 16) * 1_048_576;
}

/**
 * From 4.0 on an `x-death` that a client publishes is a header like any other: deaths are counted anew (release notes of
 * RabbitMQ 4.0.1, "AMQP 0.9.1 x-death header").
 */
export function readsPublishedDeaths(version: Version): boolean {
  return version === '3.10';
}

/** From 4.3 on a queue has to be durable or exclusive (rabbitmq.com/release-information/deprecated-features-list). */
export function permitsTransientQueues(version: Version): boolean {
  return version !== '4.3';
}

/** From 4.3 on no channel has a limit for all its consumers (rabbitmq.com/release-information/deprecated-features-list). */
export function permitsGlobalQos(version: Version): boolean {
  return version !== '4.3';
}

/** From 4.3 on `x-queue-mode` is refused, since lazy queues have no storage of their own (release notes of RabbitMQ 4.3.0). */
export function permitsQueueMode(version: Version): boolean {
  return version !== '4.3';
}
