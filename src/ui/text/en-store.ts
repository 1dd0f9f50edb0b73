import type { EntryOf } from '../../log/entry';
import { enFormat as f } from './format';

const rows = (n: number): string => `${f.number(n)} ${f.plural(n, { one: 'row', other: 'rows' })}`;

/** `orders 7 added, stock KB-87 changed`: at most three of them. */
function changed({ changes }: EntryOf<'store.committed'>): string {
  const words = changes.slice(0, 3).map(({ table, key, before, after }) => {
    const what = before === undefined ? 'added' : after === undefined ? 'removed' : 'changed';
    return `${table} ${key} ${what}`;
  });
  return changes.length > 3 ? `${words.join(', ')} and ${rows(changes.length - 3)} more` : words.join(', ');
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
};
