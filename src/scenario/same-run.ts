import type { Scenario } from './scenario';

/**
 * Whether two definitions give the same run, entry by entry: they differ at most in what is only for the reader. May
 * answer no where the run would be the same after all (keys in another order), never yes where it would not.
 */
export function sameRun(one: Scenario, other: Scenario): boolean {
  return parts.every((key) => !decides[key] || sameValue(one[key], other[key]));
}

/** Which parts of the document decide what happens. The title does, since the log begins with it. */
const decides: Readonly<Record<keyof Scenario, boolean>> = {
  title: true,
  about: false,
  durationMs: true,
  seed: true,
  speed: false,
  startedAt: true,
  processes: true,
  network: true,
  interventions: true,
  files: true,
  note: false,
  layout: false,
};
const parts = Object.keys(decides) as (keyof Scenario)[];

function sameValue(one: unknown, other: unknown): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other);
}
