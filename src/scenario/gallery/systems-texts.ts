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
        'Let 1C be down until 15 s in one-c.ts, and watch accounting.retry fill.',
        'Cut the link to stock, and connect it again.',
      ],
      uk: [
        'Обваліть sms, зачекайте й поверніть його: жодне замовлення не зникне.',
        'Нехай 1С в one-c.ts лежить до 15 с; стежте, як росте accounting.retry.',
        'Переріжте зв’язок зі stock і з’єднайте знову.',
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
        'naive-balance credits two payments twice, 1,100 UAH too much, and three statuses go back; balance ignores all of it.',
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
