import { describe, expect, it } from 'vitest';
import type { Log } from '../runtime/run-scenario';
import { loadGallery, runGallery } from './run-gallery';

const reactions = ['email', 'sms', 'stock', 'analytics', 'accounting', 'slack'];

const published = (log: Log, type: string) =>
  log.of('message.published').filter(({ message }) => message.type === type);

describe('e-commerce', () => {
  it('runs with seed 7 and the six reactions, each with a durable queue of its own', async () => {
    const scenario = await loadGallery('e-commerce');
    expect(scenario.seed).toBe(7);
    const log = await runGallery('e-commerce');
    const order = published(log, 'order.created')[0];
    const routed = log.of('message.routed').find(({ message }) => message === order?.message.id);
    expect(routed?.subscriptions).toEqual([]);
    expect([...(routed?.queues ?? [])].sort()).toEqual([...reactions].sort());
    expect(scenario.processes.filter(({ replicas }) => replicas === 2).map(({ name }) => name)).toEqual([
      'email',
      'stock',
    ]);
  });

  it('has orders before anything else, and every reaction at work within the first half second', async () => {
    const log = await runGallery('e-commerce');
    expect(published(log, 'order.placed').filter(({ atMs }) => atMs === 0)).toHaveLength(3);
    const early = log.of('delivery.started').filter(({ atMs }) => atMs < 500);
    const busy = new Set(early.map(({ process }) => process.replace(/#\d+$/, '')));
    expect(reactions.filter((reaction) => !busy.has(reaction))).toEqual([]);
  });

  it('shows every hop for 120 ms or more at the speed it opens with', async () => {
    const { network, speed } = await loadGallery('e-commerce');
    expect(network.default.latencyMs / speed).toBeGreaterThanOrEqual(120);
    expect(network.default.jitterMs).toBeGreaterThan(0);
  });

  it('waits twice as long before each attempt, and gives an order up after the fifth', async () => {
    const log = await runGallery('e-commerce');
    const [dead] = log.of('message.dead-lettered');
    expect(dead).toMatchObject({ queue: 'orders.dead', listener: 'bookOrder', attempts: 5 });
    expect(dead?.atMs).toBeLessThan(10_000);
    const waits = log
      .of('delivery.retry-scheduled')
      .filter(({ message, listener }) => message === dead?.message && listener === 'bookOrder')
      .map(({ dueAtMs, atMs }) => Math.round(dueAtMs - atMs));
    expect(waits).toEqual([400, 800, 1_600, 3_200]);
  });

  it('grows a tree of causes: placed, created, then what each reaction tells', async () => {
    const log = await runGallery('e-commerce');
    const order = published(log, 'order.created')[1]!.message;
    const effectsOf = (id: string) =>
      log
        .of('message.published')
        .filter(({ message }) => message.causationid === id)
        .map(({ message }) => message);
    expect(order.causationid).toBe(
      published(log, 'order.placed').find(({ message }) => message.correlationid === order.correlationid)?.message.id,
    );
    const effects = effectsOf(order.id);
    const expected = ['stock.reserved', 'email.sent', 'sms.sent', 'slack.notified'];
    for (const type of expected) expect(effects.map((effect) => effect.type)).toContain(type);
    const reserved = effects.find(({ type }) => type === 'stock.reserved')!;
    expect(effectsOf(reserved.id).map(({ type }) => type)).toEqual(['order.confirmed']);
  });

  it('keeps queues short: some wait now and then, and they are worked off again', async () => {
    const log = await runGallery('e-commerce');
    for (const queue of reactions.filter((name) => name !== 'analytics')) {
      const depths = depthsOf(log, queue);
      expect(Math.max(...depths)).toBeGreaterThan(0);
      expect(Math.max(...depths)).toBeLessThan(10);
    }
  });

  it('keeps the orders of a crashed service in its queue, while the others go on', async () => {
    const log = await runGallery('e-commerce', {
      interventions: [
        { type: 'process.crash', atMs: 5_000, process: 'sms' },
        { type: 'process.restart', atMs: 10_000, process: 'sms' },
      ],
    });
    const between = log.of('delivery.succeeded').filter(({ atMs }) => atMs > 5_000 && atMs < 10_000);
    expect(between.some(({ listener }) => listener === 'sendSms')).toBe(false);
    expect(between.filter(({ listener }) => listener === 'sendEmail').length).toBeGreaterThan(10);
    expect(Math.max(...depthsOf(log, 'sms'))).toBeGreaterThan(15);
    const created = published(log, 'order.created').filter(({ atMs }) => atMs < 10_000);
    const sent = new Set(published(log, 'sms.sent').map(({ message }) => message.correlationid));
    expect(created.filter(({ message }) => !sent.has(message.correlationid))).toEqual([]);
  });

  it('breaks no invariant when every service is crashed and started again', async () => {
    const { processes } = await loadGallery('e-commerce');
    const names = processes.flatMap(({ name, replicas }) => (replicas === 1 ? [name] : [`${name}#1`, `${name}#2`]));
    const interventions = names.flatMap((process, index) => [
      { type: 'process.crash' as const, atMs: 2_000 + index * 1_500, process },
      { type: 'process.restart' as const, atMs: 2_900 + index * 1_500, process },
    ]);
    const log = await runGallery('e-commerce', { interventions, durationMs: 30_000 });
    expect(log.of('process.crashed')).toHaveLength(names.length);
    expect(log.of('invariant.failed')).toEqual([]);
    expect(log.of('limit.reached')).toEqual([]);
  });
});

/** Messages ready in a queue after each change. */
function depthsOf(log: Log, queue: string): number[] {
  const depths: number[] = [0];
  for (const entry of log.entries) {
    const step = { 'message.enqueued': 1, 'message.requeued': 1, 'message.dispatched': -1 }[entry.type as string];
    if (step !== undefined && 'queue' in entry && entry.queue === queue) depths.push(depths.at(-1)! + step);
  }
  return depths;
}
