import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  exactDuration,
  fieldCodecs,
  joinArguments,
  parseDuration,
  readVariables,
  splitArguments,
  writeVariables,
} from '../../../src/ui/settings/field-codecs';

const plain = (text: string) => text.replace(/\u00a0/g, ' ');

describe('a duration in a field', () => {
  test.each([
    ['60', 60_000],
    ['1.5 s', 1_500],
    ['1,5с', 1_500],
    ['800ms', 800],
    ['2 min 30 s', 150_000],
    ['1 год 5 хв', 3_900_000],
    ['.5', 500],
    ['0', 0],
    ['', undefined],
    ['soon', undefined],
    ['5 parsecs', undefined],
    ['5 5 s', undefined],
    ['-5 s', undefined],
  ])('reads %s, a bare number in seconds', (text, ms) => {
    expect(parseDuration(text, 1_000)).toBe(ms);
  });

  test.each([
    [0, '0 ms'],
    [0.25, '0.25 ms'],
    [60, '60 ms'],
    [1_500, '1.5 s'],
    [60_000, '1 min'],
    [150_250, '2 min 30.25 s'],
    [28_800_000, '8 h'],
  ])('writes %s ms exactly', (ms, text) => {
    expect(plain(exactDuration(ms, 'en'))).toBe(text);
  });

  test('comes back as it was, in both languages', () => {
    const ms = fc.nat(2_592_000_000_000).map((micro) => micro / 1_000);
    fc.assert(
      fc.property(ms, fc.constantFrom('en' as const, 'uk' as const), (value, language) => {
        expect(parseDuration(exactDuration(value, language), 1)).toBeCloseTo(value, 3);
      }),
    );
  });
});

describe('arguments in a field', () => {
  test('are split as a shell does', () => {
    expect(splitArguments(`--port 80 "two words" it\\'s 'a "b"' x"y z"`)).toEqual([
      '--port',
      '80',
      'two words',
      "it's",
      'a "b"',
      'xy z',
    ]);
    expect(splitArguments('""')).toEqual(['']);
    expect(splitArguments('  ')).toEqual([]);
    expect(splitArguments('"open')).toBeUndefined();
  });

  test('come back as they were', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), (args) => void expect(splitArguments(joinArguments(args))).toEqual(args)),
    );
  });
});

describe('variables in a field', () => {
  test('are one a line', () => {
    expect(readVariables('A=1\n\n B = two words \nC=\nD="x\\ny"')).toEqual({
      A: '1',
      B: 'two words',
      C: '',
      D: 'x\ny',
    });
    expect(readVariables('A=1\nA=2')).toBeUndefined();
    expect(readVariables('no value')).toBeUndefined();
    expect(readVariables('A="open')).toBeUndefined();
  });

  test('come back as they were', () => {
    const variables = fc.dictionary(fc.stringMatching(/^[A-Z_]{1,9}$/), fc.string({ unit: 'grapheme' }));
    fc.assert(
      fc.property(variables, (given) => void expect(readVariables(writeVariables(given))).toEqual({ ...given })),
    );
  });
});

describe('a field', () => {
  const en = fieldCodecs('en');
  const uk = fieldCodecs('uk');

  test('shows units and understands them', () => {
    expect(plain(en.share.show(0.07))).toBe('7 %');
    expect(en.share.read('0.5%')).toBe(0.005);
    expect(uk.share.show(0.005)).toBe('0,5\u00a0%');
    expect(en.speed.show(0.5)).toBe('0.5×');
    expect(en.speed.read('2x')).toBe(2);
    expect(en.whole.read('7')).toBe(7);
    expect(uk.longTime.read('2 хв')).toBe(120_000);
    expect(en.shortTime.read('60')).toBe(60);
  });

  test('takes lists apart at commas, and leaves those of numbers alone', () => {
    expect(plain(uk.times.show([0, 1_500, 300_000]))).toBe('0 мс, 1,5 с, 5 хв');
    expect(uk.times.read('0 мс, 1,5 с; 5 хв')).toEqual([0, 1_500, 300_000]);
    expect(en.times.read('0, 5, soon')).toBe('0, 5, soon');
    expect(en.names.read('127.0.0.1, 10.1.0.0/16,')).toEqual(['127.0.0.1', '10.1.0.0/16']);
  });

  test('that is empty has its default', () => {
    expect([en.share, en.whole, en.longTime, en.times, en.args, en.env].map((codec) => codec.read(' '))).toEqual(
      Array<undefined>(6).fill(undefined),
    );
    expect(en.whole.show(undefined)).toBe('');
    expect(en.text.read('')).toBe('');
  });

  test('keeps what it does not understand as it was typed', () => {
    for (const codec of [en.whole, en.share, en.longTime, en.times, en.args, en.env])
      expect(codec.show(codec.read('"so'))).toBe('"so');
    expect(en.text.show(5)).toBe('5');
    expect(en.args.show({ a: 1 })).toBe('{"a":1}');
  });
});
