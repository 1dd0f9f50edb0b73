import type { EntryOf } from '../../log/entry';
import type { SagaEnded, SagaFailureReason } from '../../log/entry-saga';
import type { enSagas, enSagaSentence } from './en-sagas';
import { ukFormat as f } from './format';
import type { Translated } from './text';

type FailedEntry = EntryOf<'saga.step-failed' | 'saga.compensation-failed'>;
type RetryEntry = EntryOf<'saga.step-retry-scheduled' | 'saga.compensation-retry-scheduled'>;

const attempt = (n: number): string => (n > 1 ? `, спроба ${f.number(n)}` : '');
const steps = (n: number): string =>
  `${f.number(n)} ${f.plural(n, { one: 'крок', few: 'кроки', many: 'кроків', other: 'кроку' })}`;

const why: Record<SagaFailureReason, (e: FailedEntry) => string> = {
  threw: ({ failure }) => `${failure.name}: ${failure.message}`,
  timeout: ({ tookMs }) => `немає відповіді за ${f.duration(tookMs)}`,
  'saga-timeout': () => 'час усієї саги вийшов',
  limit: ({ failure }) => failure.message,
};

const stuck = (step: string): Record<NonNullable<SagaEnded['stuck']>, string> => ({
  compensation: `${step} не вдається скасувати`,
  'past-pivot': `${step} не вдається, а після точки неповернення дороги назад немає`,
  'pivot-unknown': `ніхто не знає, чи відбувся ${step}, точка неповернення`,
  definition: `у визначенні більше немає кроку ${step}`,
});

function ended(e: EntryOf<'saga.ended'>): string {
  const took = ` за ${f.duration(e.tookMs)}`;
  switch (e.outcome) {
    case 'completed':
      return `${e.instance}: завершено${took}`;
    case 'compensated':
      return `${e.instance}: компенсовано${took}, бо не вдався ${e.step ?? ''}; нічого не лишилося`;
    case 'failed':
      return `${e.instance}: невдача на кроці ${e.step ?? ''}${took}. Лишилося зробленим, бо не має компенсації: ${(e.kept ?? []).join(', ')}`;
    case 'stuck':
      return `${e.instance}: сага застрягла${took}: ${e.stuck === undefined ? '' : stuck(e.step ?? '')[e.stuck]}`;
  }
}

const again = (e: RetryEntry): string =>
  `спроба ${f.number(e.nextAttempt)} з ${f.number(e.attempts)} о ${f.instant(e.dueAtMs)}`;

export const ukSagaSentence: Translated<typeof enSagaSentence> = {
  'saga.declared': (e) => `${e.process} має сагу ${e.saga}: ${steps(e.stages.flat().length)}`,
  'saga.started': (e) => `Сага ${e.saga}: почалася ${e.instance}`,
  'saga.resumed': (e) =>
    e.reason === 'crash' ? `${e.process} продовжує ${e.instance}` : `${e.instance}: нова спроба на прохання`,
  'saga.step-started': (e) => `${e.instance}: почався крок ${e.step}${attempt(e.attempt)}`,
  'saga.step-succeeded': (e) =>
    `${e.instance}: крок ${e.step} виконано за ${f.duration(e.tookMs)}${attempt(e.attempt)}`,
  'saga.step-failed': (e) => `${e.instance}: крок ${e.step} не вдався${attempt(e.attempt)}: ${why[e.reason](e)}`,
  'saga.step-retry-scheduled': (e) => `${e.instance}: ${e.step} ще раз, ${again(e)}`,
  'saga.compensation-started': (e) => `${e.instance}: скасування кроку ${e.step}${attempt(e.attempt)}`,
  'saga.compensation-succeeded': (e) =>
    `${e.instance}: крок ${e.step} скасовано за ${f.duration(e.tookMs)}${attempt(e.attempt)}`,
  'saga.compensation-failed': (e) =>
    `${e.instance}: скасувати ${e.step} не вдалося${attempt(e.attempt)}: ${why[e.reason](e)}`,
  'saga.compensation-retry-scheduled': (e) => `${e.instance}: скасувати ${e.step} ще раз, ${again(e)}`,
  'saga.ended': ended,
};

export const ukSagas: Translated<typeof enSagas> = {
  title: 'Саги',
  fact: (instances) =>
    `${f.number(instances)} ${f.plural(instances, { one: 'екземпляр', few: 'екземпляри', many: 'екземплярів', other: 'екземпляра' })}`,
  states: 'Стани',
  instances: 'Екземпляри',
  shown: (shown, all) => `${f.number(shown)} з ${f.number(all)}`,
  state: {
    completed: 'завершено',
    compensated: 'компенсовано',
    compensating: 'компенсується',
    running: 'триває',
    stuck: 'застрягла',
    failed: 'невдача',
  },
  only: (state, count) => `Лише ${state}: ${f.number(count)}`,
  newer: 'Новіші екземпляри',
  earlier: 'Давніші екземпляри',
  noNewer: 'Це найновіші',
  noEarlier: 'Це перші',
  find: 'Замовлення, крок, причина',
  none: 'Жодна сага ще не почалася',
  noneThen: 'Екземпляри з’являться тут, щойно почнуться.',
  order: 'Порядок саг',
  orders: { start: 'За початком', step: 'За кроком', duration: 'За тривалістю' },
  waits: (step, ms) => `чекає на ${step}, ${f.duration(ms)}`,
  detail: (instance) => `Подробиці ${instance}`,
  crash: (process) => `Обвалити ${process}`,
  steps: 'Кроки',
  standing: 'Стан на цю мить',
  durations: 'Скільки вони тривають',
  completedOnly: 'завершені',
  choreographed: (event) => `${event}, без оркестратора`,
  row: { saga: 'Сага', instance: 'Екземпляр', step: 'Крок', state: 'Стан' },
  open: 'Відкрити серед саг',
  nextStuck: 'Наступна застрягла',
  caption: {
    stuck: {
      what: (n) =>
        `${f.number(n)} ${f.plural(n, { one: 'сага застрягла', few: 'саги застрягли', many: 'саг застрягло', other: 'саги застрягло' })}.`,
      then: 'Ні вперед, ні назад, доки хтось не вирішить.',
    },
    compensating: {
      what: (n) =>
        `${f.number(n)} ${f.plural(n, { one: 'сага повертається', few: 'саги повертаються', many: 'саг повертається', other: 'саги повертається' })} назад.`,
      then: 'Зроблене скасовується, останній крок першим.',
    },
    running: {
      what: (n) =>
        `${f.number(n)} ${f.plural(n, { one: 'сага триває', few: 'саги тривають', many: 'саг триває', other: 'саги триває' })}.`,
      then: 'Кожна йде далі, щойно крок відповість.',
    },
    over: {
      what: (n) =>
        `${f.number(n)} ${f.plural(n, { one: 'сага скінчилася', few: 'саги скінчилися', many: 'саг скінчилося', other: 'саги скінчилося' })}.`,
      then: (undone) => (undone === 0 ? 'Усі пройшли до кінця.' : `Не пройшло до кінця: ${f.number(undone)}.`),
    },
  },
  legend: { done: 'крок виконано', running: 'триває', failed: 'крок не вдався', undone: 'крок скасовано' },
  undo: (step) => `скасувати ${step}`,
  attempt: (step, attempt, how) => `${step}${attempt > 1 ? `, спроба ${f.number(attempt)}` : ''}: ${how}`,
  how: { done: 'виконано', failed: 'не вдалося', cut: 'перервано падінням', open: 'триває' },
};
