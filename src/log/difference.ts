/** What differs between two plain values: at each path the value from before and the one after; absent where there is none. */
export interface Difference {
  /** Names and indexes from the value itself inwards; empty for the value itself. */
  readonly path: readonly (string | number)[];
  readonly before?: unknown;
  readonly after?: unknown;
}

/**
 * The fewest differences by names and indexes, in the order of `before` and then of what is new. Values are plain, as JSON has them,
 * and the differences share their parts.
 */
export function differencesOf(before: unknown, after: unknown): readonly Difference[] {
  const found: Difference[] = [];
  collect(before, after, [], found);
  return found;
}

function collect(before: unknown, after: unknown, path: readonly (string | number)[], found: Difference[]): void {
  if (before === after) return;
  if (Array.isArray(before) && Array.isArray(after)) {
    const length = Math.max(before.length, after.length);
    for (let index = 0; index < length; index++) collect(before[index], after[index], [...path, index], found);
  } else if (isRecord(before) && isRecord(after)) {
    for (const name of Object.keys({ ...before, ...after }))
      collect(ownOf(before, name), ownOf(after, name), [...path, name], found);
  } else found.push({ path, ...(before !== undefined && { before }), ...(after !== undefined && { after }) });
}

/** `value` with the differences made in it. What has not changed is shared with `value`, which stays as it is. */
export function withDifferences(value: unknown, differences: readonly Difference[]): unknown {
  return differences.reduce<unknown>((now, { path, after }) => put(now, path, 0, after), value);
}

function put(value: unknown, path: readonly (string | number)[], at: number, after: unknown): unknown {
  const step = path[at];
  if (step === undefined) return after;
  if (Array.isArray(value)) {
    const items: unknown[] = [...(value as unknown[])];
    const item = put(items[step as number], path, at + 1, after);
    // Only ends are cut off: what is in between is never absent in a plain value.
    if (item === undefined) items.length = Math.min(items.length, step as number);
    else items[step as number] = item;
    return items;
  }
  const inner = put(isRecord(value) ? ownOf(value, String(step)) : undefined, path, at + 1, after);
  const rest = Object.entries(isRecord(value) ? value : {}).filter(([name]) => name !== step || inner !== undefined);
  if (inner === undefined) return Object.fromEntries(rest);
  const known = rest.some(([name]) => name === step);
  return Object.fromEntries(
    known ? rest.map(([name, item]) => [name, name === step ? inner : item]) : [...rest, [step, inner]],
  );
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function ownOf(value: Readonly<Record<string, unknown>>, name: string): unknown {
  return Object.hasOwn(value, name) ? value[name] : undefined;
}
