import { describe, expect, it } from 'vitest';
import type { Intervention } from '../../src/log/entry';
import type { Log } from '../runtime/run-scenario';
import { editGallery, lastShown, loadGallery, runGallery, saveGallery, shown } from './run-gallery';

const broken = (log: Log) => [...new Set(log.of('invariant.failed').map(({ process }) => process))].sort();

describe('dead-letter-queue', () => {
  it('charges twice where nobody remembers what was charged', async () => {
    const log = await runGallery('dead-letter-queue');
    expect(broken(log)).toEqual(['careless']);
    expect(log.of('message.redriven')).toHaveLength(8);
    expect(log.of('invariant.failed').at(-1)?.detail).toBe('1800 UAH taken twice');
  });

  it('loses nothing when it is sent back too early', async () => {
    const { interventions } = await loadGallery('dead-letter-queue');
    const early = interventions.map((each) => ({ ...each, atMs: 3_000 }));
    const log = await runGallery('dead-letter-queue', { interventions: early });
    const died = log.of('message.dead-lettered').length;
    expect(died).toBeGreaterThan(log.of('message.redriven').length);
    expect(log.of('delivery.failed')).toHaveLength(died);
  });
});

describe('replay', () => {
  it('builds the newcomer, and tries the new rule without a letter', async () => {
    const log = await runGallery('replay');
    expect(log.of('replay.started').map(({ messages }) => messages)).toEqual([9, 16]);
    expect(log.of('effect.held')).toHaveLength(3);
    expect(log.printed('letters')).toHaveLength(3);
    expect(broken(log)).toEqual([]);
  });

  it('sends a second gift when the effects are not held back', async () => {
    const { interventions } = await loadGallery('replay');
    const loud = interventions.map((each) =>
      each.type === 'replay.start' ? { ...each, suppressEffects: false } : each,
    );
    expect(broken(await runGallery('replay', { interventions: loud }))).toEqual(['letters']);
  });

  it('brings nobody a gift without the history', async () => {
    const [, ...without] = (await loadGallery('replay')).interventions;
    expect((await runGallery('replay', { interventions: without })).printed('letters')).toEqual([]);
  });
});

describe('ab-testing', () => {
  const harm = (log: Log) => [...new Set(log.of('invariant.failed').map(({ name }) => name))].sort();
  const switches = async (change: (each: Intervention) => Intervention[]) => {
    const { interventions } = await loadGallery('ab-testing');
    return runGallery('ab-testing', { interventions: interventions.flatMap(change) });
  };

  it('harms everybody at once, a few by key, and nobody in the shadow, whose winner goes live', async () => {
    const log = await runGallery('ab-testing');
    expect(harm(log)).toEqual(['at once: nobody pays too much', 'by key: nobody pays too much']);
    const harmed = /'at once': (\d+), 'by key': (\d+), shadow: 0/.exec(shown(log, 'audit', 'customers harmed'));
    expect(Number(harmed?.[1])).toBeGreaterThan(3 * Number(harmed?.[2]));
    expect(log.of('experiment.version-started').at(-1)).toMatchObject({ version: 'quick' });
    expect(log.of('effect.held').length).toBeGreaterThan(40);
  });

  it('harms customers of the shadow too when it goes live before the fix', async () => {
    const log = await switches((each) =>
      each.type === 'experiment.switch' && each.version === 'quick' ? [{ ...each, atMs: 4_000 }] : [each],
    );
    expect(harm(log)).toContain('shadow: nobody pays too much');
  });

  it('harms more customers by key when nobody switches back before the fix', async () => {
    const harmedByKey = (log: Log) =>
      Number(/'by key': (\d+)/.exec(shown(log, 'audit', 'customers harmed'))?.[1] ?? NaN);
    const log = await switches((each) => (each.type === 'experiment.switch' && each.version === 'today' ? [] : [each]));
    expect(harmedByKey(log)).toBeGreaterThan(harmedByKey(await runGallery('ab-testing')));
  });
});

describe('the other patterns of messaging', () => {
  it('do harm where they are left out, and none where they are not', async () => {
    expect(broken(await runGallery('competing-consumers'))).toEqual(['one']);
    expect(broken(await runGallery('message-ordering'))).toEqual(['any-hand']);
    expect(broken(await runGallery('bulkhead'))).toEqual(['shared']);
    expect(broken(await runGallery('timeout'))).toEqual(['endless']);
    const pressed = await runGallery('back-pressure');
    expect([...new Set(pressed.of('invariant.failed').map(({ name }) => name))]).toEqual([
      'pushed photos fit into memory',
    ]);
  });

  it('carry a scan to whoever asks for it, and to nobody else', async () => {
    const log = await runGallery('claim-check');
    expect(lastShown(log, 'doctor')).toContain("'by claim, kB': 200");
    expect(lastShown(log, 'billing')).toContain("'by claim, kB': 0");
    expect(lastShown(log, 'billing')).toContain("'inside messages, kB': 200");
  });

  it('keep order by key only as long as a shard does one thing at a time', async () => {
    const hasty = await editGallery('message-ordering', 'by-key.ts', 'prefetch: 1', 'prefetch: 2');
    expect(broken(hasty)).toEqual(['any-hand', 'by-key']);
  });
});

describe('thundering-herd', () => {
  const figures = (log: Log, kind: string) => {
    const [calls, charged, mostAtOnce] = (shown(log, 'bank', kind).match(/\d+/g) ?? []).map(Number);
    return { calls, charged, mostAtOnce };
  };

  it('comes back as a crowd without jitter, spread out with it, and mostly not at all within a budget', async () => {
    const log = await runGallery('thundering-herd');
    expect(figures(log, 'fixed')).toEqual({ calls: 345, charged: 72, mostAtOnce: 60 });
    expect(figures(log, 'exponential')).toEqual({ calls: 401, charged: 72, mostAtOnce: 58 });
    expect(figures(log, 'full-jitter')).toEqual({ calls: 363, charged: 72, mostAtOnce: 9 });
    expect(figures(log, 'decorrelated')).toEqual({ calls: 281, charged: 72, mostAtOnce: 8 });
    expect(figures(log, 'budget')).toEqual({ calls: 104, charged: 10, mostAtOnce: 1 });
    expect(log.of('message.dead-lettered')).toHaveLength(62);
  });

  it('does what its tries say', async () => {
    const spread = await editGallery(
      'thundering-herd',
      'kinds.ts',
      'initialMs: 1_000',
      'initialMs: 1_000, jitter: true',
    );
    expect(figures(spread, 'fixed').mostAtOnce).toBeLessThan(16);
    const richer = await editGallery('thundering-herd', 'kinds.ts', 'share: 0.2', 'share: 2');
    expect(figures(richer, 'budget')).toEqual({ calls: 216, charged: 12, mostAtOnce: 2 });
    const redriven = await runGallery('thundering-herd', {
      interventions: [{ type: 'message.redrive', atMs: 6_000, broker: 'subscriptions', queue: 'given up by budget' }],
    });
    expect(figures(redriven, 'budget')).toEqual({ calls: 179, charged: 38, mostAtOnce: 62 });
  });

  it('charges nobody twice when the shop starts again', async () => {
    const log = await saveGallery('thundering-herd', 'shop.ts', 8_000);
    expect(figures(log, 'full-jitter')).toEqual({ calls: 363, charged: 72, mostAtOnce: 9 });
    expect(log.of('message.published')).toHaveLength(72);
  });
});

describe('network-partition', () => {
  const figures = (log: Log) =>
    ['eager', 'careful'].map((kind) =>
      ['seats sold twice', 'sent home without a ticket'].map((what) =>
        Number(shown(log, 'customers', `${kind}: ${what}`)),
      ),
    );

  it('sells seats twice on both sides of it, or sends the smaller side home', async () => {
    const log = await runGallery('network-partition');
    expect(broken(log)).toEqual(['customers']);
    expect(figures(log)).toEqual([
      [7, 0],
      [0, 5],
    ]);
  });

  it('keeps what a desk has promised, though it starts again', async () => {
    const log = await saveGallery('network-partition', 'careful.ts', 10_000);
    expect(figures(log)[1]).toEqual([0, 5]);
  });

  it('opens an eager desk at once, though it starts again as the network falls apart', async () => {
    const log = await saveGallery('network-partition', 'eager.ts', 2_900);
    const [twice, home] = figures(log)[0]!;
    expect(twice).toBeGreaterThanOrEqual(7);
    expect(home).toBe(0);
  });

  it('does no harm to either when there is none', async () => {
    const log = await runGallery('network-partition', { faults: [] });
    expect(figures(log)).toEqual([
      [0, 0],
      [0, 0],
    ]);
  });

  it('stops all careful sale when nobody has a majority, and makes careful desks eager when silence counts as a yes', async () => {
    const apart = ['kyiv', 'lviv', 'odesa'].map((city) => [`eager-${city}`, `careful-${city}`]);
    const parted = await runGallery('network-partition', {
      faults: [{ type: 'partition', groups: apart, fromMs: 3_000, untilMs: 8_000 }],
    });
    expect(figures(parted)[1]).toEqual([0, 16]);
    const trusting = await editGallery(
      'network-partition',
      'careful.ts',
      "answers.includes('yes')",
      "answers.some((answer) => answer !== 'no')",
    );
    expect(figures(trusting)[1]).toEqual([5, 0]);
  });
});
