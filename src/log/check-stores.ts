import { count, isJson, isRecord, ms, optional, text } from './check-parts';
import { failure, firstWrong, rowsOf, type Bare, type Fields } from './check-rows';
import type { EntryOf, RowChange } from './entry';

const stored = { process: text, store: text };
const rowChangeRows = rowsOf<Fields<RowChange, never>>({
  table: text,
  key: text,
  before: optional(isJson),
  after: optional(isJson),
});
const rowChanges = (value: unknown): value is readonly RowChange[] =>
  Array.isArray(value) && value.every((each) => isRecord(each) && firstWrong(each, rowChangeRows) === undefined);

type StoreEntryType = 'store.committed' | 'store.rolled-back' | 'outbox.relayed' | 'duplicate.recognized';

/** What processes keep, see `entry-store.ts`. */
export const storeTables: { readonly [T in StoreEntryType]: Fields<EntryOf<T>, Bare> } = {
  'store.committed': { ...stored, changes: rowChanges },
  'store.rolled-back': { ...stored, changes: rowChanges, failure },
  'outbox.relayed': {
    ...stored,
    table: text,
    event: text,
    eventType: text,
    attempt: count,
    failure: optional(failure),
    dueAtMs: optional(ms),
  },
  'duplicate.recognized': { ...stored, table: text, key: text, firstAtMs: ms },
};
