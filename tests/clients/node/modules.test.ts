/* oxlint-disable no-sparse-arrays -- what is compared may be strange */
import * as nodeAssert from 'node:assert';
import * as nodeCrypto from 'node:crypto';
import * as nodePath from 'node:path';
import * as nodeQuery from 'node:querystring';
import * as nodeUrl from 'node:url';
import * as nodeUtil from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fakeProcess } from './fake-environment';

type Any = any; // oxlint-disable-line typescript/no-explicit-any -- the same calls go to Node's and ours
const { module, globals } = fakeProcess();

function outcome(call: () => Any): unknown {
  try {
    return call();
  } catch (error) {
    const { name, code, message } = error as Any;
    return { name, code, message };
  }
}

const agreeOn = (ours: Any, theirs: Any) => (call: (module: Any) => Any) => {
  expect(outcome(() => call(ours))).toEqual(outcome(() => call(theirs)));
};

describe('node:crypto', () => {
  const agree = agreeOn(module('crypto'), nodeCrypto);
  const text = (value: Any) => (value instanceof Uint8Array ? [...value] : value);

  it('hashes and signs as Node does', () => {
    fc.assert(
      fc.property(
        fc.uint8Array(),
        fc.string(),
        fc.constantFrom('md5', 'sha1', 'SHA256', 'sha384', 'sha512', 'sha224'),
        (bytes, key, name) => {
          for (const encoding of ['hex', 'base64', 'base64url', 'latin1', undefined]) {
            agree((crypto) => text(crypto.createHash(name).update(bytes).update(key).digest(encoding)));
            agree((crypto) => text(crypto.createHmac(name, key).update(bytes).digest(encoding)));
          }
        },
      ),
      { numRuns: 50 },
    );
    agree((crypto) => crypto.pbkdf2Sync('p', 's', 3, 20, 'sha256').toString('hex'));
    agree((crypto) => crypto.hash('sha1', 'abc'));
    agree((crypto) => {
      const hash = crypto.createHash('sha1').update('a');
      return [hash.copy().digest('hex'), hash.update('b').digest('hex')];
    });
  });

  it('refuses what Node refuses, in its words', () => {
    agree((crypto) => crypto.createHash('foo'));
    agree((crypto) => crypto.createHash());
    agree((crypto) => crypto.createHmac('foo', 'k'));
    agree((crypto) => crypto.createHmac('sha256'));
    agree((crypto) => crypto.createHash('sha256').update(5));
    agree((crypto) => {
      const hash = crypto.createHash('sha1');
      hash.digest();
      hash.update('x');
    });
    agree((crypto) => crypto.timingSafeEqual(Buffer.from('a'), Buffer.from('ab')));
    agree((crypto) => crypto.randomInt(5, 5));
    agree((crypto) => crypto.randomBytes(-1));
    agree((crypto) => crypto.randomBytes('a'));
  });

  it('draws within bounds', () => {
    const crypto = module('crypto');
    for (let i = 0; i < 200; i++) expect(crypto.randomInt(3, 6)).toSatisfy((n: number) => [3, 4, 5].includes(n));
    expect(crypto.randomUUID()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(globals['crypto'].getRandomValues(new Uint16Array(3))).toHaveLength(3);
  });
});

describe('node:util', () => {
  const agree = agreeOn(module('util'), nodeUtil);

  it('compares deeply as Node does', () => {
    const values = [
      0,
      -0,
      NaN,
      '1',
      1,
      1n,
      null,
      undefined,
      {},
      [],
      [1, , 3],
      [1, undefined, 3],
      { a: 1 },
      { a: 1, [Symbol.for('s')]: 1 },
      new Date(0),
      new Date(1),
      /a/,
      /a/g,
      new Set([1, { a: 1 }]),
      new Set([{ a: 1 }, 1]),
      new Set([1, { a: 2 }]),
      new Map([[{ k: 1 }, 1]]),
      new Map([[{ k: 1 }, 2]]),
      new Map([['k', 1]]),
      new Uint8Array([1]),
      new Uint8Array([2]),
      new Error('a'),
      new Error('b'),
      new TypeError('a'),
      Object(1),
      Object('1'),
      new ArrayBuffer(2),
      Object.create(null),
    ];
    const differing = [];
    const passes = (call: () => Any) => outcome(call) === undefined;
    for (const a of values) {
      for (const b of values) {
        if (module('util').isDeepStrictEqual(a, b) !== nodeUtil.isDeepStrictEqual(a, b))
          differing.push(['strict', a, b]);
        const [ours, theirs] = [module('assert'), nodeAssert].map((assert) => passes(() => assert.deepEqual(a, b)));
        if (ours !== theirs) differing.push(['loose', a, b]);
      }
    }
    expect(differing).toEqual([]);
    const [left, right]: Any[] = [{}, {}];
    left.self = left;
    right.self = right;
    expect(module('util').isDeepStrictEqual(left, right)).toBe(true);
  });

  it('knows the kinds of values as Node does', () => {
    const values = [
      new Map(),
      new Set(),
      new Map().entries(),
      new Set().values(),
      new Date(),
      /a/,
      new Error(),
      new Proxy({}, {}),
      new ArrayBuffer(1),
      new DataView(new ArrayBuffer(1)),
      new Uint8Array(),
      Promise.resolve(),
      async () => {},
      function* () {},
      (function* () {})(),
      Object(1),
      Object('s'),
      new WeakMap(),
      {},
      [],
      null,
      5,
      Object.create(Map.prototype),
      Object.create(Date.prototype),
    ];
    for (const name of Object.keys(nodeUtil.types)) {
      if (name === 'isProxy' || name === 'isEventTarget') continue;
      for (const value of values) agree((util) => [name, util.types[name](value)]);
    }
  });

  it('turns callbacks into promises and back', async () => {
    const util = module('util');
    const add = (a: number, b: number, done: (error: Error | null, sum?: number) => void) =>
      done(a < 0 ? new Error('negative') : null, a + b);
    expect(await util.promisify(add)(1, 2)).toBe(3);
    await expect(util.promisify(add)(-1, 2)).rejects.toThrow('negative');
    agree((u) => u.promisify(5));
    agree((u) => u.stripVTControlCharacters('\u001b[31mred\u001b[39m'));
    agree((u) => u.toUSVString('a\ud800'));
    expect(
      await fakeProcess()
        .run(`require('util').callbackify(async (n) => n * 2)(4, (error, value) => console.log(error, value));
      const old = require('util').deprecate(() => 'old', 'no more', 'DEP1'); console.log(old(), old());`),
    ).toBe('old old\nnull 8\n');
  });
});

describe('node:assert', () => {
  const agree = agreeOn(module('assert'), nodeAssert);

  it('fails with the words of Node', () => {
    const long = { a: [1, 2, { b: 3 }], c: 'text', d: new Map([[1, 2]]) };
    agree((assert) => assert.strictEqual(1, 2));
    agree((assert) => assert.strictEqual('a'.repeat(20), 'a'.repeat(19) + 'b'));
    agree((assert) => assert.strictEqual({ a: 1 }, { a: 1 }));
    agree((assert) => assert.strictEqual([1, 2, 3], [1, 2, 3, 4], 'told so'));
    agree((assert) => assert.deepStrictEqual({ a: 1, b: { c: 2 } }, { a: 1, b: { c: 3 } }));
    agree((assert) => assert.deepStrictEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], [1, 2, 3, 4, 5, 6, 7, 8, 9, 11]));
    agree((assert) => assert.deepStrictEqual(long, { ...long, c: 'other', e: 1 }));
    agree((assert) => assert.deepStrictEqual(new Set([1]), new Set([2])));
    agree((assert) => assert.equal(1, 2));
    agree((assert) => assert.equal(1, '1'));
    agree((assert) => assert.notEqual(1, 1));
    agree((assert) => assert.notStrictEqual(1, 1));
    agree((assert) => assert.notDeepStrictEqual({ a: 1 }, { a: 1 }));
    agree((assert) => assert.deepEqual({ a: 1 }, { a: 2 }));
    agree((assert) => assert.notDeepEqual({ a: 1 }, { a: 1 }));
    agree((assert) => assert.match('abc', /x/));
    agree((assert) => assert.doesNotMatch('abc', /a/));
    agree((assert) => assert.fail('no'));
    agree((assert) => assert.fail());
    agree((assert) => assert.ifError(new Error('e')));
    agree((assert) => assert.ok(0, 'message'));
    agree((assert) => assert.strictEqual(1));
    agree((assert) => assert.strict.equal(1, '1'));
  });

  it('expects errors as Node does', async () => {
    const fails = () => {
      throw new TypeError('bad value');
    };
    for (const expected of [
      undefined,
      TypeError,
      RangeError,
      /bad/,
      /good/,
      { message: 'bad value' },
      { message: /x/ },
      new TypeError('bad value'),
      () => true,
      () => false,
      'note',
    ]) {
      agree((assert) => assert.throws(fails, expected));
      agree((assert) => assert.throws(() => {}, expected));
    }
    agree((assert) => assert.doesNotThrow(fails, 'note'));
    agree((assert) => assert.throws('x'));
    await expect(module('assert').rejects(Promise.reject(new Error('a')), /b/)).rejects.toThrow('did not match');
    await expect(module('assert').rejects(async () => {})).rejects.toThrow('Missing expected rejection.');
    await module('assert').doesNotReject(async () => 5);
  });
});

describe('node:path and node:url', () => {
  const piece = fc.constantFrom('a', 'b.txt', '.', '..', '', '/', '.hidden', 'c.tar.gz', 'x.');
  const path = fc.array(piece, { maxLength: 6 }).map((parts) => parts.join('/'));

  it('take paths apart and together as Node does', () => {
    const agree = agreeOn(module('path'), nodePath.posix);
    fc.assert(
      fc.property(path, path, (a, b) => {
        for (const name of ['normalize', 'dirname', 'basename', 'extname', 'isAbsolute'])
          agree((p) => [name, a, p[name](a)]);
        agree((p) => [a, b, p.join(a, b)]);
        agree((p) => p.resolve('/root', a, b));
        agree((p) => p.relative(`/x/${a}`, `/x/${b}`));
        agree((p) => p.basename(a, '.txt'));
      }),
    );
    agree((p) => p.parse('/home/user/file.txt'));
    agree((p) => p.format({ dir: '/a', name: 'b', ext: 'txt' }));
    agree((p) => p.join('a', 5));
    expect(module('path').resolve('x')).toBe('/app/x');
  });

  it('turn file URLs into paths and back', () => {
    const agree = agreeOn(module('url'), nodeUrl);
    agree((url) => url.fileURLToPath('file:///a/b%20c.js'));
    agree((url) => url.fileURLToPath('http://x/'));
    agree((url) => url.pathToFileURL('/a/b c?#.js').href);
    agree((url) => url.urlToHttpOptions(new URL('http://a.b:81/c?d')).path);
  });

  it('read queries as Node does', () => {
    const agree = agreeOn(module('querystring'), nodeQuery);
    agree((query) => ({ ...query.parse('a=1&b=2&a=3&c&=x&d=%20+%zz') }));
    agree((query) => query.stringify({ a: 1, b: ['x', 'y z'], c: '', d: true, e: null, f: NaN }));
    agree((query) => query.parse('a=%E4&b=%D0%B9%'));
    agree((query) => [query.parse(null), query.parse('a=1&b=2', null, null, { maxKeys: 1 }), query.stringify('x')]);
    agree((query) => query.stringify({ a: 'x y' }, ';', ':', { encodeURIComponent: (text: string) => text }));
  });
});

describe('structuredClone', () => {
  const clone = globals['structuredClone'];

  it('copies everything but its identity', () => {
    const value: Any = {
      map: new Map([[{ k: 1 }, new Set([1])]]),
      date: new Date(5),
      re: /a/gi,
      bytes: new Uint8Array([1, 2]),
      list: [1, , 3],
      big: 1n,
      text: Object('s'),
    };
    value.self = value;
    value.view = new Uint8Array(value.bytes.buffer, 1);
    const copy = clone(value);
    expect(
      nodeUtil.isDeepStrictEqual(
        { ...copy, self: 0, date: +copy.date },
        { ...structuredClone(value), self: 0, date: 5 },
      ),
    ).toBe(true);
    expect([copy.self === copy, copy.view.buffer === copy.bytes.buffer, copy.date instanceof globals['Date']]).toEqual([
      true,
      true,
      true,
    ]);
    const error = clone(Object.assign(new RangeError('r', { cause: { a: 1 } }), { code: 5 }));
    expect([error instanceof RangeError, error.message, error.cause, error.code]).toEqual([
      true,
      'r',
      { a: 1 },
      undefined,
    ]);
  });

  it('refuses functions and symbols', () => {
    expect(outcome(() => clone({ f() {} }))).toMatchObject({
      name: 'DataCloneError',
      code: 25,
      message: 'f() {} could not be cloned.',
    });
    expect(outcome(() => clone(Symbol('s')))).toMatchObject({ message: 'Symbol(s) could not be cloned.' });
    expect(outcome(() => clone())).toMatchObject({ code: 'ERR_MISSING_ARGS' });
  });
});

describe('btoa and atob', () => {
  it('agree with the engine', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary-ascii' }), fc.string(), (text, any) => {
        expect(globals['atob'](globals['btoa'](text))).toBe(text);
        expect([any, outcome(() => globals['atob'](any))]).toEqual([any, outcome(() => atob(any))]);
      }),
    );
    for (const text of ['/=', '=', 'a=', 'ab=', 'abcd=', '====', 'a===', 'a b=', 'ab=c', 'a==', 'a=b', '!a']) {
      expect([text, outcome(() => globals['atob'](text))]).toEqual([text, outcome(() => atob(text))]);
    }
    expect(outcome(() => globals['btoa']('ї'))).toEqual(outcome(() => btoa('ї')));
  });
});
