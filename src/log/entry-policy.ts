import type { Fact, Failure } from './entry-fact';

// What the policies of `cockatiel` do in a process. Their `where` is the line that made the policy.

interface PolicyFact extends Fact {
  readonly process: string;
  /** The variable or property that its maker gave it to; `breaker` or `retry` where there is none. */
  readonly policy: string;
}

/** A circuit breaker was made. It is closed, unless a change at the same instant says otherwise. */
export interface BreakerDeclared extends PolicyFact {
  readonly type: 'breaker.declared';
}

export interface BreakerChanged extends PolicyFact {
  readonly type: 'breaker.changed';
  /**
   * `closed`: calls pass. `open`: they are refused at once. `half-open`: one call is under way that decides. `isolated`: held open by hand.
   */
  readonly state: 'closed' | 'open' | 'half-open' | 'isolated';
  /** When it is open: from when on a call is let through to see. */
  readonly halfOpenAtMs?: number;
  /** When it opened: the error that did it. Absent when it was a result that counts as a failure. */
  readonly failure?: Failure;
}

/** A call failed and will be made again. */
export interface RetryScheduled extends PolicyFact {
  readonly type: 'retry.scheduled';
  /** 1 for the first call after the one that failed first. */
  readonly attempt: number;
  readonly delayMs: number;
  readonly failure?: Failure;
}

/** It failed as often as it may. */
export interface RetryGivenUp extends PolicyFact {
  readonly type: 'retry.given-up';
  readonly failure?: Failure;
}
