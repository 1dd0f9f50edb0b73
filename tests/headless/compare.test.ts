import { describe, expect, it } from 'vitest';
import { compare } from '../../src/headless/conformance/compare';
import type { Expectation } from '../../src/headless/conformance/expectation';
import { execute } from '../../src/headless/execute';
import { scenarioOf } from '../runtime/run-scenario';

/** Two workers and a process that fails, as a recording would tell of them. */
const recorded: Expectation = {
  recordedFrom: [],
  stdout: { a: ['one', 'two', ''], b: ['late'], bad: [] },
  stderr: { bad: ['Error: no'] },
  exit: { a: 0, b: 0, bad: 1 },
  merged: [
    ['a', 'two'],
    ['b', 'late'],
  ],
};

const files = {
  'a.js': `process.stdout.write('one\\ntw'); process.stdout.write('o\\n\\n');`,
  'b.js': `setTimeout(() => process.stdout.write('late'), 400);`,
  'bad.js': `throw new Error('no');`,
};

const differenceFrom = async (changes: Partial<Expectation>, sources: Record<string, string> = files) =>
  compare({ ...recorded, ...changes }, await execute(scenarioOf({ files: sources, durationMs: 1_000 })));

describe('a program', () => {
  it('passes when every rule holds', async () => {
    expect(await differenceFrom({})).toBeUndefined();
  });

  it('fails at the first line that differs, with its time', async () => {
    expect(await differenceFrom({ stdout: { b: ['later'] } })).toEqual({
      rule: 'stdout',
      process: 'b',
      line: 1,
      atMs: 400,
      expected: '"later"',
      got: '"late"',
    });
  });

  it('fails when lines are missing or too many', async () => {
    expect(await differenceFrom({ stdout: { a: ['one', 'two'] } })).toMatchObject({ line: 3, expected: 'nothing' });
    expect(await differenceFrom({ stdout: { bad: ['x'] } })).toMatchObject({ line: 1, got: 'nothing' });
  });

  it('compares the lines of an unordered process as a multiset', async () => {
    const stdout = { a: ['', 'two', 'one'] };
    expect(await differenceFrom({ stdout })).toMatchObject({ rule: 'stdout' });
    expect(await differenceFrom({ stdout, unordered: ['a'] })).toBeUndefined();
    expect(await differenceFrom({ stdout: { a: ['two', 'one', 'one'] }, unordered: ['a'] })).toMatchObject({
      rule: 'unordered',
      expected: '"one"',
      got: '""',
    });
  });

  it('leaves open who of a pool printed what', async () => {
    const stdout = { a: ['late', 'one'], b: ['two', ''] };
    expect(await differenceFrom({ stdout, pool: [['a', 'b']] })).toBeUndefined();
    expect(await differenceFrom({ stdout: { a: ['late', 'one'], b: ['two'] }, pool: [['a', 'b']] })).toMatchObject({
      rule: 'pool',
    });
  });

  it('finds the lines of standard error in order among others', async () => {
    expect(await differenceFrom({ stderr: { bad: ['Error: no', 'never'] } })).toMatchObject({
      rule: 'stderr',
      expected: '"never"',
    });
  });

  it('knows how a process ended', async () => {
    expect(await differenceFrom({ exit: { bad: 0 } })).toMatchObject({ rule: 'exit', got: 'exit code 1' });
    expect(await differenceFrom({ running: ['a'] })).toMatchObject({ rule: 'running', got: 'exit code 0' });
    const alive = { ...files, 'a.js': `${files['a.js']} setInterval(() => {}, 1);` };
    expect(await differenceFrom({ exit: {}, running: ['a'] }, alive)).toBeUndefined();
  });

  it('finds the merged lines as a subsequence in the order of time', async () => {
    const merged: Expectation['merged'] = [
      ['b', 'late'],
      ['a', 'two'],
    ];
    expect(await differenceFrom({ merged })).toMatchObject({ rule: 'merged', process: 'a', got: 'it came earlier' });
  });
});
