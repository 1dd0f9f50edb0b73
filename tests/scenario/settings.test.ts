import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { formatJson } from '../../src/scenario/format-json';
import { jsonPlaces, lineAndColumn, placeOfPath } from '../../src/scenario/json-places';
import { parseScenario } from '../../src/scenario/parse';
import { describeProblem } from '../../src/scenario/problem';
import type { Scenario } from '../../src/scenario/scenario';
import {
  type JsonPath,
  mergedSettings,
  pathText,
  settingsOf,
  valueAt,
  withSettings,
  withValue,
} from '../../src/scenario/settings';
import { scenarios } from './arbitraries';

vi.setConfig({ testTimeout: 60_000 });

function changed(scenario: Scenario, settings: unknown): Scenario {
  const parsed = withSettings(scenario, settings);
  if (parsed.type === 'problems') throw new Error(parsed.problems.map(describeProblem).join('; '));
  return parsed.scenario;
}

const [shop] = [
  parseScenario({ title: 'Shop', processes: [{ name: 'shop', file: 'shop.ts' }] }, { 'shop.ts': '1', 'email.ts': '2' }),
].flatMap((parsed) => (parsed.type === 'scenario' ? [parsed.scenario] : [])) as [Scenario];
const edited: Scenario = {
  ...shop,
  interventions: [
    { type: 'file.edit', atMs: 5, file: 'shop.ts', source: '3' },
    { type: 'process.crash', atMs: 5, process: 'shop' },
  ],
};

describe('the settings of a scenario', () => {
  test('hold everything but the texts of files, and give the same scenario back', () => {
    fc.assert(
      fc.property(scenarios, (scenario) => {
        const settings: unknown = JSON.parse(formatJson(settingsOf(scenario)));
        expect(settings).not.toHaveProperty('files');
        expect(changed(scenario, settings)).toEqual(scenario);
      }),
    );
  });

  test('keep the edits that were made during the run', () => {
    expect(settingsOf(edited)['interventions']).toEqual([{ type: 'process.crash', atMs: 5, process: 'shop' }]);
    const later = changed(edited, {
      ...settingsOf(edited),
      interventions: [{ type: 'process.crash', atMs: 9, process: 'shop' }],
    });
    expect(later.interventions).toEqual([
      { type: 'file.edit', atMs: 5, file: 'shop.ts', source: '3' },
      { type: 'process.crash', atMs: 9, process: 'shop' },
    ]);
  });

  test('refuse an edit of a file, and leave files out with a warning', () => {
    const settings = {
      ...settingsOf(shop),
      interventions: [{ type: 'file.edit', atMs: 1, file: 'shop.ts', source: '' }],
    };
    expect(withSettings(shop, settings)).toMatchObject({
      problems: [{ type: 'unknown-choice', path: 'interventions[0].type' }],
    });
    const parsed = withSettings(shop, { ...settingsOf(shop), files: { 'evil.ts': '' } });
    expect(parsed).toMatchObject({
      scenario: { files: shop.files },
      warnings: [{ type: 'unknown-key', path: 'files' }],
    });
  });

  test('changed in two places are merged by what each has touched', () => {
    const base = { title: 'a', seed: 1, about: 'x' };
    expect(mergedSettings(base, { title: 'b', seed: 1 }, { title: 'a', seed: 2, about: 'x', speed: 3 })).toEqual({
      title: 'b',
      seed: 2,
      speed: 3,
    });
  });
});

describe('a value in JSON data', () => {
  const data = { processes: [{ name: 'a' }, { name: 'b' }], seed: 1 };
  test('is changed, added and taken away by its path', () => {
    expect(withValue(data, ['processes', 1, 'name'], 'c')).toEqual({
      processes: [{ name: 'a' }, { name: 'c' }],
      seed: 1,
    });
    expect(withValue(data, ['processes', 2], { name: 'c' })).toMatchObject({ processes: [{}, {}, { name: 'c' }] });
    expect(withValue(data, ['processes', 0], undefined)).toEqual({ processes: [{ name: 'b' }], seed: 1 });
    expect(withValue(data, ['network', 'default', 'loss'], 0.5)).toEqual({
      ...data,
      network: { default: { loss: 0.5 } },
    });
    expect(withValue(data, ['seed'], undefined)).not.toHaveProperty('seed');
    expect(valueAt(data, ['processes', 1, 'name'])).toBe('b');
    expect(valueAt(data, ['processes', 'length'])).toBe(2);
    expect(valueAt(data, ['network', 'default'])).toBeUndefined();
  });

  test('goes with what held nothing else, but a row of a list stays', () => {
    const brokers = { rabbitmq: { version: '4.0' }, webhooks: { timeoutMs: 5 } };
    const one = withValue({ ...data, brokers }, ['brokers', 'webhooks', 'timeoutMs'], undefined);
    expect(one).toEqual({ ...data, brokers: { rabbitmq: { version: '4.0' } } });
    expect(withValue(one, ['brokers', 'rabbitmq', 'version'], undefined)).toEqual(data);
    expect(withValue(data, ['brokers', 'webhooks', 'timeoutMs'], undefined)).toEqual(data);
    expect(withValue(data, ['processes', 1, 'name'], undefined)).toEqual({ ...data, processes: [{ name: 'a' }, {}] });
  });

  test('is named as problems name it', () => {
    expect(pathText(['processes', 1, 'env', 'MY-KEY'])).toBe('processes[1].env["MY-KEY"]');
  });
});

describe('JSON for people', () => {
  test('has one item a line, on one line while it fits', () => {
    const long = 'x'.repeat(70);
    expect(formatJson({ a: [1, 2], b: { c: long, d: undefined, e: {} }, f: [] })).toBe(
      `{\n  "a": [1, 2],\n  "b": {\n    "c": "${long}",\n    "e": {}\n  },\n  "f": []\n}\n`,
    );
  });

  test('is the same JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(JSON.parse(formatJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });
});

describe('places in a JSON text', () => {
  const text = '{\n  "seed": -1e3,\n  "processes": [\n    { "name": "a\\"]", "env": { "A-B": [] } },\n    {}\n  ]\n}';
  const at = (path: string, part: 'key' | 'value' = 'value') => {
    const place = placeOfPath(jsonPlaces(text), path)![part];
    return text.slice(place.from, place.to);
  };

  test('are found by path', () => {
    expect(at('seed')).toBe('-1e3');
    expect(at('seed', 'key')).toBe('"seed"');
    expect(at('processes[0].name')).toBe('"a\\"]"');
    expect(at('processes[0].env["A-B"]')).toBe('[]');
    expect(at('processes[1]', 'key')).toBe('{}');
    expect(lineAndColumn(text, text.indexOf('"env"'))).toEqual({ line: 4, column: 23 });
  });

  test('of what is absent are those of what is around it', () => {
    expect(at('processes[1].name')).toBe('{}');
    expect(at('processes[0].env["A-B"][3].deep')).toBe('[]');
    expect(at('network.default')).toBe(text);
  });

  test('are those of every value, however it is written', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(undefined, 1, 3), (value, indent) => {
        const written = JSON.stringify(value, undefined, indent);
        const places = jsonPlaces(written);
        const check = (part: unknown, path: JsonPath): void => {
          const span = places.get(pathText(path))!.value;
          expect(JSON.parse(written.slice(span.from, span.to))).toEqual(part);
          if (Array.isArray(part)) part.forEach((each, at) => check(each, [...path, at]));
          else if (typeof part === 'object' && part !== null)
            for (const [key, each] of Object.entries(part)) check(each, [...path, key]);
        };
        check(JSON.parse(written), []);
      }),
    );
  });
});
