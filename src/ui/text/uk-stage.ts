import type { enStage } from './en-stage';
import { ukFormat as f } from './format';
import type { Translated } from './text';

const messages = { one: 'повідомлення', few: 'повідомлення', many: 'повідомлень', other: 'повідомлення' };
const events = { one: 'подія', few: 'події', many: 'подій', other: 'події' };

export const ukStage: Translated<typeof enStage> = {
  inFlight: (count) => `${f.number(count)} ${f.plural(count, messages)} у дорозі`,
  publish: 'Опублікувати',
  crash: (process) => `Обвалити ${process}`,
  restart: (process) => `Перезапустити ${process}`,
  crashShort: 'Обвалити',
  crashChosen: 'Обвалити вибраний процес',
  addChosen: 'Додати ще одного воркера',
  whyNoCrash: 'Жоден процес не працює',
  worker: 'Воркер',
  addWorker: (name) => `Додати воркера до ${name}`,
  removeWorker: (name) => `Забрати воркера від ${name}`,
  addReplica: (service) => `Додати репліку ${service}`,
  removeReplica: (service) => `Забрати репліку ${service}`,
  whyNoWorker: 'Тут нема чого масштабувати',
  fit: 'Вмістити всю сцену',
  graph: 'Граф процесів і брокерів',
  rows: 'Процеси й брокери',
  legend: 'Долі',
  hideLegend: 'Сховати долі',
  showLegend: 'Показати долі',
  squares: (count) => `понад ${f.number(count)}: квадрати за кольором`,
  idle: 'вільний',
  notYet: 'ще не запущено',
  published: (count) => `опубліковано ${f.number(count)}`,
  idlePublished: (count) => `вільний · опубліковано ${f.number(count)}`,
  handling: (message, event) => `${message} ${event}`,
  handlingMany: (count) => `${f.number(count)} в роботі`,
  progress: (done, total) => `${done} з ${total}`,
  crashed: (ago) => `упав ${ago} тому`,
  stopped: (ago) => `зупинений ${ago} тому`,
  exited: (code) => `вихід ${code}`,
  state: { running: 'працює', crashed: 'упав', exited: 'завершився', stopped: 'зупинений', absent: 'ще не запущено' },
  process: (name, state) => `Процес ${name}, ${state}`,
  processRow: (name, state) => `${name}: ${state}`,
  listenerRow: (listener, state) => `Слухач ${listener}: ${state}`,
  moreRows: (count) => `ще ${f.number(count)}`,
  threw: 'виняток',
  stalled: 'не відповідає',
  kinds: { bus: 'шина подій', queue: 'черга' },
  events: (count) => `${f.number(count)} ${f.plural(count, events)}`,
  workers: (count) =>
    `${f.number(count)} ${f.plural(count, { one: 'воркер', few: 'воркери', many: 'воркерів', other: 'воркера' })}`,
  broker: (name, kind, count) => `Брокер ${name}, ${kind}, ${count}`,
  readyUnacked: 'ready / unacked',
  queue: (name, ready, unacked) => `Черга ${name}: ready ${f.number(ready)}, unacked ${f.number(unacked)}`,
  deadQueue: (name, count) => `Черга dead-letter ${name}: зберігає ${f.number(count)}`,
  queueEmpty: 'черга порожня',
  noQueue: 'доставляє одразу',
  retryIn: (time) => `повтор через ${time}`,
  retries: (count, time) =>
    `${f.number(count)} ${f.plural(count, { one: 'чекає', few: 'чекають', many: 'чекають', other: 'чекають' })}, наступний через ${time}`,
  deadLettered: 'dead-letter',
  dropped: (count) => `втрачено ${f.number(count)}`,
  message: (message, event) => `${message} ${event}`,
  attempt: (n, of) => `спроба ${f.number(n)} з ${f.number(of)}`,
  attemptAt: (n, of, at) => `спроба ${f.number(n)} з ${f.number(of)} о ${at}`,
  try: 'Спробуйте',
  caption: {
    notRun: { what: 'Усе готове.', then: 'Запустіть, і повідомлення почнуть рухатися.' },
    nothingYet: { what: 'Ще нічого не сталося.', then: 'Перша подія попереду.' },
    down: { what: (process) => `${process} не працює.`, then: 'Що він робив, те втрачено; решта працює далі.' },
    downQueued: { what: (process) => `${process} не працює.`, then: 'Його повідомлення чекають; решта працює далі.' },
    failing: { what: (listener) => `${listener} кинув виняток.`, then: 'Інші слухачі працюють далі.' },
    retrying: {
      what: (count) =>
        `${f.number(count)} ${f.plural(count, { one: 'повідомлення чекає', few: 'повідомлення чекають', many: 'повідомлень чекають', other: 'повідомлення чекають' })} на повтор.`,
      then: (time) => `Наступна спроба через ${time}.`,
    },
    dead: {
      what: (count) =>
        `Від ${f.number(count)} ${f.plural(count, { one: 'повідомлення', few: 'повідомлень', many: 'повідомлень', other: 'повідомлення' })} відмовилися.`,
      then: 'Їх зберігає черга dead-letter.',
    },
    backlog: {
      what: (queue, ready) =>
        `${f.number(ready)} ${f.plural(ready, { one: 'повідомлення чекає', few: 'повідомлення чекають', many: 'повідомлень чекають', other: 'повідомлення чекають' })} у ${queue}.`,
      then: 'Ще один воркер візьме наступне.',
    },
    busy: {
      what: (count) =>
        `Зараз ${f.plural(count, { one: 'працює', few: 'працюють', many: 'працюють', other: 'працюють' })} ${f.number(count)} ${f.plural(count, { one: 'слухач', few: 'слухачі', many: 'слухачів', other: 'слухача' })}.`,
      then: 'Той, хто публікує, на них не чекає.',
    },
    calm: {
      what: (count) => `Поки що ${f.number(count)} ${f.plural(count, events)}.`,
      then: 'Цієї миті ніхто не працює.',
    },
    ended: {
      what: 'Прогін завершено.',
      then: (count) => `${f.number(count)} ${f.plural(count, events)}; журнал зберігає все.`,
    },
    unresponsive: {
      what: (process) => `${process} перестав відповідати.`,
      then: 'Його зупинено; журнал дотепер збережено.',
    },
  },
  tries: {
    start: 'Почати прогін',
    restart: (process) => `Повернути ${process}`,
    crash: 'Обвалити процес',
    worker: 'Додати воркера',
    changeListener: 'Змінити слухача',
    backTo: (at) => `Назад до ${at}`,
  },
  empty: {
    title: 'Ще нічого не працює',
    text: 'У цьому сценарії немає процесів. Додайте файл, який публікує або слухає, і він з’явиться тут.',
    addFile: 'Додати файл',
    pick: 'Вибрати сценарій',
  },
  loading: {
    title: 'Прогін уже в дорозі',
    text: 'Код можна читати вже зараз. Сцена з’явиться слідом.',
  },
  failed: {
    title: 'Сценарій не завантажено',
    text: 'Нічого не запущено. Код збережено, як є.',
    toCode: 'До коду',
  },
  emptyName: 'Порожня сцена',
};
