import type { enAttempts, enEndpointIntervention } from './en-attempts';
import { ukFormat as f } from './format';
import type { Translated } from './text';

export const ukAttempts: Translated<typeof enAttempts> = {
  title: 'Спроби вебхуків',
  fact: (endpoints, attempts) =>
    `${f.number(endpoints)} ${f.plural(endpoints, { one: 'ендпоінт', few: 'ендпоінти', many: 'ендпоінтів', other: 'ендпоінта' })}, ${f.number(attempts)} ${f.plural(attempts, { one: 'спроба', few: 'спроби', many: 'спроб', other: 'спроби' })}`,
  endpoints: 'Ендпоінти',
  messages: 'Повідомлення',
  column: {
    endpoint: 'Ендпоінт',
    state: 'Стан',
    success: 'Вдалих',
    p50: 'p50',
    p95: 'p95',
    next: 'Наступна спроба',
  },
  none: '–',
  active: 'працює',
  failing: 'невдачі',
  disabled: { asked: 'вимкнено вручну', gone: 'вимкнено: відповів 410', failing: 'вимкнено: надто довго самі невдачі' },
  inTime: (time) => `за ${time}`,
  all: 'Усі ендпоінти',
  only: (endpoint) => `Лише ${endpoint}`,
  noMessages: 'Жодне повідомлення ще не надсилалося.',
  noMessagesThen: 'Запустіть далі: тут кожне повідомлення матиме свою лінію зі спробами й паузами між ними.',
  more: (count) =>
    `Ще ${f.number(count)} ${f.plural(count, { one: 'раніше повідомлення не показано', few: 'раніші повідомлення не показано', many: 'раніших повідомлень не показано', other: 'ранішого повідомлення не показано' })}. Виберіть ендпоінт, щоб побачити його власні.`,
  state: {
    queued: 'чекає на свою чергу',
    sending: 'надсилається',
    waiting: 'чекає на наступну спробу',
    delivered: 'доставлено',
    exhausted: 'спроби вичерпано',
    stopped: 'зупинено разом з ендпоінтом',
  },
  attempt: (number, result) => `Спроба ${f.number(number)}: ${result}`,
  manual: 'вручну',
  pending: 'триває',
  answered: (status) => `відповідь ${String(status)}`,
  reason: {
    threw: 'виняток',
    timeout: 'немає відповіді вчасно',
    limit: 'зупинено: вичерпано ліміт',
    refused: 'відхилено',
    status: 'не 2xx',
    unreachable: 'ніхто не відповідає',
    policy: 'не пустила політика адрес',
  },
  short: {
    threw: 'виняток',
    timeout: 'тайм-аут',
    limit: 'ліміт',
    refused: 'відмова',
    status: 'не 2xx',
    unreachable: 'лежить',
    policy: 'політика',
  },
  recover: {
    open: (endpoint) => `Надіслати на ${endpoint} ще раз…`,
    which: { failed: 'Те, що не вдалося, по одній спробі', missing: 'Те, що туди не надсилали, за розкладом' },
    since: 'Створене від, мс',
    wrongInstant: 'Мить — це число мілісекунд від 0.',
    send: 'Надіслати',
  },
  refused: {
    failed: 'Нічого не надіслано: відтоді там не було остаточних невдач.',
    missing: 'Нічого не надіслано: відтоді він нічого не пропустив.',
    disabled: 'Нічого не надіслано: ендпоінт вимкнено.',
  },
  twoSecrets: (until) => `підпис двома секретами до ${until}`,
  disableTip: 'Відтепер він нічого не отримує, а те, що на нього чекало, вже не надсилається.',
  enableTip: 'Він отримує те, що створено відтепер. Пропущене можна надіслати окремо.',
  rotateTip: 'Надіслане підписується новим секретом, а ще 24 години — й попереднім.',
  resend: (message, endpoint) => `Надіслати ${message} на ${endpoint} ще раз`,
};

export const ukEndpointIntervention: Translated<typeof enEndpointIntervention> = {
  'endpoint.disable': (queue) => `Вимкнути ${queue}`,
  'endpoint.enable': (queue) => `Увімкнути ${queue}`,
  'endpoint.rotate-secret': (queue) => `Новий секрет для ${queue}`,
};
