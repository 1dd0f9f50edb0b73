import type { Entry } from '../log/entry';

/** How one invariant fared over a run: the `invariants` of a headless run's summary. */
export interface InvariantSummary {
  readonly name: string;
  readonly process: string;
  /** It held all the time. One that failed and holds again is not ok. */
  readonly ok: boolean;
  readonly failures: number;
  readonly firstFailedAtMs?: number;
  /** What the first failure said. */
  readonly detail?: string;
}

/** In order of declaration. */
export function summarizeInvariants(entries: Iterable<Entry>): InvariantSummary[] {
  const summaries = new Map<string, InvariantSummary>();
  for (const entry of entries) {
    if (entry.type !== 'invariant.declared' && entry.type !== 'invariant.failed') continue;
    const { process, name } = entry;
    const key = JSON.stringify([process, name]);
    const known = summaries.get(key) ?? { name, process, ok: true, failures: 0 };
    summaries.set(key, entry.type === 'invariant.failed' ? afterFailure(known, entry.atMs, entry.detail) : known);
  }
  return [...summaries.values()];
}

function afterFailure(known: InvariantSummary, atMs: number, detail: string | undefined): InvariantSummary {
  const failures = known.failures + 1;
  if (!known.ok) return { ...known, failures };
  const told = detail === undefined ? {} : { detail };
  return { name: known.name, process: known.process, ok: false, failures, firstFailedAtMs: atMs, ...told };
}
