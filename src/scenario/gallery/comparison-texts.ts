import type { GalleryTexts } from './about';

/** The same flow with calls and with events. */
export const comparisonTexts: GalleryTexts = {
  'rest-vs-events': {
    about: {
      en: 'Every order goes to two shops at once: one calls six services in turn, the other tells RabbitMQ and answers.',
      uk: 'Кожне замовлення йде у два магазини: один викликає шість сервісів по черзі, другий повідомляє RabbitMQ й відповідає.',
    },
    learn: {
      en: [
        'The customer of the calls waits for all six; the customer of the events for none.',
        'From 8 to 12 s 1C is down: with calls orders are refused, with events they wait for 1C alone.',
        'Calls need half as many parts, and what is accepted is done.',
      ],
      uk: [
        'Клієнт викликів чекає на всі шість сервісів, клієнт подій — на жоден.',
        'З 8 до 12 с 1С лежить: з викликами замовлення відхиляють, з подіями вони чекають лише на 1С.',
        'Викликам треба вдвічі менше частин, і прийняте вже зроблено.',
      ],
    },
    tries: {
      en: [
        'Slow email: every answer of the calls is that much later, the events answer as before.',
        'Crash stock and bring it back: count the orders that were refused, and those that waited.',
        'Add load until email cannot follow: one side refuses, the other falls behind.',
      ],
      uk: [
        'Сповільніть email: з викликами кожна відповідь пізніша саме на стільки, з подіями така сама.',
        'Обваліть stock і підніміть: порахуйте відхилені замовлення й ті, що чекали.',
        'Додавайте навантаження, доки email не встигає: один бік відхиляє, другий відстає.',
      ],
    },
  },
};
