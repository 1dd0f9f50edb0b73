/** Raised when a payload cannot be written as JSON; the message says where in it. */
export class PayloadError extends TypeError {
  override readonly name = 'PayloadError';
}

/** Nesting that a payload may have. */
export const payloadDepthMax = 200;

/**
 * A copy of `value` as JSON would carry it: what cannot be written is left out of objects and is null in arrays, `toJSON`
 * is honoured, dates become text. The copy shares nothing with the original, so that neither side sees the other change.
 */
export function copyPlain(value: unknown): unknown {
  return copy(value, '', 0);
}

/** Whether plain data, which `characters` of JSON wrote, is nested no deeper than a payload may be. */
export function isWithinDepth(value: unknown, characters: number): boolean {
  // Each level takes two brackets.
  return characters <= 2 * payloadDepthMax || !isDeeperThan(value, payloadDepthMax);
}

function isDeeperThan(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (levels < 0) return true;
  for (const name in value) if (isDeeperThan((value as Record<string, unknown>)[name], levels - 1)) return true;
  return false;
}

/** A copy of what `copyPlain` has made, which is plain already. */
export function clonePlain(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(clonePlain);
  const clone: Record<string, unknown> = { ...value };
  for (const name in clone) {
    const item = clone[name];
    if (typeof item !== 'object' || item === null || !Object.hasOwn(clone, name)) continue;
    // Not an assignment: a property called `__proto__` is a property.
    if (name === '__proto__') Object.defineProperty(clone, name, { value: clonePlain(item) });
    else clone[name] = clonePlain(item);
  }
  return clone;
}

function copy(value: unknown, key: string, depth: number): unknown {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return value;
    case 'number':
      return Number.isFinite(value) ? value : null;
    case 'bigint':
      throw new PayloadError(
        `The payload holds a BigInt (${key || 'the value itself'}), and JSON has none. Send it as text.`,
      );
    case 'object':
      return value === null ? null : copyObject(value, key, depth);
    default:
      return undefined;
  }
}

function copyObject(value: object, key: string, depth: number): unknown {
  if (depth > payloadDepthMax)
    throw new PayloadError(
      `The payload is nested deeper than ${String(payloadDepthMax)} levels or refers to itself (${key}).`,
    );
  const own = (value as { toJSON?: unknown }).toJSON;
  if (typeof own === 'function') return copy((own as (key: string) => unknown).call(value, key), key, depth + 1);
  if (Array.isArray(value)) return value.map((item, index) => copy(item, String(index), depth + 1) ?? null);
  if (value instanceof Number || value instanceof String || value instanceof Boolean) return value.valueOf();
  const result: Record<string, unknown> = {};
  for (const name of Object.keys(value)) {
    const item = copy((value as Record<string, unknown>)[name], name, depth + 1);
    if (item !== undefined) result[name] = item;
  }
  return result;
}
