import type { Settings } from '../log/entry';

/** As the log has settings: lists as their items, what is nested as JSON. */
export function flatSettings(settings: Readonly<Record<string, unknown>>): Settings {
  const flat = (value: unknown): string | number | boolean => {
    if (Array.isArray(value)) return value.join(', ');
    return typeof value === 'object' ? JSON.stringify(value) : (value as string | number | boolean);
  };
  return Object.fromEntries(Object.entries(settings).map(([name, value]) => [name, flat(value)]));
}
