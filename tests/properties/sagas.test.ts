import fc from 'fast-check';
import { it } from 'vitest';
import type { Intervention } from '../../src/log/entry';
import { runScenario } from '../runtime/run-scenario';
import { expectSound } from './sound-saga';

/**
 * The participants keep what is done and undone by key, as services with idempotency do: in a process of its own that nobody
 * crashes. Each step of the plan fails, hangs or takes its time, or does so once and refuses whoever asks again; a compensation fails so
 * many times before it works.
 */
const participants = `import { eventBus } from 'eventarium';
const bus = eventBus('shop');
const asked = new Set();
const undone = new Map();
bus.subscribe('do', ({ data }) => {
  if (data.fate === 'fails' || (data.fate === 'once' && asked.has(data.key))) bus.emit('refused', { reason: data.step });
  else if (data.fate !== 'hangs') setTimeout(() => bus.emit('done', {}), data.ms);
  asked.add(data.key);
});
bus.subscribe('undo', ({ data }) => {
  const tries = (undone.get(data.key) ?? 0) + 1;
  undone.set(data.key, tries);
  if (tries <= data.failures) bus.emit('refused', { reason: 'undo ' + data.step });
  else bus.emit('undone', {});
});`;

const orchestrator = `import { saga, step, parallel, pivot, eventBus, request } from 'eventarium';
const bus = eventBus('shop');
const { steps, pivotAt } = JSON.parse(process.argv[2]);
const call = (name, plan) => ({
  timeoutMs: 400,
  retry: { attempts: 2, initialMs: 20 },
  action: ({ key }) => request(bus, 'do', { step: name, key, ...plan }, { reply: 'done', failure: 'refused' }),
});
const undo = (name, plan) => ({
  compensationRetry: { attempts: 3, initialMs: 10 },
  compensation: ({ key }) => request(bus, 'undo', { step: name, key, failures: plan.failures }, { reply: 'undone' , timeoutMs: 100 }),
});
const stages = steps.map((stage, at) => {
  if (pivotAt === at) return pivot('p' + at, call('p' + at, stage[0]));
  const made = stage.map((plan, n) => {
    const name = at + '.' + n;
    return step(name, pivotAt >= 0 && at > pivotAt ? call(name, plan) : { ...call(name, plan), ...undo(name, plan) });
  });
  return made.length === 1 ? made[0] : parallel(...made);
});
const order = saga('order', { steps: stages, timeoutMs: 5000 });
for (const id of ['a', 'b']) if (!order.state(id)) order.run(id);`;

const plan = fc.record({
  fate: fc.constantFrom('works', 'works', 'works', 'fails', 'hangs', 'once'),
  ms: fc.nat(150),
  failures: fc.constantFrom(0, 0, 0, 1, 5),
});
const scenario = fc.record({
  steps: fc.array(fc.array(plan, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 4 }),
  pivotAt: fc.integer({ min: -1, max: 3 }),
});
const crashes = fc.array(fc.record({ atMs: fc.oneof(fc.nat(300), fc.nat(2_500)), downMs: fc.nat(300) }), {
  maxLength: 4,
});

function interventionsOf(list: readonly { readonly atMs: number; readonly downMs: number }[]): Intervention[] {
  return list.flatMap(({ atMs, downMs }): Intervention[] => [
    { type: 'process.crash', atMs, process: 'orders' },
    { type: 'process.restart', atMs: atMs + downMs, process: 'orders' },
  ]);
}

it('ends fully done, fully undone in reverse order, or says that it is stuck, wherever its orchestrator crashes', async () => {
  await fc.assert(
    fc.asyncProperty(scenario, crashes, fc.integer({ min: 1, max: 1_000 }), async ({ steps, pivotAt }, downs, seed) => {
      const { entries } = await runScenario({
        files: { 'shop.ts': participants, 'orders.ts': orchestrator },
        processes: [{ file: 'shop.ts' }, { file: 'orders.ts', args: [JSON.stringify({ steps, pivotAt })] }],
        interventions: interventionsOf(downs),
        network: { default: { latencyMs: 3, jitterMs: 20, loss: 0, cut: false } },
        seed,
      });
      for (const instance of ['a', 'b']) {
        const count = steps.reduce((sum, stage, at) => sum + (at === pivotAt ? 1 : stage.length), 0);
        expectSound(entries, instance, { steps: count, pivot: /^p/ });
      }
    }),
    { numRuns: 150 },
  );
}, 120_000);
