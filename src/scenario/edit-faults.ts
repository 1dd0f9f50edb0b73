import type { FaultSpec, Scenario } from './scenario';

/** The faults of a scenario, changed one at a time: pure functions of scenarios. */
export function withoutFault(scenario: Scenario, index: number): Scenario {
  return withFaults(scenario, (scenario.faults ?? []).toSpliced(index, 1));
}

/** It begins at another instant, and lasts as long as before. */
export function withMovedFault(scenario: Scenario, index: number, fromMs: number): Scenario {
  return changed(scenario, index, (fault) => ({
    ...fault,
    fromMs,
    ...(fault.untilMs !== undefined && { untilMs: fromMs + fault.untilMs - (fault.fromMs ?? 0) }),
  }));
}

/** One that is disabled keeps its place and does not happen. */
export function withEnabledFault(scenario: Scenario, index: number, enabled: boolean): Scenario {
  return changed(scenario, index, ({ disabled: _, ...fault }) => (enabled ? fault : { ...fault, disabled: true }));
}

function changed(scenario: Scenario, index: number, change: (fault: FaultSpec) => FaultSpec): Scenario {
  return withFaults(
    scenario,
    (scenario.faults ?? []).map((each, at) => (at === index ? change(each) : each)),
  );
}

function withFaults(scenario: Scenario, faults: readonly FaultSpec[]): Scenario {
  const { faults: _, ...others } = scenario;
  return faults.length > 0 ? { ...others, faults } : others;
}
