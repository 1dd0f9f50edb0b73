import type { enComparison } from './en-comparison';
import { ukFormat as f } from './format';
import type { Translated } from './text';

const services = (count: number): string =>
  `${f.number(count)} ${f.plural(count, { one: 'сервіс', few: 'сервіси', many: 'сервісів', other: 'сервісу' })}`;
const exchanges = (count: number): string =>
  `${f.number(count)} ${f.plural(count, { one: 'exchange', other: 'exchange' })}`;

export const ukComparison: Translated<typeof enComparison> = {
  calls: 'Виклики один за одним',
  events: 'Події',
  both: 'Виклики й події',
  quiet: 'Ще нічого не надіслано',
  side: (name) => `Бік: ${name}`,
  fact: (flows, seed) =>
    `${f.plural(flows, { one: 'той самий', other: 'ті самі' })} ${f.number(flows)} ${f.plural(flows, { one: 'запит', few: 'запити', many: 'запитів', other: 'запиту' })} на обидва боки, seed ${String(seed)}`,
  flow: (number) => `запит ${f.number(number)}`,
  previous: 'Попередній запит',
  next: 'Наступний запит',
  latest: 'Іти за найновішим',
  underWay: 'триває',
  accepted: (status) => `прийнято, ${String(status)}`,
  refused: (why) => `відхилено, ${why}`,
  noAnswer: 'без відповіді',
  waits: (duration) => `чекає ${duration}`,
  waited: (duration) => `чекав ${duration}`,
  knows: (known, brokers) =>
    [...(known > 0 ? [`знає ${services(known)}`] : []), ...(brokers > 0 ? [`знає ${exchanges(brokers)}`] : [])].join(
      ', ',
    ) || 'не знає нікого',
  known: (known, brokers) =>
    [...(known > 0 || brokers === 0 ? [services(known)] : []), ...(brokers > 0 ? [exchanges(brokers)] : [])].join(', '),
  down: 'лежить',
  slow: 'повільно',
  queued: (count) => `${f.plural(count, { one: 'чекає', other: 'чекають' })} ${f.number(count)}`,
  neverCalled: 'не викликали',
  stage: (side) => `${side}: хто кого викликає`,
  lanes: (side) => `${side}: хто коли працює`,
  part: 'Сервіс',
  slowIt: (part) => `Сповільнити ${part}`,
  slowTip: (duration) => `Усе, що йому шлють, іде на ${duration} довше, з обох боків`,
  speedUp: (part) => `Пришвидшити ${part}`,
  crashIt: (part) => `Обвалити ${part}`,
  restartIt: (part) => `Підняти ${part}`,
  bothSides: 'З обох боків одразу',
  moreLoad: 'Більше навантаження',
  lessLoad: 'Менше навантаження',
  load: (factor) => `навантаження ${f.number(factor)}×`,
  notYet: 'Клієнт ще не почав',
  noParts: 'Це порівняння не називає сервісів',
  window: 'Запити',
  all: 'Усі',
  between: (from, to) => `${from} – ${to}`,
  since: (from) => `з ${from}`,
  measured: 'Що виміряно',
  score: (names, wins, even) =>
    `жирне краще; ${names[0]}: ${f.number(wins[0])}, ${names[1]}: ${f.number(wins[1])}, порівну: ${f.number(even)}`,
  figure: 'Показник',
  how: 'Як виміряно',
  of: (part, whole) => `${f.number(part)} з ${f.number(whole)}`,
  perSecond: (value) => `${f.number(value, 2)} за секунду`,
  none: 'немає',
  rows: {
    answerP50: { name: 'Відповідь клієнтові, p50', how: 'від запиту до відповіді, серед прийнятих' },
    answerP95: { name: 'Відповідь клієнтові, p95', how: 'довше чекає кожен двадцятий із прийнятих' },
    wholeP50: {
      name: 'Усе зроблено, p50',
      how: 'від запиту, доки клієнт має відповідь, а останній сервіс закінчив; недороблені не враховано',
    },
    wholeP95: {
      name: 'Усе зроблено, p95',
      how: 'довше триває кожен двадцятий; чекання на сервіс, який лежить, враховано',
    },
    refused: { name: 'Відхилено запитів', how: 'помилка або жодної відповіді' },
    reactions: { name: 'Робота, яку зробили сервіси', how: 'з того, чого потребують запити' },
    pending: { name: 'Прийнято, але зроблено не всюди', how: 'на позиції відтворення' },
    donePerSecond: { name: 'Пропускна здатність', how: 'запити, зроблені всіма сервісами' },
    atOnce: { name: 'Водночас у роботі, щонайбільше', how: 'надіслано й не завершено' },
    knows: { name: 'Кого треба знати', how: 'адреси викликів і exchange для публікації' },
    callsBefore: { name: 'Викликів до відповіді', how: 'клієнт чекає на кожен' },
    steps: { name: 'Кроків одного запиту', how: 'виклики й доставки, у середньому запиті' },
    withId: { name: 'Кроків, що несуть його id', how: 'повідомлення несе, виклик ні: їх видно наскрізь' },
    parts: { name: 'Частин, за якими треба стежити', how: 'процеси, черги, брокери' },
    lines: { name: 'Рядків коду', how: 'у його сервісах, без коментарів і порожніх рядків' },
    own: 'показують його процеси',
  },
  csv: 'Зберегти як CSV',
  toWorkbench: 'Відкрити в майстерні',
};
