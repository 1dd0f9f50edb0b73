import { expect, it } from 'vitest';
import { countSagas, Sagas, sagaStateAt } from '../../src/projections/sagas';
import { runScenario } from '../runtime/run-scenario';

const code = `import { saga, step, sleep } from 'eventarium';
const order = saga('order', { steps: [
  step('reserve', { action: () => sleep(100), compensation: () => sleep(300) }),
  step('ship', { action: async ({ data }) => { await sleep(100); if (data.fails) throw new Error('no courier'); } }),
] });
for (const id of ['a', 'b']) if (!order.state(id)) order.run(id, { fails: id === 'b' });`;

it('tells how each saga stands at any instant, and what a crash has cut', async () => {
  const log = await runScenario({
    files: { 'orders.ts': code },
    interventions: [
      { type: 'process.crash', atMs: 50, process: 'orders' },
      { type: 'process.restart', atMs: 1_000, process: 'orders' },
    ],
  });
  const sagas = new Sagas();
  for (const entry of log.entries) sagas.append(entry);
  const [a, b] = sagas.instances;
  expect(
    b?.attempts.map(({ step, undoes, end, startedAtMs, endedAtMs }) => [step, undoes, end, startedAtMs, endedAtMs]),
  ).toEqual([
    ['reserve', false, 'cut', 0, 50],
    ['reserve', false, 'done', 1_000, 1_100],
    ['ship', false, 'failed', 1_100, 1_200],
    ['reserve', true, 'done', 1_200, 1_500],
  ]);
  expect(b?.attempts[2]?.reason).toBe('no courier');
  expect(log.entries[b?.attempts[2]?.failedSeq ?? 0]).toMatchObject({ type: 'saga.step-failed', where: 'orders.ts:4' });
  expect([0, 1_199, 1_200, 1_500].map((atMs) => sagaStateAt(b!, atMs))).toEqual([
    'running',
    'running',
    'compensating',
    'compensated',
  ]);
  expect(sagaStateAt(a!, 1_200)).toBe('completed');
  expect(countSagas(sagas.instances, 1_300)).toMatchObject({ completed: 1, compensating: 1, running: 0 });
});
