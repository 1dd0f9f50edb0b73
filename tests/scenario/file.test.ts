import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { readScenarioFile, scenarioFile } from '../../src/scenario/file';
import { scenarios } from './arbitraries';

// Properties try hundreds of cases, and a busy machine tries them slowly.
vi.setConfig({ testTimeout: 60_000 });

test('an exported file is read back as it was', () => {
  fc.assert(
    fc.property(scenarios, (scenario) => {
      expect(readScenarioFile(scenarioFile(scenario))).toEqual({
        type: 'scenario',
        scenario,
        warnings: expect.any(Array),
      });
    }),
  );
});

test('reads a file of version 1 forever', () => {
  const text =
    '\uFEFF{ "eventarium": 1, "title": "x", "processes": [{ "name": "a", "file": "a.js" }], "files": { "a.js": "" } }';
  expect(readScenarioFile(text)).toMatchObject({ type: 'scenario', warnings: [] });
});

test('says why a file cannot be read', () => {
  expect(readScenarioFile('# Readme')).toEqual({ type: 'not-json' });
  expect(readScenarioFile('null')).toEqual({ type: 'not-a-scenario' });
  expect(readScenarioFile('{ "name": "package", "files": {} }')).toEqual({ type: 'not-a-scenario' });
  expect(readScenarioFile('{ "eventarium": "1" }')).toEqual({ type: 'not-a-scenario' });
  expect(readScenarioFile('{ "eventarium": 2 }')).toEqual({ type: 'too-new', version: 2 });
  expect(readScenarioFile('{ "eventarium": 1, "title": "x", "processes": [] }')).toEqual({
    type: 'invalid-scenario',
    problems: [{ type: 'missing', path: 'files' }],
  });
});
