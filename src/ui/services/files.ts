import type { RunPlayer } from '../../player/player';
import { readLog } from '../../log/ndjson';
import { describeProblem } from '../../scenario/problem';
import { readScenarioFile, scenarioFile } from '../../scenario/file';
import { segmentsOf } from '../../player/segments';
import type { Scenario } from '../../scenario/scenario';
import type { ExportedFile, ImportOutcome, ImportProblem } from '../services';

/** The scenario on show, with its interventions: the very run, as one file. */
export function exportScenario(player: RunPlayer): ExportedFile {
  const text = scenarioFile(player.definition);
  return {
    name: `${fileName(player.definition.title)}.eventarium.json`,
    content: new Blob([text], { type: 'application/json' }),
  };
}

/** The log that is computed, one entry a line. */
export function exportLog(player: RunPlayer): ExportedFile {
  const parts = player.log.segments.map(({ ndjson }) => ndjson);
  return {
    name: `${fileName(player.definition.title)}.ndjson`,
    content: new Blob(parts, { type: 'application/x-ndjson' }),
  };
}

/** Opens a scenario or a log from a file. What is wrong with it is reported; what was open stays when nothing can be opened. */
export async function importFile(
  file: File,
  player: RunPlayer,
  open: {
    scenario(scenario: Scenario): void;
    /** Called before a log is on show. */
    readonly beforeLog: () => void;
  },
): Promise<ImportOutcome> {
  const text = await file.text();
  const read = readScenarioFile(text);
  if (read.type === 'scenario') {
    open.scenario(read.scenario);
    const problems = read.warnings.map((warning) => ({ message: describeProblem(warning) }));
    return { type: 'scenario', title: read.scenario.title, problems };
  }
  if (read.type === 'invalid-scenario')
    return refused(read.problems.map((problem) => ({ message: describeProblem(problem) })));
  if (read.type === 'too-new')
    return refused([{ message: `The file has version ${read.version} of the format; this page reads version 1.` }]);
  return importLog(text, player, open.beforeLog);
}

function importLog(text: string, player: RunPlayer, beforeLog: () => void): ImportOutcome {
  const { entries, problems } = readLog(text);
  const [first] = entries;
  if (first === undefined) return refused(problems.slice(0, 20));
  if (first.type !== 'run.started') {
    return refused([
      { line: 1, message: 'A log begins with the entry run.started, and this one does not.' },
      ...problems,
    ]);
  }
  const { segments, skipped } = segmentsOf(entries);
  const scenario: Scenario = {
    ...player.definition,
    title: first.title,
    seed: first.seed,
    durationMs: first.durationMs,
    interventions: [],
    files: {},
    processes: [],
  };
  beforeLog();
  player.openRecorded({ scenario, segments, ended: true, digest: undefined, seen: true });
  const gap =
    skipped > 0 ? [{ message: `${skipped} entries refer to entries that are missing; they were numbered anew.` }] : [];
  return { type: 'log', entries: entries.length, problems: [...problems, ...gap] };
}

function refused(problems: readonly ImportProblem[]): ImportOutcome {
  return { type: 'refused', problems };
}

function fileName(title: string): string {
  return (
    title
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, '-')
      .replace(/^-|-$/g, '') || 'scenario'
  );
}
