import type { GalleryTexts } from './about';

/** Real systems with every reaction of the course. */
export const systemsTexts: GalleryTexts = {
  'e-commerce': {
    about: {
      en: 'Order created: email, SMS, stock, analytics, 1C, Slack.',
      uk: 'Нове замовлення: лист, SMS, склад, аналітика, 1С, Slack.',
    },
    learn: {
      en: [
        'Crash a service: its orders wait in the queue, the rest goes on.',
        '1C is down from 6 to 9 s: what it refuses waits 30 s in accounting.retry and comes back.',
        'A gift card has no article in 1C: no attempt mends that, and it goes to orders.dead at once.',
      ],
      uk: [
        'Зупиніть сервіс: його замовлення чекають у черзі, решта працює.',
        '1С лежить з 6 до 9 с: відхилене чекає 30 с в accounting.retry і вертається.',
        'Подарункової картки 1С не знає: жодна спроба не зарадить, тож вона одразу йде в orders.dead.',
      ],
    },
    tries: {
      en: [
        'Crash sms, wait, and bring it back: no order is lost.',
        'At the very beginning let 1C be down until 15 s in one-c.ts, and watch accounting.retry fill.',
        'Cut the link to stock, and connect it again.',
      ],
      uk: [
        'Обваліть sms, зачекайте й поверніть його: жодне замовлення не зникне.',
        'На самому початку нехай 1С в one-c.ts лежить до 15 с; стежте, як росте accounting.retry.',
        'Переріжте зв’язок зі stock і з’єднайте знову.',
      ],
    },
  },
  'saas-crm': {
    about: {
      en: 'Four letters over a week, a manager, Slack; a crash at night shows whose plans were kept.',
      uk: 'Чотири листи за тиждень, менеджер, Slack; нічне падіння показує, чиї плани вціліли.',
    },
    learn: {
      en: [
        'A pause of days is a queue that nobody reads: its messages expire, and the broker brings them back.',
        'welcome crashes in the second night and sends every letter all the same: the plan lies in the broker.',
        'naive-welcome had its plan in timers: 22 letters never come, and nothing tells of it but the count in mailboxes.',
      ],
      uk: [
        'Пауза на кілька днів — це черга, якої ніхто не читає: повідомлення в ній спливають, і брокер їх повертає.',
        'welcome падає другої ночі й однаково надсилає всі листи: план лежить у брокері.',
        'naive-welcome тримав план у таймерах: 22 листи не надійдуть ніколи, і скаже про це лише лічильник у mailboxes.',
      ],
    },
    tries: {
      en: [
        'Disable the crash and the restart of naive-welcome on the timeline: nothing is missing any more.',
        'Crash welcome, and bring it back two days later: the letters wait, and come late.',
        'Add a letter to letters in customer.ts: one line, and both series have five.',
      ],
      uk: [
        'Вимкніть на шкалі часу падіння й перезапуск naive-welcome: усі листи на місці.',
        'Обваліть welcome й поверніть за два дні: листи чекають і надходять пізніше.',
        'Додайте лист до letters у customer.ts: один рядок, і в обох серіях їх п’ять.',
      ],
    },
  },
  logistics: {
    about: {
      en: 'A delivery’s status to push, SMS, tracking and its estimate; some scans are uploaded late.',
      uk: 'Статус доставки: push, SMS, відстеження, прогноз; деякі скани надходять із запізненням.',
    },
    learn: {
      en: [
        'Five groups read one stream, each at its own pace and from its own place.',
        'naive-tracking believes what comes last: 19 times a parcel steps back, 8 times after it was delivered.',
        'sms is down for four seconds; it reads on where it was, and no customer gets a second SMS.',
      ],
      uk: [
        'П’ять груп читають один потік, кожна у своєму темпі й зі свого місця.',
        'naive-tracking вірить останньому: 19 разів посилка відступає назад, 8 разів уже після вручення.',
        'sms лежить чотири секунди; далі читає з того ж місця, і ніхто не отримує другого SMS.',
      ],
    },
    tries: {
      en: [
        'In couriers.ts put the share out of coverage at 0: both trackings agree.',
        'Take the redis.set out of sms.ts: what the crash interrupts is sent again, and paid for twice.',
        'Crash site and bring it back: what was published meanwhile it never hears.',
      ],
      uk: [
        'У couriers.ts зробіть частку без зв’язку нульовою: обидва відстеження збігаються.',
        'Приберіть redis.set із sms.ts: перерване падінням надсилається знову, й платите двічі.',
        'Обваліть site й поверніть: опублікованого тим часом він не почує.',
      ],
    },
  },
  'social-network': {
    about: {
      en: 'A post reaches feeds, push and search; moderation may reject what has been seen.',
      uk: 'Допис іде у стрічки, push і пошук; модерація може відхилити те, що вже бачили.',
    },
    learn: {
      en: [
        'Nobody waits for moderation: what it rejects has been seen, and each reaction takes its own part back.',
        'naive-feeds never heard of a post that comes back: rejected posts are seen 453 times.',
        'A push cannot be taken back: 21 were sent for posts that are gone. What cannot be undone should wait for the verdict.',
      ],
      uk: [
        'На модерацію ніхто не чекає: відхилене вже побачили, і кожна реакція відкликає свою частину.',
        'naive-feeds не знає, що допис можуть відкликати: відхилене бачать 453 рази.',
        'Push не відкличеш: 21 надіслано про дописи, яких більше немає. Незворотне має чекати на рішення.',
      ],
    },
    tries: {
      en: [
        'In push.ts subscribe to post.approved: later, and nothing to regret.',
        'Scale moderation down to one, with prefetch 1 in moderation.ts: verdicts come later and later.',
        'Add emptyFeeds to naive-feeds.ts while it runs.',
      ],
      uk: [
        'У push.ts підпишіться на post.approved: пізніше, зате без жалю.',
        'Залиште один процес moderation із prefetch 1 у moderation.ts: рішення запізнюються дедалі більше.',
        'Допишіть emptyFeeds у naive-feeds.ts просто під час роботи.',
      ],
    },
  },
  payments: {
    about: {
      en: 'A bank’s webhooks come twice and out of order; one balance bears it, the other pays for it.',
      uk: 'Вебхуки банку надходять двічі й не по черзі: один баланс це витримує, інший за це платить.',
    },
    learn: {
      en: [
        'An answer that comes after 15 s counts as a failure: what was done is sent again.',
        'A first attempt that fails lets later events overtake: authorized comes after captured.',
        'naive-balance credits two payments twice, 1 100 UAH too much, and three statuses go back; balance ignores all of it.',
      ],
      uk: [
        'Відповідь після 15 с вважається невдачею: уже зроблене надсилається ще раз.',
        'Коли перша спроба не вдалася, пізніші події випереджають: authorized надходить після captured.',
        'naive-balance двічі зараховує два платежі, 1 100 грн зайвих, і три статуси йдуть назад; balance усе це відкидає.',
      ],
    },
    tries: {
      en: [
        'In gateway.ts answer before the work: res.sendStatus(200) first, and no payment comes twice.',
        'Take credited.has out of balance.ts: both balances agree, on the wrong sum.',
        'Crash gateway at 10 s and bring it back: the sender keeps what was not answered.',
      ],
      uk: [
        'У gateway.ts відповідайте до роботи: спершу res.sendStatus(200), і жоден платіж не надійде двічі.',
        'Приберіть credited.has із balance.ts: обидва баланси зійдуться, на хибній сумі.',
        'Обваліть gateway на 10-й секунді й поверніть: відправник береже все, на що не отримав відповіді.',
      ],
    },
  },
};
