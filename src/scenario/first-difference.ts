import type { FaultSpec, PlannedIntervention, Scenario } from './scenario';

/**
 * The instant from which on two definitions may give different runs: -Infinity when they begin differently, Infinity when
 * they give the same run, entry by entry. May be too early where the run would be the same after all (keys in another order), never
 * too late.
 */
export function firstDifferenceMs(one: Scenario, other: Scenario): number {
  if (!parts.every((key) => !decides[key] || isEqual(one[key], other[key]))) return -Infinity;
  const faultsMs = faultsDifferMs(goingWrong(one), goingWrong(other));
  const [mine, others] = [happening(one), happening(other)];
  const at = mine.findIndex((each, index) => !isEqual(each, others[index]));
  if (at === -1) return Math.min(others[mine.length]?.atMs ?? Infinity, faultsMs);
  return Math.min(mine[at]?.atMs ?? Infinity, others[at]?.atMs ?? Infinity, faultsMs);
}

/** Instants are whole microseconds. */
const microsecondMs = 0.001;

/**
 * Faults stand in any order; what those that are the same at both ends do is the same, whatever stands between them. A fault begins
 * before all else of its instant, where an intervention comes last: the difference lies before the instant.
 */
function faultsDifferMs(mine: readonly FaultSpec[], others: readonly FaultSpec[]): number {
  const shorter = Math.min(mine.length, others.length);
  let [from, tail] = [0, 0];
  while (from < shorter && isEqual(mine[from], others[from])) from++;
  while (tail < shorter - from && isEqual(mine.at(-1 - tail), others.at(-1 - tail))) tail++;
  const differing = [...mine.slice(from, mine.length - tail), ...others.slice(from, others.length - tail)];
  return Math.min(Infinity, ...differing.map(({ fromMs = 0 }) => fromMs - microsecondMs));
}

function goingWrong({ faults = [] }: Scenario): readonly FaultSpec[] {
  return faults.filter((one) => one.disabled !== true);
}

/** What is done to the run, in order. */
export function happening({ interventions }: Scenario): readonly PlannedIntervention[] {
  return interventions.filter((one) => !one.disabled);
}

/** Which parts of the document decide how a run begins. The title does, since the log begins with it. */
const decides: Readonly<Record<Exclude<keyof Scenario, 'interventions' | 'faults'>, boolean>> = {
  title: true,
  about: false,
  durationMs: true,
  seed: true,
  speed: false,
  startedAt: true,
  processes: true,
  network: true,
  brokers: true,
  files: true,
  note: false,
  comparison: false,
  layout: false,
};
const parts = Object.keys(decides) as (keyof typeof decides)[];

function isEqual(one: unknown, other: unknown): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other);
}
