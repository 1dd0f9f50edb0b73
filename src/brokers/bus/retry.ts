/** When a failed delivery is tried again. All waiting in milliseconds. */
export interface RetryPolicy {
  /** Attempts in all, the first included. */
  readonly attempts: number;
  readonly backoff: 'fixed' | 'exponential';
  readonly initialMs: number;
  readonly maxMs: number;
  /** `full`: evenly between 0 and the wait. `none`: exactly the wait. */
  readonly jitter: 'none' | 'full';
}

export const noRetry: RetryPolicy = { attempts: 1, backoff: 'fixed', initialMs: 0, maxMs: 0, jitter: 'none' };

/** The wait after failed attempt number `attempt` (from 1). Source of the jitter: AWS Builders' Library, "full jitter". */
export function waitAfter(attempt: number, policy: RetryPolicy, chance: () => number): number {
  const doubled =
    policy.backoff === 'exponential' ? policy.initialMs * 2 ** Math.min(attempt - 1, 40) : policy.initialMs;
  const wait = Math.min(doubled, policy.maxMs);
  return policy.jitter === 'full' ? Math.floor(wait * chance()) : wait;
}
