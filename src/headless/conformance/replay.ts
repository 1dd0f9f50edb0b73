import { unreachable } from '../../kernel/assert';
import { execute } from '../execute';
import { openFolder } from '../scenario-source';
import { compare, describeDifference } from './compare';
import { caseRunners } from './case-runners';
import { casesIn, nameOfCase, type Recording } from './corpus';
import { readExpectation } from './expectation';
import { missingOf, nameOfNeed, needsOf } from './requirements';

/** What came of one recording. Cases are told one by one, programs as a whole. */
export type Verdict =
  | { readonly type: 'passed'; readonly area: string; readonly name: string }
  | { readonly type: 'failed'; readonly area: string; readonly name: string; readonly difference: string }
  /** It needs what the simulation does not have yet, and so neither passes nor fails. */
  | { readonly type: 'missing'; readonly area: string; readonly count: number; readonly what: readonly string[] };

/** A recording together with what it needs and the simulation does not offer. */
export interface Task {
  readonly recording: Recording;
  readonly missing: readonly string[];
}

/** Finds out for all recordings at once what they lack. */
export async function tasksOf(recordings: readonly Recording[]): Promise<Task[]> {
  const needs = recordings.map((recording) => ({ recording, needs: needsOfRecording(recording) }));
  const absent = await missingOf(new Set(needs.flatMap((each) => [...each.needs])));
  return needs.map(({ recording, needs }) => {
    const lacking = [...needs].filter((need) => absent.has(need)).map(nameOfNeed);
    if (recording.type === 'program') return { recording, missing: [...new Set(lacking)] };
    return { recording, missing: Object.hasOwn(caseRunners, recording.subject) ? [] : [recording.subject] };
  });
}

function needsOfRecording(recording: Recording): ReadonlySet<string> {
  if (recording.type === 'cases') return new Set();
  const opened = openFolder(recording.folder);
  return opened.type === 'scenario' ? needsOf(opened.scenario) : new Set();
}

export async function replay({ recording, missing }: Task): Promise<readonly Verdict[]> {
  if (missing.length > 0) {
    const count = recording.type === 'cases' ? recording.count : 1;
    return [{ type: 'missing', area: areaOf(recording), count, what: missing }];
  }
  switch (recording.type) {
    case 'program':
      return [await replayProgram(recording)];
    case 'cases':
      return replayCases(recording);
    default:
      return unreachable(recording);
  }
}

function replayCases(recording: Recording & { type: 'cases' }): Verdict[] {
  const run = caseRunners[recording.subject];
  if (run === undefined) throw new Error(`${recording.file}: nothing replays these cases`);
  return casesIn(recording.file).map((recorded): Verdict => {
    const area = recorded.area === undefined ? areaOf(recording) : `${recording.subject}/${recorded.area}`;
    const name = nameOfCase(recorded);
    const difference = differenceOf(() => run(recorded));
    return difference === undefined ? { type: 'passed', area, name } : { type: 'failed', area, name, difference };
  });
}

/** A case that cannot be played to its end fails, and the others are played all the same. */
function differenceOf(replayed: () => string | undefined): string | undefined {
  try {
    return replayed();
  } catch (error) {
    return `it cannot be replayed: ${error instanceof Error ? error.message : String(error)}`;
  }
}

async function replayProgram({ area, name, folder }: Recording & { type: 'program' }): Promise<Verdict> {
  const opened = openFolder(folder);
  if (opened.type === 'problems') return { type: 'failed', area, name, difference: opened.problems.join('; ') };
  const run = await execute(opened.scenario);
  const [rejected] = run.rejected;
  if (rejected) {
    const { file, line, column, message } = rejected;
    return { type: 'failed', area, name, difference: `it does not load: ${file}:${line}:${column}: ${message}` };
  }
  const difference = compare(readExpectation(folder), run);
  return difference
    ? { type: 'failed', area, name, difference: describeDifference(difference) }
    : { type: 'passed', area, name };
}

export function areaOf(recording: Recording): string {
  return recording.type === 'cases' ? `${recording.subject}/${recording.area}` : recording.area;
}
