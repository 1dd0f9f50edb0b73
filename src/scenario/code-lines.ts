import { resolveFile } from '../runtime/resolve';
import { moduleSpecifiers } from './module-specifiers';
import type { Scenario } from './scenario';

/** Lines of code that these services run: their files and what they import of the scenario, without comments and empty lines. */
export function linesOfServices(scenario: Scenario, services: readonly string[]): number {
  return filesOfServices(scenario, services).reduce((sum, file) => sum + codeLines(scenario.files[file] ?? ''), 0);
}

/** The files of these services in their order, then what they import of the scenario. */
export function filesOfServices({ processes, files }: Scenario, services: readonly string[]): readonly string[] {
  const own = services.flatMap((service) => processes.find(({ name }) => name === service)?.file ?? []);
  const found = new Set<string>();
  // What is found is looked through in its turn.
  const open = [...own];
  for (const file of open) {
    const source = files[file];
    if (source === undefined || found.has(file)) continue;
    found.add(file);
    for (const { text } of moduleSpecifiers(source)) {
      const imported = resolveFile(text, file, (candidate) => Object.hasOwn(files, candidate));
      if (imported !== undefined) open.push(imported);
    }
  }
  return [...found];
}

/** A line counts when something other than a comment stands on it; lines of a comment over several lines begin with `*`. */
function codeLines(source: string): number {
  const lines = source.split('\n').map((line) => line.trim());
  return lines.filter((line) => line !== '' && !/^(\/\/|\/\*|\*)/.test(line)).length;
}
