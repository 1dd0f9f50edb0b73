import type { enStage } from './en-stage';
import { ukFormat as f } from './format';
import type { Translated } from './text';

const events = { one: 'подія', few: 'події', many: 'подій', other: 'події' };

export const ukStage: Translated<typeof enStage> = {
  inFlight({ messages, calls }) {
    if (calls === 0) return `${f.number(messages)} у дорозі`;
    const asked = `${f.number(calls)} ${f.plural(calls, { one: 'виклик', few: 'виклики', many: 'викликів', other: 'виклику' })} у дорозі`;
    const words = { one: 'повідомлення', few: 'повідомлення', many: 'повідомлень', other: 'повідомлення' };
    return messages === 0 ? asked : `${f.number(messages)} ${f.plural(messages, words)} і ${asked}`;
  },
  publish: 'Опублікувати',
  request: 'Надіслати HTTP-запит',
  requestShort: 'Запит',
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
  slow: (service) => `Сповільнити зв’язок ${service}`,
  unslow: (service) => `Звичайний зв’язок ${service}`,
  whyNoWorker: 'Тут нема чого масштабувати',
  fit: 'Вмістити всю сцену',
  cutLink: 'Перерізати зв’язок',
  cutHint: 'Виберіть зв’язок, який перерізати. Escape лишає все, як є.',
  whyNoLink: 'Немає зв’язку, який можна перерізати',
  resetLayout: 'Скинути розташування',
  layoutReset: 'Усе знову стоїть там, де його ставить автоматичне розташування.',
  undo: 'Повернути',
  minimap: 'Карта всієї сцени',
  link: {
    name: (from, to, state) => `Зв’язок ${from} – ${to}, ${state}`,
    title: (from, to) => `Зв’язок ${from} – ${to}`,
    state: {
      normal: 'звичайний',
      slow: 'повільний',
      lossy: 'губить повідомлення',
      cut: 'перерізаний',
      down: 'на кінці нікого',
      absent: 'ще не існує',
    },
    preset: { normal: 'Звичайний', slow: 'Повільний', lossy: 'Губить', cut: 'Розрив' },
    presets: 'Що робить зв’язок',
    latency: 'Затримка, мс',
    jitter: 'Розкид, мс',
    loss: 'Втрати, %',
    done: 'Готово',
    cutLoses: 'перерізаний: надіслане губиться',
    cutHolds: 'перерізаний: надіслане чекає',
    atOnce: 'доставляє одразу',
    between: (least, most) => `від ${least} до ${most}`,
    lost: (percent) => `губить ${percent} %`,
    calls: (count, open) =>
      `${f.number(count)} ${f.plural(count, { one: 'виклик', few: 'виклики', many: 'викликів', other: 'виклику' })}${open > 0 ? `, відкритих ${f.number(open)}` : ''}`,
    noCalls: 'ще жоден виклик не завершився',
    errors: (count, percent) => `без відповіді або з 5xx: ${f.number(count)}, ${percent} %`,
    turnedDown: (count) => `відхилено з 4xx: ${f.number(count)}`,
    percentiles: (p50, p95, p99) => `p50 ${p50}, p95 ${p95}, p99 ${p99}`,
    lastCalls: 'Останні виклики',
  },
  place: {
    called: (whom, at) => `чекає на ${whom} з ${at}`,
    handled: (listener) => `його обробляє ${listener}`,
    flying: (to) => `у дорозі до ${to}`,
    ready: (queue) => `ready у ${queue}`,
    dead: (queue) => `зберігається в ${queue}`,
    age: (age) => `опубліковано ${age} тому`,
  },
  card: {
    counts: (handled, failed) => `оброблено ${f.number(handled)}, невдач ${f.number(failed)}`,
    life: (life) => `життя ${f.number(life)}`,
    queue: (ready, unacked) => `ready ${f.number(ready)}, unacked ${f.number(unacked)}`,
    head: (message, event) => `перше ${message} ${event}`,
    kept: (count) => `зберігає ${f.number(count)}`,
    queues: (count) =>
      `${f.number(count)} ${f.plural(count, { one: 'черга', few: 'черги', many: 'черг', other: 'черги' })}`,
    listeners: (count) =>
      `${f.number(count)} ${f.plural(count, { one: 'слухач', few: 'слухачі', many: 'слухачів', other: 'слухача' })}`,
  },
  headIn: (time) => `перше через ${time}`,
  graph: 'Граф процесів і брокерів',
  rows: 'Процеси й брокери',
  legend: 'Долі',
  hideLegend: 'Сховати долі',
  showLegend: 'Показати долі',
  squares: (count) => `понад ${f.number(count)}: квадрати за кольором`,
  idle: 'вільний',
  notYet: 'ще не запущено',
  notYetShort: 'ще ні',
  published: (count) => `опубліковано ${f.number(count)}`,
  idlePublished: (count) => `вільний · ${f.number(count)} ${f.plural(count, events)}`,
  handling: (message, event) => `${message} ${event}`,
  waitsFor: (whom, time) => `чекає на ${whom}, ${time}`,
  waitsOn: (whom) => `чекає на ${whom}`,
  handlingMany: (count) => `${f.number(count)} в роботі`,
  progress: (done, total) => `${done} з ${total}`,
  downFor: (time) => `упав: ${time}`,
  crashed: (ago) => `упав ${ago} тому`,
  stopped: (ago) => `зупинений ${ago} тому`,
  exited: (code) => `вихід ${code}`,
  state: { running: 'працює', crashed: 'упав', exited: 'завершився', stopped: 'зупинений', absent: 'ще не запущено' },
  process: (name, state) => `Процес ${name}, ${state}`,
  processRow: (name, state) => `${name}: ${state}`,
  listenerRow: (listener, state) => `Слухач ${listener}: ${state}`,
  sagas: {
    all: (counts) => `саги: ${counts}`,
    running: (n) => `${f.number(n)} ${f.plural(n, { one: 'триває', other: 'тривають' })}`,
    compensating: (n) => `${f.number(n)} ${f.plural(n, { one: 'компенсується', other: 'компенсуються' })}`,
    stuck: (n) => `${f.number(n)} ${f.plural(n, { one: 'застрягла', other: 'застрягли' })}`,
  },
  breaker: {
    state: {
      closed: 'замкнений',
      open: 'розімкнений',
      'half-open': 'напіввідкритий',
      isolated: 'розімкнений вручну',
    },
    is: (name, state) => `запобіжник ${name} ${state}`,
    until: (time) => `напіввідкритий через ${time}`,
    due: 'вирішить наступний виклик',
  },
  moreRows: (count) => `ще ${f.number(count)}`,
  threw: 'виняток',
  stalled: 'не відповідає',
  kinds: {
    bus: 'шина подій',
    queue: 'черга',
    rabbitmq: 'RabbitMQ',
    redis: 'Redis',
    webhooks: 'відправник',
    'event-store': 'сховище подій',
  },
  events: (count) => `${f.number(count)} ${f.plural(count, events)}`,
  workers: (count) =>
    `${f.number(count)} ${f.plural(count, { one: 'воркер', few: 'воркери', many: 'воркерів', other: 'воркера' })}`,
  broker: (name, kind, count) => `Брокер ${name}, ${kind}, ${count}`,
  readyUnacked: 'ready / unacked',
  queue: (name, ready, unacked) => `Черга ${name}: ready ${f.number(ready)}, unacked ${f.number(unacked)}`,
  deadQueue: (name, count) => `Черга dead-letter ${name}: зберігає ${f.number(count)}`,
  queueEmpty: 'черга порожня',
  noQueue: 'доставляє одразу',
  retryNow: 'повтор зараз',
  retryIn: (time) => `повтор через ${time}`,
  retries: (count, time) =>
    `${f.number(count)} ${f.plural(count, { one: 'чекає', few: 'чекають', many: 'чекають', other: 'чекають' })}, наступний через ${time}`,
  deadLettered: 'dead-letter',
  dropped: (count) => `відкинуто ${f.number(count)}`,
  message: (message, event) => `${message} ${event}`,
  attempt: (n, of) => `спроба ${f.number(n)} з ${f.number(of)}`,
  attemptAt: (n, of, at) => `спроба ${f.number(n)} з ${f.number(of)} о ${at}`,
  try: 'Спробуйте',
  caption: {
    notRun: { what: 'Усе готове.', then: 'Запустіть, і повідомлення почнуть рухатися.' },
    nothingYet: { what: 'Ще нічого не сталося.', then: 'Перша подія попереду.' },
    down: { what: (process) => `${process} не працює.`, then: 'Що він робив, те втрачено; решта працює далі.' },
    downQueued: { what: (process) => `${process} не працює.`, then: 'Його повідомлення чекають; решта працює далі.' },
    cut: {
      what: (from, to) => `Зв’язок ${from} – ${to} перерізано.`,
      then: 'Що ним надсилають, те губиться.',
    },
    cutWaits: {
      what: (from, to) => `Зв’язок ${from} – ${to} перерізано.`,
      then: 'Що ним надсилають, те чекає, доки його з’єднають.',
    },
    wrong: {
      what: (fault) => `${fault}.`,
      then: 'Його позначка на шкалі часу розкаже, що він накоїв.',
    },
    failing: {
      what: {
        threw: (listener) => `${listener} кинув виняток.`,
        timeout: (listener) => `${listener} не відповів вчасно.`,
        limit: (listener) => `${listener} зупинено: вичерпано ліміт.`,
        refused: (listener) => `${listener} відхилив повідомлення.`,
        status: (listener) => `${listener} відповів не 2xx.`,
        unreachable: (listener) => `На ${listener} ніхто не відповідає.`,
        policy: (listener) => `Політика адрес не пускає відправника до ${listener}.`,
      },
      then: 'Інші слухачі працюють далі.',
    },
    noAnswer: {
      what: (from, to) => `${from} не отримав відповіді від ${to}.`,
      then: (why) => `${why}.`,
    },
    broken: {
      what: (to, status) => `${to} відповів ${String(status)}.`,
      then: (from) => `Що з цим робити, вирішує код ${from}.`,
    },
    awaiting: {
      what: (from, to, time) => `${from} чекає на ${to} вже ${time}.`,
      then: (from, count) =>
        count > 1
          ? `Там ${f.plural(count, { one: 'чекає', few: 'чекають', many: 'чекають', other: 'чекають' })} ${f.number(count)} ${f.plural(count, { one: 'виклик', few: 'виклики', many: 'викликів', other: 'виклику' })}.`
          : `Хто викликав ${from}, теж чекає.`,
    },
    serving: {
      what: (count) =>
        `Зараз ${f.plural(count, { one: 'виконується', few: 'виконуються', many: 'виконується', other: 'виконуються' })} ${f.number(count)} ${f.plural(count, { one: 'запит', few: 'запити', many: 'запитів', other: 'запиту' })}.`,
      then: 'Хто викликав, чекає на відповідь.',
    },
    calmCalls: {
      then: 'Цієї миті ніхто не чекає.',
      what: (count) =>
        `Поки що ${f.number(count)} ${f.plural(count, { one: 'виклик', few: 'виклики', many: 'викликів', other: 'виклику' })}.`,
    },
    endedCalls: {
      what: 'Запуск завершено.',
      then: (count) =>
        `${f.number(count)} ${f.plural(count, { one: 'виклик', few: 'виклики', many: 'викликів', other: 'виклику' })}; журнал зберігає все.`,
    },
    stuckSagas: {
      what: (n, process) => `Застрягло саг у ${process}: ${f.number(n)}.`,
      then: 'Самі вони не підуть ні далі, ні назад.',
    },
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
    kept: {
      what: (queue, ready) =>
        `${f.number(ready)} ${f.plural(ready, { one: 'повідомлення чекає', few: 'повідомлення чекають', many: 'повідомлень чекають', other: 'повідомлення чекають' })} у ${queue}.`,
      then: 'Звідти їх ніхто не забирає.',
      goOn: 'Вони йдуть далі, щойно мине TTL.',
    },
    busy: {
      what: (count) =>
        `Зараз ${f.plural(count, { one: 'працює', few: 'працюють', many: 'працюють', other: 'працюють' })} ${f.number(count)} ${f.plural(count, { one: 'слухач', few: 'слухачі', many: 'слухачів', other: 'слухача' })}.`,
      then: 'Той, хто публікує, не чекає.',
    },
    calm: {
      what: (count) => `Поки що ${f.number(count)} ${f.plural(count, events)}.`,
      then: 'Цієї миті ніхто не працює.',
    },
    ended: {
      what: 'Запуск завершено.',
      then: (count) => `${f.number(count)} ${f.plural(count, events)}; журнал зберігає все.`,
    },
    unresponsive: {
      what: (process) => `${process} перестав відповідати.`,
      then: 'Його зупинено; журнал дотепер збережено.',
    },
  },
  tries: {
    start: 'Почати запуск',
    restart: (process) => `Повернути ${process}`,
    crash: 'Обвалити процес',
    crashSaga: (process) => `Обвалити ${process} посеред саги`,
    sagas: 'Подивитися саги',
    worker: 'Додати воркера',
    again: 'Запустити ще раз',
    publish: (event) => `Опублікувати ${event}`,
    slow: (to) => `Сповільнити зв’язок до ${to}`,
    cut: (to) => `Від’єднати ${to}`,
    mend: (to) => `Під’єднати ${to}`,
    changeListener: 'Змінити слухача',
    firstFailure: 'Перший збій',
    backTo: (at) => `Назад до ${at}`,
  },
  triesShort: {
    run: 'Почати',
    restart: 'Повернути',
    crash: 'Обвалити',
    crashSaga: 'Обвалити',
    worker: 'Додати',
    replica: 'Додати',
    again: 'Ще раз',
    publish: 'Подія',
    slow: 'Сповільнити',
    cut: 'Від’єднати',
    mend: 'Під’єднати',
    change: 'Змінити',
  },
  nothing: {
    title: 'Нічого не відкрито',
    text: 'Оберіть сценарій: тут він запускається, ламається й відтворюється.',
  },
  empty: {
    title: 'Ще нічого не працює',
    text: 'У цьому сценарії немає процесів. Додайте файл, який публікує або слухає, і він з’явиться тут.',
    addFile: 'Додати файл',
    pick: 'Вибрати сценарій',
  },
  loading: {
    title: 'Запуск уже в дорозі',
    text: 'Код можна читати вже зараз. Сцена з’явиться слідом.',
  },
  failed: {
    title: 'Сценарій не завантажено',
    text: 'Нічого не запущено. Код збережено, як є.',
    toCode: 'До коду',
  },
  emptyName: 'Порожня сцена',
};
