import type { Fault } from '../../log/entry';
import type { Resource } from '../../log/entry-fault';
import type { enFaults, enFaultSentence } from './en-faults';
import type { Translated } from './text';
import { ukFormat as f } from './format';

const nth = (n: number): string => (n === 1 ? 'на кожному повідомленні' : `на кожному ${f.number(n)}-му повідомленні`);

const lowOn = { memory: 'бракує пам’яті', disk: 'бракує місця на диску' } as const satisfies Record<Resource, string>;

/** Що робить збій: назва, якою починається рядок. */
export function ukFault(fault: Fault): string {
  switch (fault.type) {
    case 'crash':
      return fault.every === undefined
        ? `Обвали ${fault.process}, ${f.share(fault.chance ?? 0)} повідомлень`
        : `Обвал ${fault.process} ${nth(fault.every)}`;
    case 'slow':
      return fault.factor === undefined
        ? `${fault.process} запізнюється на ${f.duration(fault.lagMs ?? 0)}`
        : `${fault.process} у ${f.number(fault.factor, 1)} ${f.plural(fault.factor, { one: 'раз', few: 'рази', many: 'разів', other: 'раза' })} повільніший`;
    case 'skew':
      return `Годинник ${fault.process} ${fault.skewMs < 0 ? 'відстає' : 'поспішає'} на ${f.duration(Math.abs(fault.skewMs))}`;
    case 'outage':
      return `${fault.broker} не працює`;
    case 'alarm':
      return `${fault.broker}: ${lowOn[fault.resource]}`;
    case 'partition':
      return `Розрив мережі ${fault.groups.map((group) => group.join(', ')).join(' | ')}`;
    case 'link':
      return `Поганий зв’язок ${fault.from} → ${fault.to}`;
    case 'poison':
      return fault.every === undefined
        ? `Зіпсовані ${fault.event} у ${fault.broker}: ${f.number(fault.times ?? 0)}`
        : `Зіпсований вміст ${fault.event} у ${fault.broker} ${nth(fault.every)}`;
  }
}

export const ukFaultSentence: Translated<typeof enFaultSentence> = {
  'broker.stopped': (e) => `${e.broker} зупинено`,
  'broker.started': (e) => `${e.broker} знову запущено`,
  'fault.began': (e) => `Починається збій: ${ukFault(e.fault)}`,
  'fault.ended': (e) => `Збій минув: ${e.name}`,
  'fault.struck': (e) => {
    const whom = [e.process, e.message].filter((each) => each !== undefined);
    return whom.length === 0 ? `Діє збій ${e.name}` : `Збій ${e.name} вразив ${whom.join(' на ')}`;
  },
  'message.duplicated': (e) => `Зв’язок ${e.from} → ${e.to} доставить ${e.message} ще раз`,
};

/** Діалог, у якому щось ламають, і позначки збоїв на сцені. */
export const ukFaults: Translated<typeof enFaults> = {
  open: 'Влаштувати збій',
  more: 'Інші збої',
  title: 'Влаштувати збій',
  at: (at) => `з ${at}`,
  what: 'Що ламається',
  choices: {
    'crash-once': 'Процес: падає зараз',
    'crash-every': 'Процес: падає на кожному n-му повідомленні',
    'crash-chance': 'Процес: падає випадково',
    slow: 'Процес: повільно обробляє',
    lag: 'Процес: реагує із запізненням',
    skew: 'Процес: неправильний годинник',
    outage: 'Брокер: зупиняється',
    'alarm-memory': 'RabbitMQ: бракує пам’яті',
    'alarm-disk': 'RabbitMQ: бракує місця на диску',
    loss: 'Зв’язок: губить повідомлення',
    duplicated: 'Зв’язок: доставляє двічі',
    delayed: 'Зв’язок: доставляє із запізненням',
    reordered: 'Зв’язок: плутає порядок',
    cut: 'Зв’язок: перерізаний',
    partition: 'Мережа: розпадається на дві групи',
    'poison-times': 'Вміст: зараз надходять зіпсовані повідомлення',
    'poison-every': 'Вміст: кожне n-те зіпсоване',
  },
  process: 'Процес',
  broker: 'Брокер',
  from: 'Звідки',
  to: 'Куди',
  event: 'Подія',
  side: 'По один бік',
  amount: {
    'crash-every': 'На котрому за ліком повідомленні',
    'crash-chance': 'Частка повідомлень, %',
    slow: 'У скільки разів повільніше',
    lag: 'Запізнення, мс',
    skew: 'Годинник поспішає на, мс (відстає: від’ємне)',
    loss: 'Частка повідомлень, %',
    duplicated: 'Частка повідомлень, %',
    delayed: 'Частка повідомлень, %',
    reordered: 'Частка повідомлень, %',
    'poison-times': 'Скільки',
    'poison-every': 'Котре за ліком повідомлення',
  },
  restart: 'Запускається знову через, мс (порожньо: не запускається)',
  interval: 'Триває, мс (порожньо: доки не припинити)',
  problem: {
    amount: 'Це число сюди не підходить.',
    side: 'Виберіть, хто по один бік, і залиште когось по інший.',
    'same-ends': 'Зв’язок має два різні кінці.',
    event: 'Назвіть подію, наприклад order.created.',
    restart: 'Вкажіть час до запуску в мілісекундах або нічого.',
    interval: 'Вкажіть тривалість у мілісекундах, щонайменше 1, або нічого.',
    nobody: 'Цієї миті немає нікого, з ким це могло б статися. Запустіть далі, доки хтось з’явиться.',
  },
  will: {
    crashOnce: (process) => `${process} падає цієї миті; те, що він обробляв, перерветься.`,
    crashEvery: (process, n) => `${process} падає ${nth(n)}, яке обробляє, не встигнувши відповісти.`,
    crashChance: (process, share) =>
      `Кожне повідомлення з імовірністю ${f.share(share)} валить ${process}; котре саме, вирішує seed.`,
    slow: (process, factor) =>
      `Усе, чого ${process} чекає під час обробки, триває довше: множник ${f.number(factor, 1)}.`,
    lag: (process, ms) => `Усе, що йде до ${process}, надходить пізніше на ${f.duration(ms)}.`,
    skew: (process, ms) =>
      `Годинник ${process} ${ms < 0 ? 'відстає' : 'поспішає'} на ${f.duration(Math.abs(ms))}: його Date і час його повідомлень. Таймери йдуть як завжди.`,
    outage: (broker) => `${broker} зупиняється повністю. Тривке він зберігає, решту втрачає.`,
    alarm: (broker, resource) =>
      `${broker}: ${lowOn[resource]}. Кожне з’єднання блокується на наступному ж повідомленні, яке публікує, і до кінця тривоги брокер нічого з нього не читає, навіть ack. Хто лише споживає, працює далі.`,
    loss: (from, to, share) => `${f.share(share)} повідомлень від ${from} до ${to} губляться.`,
    duplicated: (from, to, share) =>
      `${f.share(share)} повідомлень від ${from} до ${to} надходять двічі, з тим самим id.`,
    delayed: (from, to, share) =>
      `${f.share(share)} повідомлень від ${from} до ${to} надходять на секунду пізніше й затримують наступні.`,
    reordered: (from, to, share) =>
      `${f.share(share)} повідомлень від ${from} до ${to} надходять на секунду пізніше, і наступні їх випереджають.`,
    cut: (from, to) => `Від ${from} до ${to} не доходить нічого.`,
    partition: (one, other) => `Між ${one} та ${other} немає зв’язку.`,
    poisonTimes: (event, broker, n) => `До ${broker} надходять ${event}, чий вміст уже не JSON: ${f.number(n)}.`,
    poisonEvery: (event, broker, n) =>
      `Вміст ${n === 1 ? 'кожного' : `кожного ${f.number(n)}-го`} ${event}, опублікованого в ${broker}, перестає бути JSON.`,
    restarts: (ms) => `Через ${f.duration(ms)} запускається знову.`,
    staysDown: 'Сам не запуститься.',
    lasts: (ms) => `Через ${f.duration(ms)} усе стане як було.`,
    stays: 'Так буде, доки це не припинити.',
  },
  active: 'Тривають цієї миті',
  end: 'Припинити',
  endOf: (what) => `Припинити: ${what}`,
  ended: (what) => `Припинено: ${what}`,
  begin: 'Почати',
  about: 'Стане втручанням на шкалі часу; скасування поверне все назад.',
  streamNote:
    'RabbitMQ, Redis і HTTP працюють через з’єднання, яке це виправляє: загублене надсилається знову й лише запізнюється.',
  poisonNote:
    'Псується те, що публікують або дописують: на шині, у сховищах подій, у RabbitMQ, у каналах і потоках Redis, у вебхуках. Звичайні HTTP-запити й інші значення в Redis, як-от списки, лишаються цілими.',
  badge: {
    crash: 'падає',
    slow: (factor) => `×${f.number(factor, 1)}`,
    lag: (ms) => `+${f.duration(ms)}`,
    skew: (ms) => `${ms < 0 ? '−' : '+'}${f.duration(Math.abs(ms))}`,
    stopped: 'зупинено',
    lowOn: (resource) => lowOn[resource],
    blocked: 'заблоковано',
    blockedBy: (broker, reason) => `${broker} не читає нічого, що він надсилає: ${reason}`,
  },
};
