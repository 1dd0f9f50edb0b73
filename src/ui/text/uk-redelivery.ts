import type { enRedelivery } from './en-redelivery';
import { ukFormat as f } from './format';
import type { Translated } from './text';

const letters = (n: number): string =>
  `${f.number(n)} ${f.plural(n, { one: 'dead letter', few: 'dead letters', many: 'dead letters', other: 'dead letters' })}`;

export const ukRedelivery: Translated<typeof enRedelivery> = {
  intervention: (messages, queue) =>
    messages?.length === 1
      ? `Повернути ${messages[0] ?? ''} з ${queue}`
      : `Повернути ${messages === undefined ? 'всі' : letters(messages.length)} з ${queue}`,
  flag: (messages, queue) => (messages?.length === 1 ? `Повернути ${messages[0] ?? ''}` : `Повернути з ${queue}`),
  redriven: ({ message, queue, to, listener, data }) =>
    `${message} повернуто з ${queue} до ${to ?? listener}${data === undefined ? '' : ', зі зміненим вмістом'}`,
  deadLettered: ({ message, queue, listener, attempts, reason }) =>
    reason === 'budget'
      ? `${listener} здався на ${message} після спроби ${f.number(attempts)}: бюджет повторів вичерпано. Воно в ${queue}`
      : `${message} повернули, але ${listener} так і не відповів: воно знову в ${queue}`,
  overBudget: ', бюджет повторів вичерпано',
  mark: ', після повернення',
  replay: (process, listener, pattern) =>
    `Відтворити ${pattern === '#' ? 'всі події' : pattern} для ${listener ?? process}`,
  held: ({ process, effect, event, broker, place = '' }) => {
    const what = {
      message: `опублікував би ${event} у ${broker}`,
      request: `надіслав би ${event} до ${broker}`,
      answer: `відповів би на ${broker}: ${event}`,
      command: `дав би ${broker} команду ${event}`,
      append: `додав би ${event} до ${place} у ${broker}`,
      write: event === 'delete' ? `видалив би ${place} з ${broker}` : `записав би ${place} у ${broker}`,
    }[effect ?? 'message'];
    return `${process} ${what}: це притримано`;
  },
  recover: (which, queue, sinceMs) =>
    `Надіслати на ${queue} ${which === 'failed' ? 'ще раз те, що не вдалося' : 'те, що туди не надсилали'}${sinceMs > 0 ? `, від ${f.instant(sinceMs)}` : ''}`,
  moveGroup: (group, stream, id) =>
    id === '0'
      ? `Хай ${group} прочитає ${stream} ще раз від початку`
      : id === '$'
        ? `Хай ${group} читає в ${stream} лише те, що надійде відтепер`
        : `Хай ${group} читає ${stream} далі після ${id}`,
  times: (n) => (n === 1 ? 'повернуто' : `повернуто ${f.number(n)} ${f.plural(n, { few: 'рази', other: 'разів' })}`),
  list: {
    reason: { attempts: 'здався', budget: 'бюджет повторів вичерпано', unanswered: 'ніхто не відповів' },
    why: (listener, attempts) =>
      `${listener}, ${f.number(attempts)} ${f.plural(attempts, { one: 'спроба', few: 'спроби', many: 'спроб', other: 'спроби' })}`,
    select: (message, listener) =>
      listener === '' ? `Позначити ${message}` : `Позначити ${message} слухача ${listener}`,
    edit: (message) => `Змінити ${message} й повернути`,
    all: (n) => `Повернути всі ${f.number(n)}`,
    selected: (n) => `Повернути позначені: ${f.number(n)}`,
    done: (n, queue) => `Повернуто з ${queue}: ${letters(n)}`,
    none: 'О цій миті порожньо',
  },
  dialog: {
    title: (message) => `Повернути ${message}`,
    at: (queue, at) => `з ${queue} о ${at}`,
    died: 'Чому воно тут',
    payload: 'Вміст, JSON',
    empty: 'Рядок 1, стовпець 1: тут має бути значення.',
    about: 'Те саме повідомлення йде туди, де його не змогли обробити. Це стане втручанням на шкалі часу.',
    original: 'Відновити вміст',
    send: 'Повернути',
  },
};
