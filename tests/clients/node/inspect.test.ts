/* oxlint-disable typescript/no-extraneous-class, prefer-rest-params, no-sparse-arrays -- what is printed may be strange */
import * as util from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createInspector } from '../../../src/clients/node/inspect';
import { stringWidth } from '../../../src/clients/node/inspect-text';
import { ObservedProxy } from '../../../src/clients/node/proxy';
import { runScenario } from '../../runtime/run-scenario';

const ours = createInspector();

class Account {
  static bank = 'one';
  #secret = 1;
  id: number;
  constructor(id: number) {
    this.id = id + this.#secret - 1;
  }
  get total() {
    return 5;
  }
}
class Savings extends Account {
  get [Symbol.toStringTag]() {
    return 'tagged';
  }
}
class CodedError extends Error {
  code = 'E_CODED';
}
class OtherError extends TypeError {}

function circular() {
  const value: Record<string, unknown> = { name: 'self' };
  value['me'] = value;
  value['list'] = [value, { parent: value }];
  return value;
}

const inner = new Error('inner');
const samples: Record<string, unknown> = {
  text: ['text', "it's", 'say "hi"', `both ' and "`, 'a\nb', '\u001b', '\ud800', 'ї', ''],
  numbers: [1, -0, 1.5, 1e21, 1e-7, 10n, NaN, true, null, undefined, Symbol('s')],
  keys: { a: 1, 'b-c': 2, 3: 'three', [Symbol('key')]: 4, [Symbol()]: 5, ключ: 6, $y: null, "it's": 7 },
  nested: { l1: { l2: { l3: { l4: 1 } } }, list: [[[[1]]]] },
  long: { text: 'lorem ipsum dolor sit amet '.repeat(8), lines: 'lorem ipsum\ndolor sit amet '.repeat(8) },
  columns: Array.from({ length: 120 }, (_, i) => i * 3),
  words: Array<string>(30).fill('abc'),
  mixed: [1, 'a', { b: 1 }, [1], null, undefined, true, 2n],
  sparse: [, 'x', , , 'y', ,],
  extra: Object.assign([1, 2], { extra: true, '-1': 3 }),
  instance: [new Account(1), new Savings(2), Account, Savings, class {}, Object.create(Account.prototype)],
  bare: [Object.create(null), Object.create(null, { a: { value: 1, enumerable: true } }), Account.prototype],
  functions: [() => 1, async () => 1, function* named() {}, Math.max, Object.assign(() => 1, { x: 1 })],
  accessors: {
    get a() {
      return 1;
    },
    set b(_v: number) {},
    get c() {
      return 1;
    },
    set c(_v: number) {},
  },
  circular: circular(),
  maps: [new Map([[{ k: 1 }, new Map([[1, 2]])]]), new Set(['x', { y: 1 }]), new Map(), new WeakMap(), new WeakSet()],
  boxes: [new Date(0), new Date(NaN), /a+/gi, Object(1), Object('str'), Object(true), Object(1n), Object(Symbol('w'))],
  memory: [new ArrayBuffer(4), new Uint8Array([1, 2]), new Float64Array([1.5, -0]), new DataView(new ArrayBuffer(2))],
  errors: [inner, new Error('outer', { cause: inner }), new CodedError('coded'), new OtherError('other')],
  oddErrors: [new AggregateError([inner], 'all'), Object.assign(new Error('named'), { name: 'Custom' }), new Error('')],
  stackless: [
    Object.assign(new Error('multi\nline'), { stack: undefined }),
    Object.setPrototypeOf(new Error('x'), null),
  ],
  tagged: [{ [Symbol.toStringTag]: 'T' }, Math, JSON, Reflect, globalThis.Atomics],
  custom: { [util.inspect.custom]: (depth: number) => ({ depth }), nested: { [util.inspect.custom]: () => 'a\nb' } },
  extended: [
    new (class Stack extends (Array as new (length: number) => unknown[]) {})(3),
    new (class Bag extends (Map as new (entries: unknown) => Map<unknown, unknown>) {})([[1, 2]]),
    new (class Day extends (Date as unknown as new (at: number) => Date) {})(0),
  ],
  web: [new URL('http://u:p@a.b/c?d=1#e'), new URLSearchParams('a=1&b=2'), new TextEncoder(), new TextDecoder()],
  pending: new Promise(() => {}),
  wide: ['漢字', 'Слава', 'e\u0301', '😀', 'a', 'b', 'c', 'd'],
  args: (function (..._args: unknown[]) {
    return arguments;
  })(1, 2),
};

const optionSets: util.InspectOptions[] = [
  {},
  { depth: 0 },
  { depth: 5, compact: false },
  { depth: null, breakLength: Infinity },
  { sorted: true, getters: true },
  { numericSeparator: true, maxArrayLength: 2, maxStringLength: 5 },
  { compact: 1 },
  { compact: true },
];

describe('inspect', () => {
  for (const [name, value] of Object.entries(samples)) {
    it(`writes ${name} as Node does, with any options`, () => {
      for (const options of optionSets) {
        for (const wrapped of [value, [value], { key: { value } }]) {
          expect(ours.inspect(wrapped, options)).toBe(util.inspect(wrapped, options));
        }
      }
    });
  }

  it('writes hidden properties as Node does', () => {
    for (const name of ['keys', 'sparse', 'instance', 'boxes', 'accessors', 'columns']) {
      const options = { showHidden: true };
      expect(ours.inspect(samples[name], options)).toBe(util.inspect(samples[name], options));
    }
  });

  it('colours plain values as Node does', () => {
    for (const name of ['text', 'numbers', 'keys', 'nested', 'maps', 'boxes', 'columns']) {
      const options = { colors: true };
      expect(ours.inspect(samples[name], options)).toBe(util.inspect(samples[name], options));
    }
  });

  it('writes any plain data as Node does', () => {
    fc.assert(
      fc.property(
        fc.object({ withDate: true, withMap: true, withSet: true, withBigInt: true, withTypedArray: true }),
        (value) => {
          expect(ours.inspect(value)).toBe(util.inspect(value));
        },
      ),
      { numRuns: 100 },
    );
  });

  it('shows what iterators of maps and sets have left, and leaves it there', () => {
    const entries = new Map([['k', 'v']]).entries();
    expect(ours.inspect(entries)).toBe("[Map Entries] { [ 'k', 'v' ] }");
    expect(ours.inspect(new Set([1, 2]).values())).toBe('[Set Iterator] { 1, 2 }');
    expect([...entries]).toEqual([['k', 'v']]);
  });

  it('shows the target of a proxy without springing its traps', () => {
    const proxy = new (ObservedProxy as unknown as typeof Proxy)(
      { a: 1 },
      {
        get() {
          throw new Error('a trap was sprung');
        },
      },
    );
    expect(ours.inspect(proxy)).toBe('{ a: 1 }');
    expect(ours.inspect(proxy, { showProxy: true })).toContain('Proxy [');
  });

  it('tells what has lost its prototype, or has that of a promise and is none', async () => {
    const source = `const lost = (value) => Object.setPrototypeOf(value, null);
console.log(lost(new Uint8Array(2)), lost(new Map([[1, 2]])), lost([1]));
console.log(Object.create(Promise.prototype), [Object.create(Promise.prototype), Promise.resolve(1)]);`;
    const log = await runScenario({ files: { 'main.js': source }, processes: [{ name: 'main', file: 'main.js' }] });
    expect(log.printed('main')).toEqual([
      '[Uint8Array(2): null prototype] [ 0, 0 ] [Map(1): null prototype] { 1 => 2 } [Array(1): null prototype] [ 1 ]',
      'Promise {} [ Promise {}, Promise { 1 } ]',
    ]);
  });

  it('hides what Node itself puts on promises while it watches them', () => {
    const promise = Object.assign(new Promise(() => {}), { [Symbol('async_id_symbol')]: 5, [Symbol('mine')]: 6 });
    expect(ours.inspect(promise)).toBe('Promise { <pending>, [Symbol(mine)]: 6 }');
  });

  it('keeps the default options of one process from another', () => {
    const other = createInspector();
    other.inspect.defaultOptions = { depth: 0 };
    expect(other.inspect({ a: { b: 1 } })).toBe('{ a: [Object] }');
    expect(ours.inspect({ a: { b: 1 } })).toBe('{ a: { b: 1 } }');
  });
});

describe('format', () => {
  const cases: unknown[][] = [
    [
      '%s is %d years and %i, %f, %j %o %O %% %c styled',
      'Bob',
      42.5,
      42.9,
      '1.25',
      { a: 1 },
      [1],
      { b: { c: { d: {} } } },
      'css',
      'extra',
      { e: 1 },
    ],
    ['%s %s %s', { a: { b: 1 } }, [1, [2]], () => 1],
    ['%s', Symbol('a'), -0, 5n, new Date(0), class A {}],
    ['%s %s', new CodedError('x').message, new Account(1)],
    ['100%', 5, '%d', 'x'],
    ['%d %i %f %d', '0x10', 3n, 'x', Symbol('s')],
    ['%%', 1],
    ['%x %', 1],
    [1, 'a', { b: 2 }],
    [],
  ];
  for (const args of cases) {
    it(`fills ${util.inspect(args[0])} as Node does`, () => {
      expect(ours.format(...args)).toBe(util.format(...args));
    });
  }

  it('says that something is circular instead of failing', () => {
    expect(ours.format('%j', circular())).toBe('[Circular]');
  });
});

describe('stringWidth', () => {
  it('counts columns: two for wide characters, none for combining ones', () => {
    expect(['ascii', 'Слава', '漢字', 'e\u0301', '😀', '\u001b[31mred\u001b[39m'].map(stringWidth)).toEqual([
      5, 5, 4, 1, 2, 3,
    ]);
  });
});
