import type { GalleryTexts } from './about';

/** Patterns of keeping: what is stored, what is published, and what can be made of it again. */
export const storingTexts: GalleryTexts = {
  outbox: {
    about: {
      en: 'Store and publish, with a crash in between: a lost order, an invented one, and neither.',
      uk: 'Зберегти й опублікувати, а між ними збій: загублене замовлення, вигадане — і жодного.',
    },
    learn: {
      en: [
        'Storing first and publishing then: two orders are paid for and never sent.',
        'Publishing first: two parcels are sent that nobody has ordered.',
        'With the event in the same transaction nothing is lost or invented: after a crash the relay publishes what is left.',
      ],
      uk: [
        'Спершу зберегти, потім опублікувати: два замовлення оплачено й не відправлено.',
        'Спершу опублікувати: дві посилки їдуть тим, хто нічого не замовляв.',
        'Коли подія в тій самій транзакції, ніщо не губиться й не вигадується: після збою ретранслятор публікує решту.',
      ],
    },
    tries: {
      en: [
        'Drag the crash of with-outbox anywhere: the warehouse always sends what was ordered.',
        'Select an order of with-outbox in the log: one commit adds the order and its event.',
        'Take the crashes away: the three shops are the same, which is why the mistake goes unnoticed for so long.',
      ],
      uk: [
        'Перетягніть збій with-outbox будь-куди: склад завжди відправляє те, що замовили.',
        'Виберіть у журналі замовлення with-outbox: одна фіксація додає і замовлення, і подію.',
        'Приберіть збої: три магазини однакові, тому цієї помилки так довго не помічають.',
      ],
    },
  },
  idempotency: {
    about: {
      en: 'The answer comes too late, the app asks again: one bank charges twice.',
      uk: 'Відповідь спізнилася, застосунок питає ще раз: один банк списує двічі.',
    },
    learn: {
      en: [
        'Without an answer nobody knows whether the payment was made, so the app has to ask again.',
        'plain-bank charges each time; its inspector counts the hryvnias that were taken twice.',
        'careful-bank keeps the key with the charge, in one transaction, and gives the first answer again.',
      ],
      uk: [
        'Без відповіді ніхто не знає, чи платіж пройшов, тож застосунок мусить питати ще раз.',
        'plain-bank списує щоразу; інспектор рахує гривні, списані двічі.',
        'careful-bank зберігає ключ разом зі списанням, однією транзакцією, і повторює першу відповідь.',
      ],
    },
    tries: {
      en: [
        'Change the seed: other answers are late, and careful-bank still charges each rent once.',
        'Give every attempt a key of its own in app.ts: the keys no longer help.',
        'Crash careful-bank in the middle: its keys are in its store, and the next life knows them.',
      ],
      uk: [
        'Змініть seed: спізняться інші відповіді, а careful-bank усе одно списує раз.',
        'Дайте в app.ts кожній спробі власний ключ: ключі більше не допомагають.',
        'Обваліть careful-bank посередині: ключі лежать у його сховищі, і після перезапуску він їх знає.',
      ],
    },
  },
  'event-sourcing': {
    about: {
      en: 'Accounts without a stored balance, careful and hasty cash desks, and auditors who rebuild every version.',
      uk: 'Рахунки без збереженого балансу, обачні й квапливі каси та аудитори, що відновлюють кожну версію.',
    },
    learn: {
      en: [
        'The balance is what the events make of it; each version can be made again, at any time.',
        'Desks that decide on the same version conflict: one appends, the other reads again and decides anew.',
        'The hasty desks append whatever has come in between: in the end 400 UAH are paid out that are not there.',
      ],
      uk: [
        'Баланс — це те, що виходить із подій; кожну версію можна відновити будь-коли.',
        'Каси, що вирішують на тій самій версії, конфліктують: одна додає, друга читає знову й вирішує наново.',
        'Квапливі каси додають попри все, що сталося тим часом: видано 400 грн, яких на рахунку немає.',
      ],
    },
    tries: {
      en: [
        'In hasty-desk.ts take version from load too and append with { expectedVersion: version }: nothing is overdrawn.',
        'Let one desk start 200 ms later: they no longer decide at the same moment, and nothing conflicts.',
        'Remove upcast in account.ts: nobody can read the oldest event any more, and its 1 000 UAH are missing.',
      ],
      uk: [
        'У hasty-desk.ts беріть із load і version та додавайте з { expectedVersion: version }: мінуса не буде.',
        'Хай одна каса почне на 200 мс пізніше: вони вже не вирішують водночас, і конфліктів немає.',
        'Приберіть upcast в account.ts: найстарішої події вже ніхто не прочитає, і її 1 000 грн зникнуть.',
      ],
    },
  },
  cqrs: {
    about: {
      en: 'Orders are written here and read there, a little later; the read side is rebuilt while it runs.',
      uk: 'Замовлення пишуть тут, а читають там, трохи пізніше; сторону читання перебудовують на ходу.',
    },
    learn: {
      en: [
        'The projection follows behind: who looks at once does not find her own order.',
        'Waiting for the position of one’s own write costs time and finds it always.',
        'During the rebuild the old answers stay; the new state takes over once it has caught up.',
      ],
      uk: [
        'Проєкція йде позаду: хто дивиться одразу, свого замовлення не бачить.',
        'Чекати на позицію власного запису довше, зате його завжди видно.',
        'Під час перебудови лишаються старі відповіді; новий стан заступає, коли наздожене.',
      ],
    },
    tries: {
      en: [
        'Make sleep(80) in my-orders.ts 300: whoever waits for their own order waits some 400 ms instead of 100.',
        'Crash my-orders and restart it: it goes on at its position and counts each order once.',
        'Let the handler throw for order 10: it stops before it, says where, and nothing is lost.',
      ],
      uk: [
        'Поставте в my-orders.ts sleep(300) замість 80: хто чекає на власне замовлення, чекає близько 400 мс замість 100.',
        'Обваліть my-orders і перезапустіть: він піде далі зі своєї позиції й порахує кожне замовлення раз.',
        'Хай обробник кидає помилку на замовленні 10: він спиниться перед ним, скаже де, і ніщо не зникне.',
      ],
    },
  },
};
