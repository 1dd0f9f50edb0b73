import { isDefinitions, scenarioOfDefinitions } from './definitions-file';
import { parseScenario } from './parse';
import type { Problem } from './problem';
import type { Scenario } from './scenario';
import { serializeScenario } from './serialize';

/**
 * A scenario as one file: its JSON with the files inside and the key `eventarium`, the format's version, in front.
 * Files of every version are read forever.
 */
const version = 1;

export type ScenarioFileProblem =
  | { readonly type: 'not-json' }
  /** JSON, but without the mark of a scenario. */
  | { readonly type: 'not-a-scenario' }
  | { readonly type: 'too-new'; readonly version: number }
  | { readonly type: 'invalid-scenario'; readonly problems: readonly Problem[] };

/** The text of a file to be kept or sent, indented for people who compare versions. */
export function scenarioFile(scenario: Scenario): string {
  return JSON.stringify({ eventarium: version, ...serializeScenario(scenario) }, undefined, 2) + '\n';
}

/**
 * Reads such a file, or the definitions of a RabbitMQ as a scenario called `title`; what is unknown in it becomes a warning.
 */
export function readScenarioFile(
  text: string,
  title = 'RabbitMQ',
):
  | { readonly type: 'scenario'; readonly scenario: Scenario; readonly warnings: readonly Problem[] }
  | ScenarioFileProblem {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    return { type: 'not-json' };
  }
  if (!hasMark(value) && isDefinitions(value)) return scenarioOfDefinitions(value, title);
  const mark = hasMark(value) ? value.eventarium : undefined;
  if (typeof mark !== 'number' || !Number.isSafeInteger(mark) || mark < 1) return { type: 'not-a-scenario' };
  if (mark > version) return { type: 'too-new', version: mark };
  const parsed = parseScenario(value);
  return parsed.type === 'scenario' ? parsed : { type: 'invalid-scenario', problems: parsed.problems };
}

function hasMark(value: unknown): value is { readonly eventarium: unknown } {
  return typeof value === 'object' && value !== null && 'eventarium' in value;
}
