import 'fake-indexeddb/auto';
import { decodeText, encodeText } from '../../src/log/utf8';
import { Database } from '../../src/storage/database';
import { createLiveRuns } from '../../src/storage/live-runs';
import type { FromStorage, Segment, StorageEvent, ToStorage } from '../../src/storage/protocol';
import { serveStorage } from '../../src/storage/serve';
import { DurableStorage, type Outcome } from '../../src/storage/storage';
import type { Scenario } from '../../src/scenario/scenario';

/** A browser with one database: its tabs share it and the locks, and time stands still until it is told to go. */
export class FakeBrowser {
  readonly #name = `test-${Math.random()}`;
  readonly #held = new Set<string>();
  readonly #open: { database: Database; storage: DurableStorage }[] = [];
  nowMs = Date.UTC(2026, 0, 1);

  openTab(): Tab {
    const database = new Database(this.#name);
    const mine = new Set<string>();
    const live = createLiveRuns(this.#locksFor(mine));
    const storage = new DurableStorage(() => {
      let toPage: (message: FromStorage) => void = () => {};
      const answer = serveStorage({
        db: database,
        live,
        nowMs: () => this.nowMs,
        post: (message) => toPage(structuredClone(message)),
      });
      return {
        post: (message: ToStorage) => {
          const cloned = structuredClone(message);
          setImmediate(() => void answer(cloned));
        },
        listen: (onMessage) => (toPage = onMessage),
        close: () => {
          for (const name of mine) this.#held.delete(name);
          database.close();
        },
      };
    });
    const events: StorageEvent[] = [];
    storage.onEvent((event) => events.push(event));
    this.#open.push({ database, storage });
    return { database, storage, events };
  }

  close(): void {
    for (const { storage, database } of this.#open) {
      storage.close();
      database.close();
    }
  }

  #locksFor(mine: Set<string>): Pick<LockManager, 'request' | 'query'> {
    const request = async (name: string, _: LockOptions, held: (lock: Lock | null) => unknown): Promise<unknown> => {
      if (this.#held.has(name)) return held(null);
      this.#held.add(name);
      mine.add(name);
      await held({ name, mode: 'exclusive' });
      this.#held.delete(name);
      return undefined;
    };
    const query = async (): Promise<LockManagerSnapshot> => ({
      held: [...this.#held].map((name) => ({ name, mode: 'exclusive' as const, clientId: '' })),
      pending: [],
    });
    return { request: request as unknown as LockManager['request'], query };
  }
}

export interface Tab {
  readonly database: Database;
  readonly storage: DurableStorage;
  readonly events: StorageEvent[];
}

export const scenario: Scenario = {
  title: 'Shop',
  about: '',
  durationMs: 60_000,
  seed: 7,
  speed: 1,
  startedAt: '2026-01-01T00:00:00.000Z',
  processes: [],
  network: { default: { latencyMs: 0, jitterMs: 0, loss: 0, cut: false }, links: [] },
  interventions: [],
  files: { 'shop.ts': 'export {};' },
  note: '',
};

/** A segment with one entry every 10 ms, each with some text. */
export function segment(firstSeq: number, count: number, padding = ''): Segment {
  const lines = Array.from({ length: count }, (_, index) => {
    const seq = firstSeq + index;
    return JSON.stringify({ seq, atMs: seq * 10, type: 'console.printed', text: padding }) + '\n';
  });
  return {
    firstSeq,
    count,
    fromMs: firstSeq * 10,
    toMs: (firstSeq + count - 1) * 10,
    ndjson: encodeText(lines.join('')),
  };
}

export function textOf({ ndjson }: Pick<Segment, 'ndjson'>): string {
  return decodeText(ndjson);
}

export async function done<T>(outcome: Promise<Outcome<T>>): Promise<T> {
  const result = await outcome;
  if (result.type !== 'done') throw new Error(`Not done: ${JSON.stringify(result)}`);
  return result.value;
}

/** The whole stored log of a run. */
export async function logOf(storage: DurableStorage, run: number): Promise<string> {
  const { segments } = await done(storage.readRun(run));
  let log = '';
  for await (const piece of segments()) log += textOf(piece);
  return log;
}
