import { describe, expect, test } from 'vitest';
import {
  asDefinition,
  firstDifferenceMs,
  newestFiles,
  withEnabledIntervention,
  withIntervention,
  withMovedIntervention,
  withoutIntervention,
} from '../../src/player/definition';
import { emptyScenario } from '../../src/scenario/limits';
import type { Scenario } from '../../src/scenario/scenario';

const scenario: Scenario = { ...emptyScenario, files: { 'shop.ts': 'one' } };
const crash = { type: 'process.crash', process: 'shop' } as const;
const edit = (source: string) => ({ type: 'file.edit', file: 'shop.ts', source }) as const;

describe('two definitions give the same run', () => {
  test('when only what nothing computes with differs', () => {
    expect(firstDifferenceMs(scenario, { ...scenario, note: 'look', about: 'a shop', speed: 3 })).toBe(Infinity);
  });

  test('when what differs is disabled', () => {
    const crashed = withIntervention(scenario, crash, 400);
    expect(firstDifferenceMs(scenario, withEnabledIntervention(crashed, 0, false))).toBe(Infinity);
    const again = withEnabledIntervention(withEnabledIntervention(crashed, 0, false), 0, true);
    expect(again).toEqual(crashed);
  });
});

describe('two definitions differ from', () => {
  test('their beginning, when they begin differently', () => {
    expect(firstDifferenceMs(scenario, { ...scenario, seed: 2 })).toBe(-Infinity);
    expect(firstDifferenceMs(scenario, { ...scenario, files: { 'shop.ts': 'two' } })).toBe(-Infinity);
  });

  test('the first intervention that one of them lacks, has elsewhere, or has otherwise', () => {
    const twice = withIntervention(withIntervention(scenario, crash, 400), crash, 900);
    expect(firstDifferenceMs(twice, withoutIntervention(twice, 1))).toBe(900);
    expect(firstDifferenceMs(withoutIntervention(twice, 1), twice)).toBe(900);
    expect(firstDifferenceMs(twice, withoutIntervention(twice, 0))).toBe(400);
    expect(firstDifferenceMs(twice, withMovedIntervention(twice, 1, 100))).toBe(100);
    expect(firstDifferenceMs(twice, withMovedIntervention(twice, 0, 1_000))).toBe(400);
    expect(
      firstDifferenceMs(withIntervention(scenario, edit('two'), 50), withIntervention(scenario, edit('three'), 50)),
    ).toBe(50);
  });
});

describe('a scenario on show becomes a definition', () => {
  const edited = withIntervention(scenario, edit('two'), 50);
  const shown: Scenario = { ...edited, files: newestFiles(edited) };

  test('with the edits made during the run where they were, when no text was changed', () => {
    expect(asDefinition({ ...shown, seed: 5 }, edited)).toEqual({ ...edited, seed: 5 });
  });

  test('with a text that was changed from its beginning', () => {
    const { files, interventions } = asDefinition({ ...shown, files: { 'shop.ts': 'three' } }, edited);
    expect({ files, interventions }).toEqual({ files: { 'shop.ts': 'three' }, interventions: [] });
  });
});

test('typing at one instant is one intervention', () => {
  const typed = withIntervention(withIntervention(scenario, edit('t'), 50), edit('two'), 50);
  expect(typed.interventions).toEqual([{ ...edit('two'), atMs: 50 }]);
});
