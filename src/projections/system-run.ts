import type { Entry, InterventionApplied, InvariantDeclared, InvariantFailed, InvariantHeld } from '../log/entry';
import type { SystemState } from './system';
import { invariantKey } from './system-parts';

/** Entries about the run itself: its frame, its files, its invariants, limits and interventions. */
export function applyRunEntry(state: SystemState, entry: Entry): void {
  switch (entry.type) {
    case 'run.started':
      state.title = entry.title;
      return;
    case 'run.ended':
      state.ended = entry.reason;
      return;
    case 'file.rejected':
      state.rejected.set(entry.file, entry);
      return;
    case 'file.edited':
      state.rejected.delete(entry.file);
      return;
    case 'invariant.declared':
    case 'invariant.failed':
    case 'invariant.held':
      return applyInvariant(state, entry);
    case 'limit.reached': {
      const { seq, atMs, limit, max, process, listener, where } = entry;
      state.lastLimit = { seq, atMs, limit, max, process, listener, where };
      return;
    }
    case 'fault.began':
      state.faults.set(entry.name, entry.fault);
      return;
    case 'fault.ended':
      state.faults.delete(entry.name);
      return;
    case 'intervention.applied':
      return applyIntervention(state, entry);
    default:
      return;
  }
}

function applyInvariant(state: SystemState, entry: InvariantDeclared | InvariantFailed | InvariantHeld): void {
  const { process, name } = entry;
  const key = invariantKey(process, name);
  const known = state.invariants.get(key);
  const failed = entry.type === 'invariant.failed';
  state.invariants.set(key, {
    process,
    name,
    ok: !failed,
    failures: (known?.failures ?? 0) + (failed ? 1 : 0),
    firstFailedSeq: known?.firstFailedSeq ?? (failed ? entry.seq : undefined),
    firstFailedAtMs: known?.firstFailedAtMs ?? (failed ? entry.atMs : undefined),
    detail: failed ? entry.detail : known?.detail,
  });
}

function applyIntervention(state: SystemState, { intervention }: InterventionApplied): void {
  if (intervention.type !== 'link.change') return;
  const { from, to, link } = intervention;
  const key = `${from} → ${to}`;
  state.links.set(key, { from, to, link: { ...state.links.get(key)?.link, ...link } });
}
