import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { noRetry, RetryBudget, waitAfter, type RetryPolicy } from '../../../src/brokers/bus/retry';

const policy = (given: Partial<RetryPolicy>): RetryPolicy => ({
  ...noRetry,
  attempts: 9,
  backoff: 'exponential',
  initialMs: 100,
  maxMs: 2_000,
  ...given,
});

/** The waits of one message that keeps failing, with chances that are handed in. */
function waits(given: Partial<RetryPolicy>, chances: readonly number[]): number[] {
  const found: number[] = [];
  let waitedMs = 0;
  chances.forEach((chance, index) => {
    waitedMs = waitAfter(index + 1, waitedMs, policy(given), () => chance);
    found.push(waitedMs);
  });
  return found;
}

describe('the wait before a retry', () => {
  it('stays, or doubles up to the cap', () => {
    expect(waits({ backoff: 'fixed' }, [0, 0, 0])).toEqual([100, 100, 100]);
    expect(waits({}, [0, 0, 0, 0, 0, 0])).toEqual([100, 200, 400, 800, 1_600, 2_000]);
  });

  it('with full jitter lies anywhere below that', () => {
    expect(waits({ jitter: 'full' }, [0.5, 0.5, 0, 0.999])).toEqual([50, 100, 0, 799]);
  });

  it('with decorrelated jitter grows out of the wait before it', () => {
    // min(cap, random(base, 3 × before)): the highest each time, then the lowest.
    expect(waits({ jitter: 'decorrelated' }, [0.5, 0.5, 1, 1, 0])).toEqual([200, 350, 1_050, 2_000, 100]);
  });

  it('with decorrelated jitter is never below the base nor above the cap', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }), { minLength: 1 }),
        (chances) => {
          for (const waitMs of waits({ jitter: 'decorrelated' }, chances)) {
            expect(waitMs).toBeGreaterThanOrEqual(100);
            expect(waitMs).toBeLessThanOrEqual(2_000);
          }
        },
      ),
    );
  });
});

describe('a retry budget', () => {
  it('lets one in five be a retry', () => {
    const budget = new RetryBudget({ share: 0.2, minPerSecond: 0, windowMs: 10_000 });
    expect(budget.withdraw(0)).toBe(false);
    for (let n = 0; n < 10; n++) budget.deposit(0);
    expect([1, 2, 3].map(() => budget.withdraw(0))).toEqual([true, true, false]);
  });

  it('has a reserve for listeners with little to do', () => {
    const budget = new RetryBudget({ share: 0.5, minPerSecond: 1, windowMs: 2_000 });
    expect([1, 2, 3].map(() => budget.withdraw(0))).toEqual([true, true, false]);
    // Two seconds later what was taken is forgotten.
    expect(budget.withdraw(2_000)).toBe(true);
  });

  it('forgets first attempts when their window is over', () => {
    const budget = new RetryBudget({ share: 1, minPerSecond: 0, windowMs: 1_000 });
    budget.deposit(0);
    expect(budget.withdraw(1_000)).toBe(false);
  });

  it('never lets retries be more than the share of first attempts and the reserve', () => {
    const steps = fc.array(fc.tuple(fc.boolean(), fc.integer({ min: 0, max: 300 })), { maxLength: 200 });
    fc.assert(
      fc.property(steps, fc.constantFrom(0.1, 0.2, 0.5, 1), (calls, share) => {
        const windowMs = 1_000;
        const budget = new RetryBudget({ share, minPerSecond: 2, windowMs });
        let nowMs = 0;
        let deposits = 0;
        let retries = 0;
        for (const [isFirst, laterMs] of calls) {
          nowMs += laterMs;
          if (isFirst) {
            budget.deposit(nowMs);
            deposits++;
          } else if (budget.withdraw(nowMs)) retries++;
        }
        const windows = Math.floor(nowMs / windowMs) + 1;
        expect(retries).toBeLessThanOrEqual(deposits * share + 2 * 2 * windows + 1e-6);
      }),
    );
  });
});
