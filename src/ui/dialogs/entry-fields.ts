import type { Entry } from '../../log/entry';

/** A field in which two entries differ: its path, and its value in each as JSON. Undefined where it is absent. */
export interface FieldDifference {
  readonly path: string;
  readonly a: string | undefined;
  readonly b: string | undefined;
}

export const fieldsMax = 8;

/** The fields in which two entries differ, positions in the log aside: they are the same for both. */
export function fieldDifferences(a: Entry, b: Entry): readonly FieldDifference[] {
  const found: FieldDifference[] = [];
  walk(a, b, '', found);
  return found.slice(0, fieldsMax);
}

function walk(a: unknown, b: unknown, path: string, found: FieldDifference[]): void {
  if (isObject(a) && isObject(b)) {
    for (const key of new Set([...Object.keys(a), ...Object.keys(b)])) {
      walk(a[key], b[key], path === '' ? key : `${path}.${key}`, found);
    }
    return;
  }
  const [textA, textB] = [JSON.stringify(a) as string | undefined, JSON.stringify(b) as string | undefined];
  if (textA !== textB) found.push({ path, a: textA, b: textB });
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
