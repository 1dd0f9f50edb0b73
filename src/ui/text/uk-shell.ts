import type { enShell } from './en-shell';
import { ukFormat as f } from './format';
import type { Translated } from './text';

export const ukShell: Translated<typeof enShell> = {
  region: {
    editor: 'Редактор',
    stage: 'Сцена',
    timeline: 'Шкала часу',
    log: 'Журнал',
    console: 'Консоль',
    metrics: 'Метрики',
    inspector: 'Інспектор',
  },
  fate: {
    flight: 'у дорозі',
    delivered: 'доставлено',
    retried: 'повторюється',
    failed: 'помилка',
    dead: 'dead-letter',
    replayed: 'відтворено',
    comp: 'компенсація',
    dropped: 'відкинуто',
  },
  pane: {
    collapse: (pane) => `Згорнути: ${pane}`,
    expand: (pane) => `Розгорнути: ${pane}`,
    splitterColumns: 'Ширина коду',
    splitterRows: 'Висота шкали часу й журналу',
    splitterInspector: 'Ширина інспектора',
    loading: (pane) => `${pane}: завантажується`,
    failed: (pane) => `${pane}: не завантажилося`,
    failedWhy: 'Мережа або сервер не відповіли. Запуск триває.',
    again: 'Завантажити ще раз',
    close: 'Закрити',
    openCode: 'Відкрити код і журнал',
    closeCode: 'Закрити код і журнал',
    closeInspector: 'Закрити інспектор',
  },
  phone: {
    tabs: 'Панелі',
    stage: 'Сцена',
    code: 'Код',
    timeline: 'Час',
    message: 'Подія',
    log: 'Журнал',
  },
  toast: {
    undo: 'Скасувати',
    dismiss: 'Закрити',
  },
  live: {
    started: 'Запуск почався',
    paused: (at) => `Пауза на ${at}`,
    ended: (at) => `Запуск завершився на ${at}`,
    crashed: (process) => `${process} упав`,
    failed: (process, listener) => `${listener}: помилка в ${process}`,
    failures: (count) =>
      `${f.number(count)} ${f.plural(count, {
        one: 'доставка завершилася помилкою',
        few: 'доставки завершилися помилкою',
        many: 'доставок завершилися помилкою',
        other: 'доставки завершилися помилкою',
      })}`,
    rejected: (file) => `Файл ${file} не завантажено`,
    unresponsive: (process) => `${process} не відповідав, і його зупинено`,
    selectedMessage: (message) => `Вибрано повідомлення ${message}`,
    selectedEntry: (seq) => `Вибрано запис журналу ${f.number(seq)}`,
    selectedProcess: (process) => `Вибрано процес ${process}`,
    selectedBroker: (broker) => `Вибрано брокер ${broker}`,
    selectedIntervention: (index) => `Вибрано втручання ${f.number(index + 1)}`,
    cleared: 'Вибір знято',
  },
};
