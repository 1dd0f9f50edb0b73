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
    expect([...(routed?.queues ?? [])].sort()).toEqual([...reactions].sort());
    expect(scenario.processes.filter(({ replicas }) => replicas === 2).map(({ name }) => name)).toEqual([
      'email',
      'stock',
    ]);
  });

  it('has the first orders within a second, and every reaction at work soon after', async () => {
    const log = await runGallery('e-commerce');
    const firstMs = published(log, 'order.created')[0]?.atMs ?? NaN;
    expect(firstMs).toBeLessThan(1_000);
    const early = log.of('delivery.started').filter(({ atMs }) => atMs < firstMs + 1_000);
    const busy = new Set(early.map(({ process }) => process.replace(/#\d+$/, '')));
    expect(reactions.filter((reaction) => !busy.has(reaction))).toEqual([]);
  });

  it('brings every order to every reaction, whatever the seed does to the start', async () => {
    for (const seed of [1, 2, 3, 4, 5]) {
      const log = await runGallery('e-commerce', { seed, durationMs: 5_000 });
      const created = new Set(published(log, 'order.created').map(({ message }) => message.id));
      for (const routed of log.of('message.routed').filter(({ message }) => created.has(message))) {
        expect(routed.queues).toHaveLength(reactions.length);
      }
    }
  });

  it('shows every hop for 120 ms or more at the speed it opens with', async () => {
    const { network, speed } = await loadGallery('e-commerce');
    expect(network.default.latencyMs / speed).toBeGreaterThanOrEqual(120);
    expect(network.default.jitterMs).toBeGreaterThan(0);
  });

  it('lets what 1C refuses with 503 wait 30 s, and books it then', async () => {
    const log = await runGallery('e-commerce');
    const rejected = log.of('message.dead-lettered').filter(({ reason }) => reason === 'rejected');
    expect(rejected.length).toBeGreaterThan(8);
    for (const { message, atMs } of rejected) {
      expect(atMs).toBeGreaterThan(6_000);
      expect(atMs).toBeLessThan(9_500);
      const back = log.of('message.dead-lettered').find((one) => one.message === message && one.reason === 'expired');
      expect(back).toMatchObject({ queue: 'accounting' });
      expect((back?.atMs ?? NaN) - atMs).toBeCloseTo(30_000, 0);
    }
    const attempts = log.of('console.printed').filter(({ text }) => /1С відповіла 503, спроба/.test(text));
    expect(attempts.every(({ text }) => text.endsWith('спроба 1\n'))).toBe(true);
  });

  it('puts the orders that 1C can never book into the dead letters at once', async () => {
    const log = await runGallery('e-commerce');
    const dead = published(log, 'dead');
    expect(dead.length).toBeGreaterThan(2);
    expect(dead.every(({ message }) => JSON.stringify(message.data).includes('GIFT'))).toBe(true);
  });

  it('grows a tree of causes: an order, then what each reaction tells', async () => {
    const log = await runGallery('e-commerce');
    const order = published(log, 'order.created')[1]!.message;
    const effects = log.of('message.published').filter(({ message }) => message.causationid === order.id);
    const expected = ['stock.reserved', 'email.sent', 'sms.sent', 'slack.notified'];
    expect(effects.map(({ message }) => message.type).sort()).toEqual(expected.sort());
  });

  it('keeps queues short: some wait now and then, and they are worked off again', async () => {
    const log = await runGallery('e-commerce');
    for (const queue of reactions.filter((name) => name !== 'accounting')) {
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
