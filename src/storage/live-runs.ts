/**
 * Which runs are being recorded, in all tabs. A tab holds one of the browser's locks for each; the browser gives them
 * back when the tab ends in whatever way, so no run stays marked.
 */
export interface LiveRuns {
  /** False when another tab holds it. Holding it already is success. */
  take(run: number): Promise<boolean>;
  release(run: number): void;
  /** Whether this tab records it. */
  has(run: number): boolean;
  /** Those of all tabs. */
  all(): Promise<ReadonlySet<number>>;
}

const prefix = 'eventarium-run-';

/** Without `locks` (a page that is not served securely has none) each tab knows only its own. */
export function createLiveRuns(locks: Pick<LockManager, 'request' | 'query'> | undefined): LiveRuns {
  const releases = new Map<number, () => void>();
  return {
    async take(run) {
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
        locks.request(prefix + String(run), { ifAvailable: true }, held).catch(reject);
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
