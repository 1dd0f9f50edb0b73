import type { Intervention } from '../log/entry';
import { interventionTypes } from './parse-intervention';
import { parseScenario, type ParsedScenario } from './parse';
import type { Problem } from './problem';
import { pathTo } from './reader';
import type { Scenario } from './scenario';
import { serializeScenario, type ScenarioDocument } from './serialize';

/**
 * `scenario.json` as it stands beside the files: the document without any text of a file. So the edits made during a run
 * are not in it either; they stay with the scenario whatever becomes of the settings.
 */
export function settingsOf(scenario: Scenario): ScenarioDocument {
  const { files: _, ...settings } = serializeScenario({
    ...scenario,
    interventions: scenario.interventions.filter((one) => !isEdit(one)),
  });
  return settings;
}

/** The scenario with other settings, given as JSON data; its files and the edits of them stay. */
export function withSettings(scenario: Scenario, settings: unknown): ParsedScenario {
  const foreign = foreignParts(settings);
  if (foreign.problems.length > 0) return { type: 'problems', problems: foreign.problems };
  const parsed = parseScenario(withEdits(settings, scenario.interventions.filter(isEdit)), scenario.files);
  if (parsed.type === 'problems') return parsed;
  const next = parsed.scenario;
  // Of what happens at one instant the order is kept only as long as nobody touches it.
  const isSame = sameJson(settingsOf(next)['interventions'], settingsOf(scenario)['interventions']);
  return {
    type: 'scenario',
    scenario: isSame ? { ...next, interventions: scenario.interventions } : next,
    warnings: [...parsed.warnings, ...foreign.warnings],
  };
}

/**
 * Settings that were changed in two places at once, `mine` and `theirs`, both from `base`: what I did not touch is as they
 * have it.
 */
export function mergedSettings(
  base: ScenarioDocument,
  mine: ScenarioDocument,
  theirs: ScenarioDocument,
): ScenarioDocument {
  const keys = [...new Set([...Object.keys(theirs), ...Object.keys(mine)])];
  const merged = keys.map((key) => [key, sameJson(mine[key], base[key]) ? theirs[key] : mine[key]] as const);
  return Object.fromEntries(merged.filter(([, value]) => value !== undefined));
}

export function sameJson(one: unknown, other: unknown): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other);
}

/** A place in JSON data: keys and positions from the outside in. */
export type JsonPath = readonly (string | number)[];

/** As problems name it: `processes[1].file`. */
export function pathText(path: JsonPath): string {
  return path.reduce<string>((text, step) => (typeof step === 'number' ? `${text}[${step}]` : pathTo(text, step)), '');
}

export function valueAt(data: unknown, path: JsonPath): unknown {
  return path.reduce<unknown>((value, step) => {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined;
    return (value as Readonly<Record<string | number, unknown>>)[step];
  }, data);
}

/** The data with another value at `path`; `undefined` takes the key, or the item of a list, away. */
export function withValue(data: unknown, [step, ...rest]: JsonPath, value: unknown): unknown {
  if (step === undefined) return value;
  const inner = withValue(valueAt(data, [step]), rest, value);
  if (typeof step === 'number') {
    const list: readonly unknown[] = Array.isArray(data) ? data : [];
    return inner === undefined ? list.filter((_, at) => at !== step) : withItem(list, step, inner);
  }
  const fields = isFields(data) ? data : {};
  // What held nothing else goes with it.
  const isEmptied = value === undefined && isFields(inner) && Object.keys(inner).length === 0;
  if (inner !== undefined && !isEmptied) return { ...fields, [step]: inner };
  return Object.fromEntries(Object.entries(fields).filter(([key]) => key !== step));
}

function withItem(list: readonly unknown[], at: number, item: unknown): readonly unknown[] {
  return at < list.length ? list.map((each, index) => (index === at ? item : each)) : [...list, item];
}

function foreignParts(settings: unknown): { problems: readonly Problem[]; warnings: readonly Problem[] } {
  const raw = isFields(settings) ? settings : {};
  const interventions: readonly unknown[] = Array.isArray(raw['interventions']) ? raw['interventions'] : [];
  const choices = interventionTypes.filter((type) => type !== 'file.edit');
  return {
    problems: interventions.flatMap((each, index) =>
      isFields(each) && each['type'] === 'file.edit'
        ? [{ type: 'unknown-choice', path: `interventions[${index}].type`, choices }]
        : [],
    ),
    warnings: Object.hasOwn(raw, 'files') ? [{ type: 'unknown-key', path: 'files' }] : [],
  };
}

function withEdits(settings: unknown, edits: readonly Intervention[]): unknown {
  if (edits.length === 0 || !isFields(settings)) return settings;
  const { interventions = [] } = settings;
  return Array.isArray(interventions)
    ? { ...settings, interventions: [...(interventions as readonly unknown[]), ...edits] }
    : settings;
}

function isEdit(one: Intervention): boolean {
  return one.type === 'file.edit';
}

function isFields(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
