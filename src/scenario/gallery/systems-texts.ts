import type { GalleryText } from './gallery';

/** Real systems with every reaction of the course. */
export const systemsTexts: readonly GalleryText[] = [
  {
    id: 'e-commerce',
    group: 'systems',
    level: undefined,
    brokers: ['bus'],
    services: 8,
    title: { en: 'E-commerce: order created', uk: 'Інтернет-магазин: нове замовлення' },
    about: {
      en: 'Order created: email, SMS, stock, analytics, 1C, Slack.',
      uk: 'Нове замовлення: лист, SMS, склад, аналітика, 1С, Slack.',
    },
    learn: {
      en: [
        'Crash a service: its orders wait in the queue, the rest goes on.',
        '1C refuses now and then: the order is tried again, each time after twice the wait.',
        'What 1C refuses five times stays in the dead-letter queue.',
      ],
      uk: [
        'Зупиніть сервіс: його замовлення чекають у черзі, решта працює.',
        '1С часом відмовляє: замовлення йде ще раз, щоразу після вдвічі довшої паузи.',
        'Те, від чого 1С відмовилася п’ять разів, лишається в dead-letter queue.',
      ],
    },
    tries: {
      en: [
        'Crash sms, wait, and bring it back: no order is lost.',
        'Let 1C refuse half of the calls in one-c.ts, and watch the retries.',
        'Cut the link to stock, and connect it again.',
      ],
      uk: [
        'Обваліть sms, зачекайте й поверніть його: жодне замовлення не зникне.',
        'Нехай 1С в one-c.ts відмовляє щодругого разу; стежте за повторами.',
        'Переріжте зв’язок зі stock і з’єднайте знову.',
      ],
    },
  },
];
