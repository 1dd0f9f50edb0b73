import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { resolveFile } from '../../src/runtime/resolve';
import { moduleSpecifiers } from '../../src/scenario/module-specifiers';
import { parseScenario } from '../../src/scenario/parse';
import { renamedFile } from '../../src/scenario/rename-file';
import { renamedProcess } from '../../src/scenario/rename-process';
import type { Scenario } from '../../src/scenario/scenario';

function scenario(files: Record<string, string>, more: object = {}): Scenario {
  const parsed = parseScenario({ title: 'Shop', processes: [], ...more }, files);
  if (parsed.type !== 'scenario') throw new Error(JSON.stringify(parsed.problems));
  return parsed.scenario;
}

const found = (source: string) => moduleSpecifiers(source).map(({ text }) => text);

describe('the modules that a file names', () => {
  test.each([
    [`import { a } from './a';`, ['./a']],
    [`import type { A } from "./a.ts"`, ['./a.ts']],
    [`import './side.js'`, ['./side.js']],
    [`export * from './b'; export { c } from './c'`, ['./b', './c']],
    [`const a = require('./a'), { b } = require("./b.json");`, ['./a', './b.json']],
    [`const path = require.resolve('./a');`, ['./a']],
    [`const { a } = await import('./a'); type B = import('./b').B;`, ['./a', './b']],
    ['await import(`./a`)', ['./a']],
    ['await import(`./${name}`)', []],
    [`// import './a'\n/* require('./b') */ import './c'`, ['./c']],
    ['const text = "import x from \'./a\'"; `require("./b")`', []],
    ["`${ `${ { a: require('./in') } }` } './out'` + require('./after')", ['./in', './after']],
    [`const quote = /['"]/g; import('./a')`, ['./a']],
    [`const half = n / 2; const s = './x'; import './b' // '`, ['./b']],
    [`if (/[/']/.test(x)) require('./a')`, ['./a']],
    [`page.import('./a'); fs.require('./b'); console.log('./c')`, []],
    [`import { eventBus } from 'eventarium';`, ['eventarium']],
    [`import 'unfinished`, []],
    [`import x from './a\\'b'`, []],
  ])('are read in %s', (source, specifiers) => {
    expect(found(source)).toEqual(specifiers);
  });

  test('reading ends, whatever the text', () => {
    const pieces = fc.constantFrom(
      '`',
      '${',
      '}',
      '{',
      "'",
      '"',
      '/',
      '*',
      '//',
      'from',
      '(',
      'require',
      '\\',
      '\n',
      'a',
      ' ',
    );
    fc.assert(fc.property(fc.array(pieces, { maxLength: 40 }), (parts) => void found(parts.join(''))));
  });
});

describe('a file under another name', () => {
  const files = {
    'shop.ts': `import { price } from './orders';\nimport './orders.js';\nconst o = require("./orders.ts");\nimport('./lib');\n`,
    'orders.ts': `import { x } from './lib/index';\nimport './shop';\n`,
    'lib/index.ts': `export * from '../orders';\n`,
    'data.json': `{ "a": "./orders" }`,
  };

  test('is followed by every import of it, each in its own manner', () => {
    expect(renamedFile(scenario(files), 'orders.ts', 'store.ts').files).toEqual({
      'shop.ts': `import { price } from './store';\nimport './store.js';\nconst o = require("./store.ts");\nimport('./lib');\n`,
      'store.ts': files['orders.ts'],
      'lib/index.ts': `export * from '../store';\n`,
      'data.json': files['data.json'],
    });
  });

  test('in another folder finds what it imports itself', () => {
    expect(renamedFile(scenario(files), 'orders.ts', 'core/deep/orders.ts').files).toEqual({
      'shop.ts': `import { price } from './core/deep/orders';\nimport './core/deep/orders.js';\nconst o = require("./core/deep/orders.ts");\nimport('./lib');\n`,
      'core/deep/orders.ts': `import { x } from '../../lib/index';\nimport '../../shop';\n`,
      'lib/index.ts': `export * from '../core/deep/orders';\n`,
      'data.json': files['data.json'],
    });
  });

  test('that was found as a folder is found by its new name', () => {
    expect(renamedFile(scenario(files), 'lib/index.ts', 'lib/main.ts').files['shop.ts']).toContain(
      `import('./lib/main')`,
    );
    expect(renamedFile(scenario(files), 'lib/index.ts', 'kit/index.ts').files['shop.ts']).toContain(`import('./kit')`);
  });

  test('is written out where the short way would find another one', () => {
    const given = scenario({ 'a.ts': `import './b';\nimport './c'`, 'b.js': '', 'c.js': '', 'd.ts': '' });
    expect(renamedFile(given, 'b.js', 'd.js').files['a.ts']).toBe(`import './d.js';\nimport './c'`);
    expect(renamedFile(given, 'd.ts', 'c.ts').files['a.ts']).toBe(`import './b';\nimport './c.js'`);
  });

  test('keeps absolute imports absolute', () => {
    const given = scenario({ 'a.js': `require('/app/b.js'); require('/b')`, 'b.js': '' });
    expect(renamedFile(given, 'b.js', 'c.js').files['a.js']).toBe(`require('/app/c.js'); require('/c')`);
  });

  test('keeps its place among the tabs, its processes and its edits', () => {
    const given = scenario(files, {
      processes: [{ name: 'orders', file: 'orders.ts' }],
      interventions: [
        { type: 'file.edit', atMs: 1, file: 'orders.ts', source: '1' },
        { type: 'file.edit', atMs: 2, file: 'shop.ts', source: `import './orders'` },
      ],
    });
    const renamed = renamedFile(given, 'orders.ts', 'store.ts');
    expect(Object.keys(renamed.files)).toEqual(['shop.ts', 'store.ts', 'lib/index.ts', 'data.json']);
    expect(renamed.processes).toMatchObject([{ name: 'orders', file: 'store.ts' }]);
    expect(renamed.interventions).toMatchObject([
      { file: 'store.ts', source: '1' },
      { file: 'shop.ts', source: `import './store'` },
    ]);
  });

  test('leaves every import with the file that it meant', () => {
    const names = ['a.ts', 'a.js', 'b.ts', 'lib/a.ts', 'lib/index.js', 'lib/b.mjs', 'index.ts', 'data.json'];
    const specifier = fc.constantFrom(
      './a',
      './a.js',
      './b',
      './lib',
      './lib/a',
      '../a',
      './data',
      './b.mjs',
      '/app/lib',
      '../index',
    );
    const file = fc.array(specifier, { maxLength: 4 }).map((each) => each.map((one) => `import '${one}';`).join('\n'));
    const given = fc
      .uniqueArray(fc.constantFrom(...names), { minLength: 1 })
      .chain((all) => fc.record(Object.fromEntries(all.map((name) => [name, file])), { noNullPrototype: true }));
    fc.assert(
      fc.property(given, fc.nat(), fc.constantFrom(...names, 'new.ts', 'x/y/new.js'), (all, pick, name) => {
        const before = Object.keys(all);
        const old = before[pick % before.length]!;
        if (before.includes(name)) return;
        const { files: after } = renamedFile(scenario(all), old, name);
        const moved = (path: string | undefined) => (path === old ? name : path);
        for (const from of before.filter((each) => each !== 'data.json')) {
          if (moved(from)!.endsWith('.json')) continue;
          const meant = found(all[from]!).map((one) => moved(resolveFile(one, from, (each) => each in all)));
          const means = found(after[moved(from)!]!).map((one) =>
            resolveFile(one, moved(from)!, (each) => each in after),
          );
          expect(meant.map((path, at) => path ?? means[at])).toEqual(means);
        }
      }),
    );
  });
});

describe('a process under another name', () => {
  const files = { 'a.ts': '' };
  const given = scenario(files, {
    processes: [
      { name: 'shop', file: 'a.ts' },
      { name: 'email', file: 'a.ts', replicas: 2 },
    ],
    network: { links: [{ from: 'bus', to: 'email#2' }] },
    interventions: [
      { type: 'process.crash', atMs: 1, process: 'email#1' },
      { type: 'process.scale', atMs: 2, service: 'email', replicas: 3 },
      { type: 'link.change', atMs: 3, from: 'shop', to: 'email', link: { cut: true } },
    ],
  });

  test('is followed by links and interventions, replicas too', () => {
    expect(renamedProcess(given, 1, 'mail')).toMatchObject({
      processes: [{ name: 'shop' }, { name: 'mail' }],
      network: { links: [{ from: 'bus', to: 'mail#2' }] },
      interventions: [{ process: 'mail#1' }, { service: 'mail' }, { from: 'shop', to: 'mail' }],
    });
  });

  test('is followed by requests that are sent to it', () => {
    const requests = ['http://w:3000/a', 'http://w-2?x', 'http://ww/', 'http://localhost/w'].map((url) => ({
      type: 'http.request' as const,
      atMs: 1,
      method: 'GET',
      url,
      headers: [],
    }));
    const one = scenario({ 'w.js': '' }, { processes: [{ name: 'w', file: 'w.js' }], interventions: requests });
    expect(renamedProcess(one, 0, 'Mail box').interventions.map((each) => 'url' in each && each.url)).toEqual([
      'http://mail-box:3000/a',
      'http://mail-box-2?x',
      'http://ww/',
      'http://localhost/w',
    ]);
  });

  test('is not followed while another one has the name', () => {
    const clash = renamedProcess(given, 1, 'shop');
    expect(clash.processes.map(({ name }) => name)).toEqual(['shop', 'shop']);
    expect(clash.network).toEqual(given.network);
  });
});
