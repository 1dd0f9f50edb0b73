import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Intervention } from '../../src/log/entry';
import { Causes } from '../../src/projections/causes';
import { applyEntry, createSystem } from '../../src/projections/system';
import { runScenario } from '../runtime/run-scenario';

const file = (queue: string): string => `import { eventBus, every, sleep } from 'eventarium';
const bus = eventBus('shop');
bus.subscribe('pay', async function charge() {
  await sleep(30);
  if (Math.random() < 0.6) throw new Error('the bank is down');
}, { deadLetter: true, retry: { attempts: 2, initialMs: 50, jitter: 'decorrelated', budget: { share: 0.5, minPerSecond: 5 } }${queue} });
if (process.env.SENDS === 'yes') every(100, (n) => bus.emit('pay', { n }), { times: 10 });`;

const done = (atMs: number): fc.Arbitrary<Intervention> =>
  fc.oneof(
    {
      weight: 4,
      arbitrary: fc.constant({ type: 'message.redrive' as const, atMs, broker: 'shop', queue: 'shop.dead' }),
    },
    fc.constant({
      type: 'message.redrive' as const,
      atMs,
      broker: 'shop',
      queue: 'shop.dead',
      messages: ['m_2', 'm_5'],
      data: { n: 0 },
    }),
    fc.constantFrom(
      { type: 'process.crash' as const, atMs, process: 'worker' },
      { type: 'process.restart' as const, atMs, process: 'worker' },
      { type: 'file.edit' as const, atMs, file: 'worker.ts', source: file('') },
    ),
  );

/** At last, with somebody there to take it, all that lies there is sent back, so that the bus must have each letter that the log tells of. */
const back = { type: 'process.restart', atMs: 9_000, process: 'worker' } as const;
const last = { type: 'message.redrive', atMs: 10_000, broker: 'shop', queue: 'shop.dead' } as const;

describe('redriving', () => {
  it('keeps count: what was sent back ends handled, or dead again, and never twice', async () => {
    const interventions = fc
      .array(fc.integer({ min: 20, max: 4_000 }).chain(done), { maxLength: 12 })
      .map((all) => [...[...all].sort((one, other) => one.atMs - other.atMs), back, last]);
    await fc.assert(
      fc.asyncProperty(fc.nat(1_000), fc.boolean(), interventions, async (seed, isQueue, given) => {
        const queue = isQueue ? `, queue: 'payments'` : '';
        const log = await runScenario({
          files: { 'worker.ts': file(queue), 'shop.ts': file(queue).replace(/bus\.subscribe[\s\S]*\}\);\n/, '') },
          processes: [{ file: 'worker.ts' }, { file: 'shop.ts', env: { SENDS: 'yes' } }],
          interventions: given.map((each) => (each.type === 'file.edit' ? { ...each, source: file(queue) } : each)),
          seed,
          durationMs: 30_000,
        });
        const state = createSystem();
        const causes = new Causes((seq) => log.entries[seq]!);
        let lyingAtLast: number | undefined;
        for (const entry of log.entries) {
          if (entry.atMs >= last.atMs)
            lyingAtLast ??= state.brokers.get('shop')?.deadLetters.get('shop.dead')?.count ?? 0;
          applyEntry(state, entry);
          causes.append(entry);
        }
        const lying = state.brokers.get('shop')?.deadLetters.get('shop.dead');
        const died = log.of('message.dead-lettered');
        const sentBack = log.of('message.redriven');
        expect((lying?.count ?? 0) + sentBack.length).toBe(died.length);
        expect(sentBack.filter(({ atMs }) => atMs === last.atMs)).toHaveLength(lyingAtLast ?? -1);
        for (const { message } of new Map(died.map((entry) => [entry.message, entry])).values()) {
          const handled = log.of('delivery.succeeded').filter((entry) => entry.message === message).length;
          const waits = lying?.letters.filter((letter) => letter.message === message).length ?? 0;
          // A durable queue without a worker still has it.
          const queued = state.brokers.get('shop')?.queues.get('payments')?.ready.includes(message) === true ? 1 : 0;
          expect([message, handled + waits + queued]).toEqual([message, 1]);
          const [told, ...more] = causes.messageAt(message, log.entries.length)?.deliveries ?? [];
          expect(more).toEqual([]);
          expect(told?.state).toBe(handled > 0 ? 'succeeded' : waits > 0 ? 'dead-lettered' : 'queued');
        }
      }),
      { numRuns: 40 },
    );
  });
});
