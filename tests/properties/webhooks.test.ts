import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Intervention } from '../../src/log/entry';
import { endpointAt, sendingAt, WebhookAttempts } from '../../src/projections/attempts';
import { applyEntry, createSystem } from '../../src/projections/system';
import { runScenario } from '../runtime/run-scenario';

const minute = 60_000;
const shop = `import express from 'express';
const answers = process.argv.slice(2);
const app = express();
app.post('/hooks', (req, res) => {
  const answer = answers.shift() ?? '200';
  if (answer === 'silence') return;
  if (answer === '503') res.set('Retry-After', '30');
  res.status(Number(answer)).end();
});
app.listen(3000);`;

const provider = `import { Svix } from 'svix';
const svix = new Svix('x');
await svix.application.create({ name: 'A', uid: 'a' });
await svix.endpoint.create('a', { url: 'http://shop:3000/hooks', rateLimit: 2 });
await svix.endpoint.create('a', { url: 'http://nobody:1/' });
for (let n = 0; n < 5; n++) {
  await svix.message.create('a', { eventType: 'e', payload: { n } });
  await new Promise((resolve) => setTimeout(resolve, 20_000));
}`;

const interventions: fc.Arbitrary<Intervention[]> = fc.array(
  fc.oneof(
    fc.record({
      type: fc.constant('message.resend' as const),
      atMs: fc.nat(200 * minute),
      broker: fc.constant('webhooks'),
      message: fc.constantFrom('m_1', 'm_2', 'm_3'),
    }),
    fc.record({ type: fc.constant('process.crash' as const), atMs: fc.nat(10 * minute), process: fc.constant('shop') }),
    fc.record({
      type: fc.constant('process.restart' as const),
      atMs: fc.nat(60 * minute),
      process: fc.constant('shop'),
    }),
  ),
  { maxLength: 6 },
);

it('loses no webhook, and tries none more often than its schedule says', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom('200', '500', '503', '302', '410', 'silence'), { maxLength: 14 }),
      interventions,
      fc.constantFrom(400 * minute, 4_000 * minute),
      async (answers, planned, durationMs) => {
        const log = await runScenario({
          files: { 'shop.ts': shop, 'provider.ts': provider },
          processes: [
            { file: 'shop.ts', args: answers },
            { file: 'provider.ts', startAtMs: 1 },
          ],
          interventions: [...planned].sort((one, other) => one.atMs - other.atMs),
          latencyMs: 30,
          durationMs,
        });
        const attempts = new WebhookAttempts();
        const system = createSystem();
        for (const entry of log.entries) {
          attempts.append(entry);
          applyEntry(system, entry);
        }
        for (const endpoint of attempts.endpoints) {
          for (const sending of endpoint.sendings) {
            const { state, nextAtMs } = sendingAt(sending, durationMs);
            expect(['delivered', 'exhausted', 'stopped', 'waiting']).toContain(state);
            expect(state === 'waiting').toBe(nextAtMs !== undefined);
            expect(sending.attempts.filter(({ isManual }) => !isManual).length).toBeLessThanOrEqual(8);
            expect(sending.attempts.map(({ number }) => number)).toEqual(sending.attempts.map((_, at) => at + 1));
          }
          const { attempts: made = 0 } = endpointAt(endpoint, durationMs) ?? {};
          expect(made).toBe(endpoint.sendings.reduce((sum, sending) => sum + sending.attempts.length, 0));
        }
        // The picture of the system holds nothing that is not under way.
        expect(system.flights.size).toBe(0);
        for (const queue of system.brokers.get('webhooks')?.queues.values() ?? []) {
          expect(queue.ready).toEqual([]);
          expect(queue.unacked.size).toBe(0);
        }
      },
    ),
    { numRuns: 40 },
  );
}, 120_000);
