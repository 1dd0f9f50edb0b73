import { expect, test } from 'vitest';
import { newScenario } from '../../src/scenario/new-scenario';
import { sketchOf } from '../../src/scenario/gallery/sketch-of';
import { gallery } from '../../src/scenario/gallery/gallery';
import { checkScenario } from '../../src/scenario/parse';
import { execute } from '../../src/headless/execute';
import { typeProblems } from '../gallery/check-types';

test('a new scenario runs as it stands: ten events, each heard', async () => {
  const scenario = newScenario('Mine');
  expect(checkScenario(scenario)).toEqual([]);
  const { lines, failures, rejected } = await execute(scenario);
  const expected = Array.from({ length: 10 }, (_, index) => `Hello, reader ${index + 1}`);
  expect(lines.map(({ text }) => text.trimEnd())).toEqual(expected);
  expect([...failures, ...rejected]).toEqual([]);
});

test('a new scenario has no type error that the editor would mark', () => {
  expect(typeProblems(newScenario('Mine').files)).toEqual([]);
}, 60_000);

test('a sketch shows who publishes, through what, and who listens', async () => {
  const shapes = (columns: ReturnType<typeof sketchOf>['columns']) =>
    columns.map((column) => column.map(({ shape, look }) => (look === undefined ? shape : `${shape} ${look}`)));
  const of = async (id: string) => shapes(sketchOf(await gallery.find((entry) => entry.id === id)!.load()).columns);
  expect(await of('shop-simulation')).toEqual([['box'], ['hub'], ['box', 'box', 'box later']]);
  expect(await of('event-queue')).toEqual([['box'], ['queue'], ['box']]);
  expect(await of('e-commerce')).toMatchObject([['box'], ['hub'], { length: 6 }, { length: 6 }]);
  expect(shapes(sketchOf(newScenario('Mine')).columns)).toEqual([['box'], ['hub']]);
  expect(shapes(sketchOf({ ...newScenario('Mine'), files: { 'main.ts': '' } }).columns)).toEqual([['box']]);
});
