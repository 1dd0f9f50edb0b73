import type { GalleryTexts } from './about';

/** Patterns of messaging: what is given up, read again, shared out, kept in order, kept apart. */
export const messagingTexts: GalleryTexts = {
  'dead-letter-queue': {
    about: {
      en: 'Answers of a bank get lost; what was given up is sent back, and one cashier charges twice.',
      uk: 'Відповіді банку губляться; усе відкладене повертають, і один касир знімає гроші двічі.',
    },
    learn: {
      en: [
        'What a listener gives up lies in shop.dead, with the reason, until somebody sends it back.',
        'A redrive goes to the listener that gave it up, and to nobody else; each ends handled or dead again.',
        'An order may have been charged before it died: without an idempotency key 1 800 UAH are taken twice.',
      ],
      uk: [
        'Те, на чому слухач здався, лежить у shop.dead разом із причиною, доки його не повернуть.',
        'Redrive веде до слухача, який здався, і більше ні до кого; кожне буде обробленим або знову dead.',
        'Гроші могли зняти ще до відмови: без ключа ідемпотентності 1 800 грн узято двічі.',
      ],
    },
    tries: {
      en: [
        'Remove the redrive at 6 s, open shop.dead and send the letters back one by one, one of them edited.',
        'Move the redrive to 3 s: the answers still get lost, and the letters come back.',
        'Give careless.ts retry: 3: now it charges three times before anything is dead-lettered.',
      ],
      uk: [
        'Приберіть redrive о 6 с, відкрийте shop.dead і повертайте листи по одному, один зі зміненим вмістом.',
        'Перенесіть redrive на 3 с: відповіді ще губляться, і листи повернуться.',
        'Додайте в careless.ts retry: 3: тепер він зніме гроші тричі, перш ніж щось стане dead letter.',
      ],
    },
  },
  replay: {
    about: {
      en: 'A new listener is built from the history; a changed one is tried on it, its effects held back.',
      uk: 'Новий слухач будують з історії; змінений перевіряють на ній, притримавши наслідки.',
    },
    learn: {
      en: [
        'Who joins at 5 s knows nothing of the nine orders before; a replay feeds them to it, and nothing is published again.',
        'Replayed deliveries are rings everywhere, and the listener is told: replayed is true.',
        'With its effects held back a new rule is tried on real events: three gifts are counted, and no letter goes out.',
      ],
      uk: [
        'Хто прийшов о 5 с, не знає дев’яти попередніх замовлень; відтворення дає їх йому, і нічого не публікується знову.',
        'Відтворені доставки скрізь позначено кільцем, і слухач про це знає: replayed дорівнює true.',
        'З притриманими наслідками нове правило пробують на справжніх подіях: три подарунки пораховано, і жодного листа.',
      ],
    },
    tries: {
      en: [
        'Set suppressEffects of the second replay to false in the settings: everybody gets a second gift.',
        'Disable the first replay: the points of before are missing, and nobody gets a gift.',
        'Make it three points in the edit at 9 s and compare what is held back.',
      ],
      uk: [
        'У налаштуваннях зробіть suppressEffects другого відтворення false: кожен отримає другий подарунок.',
        'Вимкніть перше відтворення: колишніх балів бракує, і подарунка не отримає ніхто.',
        'У зміні о 9 с поставте три бали й порівняйте, що притримано.',
      ],
    },
  },
  'competing-consumers': {
    about: {
      en: 'One packer falls behind; four of one queue share the orders, and outlive a crash.',
      uk: 'Один пакувальник відстає; четверо з однієї черги ділять замовлення й переживають обвал.',
    },
    learn: {
      en: [
        'Each order of a queue goes to one of its consumers, so that more consumers do more.',
        'One packer of 250 ms does four orders a second, and ten come: the longest wait only grows.',
        'What a crashed packer held goes back to the queue and to another one.',
      ],
      uk: [
        'Кожне замовлення черги дістається одному зі споживачів: більше споживачів зроблять більше.',
        'Один за 250 мс робить чотири замовлення за секунду, а надходить десять: очікування лише росте.',
        'Те, що тримав обвалений пакувальник, вертається в чергу й іде до іншого.',
      ],
    },
    tries: {
      en: [
        'Scale many to 2: the line grows there too, only slower.',
        'Leave out the queue in packer.ts: then every packer packs every order.',
        'Crash one at 2 s: its queue waits for it.',
      ],
      uk: [
        'Зменште many до 2: черга росте й там, лише повільніше.',
        'Приберіть queue в packer.ts: тоді кожен пакує кожне замовлення.',
        'Обваліть one о 2 с: його черга чекає на нього.',
      ],
    },
  },
  'message-ordering': {
    about: {
      en: 'Payments overtake deposits in a shared queue; a queue for each shard keeps their order.',
      uk: 'У спільній черзі списання обганяють поповнення; черга на кожен шард тримає їхній порядок.',
    },
    learn: {
      en: [
        'A queue gives events out in order, but who is done first is not who began first: eight are overtaken.',
        'Order is only needed within one customer, so the customer is the key.',
        'A queue for each shard, and one event at a time from it: order holds, and three still work at once.',
      ],
      uk: [
        'Черга віддає події по порядку, та першим закінчує не той, хто перший почав: вісім обігнано.',
        'Порядок потрібен лише в межах одного клієнта, тож ключ і є клієнт.',
        'Черга на кожен шард, і з неї по одній події: порядок є, і троє все одно працюють разом.',
      ],
    },
    tries: {
      en: [
        'Set prefetch in any-hand.ts to 1: order holds, but events wait for one another: 200 ms each instead of 130.',
        'Set prefetch in by-key.ts to 2: order is lost again.',
        'Let one customer of till.ts send ten times as much: its shard falls behind.',
      ],
      uk: [
        'У any-hand.ts зробіть prefetch 1: порядок є, але події чекають одна на одну: по 200 мс замість 130.',
        'У by-key.ts зробіть prefetch 2: порядок знову втрачено.',
        'Нехай один клієнт у till.ts надсилає вдесятеро більше: його шард відстане.',
      ],
    },
  },
  'claim-check': {
    about: {
      en: 'Scans travel inside messages to everybody, or wait in a store for who asks with the key.',
      uk: 'Знімки їдуть у повідомленнях до всіх або чекають у сховищі того, хто прийде з ключем.',
    },
    learn: {
      en: [
        'A payload is copied to each reader: five scans of 40 kB become 600 kB for three of them.',
        'With a claim check the message carries a key, and the scan lies in the store once.',
        'Only the doctor fetches it; billing and archive get by with the facts.',
      ],
      uk: [
        'Вміст копіюється кожному читачеві: п’ять знімків по 40 кБ стають 600 кБ для трьох.',
        'Із claim check повідомлення несе ключ, а знімок лежить у сховищі один раз.',
        'По нього йде лише лікар; billing і archive обходяться фактами.',
      ],
    },
    tries: {
      en: [
        'Crash store at 3 s: no scan can be left there any more, and whole ones still arrive.',
        'Make archive fetch too, with the argument fetches, and compare the kilobytes.',
        'Make a scan 2 000 000 characters long: the message is refused, the claim is not.',
      ],
      uk: [
        'Обваліть store о 3 с: залишити там знімок уже не вийде, а цілі знімки надходять далі.',
        'Дайте archive аргумент fetches, щоб і він забирав знімки, і порівняйте кілобайти.',
        'Зробіть знімок на 2 000 000 символів: повідомленню відмовлено, ключу ні.',
      ],
    },
  },
  bulkhead: {
    about: {
      en: 'Slow parcels take all the room for calls and nobody can pay; bulkheads of cockatiel keep them apart.',
      uk: 'Повільна пошта займає все місце для викликів, і ніхто не платить; переділка з cockatiel розділяє їх.',
    },
    learn: {
      en: [
        'A shared limit lets one slow service use up what all others need: 7 100 UAH are not taken.',
        'With room for each service parcels fail alone, at once, and every card is charged.',
        'A bulkhead does not heal anything: it decides what the damage cannot reach.',
      ],
      uk: [
        'Спільна межа дає одному повільному сервісу забрати місце в усіх: 7 100 грн не взято.',
        'Коли місце окреме, відмовляє лише пошта, одразу, а кожну картку обслужено.',
        'Переділка нічого не лікує: вона визначає, куди шкода не дістане.',
      ],
    },
    tries: {
      en: [
        'In shop.ts give the shared room 20 places: it lasts longer, and fills up all the same.',
        'Let two calls wait outside, bulkhead(4, 2), and see who waits for whom.',
        'Give cards the argument slow in the settings: now divided loses money as well.',
      ],
      uk: [
        'У shop.ts дайте спільній кімнаті 20 місць: вистачить надовше, та заповниться й вона.',
        'Нехай двоє чекають зовні, bulkhead(4, 2): хто на кого чекає?',
        'Дайте cards у налаштуваннях аргумент slow: тепер гроші втрачає і divided.',
      ],
    },
  },
  'thundering-herd': {
    about: {
      en: 'Sixty payments fail at the same moment: with what retry do they run down the bank that has just come up?',
      uk: 'Шістдесят платежів падають в одну мить: з якими повторами вони затопчуть банк, що саме піднявся?',
    },
    learn: {
      en: [
        'Every second, or after longer and longer waits: whoever failed together comes back together, up to 60 in 100 ms.',
        'Jitter spreads them out: 9 at most with full jitter, 8 with decorrelated, and as many are charged.',
        'A budget spares the bank: 104 calls instead of 281 to 401. It gives up 62 of 72 payments, which are kept.',
      ],
      uk: [
        'Щосекунди чи через щораз довші паузи: хто впав разом, той разом і вертається, до 60 за 100 мс.',
        'Випадковий розкид (jitter) розводить їх: щонайбільше 9 з full, 8 з decorrelated, а оплачено стільки ж.',
        'Бюджет береже банк: 104 виклики замість 281–401. Він відмовляється від 62 із 72 платежів, та зберігає їх.',
      ],
    },
    tries: {
      en: [
        'At the very beginning give fixed jitter: true in kinds.ts as well: its crowd is gone.',
        'Raise the budget’s share to 2 there: twice as many calls, and hardly a payment more is charged.',
        'When the bank is up, redrive all that budget has given up: 62 come at once, a crowd again, and many of them are given up once more.',
      ],
      uk: [
        'На самому початку дайте в kinds.ts jitter: true й для fixed: натовпу більше немає.',
        'Збільште там share бюджету до 2: викликів удвічі більше, а оплат майже стільки ж.',
        'Коли банк підніметься, поверніть усе, від чого відмовився budget: 62 прийдуть разом, знову натовп, і від багатьох доведеться відмовитися вдруге.',
      ],
    },
  },
  timeout: {
    about: {
      en: 'Each third call is never answered: one cashier waits for ever, the other for 300 ms.',
      uk: 'На кожен третій виклик немає відповіді: один касир чекає вічно, другий 300 мс.',
    },
    learn: {
      en: [
        'A call without a timeout has one all the same: for ever. The third customer holds up the other twelve.',
        'With 300 ms the cashier knows that it does not know, and takes the rate of yesterday.',
        'A timeout says nothing of what happened over there: the call may have been carried out.',
      ],
      uk: [
        'Виклик без тайм-ауту теж його має: нескінченність. Третій клієнт тримає решту дванадцять.',
        'За 300 мс касир уже знає, що не знає, і бере вчорашній курс.',
        'Тайм-аут не каже, що сталося по той бік: виклик могли й виконати.',
      ],
    },
    tries: {
      en: [
        'Make it 30 ms in limited.ts: every call is late, and every rate is of yesterday.',
        'Set prefetch of endless to 3: a few more customers are served before all hands wait.',
        'Take the fallback away in limited.ts: what becomes of the third customer?',
      ],
      uk: [
        'У limited.ts зробіть 30 мс: запізниться кожен виклик, і кожен курс буде вчорашнім.',
        'Дайте endless prefetch 3: обслужать ще кількох, доки всі руки не чекатимуть.',
        'Приберіть fallback у limited.ts: що буде з третім клієнтом?',
      ],
    },
  },
  'back-pressure': {
    about: {
      en: 'Photos come faster than they are shrunk; one importer pushes on, the other waits for room.',
      uk: 'Фото надходять швидше, ніж їх стискають; один імпортер штовхає далі, другий чекає місця.',
    },
    learn: {
      en: [
        'A queue hides that somebody is too slow, until memory is full: over 40 photos are open at once.',
        'Back-pressure lets the pace of the slow one reach whoever sends: no more than five are open.',
        'Nothing gets faster by it; what waits does so where it costs nothing.',
      ],
      uk: [
        'Черга ховає, що хтось заповільний, доки не скінчиться пам’ять: понад 40 фото відкрито разом.',
        'Зворотний тиск доносить темп повільного до того, хто надсилає: відкрито не більше п’яти.',
        'Швидше не стає нічого; просто чекають там, де це нічого не коштує.',
      ],
    },
    tries: {
      en: [
        'Make windowPhotos 1 in patient.ts: the studio stands idle between two photos.',
        'Crash pushing at 2 s: its line is worked off while nobody adds to it.',
        'Give the shrinking prefetch 3: now the studio keeps up, and neither needs to wait.',
      ],
      uk: [
        'Зробіть у patient.ts windowPhotos 1: студія простоює між двома фото.',
        'Обваліть pushing о 2 с: його чергу розберуть, доки ніхто не додає.',
        'Дайте стисканню prefetch 3: студія встигає, і чекати не треба нікому.',
      ],
    },
  },
  'ab-testing': {
    about: {
      en: 'A quicker version with a bug goes to everybody, to one customer in five, and to a shadow.',
      uk: 'Швидша версія з помилкою йде до всіх, до кожного п’ятого клієнта і в тінь.',
    },
    learn: {
      en: [
        'At once, everybody with a coupon and free delivery pays 150 UAH too much, until somebody notices.',
        'By key the harm stays with a few customers, always the same ones, and one switch takes it back.',
        'A shadow harms nobody: what it would have charged is held back, and the view says how many would differ.',
        'Figures side by side tell the winner: the fixed version takes 40 ms instead of 120.',
      ],
      uk: [
        'Коли версія одразу для всіх, кожен із купоном і безкоштовною доставкою переплачує 150 грн, доки це помітять.',
        'За ключем шкода лишається кільком клієнтам, завжди тим самим, і один перемикач її припиняє.',
        'Тінь не шкодить нікому: те, що вона зняла б, притримано, а вигляд каже, скільки разів вийшло б інакше.',
        'Показники поруч видають переможця: виправлена версія працює 40 мс замість 120.',
      ],
    },
    tries: {
      en: [
        'Open Experiments and switch charge-shadow to quick at 4 s, before the fix: now it overcharges too.',
        'Remove the switch at 6 s from the timeline: the customers of quick go on paying too much until the fix at 8 s.',
        'Make share 0.5 in by-key.ts: how many customers are harmed?',
      ],
      uk: [
        'Відкрийте «Експерименти» і о 4 с, ще до виправлення, перемкніть charge-shadow на quick: переплати будуть і тут.',
        'Приберіть ізі шкали часу перемикання о 6 с: клієнти версії quick переплачуватимуть до виправлення о 8 с.',
        'Зробіть share 0.5 у by-key.ts: скільком клієнтам це зашкодить?',
      ],
    },
  },
};
