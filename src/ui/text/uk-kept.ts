import type { KeptText } from './en-kept';
import { ukFormat as f } from './format';

const rows = (n: number): string =>
  `${f.number(n)} ${f.plural(n, { one: 'рядок', few: 'рядки', many: 'рядків', other: 'рядка' })}`;
const events = (n: number): string =>
  `${f.number(n)} ${f.plural(n, { one: 'подія', few: 'події', many: 'подій', other: 'події' })}`;

export const ukKept: KeptText = {
  table: (store, table) => `Таблиця ${table}${store === 'store' ? '' : ` у ${store}`}`,
  rows,
  noRows: 'О цій миті порожня',
  lastChange: (at) => `Остання транзакція, ${at}`,
  changedAt: (key, at) => `${key}, змінено о ${at}`,
  older: 'Попередні рядки',
  newer: 'Наступні рядки',
  noOlder: 'Це перші рядки',
  noNewer: 'Це останні рядки',
  page: (from, to, all) => `${f.number(from)}–${f.number(to)} з ${f.number(all)}`,
  projection: (name) => `Проєкція ${name}`,
  position: (position, head) => `подія ${f.number(position)} з ${f.number(head)}`,
  lag: 'Відставання',
  noLag: 'немає: враховано всі події',
  behind: (n, time) => `${events(n)}, ${time}`,
  lagOverTime: (n) => `Відставання від початку дотепер, найбільше ${events(n)}`,
  stopped: 'На наступній події сталася помилка, і проєкція стоїть перед нею.',
  rebuilding: (position, head) =>
    `Перебудовується: подія ${f.number(position)} з ${f.number(head)}. Доти відповідає тим, що нижче.`,
  rebuild: 'Перебудувати з першої події',
  down: 'О цій миті процес не працює',
  state: 'Стан',
  noState: 'Стану з цих подій ще ніхто не відновлював',
  change: (message) => `Зміни від ${message}`,
  noChange: 'Нічого не змінилося',
  added: 'додано',
  removed: 'вилучено',
  whole: 'увесь стан',
  more: (n) => `і ще ${f.number(n)}`,
  streams: 'Потоки',
  noStreams: 'Подій ще немає',
  version: (n) => `версія ${f.number(n)}`,
  versionOf: (stream) => `Версія ${stream}`,
  ofVersions: (version, all) => `${f.number(version)} з ${f.number(all)}`,
  goTo: (at) => `Перейти до ${at}`,
  event: 'Подія цієї версії',
};
