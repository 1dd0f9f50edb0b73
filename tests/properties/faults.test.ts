import fc from 'fast-check';
import { expect, it, vi } from 'vitest';
import { FaultEffects } from '../../src/projections/fault-effects';
import { FaultSpans, spanFrom } from '../../src/projections/fault-spans';
import type { FaultSpec } from '../../src/scenario/scenario';
import { runScenario, type Log } from '../runtime/run-scenario';

// Properties try many cases, and a busy machine tries them slowly.
vi.setConfig({ testTimeout: 60_000 });

const files = {
  'seller.ts': `
    import { eventBus, every } from 'eventarium';
    every(100, (n) => eventBus('shop').emit('order.created', { id: n }), { times: 20 });
  `,
  'mail.ts': `
    import { eventBus, sleep } from 'eventarium';
    eventBus('shop').subscribe('order.*', async function send(event) {
      await sleep(10);
      console.log(String(event.data.id));
    }, { queue: process.argv[2], name: 'send' });
  `,
};
const processes = (queue: string[]) => [
  { file: 'mail.ts', name: 'mail', args: queue },
  { file: 'seller.ts', name: 'seller', startAtMs: 10 },
];
const run = (faults: readonly FaultSpec[], seed: number, queue: string[] = ['mails']): Promise<Log> =>
  runScenario({ files, faults, seed, latencyMs: 5, processes: processes(queue), durationMs: 120_000 });

const seeds = fc.nat({ max: 4_294_967_295 });
const share = fc.double({ min: 0.1, max: 0.6, noNaN: true });
const toMail = { type: 'link', from: 'shop', to: 'mail' } as const;
/** What a durable queue mends: none of it keeps an order from reaching the bus. */
const mendable: fc.Arbitrary<FaultSpec> = fc.oneof(
  fc
    .record({ every: fc.integer({ min: 2, max: 6 }), restartAfterMs: fc.nat({ max: 500 }) })
    .map((of): FaultSpec => ({ type: 'crash', process: 'mail', ...of })),
  share.map((chance): FaultSpec => ({ type: 'crash', process: 'mail', chance, restartAfterMs: 100 })),
  fc.integer({ min: 2, max: 9 }).map((factor): FaultSpec => ({ type: 'slow', process: 'mail', factor })),
  fc.integer({ min: -9_000, max: 9_000 }).map((skewMs): FaultSpec => ({ type: 'skew', process: 'mail', skewMs })),
  fc
    .constantFrom('loss', 'duplicated', 'delayed', 'reordered')
    .chain((what) => share.map((value): FaultSpec => ({ ...toMail, link: { [what]: value } }))),
  fc.constant<FaultSpec>({ type: 'partition', groups: [['mail'], ['shop', 'seller']] }),
);
const spans = fc.tuple(fc.integer({ min: 50, max: 1_500 }), fc.integer({ min: 50, max: 900 }));
const lifted = fc.uniqueArray(
  fc.tuple(mendable, spans).map(([fault, [fromMs, forMs]]): FaultSpec => ({
    ...fault,
    fromMs,
    untilMs: fromMs + forMs,
  })),
  { maxLength: 4, selector: ({ type }) => type },
);

it('give the same log for the same seed, and lose nothing of a durable queue once they are lifted', async () => {
  await fc.assert(
    fc.asyncProperty(lifted, seeds, async (faults, seed) => {
      const [one, two] = [await run(faults, seed), await run(faults, seed)];
      expect(one.entries).toEqual(two.entries);
      const done = new Set(one.printed('mail').map(Number));
      expect([...done].sort((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, n) => n + 1));
    }),
    { numRuns: 25 },
  );
});

it('change nothing before they begin, and leave no trace where they are taken away', async () => {
  await fc.assert(
    fc.asyncProperty(lifted, seeds, async (faults, seed) => {
      const [plain, broken] = [await run([], seed), await run(faults, seed)];
      const fromMs = Math.min(Infinity, ...faults.map((fault) => fault.fromMs ?? 0));
      const before = (log: Log) => log.entries.filter(({ atMs }) => atMs < fromMs);
      expect(before(broken)).toEqual(before(plain));
      expect(
        (
          await run(
            faults.map((fault) => ({ ...fault, disabled: true })),
            seed,
          )
        ).entries,
      ).toEqual(plain.entries);
    }),
    { numRuns: 15 },
  );
});

it('count what a link has lost and doubled as the receiver saw it', async () => {
  await fc.assert(
    fc.asyncProperty(share, share, spans, seeds, async (loss, duplicated, [fromMs, forMs], seed) => {
      const fault: FaultSpec = { ...toMail, link: { loss, duplicated }, fromMs, untilMs: fromMs + forMs };
      const log = await run([fault], seed, []);
      const found = new FaultSpans();
      for (const entry of log.entries) found.append(entry);
      const effects = new FaultEffects(spanFrom(found.spans, fault, fromMs)!);
      for (const entry of log.entries) effects.append(entry);
      const { lost, twice, waiting } = effects.at(log.entries.length);
      expect(waiting).toBe(0);
      const received = log.printed('mail');
      expect(received).toHaveLength(20 - lost + twice);
      expect(new Set(received).size).toBe(20 - lost);
    }),
    { numRuns: 20 },
  );
});
