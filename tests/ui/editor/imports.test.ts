import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parseScenario } from '../../../src/scenario/parse';
import { importEdit, withImport } from '../../../src/ui/editor/import-edit';
import { moduleDocs, type ExportDocs } from '../../../src/ui/editor/module-docs';
import { foundExports, usedNames } from '../../../src/ui/editor/module-search';
import { runScenario } from '../../runtime/run-scenario';

const read = (path: string) => readFileSync(new URL(`../../../src/${path}`, import.meta.url), 'utf8');
/** The module's types stand in several files. */
const types = readdirSync(new URL('../../../src/clients/eventarium', import.meta.url))
  .filter((file) => file.endsWith('.d.ts'))
  .map((file) => read(`clients/eventarium/${file}`))
  .join('');
const eventarium = moduleDocs(types)[0]!;
const node = moduleDocs(read('ui/editor/types/node.d.ts.txt'));
const find = (name: string): ExportDocs => eventarium.exports.find((docs) => docs.name === name)!;

describe('what a module says of itself', () => {
  test('is every export, with its signature and first sentence', () => {
    const declared = [...types.matchAll(/^ {2}export \w+ (\w+)/gm)].map(([, name]) => name);
    expect(eventarium.exports.map(({ name }) => name)).toEqual([...new Set(declared)]);
    expect(find('sleep')).toMatchObject({
      kind: 'function',
      signature: 'function sleep(ms: number): Promise<void>;',
      summary: 'Waits `ms` of virtual time, to the microsecond.',
      example: 'await sleep(500);',
    });
    expect(find('EventBus').signature).toMatch(/^interface EventBus \{[^]*emit<T>[^]*\n\}$/);
    expect(find('replay').signature).toContain('listener: Listener | string');
    expect(find('replay').text).not.toContain('@example');
  });

  test('holds of Node too, overloads together', () => {
    const crypto = node.find(({ module }) => module === 'node:crypto')!;
    expect(crypto.exports.map(({ name }) => name)).toEqual([
      'Hmac',
      'createHmac',
      'createHash',
      'randomUUID',
      'randomBytes',
      'randomInt',
      'timingSafeEqual',
    ]);
    expect(crypto.exports.find(({ name }) => name === 'randomInt')!.signature.split('\n')).toHaveLength(2);
  });

  test('has an example for all that one calls, and each runs as it is inserted', async () => {
    const functions = eventarium.exports.filter(({ kind }) => kind === 'function');
    for (const docs of functions) {
      const example = docs.example ?? '';
      const source = withImport(`${example}\n`, 'eventarium', usedNames(eventarium.exports, docs, example));
      const parsed = parseScenario(
        { title: docs.name, durationMs: 2000, processes: [{ name: 'a', file: 'a.ts' }] },
        { 'a.ts': source },
      );
      if (parsed.type !== 'scenario') throw new Error(docs.name);
      const { entries } = await runScenario(parsed.scenario);
      const wrong = entries.filter(
        (entry) => entry.type === 'file.rejected' || (entry.type === 'process.exited' && entry.failure !== undefined),
      );
      expect({ name: docs.name, example: example !== '', wrong }).toEqual({
        name: docs.name,
        example: true,
        wrong: [],
      });
    }
  });

  test('is searched by name first, then by what is said', () => {
    const names = (query: string) => foundExports([eventarium], query).map(({ docs }) => docs.name);
    expect(names('replay')[0]).toBe('replay');
    expect(names('ndjson')).toEqual(['readLog']);
    expect(names('eventarium')).toHaveLength(eventarium.exports.length);
    expect(names('no such thing')).toEqual([]);
  });
});

describe('an import', () => {
  test.each([
    ['', `import { every } from 'eventarium';\n`],
    [`import { sleep } from 'eventarium';\nsleep(1);\n`, `import { sleep, every } from 'eventarium';\nsleep(1);\n`],
    [`import {\n  sleep,\n} from "eventarium";\n`, `import {\n  sleep, every,\n} from "eventarium";\n`],
    [`import { every as each } from 'eventarium';\n`, `import { every as each } from 'eventarium';\n`],
    [
      `import './a';\nimport b from 'b';\n\nb();\n`,
      `import './a';\nimport b from 'b';\nimport { every } from 'eventarium';\n\nb();\n`,
    ],
    [
      `const a = require('./a');\n\na();\n`,
      `const a = require('./a');\nconst { every } = require('eventarium');\n\na();\n`,
    ],
    [`const { sleep } = require('eventarium');\n`, `const { sleep, every } = require('eventarium');\n`],
    [`// What this is.\nconst a = 1;\n`, `// What this is.\nimport { every } from 'eventarium';\nconst a = 1;\n`],
    [`import {} from 'eventarium';\n`, `import { every } from 'eventarium';\n`],
  ])('is added to %j', (source, expected) => {
    expect(withImport(source, 'eventarium', ['every'])).toBe(expected);
  });

  test('that is there is not added again', () => {
    expect(importEdit(`import { sleep, every } from 'eventarium';`, 'eventarium', ['every', 'sleep']).text).toBe('');
  });
});
