import type { EntryOf } from '../../log/entry';
import type { Difference } from '../../log/difference';
import type { enStoreSentence } from './en-store';
import { shortValue, ukFormat as f } from './format';
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

/** У родовому відмінку: «з 5 подій». */
const events = (n: number): string => `${f.number(n)} ${f.plural(n, { one: 'події', other: 'подій' })}`;

function differences(all: readonly Difference[]): string {
  const words = all.slice(0, 3).map(({ path, before, after }) => {
    const place = path.join('.');
    if (after === undefined) return `${place} вилучено`;
    return `${place} ${before === undefined ? '=' : `${shortValue(before)} →`} ${shortValue(after)}`.trim();
  });
  return all.length > 3 ? `${words.join(', ')} і ще ${f.number(all.length - 3)}` : words.join(', ');
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
  'stream.appended': (e) => `${e.broker} прийняло ${e.message} як версію ${f.number(e.version)} потоку ${e.stream}`,
  'stream.conflicted': (e) =>
    `${e.broker} відмовило ${e.process}: ${e.stream} має версію ${f.number(e.actual)}, а не ${f.number(e.expected)}`,
  'aggregate.changed': (e) => `${e.stream} тепер версії ${f.number(e.version)}: ${differences(e.changes)}`,
  'aggregate.rebuilt': (e) =>
    `${e.process} відновив ${e.stream} версії ${f.number(e.version)} з ${events(e.events)}${e.snapshot === undefined ? '' : ` і знімка версії ${f.number(e.snapshot)}`}`,
  'snapshot.taken': (e) => `Збережено знімок ${e.stream} версії ${f.number(e.version)}`,
  'projection.started': (e) =>
    `${e.projection} у ${e.process} стежить за ${e.broker}, починаючи з події ${f.number(e.position + 1)}`,
  'projection.advanced': (e) =>
    `${e.projection}: ${e.rebuilding ? 'перебудовується' : 'враховано'} ${e.message}, подія ${f.number(e.position)} з ${f.number(e.head)}${e.changes.length === 0 ? '' : `: ${differences(e.changes)}`}`,
  'projection.failed': (e) =>
    `${e.projection}: помилка на події ${f.number(e.position)}, ${e.skipped ? 'її пропущено' : 'далі не йде'}: ${e.failure.name}: ${e.failure.message}`,
  'projection.rebuild-started': (e) =>
    `${e.projection} перебудовується з ${events(e.head)}; доти відповідає, як раніше`,
  'projection.rebuilt': (e) =>
    `${e.projection} перебудовано${e.changes.length === 0 ? ', і нічого не змінилося' : `: ${differences(e.changes)}`}`,
};
