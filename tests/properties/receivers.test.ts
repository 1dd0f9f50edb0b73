import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Intervention } from '../../src/log/entry';
import { runScenario } from '../runtime/run-scenario';

const file = `import express from 'express';
import { webhookReceiver, sleep } from 'eventarium';
const { concurrency, attempts, rate } = JSON.parse(process.argv[2]);
const hooks = webhookReceiver('hooks', {
  verify: 'none',
  concurrency,
  ...(rate > 0 && { rate: { max: rate, perMs: 100 } }),
  retry: { attempts, intervalMs: 50 },
  handle: async ({ body, attempt }) => {
    await sleep(20);
    if (attempt <= body.failures) throw new Error('down');
    console.log(body.id);
    await sleep(20);
  },
});
express().post('/', hooks).listen(80);`;

const sent = fc.array(fc.record({ atMs: fc.nat(3_000), id: fc.nat(20), failures: fc.constantFrom(0, 0, 1, 2, 9) }), {
  minLength: 1,
  maxLength: 40,
});
const crashes = fc.array(fc.record({ atMs: fc.nat(4_000), restartAfterMs: fc.nat(300) }), { maxLength: 5 });
const edits = fc.array(fc.nat(4_000), { maxLength: 2 });
const pauses = fc.array(fc.record({ atMs: fc.nat(3_000), forMs: fc.nat(800) }), { maxLength: 2 });
const rules = fc.record({
  concurrency: fc.constantFrom(1, 3, 10),
  attempts: fc.constantFrom(1, 3),
  rate: fc.constantFrom(0, 2),
});
const of = { process: 'shop', receiver: 'hooks' } as const;

it('loses nothing that it has accepted, and handles nothing twice that no crash has cut off', async () => {
  await fc.assert(
    fc.asyncProperty(
      sent,
      crashes,
      edits,
      pauses,
      rules,
      fc.nat(99),
      async (posts, downs, texts, stops, rule, seed) => {
        const log = await runScenario({
          files: { 'shop.ts': file },
          processes: [{ file: 'shop.ts', args: [JSON.stringify(rule)] }],
          seed,
          durationMs: 30_000,
          interventions: [
            ...posts.map(({ atMs, ...body }): Intervention => ({
              type: 'http.request',
              atMs,
              method: 'POST',
              url: 'http://shop/',
              headers: [],
              body: JSON.stringify(body),
            })),
            ...downs.map((down): Intervention => ({ type: 'process.crash', process: 'shop', ...down })),
            ...texts.map((atMs): Intervention => ({
              type: 'file.edit',
              atMs,
              file: 'shop.ts',
              source: `${file} // ${String(atMs)}`,
            })),
            ...stops.flatMap(({ atMs, forMs }): Intervention[] => [
              { type: 'receiver.pause', atMs, ...of },
              { type: 'receiver.resume', atMs: atMs + forMs, ...of },
            ]),
            { type: 'receiver.resume', atMs: 5_000, ...of },
          ],
        });
        const accepted = log.of('receiver.accepted');
        const marks = log.of('receiver.attempt-succeeded').map(({ event }) => event);
        const failed = new Set(
          log
            .of('receiver.attempt-failed')
            .filter(({ attemptsLeft }) => attemptsLeft === 0)
            .map(({ event }) => event),
        );
        const interrupted = new Set(log.of('receiver.recovered').flatMap(({ interrupted: cut }) => cut));
        // Each 200 stands for an event; each event has one end.
        expect(new Set(accepted.map(({ key }) => key)).size).toBe(accepted.length);
        for (const { event } of accepted) {
          const ends = marks.filter((each) => each === event).length + Number(failed.has(event));
          expect(`${event} ends ${String(ends)}`).toBe(`${event} ends 1`);
          const runs = log.of('receiver.attempt-started').filter((each) => each.event === event);
          const numbers = runs.map(({ attempt }) => attempt);
          // An attempt is made twice only when it was cut off.
          if (new Set(numbers).size < numbers.length) expect([...interrupted]).toContain(event);
          expect(Math.max(...numbers)).toBeLessThanOrEqual(rule.attempts);
        }
        const effects = log.printed();
        for (const { event, key } of accepted) {
          const times = effects.filter((each) => each === key).length;
          if (!interrupted.has(event)) expect(times).toBe(failed.has(event) ? 0 : 1);
          else if (!failed.has(event)) expect(times).toBeGreaterThan(0);
        }
      },
    ),
    { numRuns: 60 },
  );
}, 120_000);
