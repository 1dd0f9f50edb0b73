import type { Properties, Table, Value } from './protocol';
import { isTyped } from './values';

/** Field values as plain JSON, for the log: without the names of wire types, bytes by their number. */
export function plainTable(table: Table): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(table).map(([name, value]) => [name, plain(value)]));
}

function plain(value: Value): unknown {
  if (isTyped(value)) return plain(value.value as Value);
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Uint8Array) return { bytes: value.length };
  if (Array.isArray(value)) return (value as readonly Value[]).map(plain);
  return plainTable(value as Table);
}

/** What is set of a message's properties; undefined when nothing is. */
export function plainProperties(properties: Properties): Readonly<Record<string, unknown>> | undefined {
  let plainOnes: Record<string, unknown> | undefined;
  for (const name in properties) {
    const value = properties[name as keyof Properties];
    if (value === undefined) continue;
    if (name !== 'headers') (plainOnes ??= {})[name] = value;
    else if (hasAny(value as Table)) (plainOnes ??= {})['headers'] = plainTable(value as Table);
  }
  return plainOnes;
}

function hasAny(table: Table): boolean {
  for (const _name in table) return true;
  return false;
}
