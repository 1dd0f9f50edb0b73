import { resolveFile } from '../runtime/resolve';
import { moduleSpecifiers } from './module-specifiers';
import type { Scenario } from './scenario';

/** Lines of code that these services run: their files and what they import of the scenario, without comments and empty lines. */
export function linesOfServices({ processes, files }: Scenario, services: readonly string[]): number {
  const own = processes.filter(({ name }) => services.includes(name)).map(({ file }) => file);
  const found = new Set<string>();
  const open = [...own];
  for (let file = open.pop(); file !== undefined; file = open.pop()) {
    const source = files[file];
    if (source === undefined || found.has(file)) continue;
    found.add(file);
    for (const { text } of moduleSpecifiers(source)) {
      const imported = resolveFile(text, file, (candidate) => Object.hasOwn(files, candidate));
      if (imported !== undefined) open.push(imported);
    }
  }
  return [...found].reduce((sum, file) => sum + codeLines(files[file] ?? ''), 0);
}

/** A line counts when something other than a comment stands on it; lines of a comment over several lines begin with `*`. */
function codeLines(source: string): number {
  const lines = source.split('\n').map((line) => line.trim());
  return lines.filter((line) => line !== '' && !/^(\/\/|\/\*|\*)/.test(line)).length;
}
