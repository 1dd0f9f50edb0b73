import { describe, expect, it } from 'vitest';
import type { Entry } from '../../../src/log/entry';
import { ConsoleBook } from '../../../src/ui/log/console-book';
import { Landmarks } from '../../../src/ui/log/landmarks';
import { ProblemBook } from '../../../src/ui/log/problem-book';

const printed = (seq: number, process: string, text: string, stream: 'stdout' | 'stderr' = 'stdout'): Entry => ({
  type: 'console.printed',
  seq,
  atMs: seq,
  process,
  stream,
  text,
});

describe('the console', () => {
  const book = new ConsoleBook();
  book.append(printed(0, 'a', 'one\ntwo\n'));
  book.append(printed(1, 'b', '\u001b[31mred\u001b[39m\n', 'stderr'));
  book.append(printed(2, 'a', 'three\n'));

  it('has a row per line and no colours of a terminal', () => {
    expect(book.lines(undefined).map(({ text }) => text)).toEqual(['one', 'two', 'red', 'three']);
    expect(book.lines('b')[0]).toMatchObject({ stderr: true, process: 'b' });
  });

  it('answers for any position', () => {
    expect(book.countAt(undefined, 1)).toBe(2);
    expect(book.countAt('a', 2)).toBe(2);
    expect(book.last('a', 3, 2).map(({ text }) => text)).toEqual(['two', 'three']);
  });
});

describe('problems in code', () => {
  const rejected = (seq: number): Entry => ({
    type: 'file.rejected',
    seq,
    atMs: seq,
    file: 'a.ts',
    line: 3,
    column: 1,
    message: 'unexpected token',
    keptPrevious: true,
  });
  const book = new ProblemBook();
  book.append(rejected(0));
  book.append({ type: 'file.edited', seq: 1, atMs: 1, file: 'a.ts' });
  book.append(rejected(2));
  book.append({ type: 'limit.reached', seq: 3, atMs: 3, limit: 'turns', max: 5, where: 'b.ts:7:2' });

  it('are those of the newest text at the playhead', () => {
    expect(book.at('a.ts', 1)).toHaveLength(1);
    expect(book.at('a.ts', 2)).toHaveLength(0);
    expect(book.rejection('a.ts', 3)?.seq).toBe(2);
    expect(book.at('b.ts', 4)).toMatchObject([{ limit: 'turns' }]);
    expect(book.at('b.ts', 3)).toEqual([]);
  });

  it('name every process that ended in a line of the newest text', () => {
    const failure = { name: 'Error', message: 'no address' };
    const exited = (seq: number, process: string) =>
      ({ type: 'process.exited', seq, atMs: seq, process, code: 1, where: 'a.ts:4:1', failure }) as const;
    const ending = new ProblemBook();
    for (const entry of [exited(0, 'old'), exited(2, 'a#1'), exited(3, 'a#2'), exited(4, 'a#1'), exited(5, 'late')])
      ending.append(entry);
    ending.append({ type: 'file.edited', seq: 1, atMs: 1, file: 'a.ts' });
    expect(ending.exitedAt('a.ts', 4, 5)).toEqual(['a#1', 'a#2']);
    expect(ending.exitedAt('a.ts', 5, 5)).toEqual([]);
  });

  it('are what a broker refuses, and not what was closed when asked', () => {
    const closed = { type: 'channel.closed', broker: 'rabbitmq', connection: 'c_1', channel: 1 } as const;
    const refusing = new ProblemBook();
    refusing.append({ ...closed, seq: 0, atMs: 0, where: 'a.ts:2', reason: 'refused', text: '404 NOT_FOUND' });
    refusing.append({ ...closed, seq: 1, atMs: 1, where: 'a.ts:3', reason: 'asked' });
    expect(refusing.at('a.ts', 2)).toMatchObject([{ where: 'a.ts:2', text: '404 NOT_FOUND' }]);
  });

  it('are compensations that are given up, and not those that are tried again', () => {
    const failed = (seq: number, attemptsLeft: number): Entry => ({
      type: 'saga.compensation-failed',
      seq,
      atMs: seq,
      process: 'a',
      saga: 'order',
      instance: 'o_1',
      step: 'pay',
      attempt: seq + 1,
      attemptsLeft,
      tookMs: 1,
      reason: 'threw',
      failure: { name: 'Error', message: 'the bank is closed' },
      where: 'a.ts:4',
    });
    const stuck = new ProblemBook();
    stuck.append(failed(0, 1));
    stuck.append(failed(1, 0));
    expect(stuck.at('a.ts', 1)).toEqual([]);
    expect(stuck.at('a.ts', 2)).toMatchObject([{ seq: 1, step: 'pay' }]);
  });
});

describe('landmarks', () => {
  const landmarks = new Landmarks();
  const crash = { type: 'process.crash', atMs: 2, process: 'a' } as const;
  const log: Entry[] = [
    { type: 'process.started', seq: 0, atMs: 0, process: 'a', service: 'a', file: 'a.ts', args: [], life: 1 },
    { type: 'message.lost', seq: 1, atMs: 1, message: 'm_1', from: 'a', to: 'bus' },
    { type: 'intervention.applied', seq: 2, atMs: 2, intervention: crash },
    { type: 'process.crashed', seq: 3, atMs: 2, process: 'a', interrupted: 0 },
    { type: 'process.started', seq: 4, atMs: 3, process: 'a', service: 'a', file: 'a.ts', args: [], life: 2 },
    { type: 'message.dropped', seq: 5, atMs: 4, message: 'm_2', broker: 'bus', reason: 'no-subscriber' },
    { type: 'message.dropped', seq: 6, atMs: 4, message: 'm_3', broker: 'bus', reason: 'consumer-gone' },
  ];
  for (const entry of log) landmarks.append(entry);

  it('lead to the failures on either side', () => {
    expect([-1, 0, 1, 2, 6].map((seq) => landmarks.failureBeside(seq, 1))).toEqual([1, 1, 3, 3, undefined]);
    expect([1, 2, 4].map((seq) => landmarks.failureBeside(seq, -1))).toEqual([undefined, 1, 3]);
  });

  it('pass over an event that nobody listens to, and not over one whose listener is gone', () => {
    expect([3, 5].map((seq) => landmarks.failureBeside(seq, 1))).toEqual([6, 6]);
    expect(landmarks.failureBeside(6, -1)).toBe(3);
  });

  it('know where an intervention happened and how a process came to be what it is', () => {
    expect(landmarks.seqOf(crash, 5)).toBe(2);
    expect(landmarks.seqOf(crash, 2)).toBeUndefined();
    expect([0, 1, 4, 5].map((position) => landmarks.turnOf('a', position))).toEqual([undefined, 0, 3, 4]);
    expect(landmarks.turnOf('b', 5)).toBeUndefined();
  });
});
