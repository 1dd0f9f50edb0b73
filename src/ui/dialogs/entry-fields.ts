import type { Entry } from '../../log/entry';

/**
 * A field in which two entries differ: its path, and its value in each as JSON. Undefined where it is absent. Of texts of several lines, such
 * as files, those lines that differ, and in the path the number of the first.
 */
export interface FieldDifference {
  readonly path: string;
  readonly a: string | undefined;
  readonly b: string | undefined;
}

export const fieldsMax = 8;
const linesMax = 6;

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
  if (typeof a === 'string' && typeof b === 'string' && `${a}${b}`.includes('\n') && a !== b) {
    found.push(differingLines(a, b, path));
    return;
  }
  const [textA, textB] = [JSON.stringify(a) as string | undefined, JSON.stringify(b) as string | undefined];
  if (textA !== textB) found.push({ path, a: textA, b: textB });
}

function differingLines(a: string, b: string, path: string): FieldDifference {
  const [linesA, linesB] = [a.split('\n'), b.split('\n')];
  const shared = Math.min(linesA.length, linesB.length);
  let head = 0;
  while (head < shared && linesA[head] === linesB[head]) head++;
  let tail = 0;
  while (tail < shared - head && linesA.at(-1 - tail) === linesB.at(-1 - tail)) tail++;
  const between = (lines: readonly string[]): string | undefined => {
    const differing = lines.slice(head, lines.length - tail);
    if (differing.length === 0) return undefined;
    return [...differing.slice(0, linesMax), ...(differing.length > linesMax ? ['…'] : [])].join('\n');
  };
  return { path: `${path}:${String(head + 1)}`, a: between(linesA), b: between(linesB) };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
