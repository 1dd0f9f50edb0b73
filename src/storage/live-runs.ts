/**
 * Which runs some tab records or has on show, so that no other changes them. A tab holds one of the browser's locks for each;
 * the browser gives them back when the tab ends in whatever way, so no run stays marked.
 */
export interface LiveRuns {
  /** False when another tab holds it, and goes on holding it for `waitMs`. Holding it already is success. */
  take(run: number, options?: { readonly waitMs: number }): Promise<boolean>;
  release(run: number): void;
  /** Whether this tab holds it. */
  has(run: number): boolean;
  /** Those of all tabs. */
  all(): Promise<ReadonlySet<number>>;
}

const prefix = 'eventarium-run-';

/** Without `locks` (a page that is not served securely has none) each tab knows only its own. */
export function createLiveRuns(locks: Pick<LockManager, 'request' | 'query'> | undefined): LiveRuns {
  const releases = new Map<number, () => void>();
  return {
    async take(run, { waitMs } = { waitMs: 0 }) {
      if (releases.has(run)) return true;
      if (!locks) {
        releases.set(run, () => {});
        return true;
      }
      return new Promise((resolve, reject) => {
        const held = async (lock: Lock | null): Promise<void> => {
          if (!lock) {
            resolve(false);
            return;
          }
          const released = new Promise<void>((release) => releases.set(run, release));
          resolve(true);
          return released;
        };
        const options = waitMs > 0 ? { signal: AbortSignal.timeout(waitMs) } : { ifAvailable: true };
        locks.request(prefix + String(run), options, held).catch((error: unknown) => {
          const inTime = !(error instanceof Error && error.name === 'TimeoutError');
          if (inTime) reject(error instanceof Error ? error : new Error(String(error)));
          else resolve(false);
        });
      });
    },
    release(run) {
      releases.get(run)?.();
      releases.delete(run);
    },
    has: (run) => releases.has(run),
    async all() {
      const { held = [] } = (await locks?.query()) ?? {};
      const names = held.map(({ name }) => name ?? '').filter((name) => name.startsWith(prefix));
      return new Set([...releases.keys(), ...names.map((name) => Number(name.slice(prefix.length)))]);
    },
  };
}
