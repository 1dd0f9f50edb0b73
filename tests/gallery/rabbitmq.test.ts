import { describe, expect, it } from 'vitest';
import type { Scenario } from '../../src/scenario/scenario';
import type { Log } from '../runtime/run-scenario';
import { editGallery, lastShown, loadGallery, runGallery, shown } from './run-gallery';

const deliveriesTo = (log: Log, service: string) =>
  log.of('delivery.started').filter(({ process }) => process.replace(/#\d+$/, '') === service);

const deadLettered = (log: Log, reason: string) =>
  log.of('message.dead-lettered').filter((entry) => entry.reason === reason);

const crash = (process: string, atMs: number) => ({ type: 'process.crash', atMs, process }) as const;
const replica = (service: string, atMs: number) => ({ type: 'process.scale', atMs, service, replicas: 2 }) as const;

/** Without those that the scenario comes with. */
const withInterventions = (interventions: Scenario['interventions']) => ({ interventions });

describe('rabbitmq-simple', () => {
  it('registers alice, bob and charlie 2 s apart', async () => {
    const log = await runGallery('rabbitmq-simple');
    const toQueue = log.of('message.published').filter((_, index) => index % 2 === 0);
    expect(toQueue.map(({ message }) => (message.data as { email: string }).email)).toEqual([
      'alice@example.com',
      'bob@example.com',
      'charlie@example.com',
    ]);
    expect(toQueue.slice(1).map(({ atMs }, index) => atMs - toQueue[index]!.atMs)).toEqual([2_000, 2_000]);
  });

  it('makes 3 deliveries from the shared queue and 6 over the fanout', async () => {
    const log = await runGallery('rabbitmq-simple');
    const of = (...services: string[]) => services.map((service) => deliveriesTo(log, service).length);
    expect(of('shared-email', 'shared-analytics')).toEqual([2, 1]);
    expect(of('fanout-email', 'fanout-analytics')).toEqual([3, 3]);
  });

  it('counts one user of three where the workers compete, and three where each has its queue', async () => {
    const log = await runGallery('rabbitmq-simple');
    expect(lastShown(log, 'shared-analytics')).toBe('1');
    expect(lastShown(log, 'fanout-analytics')).toBe('3');
  });

  it('keeps the events of a crashed worker in its own queue only', async () => {
    const log = await runGallery('rabbitmq-simple', withInterventions([crash('fanout-email', 1_200)]));
    expect(deliveriesTo(log, 'fanout-email')).toEqual([]);
    expect(lastShown(log, 'fanout-analytics')).toBe('3');
    const other = await runGallery('rabbitmq-simple', withInterventions([crash('shared-analytics', 1_200)]));
    expect(lastShown(other, 'shared-email')).toBe('3');
  });

  it('sends each letter once when a second worker shares the queue', async () => {
    const log = await runGallery('rabbitmq-simple', withInterventions([replica('fanout-email', 500)]));
    expect(deliveriesTo(log, 'fanout-email')).toHaveLength(3);
  });
});

describe('work-queues', () => {
  const done = (log: Log, process: string) => Number(/done: (\d+)/.exec(lastShown(log, process))?.[1]);
  const longestWaitMs = (log: Log, process: string) =>
    Number(/longestWaitMs: (\d+)/.exec(lastShown(log, process))?.[1]);

  it('deals 20 tasks out to each worker in turn, and the slow one lets them wait for seconds', async () => {
    const log = await runGallery('work-queues');
    expect([done(log, 'in-turn-fast'), done(log, 'in-turn-slow')]).toEqual([20, 20]);
    expect(longestWaitMs(log, 'in-turn-slow')).toBe(5_780);
    expect(longestWaitMs(log, 'in-turn-fast')).toBeLessThan(200);
  });

  it('lets the fast worker do 30 of 40 with prefetch 1, and none waits longer than 0.2 s', async () => {
    const log = await runGallery('work-queues');
    expect([done(log, 'fair-fast'), done(log, 'fair-slow')]).toEqual([30, 10]);
    for (const worker of ['fair-fast', 'fair-slow']) expect(longestWaitMs(log, worker)).toBeLessThan(200);
  });

  it('gives back what the slow worker had in hand when it crashes, and the fast one does it', async () => {
    const log = await runGallery('work-queues', withInterventions([crash('in-turn-slow', 10_000)]));
    const returned = log.of('message.requeued').filter(({ queue }) => queue === 'tasks.in-turn');
    expect(returned.length).toBeGreaterThan(5);
    expect(done(log, 'in-turn-fast') + done(log, 'in-turn-slow')).toBe(40);
  });
});

describe('topic-routing', () => {
  const keysTo = (log: Log, service: string) => [...new Set(log.printed(service))].sort();

  it('gives each queue what one of its patterns matches', async () => {
    const log = await runGallery('topic-routing');
    expect(keysTo(log, 'orders')).toEqual(['order.cancelled.kyiv', 'order.created.kyiv', 'order.created.lviv']);
    expect(keysTo(log, 'alarms')).toEqual(['payment.failed.kyiv', 'stock.low.odesa']);
    expect(keysTo(log, 'kyiv-office')).toEqual(['order.cancelled.kyiv', 'order.created.kyiv', 'payment.failed.kyiv']);
    expect(keysTo(log, 'audit')).toHaveLength(6);
  });

  it('brings back what nobody hears, until the auditor binds #', async () => {
    const log = await runGallery('topic-routing');
    expect(lastShown(log, 'shop')).toBe('2');
    const { processes } = await loadGallery('topic-routing');
    const early = await runGallery('topic-routing', { processes: processes.map((one) => ({ ...one, startAtMs: 0 })) });
    expect(early.of('message.dropped')).toEqual([]);
  });

  it('delivers once what two patterns of a queue match', async () => {
    const { processes } = await loadGallery('topic-routing');
    const log = await runGallery('topic-routing', {
      processes: processes.map((one) => (one.name === 'orders' ? { ...one, args: [...one.args, '#.kyiv'] } : one)),
    });
    expect(log.printed('orders').filter((key) => key === 'order.created.kyiv')).toHaveLength(4);
    expect(keysTo(log, 'orders')).toContain('payment.failed.kyiv');
  });
});

describe('retry-with-delay', () => {
  it('brings 19 of 20 payments through the outage, and gives up the one that no attempt mends', async () => {
    const log = await runGallery('retry-with-delay');
    expect(lastShown(log, 'payments')).toBe('{ charged: 19, rejected: 20, givenUp: 1 }');
    expect(shown(log, 'payments', 'UAH lost')).toBe('0');
    expect(log.printed('support')).toEqual([
      'Payment 3: given up after attempt 4, the bank answered 402: unknown card',
    ]);
  });

  it('loses the money of ten good cards where nothing is tried again', async () => {
    const log = await runGallery('retry-with-delay');
    expect(lastShown(log, 'impatient')).toBe('{ charged: 9, givenUp: 11 }');
    expect(shown(log, 'impatient', 'UAH lost')).toBe('23750');
    expect(log.of('invariant.failed').map(({ process }) => process)).toEqual(['impatient']);
  });

  it('waits 2 s before each attempt', async () => {
    const log = await runGallery('retry-with-delay');
    const rejected = deadLettered(log, 'rejected');
    const expired = deadLettered(log, 'expired');
    expect(expired).toHaveLength(20);
    for (const { message, atMs } of expired) {
      expect(rejected.some((one) => one.message === message && one.atMs === atMs - 2_000)).toBe(true);
    }
  });

  it('gives good payments up when the delay is too short for the outage', async () => {
    const log = await editGallery('retry-with-delay', 'queues.ts', 'retryAfterMs = 2000', 'retryAfterMs = 300');
    expect(log.printed('support').length).toBeGreaterThan(3);
  });
});

describe('poison-message', () => {
  it('blocks the classic queue: 2 orders handled, 7 never reached', async () => {
    const log = await runGallery('poison-message');
    expect(lastShown(log, 'classic-worker')).toBe('{ handled: 2, inVain: 45 }');
  });

  it('is put aside by the quorum queue after 4 deliveries, and 9 orders are handled', async () => {
    const log = await runGallery('poison-message');
    expect(lastShown(log, 'quorum-worker')).toBe('{ handled: 9, inVain: 4 }');
    expect(log.printed('support')).toEqual(['From orders.quorum, delivery_limit: {"orderId":3']);
  });

  it('lets the classic queue go on when the poison is rejected, or when a second worker helps', async () => {
    const rejecting = await editGallery(
      'poison-message',
      'worker.ts',
      'nack(message, false, true)',
      'reject(message, false)',
    );
    expect(lastShown(rejecting, 'classic-worker')).toBe('{ handled: 9, inVain: 1 }');
    const two = await runGallery('poison-message', withInterventions([replica('classic-worker', 500)]));
    const handled = two.of('delivery.succeeded').filter(({ process }) => process.startsWith('classic-worker'));
    expect(handled).toHaveLength(9);
  });
});

describe('priority-queue', () => {
  it('lets urgent tickets wait 0.7 s instead of 8.6, and the others a little longer', async () => {
    const log = await runGallery('priority-queue');
    expect(lastShown(log, 'plain-agent')).toBe('{ urgent: 8630, normal: 8260 }');
    expect(lastShown(log, 'priority-agent')).toBe('{ urgent: 710, normal: 8880 }');
  });

  it('overtakes nothing that is already in the hands of the agent', async () => {
    const log = await editGallery('priority-queue', 'agent.ts', 'prefetch(1)', 'prefetch(0)');
    const both = '{ urgent: 5870, normal: 5620 }';
    expect(['plain-agent', 'priority-agent'].map((agent) => lastShown(log, agent))).toEqual([both, both]);
  });
});

describe('rpc', () => {
  it('times out while the server is down, and gets the replies too late', async () => {
    const log = await runGallery('rpc');
    expect(lastShown(log, 'shop')).toBe('{ answered: 18, timedOut: 12, tooLate: 12 }');
    expect(log.of('message.requeued')).toHaveLength(1);
  });

  it('wastes nothing on questions that expire with the patience of the client', async () => {
    const log = await editGallery(
      'rpc',
      'rpc-client.ts',
      '{ correlationId, replyTo }',
      '{ correlationId, replyTo, expiration: 1500 }',
    );
    const [timedOut, tooLate] = ['timedOut', 'tooLate'].map((word) =>
      Number(new RegExp(`${word}: (\\d+)`).exec(lastShown(log, 'shop'))?.[1]),
    );
    expect(timedOut).toBeLessThan(12);
    expect(tooLate).toBeLessThan(3);
  });
});
