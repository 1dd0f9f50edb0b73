import { invariant, show } from 'eventarium';

/** Calls the bank, answers with a status for the customer, and shows how it went. */
export function countCalls() {
  let [open, failed, failedMs] = [0, 0, 0];
  invariant('no more calls come back than were made', () => open >= 0);
  return async (call: () => Promise<void>) => {
    const from = Date.now();
    open += 1;
    try {
      await call();
      return 201;
    } catch {
      failed += 1;
      failedMs += Date.now() - from;
      show('a failure takes, ms', Math.round(failedMs / failed));
      return 503;
    } finally {
      open -= 1;
    }
  };
}
