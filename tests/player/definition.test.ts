import { describe, expect, test } from 'vitest';
import { asDefinition, newestFiles, withEditsFromStart, withIntervention } from '../../src/player/definition';
import { emptyScenario } from '../../src/scenario/limits';
import type { Scenario } from '../../src/scenario/scenario';

const scenario: Scenario = { ...emptyScenario, files: { 'shop.ts': 'one' } };
const edit = (source: string) => ({ type: 'file.edit', file: 'shop.ts', source }) as const;

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

test('typing that is taken back is none', () => {
  const typed = withIntervention(scenario, edit('two'), 50);
  expect(withIntervention(typed, edit('one'), 50)).toEqual(scenario);
  const later = withIntervention(typed, edit('three'), 80);
  expect(withIntervention(later, edit('two'), 80)).toEqual(typed);
});

test('what is typed before a later edit of the file takes its place, since it was typed into the text of that one', () => {
  const before = withIntervention(scenario, edit('two'), 20);
  const later = withIntervention(withIntervention(before, edit('more'), 80), { ...edit('new'), file: 'mail.ts' }, 90);
  const typed = withIntervention(later, edit('three'), 50);
  expect(typed.interventions).toEqual([
    { ...edit('two'), atMs: 20 },
    { ...edit('three'), atMs: 50 },
    { ...edit('new'), file: 'mail.ts', atMs: 90 },
  ]);
  expect(newestFiles(typed)['shop.ts']).toBe('three');
});

test('a run anew begins with what was edited, and keeps the edits with which its scenario came', () => {
  const came = withIntervention({ ...scenario, files: { ...scenario.files, 'mail.ts': 'old' } }, edit('two'), 50);
  expect(withEditsFromStart(came, came)).toBe(came);
  const other = withIntervention(came, { type: 'file.edit', file: 'mail.ts', source: 'new' }, 30);
  expect(withEditsFromStart(other, came)).toEqual({ ...came, files: { 'shop.ts': 'one', 'mail.ts': 'new' } });
  const same = withIntervention(other, edit('three'), 80);
  const anew = withEditsFromStart(same, came);
  expect([anew.files, anew.interventions]).toEqual([{ 'shop.ts': 'three', 'mail.ts': 'new' }, []]);
});
