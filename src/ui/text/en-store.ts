import type { EntryOf } from '../../log/entry';
import type { Difference } from '../../log/difference';
import { enFormat as f, shortValue } from './format';

const rows = (n: number): string => `${f.number(n)} ${f.plural(n, { one: 'row', other: 'rows' })}`;

/** `orders 7 added, stock KB-87 changed`: at most three of them. */
function changed({ changes }: EntryOf<'store.committed'>): string {
  const words = changes.slice(0, 3).map(({ table, key, before, after }) => {
    const what = before === undefined ? 'added' : after === undefined ? 'removed' : 'changed';
    return `${table} ${key} ${what}`;
  });
  return changes.length > 3 ? `${words.join(', ')} and ${rows(changes.length - 3)} more` : words.join(', ');
}

const events = (n: number): string => `${f.number(n)} ${f.plural(n, { one: 'event', other: 'events' })}`;

/** `balance 100 → 400, lines.0 added`: at most three of them. */
function differences(all: readonly Difference[]): string {
  const words = all.slice(0, 3).map(({ path, before, after }) => {
    const place = path.join('.');
    if (after === undefined) return `${place} removed`;
    return `${place} ${before === undefined ? '=' : `${shortValue(before)} →`} ${shortValue(after)}`.trim();
  });
  return all.length > 3 ? `${words.join(', ')} and ${f.number(all.length - 3)} more` : words.join(', ');
}

export const enStoreSentence = {
  'store.committed': (e: EntryOf<'store.committed'>) => `${e.process} committed in ${e.store}: ${changed(e)}`,
  'store.rolled-back': (e: EntryOf<'store.rolled-back'>) =>
    `${e.process} rolled back ${rows(e.changes.length)} in ${e.store}: ${e.failure.name}: ${e.failure.message}`,
  'outbox.relayed': (e: EntryOf<'outbox.relayed'>) => {
    const event = `${e.eventType} (${e.event})`;
    if (e.failure === undefined) return `${e.process} published ${event} out of its ${e.table}`;
    return `${e.process} could not publish ${event} out of its ${e.table}, attempt ${f.number(e.attempt)}: ${e.failure.name}: ${e.failure.message}`;
  },
  'duplicate.recognized': (e: EntryOf<'duplicate.recognized'>) =>
    `${e.process} did ${e.key} at ${f.instant(e.firstAtMs)} already and does not do it again (${e.table})`,
  'stream.appended': (e: EntryOf<'stream.appended'>) =>
    `${e.broker} took ${e.message} in as version ${f.number(e.version)} of ${e.stream}`,
  'stream.conflicted': (e: EntryOf<'stream.conflicted'>) =>
    `${e.broker} refused ${e.process}: ${e.stream} is at version ${f.number(e.actual)}, not ${f.number(e.expected)}`,
  'aggregate.changed': (e: EntryOf<'aggregate.changed'>) =>
    `${e.stream} is at version ${f.number(e.version)}: ${differences(e.changes)}`,
  'aggregate.rebuilt': (e: EntryOf<'aggregate.rebuilt'>) =>
    `${e.process} rebuilt ${e.stream} at version ${f.number(e.version)} out of ${events(e.events)}${e.snapshot === undefined ? '' : ` and the snapshot of version ${f.number(e.snapshot)}`}`,
  'snapshot.taken': (e: EntryOf<'snapshot.taken'>) =>
    `A snapshot of ${e.stream} was kept at version ${f.number(e.version)}`,
  'projection.started': (e: EntryOf<'projection.started'>) =>
    `${e.projection} in ${e.process} follows ${e.broker} from event ${f.number(e.position + 1)} on`,
  'projection.advanced': (e: EntryOf<'projection.advanced'>) =>
    `${e.projection} ${e.rebuilding ? 'is being rebuilt' : 'took in'} ${e.message}, event ${f.number(e.position)} of ${f.number(e.head)}${e.changes.length === 0 ? '' : `: ${differences(e.changes)}`}`,
  'projection.failed': (e: EntryOf<'projection.failed'>) =>
    `${e.projection} threw on event ${f.number(e.position)} and ${e.skipped ? 'skips it' : 'stops there'}: ${e.failure.name}: ${e.failure.message}`,
  'projection.rebuild-started': (e: EntryOf<'projection.rebuild-started'>) =>
    `${e.projection} is rebuilt out of ${events(e.head)}; until then it answers as before`,
  'projection.rebuilt': (e: EntryOf<'projection.rebuilt'>) =>
    `${e.projection} is rebuilt${e.changes.length === 0 ? ', and the same as before' : `: ${differences(e.changes)}`}`,
};
