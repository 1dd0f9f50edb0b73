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
};
