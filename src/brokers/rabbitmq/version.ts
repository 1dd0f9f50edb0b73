/**
 * Which RabbitMQ is simulated. `3.10` is the one whose behaviour was recorded; where later ones differ, each difference is
 * one function here and names its source.
 */
export const versions = ['3.10', '4.0', '4.3'] as const;
export type Version = (typeof versions)[number];

export function versionOf(text: unknown): Version {
  return versions.find((version) => version === text) ?? '3.10';
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
