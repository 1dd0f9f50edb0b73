import { expect, test } from 'vitest';
import type { Entry } from '../../src/log/entry';
import { fieldDifferences } from '../../src/ui/dialogs/entry-fields';

const edited = (source: string): Entry => ({
  seq: 1,
  atMs: 10,
  type: 'intervention.applied',
  intervention: { type: 'file.edit', atMs: 10, file: 'a.ts', source },
});

test('of texts of several lines only those that differ are told, from which line on', () => {
  const [one, two] = ['first();\nsecond(1);\nlast();\n', 'first();\nsecond(2);\nlast();\n'];
  expect(fieldDifferences(edited(one), edited(two))).toEqual([
    { path: 'intervention.source:2', a: 'second(1);', b: 'second(2);' },
  ]);
  expect(fieldDifferences(edited(one), edited('first();\nlast();\n'))).toEqual([
    { path: 'intervention.source:2', a: 'second(1);', b: undefined },
  ]);
  const long = Array.from({ length: 9 }, (_, n) => `${n}`).join('\n');
  expect(fieldDifferences(edited(`a\n${long}`), edited('a\nb'))).toEqual([
    { path: 'intervention.source:2', a: '0\n1\n2\n3\n4\n5\n…', b: 'b' },
  ]);
});
