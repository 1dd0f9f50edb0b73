import type { PlannedIntervention, Scenario } from './scenario';

/**
 * The instant from which on two definitions may give different runs: -Infinity when they begin differently, Infinity when
 * they give the same run, entry by entry. May be too early where the run would be the same after all (keys in another order), never
 * too late.
 */
export function firstDifferenceMs(one: Scenario, other: Scenario): number {
  if (!parts.every((key) => !decides[key] || isEqual(one[key], other[key]))) return -Infinity;
  const [mine, others] = [happening(one), happening(other)];
  const at = mine.findIndex((each, index) => !isEqual(each, others[index]));
  if (at === -1) return others[mine.length]?.atMs ?? Infinity;
  return Math.min(mine[at]?.atMs ?? Infinity, others[at]?.atMs ?? Infinity);
}

/** What is done to the run, in order. */
export function happening({ interventions }: Scenario): readonly PlannedIntervention[] {
  return interventions.filter((one) => !one.disabled);
}

/** Which parts of the document decide how a run begins. The title does, since the log begins with it. */
const decides: Readonly<Record<Exclude<keyof Scenario, 'interventions'>, boolean>> = {
  title: true,
  about: false,
  durationMs: true,
  seed: true,
  speed: false,
  startedAt: true,
  processes: true,
  network: true,
  brokers: true,
  faults: true,
  files: true,
  note: false,
  comparison: false,
  layout: false,
};
const parts = Object.keys(decides) as (keyof typeof decides)[];

function isEqual(one: unknown, other: unknown): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other);
}
