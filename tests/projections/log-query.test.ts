import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Entry } from '../../src/log/entry';
import { fates } from '../../src/projections/fate';
import {
  emptyQuery,
  filterOf,
  formatQuery,
  isEmptyQuery,
  parseQuery,
  toggled,
  withTyped,
  wordsOf,
} from '../../src/projections/log-query';
import { createMatcher, entryGroups } from '../../src/projections/search';

test('facets are read from the text, and the rest stays text', () => {
  expect(parseQuery('process:email#1  fate:failed no "out of stock" process:sms')).toEqual({
    ...emptyQuery,
    process: ['email#1', 'sms'],
    fate: ['failed'],
    text: 'no "out of stock"',
  });
});

test('what is no facet is looked for as it stands', () => {
  expect(parseQuery('fate:lucky http://1c/orders kind: order.*')).toEqual({
    ...emptyQuery,
    text: 'fate:lucky http://1c/orders kind: order.*',
  });
  expect(parseQuery('"half a phrase').text).toBe('"half a phrase');
});

test('a query comes back as it was', () => {
  const name = fc.stringMatching(/^[a-z][a-z0-9#. _-]{0,12}[a-z0-9]$/);
  const query = fc.record({
    kind: fc.uniqueArray(fc.constantFrom(...entryGroups)),
    process: fc.uniqueArray(name, { maxLength: 3 }),
    event: fc.uniqueArray(name, { maxLength: 3 }),
    fate: fc.uniqueArray(fc.constantFrom(...fates)),
    message: fc.uniqueArray(
      fc.nat(999).map((n) => `m_${n}`),
      { maxLength: 3 },
    ),
    status: fc.uniqueArray(fc.constantFrom('200', '503', '5xx')),
    version: fc.uniqueArray(name, { maxLength: 2 }),
    stream: fc.uniqueArray(fc.constantFrom('stdout' as const, 'stderr' as const)),
    text: fc.constantFrom('', 'word', 'два слова', '"a phrase" word'),
  });
  fc.assert(
    fc.property(query, (given) => {
      expect(parseQuery(formatQuery(given))).toEqual(given);
    }),
  );
});

test('any text is a query', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const once = parseQuery(text);
      expect(parseQuery(formatQuery(once))).toEqual(once);
    }),
  );
});

test('a value is taken in and out', () => {
  const one = toggled(emptyQuery, 'process', 'email');
  expect(one.process).toEqual(['email']);
  expect(isEmptyQuery(one)).toBe(false);
  expect(toggled(one, 'process', 'email')).toEqual(emptyQuery);
});

test('what was typed as a facet counts as one', () => {
  expect(withTyped({ ...emptyQuery, fate: ['dead'], text: 'fate:failed word' })).toMatchObject({
    fate: ['dead', 'failed'],
    text: 'word',
  });
});

test('words are looked for in any case, phrases as they stand', () => {
  expect(wordsOf('One "Two Three" чотири')).toEqual(['one', 'two three', 'чотири']);
});

const log: readonly Entry[] = [
  { type: 'process.started', seq: 0, atMs: 0, process: 'email', service: 'email', file: 'e.ts', args: [], life: 1 },
  { type: 'message.lost', seq: 1, atMs: 1, message: 'm_1', from: 'shop', to: 'email' },
  { type: 'console.printed', seq: 2, atMs: 2, process: 'email', stream: 'stderr', text: 'Out of stock\n' },
  { type: 'message.dropped', seq: 3, atMs: 3, message: 'm_2', broker: 'shop', reason: 'no-subscriber' },
  {
    type: 'intervention.applied',
    seq: 4,
    atMs: 4,
    intervention: { type: 'process.crash', atMs: 4, process: 'email' },
  },
  { type: 'experiment.version-started', seq: 5, atMs: 5, process: 'feed', experiment: 'order', version: 'new' },
  { type: 'process.showed', seq: 6, atMs: 6, process: 'feed', name: 'read', value: '1', cause: 5 },
  { type: 'experiment.version-started', seq: 7, atMs: 7, process: 'feed', experiment: 'order', version: 'old' },
  { type: 'process.showed', seq: 8, atMs: 8, process: 'feed', name: 'read', value: '2', cause: 7 },
];

test.each([
  ['', [0, 1, 2, 3, 4, 5, 6, 7, 8]],
  ['process:email', [0, 1, 2, 4]],
  ['process:email kind:failures', [1]],
  ['kind:failures kind:console', [1, 2, 6, 8]],
  ['version:new', [5, 6]],
  ['version:new kind:console', [6]],
  ['version:new version:old', [5, 6, 7, 8]],
  ['fate:dropped', [1, 3]],
  ['event:order.created', [1]],
  ['fate:dropped event:order.cancelled', [3]],
  ['message:m_2', [3]],
  ['stream:stderr', [2]],
  ['stream:stdout', []],
  ['stock out', [2]],
  ['"of stock"', [2]],
  ['"stock of"', []],
])('%j finds %j', (text, seqs) => {
  const matches = createMatcher(filterOf(parseQuery(text)), {
    textOf: (entry) => (entry.type === 'console.printed' ? entry.text : entry.type),
    eventTypeOf: (message) => (message === 'm_1' ? 'order.created' : 'order.cancelled'),
  });
  expect(log.filter(matches).map(({ seq }) => seq)).toEqual(seqs);
});
