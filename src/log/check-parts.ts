import { payloadDepthMax } from './plain';

/** What single values of entries have to be, for input that cannot be trusted. */

/** Arrays and objects inside one another in a payload. Deeper ones overflow the stack of whoever walks them. */
export const jsonDepthMax = payloadDepthMax + 1;

export type Check<V> = (value: unknown) => value is V;
export interface Optional<V> {
  readonly optional: Check<V>;
}
export const text = (value: unknown): value is string => typeof value === 'string';
export const flag = (value: unknown): value is boolean => typeof value === 'boolean';
export const yes = (value: unknown): value is true => value === true;
export const one = (value: unknown): value is 1 => value === 1;
export const count = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;
export const ms = (value: unknown): value is number => Number.isFinite(value) && (value as number) >= 0;
export const whole = (value: unknown): value is number => Number.isSafeInteger(value);
export const texts = (value: unknown): value is readonly string[] => Array.isArray(value) && value.every(text);
export const code = (value: unknown): value is number | null => value === null || Number.isSafeInteger(value);
/** JSON data that can be walked: finite numbers and at most `jsonDepthMax` levels. */
export const isJson = (value: unknown): value is unknown => isShallow(value, jsonDepthMax);
export const settings = (value: unknown): value is Readonly<Record<string, string | number | boolean>> =>
  isRecord(value) && Object.values(value).every((each) => text(each) || flag(each) || Number.isFinite(each));

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isShallow(value: unknown, depth: number): boolean {
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value !== 'object' || value === null) return true;
  if (depth === 0) return false;
  for (const each of Object.values(value)) if (!isShallow(each, depth - 1)) return false;
  return true;
}

export function optional<V>(check: Check<V>): Optional<V> {
  return { optional: check };
}

export function oneOf<V extends string>(choices: Readonly<Record<V, true>>): Check<V> {
  const known = new Set<unknown>(Object.keys(choices));
  return (value): value is V => known.has(value);
}

export const properties = (value: unknown): value is Readonly<Record<string, unknown>> =>
  isRecord(value) && isJson(value);
export const counts = (value: unknown): value is Readonly<Record<string, number>> =>
  isRecord(value) && Object.values(value).every(count);
