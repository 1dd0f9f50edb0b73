import type { enTimeline } from './en-timeline';
import { ukFormat as f } from './format';
import type { Translated } from './text';

export const ukTimeline: Translated<typeof enTimeline> = {
  computedTo: (at) => `обчислено до ${at}`,
  wholeRun: 'Увесь прогін',
  interventions: 'Втручання',
  range: (from, to) => `${from} – ${to} с`,
  zoomIn: 'Наблизити',
  zoomOut: 'Віддалити',
  fit: 'Увесь прогін',
  fold: 'Чекання згорнуто',
  waiting: 'чекання',
  ofWaiting: (time) => `${time} чекання`,
  foldedSum: (time, places) =>
    `Згорнуто ${time} чекання у ${f.number(places)} ${f.plural(places, { one: 'місці', few: 'місцях', many: 'місцях', other: 'місця' })}`,
  outage: { crashed: 'упав', exited: 'завершився', stopped: 'зупинений' },
  depth: 'Глибина черги',
  underWay: 'У роботі',
  others: 'усі інші',
  lanes: 'Процеси',
  lane: (process) => `Вибрати ${process}`,
  overview: 'Огляд усього прогону',
  windowFrom: 'Початок вікна',
  windowTo: 'Кінець вікна',
  flag: (what, at) => `${what} о ${at}`,
  refused: (what, why) => `${what}: відмовлено, ${why}`,
  remove: (what) => `Прибрати: ${what}`,
  flagHelp: 'Тягніть, щоб пересунути; Delete прибирає. Прогін звідти обчислюється знову.',
  what: {
    publish: (event) => `Опублікувати ${event}`,
    crash: (process) => `Обвал ${process}`,
    stop: (process) => `Зупинка ${process}`,
    restart: (process) => `Перезапуск ${process}`,
    scale: (name, count) => `${name} × ${f.number(count)}`,
    edit: (file) => file,
    cut: (from, to) => `Обрив ${from} → ${to}`,
    link: (from, to) => `Лінія ${from} → ${to}`,
  },
  bar: (listener, message, fate, took) => `${listener} ${message}, ${fate}, ${took}`,
  open: 'триває',
  canvas: (lanes, from, to) =>
    `Доріжки ${f.number(lanes)} ${f.plural(lanes, { one: 'процесу', few: 'процесів', many: 'процесів', other: 'процесу' })} від ${from} до ${to}. Те саме словами каже журнал.`,
  empty: 'Поки нема чого показати. Доріжки з’являться, щойно запустяться процеси.',
};
