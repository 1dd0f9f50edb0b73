import { expect, test } from 'vitest';
import { execute } from '../../src/headless/execute';
import { scenarioOf } from '../runtime/run-scenario';

const run = (file: string) => execute(scenarioOf({ files: { 'a.ts': file }, durationMs: 5_000 }));

test('a projection that throws on an old event stops there, and the summary names it with its line', async () => {
  const { failures, running } = await run(`import { eventStore, projection } from 'eventarium';
const events = eventStore('bank');
await events.append('s', [{ type: 'paid', data: null }, { type: 'paid', data: { n: 2 } }]);
projection('totals', { from: events, state: { n: 0 }, on: { paid: (state, { data }) => ({ n: state.n + data.n }) } });`);
  expect(failures).toMatchObject([
    { name: 'totals', times: 1, last: { process: 'a', where: 'a.ts:4', position: 1, failure: { name: 'TypeError' } } },
  ]);
  expect(running).toEqual(['a']);
});

test('a compensation that throws leaves its saga stuck, and the summary names both with their lines', async () => {
  const { failures, stuck } = await run(`import { saga, step } from 'eventarium';
const undo = { compensation: () => { throw new Error('cannot undo'); }, compensationRetry: { attempts: 2, initialMs: 10 } };
saga('order', { steps: [
  step('reserve', { action: () => {}, ...undo }),
  step('charge', { action: () => { throw new Error('no money'); } }),
] }).run('1');`);
  expect(failures).toMatchObject([
    {
      name: 'order, compensation of reserve',
      times: 2,
      last: { where: 'a.ts:2', failure: { message: 'cannot undo' } },
    },
  ]);
  expect(stuck).toMatchObject([{ saga: 'order', instance: '1', step: 'reserve', stuck: 'compensation' }]);
});

test.each([
  ['a version that is not there', `await events.read('s', { toVersion: 7 });`, 'RangeError: s has no events'],
  [
    'a version that somebody else has made',
    `await events.append('s', { type: 'a' }, { expectedVersion: 5 });`,
    'ConcurrencyError: s is at version 0',
  ],
])('%s is told at the line that asked for it', async (_, code, message) => {
  const { lines, exit } = await run(`import { eventStore } from 'eventarium';
const events = eventStore('bank');
${code}`);
  const said = lines.filter(({ stream }) => stream === 'stderr').map(({ text }) => text);
  expect(said[0]).toContain(message);
  // An error with fields of its own goes on with those.
  expect(said[1]).toMatch(/^ {4}at a\.ts:3( \{)?$/);
  expect(exit.get('a')).toBe(1);
});
