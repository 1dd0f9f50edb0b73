import type { GalleryTexts } from './about';

/** What one broker can do, one thing at a time. */
export const technologiesTexts: GalleryTexts = {
  'work-queues': {
    about: {
      en: 'A fast and a slow worker: tasks dealt out in turn, or to whoever is free.',
      uk: 'Швидкий і повільний воркер: завдання по черзі або тому, хто вільний.',
    },
    learn: {
      en: [
        'Without a prefetch each worker gets every second task, however slow it is: a task waits up to 5.8 s.',
        'With prefetch 1 the fast worker does 30 of 40 tasks, and none waits longer than 0.2 s.',
        'The queue looks empty while the tasks pile up in the hands of the slow worker.',
      ],
      uk: [
        'Без prefetch кожен воркер дістає щодруге завдання, хоч би який був повільний: завдання чекає до 5,8 с.',
        'З prefetch 1 швидкий робить 30 із 40 завдань, і жодне не чекає довше за 0,2 с.',
        'Черга здається порожньою, а завдання купчаться в руках повільного воркера.',
      ],
    },
    tries: {
      en: [
        'Crash in-turn-slow at 10 s: all that it had in hand goes back to the queue, and the fast one does it.',
        'In worker.ts put 1 in the place of Number(prefetch): from then on both pairs are fair.',
        'Add a replica of fair-slow: it takes its share by itself.',
      ],
      uk: [
        'Обваліть in-turn-slow на 10 с: усе, що він тримав, вернеться в чергу, і швидкий це зробить.',
        'У worker.ts поставте 1 замість Number(prefetch): відтоді обидві пари працюють чесно.',
        'Додайте репліку fair-slow: вона сама візьме свою частку.',
      ],
    },
  },
  'topic-routing': {
    about: {
      en: 'Routing keys meet patterns; what nobody asked for comes back.',
      uk: 'Ключі зустрічають шаблони; те, чого ніхто не просив, вертається.',
    },
    learn: {
      en: [
        'A * stands for one word of the routing key, a # for any number of words.',
        'What matches no pattern is gone, or with mandatory comes back to the publisher.',
        'audit binds # at 8 s: the shop stays as it is, and from then on nothing is unheard.',
      ],
      uk: [
        '* означає одне слово ключа, # — скільки завгодно слів.',
        'Що не підійшло жодному шаблону, зникає, а з mandatory вертається до того, хто надіслав.',
        'На 8 с audit прив’язує #: магазин не змінюється, і відтоді все хтось чує.',
      ],
    },
    tries: {
      en: [
        'Give orders the pattern #.kyiv as well: what matches both patterns still arrives once.',
        'Let audit start at 0 in the scenario’s settings: nothing comes back any more.',
        'Crash orders for a while: its queue goes on collecting.',
      ],
      uk: [
        'Додайте orders шаблон #.kyiv: те, що підходить обом, усе одно приходить один раз.',
        'Поставте в налаштуваннях старт audit на 0: ніщо більше не вертається.',
        'Обваліть orders на якийсь час: його черга збирає далі.',
      ],
    },
  },
  'priority-queue': {
    about: {
      en: 'Urgent tickets overtake, and the others wait the longer for it.',
      uk: 'Термінові звернення випереджають, а решта чекає довше.',
    },
    learn: {
      en: [
        'A priority means nothing to a queue that was declared without maxPriority: urgent waits 8.6 s.',
        'In a priority queue an urgent ticket waits 0.7 s at most: the agent ends only what it has begun.',
        'The work is not done sooner: the longest wait of the others grows from 8.3 to 8.9 s.',
      ],
      uk: [
        'Черга, оголошена без maxPriority, на пріоритет не зважає: термінове чекає 8,6 с.',
        'У черзі з пріоритетами термінове чекає щонайбільше 0,7 с: агент лише закінчує почате.',
        'Роботи меншає не швидше: найдовше чекання решти зростає з 8,3 до 8,9 с.',
      ],
    },
    tries: {
      en: [
        'In agent.ts change prefetch(1) to prefetch(0): all is handed over at once, and nothing overtakes any more.',
        'Make three of four urgent in customers.ts: when everything is urgent, nothing is.',
        'Add a replica of priority-agent: there is hardly a queue left to jump.',
      ],
      uk: [
        'В agent.ts замініть prefetch(1) на prefetch(0): усе роздано одразу, і випереджати вже нікого.',
        'Зробіть у customers.ts терміновими три з чотирьох: коли термінове все, термінового немає.',
        'Додайте репліку priority-agent: черги, яку можна обійти, майже не лишиться.',
      ],
    },
  },
  rpc: {
    about: {
      en: 'Prices asked over a queue; the server crashes, and replies come too late.',
      uk: 'Ціни питають через чергу; сервер падає, і відповіді спізнюються.',
    },
    learn: {
      en: [
        'replyTo names the client’s own queue; the correlation id tells which question a reply answers.',
        'Nobody answers and no error comes: only the client’s own timeout ends the wait.',
        'The queue keeps what nobody waits for: the restarted server works 12 questions off in vain.',
      ],
      uk: [
        'replyTo називає власну чергу клієнта; correlation id каже, на яке запитання ця відповідь.',
        'Ніхто не відповідає, і помилки немає: чекання обриває лише тайм-аут клієнта.',
        'Черга береже й те, чого вже не чекають: після перезапуску сервер марно відповідає на 12 запитань.',
      ],
    },
    tries: {
      en: [
        'In rpc-client.ts send expiration: 1500 along: what nobody waits for leaves the queue, and the server is back at once.',
        'Drag the restart to 5 s: questions wait, and hardly one times out.',
        'Crash shop at 9 s: its reply queue goes with it, and the replies are dropped.',
      ],
      uk: [
        'У rpc-client.ts додайте expiration: 1500: чого вже не чекають, те йде з черги, і сервер одразу в строю.',
        'Перетягніть перезапуск на 5 с: запитання зачекають, і майже жодне не прострочиться.',
        'Обваліть shop на 9 с: його черга відповідей зникне разом із ним, і відповіді пропадуть.',
      ],
    },
  },
  'redis-lost-or-kept': {
    about: {
      en: 'The same orders over a channel and in a stream; both kitchens crash.',
      uk: 'Ті самі замовлення в каналі й у потоці; обидві кухні падають.',
    },
    learn: {
      en: [
        'PUBLISH reaches who listens now: the 8 orders of the outage reach nobody.',
        'A stream keeps them, and its group remembers how far it has read: nothing is lost.',
        'What was read and not acknowledged is read again first, from 0 instead of >.',
      ],
      uk: [
        'PUBLISH доходить до тих, хто слухає зараз: 8 замовлень під час простою не почув ніхто.',
        'Потік береже їх, а група пам’ятає, доки дочитала: ніщо не зникло.',
        'Прочитане й не підтверджене читається спершу: від 0, а не від >.',
      ],
    },
    tries: {
      en: [
        'Take xack out of stream-kitchen.ts: after the restart it cooks again what it had cooked.',
        'Add a replica of channel-kitchen: every order is cooked twice.',
        'Remove the crash and the restart of channel-kitchen: now it hears all twenty.',
      ],
      uk: [
        'Приберіть xack зі stream-kitchen.ts: після перезапуску кухня приготує вже готове.',
        'Додайте репліку channel-kitchen: кожне замовлення готують двічі.',
        'Приберіть обвал і перезапуск channel-kitchen: тепер вона чує всі двадцять.',
      ],
    },
  },
  'webhook-delivery': {
    about: {
      en: 'One sender, four receivers: down, busy, gone and broken for a night.',
      uk: 'Один відправник, чотири отримувачі: лежить, зайнятий, зник і зламаний на цілу ніч.',
    },
    learn: {
      en: [
        'Only 2xx counts. The waits grow from 5 s to 10 h, and a Retry-After makes them longer.',
        '410 says that nobody need ask again: the endpoint is disabled at once.',
        'All attempts failed for long enough: disabled. Once mended, recover sends what failed, and replayMissing what was never sent.',
      ],
      uk: [
        'Рахується лише 2xx. Паузи ростуть від 5 с до 10 год, а Retry-After їх подовжує.',
        '410 означає, що питати більше не треба: ендпоінт вимикається одразу.',
        'Надто довго жодної вдалої спроби — вимкнено. Після ремонту recover надсилає невдале, а replayMissing — те, чого не надсилали.',
      ],
    },
    tries: {
      en: [
        'Open the view of attempts and resend a message to the warehouse before it is mended.',
        'In scenario.json set retryScheduleMs to [0, 1000]: two attempts, and the outage of shop costs a payment.',
        'In warehouse.ts answer 302 instead of throwing: a redirect is a failure too.',
      ],
      uk: [
        'Відкрийте вид спроб і надішліть складу повідомлення ще раз, поки його не полагодили.',
        'У scenario.json задайте retryScheduleMs [0, 1000]: дві спроби, і простій shop коштує платежу.',
        'У warehouse.ts відповідайте 302 замість помилки: перенаправлення — теж невдача.',
      ],
    },
  },
  'webhook-receiver': {
    about: {
      en: 'Three shops on the same webhooks: one answers late, one forgets, one keeps what it accepts.',
      uk: 'Три крамниці на тих самих вебхуках: одна відповідає пізно, друга забуває, третя зберігає прийняте.',
    },
    learn: {
      en: [
        'Who charges before answering is too late for the sender, which tries again: customers pay twice.',
        'Who answers first and keeps orders in memory loses them in a crash: the sender has its 200 and sends nothing any more.',
        'A receiver keeps the event before it answers, so that a crash delays it, and knows its id, so that a second one changes nothing.',
        'What fails for good is an issue, not a line in the console: mended, it is retried with one click.',
      ],
      uk: [
        'Хто спершу знімає гроші, а тоді відповідає, запізнюється: відправник надсилає ще раз, і клієнти платять двічі.',
        'Хто відповідає одразу й тримає замовлення в пам’яті, губить їх під час збою: відправник має свої 200 і більше не надсилає.',
        'Приймач спершу зберігає подію, тому збій її лише затримує, і знає її id, тому друга така сама нічого не змінює.',
        'Остаточна невдача — це проблема в списку, а не рядок у консолі: усунули причину — і повторили одним натиском.',
      ],
    },
    tries: {
      en: [
        'Go to 10 s, open Receivers and pause orders; resume it a little later: the queue grows, and nothing is lost.',
        'Remove the retry at 34 s from the timeline: order 7 stays unpaid, and its event waits among the failed.',
        'In safe.ts add deduplicate: false and take key out of charge: the order that support resends is paid twice.',
      ],
      uk: [
        'Перейдіть до 10 с, відкрийте «Приймачі» й поставте orders на паузу, а трохи згодом зніміть: черга росте, і нічого не губиться.',
        'Приберіть ізі шкали часу повтор о 34 с: замовлення 7 лишиться неоплаченим, а його подія чекатиме серед невдалих.',
        'У safe.ts додайте deduplicate: false і приберіть key із charge: повторно надіслане замовлення оплатять двічі.',
      ],
    },
  },
  'webhook-security': {
    about: {
      en: 'Replay, tampering, a foreign key, guessing by time, SSRF: each refused, each for its reason.',
      uk: 'Повторне надсилання, підміна, чужий ключ, вгадування за часом, SSRF: усе відхилено, і кожне має свою причину.',
    },
    learn: {
      en: [
        'The signature covers id, time and body: change one of them, and it does not match.',
        'After five minutes an old request is too old; within them, the id tells that it was handled.',
        '=== gives a signature away in 1 024 guesses; timingSafeEqual tells nothing. The address policy keeps the sender out of private networks.',
      ],
      uk: [
        'Підпис охоплює id, час і тіло: змініть щось одне — і він не збігається.',
        'За п’ять хвилин старий запит уже застарий, а до того id каже, що його оброблено.',
        '=== видає підпис за 1 024 спроби, timingSafeEqual не каже нічого. Політика адрес не пускає відправника в приватні мережі.',
      ],
    },
    tries: {
      en: [
        'Remove handled.has from shop.ts: the repeat within five minutes is credited, and an invariant says so.',
        'In shop.ts parse with JSON.parse instead of verify: every forgery gets through.',
        'Let 127.0.0.1 be called in the settings, under Webhooks: the door at port 9000 opens.',
      ],
      uk: [
        'Приберіть handled.has зі shop.ts: повторне надсилання в межах п’яти хвилин зарахується, і інваріант про це скаже.',
        'У shop.ts візьміть JSON.parse замість verify: пройде кожна підробка.',
        'Дозвольте в налаштуваннях адресу 127.0.0.1, у розділі «Вебхуки»: двері на порту 9000 відчиняться.',
      ],
    },
  },
};
