import { describe, expect, it } from 'vitest';
import type { Log } from '../runtime/run-scenario';
import { editGallery, lastShown, loadGallery, runGallery, shown } from './run-gallery';

const hour = 3_600_000;

describe('payments', () => {
  it('credits each payment once, and counts what the other balance costs', async () => {
    const log = await runGallery('payments');
    expect(shown(log, 'naive-balance', 'harm')).toBe('{ creditedTwice: 2, uahTooMuch: 1100, statusGoneBack: 3 }');
    expect(shown(log, 'balance', 'ignored')).toBe('{ duplicates: 2, late: 3 }');
    const [right, wrong] = ['balance', 'naive-balance'].map((name) => Number(shown(log, name, 'balance, UAH')));
    expect(wrong! - right!).toBe(1_100);
    expect(log.of('invariant.failed').map(({ process }) => process)).toEqual(['naive-balance']);
  });

  it('sends what is suspicious to a person, and one receipt a payment', async () => {
    const log = await runGallery('payments');
    expect(log.printed('fraud')).toEqual(['pay-7: 48000 грн, на ручну перевірку']);
    expect(new Set(log.printed('receipt')).size).toBe(log.printed('receipt').length);
    expect(log.printed('receipt')).toHaveLength(9);
  });

  it('has no duplicates when the gateway answers before its work', async () => {
    const log = await editGallery('payments', 'gateway.ts', 'await sleep(16_000)', 'await sleep(0)');
    expect(shown(log, 'naive-balance', 'harm')).toContain('creditedTwice: 0');
  });

  it('goes on where the bank was when its file is changed, and tells the rest by the new code', async () => {
    const { files } = await loadGallery('payments');
    const source = files['bank.ts']!.replace('250 + index * 150', '1_000');
    const log = await runGallery('payments', {
      interventions: [{ type: 'file.edit', atMs: 10_500, file: 'bank.ts', source }],
    });
    expect(log.of('process.exited').filter(({ failure }) => failure)).toEqual([]);
    const approved = log.printed('receipt').map((line) => /\d+ грн/.exec(line)?.[0]);
    expect(approved).toContain('400 грн');
    expect(approved.filter((sum) => sum === '1000 грн').length).toBeGreaterThan(3);
    expect(approved).toHaveLength(9);
  });
});

describe('webhook-delivery', () => {
  it('brings every payment to the shop, though it was down', async () => {
    const log = await runGallery('webhook-delivery');
    const delivered = log.of('delivery.succeeded').filter(({ process }) => process === 'shop');
    expect(new Set(delivered.map(({ message }) => message)).size).toBe(30);
    expect(log.of('delivery.failed').filter(({ reason }) => reason === 'unreachable').length).toBeGreaterThan(0);
  });

  it('comes back to accounting when it was asked to', async () => {
    const log = await runGallery('webhook-delivery');
    const waits = log
      .of('delivery.retry-scheduled')
      .filter(({ process }) => process === 'accounting')
      .map(({ dueAtMs, atMs }) => dueAtMs - atMs);
    expect(waits).toEqual([hour, hour]);
  });

  it('disables what is gone and what only fails, and recovers what was mended', async () => {
    const log = await runGallery('webhook-delivery');
    const disabled = log.of('queue.declared').filter(({ settings }) => settings['disabled'] !== undefined);
    expect(disabled.map(({ queue, settings, atMs }) => [queue, settings['disabled'], Math.floor(atMs / hour)])).toEqual(
      [
        ['old-site:3002/hooks', 'gone', 12],
        ['warehouse:3003/hooks', 'failing', 22],
      ],
    );
    expect(shown(log, 'warehouse', 'reserved')).toBe('23');
    expect(lastShown(log, 'support')).toBe("[ 'old-site' ]");
  });
});

describe('webhook-receiver', () => {
  const harm = (log: Log) => shown(log, 'audit', 'harm').replace(/\s+/g, ' ');

  it('charges each order once where it is kept, and counts what it costs where it is not', async () => {
    const log = await runGallery('webhook-receiver');
    const [slow, quick, safe] = ['slow', 'quick', 'safe'].map((shop) =>
      new RegExp(`${shop}: \\{ twice: (\\d+), unpaid: (\\d+), forged: (\\d+)`).exec(harm(log))!.slice(1).map(Number),
    );
    expect(safe).toEqual([0, 0, 0]);
    expect(slow![0]).toBeGreaterThan(3);
    expect(quick![1]).toBeGreaterThan(1);
    expect([slow![2], quick![2]]).toEqual([1, 1]);
    expect(log.of('intervention.refused')).toEqual([]);
    expect(log.of('receiver.recovered')[0]?.interrupted).toHaveLength(1);
    expect(log.of('receiver.deduplicated').length).toBeGreaterThan(0);
    expect(log.of('receiver.issue-opened').map(({ kind }) => kind)).toEqual(['signature', 'delivery']);
  });

  it('charges the resent order twice without deduplication and without a key', async () => {
    const { files } = await loadGallery('webhook-receiver');
    const safe = files['safe.ts']!.replace('verify:', 'deduplicate: false,\n  verify:').replace(', key)', ')');
    const log = await runGallery('webhook-receiver', { files: { ...files, 'safe.ts': safe } });
    expect(harm(log)).toContain('safe: { twice: 1,');
  });

  it('leaves the blocked card unpaid when nobody retries', async () => {
    const { interventions } = await loadGallery('webhook-receiver');
    const log = await runGallery('webhook-receiver', {
      interventions: interventions.filter(({ type }) => type !== 'receiver.retry'),
    });
    expect(harm(log)).toContain('safe: { twice: 0, unpaid: 1,');
  });
});

describe('webhook-security', () => {
  it('refuses each attack for its reason', async () => {
    const log = await runGallery('webhook-security');
    expect(log.printed('shop')).toEqual([
      'Відхилено: той самий запит одразу: msg_3 уже оброблено',
      'Відхилено: інша сума: No matching signature found',
      'Відхилено: інший id: No matching signature found',
      'Відхилено: власний ключ: No matching signature found',
      'Відхилено: той самий запит за шість хвилин: Message timestamp too old',
      'Відхилено: старий запит із новим часом: No matching signature found',
    ]);
    expect(log.of('invariant.failed')).toEqual([]);
    expect(log.of('invariant.declared')).toHaveLength(5);
  });

  it('lets the sender nowhere inside', async () => {
    const log = await runGallery('webhook-security');
    const refused = log.of('delivery.failed').filter(({ reason }) => reason === 'policy');
    expect(new Set(refused.map(({ failure }) => /is an? ([\w-]+) address/.exec(failure.message)?.[1]))).toEqual(
      new Set(['metadata', 'loopback', 'private']),
    );
    expect(log.of('http.requested').every(({ to }) => to === 'shop')).toBe(true);
  });

  it.each([
    ['the repeat, when ids are not kept', 'shop.ts', 'handled.has(id)', 'false', 'shop'],
    [
      'forgeries, when nothing is verified',
      'shop.ts',
      'verifier.verify(req.body, req.headers)',
      'JSON.parse(req.body)',
      'attacker',
    ],
  ])('shows the harm of %s', async (_what, file, from, to, process) => {
    const log = await editGallery('webhook-security', file, from, to);
    expect(log.of('invariant.failed').map((entry) => entry.process)).toContain(process);
  });

  it('opens the door inside when the policy allows it', async () => {
    const log = await runGallery('webhook-security', { brokers: { webhooks: { allowedAddresses: ['127.0.0.1'] } } });
    expect(log.of('invariant.failed').map(({ process }) => process)).toContain('admin');
  });
});
