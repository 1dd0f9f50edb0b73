import { Buffer as RealBuffer } from 'node:buffer';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Buffer } from '../../../src/clients/node/buffer';
import { createInspector } from '../../../src/clients/node/inspect';
import { StringDecoder } from '../../../src/clients/node/string-decoder';

type Any = any; // oxlint-disable-line typescript/no-explicit-any -- the same calls go to Node's and ours
const mine = Buffer as Any;
const node = RealBuffer as Any;
const encodings = ['utf8', 'utf16le', 'latin1', 'ascii', 'base64', 'base64url', 'hex'];
const bytes = fc.uint8Array({ maxLength: 60 });
const text = fc.oneof(
  fc.string(),
  fc.string({ unit: 'binary' }),
  fc.base64String(),
  fc.string({ unit: fc.constantFrom('a', '=', '+', '_', '\n', 'ї', '\ud800', '0') }),
);

/** What a call gives or throws, in a form that can be compared. */
function outcome(call: () => Any): unknown {
  try {
    const value = call();
    return value instanceof Uint8Array ? [...value] : value;
  } catch (error) {
    const { name, code, message } = error as Any;
    return { name, code, message };
  }
}

const bigintText = (_key: string, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value);

const agree = (call: (buffer: Any) => Any) => {
  expect(outcome(() => call(mine))).toEqual(outcome(() => call(node)));
};

describe('Buffer', () => {
  for (const encoding of encodings) {
    it(`reads and writes ${encoding} as Node does`, () => {
      fc.assert(
        fc.property(text, (value) => {
          agree((buffer) => buffer.from(value, encoding));
          agree((buffer) => buffer.byteLength(value, encoding));
          agree((buffer) => {
            const target = buffer.alloc(11);
            return [target.write(value, 1, encoding), ...target];
          });
        }),
      );
      fc.assert(
        fc.property(bytes, fc.integer({ min: -5, max: 70 }), fc.integer({ min: -5, max: 70 }), (value, start, end) => {
          agree((buffer) => buffer.from(value).toString(encoding));
          agree((buffer) => buffer.from(value).toString(encoding, start, end));
        }),
      );
    });
  }

  it('finds, slices, compares and fills as Node does', () => {
    fc.assert(
      fc.property(bytes, bytes, fc.integer({ min: -70, max: 70 }), (a, b, n) => {
        agree((buffer) => buffer.from(a).indexOf(b.subarray(0, 2), n));
        agree((buffer) => buffer.from(a).lastIndexOf(b.subarray(0, 2), n));
        agree((buffer) => buffer.from(a).indexOf(n, 1));
        agree((buffer) => buffer.from(a).subarray(n, 9));
        agree((buffer) => buffer.from(a).slice(1, n));
        agree((buffer) => buffer.compare(buffer.from(a), buffer.from(b)));
        agree((buffer) => buffer.from(a).equals(b));
        agree((buffer) => buffer.from(a).fill(b, 0));
        agree((buffer) => buffer.concat([a, b], Math.abs(n)));
        agree((buffer) => {
          const target = buffer.alloc(20);
          return [buffer.from(a).copy(target, 3, Math.min(a.length, 2)), ...target];
        });
      }),
    );
  });

  it('reads and writes numbers as Node does, errors included', () => {
    const names = Object.keys(node.prototype).filter((name) => /^(read|write)/.test(name));
    expect(Object.keys(mine.prototype)).toEqual(expect.arrayContaining(names));
    const values = [
      0,
      1,
      -1,
      255,
      256,
      -128,
      -129,
      2 ** 31,
      2 ** 32,
      -(2 ** 31),
      1.5,
      NaN,
      2n,
      -1n,
      2n ** 63n,
      2n ** 64n,
      '7',
    ];
    const differing: unknown[] = [];
    const compare = (what: unknown[], call: (buffer: Any) => Any) => {
      const [ours, theirs] = [mine, node].map((buffer) =>
        JSON.stringify(
          outcome(() => call(buffer)),
          bigintText,
        ),
      );
      if (ours !== theirs) differing.push([what, ours, theirs]);
    };
    for (const name of names) {
      for (const offset of [undefined, 0, 5, 8, 9, -1, 1.5, 'a']) {
        for (const size of /8|16|32|64|Float|Double/.test(name) ? [undefined] : [1, 3, 6, 7]) {
          if (name.startsWith('read')) {
            compare([name, offset, size], (buffer) => buffer.from([255, 2, 3, 4, 128, 6, 7, 8, 9])[name](offset, size));
            continue;
          }
          for (const value of values) {
            compare([name, value, offset, size], (buffer) => {
              const target = buffer.alloc(9);
              return [target[name](value, offset, size), ...target];
            });
          }
        }
      }
    }
    expect(differing.slice(0, 5)).toEqual([]);
  });

  it('refuses what Node refuses, in its words', () => {
    agree((buffer) => buffer.from(5));
    agree((buffer) => buffer.from(null));
    agree((buffer) => buffer.from({}));
    agree((buffer) => buffer.from('a', 'foo'));
    agree((buffer) => buffer.from(new ArrayBuffer(8), 9));
    agree((buffer) => buffer.alloc(-1));
    agree((buffer) => buffer.alloc('5'));
    agree((buffer) => buffer.alloc(3, 'zz', 'hex'));
    agree((buffer) => buffer.concat('a'));
    agree((buffer) => buffer.concat(['a']));
    agree((buffer) => buffer.byteLength(5));
    agree((buffer) => buffer.compare('a', 'b'));
    agree((buffer) => buffer.alloc(2).readUInt32BE(0));
    agree((buffer) => buffer.alloc(3).swap16());
    agree((buffer) => buffer.alloc(3).toString('foo'));
    agree((buffer) => buffer.alloc(3).equals('a'));
    agree((buffer) => buffer.alloc(3).write(5));
    agree((buffer) => buffer.alloc(3).write('a', 9));
    agree((buffer) => buffer.alloc(3).indexOf({}));
  });

  it('is made of whatever Node makes it of', () => {
    agree((buffer) => buffer.from([256, -1, 3.7, '8', 'x']));
    agree((buffer) => buffer.from({ length: 2, 0: 5, 1: 6 }));
    agree((buffer) => buffer.from(buffer.from('hi').toJSON()));
    agree((buffer) => buffer.from(new Uint16Array([1, 256, 257])));
    agree((buffer) => buffer.from({ valueOf: () => 'zz' }));
    agree((buffer) => buffer.from(new String('abc')));
    agree((buffer) => buffer.from(new Uint8Array([1, 2, 3, 4]).buffer, 1, 2));
    agree((buffer) => buffer.alloc(5, 'ab'));
    agree((buffer) => buffer.alloc(5, 'YWI', 'base64'));
    agree((buffer) => buffer.of(1, 2));
    agree((buffer) => JSON.stringify(buffer.from('hi')));
    agree((buffer) => `${buffer.from('tpl')}`);
    agree((buffer) => [...buffer.from('ab').entries()]);
    agree((buffer) => buffer.from('swap').swap32());
  });

  it('shares memory between a buffer and its parts', () => {
    const whole = mine.from('hello');
    whole.subarray(0, 2)[0] = 0x48;
    expect(whole.toString()).toBe('Hello');
    expect(mine.isBuffer(whole.map((byte: number) => byte))).toBe(true);
    expect(whole instanceof Uint8Array && whole instanceof mine).toBe(true);
  });

  it('prints as Node prints it', () => {
    const { inspect } = createInspector();
    expect(inspect(mine.alloc(52))).toBe(`<Buffer ${'00 '.repeat(50)}... 2 more bytes>`);
    expect(inspect({ data: mine.from('hi') })).toBe('{ data: <Buffer 68 69> }');
    expect(inspect(Object.assign(mine.from('hi'), { note: 'x' }))).toBe("<Buffer 68 69, note: 'x'>");
  });
});

describe('StringDecoder', () => {
  it('gives whole characters, however the bytes are cut', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        fc.constantFrom('utf8', 'utf16le', 'base64', 'hex'),
        fc.integer({ min: 1, max: 5 }),
        (value, encoding, size) => {
          const whole = mine.from(value);
          const decoder = new StringDecoder(encoding);
          let decoded = '';
          for (let i = 0; i < whole.length; i += size) decoded += decoder.write(whole.subarray(i, i + size));
          expect(decoded + decoder.end()).toBe(whole.toString(encoding));
        },
      ),
    );
  });
});
