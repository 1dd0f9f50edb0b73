import { count, flag, isJson, isRecord, ms, optional, text, texts, yes } from './check-parts';
import { failure, firstWrong, rowsOf, type Bare, type Fields } from './check-rows';
import type { Difference } from './difference';
import type { EntryOf, EntryType, RowChange } from './entry';

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

const differenceRows = rowsOf<Fields<Difference, never>>({
  path: (value): value is Difference['path'] =>
    Array.isArray(value) && value.every((step) => text(step) || count(step)),
  before: optional(isJson),
  after: optional(isJson),
});
const differences = (value: unknown): value is readonly Difference[] =>
  Array.isArray(value) && value.every((each) => isRecord(each) && firstWrong(each, differenceRows) === undefined);
const aggregate = { process: text, broker: text, aggregate: text, stream: text, version: count };
const projection = { process: text, projection: text, broker: text, position: count };

type StreamEntryType = Extract<
  EntryType,
  `stream.${string}` | `aggregate.${string}` | `projection.${string}` | 'snapshot.taken'
>;

/** What event stores keep and what is made of it, see `entry-stream.ts`. */
export const streamTables: { readonly [T in StreamEntryType]: Fields<EntryOf<T>, Bare> } = {
  'stream.appended': { broker: text, message: text, stream: text, version: count, position: count },
  'stream.conflicted': { broker: text, process: text, stream: text, expected: count, actual: count, messages: texts },
  'aggregate.changed': { ...aggregate, message: text, changes: differences },
  'aggregate.rebuilt': { ...aggregate, events: count, snapshot: optional(count), state: isJson },
  'snapshot.taken': aggregate,
  'projection.started': { ...projection, head: count, state: isJson },
  'projection.advanced': { ...projection, head: count, message: text, changes: differences, rebuilding: optional(yes) },
  'projection.failed': { ...projection, message: text, skipped: flag, rebuilding: optional(yes), failure },
  'projection.rebuild-started': { ...projection, head: count },
  'projection.rebuilt': { ...projection, changes: differences },
};
