import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, it } from 'vitest';
import { execute } from '../src/headless/execute';
import { openFolder } from '../src/headless/scenario-source';
import { gallery } from '../src/scenario/gallery/gallery';
import type { Scenario } from '../src/scenario/scenario';

/**
 * The logs of these scenarios never change by accident: their digests are kept. A change that is meant is taken over with
 * `UPDATE_GOLDEN=1 npx vitest run --project unit tests/golden.test.ts`, and its commit says why the logs differ.
 */
interface Golden {
  readonly entries: number;
  readonly digest: string;
}

const path = (name: string) => fileURLToPath(new URL(`golden/${name}`, import.meta.url));
const kept = JSON.parse(readFileSync(path('digests.json'), 'utf8')) as Record<string, Golden>;
const updating = process.env['UPDATE_GOLDEN'] === '1';
const found: Record<string, Golden> = {};

const own = readdirSync(path('scenarios')).map((name) => ({
  name,
  load: async (): Promise<Scenario> => {
    const opened = openFolder(path(`scenarios/${name}`));
    if (opened.type === 'problems') throw new Error(opened.problems.join('\n'));
    return opened.scenario;
  },
}));
const all = [...own, ...gallery.map(({ id, load }) => ({ name: `gallery/${id}`, load }))];

afterAll(() => {
  if (updating) writeFileSync(path('digests.json'), JSON.stringify(found, undefined, 2) + '\n');
});

it.each(all.map(({ name, load }) => [name, load] as const))('has the log it always had: %s', async (name, load) => {
  const { entries, digest } = await execute(await load());
  found[name] = { entries, digest };
  if (updating) return;
  expect(
    found[name],
    `the log of ${name} differs; if that is meant: UPDATE_GOLDEN=1 npx vitest run --project unit tests/golden.test.ts`,
  ).toEqual(kept[name]);
});
