import { describe, expect, it } from 'vitest';
import { runScenario } from './run-scenario';

const printed = async (source: string, file = 'a.ts') => (await runScenario({ files: { [file]: source } })).printed();

describe('the text of a function', () => {
  it.each([
    ['() => 1'],
    ['async (x) => await f(x, g())'],
    ['function f(a, b) { for (;;) break; return a ** b; }'],
    ['function* g() { yield 1; }'],
  ])('is as written: %s', async (text) => {
    expect(await printed(`console.log(String(${text}));`, 'a.cjs')).toEqual([text]);
    expect(await printed(`export {};\nconsole.log(String(${text}));`, 'a.mjs')).toEqual([text]);
  });

  it('is that of the whole definition for methods and classes', async () => {
    const lines = await printed(
      `const o = { m(x) { return f(x); }, get v() { return g(); } };\nclass C { static s() { return f(); } }\n` +
        `console.log(String(o.m));\nconsole.log(String(Object.getOwnPropertyDescriptor(o, 'v').get));\nconsole.log(String(C.s));\nconsole.log(String(C));`,
    );
    expect(lines).toEqual([
      'm(x) { return f(x); }',
      'get v() { return g(); }',
      's() { return f(); }',
      'class C { static s() { return f(); } }',
    ]);
  });

  it('stays the engine’s for what no file of the run holds', async () => {
    expect(await printed('console.log(String(Math.max).includes("native code") || String(parseInt));')).toEqual([
      'true',
    ]);
  });
});
