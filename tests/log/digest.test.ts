import { expect, test } from 'vitest';
import { createDigest } from '../../src/log/digest';
import type { Entry } from '../../src/log/entry';
import { LineWriter } from '../../src/log/line-writer';
import { sampleLog } from './entries';

function digestOf(log: readonly Entry[]): string {
  const digest = createDigest();
  for (const lines of new LineWriter().write(log)) digest.add(lines);
  return digest.hex();
}

/** The log with one entry of the type changed. */
function withChange(type: Entry['type'], change: object): Entry[] {
  return sampleLog().map((entry) => (entry.type === type ? { ...entry, ...change } : entry));
}

test('stays the same forever for the same log', () => {
  expect(digestOf([])).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  expect(digestOf(sampleLog())).toBe('2554a54001c73f3fb9bd6de25a3bdd8713a2a9b96472ff4daffdee8ce7e8ec33');
});

test('leaves out how the engine words and places an error', () => {
  const before = digestOf(sampleLog());
  const failure = { name: 'TypeError', message: 'undefined is not a function' };
  expect(digestOf(withChange('delivery.failed', { failure }))).toBe(before);
  expect(digestOf(withChange('process.exited', { failure }))).toBe(before);
  expect(digestOf(withChange('file.rejected', { message: 'unexpected', column: 1 }))).toBe(before);
});

test('leaves out how an engine words its own errors where they were printed, and keeps the words of the author', () => {
  const digest = (text: string) => digestOf(withChange('console.printed', { text }));
  const chromium = digest("failed: TypeError: Cannot read properties of undefined (reading 'x')\n    at a.ts:1:2\n");
  expect(digest('failed: TypeError: event.data is undefined\n    at f (a.ts:1:20)\n    at a.ts:3\n')).toBe(chromium);
  expect(digest('failed: RangeError: event.data is undefined\n    at a.ts:1:2\n')).not.toBe(chromium);
  const own = digest('Error: no stock\n    at a.ts:1:2\n');
  expect(digest('Error: no stock\n    at a.ts:1:7\n')).toBe(own);
  expect(digest('Error: no money\n    at a.ts:1:2\n')).not.toBe(own);
});

test('leaves out the frames of stacks that were printed', () => {
  const before = digestOf(withChange('console.printed', { text: 'Error: no\n    at a.ts:1:2\n\nnext\n' }));
  const after = digestOf(
    withChange('console.printed', { text: 'Error: no\n    at f (a.ts:1:20)\n    at g (a.ts:2)\n\nnext\n' }),
  );
  expect(after).toBe(before);
});

test('differs when anything else does', () => {
  const before = digestOf(sampleLog());
  const failure = { name: 'RangeError', message: 'x is not a function' };
  expect(digestOf(withChange('delivery.failed', { failure }))).not.toBe(before);
  expect(digestOf(withChange('file.rejected', { line: 4 }))).not.toBe(before);
  expect(digestOf(withChange('console.printed', { text: 'привіт' }))).not.toBe(before);
  expect(digestOf(sampleLog().slice(1))).not.toBe(before);
});

test('is the same however many entries come at once, and goes on after it was read', () => {
  const say = (text: string) => ({ type: 'console.printed', process: 'a', stream: 'stdout', text }) as const;
  const texts = [
    'plain',
    'привіт',
    'x'.repeat(30_000),
    'ї'.repeat(30_000),
    'x'.repeat(70_000),
    'Error: no\n    at a.ts:1\n',
  ];
  const log = [...sampleLog(40), ...texts.flatMap((text) => [say(text), say('between')])].map((entry, seq) => ({
    ...entry,
    seq,
    atMs: 0,
  }));
  const whole = digestOf(log);
  for (const size of [1, 2, 3, 50, 700]) {
    const digest = createDigest();
    const writer = new LineWriter();
    for (let from = 0; from < log.length; from += size) {
      const part = log.slice(from, from + size);
      for (const lines of writer.write(part)) digest.add(lines);
      if (from % 4 === 0) expect(digest.hex()).toBe(digest.hex());
    }
    expect(digest.hex()).toBe(whole);
  }
});
