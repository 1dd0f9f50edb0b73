import type { DurableStorage } from '../../storage/storage';
import type { Visit } from '../../storage/protocol';

// What a tab had open, so that a reload, or coming back another day, goes on where it was left. The tab's own survives a reload
// in the browser's session storage; what was left last, in whatever tab, survives even a killed browser in the database.

const key = 'eventarium.session';

/** The tab's own first; a new tab gets what was left last in any. */
export async function readVisit(storage: DurableStorage): Promise<Visit | undefined> {
  const own = readOwn();
  if (own) return own;
  const outcome = await storage.readVisit();
  return outcome.type === 'done' ? outcome.value : undefined;
}

export function writeVisit(storage: DurableStorage, visit: Visit): void {
  try {
    sessionStorage.setItem(key, JSON.stringify(visit));
  } catch {
    // Forbidden or full: the database has it too.
  }
  void storage.saveVisit(visit);
}

function readOwn(): Visit | undefined {
  try {
    return readVisitOf(JSON.parse(sessionStorage.getItem(key) ?? 'null'));
  } catch {
    return undefined;
  }
}

/** What was kept in a place where other things may stand, such as the browser's own history. */
export function readVisitOf(kept: unknown): Visit | undefined {
  const { run, atMs, opened, file } = (kept ?? {}) as Partial<Record<keyof Visit, unknown>>;
  if (typeof run !== 'number' || typeof atMs !== 'number') return undefined;
  const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
  return { run, atMs, opened: text(opened), file: text(file) };
}
