import type { ReplayText } from './en-replay';
import { ukFormat as f } from './format';

export const ukReplay: ReplayText = {
  title: 'Повторити ці події для…',
  at: (from, to, at) => `опубліковані з ${from} до ${to}, повтор о ${at}`,
  broker: 'Події з',
  process: 'Для процесу',
  listener: 'Його слухач',
  everyListener: 'усі його слухачі',
  pattern: 'Лише події за шаблоном',
  patternHelp: '# — будь-скільки слів, * — рівно одне: order.*',
  publisher: 'Хто опублікував',
  anybody: 'будь-хто',
  correlation: 'Лише з кореляцією',
  correlationHelp: 'Id, спільний для повідомлення й усього, що воно спричинило, як-от m_12; порожньо: будь-яка',
  suppress: 'Притримати те, що слухачі публікують, надсилають і зберігають; про це скаже журнал',
  found: (n) =>
    `Опубліковано на цьому відтинку й підходить: ${f.number(n)} ${f.plural(n, { one: 'подія', few: 'події', many: 'подій', other: 'події' })}.`,
  none: 'На цьому відтинку до миті програвання немає подій, що підходять.',
  noBroker: 'О цій миті жодна шина подій і жодне сховище подій не має слухачів.',
  about: 'Їх буде передано одну за одною й позначено як повторені. Це стане втручанням на часовій шкалі.',
  send: 'Повторити',
  done: (n, to) =>
    `Повторено для ${to}: ${f.number(n)} ${f.plural(n, { one: 'подія', few: 'події', many: 'подій', other: 'події' })}`,
  results: {
    title: 'Що вийшло',
    figure: 'Показник',
    then: 'тоді',
    now: 'тепер',
    rows: {
      handled: ['оброблено', 'слухач завершився добре'],
      failed: ['невдачі', 'слухач кинув помилку'],
      effects: ['випущено', 'події, опубліковані чи додані, та запити, що щось змінюють; притримані чи ні'],
      apart: ['з них лише тут', 'випущено через повідомлення тут, а в другому стовпці — ні'],
      absent: ['не оброблено', 'жоден слухач із таким іменем не мав цього повідомлення'],
    },
    none: 'О цій миті жодне з повідомлень повтору ще не оброблено.',
    differing: (differing, messages) =>
      differing === 0
        ? `Усе вийшло однаково; повідомлень: ${f.number(messages)}.`
        : `Вийшло інакше: ${f.number(differing)} з ${f.number(messages)}.`,
    ofTwo: 'Що дали їхні повтори',
    noneOfTwo: 'Нічого не повторено.',
    unknownEffects:
      'Що випущено через котре повідомлення, не визначити: хто читає потік, тримав кілька водночас. З COUNT 1 це видно.',
    list: 'Вийшло інакше',
    shown: (shown, all) => (shown < all ? `перші ${f.number(shown)} з ${f.number(all)}` : ''),
    how: { handled: 'оброблено', failed: 'невдача', absent: 'не оброблено' },
    outcome: (how, effects) =>
      effects.length === 0
        ? how
        : `${how}, ${effects.length === 1 ? (effects[0] ?? '') : `випущено ${f.number(effects.length)}`}`,
    select: (message, listener) => `${message} у слухача ${listener}`,
  },
};
