import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadGallery, runGallery } from './run-gallery';
import type { Log } from '../runtime/run-scenario';

const shownLast = (log: Log, process: string, name: string): string | undefined =>
  log.of('process.showed').findLast((entry) => entry.process === process && entry.name === name)?.value;

describe('outbox', () => {
  it('loses two orders, invents two, and with the outbox neither', async () => {
    const log = await runGallery('outbox');
    const harm = (shop: string) => [
      shownLast(log, 'warehouse', `${shop}: paid for and never sent`),
      shownLast(log, 'warehouse', `${shop}: sent and never ordered`),
    ];
    expect(harm('store-first')).toEqual(['2', '0']);
    expect(harm('publish-first')).toEqual(['0', '2']);
    expect(harm('with-outbox')).toEqual(['0', '0']);
  });

  it('sends what was ordered whenever the shop with the outbox crashes', async () => {
    const { interventions } = await loadGallery('outbox');
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 100, max: 8_500 }), async (atMs) => {
        const process = 'with-outbox';
        const log = await runGallery('outbox', {
          interventions: [
            ...interventions,
            { type: 'process.crash', atMs, process },
            { type: 'process.restart', atMs: atMs + 200, process },
          ],
        });
        expect(shownLast(log, 'warehouse', 'with-outbox: paid for and never sent')).toBe('0');
        expect(shownLast(log, 'warehouse', 'with-outbox: sent and never ordered')).toBe('0');
      }),
      { numRuns: 12 },
    );
  }, 60_000);
});

it('idempotency: money is taken twice without keys, and never with them, whatever the seed', async () => {
  let twice = 0;
  for (const seed of [7, 8, 9, 10]) {
    const log = await runGallery('idempotency', { seed });
    twice += Number(shownLast(log, 'plain-bank', 'charged twice, UAH'));
    expect(shownLast(log, 'careful-bank', 'charged twice, UAH')).toBe('0');
  }
  expect(twice).toBeGreaterThan(0);
});

it('event sourcing: desks conflict and decide anew, and every version is made again', async () => {
  const log = await runGallery('event-sourcing');
  expect(log.of('stream.conflicted').length).toBeGreaterThan(0);
  const printed = log.printed('auditor');
  const appended = log.of('stream.appended').filter(({ stream }) => stream === 'account-Оксана');
  expect(printed).toHaveLength(appended.length + 1);
  expect(printed.some((line) => line.includes('-') || line.includes('NaN'))).toBe(false);
});

it('event sourcing: desks that append whatever has come in between overdraw the account, until they say the version', async () => {
  const log = await runGallery('event-sourcing');
  const overdrawn = (auditor: string) => shownLast(log, auditor, 'overdrawn by, грн');
  expect([overdrawn('auditor'), overdrawn('hasty-auditor')]).toEqual(['0', '400']);
  expect(log.of('invariant.failed').map(({ process }) => process)).toEqual(['hasty-auditor']);
  const { files } = await loadGallery('event-sourcing');
  const careful = files['hasty-desk.ts']!.replace('{ state }', '{ state, version }').replace(
    '(n)));',
    '(n)), { expectedVersion: version });',
  );
  const mended = await runGallery('event-sourcing', { files: { ...files, 'hasty-desk.ts': careful } });
  expect(mended.of('stream.conflicted').length).toBeGreaterThan(log.of('stream.conflicted').length);
  expect(mended.of('invariant.failed')).toEqual([]);
});

it('CQRS: who looks at once does not find her own order; the rebuild changes nothing', async () => {
  const log = await runGallery('cqrs');
  expect(Number(shownLast(log, 'shop', 'did not find their own order'))).toBeGreaterThan(0);
  expect(log.of('projection.rebuilt')).toMatchObject([{ changes: [] }]);
});

it('CQRS: a shop that starts again places no order twice, and finds its own as late as before', async () => {
  const log = await runGallery('cqrs', {
    interventions: [
      { type: 'process.crash', atMs: 1_500, process: 'shop' },
      { type: 'process.restart', atMs: 2_500, process: 'shop' },
    ],
  });
  expect(log.of('stream.appended')).toHaveLength(24);
  expect(Number(shownLast(log, 'shop', 'did not find their own order'))).toBeGreaterThan(0);
});
