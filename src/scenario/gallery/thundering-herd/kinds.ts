import type { RetryOptions } from 'eventarium';

/** Five answers to the same question: when is a call that failed made again, and may it be? */
export const kinds: Record<string, RetryOptions> = {
  fixed: { attempts: 8, backoff: 'fixed', initialMs: 1_000 },
  exponential: { attempts: 8, backoff: 'exponential', initialMs: 250, maxMs: 4_000 },
  'full-jitter': { attempts: 8, backoff: 'exponential', initialMs: 250, maxMs: 4_000, jitter: 'full' },
  decorrelated: { attempts: 8, initialMs: 250, maxMs: 4_000, jitter: 'decorrelated' },
  budget: { attempts: 8, initialMs: 250, maxMs: 4_000, jitter: 'full', budget: { share: 0.2, minPerSecond: 2 } },
};
