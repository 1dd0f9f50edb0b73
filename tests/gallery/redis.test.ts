import { describe, expect, it } from 'vitest';
import { applyEntry, createSystem } from '../../src/projections/system';
import { editGallery, lastShown, runGallery } from './run-gallery';

describe('redis-lost-or-kept', () => {
  const ordersIn = (printed: readonly string[]) =>
    printed.filter((line) => line.startsWith('Order')).map((line) => Number(line.slice(6)));
  const all = Array.from({ length: 20 }, (_, index) => index + 1);

  it('loses the 8 orders that nobody hears while the kitchen is down', async () => {
    const log = await runGallery('redis-lost-or-kept');
    const heard = ordersIn(log.printed('channel-kitchen'));
    expect(heard).toHaveLength(11);
    expect(lastShown(log, 'waiter')).toBe('8');
  });

  it('loses the order that was on its way to the kitchen as it crashed', async () => {
    const log = await runGallery('redis-lost-or-kept');
    expect(log.of('message.lost')).toMatchObject([{ atMs: 5_060, from: 'redis', to: 'channel-kitchen' }]);
  });

  it('lags behind while nobody reads', async () => {
    const system = createSystem();
    for (const entry of (await runGallery('redis-lost-or-kept')).entries)
      if (entry.atMs <= 7_000) applyEntry(system, entry);
    const stream = system.brokers.get('redis')?.queues.get('orders:stream');
    expect(stream?.groups.get('kitchen')?.lag).toBe(4);
  });

  it('cooks all twenty from the stream, in order', async () => {
    const log = await runGallery('redis-lost-or-kept');
    expect(ordersIn(log.printed('stream-kitchen'))).toEqual(all);
  });

  it('hears all twenty on the channel when nothing crashes', async () => {
    const log = await runGallery('redis-lost-or-kept', { interventions: [] });
    expect(ordersIn(log.printed('channel-kitchen'))).toEqual(all);
  });

  it('cooks again what was never acknowledged', async () => {
    const log = await editGallery(
      'redis-lost-or-kept',
      'stream-kitchen.ts',
      "await redis.xack('orders:stream', 'kitchen', id);",
      '',
    );
    const cooked = ordersIn(log.printed('stream-kitchen'));
    expect(new Set(cooked).size).toBe(20);
    expect(cooked.length).toBeGreaterThan(20);
  });
});
