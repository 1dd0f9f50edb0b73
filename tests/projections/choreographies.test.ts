import { expect, it } from 'vitest';
import type { Intervention } from '../../src/log/entry';
import { Sagas, sagaStateAt, type SagaInstance } from '../../src/projections/sagas';
import { runGallery } from '../gallery/run-gallery';
import { runScenario, type Log } from '../runtime/run-scenario';

function choreographed(log: Log): readonly SagaInstance[] {
  const sagas = new Sagas();
  for (const entry of log.entries) sagas.append(entry);
  return sagas.instances.filter(({ kind }) => kind === 'choreographed');
}

/** Steps of an instance, a word each: `charge`, `ship!` failed, `<charge` undone, `~` cut. */
const told = ({ attempts, ended }: SagaInstance): string =>
  [
    ...attempts.map(
      ({ step, undoes, end }) =>
        `${undoes ? '<' : ''}${step}${end === 'failed' ? '!' : end === 'cut' ? '~' : end === 'done' ? '' : '…'}`,
    ),
    `=${ended?.outcome ?? 'running'}`,
  ].join(' ');

const service = (name: string, code: string) => ({
  [`${name}.ts`]: `import { eventBus, sleep } from 'eventarium';\nconst bus = eventBus('shop');\n${code}`,
});
/** An order is reserved, charged and shipped by whoever hears of the step before; 2 cannot be charged, 3 not shipped, 4 not reserved. */
const shop = {
  ...service(
    'stock',
    `bus.subscribe('placed', async function reserve({ data }) { await sleep(10); bus.emit(data.n === 4 ? 'cancelled' : 'reserved', data); });
bus.subscribe('unpaid', async function release({ data }) { await sleep(10); bus.emit('cancelled', data); }, { compensates: 'reserved' });`,
  ),
  ...service(
    'bank',
    `bus.subscribe('reserved', async function charge({ data }) { await sleep(10); bus.emit(data.n === 2 ? 'unpaid' : 'charged', data); });
bus.subscribe('refused', async function refund({ data }) { await sleep(10); bus.emit('unpaid', data); }, { compensates: 'charged' });`,
  ),
  ...service(
    'courier',
    `bus.subscribe('charged', async function ship({ data }) { await sleep(10); bus.emit(data.n === 3 ? 'refused' : 'shipped', data); });`,
  ),
  ...service('audit', `bus.subscribe('#', function watch() {});\nbus.subscribe('other', () => bus.emit('more'));`),
  ...service('site', `[4, 1, 2, 3].forEach((n) => bus.emit('placed', { n }));\nbus.emit('other');`),
};

it('tells a saga without an orchestrator by the correlation of its events', async () => {
  const log = await runScenario({ files: shop });
  const instances = choreographed(log);
  // What is only reacted to is none.
  expect(instances.map(({ saga }) => saga)).toEqual(['placed', 'placed', 'placed', 'placed']);
  expect(instances.map(told)).toEqual([
    'reserve! =compensated',
    'reserve charge ship =completed',
    'reserve charge! <reserve =compensated',
    'reserve charge ship! <charge <reserve =compensated',
  ]);
  const [, , , last] = instances;
  expect([0, 25, 30, 35, 50].map((atMs) => sagaStateAt(last!, atMs))).toEqual([
    'running',
    'running',
    'compensating',
    'compensating',
    'compensated',
  ]);
  expect(last!.attempts[2]!.reason).toBe('refused');
});

it('is stuck when a step is lost with its process, and when a link loses an event', async () => {
  const interventions: Intervention[] = [{ type: 'process.crash', atMs: 15, process: 'bank' }];
  const crashed = choreographed(await runScenario({ files: shop, interventions }));
  // Nothing was ever undone, so that nobody else has said that `cancelled` is a failure.
  expect(crashed.map(told)).toEqual(['reserve! =compensated', ...Array<string>(3).fill('reserve charge~ =stuck')]);
  const lossy = { links: [{ from: 'bank', to: 'shop', loss: 1 }] };
  const lost = choreographed(await runScenario({ files: shop, network: lossy }));
  expect(lost.slice(1).map(({ ended }) => ended?.outcome)).toEqual(['stuck', 'stuck', 'stuck']);
});

it('knows that a step has failed by what a listener waits for to compensate, also where none has yet, and before that came', async () => {
  const onlyRefused = {
    ...service('bank', `bus.subscribe('placed', function charge() { bus.emit('refused'); bus.emit('noted'); });`),
    ...service('crm', `bus.subscribe('noted', function file() { bus.emit('filed'); });`),
    ...service(
      'undo',
      `bus.subscribe('refused', function refund() { bus.emit('refunded'); }, { compensates: 'charged' });`,
    ),
    ...service('site', `bus.emit('placed');`),
  };
  const late = {
    processes: Object.keys(onlyRefused).map((file) => ({ file, startAtMs: file === 'undo.ts' ? 500 : 0 })),
  };
  expect(choreographed(await runScenario({ files: onlyRefused, ...late })).map(told)).toEqual([
    'charge! file =compensated',
  ]);
  const later = {
    ...onlyRefused,
    ...service('site', `bus.emit('placed'); setTimeout(() => bus.emit('placed'), 1000);`),
  };
  expect(choreographed(await runScenario({ files: later, ...late })).map(told)).toHaveLength(2);
});

it('does not take another way on for a failure', async () => {
  const free = {
    ...service(
      'bank',
      `bus.subscribe('placed', function charge({ data }) { bus.emit(data.n === 2 ? 'free' : 'charged', data); });
bus.subscribe('unshipped', function refund() {}, { compensates: 'charged' });`,
    ),
    ...service(
      'courier',
      `bus.subscribe('charged', function ship() { bus.emit('shipped'); });
bus.subscribe('free', function shipFree() { bus.emit('shipped'); });`,
    ),
    ...service('site', `bus.emit('placed', { n: 1 }); bus.emit('placed', { n: 2 });`),
  };
  expect(choreographed(await runScenario({ files: free })).map(told)).toEqual([
    'charge ship =completed',
    'charge shipFree =completed',
  ]);
});

it('sees the choreographed orders of the gallery beside the orchestrated ones, with the same fates', async () => {
  const log = await runGallery('saga-pattern');
  const instances = choreographed(log);
  expect(instances).toHaveLength(16);
  const outcomes = instances.map(({ ended }) => ended?.outcome);
  expect(outcomes.filter((outcome) => outcome === 'completed')).toHaveLength(10);
  expect(outcomes.filter((outcome) => outcome === 'compensated')).toHaveLength(6);
  expect(told(instances[6]!)).toBe(
    'reserveWhenPlaced chargeWhenReserved bookWhenCharged! <chargeWhenReserved <reserveWhenPlaced =compensated',
  );
});
