import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { typeProblems } from '../../gallery/check-types';

const programs = fileURLToPath(new URL('../../conformance/programs/', import.meta.url));

it('knows every type that the recorded programs with ioredis use', { timeout: 60_000 }, () => {
  const files: Record<string, string> = {};
  for (const program of readdirSync(programs).filter((name) => name.startsWith('redis-')))
    for (const file of readdirSync(programs + program).filter((name) => name.endsWith('.ts')))
      files[`${program}/${file}`] = readFileSync(`${programs}${program}/${file}`, 'utf8');
  expect(Object.keys(files).length).toBeGreaterThan(3);
  expect(typeProblems(files)).toEqual([]);
});
