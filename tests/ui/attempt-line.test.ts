import { describe, expect, test } from 'vitest';
import { endpointAt, sendingAt, WebhookAttempts } from '../../src/projections/attempts';
import { svixScheduleMs } from '../../src/brokers/webhooks/schedule';
import { lineOf } from '../../src/ui/attempts/attempt-line';
import { runScenario } from '../runtime/run-scenario';

const shop = `import express from 'express';
const app = express();
app.post('/hooks', (req, res) => void setTimeout(() => res.sendStatus(500), 40));
app.listen(3000);`;
const provider = `import { Svix } from 'svix';
const svix = new Svix('x');
await svix.application.create({ name: 'A', uid: 'a' });
await svix.endpoint.create('a', { url: 'http://shop:3000/hooks' });
await svix.message.create('a', { eventType: 'paid', payload: {} });`;

const hour = 3_600_000;

async function failing(): Promise<WebhookAttempts> {
  const log = await runScenario({
    files: { 'shop.js': shop, 'provider.mjs': provider },
    processes: [{ file: 'shop.js' }, { file: 'provider.mjs', startAtMs: 1_000 }],
    durationMs: 40 * hour,
  });
  const attempts = new WebhookAttempts();
  for (const entry of log.entries) attempts.append(entry);
  return attempts;
}

describe('a message’s line', () => {
  test('has all eight attempts over 27 hours on one screen, each wait by its length', async () => {
    const [sending] = (await failing()).endpoints[0]!.sendings;
    const nowMs = 40 * hour;
    const line = lineOf(sending!, sendingAt(sending!, nowMs), nowMs, 700);
    expect(line.attempts.map(({ fate }) => fate)).toEqual(Array(8).fill('failed'));
    expect(line.waits.map(({ waitMs }) => waitMs)).toEqual(svixScheduleMs.slice(1));
    const places = line.attempts.map(({ x }) => x);
    expect(places).toEqual([...places].sort((one, other) => one - other));
    expect(places[0]).toBeGreaterThan(0);
    expect(places.at(-1)).toBeLessThan(700);
    expect(line.waits.every(({ fromX, toX }) => toX - fromX > 60)).toBe(true);
    const onPhone = lineOf(sending!, sendingAt(sending!, nowMs), nowMs, 366);
    expect(onPhone.waits.every(({ fromX, toX }) => toX - fromX > 60)).toBe(true);
  });

  test('shows the next attempt while it is still to come, and nothing of the future', async () => {
    const [sending] = (await failing()).endpoints[0]!.sendings;
    const nowMs = 2_000;
    const now = sendingAt(sending!, nowMs);
    const line = lineOf(sending!, now, nowMs, 700);
    expect(now).toMatchObject({ state: 'waiting', nextAtMs: 6_040 });
    expect(line.attempts).toHaveLength(1);
    expect(line.waits).toMatchObject([{ isOpen: true }]);
    expect(line.nextX).toBe(line.waits[0]?.toX);
  });
});

test('an endpoint’s figures are those of the instant', async () => {
  const endpoint = (await failing()).endpoints[0]!;
  expect(endpointAt(endpoint, 500)).toBeUndefined();
  expect(endpointAt(endpoint, 1_020)).toMatchObject({ attempts: 0, isFailing: false, successRate: undefined });
  expect(endpointAt(endpoint, 2_000)).toMatchObject({
    attempts: 1,
    isFailing: true,
    successRate: 0,
    p50Ms: 40,
    p95Ms: 40,
    nextAtMs: 6_040,
  });
  expect(endpointAt(endpoint, 40 * hour)).toMatchObject({ attempts: 8, nextAtMs: undefined });
});
