import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createJson } from '../../../src/clients/node/json';

const json = createJson() as JSON;

function wordsOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    return String(error);
  }
  return 'nothing thrown';
}

describe('JSON.parse refuses in the words of Node 20', () => {
  it.each([
    ['', 'Unexpected end of JSON input'],
    ['[1,', 'Unexpected end of JSON input'],
    ['{bad', "Expected property name or '}' in JSON at position 1"],
    ['{"a":1,}', 'Expected double-quoted property name in JSON at position 7'],
    ['{"a" 1}', "Expected ':' after property name in JSON at position 5"],
    ['{"a":1,"b" 2}', 'Unexpected number in JSON at position 11'],
    ['{"a":1 "b":2}', "Expected ',' or '}' after property value in JSON at position 7"],
    ['[1 2]', "Expected ',' or ']' after array element in JSON at position 3"],
    ['{}x', 'Unexpected non-whitespace character after JSON at position 2'],
    ['01', 'Unexpected number in JSON at position 1'],
    ['-', 'No number after minus sign in JSON at position 1'],
    ['1.x', 'Unterminated fractional number in JSON at position 2'],
    ['1e', 'Exponent part is missing a number in JSON at position 2'],
    ['"abc', 'Unterminated string in JSON at position 4'],
    ['"a\nb"', 'Bad control character in string literal in JSON at position 2'],
    ['"\\x"', 'Bad escaped character in JSON at position 2'],
    ['"\\u12G4"', 'Bad Unicode escape in JSON at position 5'],
    ['nulL', `Unexpected token 'L', "nulL" is not valid JSON`],
    ['undefined', '"undefined" is not valid JSON'],
    ['<!doctype html><title>x</title>', `Unexpected token '<', "<!doctype "... is not valid JSON`],
    ['{"key": "value", "other": oops, "x": 1}', `Unexpected token 'o', ..." "other": oops, "x":"... is not valid JSON`],
    ['["a long enough text", oops]', `Unexpected token 'o', ..."gh text", oops]" is not valid JSON`],
  ])('%j', (text, words) => {
    expect(wordsOf(() => json.parse(text))).toBe(`SyntaxError: ${words}`);
  });

  // Later versions of V8 have other words for some.
  it.runIf(process.version.startsWith('v20.'))('whatever the text, as Node 20 itself does', () => {
    const piece = fc.constantFrom(
      ...[
        '{',
        '}',
        '[',
        ']',
        ',',
        ':',
        '"',
        '\\',
        ' ',
        '\n',
        '-',
        '+',
        '.',
        '0',
        '1',
        '23',
        'e',
        'E',
        'u',
        'a',
        'null',
        'true',
        'fal',
      ],
      ...['"k"', '"k":', '"\\u00e9"', '\\u', 'undefined', 'ї', '😀', '\u0001'],
    );
    const mangled = fc
      .tuple(fc.json(), fc.nat(), fc.string({ maxLength: 3 }))
      .map(([text, at, put]) => text.slice(0, at % (text.length + 1)) + put + text.slice((at % (text.length + 1)) + 1));
    fc.assert(
      fc.property(
        fc.oneof(
          fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join('')),
          mangled,
        ),
        (text) => {
          const engine = wordsOf(() => JSON.parse(text) as unknown);
          expect(wordsOf(() => json.parse(text))).toBe(engine);
        },
      ),
      { numRuns: 5000 },
    );
  });
});

describe('JSON.parse', () => {
  it('makes a text of what is none first', () => {
    expect(json.parse(null as unknown as string)).toBe(null);
    expect(wordsOf(() => json.parse(undefined as unknown as string))).toBe(
      'SyntaxError: "undefined" is not valid JSON',
    );
    expect(wordsOf(() => json.parse({} as string))).toBe('SyntaxError: "[object Object]" is not valid JSON');
    expect(wordsOf(() => json.parse(Symbol('s') as unknown as string))).toMatch(/^TypeError/);
  });

  it('gives a reviver the key, the value and its holder, and nothing more', () => {
    const seen: unknown[] = [];
    const result: unknown = json.parse('{"a":[1.0]}', function (this: unknown, ...args: unknown[]) {
      seen.push([this, ...args]);
      return args[0] === '0' ? 2 : args[1];
    });
    expect(result).toEqual({ a: [2] });
    expect(seen[0]).toEqual([[2], '0', 1]);
  });

  it('lets through what a reviver throws', () => {
    const own = new SyntaxError('own');
    expect(() =>
      json.parse('[1]', () => {
        throw own;
      }),
    ).toThrow(own);
  });

  it('prints and names itself as the engine’s', () => {
    expect(Object.prototype.toString.call(json)).toBe('[object JSON]');
    expect(Object.keys(json)).toEqual([]);
    expect(json.stringify({ a: [1] })).toBe('{"a":[1]}');
  });
});
