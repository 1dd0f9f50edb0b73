import type { GalleryTexts } from './about';

const toServer = 'curl -X POST http://localhost:5000/webhook/order -H "Content-Type: application/json" -d';
const courseCommand = `${toServer} '{"order_id": 777, "status": "created"}'`;
const brokenCommand = `${toServer} '{"order_id": 777,}'`;

/** The course's own programs, by level. */
export const courseTexts: GalleryTexts = {
  'eventbus-basic': {
    about: {
      en: 'Three kinds of event; one listener throws, the next still runs.',
      uk: 'Три види подій; один слухач падає, наступний усе одно працює.',
    },
    learn: {
      en: [
        'The listeners of an event run in the order of subscription.',
        'A listener that throws does not stop the next one.',
        'The bus keeps every event, whether its listeners succeeded or not.',
      ],
      uk: [
        'Слухачі події працюють у порядку підписки.',
        'Слухач, що падає, не зупиняє наступного.',
        'Шина зберігає кожну подію, хоч би як упоралися слухачі.',
      ],
    },
    tries: {
      en: [
        'Take the throw out of reserveStock: nothing else changes.',
        'Move reserveStock below tellManager: it now runs last.',
        'Crash payments, and publish payment.received: nobody hears it, and the bus keeps it.',
      ],
      uk: [
        'Приберіть throw із reserveStock: більше нічого не зміниться.',
        'Поставте reserveStock після tellManager: тепер він працює останнім.',
        'Обваліть payments і опублікуйте payment.received: ніхто не почує, а шина збереже.',
      ],
    },
  },
  'shop-simulation': {
    about: {
      en: 'A listener is added while it runs; the order service never knows.',
      uk: 'Слухач додається на ходу; сервіс замовлень про це не знає.',
    },
    learn: {
      en: [
        'One order reaches every service; the order service knows none of them.',
        'loyalty-service starts at 2.5 s and hears what comes from then on.',
        'order-service.ts stays as it is, however many listen.',
      ],
      uk: [
        'Одне замовлення доходить до всіх сервісів; сервіс замовлень не знає жодного.',
        'loyalty-service стартує на 2,5 с і чує все, що буде після того.',
        'order-service.ts не змінюється, хоч би скільки було слухачів.',
      ],
    },
    tries: {
      en: [
        'Crash notification-service: orders go on, and nobody gets a letter.',
        'Let loyalty-service start at 0 in the scenario’s settings: it hears all six orders.',
        'Add a listener of your own to analytics-service.ts while it runs.',
      ],
      uk: [
        'Обваліть notification-service: замовлення йдуть далі, листів немає.',
        'Поставте в налаштуваннях старт loyalty-service на 0: він почує всі шість замовлень.',
        'Додайте на ходу власного слухача в analytics-service.ts.',
      ],
    },
  },
  'event-queue': {
    about: {
      en: 'Four events, slow listeners and one that always throws.',
      uk: 'Чотири події, повільні слухачі й один, що завжди падає.',
    },
    learn: {
      en: [
        'The producer returns at once; the events wait in the queue.',
        'One worker is done with the four events at 0.8, 1.6, 2.1 and 2.9 s.',
        'The worker outlives a listener that throws; more workers shorten the whole.',
      ],
      uk: [
        'Продюсер вільний одразу; події чекають у черзі.',
        'Один воркер завершує чотири події на 0,8; 1,6; 2,1 і 2,9 с.',
        'Воркер переживає слухача, що падає; більше воркерів — менше часу.',
      ],
    },
    tries: {
      en: [
        'Add a worker on the stage: the last event is done sooner.',
        'Let alwaysFails succeed: the times stay the same.',
        'Make sendEmail twice as slow, and see what waits behind it.',
      ],
      uk: [
        'Додайте воркера на сцені: остання подія завершиться раніше.',
        'Нехай alwaysFails не падає: час не зміниться.',
        'Зробіть sendEmail удвічі повільнішим і гляньте, що чекає за ним.',
      ],
    },
  },
  'event-replay': {
    about: {
      en: 'A second account is built from the log of the first: 2000 both.',
      uk: 'Другий рахунок будується з журналу першого: на обох по 2000 грн.',
    },
    learn: {
      en: [
        'A balance is what its events add up to: 1000 becomes 2000 twice.',
        'A replay appends nothing to the log.',
        'Line 3 of bank-log.ndjson is corrupt; it is reported, and the rest is replayed.',
      ],
      uk: [
        'Баланс — це сума його подій: 1000 двічі стає 2000.',
        'Відтворення нічого не дописує до журналу.',
        'Рядок 3 у bank-log.ndjson пошкоджений; про нього сказано, решту відтворено.',
      ],
    },
    tries: {
      en: [
        'Change an amount in account.ts: the second account follows it.',
        'Mend line 3 of bank-log.ndjson: nothing is reported any more.',
        'Start second-account at 1000 ms: it replays only what has happened by then.',
      ],
      uk: [
        'Змініть суму в account.ts: другий рахунок піде за нею.',
        'Виправте рядок 3 у bank-log.ndjson: скарг більше не буде.',
        'Запустіть second-account на 1000 мс: він відтворить лише те, що вже сталося.',
      ],
    },
  },
  'rabbitmq-simple': {
    about: {
      en: 'Three users over one shared queue and over a fanout: 3 deliveries or 6.',
      uk: 'Троє користувачів через спільну чергу й через fanout: 3 доставки чи 6.',
    },
    learn: {
      en: [
        'Workers on one queue compete: each event goes to one of them, and analytics counts 1 user of 3.',
        'A fanout exchange puts a copy into each queue: both workers see all, and analytics counts 3.',
        'The workers’ code is the same; only the queue that they are given differs.',
      ],
      uk: [
        'Воркери на одній черзі змагаються: подію дістає лише один, тож аналітика рахує 1 користувача з 3.',
        'Обмінник fanout кладе копію в кожну чергу: обидва воркери бачать усе, аналітика рахує 3.',
        'Код воркерів однаковий; різниться лише черга, яку їм дали.',
      ],
    },
    tries: {
      en: [
        'Crash fanout-email: its events wait in its own queue, and analytics still counts three.',
        'Crash shared-analytics: now the email worker gets all three, and nobody counts.',
        'Add a replica of fanout-email: the two share one queue, and each letter still goes out once.',
      ],
      uk: [
        'Обваліть fanout-email: його події чекають у власній черзі, а аналітика все одно рахує трьох.',
        'Обваліть shared-analytics: тепер усе дістає email, і ніхто не рахує.',
        'Додайте репліку fanout-email: дві ділять одну чергу, і кожен лист усе одно йде один раз.',
      ],
    },
  },
  'webhook-server': {
    about: {
      en: 'The course’s curl reaches an Express server; it answers at once, listeners do the work.',
      uk: 'curl із курсу доходить до сервера на Express; він відповідає одразу, а працюють слухачі.',
    },
    learn: {
      en: [
        'A webhook is an HTTP request that becomes an event: the caller gets 202 before any listener is done.',
        'The server knows none of the listeners; all that follows from the request hangs on it as its cause.',
        'What is malformed never becomes an event: the server answers 400.',
      ],
      uk: [
        'Вебхук — це HTTP-запит, який стає подією: відповідь 202 приходить раніше, ніж упорається хоч один слухач.',
        'Сервер не знає жодного слухача, а все, що сталося через запит, пов’язане з ним як із причиною.',
        'Пошкоджений запит подією не стає: сервер відповідає 400.',
      ],
    },
    tries: {
      en: [
        `Send the course’s own command: ${courseCommand}`,
        `Send a body that is no JSON, and see who answers: ${brokenCommand}`,
        'Crash server, and send the command again: the connection is refused, and the listeners hear nothing.',
      ],
      uk: [
        `Надішліть команду з курсу: ${courseCommand}`,
        `Надішліть тіло, яке не є JSON, і подивіться, хто відповість: ${brokenCommand}`,
        'Обваліть server і надішліть команду ще раз: у з’єднанні відмовлено, а слухачі нічого не почують.',
      ],
    },
  },
  'saga-pattern': {
    about: {
      en: 'An order over three services, undone in reverse when a step fails: by an orchestrator, and by events alone.',
      uk: 'Замовлення через три сервіси; коли крок не вдається, зроблене скасовується навспак: оркестратором або самими подіями.',
    },
    learn: {
      en: [
        'A failure at step n undoes steps n−1 … 1, the latest first.',
        'The orchestrator crashes in the middle, and its next life goes on with every saga where it was.',
        'The choreographed twin has no coordinator, and ends the same.',
        'Without compensations customers are charged for what nobody delivers: the audit counts them.',
      ],
      uk: [
        'Невдача на кроці n скасовує кроки n−1 … 1, починаючи з останнього.',
        'Оркестратор падає посеред роботи, а його наступне життя продовжує кожну сагу з того ж місця.',
        'Хореографічний двійник не має координатора, а завершується так само.',
        'Без компенсацій із клієнтів беруть гроші за те, чого ніхто не доставить: аудит їх рахує.',
      ],
    },
    tries: {
      en: [
        'Give the orchestrator the argument without-undo in the settings: its customers are charged for nothing too.',
        'Crash delivery while it books: sagas at their pivot are stuck, since nobody knows whether it has booked.',
        'Take the restart of the orchestrator away: its orders wait in the queue, its sagas in the log.',
      ],
      uk: [
        'Дайте оркестратору в налаштуваннях аргумент without-undo: і його клієнти заплатять ні за що.',
        'Обваліть delivery, поки він бронює: саги на точці неповернення застрягнуть, бо ніхто не знає, чи він забронював.',
        'Приберіть перезапуск оркестратора: замовлення чекатимуть у черзі, а саги в журналі.',
      ],
    },
  },
};
