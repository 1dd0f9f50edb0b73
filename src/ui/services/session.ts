/** What this tab had open, so that a reload, or coming back another day, goes on where it was left. */
export interface Session {
  /** The recorded run on show. */
  readonly run: number;
  readonly atMs: number;
  /** The gallery's or own scenario's id, or the link that it came by: the fragment it stands for. */
  readonly opened: string | undefined;
}

const key = 'eventarium.session';

/** The tab's own session first; a new tab gets what was left last in any. */
export function readSession(): Session | undefined {
  return readFrom(() => sessionStorage) ?? readFrom(() => localStorage);
}

export function writeSession(session: Session): void {
  const text = JSON.stringify(session);
  for (const storage of [() => sessionStorage, () => localStorage]) {
    try {
      storage().setItem(key, text);
    } catch {
      // Forbidden or full: the next visit begins anew.
    }
  }
}

function readFrom(storage: () => globalThis.Storage): Session | undefined {
  try {
    const value = JSON.parse(storage().getItem(key) ?? 'null') as Partial<Session> | null;
    if (typeof value?.run !== 'number' || typeof value.atMs !== 'number') return undefined;
    return { run: value.run, atMs: value.atMs, opened: typeof value.opened === 'string' ? value.opened : undefined };
  } catch {
    return undefined;
  }
}
