import { expect, it } from 'vitest';
import { execute, linesOf } from '../../src/headless/execute';
import { scenarioOf } from '../runtime/run-scenario';

const textsOf = (run: Awaited<ReturnType<typeof execute>>, process: string) =>
  linesOf(run, 'stdout')
    .get(process)
    ?.map(({ text }) => text);

it('lives of a restarted process follow one another, each with its last line cut off', async () => {
  const run = await execute(
    scenarioOf({
      files: { 'a.js': `process.stdout.write('begin\\nno end'); setInterval(() => {}, 10);` },
      interventions: [
        { type: 'process.crash', atMs: 50, process: 'a' },
        { type: 'process.restart', atMs: 60, process: 'a' },
      ],
      durationMs: 100,
    }),
  );
  expect(textsOf(run, 'a')).toEqual(['begin', 'no end', 'begin', 'no end']);
  expect(run).toMatchObject({ reason: 'duration', endedAtMs: 100, running: ['a'] });
});

it('a process that a signal ended has no exit code and is not running', async () => {
  const run = await execute(
    scenarioOf({
      files: { 'a.js': 'setInterval(() => {}, 10);' },
      interventions: [{ type: 'process.stop', atMs: 50, process: 'a' }],
    }),
  );
  expect([...run.exit]).toEqual([]);
  expect(run.running).toEqual([]);
});

it('computes up to an instant and no further', async () => {
  const run = await execute(scenarioOf({ files: { 'a.js': 'setInterval(() => console.log("tick"), 10);' } }), {
    untilMs: 30,
  });
  expect(textsOf(run, 'a')).toEqual(['tick', 'tick', 'tick']);
  expect(run).toMatchObject({ reason: undefined, endedAtMs: 30, running: ['a'] });
});
