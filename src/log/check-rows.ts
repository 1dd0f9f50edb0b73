import { isRecord, optional, text, type Check, type Optional } from './check-parts';
import type { Failure } from './entry-fact';

/** Tables of checks, a field each, and how an object is held against one. */

/** What every entry has, and what `checkEntry` looks at itself. */
export type Bare = 'type' | 'seq' | 'atMs' | 'cause' | 'where';
type Field<T, K extends keyof T> = object extends Pick<T, K> ? Optional<Exclude<T[K], undefined>> : Check<T[K]>;
/** A check for every field of a type but those already known. */
export type Fields<T, Known extends string> = { readonly [K in Exclude<keyof T, Known>]-?: Field<T, K> };

/** A field's name, its check, and whether it may be absent: the tables unfolded once, since every entry passes here. */
export type Rows = readonly {
  readonly name: string;
  readonly check: (value: unknown) => boolean;
  readonly mayBeAbsent: boolean;
}[];

export function rowsOf<T extends object>(table: T): Rows {
  return Object.entries(table as Record<string, Check<unknown> | Optional<unknown>>).map(([name, field]) =>
    typeof field === 'function'
      ? { name, check: field, mayBeAbsent: false }
      : { name, check: field.optional, mayBeAbsent: true },
  );
}

export function mapValues(tables: Readonly<Record<string, object>>): [string, Rows][] {
  return Object.entries(tables).map(([type, table]) => [type, rowsOf(table)]);
}

export function firstWrong(value: Readonly<Record<string, unknown>>, rows: Rows): string | undefined {
  for (const row of rows) {
    const field = value[row.name];
    if (field === undefined ? !row.mayBeAbsent : !row.check(field)) return row.name;
  }
  return undefined;
}

const failureRows = rowsOf<Fields<Failure, never>>({ name: text, message: text, stack: optional(text) });
export const failure = (value: unknown): value is Failure =>
  isRecord(value) && firstWrong(value, failureRows) === undefined;
