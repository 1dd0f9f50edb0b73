/**
 * The entries of arrays, maps, sets, iterators, buffers, promises and namespaces as `inspect` writes them.
 * Follows Node 20, `lib/internal/util/inspect.js` (MIT, copyright Node.js contributors), whose output it must equal.
 */
import type { PromiseState } from './environment';
import type { EntryKind, InspectContext } from './inspect-context';
import { reduceToSingleString } from './inspect-layout';
import { formatBigInt, formatNumber } from './inspect-text';

/** How a value inside another is written; handed in, since it comes back here for the values inside that. */
export interface Recursion {
  value(ctx: InspectContext, value: unknown, recurseTimes: number, inTypedArray?: boolean): string;
  property(ctx: InspectContext, value: object, recurseTimes: number, key: PropertyKey, kind: EntryKind): string;
}

/** Writes the entries of one value. Two arguments less than Node's: what to write is bound before. */
export type Formatter = (ctx: InspectContext, recurseTimes: number, recursion: Recursion) => string[];

const moreItems = (remaining: number): string => `... ${remaining} more item${remaining > 1 ? 's' : ''}`;
const emptyItems = (ctx: InspectContext, count: number): string =>
  ctx.stylize(`<${count} empty item${count > 1 ? 's' : ''}>`, 'undefined');
const limit = (ctx: InspectContext, length: number): number => Math.min(Math.max(0, ctx.maxArrayLength), length);

const arrayIndex = /^(0|[1-9][0-9]*)$/;

export const arrayFormatter =
  (value: unknown[]): Formatter =>
  (ctx, recurseTimes, recursion) => {
    const shown = limit(ctx, value.length);
    const output: string[] = [];
    for (let i = 0; i < shown; i++) {
      if (!Object.hasOwn(value, i)) return sparse(ctx, value, recurseTimes, recursion, output, i);
      output.push(recursion.property(ctx, value, recurseTimes, i, 'array'));
    }
    if (value.length > shown) output.push(moreItems(value.length - shown));
    return output;
  };

function sparse(
  ctx: InspectContext,
  value: unknown[],
  recurseTimes: number,
  recursion: Recursion,
  output: string[],
  from: number,
): string[] {
  const shown = limit(ctx, value.length);
  const keys = Object.keys(value);
  let index = from;
  for (let i = from; i < keys.length && output.length < shown; i++) {
    const key = keys[i]!;
    if (Number(key) > 2 ** 32 - 2) break;
    if (String(index) !== key) {
      if (!arrayIndex.test(key)) break;
      output.push(emptyItems(ctx, Number(key) - index));
      index = Number(key);
      if (output.length === shown) break;
    }
    output.push(recursion.property(ctx, value, recurseTimes, key, 'array'));
    index++;
  }
  const remaining = value.length - index;
  if (remaining > 0) output.push(output.length === shown ? moreItems(remaining) : emptyItems(ctx, remaining));
  return output;
}

export const typedArrayFormatter =
  (value: ArrayLike<number | bigint>, length: number): Formatter =>
  (ctx, recurseTimes, recursion) => {
    const shown = limit(ctx, length);
    const output: string[] = [];
    for (let i = 0; i < shown; i++) {
      const element = value[i]!;
      output.push(
        typeof element === 'number'
          ? formatNumber(ctx.stylize, element, ctx.numericSeparator)
          : formatBigInt(ctx.stylize, element, ctx.numericSeparator),
      );
    }
    if (length > shown) output.push(moreItems(length - shown));
    if (!ctx.showHidden) return output;
    ctx.indentationLvl += 2;
    for (const key of ['BYTES_PER_ELEMENT', 'length', 'byteLength', 'byteOffset', 'buffer']) {
      output.push(`[${key}]: ${recursion.value(ctx, Reflect.get(value, key), recurseTimes, true)}`);
    }
    ctx.indentationLvl -= 2;
    return output;
  };

export const arrayBufferFormatter =
  (value: ArrayBuffer | SharedArrayBuffer): Formatter =>
  (ctx) => {
    let bytes: Uint8Array;
    try {
      bytes = new Uint8Array(value);
    } catch {
      return [ctx.stylize('(detached)', 'special')];
    }
    const shown = Math.min(ctx.maxArrayLength, bytes.length);
    let text = Array.from(bytes.subarray(0, shown), (byte) => byte.toString(16).padStart(2, '0')).join(' ');
    const remaining = bytes.length - ctx.maxArrayLength;
    if (remaining > 0) text += ` ... ${remaining} more byte${remaining > 1 ? 's' : ''}`;
    return [`${ctx.stylize('[Uint8Contents]', 'special')}: <${text}>`];
  };

function listed(
  ctx: InspectContext,
  entries: Iterable<unknown>,
  size: number,
  write: (entry: unknown) => string,
): string[] {
  const shown = limit(ctx, size);
  const output: string[] = [];
  ctx.indentationLvl += 2;
  for (const entry of entries) {
    if (output.length >= shown) break;
    output.push(write(entry));
  }
  if (size > shown) output.push(moreItems(size - shown));
  ctx.indentationLvl -= 2;
  return output;
}

export const setFormatter =
  (value: Set<unknown>): Formatter =>
  (ctx, recurseTimes, recursion) =>
    listed(ctx, Set.prototype.values.call(value), value.size, (entry) => recursion.value(ctx, entry, recurseTimes));

export const mapFormatter =
  (value: Map<unknown, unknown>): Formatter =>
  (ctx, recurseTimes, recursion) =>
    listed(ctx, Map.prototype.entries.call(value), value.size, (entry) => {
      const [key, mapped] = entry as [unknown, unknown];
      return `${recursion.value(ctx, key, recurseTimes)} => ${recursion.value(ctx, mapped, recurseTimes)}`;
    });

export const weakFormatter: Formatter = (ctx) => [ctx.stylize('<items unknown>', 'special')];

export interface IteratorPreview {
  readonly entries: unknown[];
  readonly isPairs: boolean;
}

const previewed = new WeakSet();

/** Whether its own `next` was put there to give what a preview has taken out. */
export const wasPreviewed = (iterator: object): boolean => previewed.has(iterator);

/**
 * What an iterator of a map or set has still to give. No engine lets it be asked without being moved on, so it is
 * emptied, and what came out is what it gives from now on. Pairs made by `entries()` look like any array of two.
 */
export function previewIterator(iterator: IterableIterator<unknown>, isSetIterator: boolean): IteratorPreview {
  const entries = [...iterator];
  previewed.add(iterator);
  if (entries.length > 0) {
    let next = 0;
    Object.defineProperty(iterator, 'next', {
      configurable: true,
      writable: true,
      value: () => (next < entries.length ? { value: entries[next++], done: false } : { value: undefined, done: true }),
    });
  }
  const isPair = (entry: unknown) =>
    Array.isArray(entry) && entry.length === 2 && (!isSetIterator || Object.is(entry[0], entry[1]));
  return { entries, isPairs: entries.length > 0 && entries.every(isPair) };
}

export const iteratorFormatter =
  ({ entries, isPairs }: IteratorPreview): Formatter =>
  (ctx, recurseTimes, recursion) =>
    listed(ctx, entries, entries.length, (entry) => {
      if (!isPairs) return recursion.value(ctx, entry, recurseTimes);
      const output = (entry as unknown[]).map((part) => recursion.value(ctx, part, recurseTimes));
      return reduceToSingleString(ctx, { output, base: '', braces: ['[', ']'], kind: 'array-extras', recurseTimes });
    });

export const promiseFormatter =
  (state: Exclude<PromiseState, { type: 'none' }>): Formatter =>
  (ctx, recurseTimes, recursion) => {
    if (state.type === 'pending') return [ctx.stylize('<pending>', 'special')];
    ctx.indentationLvl += 2;
    const text = recursion.value(ctx, state.value, recurseTimes);
    ctx.indentationLvl -= 2;
    return [state.type === 'rejected' ? `${ctx.stylize('<rejected>', 'special')} ${text}` : text];
  };

/** Empties `keys`: the names are written here, with the values that the getters of a live binding give. */
export const namespaceFormatter =
  (value: object, keys: PropertyKey[]): Formatter =>
  (ctx, recurseTimes, recursion) =>
    keys.splice(0).map((key) => {
      let current: unknown;
      try {
        current = Reflect.get(value, key);
      } catch {
        const text = recursion.property(ctx, { [key]: '' }, recurseTimes, key, 'object');
        return text.slice(0, text.lastIndexOf(' ') + 1) + ctx.stylize('<uninitialized>', 'special');
      }
      return recursion.property(ctx, { [key]: current }, recurseTimes, key, 'object');
    });
