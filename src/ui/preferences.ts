/** What the reader chose and the browser keeps: theme, language, layout. Text by name. */
export interface Preferences {
  read(name: string): string | undefined;
  write(name: string, value: string): void;
}

const prefix = 'eventarium.';

/** In `localStorage`. A browser that forbids it forgets the choices and nothing else happens. */
export function localPreferences(): Preferences {
  return {
    read(name) {
      try {
        return localStorage.getItem(prefix + name) ?? undefined;
      } catch {
        return undefined;
      }
    },
    write(name, value) {
      try {
        localStorage.setItem(prefix + name, value);
      } catch {
        // Forbidden or full: the choice lasts as long as the page.
      }
    },
  };
}

export function memoryPreferences(start: Readonly<Record<string, string>> = {}): Preferences {
  const kept = new Map(Object.entries(start));
  return { read: (name) => kept.get(name), write: (name, value) => void kept.set(name, value) };
}
