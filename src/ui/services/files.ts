import type { RunPlayer } from '../../player/player';
import { readLog } from '../../log/ndjson';
import { definitionsFile } from '../../scenario/definitions-file';
import { readScenarioFile, scenarioFile } from '../../scenario/file';
import { segmentsOf } from '../../player/segments';
import type { Segment } from '../../player/run-log';
import { emptyScenario } from '../../scenario/limits';
import type { Problem } from '../../scenario/problem';
import type { Scenario } from '../../scenario/scenario';
import { jsonProblem } from '../dialogs/json-problem';
import { fileNameOf } from '../download';
import type { ExportedFile, ImportOutcome, ImportProblem } from '../services';

/** The scenario on show, with its interventions: the very run, as one file. */
export function exportScenario(player: RunPlayer): ExportedFile {
  const text = scenarioFile(player.definition);
  return {
    name: `${fileNameOf(player.definition.title)}.eventarium.json`,
    content: new Blob([text], { type: 'application/json' }),
  };
}

/** The log that is computed, one entry a line. */
export function exportLog(player: RunPlayer): ExportedFile {
  const parts = player.log.segments.map(({ ndjson }) => ndjson);
  return {
    name: `${fileNameOf(player.definition.title)}.ndjson`,
    content: new Blob(parts, { type: 'application/x-ndjson' }),
  };
}

/** The RabbitMQ as it is at the playhead, with the policies of the scenario. */
export function exportDefinitions(player: RunPlayer): ExportedFile {
  const text = definitionsFile(player.system.brokers.get('rabbitmq'), player.definition.brokers?.rabbitmq);
  return { name: 'definitions.json', content: new Blob([text], { type: 'application/json' }) };
}

/** Opens a scenario or a log from a file. What is wrong with it is reported; what was open stays when nothing can be opened. */
export async function importFile(
  file: File,
  open: {
    scenario(scenario: Scenario): Promise<void>;
    /** A log has no code: `scenario` says what the log itself says of the run. */
    log(scenario: Scenario, segments: readonly Segment[]): void;
  },
): Promise<ImportOutcome> {
  const text = await file.text();
  const read = readScenarioFile(text, file.name.replace(/\.json$/i, ''));
  if (read.type === 'scenario') {
    await open.scenario(read.scenario);
    const problems = read.warnings.map(fromScenario);
    return { type: 'scenario', title: read.scenario.title, problems };
  }
  if (read.type === 'invalid-scenario') return refused(read.problems.map(fromScenario));
  if (read.type === 'too-new') return refused([read]);
  return importLog(text, (scenario, segments) => open.log(scenario, segments));
}

function importLog(text: string, open: (scenario: Scenario, segments: readonly Segment[]) => void): ImportOutcome {
  const { entries, problems: faults } = readLog(text);
  const problems = faults.map((fault) => ({ type: 'line' as const, ...fault }));
  const [first] = entries;
  const broken = first === undefined && text.trim() !== '' ? jsonProblem(text) : undefined;
  if (broken !== undefined) return refused([{ type: 'not-json', ...broken }]);
  if (first === undefined) return refused([{ type: 'neither' }]);
  if (first.type !== 'run.started') return refused([{ type: 'no-beginning', line: 1 }, ...problems]);
  const { segments, skipped } = segmentsOf(entries);
  const { title, seed, durationMs } = first;
  open({ ...emptyScenario, title, seed, durationMs }, segments);
  const gap: readonly ImportProblem[] = skipped > 0 ? [{ type: 'causes-missing', count: skipped }] : [];
  return { type: 'log', entries: entries.length, problems: [...problems, ...gap] };
}

function fromScenario(problem: Problem): ImportProblem {
  return { type: 'scenario', problem };
}

function refused(problems: readonly ImportProblem[]): ImportOutcome {
  return { type: 'refused', problems };
}
