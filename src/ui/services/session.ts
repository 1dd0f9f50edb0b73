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
    const value = JSON.parse(sessionStorage.getItem(key) ?? 'null') as Partial<Visit> | null;
    if (typeof value?.run !== 'number' || typeof value.atMs !== 'number') return undefined;
    return { run: value.run, atMs: value.atMs, opened: typeof value.opened === 'string' ? value.opened : undefined };
  } catch {
    return undefined;
  }
}
