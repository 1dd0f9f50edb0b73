import { expect, it } from 'vitest';
import type { SagaInstance } from '../../src/projections/sagas';
import {
  arcsOf,
  boxesOf,
  durationsOf,
  foundSagas,
  sortedSagas,
  stateColumns,
  ticksIn,
  windowOf,
  turnOf,
  type SagaOrder,
} from '../../src/ui/sagas/saga-window';

const attempt = {
  step: 'ship',
  undoes: false,
  attempt: 1,
  seq: 1,
  reason: undefined,
  failedSeq: undefined,
  result: undefined,
};
const sagaOf = (instance: string, more: Partial<SagaInstance>): SagaInstance => ({
  kind: 'orchestrated',
  process: 'orders',
  saga: 'order',
  instance,
  data: undefined,
  startedAtMs: 0,
  startedSeq: 0,
  attempts: [],
  turnedAtMs: undefined,
  ended: undefined,
  ...more,
});
const failed = sagaOf('order-7', {
  startedAtMs: 100,
  attempts: [
    { ...attempt, startedAtMs: 100, endedAtMs: 200, end: 'failed', reason: 'no courier' },
    { ...attempt, step: 'charge', undoes: true, startedAtMs: 200, endedAtMs: 400, end: 'done' },
  ],
  turnedAtMs: 200,
  ended: { atMs: 400, seq: 9, outcome: 'compensated', step: 'ship' },
});
const running = sagaOf('order-8', { startedAtMs: 300 });

it('shows of a saga what has happened at the playhead, and no more', () => {
  const window = { fromMs: 100, toMs: 300 };
  const boxes = boxesOf(failed, window, 300);
  expect(boxes.map(({ fate, isOpen, left, width }) => [fate, isOpen, left, width])).toEqual([
    ['failed', false, 0, 0.5],
    ['comp', true, 0.5, 0.5],
  ]);
  expect(boxesOf(failed, window, 150)).toHaveLength(1);
});

it('turns where a step has failed and the undoing begins', () => {
  const boxes = boxesOf(failed, { fromMs: 100, toMs: 300 }, 300);
  expect(turnOf(boxes)).toEqual({ left: 0.5, width: 0 });
  expect(turnOf(boxes.slice(0, 1))).toBeUndefined();
});

it('has a window from the first start to the playhead, or to the last end when all is over', () => {
  expect(windowOf([failed, running], 5_000)).toEqual({ fromMs: 100, toMs: 5_000 });
  expect(windowOf([failed], 5_000)).toEqual({ fromMs: 100, toMs: 400 });
});

it('finds sagas by id, step and reason', () => {
  const names = (words: string) => foundSagas([failed, running], words).map(({ instance }) => instance);
  expect([names(''), names('ORDER-8'), names('charge'), names('courier'), names('nothing')]).toEqual([
    ['order-7', 'order-8'],
    ['order-8'],
    ['order-7'],
    ['order-7'],
    [],
  ]);
});

it('sums sagas up by state over the time of their start', () => {
  const columns = stateColumns([failed, running, sagaOf('order-9', { startedAtMs: 310 })], 400, 4);
  expect(columns.compensated).toEqual([0, 1 / 2, 0, 0]);
  expect(columns.running).toEqual([0, 0, 0, 1]);
  expect(stateColumns([failed], 300, 4).compensating).toEqual([0, 1, 0, 0]);
});

it('has round instants over the window, none at its very end', () => {
  const ticks = ticksIn({ fromMs: 950, toMs: 5_100 }, 4);
  expect(ticks.map(({ label }) => label)).toEqual(['00:02', '00:04']);
  expect(ticks[0]?.left).toBeCloseTo(1_050 / 4_150);
});

it('orders sagas by start, last step and duration, and tells how long they take', () => {
  const done = sagaOf('order-6', {
    startedAtMs: 50,
    ended: { atMs: 850, seq: 3, outcome: 'completed', step: undefined },
  });
  const names = (order: SagaOrder) =>
    sortedSagas([done, failed, running], order, 1_000).map(({ instance }) => instance);
  expect(names('start')).toEqual(['order-8', 'order-7', 'order-6']);
  expect(names('step')).toEqual(['order-8', 'order-6', 'order-7']);
  expect(names('duration')).toEqual(['order-6', 'order-8', 'order-7']);
  expect(durationsOf([failed, running], 1_000, 10)).toBeUndefined();
  expect(durationsOf([done, failed], 1_000, 9)).toEqual({
    bars: [0, 0, 0, 0, 0, 0, 0, 0, 1],
    barMs: 100,
    p50Ms: 800,
    p95Ms: 800,
    p99Ms: 800,
  });
});

it('leads back from what undoes a step to that step', () => {
  const charged = { ...attempt, step: 'charge', startedAtMs: 0, endedAtMs: 100, end: 'done' } as const;
  const window = { fromMs: 0, toMs: 400 };
  const boxes = boxesOf({ ...failed, attempts: [charged, ...failed.attempts] }, window, 400);
  expect(arcsOf(boxes)).toEqual([{ seq: 1, from: 0.75, to: 0.125 }]);
});
