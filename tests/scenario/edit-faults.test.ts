import { expect, test } from 'vitest';
import { withEnabledFault, withMovedFault, withoutFault } from '../../src/scenario/edit-faults';
import { newScenario } from '../../src/scenario/new-scenario';
import type { Scenario } from '../../src/scenario/scenario';

const scenario: Scenario = {
  ...newScenario('A'),
  faults: [
    { type: 'outage', broker: 'bus', fromMs: 100, untilMs: 250 },
    { type: 'skew', process: 'main', skewMs: 5 },
  ],
};

test('a fault that is moved lasts as long as before, or to the end', () => {
  expect(withMovedFault(scenario, 0, 40).faults![0]).toMatchObject({ fromMs: 40, untilMs: 190 });
  expect(withMovedFault(scenario, 1, 40).faults![1]).toEqual({ type: 'skew', process: 'main', skewMs: 5, fromMs: 40 });
});

test('a fault that is disabled keeps its place, and comes back as it was', () => {
  const off = withEnabledFault(scenario, 0, false);
  expect(off.faults![0]).toEqual({ ...scenario.faults![0], disabled: true });
  expect(withEnabledFault(off, 0, true)).toEqual(scenario);
});

test('a scenario whose last fault is removed is one without faults', () => {
  const one = withoutFault(scenario, 0);
  expect(one.faults).toEqual([scenario.faults![1]]);
  expect(withoutFault(one, 0)).not.toHaveProperty('faults');
});
