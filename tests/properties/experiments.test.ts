import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Intervention } from '../../src/log/entry';
import { runScenario } from '../runtime/run-scenario';

const file = `import { experiment, eventBus, every, sleep } from 'eventarium';
const bus = eventBus('shop');
const { share, isKeyed } = JSON.parse(process.argv[2]);
const version = (ms) => async () => { await sleep(ms); if (Math.random() < 0.2) throw new Error('down'); };
bus.subscribe('ask', experiment('prices', {
  versions: { today: version(20), tried: version(50) },
  split: isKeyed ? { key: ({ data }) => data.user, share } : { share },
}), { queue: 'asks', prefetch: 3, retry: 3 });
if (process.argv[3] === 'sends') every(20, (n) => bus.emit('ask', { user: n % 40 }), { times: 200 });`;

const crashes = fc.array(fc.record({ atMs: fc.nat(4_000), downMs: fc.nat(300) }), { maxLength: 3 });

it('shares add up, and what decides always decides the same: over retries, replicas and crashes', async () => {
  const shares = fc.constantFrom(0, 0.1, 0.5, 0.8, 1);
  let [tried, wanted, all] = [0, 0, 0];
  await fc.assert(
    fc.asyncProperty(fc.nat(100_000), shares, fc.boolean(), crashes, async (seed, share, isKeyed, downs) => {
      const plan = JSON.stringify({ share, isKeyed });
      const log = await runScenario({
        files: { 'shop.ts': file },
        processes: [
          { file: 'shop.ts', name: 'shop', args: [plan, 'sends'] },
          { file: 'shop.ts', name: 'worker', args: [plan], replicas: 2 },
        ],
        interventions: downs.flatMap(({ atMs, downMs }): Intervention[] => [
          { type: 'process.crash', atMs, process: 'worker#1' },
          { type: 'process.restart', atMs: atMs + downMs, process: 'worker#1' },
        ]),
        seed,
        durationMs: 20_000,
      });
      const decided = new Map<string, string>();
      for (const { message = '', key = message, version } of log.of('experiment.version-started')) {
        expect(decided.get(key) ?? version).toBe(version);
        decided.set(key, version);
      }
      expect(decided.size).toBe(isKeyed ? 40 : 200);
      const second = [...decided.values()].filter((version) => version === 'tried').length;
      if (share === 0 || share === 1) expect(second).toBe(share * decided.size);
      tried += second;
      wanted += share * decided.size;
      all += decided.size;
    }),
    { numRuns: 40 },
  );
  // Of some thousands, a few in a hundred would be far off.
  expect(Math.abs(tried - wanted) / all).toBeLessThan(0.03);
}, 120_000);
