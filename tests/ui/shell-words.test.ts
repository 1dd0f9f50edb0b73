import { describe, expect, test } from 'vitest';
import { syntaxWords } from '../../src/runtime/syntax-words';
import { jsonProblem } from '../../src/ui/dialogs/json-problem';
import { holdings } from '../../src/ui/shell/stranger';
import { en } from '../../src/ui/text/en';
import { enFormat, formatInstant, ukFormat } from '../../src/ui/text/format';
import { uk } from '../../src/ui/text/uk';
import { sampleScenario } from '../browser/sample-run';

const plain = (text: string): string => text.replace(/\s/g, ' ');

test.each([
  [en, /Unexpected ";"\. \p{Lu}/u],
  [uk, /Неочікуване «;»\. \p{Lu}/u],
])('what a compiler says stands in the sentence without the end of its own', ({ log }, sentence) => {
  const at = { seq: 3, atMs: 10, file: 'a.ts', line: 2, column: 1, keptPrevious: true } as const;
  const said = log.sentence['file.rejected']({ ...at, type: 'file.rejected', message: 'Unexpected ";".' });
  expect(said).toMatch(sentence);
});

test.each([
  ['f(1', 1, 4, undefined, 'Файл закінчується, а «(» з рядка 1 не закрито.'],
  ['const a =', 1, 10, undefined, 'Файл закінчується зарано.'],
  ['import a', 1, 9, 'from', 'Файл закінчується там, де бракує «from».'],
  ['f(1 2)', 1, 5, ',', 'Неочікуване «2»: перед ним бракує «,» або «)», що закриває рядок 1.'],
  ['import a b', 1, 10, 'from', 'Неочікуване «b»: перед ним бракує «from».'],
  ['f(1,\n;', 2, 1, undefined, 'Неочікуване «;»: не закрито «(» з рядка 1.'],
  ['const ;', 1, 7, undefined, 'Неочікуване «;».'],
])('what is wrong with %j is said in Ukrainian, too', (source, line, column, expected, said) => {
  const found = expected === undefined ? 'Unexpected token' : `Unexpected token, expected "${expected}"`;
  expect(uk.editor.syntax(syntaxWords(found, source, line, column))).toBe(said);
});

describe('figures', () => {
  test.each([
    [0, '0 ms'],
    [800, '800 ms'],
    [1200, '1.2 s'],
    [30_000, '30 s'],
    [59_949, '59.9 s'],
    [59_960, '1 min'],
    [125_000, '2 min 5 s'],
    [99_300_000, '27 h 35 min'],
  ])('%d ms lasts %s', (ms, text) => {
    expect(plain(enFormat.duration(ms))).toBe(text);
  });

  test.each([
    [0, '00:00.000'],
    [12_480, '00:12.480'],
    [3_599_999, '59:59.999'],
    [9_320_900, '2:35:20.900'],
  ])('%d ms stands on the clock as %s', (ms, text) => {
    expect(formatInstant(ms)).toBe(text);
  });

  test('have thin groups and the decimal sign of the language', () => {
    expect(plain(enFormat.number(4812))).toBe('4 812');
    expect(plain(enFormat.number(1234567.25))).toBe('1 234 567.3');
    expect(plain(ukFormat.number(1234.5))).toBe('1 234,5');
    expect(enFormat.number(-0.04)).toBe('0');
    expect(plain(enFormat.bytes(118))).toBe('118 B');
    expect(plain(enFormat.bytes(21_400_000))).toBe('21 MB');
    expect(plain(ukFormat.duration(1200))).toBe('1,2 с');
    expect(enFormat.speed(0.05)).toBe('0.05×');
  });

  test('of days say today and yesterday', () => {
    const now = new Date(2026, 10, 25, 15, 0).getTime();
    expect(enFormat.day(new Date(2026, 10, 25, 14, 2).getTime(), now)).toBe('today 14:02');
    expect(enFormat.day(new Date(2026, 10, 24, 9, 5).getTime(), now)).toBe('yesterday 09:05');
    expect(enFormat.day(new Date(2026, 10, 16).getTime(), now)).toBe('16 Nov');
  });
});

describe('the catalogue', () => {
  test('declines Ukrainian words with their number', () => {
    const problems = [1, 2, 5, 11, 21, 22].map((count) => plain(uk.dialogs.import.linesLeftOut(count)));
    expect(problems).toEqual([
      'Пропущено 1 рядок:',
      'Пропущено 2 рядки:',
      'Пропущено 5 рядків:',
      'Пропущено 11 рядків:',
      'Пропущено 21 рядок:',
      'Пропущено 22 рядки:',
    ]);
  });

  test('has the same keys in both languages, and no empty text', () => {
    const keys = (section: object, path: string): string[] =>
      Object.entries(section).flatMap(([key, value]: [string, unknown]) => {
        if (typeof value === 'object' && value !== null) return keys(value, `${path}.${key}`);
        expect(value, `${path}.${key}`).not.toBe('');
        return [`${path}.${key}`];
      });
    expect(keys(uk, '')).toEqual(keys(en, ''));
  });
});

describe('the place where a text stops being JSON', () => {
  test.each([
    ['{\n  "id": 1\n', 3, 1, 'comma-or-brace'],
    ['{ "id" 1 }', 1, 8, 'colon'],
    ['{ id: 1 }', 1, 3, 'key'],
    ['{ "id": 1, }', 1, 12, 'key'],
    ['[1, 2', 1, 6, 'comma-or-bracket'],
    ['[1,,2]', 1, 4, 'value'],
    ['{ "a": "b }', 1, 8, 'string-end'],
    ['{} x', 1, 4, 'nothing'],
    ['01', 1, 2, 'nothing'],
    ['', 1, 1, 'value'],
  ])('%j: line %d, column %d, %s', (text, line, column, expected) => {
    expect(jsonProblem(text)).toEqual({ line, column, expected });
  });

  test.each(['{}', ' [1, -2.5e3, "a\\u00e9\\n", true, null, {"a": [ ]}] ', '"x"', '0'])('%j is JSON', (text) => {
    expect(() => JSON.parse(text) as unknown).not.toThrow();
    expect(jsonProblem(text)).toBeUndefined();
  });
});

test('what a scenario holds is counted without running it', () => {
  expect(holdings(sampleScenario)).toEqual({
    files: 4,
    lines: 21,
    imports: ['eventarium'],
    processes: 4,
    interventions: 2,
  });
});
