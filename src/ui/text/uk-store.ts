import type { EntryOf } from '../../log/entry';
import type { enStoreSentence } from './en-store';
import { ukFormat as f } from './format';
import type { Translated } from './text';

const rows = (n: number): string =>
  `${f.number(n)} ${f.plural(n, { one: 'рядок', few: 'рядки', many: 'рядків', other: 'рядка' })}`;

function changed({ changes }: EntryOf<'store.committed'>): string {
  const words = changes.slice(0, 3).map(({ table, key, before, after }) => {
    const what = before === undefined ? 'додано' : after === undefined ? 'вилучено' : 'змінено';
    return `${table} ${key} ${what}`;
  });
  return changes.length > 3 ? `${words.join(', ')} і ще ${rows(changes.length - 3)}` : words.join(', ');
}

export const ukStoreSentence: Translated<typeof enStoreSentence> = {
  'store.committed': (e) => `${e.process} зафіксував у ${e.store}: ${changed(e)}`,
  'store.rolled-back': (e) =>
    `${e.process} відкотив ${rows(e.changes.length)} у ${e.store}: ${e.failure.name}: ${e.failure.message}`,
  'outbox.relayed': (e) => {
    const event = `${e.eventType} (${e.event})`;
    if (e.failure === undefined) return `${e.process} опублікував ${event} зі своєї ${e.table}`;
    return `${e.process} не зміг опублікувати ${event} зі своєї ${e.table}, спроба ${f.number(e.attempt)}: ${e.failure.name}: ${e.failure.message}`;
  },
  'duplicate.recognized': (e) =>
    `${e.process} вже зробив ${e.key} о ${f.instant(e.firstAtMs)} і вдруге не робить (${e.table})`,
};
