import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { openScenario } from '../../src/headless/scenario-source';
import { scenarioFile } from '../../src/scenario/file';
import { scenarioOf } from '../runtime/run-scenario';

const folder = mkdtempSync(join(tmpdir(), 'eventarium-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const problemsOf = async (name: string) => {
  const opened = await openScenario(name);
  return opened.type === 'problems' ? opened.problems : [];
};

const write = (name: string, text: string) => {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
};

it('opens a scenario of the gallery by its id', async () => {
  expect(await openScenario('event-queue')).toMatchObject({ type: 'scenario', scenario: { title: 'Event queue' } });
});

it('says what the gallery has when there is no such thing', async () => {
  expect(await problemsOf('event-quoue')).toEqual([expect.stringContaining('event-queue')]);
});

it('opens an exported file', async () => {
  const scenario = scenarioOf({ files: { 'a.ts': 'console.log(1);' } });
  expect(await openScenario(write('good.json', scenarioFile(scenario)))).toEqual({
    type: 'scenario',
    scenario,
    warnings: [],
  });
});

it('names the line on which a value is wrong', async () => {
  const file = write(
    'bad.json',
    '{\n  "eventarium": 1,\n  "title": "t",\n  "processes": [\n    {"name": "a", "file": "a.ts"},\n    {"name": "b",\n     "file": "b.ts"}\n  ],\n  "files": { "a.ts": "" }\n}',
  );
  expect(await problemsOf(file)).toEqual([`${file}:7: processes[1].file names b.ts, which is not among the files`]);
});

it.each([
  ['{"a": 1,}', '1:9'],
  ['{\n  "a": tru\n}', '2:8'],
  ['{"a": "x\n"}', '1:7'],
  ['[1, 2', '1:6'],
  ['', '1:1'],
  ['{} x', '1:4'],
])('names the place where a text stops being JSON: %j', async (text, place) => {
  const file = write('broken.json', text);
  expect((await problemsOf(file))[0]).toContain(`${file}:${place}: it is not JSON`);
});

it('refuses a folder without a scenario.json', async () => {
  expect(await problemsOf(folder)).toEqual([`${folder}: it has no scenario.json`]);
});
