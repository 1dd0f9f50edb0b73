/* eslint-disable @typescript-eslint/no-extraneous-class, prefer-rest-params -- what is printed may be strange */
import * as util from 'node:util';
import { describe, expect, it } from 'vitest';
import { createInspector } from '../../../src/clients/node/inspect';
import { ObservedProxy } from '../../../src/clients/node/proxy';
import { createStream, type RandomStream } from '../../../src/kernel/random';

/**
 * Values of every kind, nested at random, as Node itself writes them: the test process is the oracle. Not among them is what only the
 * engine can tell: what weak collections hold, whether an iterator with nothing left gives entries, what class an object without a
 * prototype was made by; and `numericSeparator` for numbers like 1e-7, of which Node makes no number.
 */
const ours = createInspector();

class Account {
  static bank = 'one';
  id = 7;
  get total() {
    return 5;
  }
}
class Named extends Account {
  get [Symbol.toStringTag]() {
    return 'tagged';
  }
  override toString() {
    return `Named ${this.id}`;
  }
}
class Stack extends Array<unknown> {}
class Bag extends Map<unknown, unknown> {}
class CodedError extends Error {
  code = 'E_CODED';
}
class Printed {
  [util.inspect.custom](depth: number, options: util.InspectOptions, inspect: typeof util.inspect) {
    return `<${depth} ${inspect([1, { a: options.depth }], options)}>\nsecond line`;
  }
}

interface Making {
  readonly random: RandomStream;
  readonly Proxy: typeof Proxy;
}
type Make = (making: Making, depth: number) => unknown;

const pick = <T>({ random }: Making, list: readonly T[]): T => list[random.uint32() % list.length]!;
const some = (making: Making, depth: number): unknown[] =>
  Array.from({ length: making.random.uint32() % 5 }, () => valueOf(making, depth + 1));
const texts = [
  '',
  'a',
  "it's",
  'say "hi"',
  'two\nlines',
  'ключ',
  '漢字',
  '😀',
  '\u001b[1m',
  'x'.repeat(90),
  '\ud800',
  '`$',
];
const keys = ['a', 'b-c', '3', 'ключ', '__proto__', 'constructor', '$y', 'two words', "it's", '', 'then', 'length'];
const symbols = [Symbol('s'), Symbol(), Symbol('two words'), Symbol.iterator];

function fields(making: Making, depth: number, target: object): object {
  for (const value of some(making, depth)) {
    const key =
      making.random.uint32() % 8 === 0
        ? pick(making, symbols.slice(0, 3))
        : pick(making, keys.slice(0, Array.isArray(target) ? -1 : undefined));
    const kind = making.random.uint32() % 10;
    const enumerable = kind !== 0;
    if (kind === 1) Reflect.defineProperty(target, key, { get: () => value, enumerable, configurable: true });
    else if (kind === 2) Reflect.defineProperty(target, key, { set(_value) {}, enumerable, configurable: true });
    else Reflect.defineProperty(target, key, { value, enumerable, configurable: true, writable: true });
  }
  return target;
}

const plain: Make[] = [
  (making) => pick(making, [0, -0, 1.5, 1e21, 123456.789, NaN, Infinity, 2n ** 70n, -3n]),
  (making) => pick(making, texts),
  (making) => pick(making, [true, false, null, undefined]),
  (making) => pick(making, symbols),
];

const nested: Make[] = [
  some,
  (making, depth) => fields(making, depth, {}),
  (making, depth) => fields(making, depth, Object.create(null) as object),
  (making, depth) => fields(making, depth, some(making, depth)),
  (making, depth) => fields(making, depth, new (pick(making, [Account, Named, Printed]))()),
  (making, depth) => new Map(some(making, depth).map((value) => [valueOf(making, depth + 1), value])),
  (making, depth) => new Set(some(making, depth)),
  (making, depth) => fields(making, depth, new Bag(some(making, depth).map((value) => [value, value]))),
  (making, depth) => Stack.from(some(making, depth)),
  (making, depth) => Object.assign(new Array<unknown>(making.random.uint32() % 9), some(making, depth)),
  (making, depth) => Object.setPrototypeOf(some(making, depth), null) as unknown,
  (making, depth) => Object.setPrototypeOf(new Map(some(making, depth).map((value) => [value, 1])), null) as unknown,
  (making) => Object.create(pick(making, [Account.prototype, Map.prototype, {}, []])) as object,
  (making, depth) => new making.Proxy(fields(making, depth, pick(making, [() => ({}), () => [], () => () => 1])()), {}),
  (making, depth) => new making.Proxy(new making.Proxy(valueOf(making, depth, nested) as object, {}), { get: () => 1 }),
  (making, depth) => {
    const self = fields(making, depth, {}) as Record<string, unknown>;
    self['self'] = making.random.uint32() % 2 === 0 ? self : [self, new Map([[self, self]])];
    return self;
  },
];

const special: Make[] = [
  () => new Map().keys(),
  () => new Set().values(),
  (making, depth) => new Map([1, ...some(making, depth)].map((value) => [value, valueOf(making, depth + 1)])).entries(),
  (making, depth) => new Set([1, ...some(making, depth)]).entries(),
  (making, depth) => new Set(some(making, depth)).values(),
  () => [1, 2][Symbol.iterator](),
  () => 'ab'[Symbol.iterator](),
  () => (function* named() {})(),
  (making) => pick(making, [() => 1, async () => 1, function named() {}, function* gen() {}, async function* () {}]),
  (making) => pick(making, [Account, Named, class {}, class extends Account {}, Math.max, Array, Symbol, Proxy]),
  () => function bound() {}.bind(null),
  () => Account.bind(null),
  (making, depth) => fields(making, depth, () => 1),
  (making, depth) => fields(making, depth, class Extra {}),
  () => Object.setPrototypeOf(function bare() {}, null) as unknown,
  (making) =>
    pick(making, [new Date(0), new Date(NaN), /a+/gi, Object(1), Object('str'), Object(2n), Object(symbols[0])]),
  (making, depth) =>
    fields(making, depth, pick(making, [() => new Date(5), () => /x/u, () => Object('text') as object])()),
  (making) =>
    pick(making, [new ArrayBuffer(3), new Uint8Array([1, 2]), new Float64Array([1.5, -0]), new BigInt64Array(2)]),
  () => new DataView(new ArrayBuffer(2)),
  (making) => pick(making, [new Promise(() => undefined), Math, JSON, globalThis.Atomics]),
  (making, depth) => fields(making, depth, new (pick(making, [Error, CodedError, TypeError]))('went\nwrong')),
  (making, depth) => new Error('outer', { cause: valueOf(making, depth + 1) }),
  (making, depth) => new AggregateError(some(making, depth), 'several'),
  (making) => Object.assign(new Error('named'), { name: pick(making, ['Custom', '', 'TypeError']) }),
  () => new URLSearchParams('a=1&b=2'),
  (making, depth) => ({ [Symbol.toStringTag]: 'Tag', value: valueOf(making, depth + 1) }),
  (making, depth) => {
    const value = valueOf(making, depth + 1);
    return { [util.inspect.custom]: () => value };
  },
  () =>
    (function (..._given: unknown[]) {
      return arguments;
    })(1, 'two'),
];

function valueOf(making: Making, depth: number, from?: readonly Make[]): unknown {
  const kinds = from ?? (depth > 3 ? plain : pick(making, [plain, nested, nested, special]));
  return pick(making, kinds)(making, depth);
}

function optionsOf(making: Making): util.InspectOptions {
  const { random } = making;
  const options: util.InspectOptions = {};
  if (random.uint32() % 3 === 0) options.depth = pick(making, [0, 1, 4, null, Infinity]);
  if (random.uint32() % 4 === 0) options.compact = pick(making, [true, false, 0, 1, 5]);
  if (random.uint32() % 5 === 0) options.breakLength = pick(making, [20, 120, Infinity]);
  if (random.uint32() % 5 === 0) options.showHidden = true;
  if (random.uint32() % 6 === 0) options.sorted = true;
  if (options.showHidden !== true && random.uint32() % 6 === 0)
    options.getters = pick(making, [true, 'get', 'set'] as const);
  if (random.uint32() % 6 === 0) options.maxArrayLength = pick(making, [0, 1, 3, null]);
  if (random.uint32() % 8 === 0) options.maxStringLength = pick(making, [0, 5, null]);
  if (random.uint32() % 5 === 0) options.colors = true;
  if (random.uint32() % 8 === 0) options.showProxy = true;
  if (random.uint32() % 8 === 0) options.customInspect = false;
  if (random.uint32() % 8 === 0) options.numericSeparator = true;
  return options;
}

/** The same value twice, each with the proxies that its reader sees through. */
function twins(seed: number, make: (making: Making) => unknown): unknown[] {
  const made: unknown[] = [];
  for (const Class of [Proxy, ObservedProxy as unknown as typeof Proxy])
    made.push(make({ random: createStream(seed, 'inspect'), Proxy: Class }));
  return made;
}

const templates = ['%s', '%o', '%O', '%d %i %f', '%s and %s', '%j', '%c%s', 'plain', '%s%%'];

describe('any value', () => {
  const seeds = Array.from({ length: 400 }, (_, seed) => seed);

  it('is inspected as Node does', () => {
    for (const seed of seeds) {
      const [theirs, own] = twins(seed, (making) => valueOf(making, 0, pick(making, [nested, special])));
      const options = optionsOf({ random: createStream(seed, 'options'), Proxy });
      const wanted = util.inspect(theirs, options);
      // In colours Node greys what of a stack is its own, which is nothing here.
      if (options.colors === true && /\n +at /.test(wanted)) continue;
      expect(ours.inspect(own, options), `seed ${String(seed)}`).toBe(wanted);
    }
  });

  it('is formatted as Node does', () => {
    for (const seed of seeds) {
      const [theirs, own] = twins(seed, (making) => [
        pick(making, templates),
        valueOf(making, 1),
        ...some(making, 2),
      ]) as [unknown[], unknown[]];
      const result = (format: (...args: unknown[]) => string, args: unknown[]) => {
        try {
          return format(...args);
        } catch (error) {
          return `${(error as Error).name}: ${(error as Error).message}`;
        }
      };
      expect(result(ours.format, own), `seed ${String(seed)}`).toBe(result(util.format, theirs));
    }
  });
});
