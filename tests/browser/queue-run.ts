import type { Scenario } from '../../src/scenario/scenario';
import { emptyScenario, FakePlayer } from './fake-player';
import { numbered } from './sample-run';

/** Five messages in a durable queue, two of them being handled by the one consumer. */
export function queuePlayer({ queue = 'email' } = {}): FakePlayer {
  const ids = [1, 2, 3, 4, 5];
  const entries = numbered([
    { type: 'run.started', atMs: 0, title: 'A queue', seed: 1, durationMs: 5000, version: 1 },
    ...['shop', 'email'].map((name) => ({
      type: 'process.started' as const,
      atMs: 0,
      process: name,
      service: name,
      file: `${name}.ts`,
      args: [],
      life: 1,
    })),
    { type: 'broker.declared', atMs: 0, broker: 'orders', kind: 'bus', settings: {} },
    {
      type: 'listener.subscribed',
      atMs: 0,
      broker: 'orders',
      subscription: 's_1',
      process: 'email',
      listener: 'sendEmail',
      pattern: 'order.created',
      queue,
      prefetch: 2,
      attempts: 1,
    },
    ...ids.map((n) => ({
      type: 'message.published' as const,
      atMs: 10,
      process: 'shop',
      broker: 'orders',
      arrivesAtMs: 10,
      message: {
        id: `m_${n}`,
        source: '/shop',
        specversion: '1.0' as const,
        type: 'order.created',
        time: '2026-01-01T00:00:00.010Z',
        datacontenttype: 'application/json' as const,
        correlationid: `m_${n}`,
        data: { n },
      },
    })),
    ...ids.flatMap((n) => [
      {
        type: 'message.routed' as const,
        atMs: 10,
        message: `m_${n}`,
        broker: 'orders',
        subscriptions: [],
        queues: [queue],
      },
      { type: 'message.enqueued' as const, atMs: 10, message: `m_${n}`, broker: 'orders', queue },
    ]),
    ...[1, 2].flatMap((n) => {
      const delivery = {
        atMs: 20,
        message: `m_${n}`,
        broker: 'orders',
        delivery: `d_${n}`,
        process: 'email',
        listener: 'sendEmail',
        attempt: 1,
      };
      return [
        {
          ...delivery,
          type: 'message.dispatched' as const,
          queue,
          subscription: 's_1',
          arrivesAtMs: 20,
        },
        { ...delivery, type: 'delivery.started' as const },
      ];
    }),
  ]);
  const scenario: Scenario = {
    ...emptyScenario,
    title: 'A queue',
    processes: ['shop', 'email'].map((name) => ({
      name,
      file: `${name}.ts`,
      args: [],
      env: {},
      startAtMs: 0,
      replicas: 1,
    })),
    files: { 'shop.ts': '', 'email.ts': '' },
  };
  const player = new FakePlayer(entries, scenario);
  player.seek(2000);
  return player;
}
