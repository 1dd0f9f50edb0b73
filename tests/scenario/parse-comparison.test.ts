import { expect, test } from 'vitest';
import { definitionDifferences } from '../../src/scenario/definition-differences';
import { parseScenario } from '../../src/scenario/parse';
import { describeProblem } from '../../src/scenario/problem';
import { renamedProcess } from '../../src/scenario/rename-process';
import { serializeScenario } from '../../src/scenario/serialize';

const files = { 'a.ts': '' };
const processes = ['customers', 'rest', 'rest-email', 'shop', 'email'].map((name) => ({ name, file: 'a.ts' }));
const comparison = {
  client: 'customers',
  sides: [
    { name: 'REST', entry: 'rest', parts: { email: 'rest-email' } },
    { entry: 'shop', parts: { email: 'email' } },
  ],
};
const read = (given: unknown) => parseScenario({ title: '', processes, comparison: given }, files);
function scenarioWith(given: unknown) {
  const parsed = read(given);
  if (parsed.type !== 'scenario') throw new Error(parsed.problems.map(describeProblem).join('; '));
  return parsed.scenario;
}
const problemsOf = (given: unknown) => {
  const parsed = read(given);
  return parsed.type === 'problems' ? parsed.problems.map(describeProblem) : [];
};

test('a side and a figure have a name for all readers, or one in each language', () => {
  const [one, other] = comparison.sides;
  const name = { en: 'Calls', uk: 'Виклики' };
  const given = {
    ...comparison,
    sides: [
      { name, ...one },
      { name: 'Events', ...other },
    ],
    figures: [{ show: 'stale', name, better: 'less' }],
  };
  expect(scenarioWith(given).comparison).toEqual(given);
  const half = { ...given, sides: [{ ...one, name: { en: 'Calls' } }, other] };
  expect(problemsOf(half)).toEqual(['comparison.sides[0].name.uk is missing']);
});

test('a comparison names two sides and who sends to both, and comes back as it was sent', () => {
  const scenario = scenarioWith(comparison);
  expect(scenario.comparison).toEqual(comparison);
  expect(parseScenario(serializeScenario(scenario))).toMatchObject({ type: 'scenario', scenario: { comparison } });
});

test('what is wrong with it is said with its place', () => {
  const { sides } = comparison;
  expect(problemsOf({ sides })).toEqual(['comparison.client is missing']);
  expect(problemsOf({ client: 'customers' })).toEqual([
    'comparison.sides is missing',
    'comparison.sides[0] is missing',
    'comparison.sides[1] is missing',
  ]);
  expect(problemsOf({ client: 'nobody', sides })).toEqual([
    'comparison.client names nobody, which is not among the processes',
  ]);
  expect(problemsOf({ ...comparison, sides: [sides[0], { entry: 'shop', parts: { email: 'gone' } }] })).toEqual([
    'comparison.sides[1].parts.email names gone, which is not among the processes',
  ]);
  expect(problemsOf({ ...comparison, sides: [sides[0], { entry: 'rest', parts: {} }] })).toEqual([
    'comparison.sides[1].entry: the name rest is taken',
  ]);
  expect(problemsOf({ ...comparison, sides: [...sides, sides[0]] })[0]).toBe(
    'comparison.sides has 3 items, at most 2 are possible',
  );
  expect(problemsOf({ ...comparison, figures: [{ show: 'stale', better: 'worse' }] })).toEqual([
    'comparison.figures[0].better should be one of less, more',
  ]);
  expect(problemsOf({ ...comparison, sides: [sides[0], 'shop'] })).toEqual(['comparison.sides[1] should be an object']);
});

test('a comparison follows a process that is renamed, and makes no difference to a run', () => {
  const scenario = scenarioWith(comparison);
  const renamed = renamedProcess(scenario, 4, 'post');
  expect(renamed.comparison?.sides[1]).toEqual({ entry: 'shop', parts: { email: 'post' } });
  const { comparison: _, ...without } = scenario;
  expect(definitionDifferences(scenario, without)).toEqual([]);
});
