import { expect, it } from 'vitest';
import { FaultEffects, type FaultEffect } from '../../src/projections/fault-effects';
import { FaultSpans, spanFrom, spanOfEntry } from '../../src/projections/fault-spans';
import type { FaultSpec } from '../../src/scenario/scenario';
import { runScenario, type Given, type Log } from '../runtime/run-scenario';

const shop = `
  import { eventBus, every } from 'eventarium';
  every(100, (n) => eventBus('shop').emit('order.created', { id: n }), { times: 10 });
`;
const mail = `
  import { eventBus, sleep } from 'eventarium';
  eventBus('shop').subscribe('order.*', async function send(event) {
    await sleep(10);
    console.log(event.data.id);
  });
`;

async function effectOf(fault: FaultSpec, given: Partial<Given> = {}) {
  const log = await runScenario({
    files: { 'seller.ts': shop, 'mail.ts': mail },
    latencyMs: 5,
    faults: [fault],
    durationMs: 5_000,
    ...given,
  });
  return { log, effect: effectAt(log, fault) };
}

function effectAt(log: Log, fault: FaultSpec, position = log.entries.length): FaultEffect {
  const spans = new FaultSpans();
  for (const entry of log.entries) spans.append(entry);
  const span = spanFrom(spans.spans, fault, fault.fromMs ?? 0)!;
  for (const entry of log.of('fault.struck')) expect(spanOfEntry(spans.spans, entry)).toBe(span);
  const effects = new FaultEffects(span);
  for (const entry of log.entries) effects.append(entry);
  return effects.at(position);
}

it('counts what a link loses and doubles while the fault lasts, up to the playhead', async () => {
  const link = { type: 'link', from: 'shop', to: 'mail', link: { duplicated: 1 }, fromMs: 250, untilMs: 650 } as const;
  const { log, effect } = await effectOf(link);
  expect(effect).toMatchObject({ sent: 8, twice: 4, lost: 0, waiting: 0 });
  expect(log.printed('mail')).toHaveLength(14);
  const half = log.entries.findIndex(({ atMs }) => atMs > 450);
  expect(effectAt(log, link, half)).toMatchObject({ sent: 4, twice: 2 });
  const lossy = await effectOf({ ...link, link: { loss: 1 } });
  expect(lossy.effect).toMatchObject({ sent: 4, lost: 4, waiting: 0 });
});

it('tells what came late, and by which way', async () => {
  const delayed = {
    type: 'link',
    from: 'shop',
    to: 'mail',
    link: { delayed: 1, delayedMs: 300 },
    fromMs: 250,
  } as const;
  expect((await effectOf(delayed)).effect).toMatchObject({ sent: 8, late: 8, longestMs: 305 });
});

it('counts what a partition holds up and who gets no answer', async () => {
  const app = `
    import express from 'express';
    import { every } from 'eventarium';
    if (process.argv[2] === 'server') express().get('/', (_, response) => response.send('ok')).listen(80);
    else every(100, () => fetch('http://server', { signal: AbortSignal.timeout(50) }).catch(() => {}), { times: 6 });
  `;
  const { log, effect } = await effectOf(
    { type: 'partition', groups: [['server'], ['client']], fromMs: 150, untilMs: 450 },
    {
      files: { 'app.ts': app },
      processes: [
        { file: 'app.ts', name: 'server', args: ['server'] },
        { file: 'app.ts', name: 'client' },
      ],
    },
  );
  expect(log.of('http.failed')).toHaveLength(3);
  expect(effect).toMatchObject({ sent: 3, unanswered: 3, waiting: 0, lost: 0 });
});

it('counts crashes with what they broke off and who came back', async () => {
  const { effect } = await effectOf({ type: 'crash', process: 'mail', every: 4, restartAfterMs: 50 });
  expect(effect).toMatchObject({ struck: 2, interrupted: 2, restarts: 2 });
});

it('holds how long things take against how long they took before', async () => {
  const { effect } = await effectOf({ type: 'slow', process: 'mail', factor: 3, fromMs: 350 });
  expect(effect).toMatchObject({ handled: 7, handledMs: 30, beforeMs: 10 });
});

it('counts wrong times, broken payloads, and what a stopped broker does not take', async () => {
  const skew = await effectOf({ type: 'skew', process: 'seller', skewMs: -5_000, fromMs: 450 });
  expect(skew.effect.stamped).toBe(6);
  const poison = await effectOf({ type: 'poison', broker: 'shop', event: '#', every: 3 });
  expect(poison.effect.struck).toBe(3);
  const outage = await effectOf({ type: 'outage', broker: 'shop', fromMs: 250, untilMs: 550 });
  expect(outage.effect.dropped).toBe(3);
});
