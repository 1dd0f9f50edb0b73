import { ukRefusal } from './uk-refusals';
import type { ComposerText } from './en-composer';
import { ukFormat as f } from './format';

const requests = (count: number): string =>
  `${f.number(count)} ${f.plural(count, { one: 'запит', few: 'запити', many: 'запитів', other: 'запиту' })}`;

export const ukComposer: ComposerText = {
  title: 'Надіслати HTTP-запит',
  at: (at) => `о ${at}`,
  views: 'Як його записати',
  asCurl: 'Команда curl',
  asForm: 'Форма',
  command: 'Команда curl або кілька, так, як у терміналі',
  example: `curl -X POST http://localhost:5000/webhook/order \\
  -H "Content-Type: application/json" \\
  -d '{"order_id": 777, "status": "created"}'`,
  problems: 'Що не так із командою',
  line: (line) => `рядок ${f.number(line)}`,
  goThere: 'Виділити це місце в команді',
  notSimulated: {
    'shell-syntax': (name) => `${name}: тут потрібна справжня оболонка, а її не симулюємо.`,
    command: (name) => `${name} не симулюється: тут є лише curl.`,
    substitution: (name) => `${name} мало б виконати команду, а це не симулюється. Впишіть натомість її результат.`,
    redirection: (name) => `Перенаправлення ${name} не симулюється.`,
    pipe: (name) => `Конвеєр до ${name} не симулюється.`,
    option: (name) => `${name} не симулюється.`,
    'client-certificate': (name) => `${name}: клієнтські сертифікати не симулюються, бо тут нічого не шифрується.`,
    proxy: (name) => `${name}: проксі не симулюються.`,
    authentication: (name) => `${name}: з автентифікації симулюються лише Basic (-u) і Bearer.`,
    protocol: (name) => `${name} не симулюється: є лише http:.`,
    'header-line-break': (name) => `${name}: у заголовку не може бути розриву рядка.`,
    'standard-input': (name) => `${name} читає з термінала, а його не симулюємо. Впишіть самі дані.`,
    file: (name: string) =>
      `${name} немає серед файлів сценарію, а інших прочитати не можна. Додайте його туди або впишіть самі дані.`,
    'too-many-requests': (name) => `${name} означає забагато запитів.`,
  },
  withoutEffect: (name) => `${name} тут нічого не змінює.`,
  variableUnset: (name) => `${name} тут не має значення: на його місці порожньо.`,
  windowsLine: (mark) =>
    `Рядок закінчується на ${mark}, як в оболонці Windows. Скопіюйте команду для bash: там рядок закінчується на \\.`,
  prompt: (mark) => `${mark} — це запрошення термінала, а не частина команди: приберіть його.`,
  unclosedQuote: 'Лапку, що відкривається тут, не закрито: закрийте її або поставте перед нею \\.',
  badHeader: {
    name: (name) =>
      `Заголовок не може називатися «${name}»: пишіть назву, двокрапку й значення; у назві — латинські літери, цифри й дефіси.`,
    value: (name) => `У значенні ${name} є символ, якого в заголовку бути не може: приберіть його.`,
  },
  bareCurl: 'curl: no URL specified! Допишіть, куди надіслати запит: curl http://localhost:3000/',
  passwordMissing: 'Пароля немає: тут він порожній, а curl запитав би його.',
  earlier: 'Повернути попередній текст',
  which: 'Котрий із запитів',
  method: 'Метод',
  url: 'URL',
  headers: 'Заголовки, по одному в рядку',
  body: 'Тіло',
  format: 'Вирівняти JSON',
  notJson: (line, column, expected) =>
    `Це не JSON: рядок ${f.number(line)}, стовпець ${f.number(column)}, ${expected}. Надіслати можна й так.`,
  understood: (count) => (count === 1 ? 'Зрозуміло як такий запит' : `Зрозуміло як ${requests(count)}`),
  nothing: 'Вставте команду або заповніть форму.',
  blocked: 'Так команду не надіслати: що не так, написано під нею.',
  over: 'У цю мить запуск уже завершено. Поверніться назад, щоб щось надіслати.',
  notReady: 'Немає запуску, до якого його надіслати.',
  about: 'Він стане втручанням на шкалі часу.',
  send: (count) => (count > 1 ? `Надіслати ${requests(count)}` : 'Надіслати запит'),
  sent: (count) => (count > 1 ? `Надіслано ${requests(count)}` : 'Запит надіслано'),
  close: 'Закрити',
  noAnswerYet: (at) => `До ${at} відповіді немає; далі запуск ще не обчислено.`,
  noAnswer: 'Запуск завершився, а відповіді так і не було.',
  gone: 'Запит прибрали зі шкали часу.',
  notApplied: (reason) => `Відхилено: ${ukRefusal(reason)}`,
  timing: {
    there: (time) => `${time} туди`,
    handler: (time, process) => `${time} у ${process}`,
    back: (time) => `${time} назад`,
    total: (time) => `${time} разом`,
    title: 'Час, віртуальний',
  },
  caused: 'Що він спричинив',
  causedNothing: 'Поки нічого, крім відповіді.',
  more: (count) => `і ще ${f.number(count)}, у журналі`,
  goTo: (at) => `До ${at}`,
  onTimeline: 'Показати на шкалі',
  advice: {
    listensElsewhere: (port, processes) => `Порт ${String(port)} ніхто не слухає. ${processes}.`,
    listens: (process, ports) => `${process} слухає ${ports}`,
    usePort: (port) => `Узяти порт ${String(port)}`,
    nobody: (port) =>
      `Цієї миті ніхто нічого не слухає. Спершу має працювати сервер, який викличе listen(${String(port)}).`,
    down: (process) => `${process} не працює: перезапустіть його й надішліть знову.`,
    restart: (process) => `Перезапустити ${process}`,
    again: (process, port) => `${process} уже слухає ${String(port)}: надішліть знову.`,
    unknownHost: (names) => `Процесу з такою назвою немає. Є такі: ${names}.`,
    cut: 'Зв’язок обірвано, або крізь нього нічого не пройшло. Відновіть його й надішліть знову.',
    reset: 'Сервер обірвав з’єднання або його процес завершився, не давши повної відповіді.',
  },
  history: 'Запити ззовні на шкалі часу',
  edit: (name) => `Узяти ${name} сюди`,
};
