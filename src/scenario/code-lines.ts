import { importedFiles } from './imported-files';
import type { Scenario } from './scenario';

/** Lines of code that these services run: their files and what they import of the scenario, without comments and empty lines. */
export function linesOfServices(scenario: Scenario, services: readonly string[]): number {
  return filesOfServices(scenario, services).reduce((sum, file) => sum + codeLines(scenario.files[file] ?? ''), 0);
}

/** The files of these services in their order, then what they import of the scenario. */
export function filesOfServices({ processes, files }: Scenario, services: readonly string[]): readonly string[] {
  const own = services.flatMap((service) => processes.find(({ name }) => name === service)?.file ?? []);
  const all = new Set([...own, ...own.flatMap((main) => [...importedFiles(main, files)])]);
  return [...all].filter((file) => Object.hasOwn(files, file));
}

/** A line counts when something other than a comment stands on it; lines of a comment over several lines begin with `*`. */
function codeLines(source: string): number {
  const lines = source.split('\n').map((line) => line.trim());
  return lines.filter((line) => line !== '' && !/^(\/\/|\/\*|\*)/.test(line)).length;
}
