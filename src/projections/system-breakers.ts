import type { BreakerChanged, BreakerDeclared } from '../log/entry';
import type { SystemState } from './system';

/** A circuit breaker of a process in its present life. */
export interface Breaker {
  readonly policy: string;
  /** The line that made it. */
  readonly where: string | undefined;
  readonly state: BreakerChanged['state'];
  /** Since when it is in this state, and the entry that says so. */
  readonly sinceMs: number;
  readonly seq: number;
  /** While it is open: from when on a call is let through to see. It stays open until such a call comes. */
  readonly halfOpenAtMs: number | undefined;
}

/** Those that one line makes under one name are one: the log does not tell them apart. */
export function applyBreakerEntry(state: SystemState, entry: BreakerDeclared | BreakerChanged): void {
  const breakers = state.processes.get(entry.process)?.breakers;
  if (breakers === undefined) return;
  const { policy, where, seq, atMs: sinceMs } = entry;
  const now =
    entry.type === 'breaker.declared'
      ? ({ state: 'closed', halfOpenAtMs: undefined } as const)
      : { state: entry.state, halfOpenAtMs: entry.halfOpenAtMs };
  breakers.set(`${policy} ${where ?? ''}`, { policy, where, sinceMs, seq, ...now });
}
