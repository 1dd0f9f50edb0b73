import { expect, test } from 'vitest';
import { inOrder, nextProblem, type Problem } from '../../../src/ui/editor/problems';

const at = (document: string, line: number, column = 1, severity: Problem['severity'] = 'error'): Problem => {
  return { document, line, column, message: `${document}:${line}`, severity };
};
const documents = ['scenario', 'b.ts', 'a.ts'];

test('problems stand in the order of the tabs and of the lines; those of files that are gone do not', () => {
  const found = [
    at('a.ts', 2),
    at('b.ts', 9),
    at('gone.ts', 1),
    at('b.ts', 3, 5),
    at('b.ts', 3, 2, 'warning'),
    at('b.ts', 3, 2),
  ];
  expect(
    inOrder(found, documents).map(({ document, line, column, severity }) => [document, line, column, severity]),
  ).toEqual([
    ['b.ts', 3, 2, 'error'],
    ['b.ts', 3, 2, 'warning'],
    ['b.ts', 3, 5, 'error'],
    ['b.ts', 9, 1, 'error'],
    ['a.ts', 2, 1, 'error'],
  ]);
});

test('the next problem is the one behind the cursor, in this document and then in the others, and round again', () => {
  const problems = inOrder([at('b.ts', 3, 5), at('b.ts', 9), at('a.ts', 2)], documents);
  const next = (document: string, line: number, column: number) =>
    nextProblem(problems, { document, line, column }, documents)?.message;
  expect(next('b.ts', 3, 1)).toBe('b.ts:3');
  expect(next('b.ts', 3, 5)).toBe('b.ts:9');
  expect(next('b.ts', 9, 1)).toBe('a.ts:2');
  expect(next('a.ts', 2, 1)).toBe('b.ts:3');
  expect(next('scenario', 50, 1)).toBe('b.ts:3');
  expect(nextProblem(problems, undefined, documents)?.message).toBe('b.ts:3');
  expect(nextProblem([], undefined, documents)).toBeUndefined();
});
