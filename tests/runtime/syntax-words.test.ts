import { expect, it } from 'vitest';
import { compileFile } from '../../src/runtime/compile';

function said(file: string, source: string): string {
  const result = compileFile(file, 1, source);
  return result.ok ? 'compiles' : `${result.problem.line}:${result.problem.column} ${result.problem.message}`;
}

const unclosedCall = 'consume((message) => {\n  const order = JSON.parse(message.toString()\n  const left = 1\n})';

it.each([
  [unclosedCall, '3:3 Unexpected "const": the "(" of line 2 is not closed.'],
  [
    `async ${unclosedCall.slice(8)}`,
    '3:3 Unexpected "const": "," is missing before it, or the ")" that closes line 2.',
  ],
  ['const a = [1, 2\nconst b = 3', '2:1 Unexpected "const": "," is missing before it, or the "]" that closes line 1.'],
  ['if x > 3 {}', '1:4 Unexpected "x": "(" is missing before it.'],
  ['async () => { awiat go() }', '1:21 Unexpected "go": ";" is missing before it.'],
  ['function f() {\n  if (x) {\n}\n', '4:1 The file ends before the "{" of line 1 is closed.'],
  ['a ? b', '1:6 The file ends where ":" is missing.'],
  ['go(1,,2)', '1:6 Unexpected ",".'],
  ["const s = 'abc", '1:11 Unterminated string constant'],
])('says of %j in TypeScript what is missing, and where', (source, words) => {
  expect(said('a.ts', source)).toBe(words);
});

it.each([
  [unclosedCall, '3:3 Unexpected "const": the "(" of line 2 is not closed.'],
  ['const const a = 1', '1:7 Unexpected "const".'],
  ['go(1, (2)', '1:10 The file ends before the "(" of line 1 is closed.'],
  ['const a: string = 5', '1:8 Unexpected ":".'],
  ['let x = 1\nlet x = 2', "2:5 Identifier 'x' has already been declared"],
])('says of %j in JavaScript what is wrong, and where', (source, words) => {
  expect(said('a.mjs', source)).toBe(words);
});
