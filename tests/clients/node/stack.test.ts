import { expect, it } from 'vitest';
import { shownStack } from '../../../src/clients/node/stack';

const shown = (stack: string | undefined) => shownStack(Object.assign(new RangeError('too much'), { stack }));

it('keeps the frames of the process’s own files', () => {
  expect(
    shown(
      'RangeError: too much\n    at f (app.js:3:9)\n    at async lib/b.ts:1:2\n    at run (/somewhere/run.ts:1:1)\n' +
        '    at x (file:///y.mjs:1:1)\n    at z (blob:null/1:2:3)\n    at Array.map (<anonymous>)\n    at node:internal/x:1:2',
    ),
  ).toBe('RangeError: too much\n    at f (app.js:3:9)\n    at async lib/b.ts:1:2');
});

it('writes frames of other engines as Node does', () => {
  expect(shown('f@app.js:3:9\n@blob:null/1:2:3\n')).toBe('RangeError: too much\n    at f (app.js:3:9)');
});

it('writes their functions without a name, within others and after an await as Node does', () => {
  expect(
    shown('tell/<@app.js:3:9\nshop.tell/inner@app.js:4:9\nasync*later@b.js:5:2\nsetTimeout handler*@b.js:6:1\n'),
  ).toBe(
    'RangeError: too much\n    at app.js:3:9\n    at inner (app.js:4:9)\n    at async later (b.js:5:2)\n    at b.js:6:1',
  );
});

it('always has a frame, since an error without one is written differently', () => {
  expect(shown('RangeError: too much\n    at node:internal/x:1:2')).toBe('RangeError: too much\n    at <anonymous>');
});

it('leaves alone what an author has put in its place', () => {
  expect(shown('mine')).toBe('mine');
  expect(shown('')).toBe('RangeError: too much');
});
