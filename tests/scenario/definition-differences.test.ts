import { expect, test } from 'vitest';
import { definitionDifferences } from '../../src/scenario/definition-differences';
import { newScenario } from '../../src/scenario/new-scenario';
import type { Scenario } from '../../src/scenario/scenario';

const base: Scenario = {
  ...newScenario('A'),
  files: { 'main.ts': 'one\ntwo\nthree', 'old.ts': '' },
  faults: [{ type: 'outage', broker: 'bus', fromMs: 2 }],
  interventions: [
    { type: 'process.crash', atMs: 5, process: 'main' },
    { type: 'process.crash', atMs: 5, process: 'main' },
  ],
};

test('definitions that say the same have no difference, whatever their titles and notes', () => {
  expect(definitionDifferences(base, { ...base, title: 'B', note: 'look', about: 'x' })).toEqual([]);
});

test('every difference is told with its side', () => {
  const [main] = base.processes;
  const other: Scenario = {
    ...base,
    seed: 9,
    durationMs: 1,
    files: { 'main.ts': 'one\ntwo!\nthree', 'new.ts': '' },
    processes: [
      { ...main!, replicas: 2 },
      { ...main!, name: 'second' },
    ],
    network: { default: { ...base.network.default, loss: 0.5 }, links: [{ from: 'main', to: 'bus', cut: true }] },
    faults: [
      { type: 'outage', broker: 'bus', fromMs: 8 },
      { type: 'skew', process: 'main', skewMs: 5 },
    ],
    interventions: [
      { type: 'process.crash', atMs: 5, process: 'main' },
      { type: 'process.restart', atMs: 9, process: 'main' },
    ],
  };
  expect(definitionDifferences(base, other)).toEqual([
    { type: 'seed', a: 1, b: 9 },
    { type: 'durationMs', a: 20_000, b: 1 },
    { type: 'file', name: 'old.ts', side: 'a' },
    { type: 'file', name: 'new.ts', side: 'b' },
    { type: 'file.changed', name: 'main.ts', line: 2 },
    { type: 'process', name: 'second', side: 'b' },
    { type: 'process.changed', name: 'main' },
    { type: 'link', name: 'main → bus', side: 'b' },
    { type: 'link.changed', name: '*' },
    { type: 'fault', fault: { type: 'skew', process: 'main', skewMs: 5 }, side: 'b' },
    { type: 'fault.changed', fault: { type: 'outage', broker: 'bus', fromMs: 2 } },
    { type: 'intervention', intervention: base.interventions[1], side: 'a' },
    { type: 'intervention', intervention: other.interventions[1], side: 'b' },
  ]);
});
