/** Where two JSON values first differ, as a path and both sides; undefined when they are the same. */
export function firstDifference(expected: unknown, got: unknown, path = ''): string | undefined {
  if (Object.is(expected, got)) return undefined;
  if (!isObject(expected) || !isObject(got) || Array.isArray(expected) !== Array.isArray(got))
    return `${path}: expected ${shown(expected)}, got ${shown(got)}`;
  for (const name of new Set([...Object.keys(expected), ...Object.keys(got)])) {
    const difference = firstDifference(expected[name], got[name], path === '' ? name : `${path}.${name}`);
    if (difference !== undefined) return difference;
  }
  return undefined;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function shown(value: unknown): string {
  return value === undefined ? 'nothing' : JSON.stringify(value);
}
