import { describe, expect, it } from 'vitest';
import { compileFile } from '../../src/runtime/compile';

const problemOf = (code: string): unknown => {
  const result = compileFile('app.mjs', 1, code);
  return result.ok ? undefined : result.problem;
};

describe('what Node 20 does not understand is refused at its place', () => {
  it('a group of a regular expression that switches flags', () => {
    expect(problemOf('const a = 1;\nconst b = /(?i:a)/.test(a);')).toMatchObject({
      line: 2,
      column: 11,
      message: 'Invalid regular expression: /(?i:a)/: Invalid group',
    });
  });

  it('a name that two groups have', () => {
    expect(problemOf('const b = /(?<a>x)|(?<a>y)/;')).toMatchObject({ line: 1, column: 11 });
  });

  it('a declaration with `using`', () => {
    expect(problemOf('{\n  using a = open();\n}')).toMatchObject({ line: 2 });
  });
});

describe('what Node 20 understands is taken', () => {
  it.each([
    ['import attributes', "import data from './data.json' with { type: 'json' };"],
    ['sets of characters', 'const word = /[\\p{L}--[a-z]]/v;'],
    ['a division that looks like a regular expression', 'const half = (1 + 1) / 2 / 1;'],
  ])('%s', (_, code) => {
    expect(problemOf(code)).toBeUndefined();
  });
});
