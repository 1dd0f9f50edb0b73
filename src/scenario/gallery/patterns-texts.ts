import type { GalleryTexts } from './about';

/** Ways out of trouble that recur whatever the broker. */
export const patternsTexts: GalleryTexts = {
  'retry-with-delay': {
    about: {
      en: 'A bank is down for 5 s; payments wait in a queue that expires back to work. Or are given up at once.',
      uk: 'Банк лежить 5 с; платежі чекають у черзі, звідки вертаються до роботи. Або від них одразу відмовляються.',
    },
    learn: {
      en: [
        'A rejected payment is dead-lettered into a queue nobody reads; its TTL sends it back 2 s later.',
        'x-death counts the attempts: no worker has to remember them.',
        '19 of 20 payments outlive the outage; the unknown card is given up after attempt 4 and kept.',
        'impatient tries each once: ten good payments are gone, 23 750 UAH.',
      ],
      uk: [
        'Відхилений платіж іде в чергу, якої ніхто не читає; за 2 с TTL вертає його назад.',
        'Спроби рахує x-death: жоден воркер не мусить їх пам’ятати.',
        '19 із 20 платежів переживають простій; невідому картку після 4-ї спроби відкладено.',
        'impatient пробує лише раз: десять добрих платежів пропало, 23 750 грн.',
      ],
    },
    tries: {
      en: [
        'Make retryAfterMs 300 at the very beginning: four attempts are over before the bank is back.',
        'Crash payments during the outage: what it held comes back, and what waits goes on waiting.',
        'In payments.ts requeue instead, with nack(message, false, true): the same payments spin without a pause.',
      ],
      uk: [
        'На самому початку зробіть retryAfterMs 300: чотири спроби скінчаться, доки банк лежить.',
        'Обваліть payments під час простою: те, що він тримав, вернеться, а решта чекає далі.',
        'У payments.ts вертайте в ту саму чергу, nack(message, false, true): ті самі платежі крутяться без перерви.',
      ],
    },
  },
  'poison-message': {
    about: {
      en: 'One order nobody can read: a classic queue loops, a quorum queue gives it up.',
      uk: 'Замовлення, якого не прочитати: classic крутить його, quorum відкладає.',
    },
    learn: {
      en: [
        'What is requeued goes back to the head of the queue: 45 deliveries in vain, and 7 good orders never get through.',
        'A quorum queue counts deliveries: after 4 the poison goes to the dead letters, and 9 of 10 are handled.',
        'x-death says where it came from and why: delivery_limit.',
      ],
      uk: [
        'Повернене стає на початок черги: 45 доставок намарно, а 7 добрих замовлень так і не пройшли.',
        'Черга quorum рахує доставки: після 4-ї отруту відкладено, і 9 із 10 замовлень виконано.',
        'x-death каже, звідки воно й чому: delivery_limit.',
      ],
    },
    tries: {
      en: [
        'In worker.ts reject instead, with nack(message, false, false): the classic queue drops the poison and goes on.',
        'Add a replica of classic-worker: while one is busy with the poison, the other does the rest.',
        'Make the delivery limit 10 at the very beginning: the same end, later.',
      ],
      uk: [
        'У worker.ts відхиляйте, nack(message, false, false): classic викине отруту й піде далі.',
        'Додайте репліку classic-worker: доки одна зайнята отрутою, друга робить решту.',
        'На самому початку зробіть межу доставок 10: те саме, лише пізніше.',
      ],
    },
  },
  'circuit-breaker': {
    about: {
      en: 'From 5 to 12 s a bank is slow. One shop goes on asking it, the other has a circuit breaker of cockatiel.',
      uk: 'З 5 до 12 с банк повільний. Один магазин питає далі, другий має запобіжник із cockatiel.',
    },
    learn: {
      en: [
        'Without a breaker calls pile up at the bank, and it is late long after it is well.',
        'With one, three failures open it: what follows fails at once and spares the bank.',
        'Every second one call looks; the first that succeeds closes it.',
      ],
      uk: [
        'Без запобіжника виклики накопичуються в банку, і він відстає ще довго після одужання.',
        'Із запобіжником три невдачі розмикають його: далі відмова миттєва, і банк перепочиває.',
        'Щосекунди один виклик перевіряє; перший вдалий замикає запобіжник.',
      ],
    },
    tries: {
      en: [
        'Let it open after ten failures in safe-shop.ts, and compare.',
        'Put a retry around the call in plain-shop.ts: it makes things worse.',
        'Crash bank and bring it back: which shop sells first?',
      ],
      uk: [
        'Нехай у safe-shop.ts він розмикається після десяти невдач; порівняйте.',
        'Додайте retry до виклику в plain-shop.ts: стане гірше.',
        'Обваліть bank і підніміть: який магазин продасть першим?',
      ],
    },
  },
  'network-partition': {
    about: {
      en: 'Three cities sell the same seats, and from 3 to 8 s Lviv does not reach the others.',
      uk: 'Три міста продають ті самі місця, а з 3 до 8 с Львів не має зв’язку з іншими.',
    },
    learn: {
      en: [
        'Eager desks sell on both sides from their own copy: seven seats have two owners in the end.',
        'Careful desks need two of three: Kyiv and Odesa go on, Lviv sends five customers home and sells no seat twice.',
        'When the network heals, what the eager ones have to tell comes at last, and too late.',
      ],
      uk: [
        'Жадібні каси продають по обидва боки зі своєї копії: зрештою сім місць мають двох власників.',
        'Обережні продають лише за згодою двох кас із трьох: Львів відсилає п’ятьох додому, зате двічі не продано нічого.',
        'Коли зв’язок відновлюється, новини жадібних нарешті доходять, але запізно.',
      ],
    },
    tries: {
      en: [
        'Take the partition out of the scenario: as long as no desk is changed or started anew, both kinds are the same, which is why the mistake goes unnoticed.',
        'Part all three cities from each other: no careful desk sells anything, and every eager one sells the same seats.',
        'In careful.ts count silence as a yes too: nobody is sent home any more, and seats are sold twice here as well.',
      ],
      uk: [
        'Приберіть розрив зі сценарію: доки жодної каси не змінено й не перезапущено, обидва різновиди однакові, тому цієї помилки й не помічають.',
        'Роз’єднайте всі три міста: жодна обережна каса нічого не продасть, а жадібні продадуть ті самі місця.',
        'У careful.ts рахуйте мовчання за згоду: додому не піде ніхто, зате й тут місця продаватимуть двічі.',
      ],
    },
  },
};
