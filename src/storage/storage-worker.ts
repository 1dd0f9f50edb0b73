import { Database } from './database';
import { createLiveRuns } from './live-runs';
import type { FromStorage, ToStorage } from './protocol';
import { serveStorage } from './serve';

/** The worker that holds the database, so that no write ever waits for the screen or the screen for a write. */
const page = self as unknown as {
  postMessage(message: FromStorage): void;
  onmessage: ((event: MessageEvent<ToStorage>) => void) | null;
};

// Browsers leave `locks` out of pages that are not served securely.
const { locks } = navigator as { readonly locks?: LockManager };
const answer = serveStorage({
  db: new Database(),
  live: createLiveRuns(locks),
  nowMs: () => Date.now(),
  post: (message) => page.postMessage(message),
});
page.onmessage = ({ data }) => void answer(data);
