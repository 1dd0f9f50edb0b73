/** When a failed delivery is tried again. All waiting in milliseconds. */
export interface RetryPolicy {
  /** Attempts in all, the first included. */
  readonly attempts: number;
  readonly backoff: 'fixed' | 'exponential';
  readonly initialMs: number;
  readonly maxMs: number;
  /** `full`: evenly between 0 and the wait. `decorrelated`: out of the wait before. `none`: exactly the wait. */
  readonly jitter: 'none' | 'full' | 'decorrelated';
  /** Which share of calls may be retries. Absent: each is retried until its attempts are over. */
  readonly budget: RetryBudgetPolicy | undefined;
}

export const noRetry: RetryPolicy = {
  attempts: 1,
  backoff: 'fixed',
  initialMs: 0,
  maxMs: 0,
  jitter: 'none',
  budget: undefined,
};

/**
 * The wait after failed attempt number `attempt` (from 1); `waitedMs` is the one before it, 0 for the first.
 * Source of both jitters: Marc Brooker, "Exponential Backoff And Jitter", AWS Architecture Blog, 2015. Full:
 * `random(0, min(cap, base * 2 ** attempt))`. Decorrelated: `min(cap, random(base, waited * 3))`, whatever the backoff.
 */
export function waitAfter(attempt: number, waitedMs: number, policy: RetryPolicy, chance: () => number): number {
  const { backoff, initialMs, maxMs, jitter } = policy;
  if (jitter === 'decorrelated') {
    const upToMs = Math.max(initialMs, waitedMs === 0 ? initialMs * 3 : waitedMs * 3);
    return Math.min(maxMs, Math.floor(initialMs + (upToMs - initialMs) * chance()));
  }
  const doubled = backoff === 'exponential' ? initialMs * 2 ** Math.min(attempt - 1, 40) : initialMs;
  const wait = Math.min(doubled, maxMs);
  return jitter === 'full' ? Math.floor(wait * chance()) : wait;
}

export interface RetryBudgetPolicy {
  /** Retries for each first attempt, above 0: 0.2 lets one in five be a retry. */
  readonly share: number;
  /** Retries a second that are let through whatever the share says, so that a quiet listener may retry at all. */
  readonly minPerSecond: number;
  /** How long a first attempt counts. */
  readonly windowMs: number;
}

const slicesPerWindow = 10;

/**
 * A token bucket. Each first attempt puts in one token, each retry takes `1 / share` out; tokens leave with their slice of the
 * window, a tenth of it. On top of that lies a reserve of `minPerSecond` for the length of the window, as if it had been put in.
 * Source: Finagle, `RetryBudget` and its `TokenRetryBudget` over a leaky bucket (percentCanRetry 0.2, 10 a second, 10 s).
 */
export class RetryBudget {
  readonly #policy: RetryBudgetPolicy;
  readonly #slices = new Array<number>(slicesPerWindow).fill(0);
  #slice = 0;

  constructor(policy: RetryBudgetPolicy) {
    this.#policy = policy;
  }

  /** A first attempt was made. */
  deposit(nowMs: number): void {
    this.#expire(nowMs);
    this.#add(1);
  }

  /** Whether one more retry is within the budget; then it is counted. */
  withdraw(nowMs: number): boolean {
    this.#expire(nowMs);
    const { share, minPerSecond, windowMs } = this.#policy;
    const cost = 1 / share;
    const held = this.#slices.reduce((sum, tokens) => sum + tokens, 0);
    const reserve = ((minPerSecond * windowMs) / 1_000) * cost;
    // Sums of fractions: what is missing by a rounding is not missing.
    if (held + reserve < cost - 1e-9) return false;
    this.#add(-cost);
    return true;
  }

  #add(tokens: number): void {
    const at = this.#slice % slicesPerWindow;
    this.#slices[at] = (this.#slices[at] ?? 0) + tokens;
  }

  #expire(nowMs: number): void {
    const slice = Math.floor((nowMs * slicesPerWindow) / this.#policy.windowMs);
    const over = Math.min(slice - this.#slice, slicesPerWindow);
    for (let n = 0; n < over; n++) this.#slices[(slice - n) % slicesPerWindow] = 0;
    this.#slice = slice;
  }
}
