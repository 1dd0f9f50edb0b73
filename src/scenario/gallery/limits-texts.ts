import type { GalleryTexts } from './about';

/** When a plain call is better: what both sides of each lose and win is counted in the comparison. */
export const limitsTexts: GalleryTexts = {
  'plain-crud': {
    about: {
      en: 'Save a profile and show it: from one table, or from a view that listens to events.',
      uk: 'Зберегти профіль і показати його: з однієї таблиці або з подання, що слухає події.',
    },
    learn: {
      en: [
        'The view answers before it has heard of the change: every answer is stale.',
        'The plain call answers in half the time, with half the lines.',
      ],
      uk: [
        'Подання відповідає раніше, ніж почує про зміну: кожна відповідь застаріла.',
        'Звичайний виклик відповідає вдвічі швидше й удвічі коротший.',
      ],
    },
    tries: {
      en: [
        'Let front wait 100 ms before it reads: the answers are right, and slower still.',
        'Crash view: saving goes on, showing does not.',
        'Add load: the plain call keeps up.',
      ],
      uk: [
        'Нехай front чекає 100 мс перед читанням: відповіді правильні, але ще повільніші.',
        'Обваліть view: збереження йде далі, показ ні.',
        'Додайте навантаження: звичайний виклик встигає.',
      ],
    },
  },
  'real-time': {
    about: {
      en: 'A brake hears a signal twenty times a second, by a call or through a queue. From 5 to 6 s it is down.',
      uk: 'Гальмо чує сигнал двадцять разів на секунду: викликом або через чергу. З 5 до 6 с воно лежить.',
    },
    learn: {
      en: [
        'A call reaches the brake over one hop less.',
        'A call that finds nobody is over, and the next one is fresh; the queue brings signals that are a second old.',
        'The queue loses nothing, and here that is the fault.',
      ],
      uk: [
        'Виклик сягає гальма на одну ланку швидше.',
        'Виклик, що нікого не застав, закінчився, а наступний свіжий; черга приносить сигнали секундної давності.',
        'Черга нічого не губить, і саме це тут вада.',
      ],
    },
    tries: {
      en: [
        'Take the crash away: the queue is behind by one hop only.',
        'At the very beginning give the queue messageTtl: 50 in both files, and the old signals are gone.',
        'Slow brake: both act on old signals, and only the caller of the call is told so, with 503.',
      ],
      uk: [
        'Приберіть аварію: черга позаду лише на одну ланку.',
        'На самому початку дайте черзі messageTtl: 50 в обох файлах, і старі сигнали зникнуть.',
        'Сповільніть brake: обидва діють за старими сигналами, але лише викликові про це кажуть, кодом 503.',
      ],
    },
  },
  'small-team': {
    about: {
      en: 'Somebody signs up and gets a mail: two functions in one process, or three processes and a bus.',
      uk: 'Хтось реєструється й отримує лист: дві функції в одному процесі або три процеси й шина.',
    },
    learn: {
      en: ['One part to run and watch against four, and fewer lines.', 'All is done sooner, since nothing travels.'],
      uk: ['Одна частина під наглядом проти чотирьох, і менше рядків.', 'Усе зроблено швидше, бо нічого не подорожує.'],
    },
    tries: {
      en: [
        'Crash mailer: who notices, and where?',
        'Add a third step on both sides, and count the files that change.',
        'Take ten times the load: one process still does it all, and sooner.',
      ],
      uk: [
        'Обваліть mailer: хто це помітить і де?',
        'Додайте третій крок з обох боків і порахуйте змінені файли.',
        'Візьміть навантаження 10×: один процес і далі все встигає, ще й швидше.',
      ],
    },
  },
  'tangled-logic': {
    about: {
      en: 'A price depends on stock, loyalty and delivery, and those on one another.',
      uk: 'Ціна залежить від залишків, лояльності й доставки, а вони — одне від одного.',
    },
    learn: {
      en: [
        'Three lines that are read from top to bottom against four files and five steps.',
        'Who waits for two answers has to keep what it knows.',
        'The answer takes four times as long.',
      ],
      uk: [
        'Три рядки, які читають згори вниз, проти чотирьох файлів і п’яти кроків.',
        'Хто чекає на дві відповіді, мусить пам’ятати, що вже знає.',
        'Відповідь іде вчетверо довше.',
      ],
    },
    tries: {
      en: [
        'Make delivery depend on the price, on both sides.',
        'Crash loyalty: some prices are never told, and nobody is told so.',
        'Follow one price through the log of the events.',
      ],
      uk: [
        'Нехай доставка залежить від ціни, з обох боків.',
        'Обваліть loyalty: деяких цін ніхто не назве, і ніхто про це не скаже.',
        'Простежте одну ціну в журналі подій.',
      ],
    },
  },
  'no-need-to-scale': {
    about: {
      en: 'A report that takes 200 ms, fifteen times a minute: made at once, or by a worker behind a queue.',
      uk: 'Звіт на 200 мс, п’ятнадцять разів на хвилину: одразу або обробником за чергою.',
    },
    learn: {
      en: [
        'Throughput is the same: there is nothing to scale.',
        'The way is longer, with more parts and three times the lines.',
      ],
      uk: ['Пропускна здатність однакова: масштабувати нічого.', 'Шлях довший, частин більше, а рядків утричі більше.'],
    },
    tries: {
      en: [
        'Add load: the plain call takes reports at once, the worker one after another.',
        'Crash worker: the answers wait, the plain ones do not.',
        'At the very beginning let a report take 5 s in report.ts: one worker falls behind, and two are no faster than the plain call.',
      ],
      uk: [
        'Додайте навантаження: звичайний виклик робить звіти водночас, обробник — по одному.',
        'Обваліть worker: відповіді чекають, звичайні ні.',
        'На самому початку нехай звіт у report.ts триває 5 с: один обробник відстає, а два не швидші за звичайний виклик.',
      ],
    },
  },
};
