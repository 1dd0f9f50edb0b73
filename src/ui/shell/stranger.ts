import type { Scenario } from '../../scenario/scenario';

/** What a scenario holds, counted from its text without running a line of it. */
export interface Holdings {
  readonly files: number;
  readonly lines: number;
  /** Modules that do not belong to the scenario, sorted. */
  readonly imports: readonly string[];
  readonly processes: number;
  readonly interventions: number;
}

const importing = /\b(?:from|import|require\s*\()\s*(['"])([^'"\n]+)\1/g;

export function holdings(scenario: Scenario): Holdings {
  const sources = Object.values(scenario.files);
  const modules = sources.flatMap((source) => [...source.matchAll(importing)].map((match) => match[2] ?? ''));
  return {
    files: sources.length,
    lines: sources.reduce((sum, source) => sum + source.trimEnd().split('\n').length, 0),
    imports: [...new Set(modules)].filter((name) => !name.startsWith('.')).sort(),
    processes: scenario.processes.reduce((sum, process) => sum + process.replicas, 0),
    interventions: scenario.interventions.length,
  };
}
