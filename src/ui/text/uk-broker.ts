import type { EntryOf, Settings } from '../../log/entry';
import { asArguments } from './as-arguments';
import type { enBroker, enBrokerSentence, enPolicyIntervention } from './en-broker';
import { ukFormat as f } from './format';
import type { Translated } from './text';

const count = (n: number, one: string, few: string, many: string): string =>
  `${f.number(n)} ${f.plural(n, { one, few, many, other: few })}`;

const disabledReason: Readonly<Record<string, string>> = {
  asked: 'вручну',
  gone: 'він відповів 410',
  failing: 'усі спроби надто довго невдалі',
};

const addressKind: Readonly<Record<string, string>> = {
  unspecified: 'невизначена',
  private: 'приватна',
  metadata: 'метадані',
  reserved: 'зарезервована',
};

const setting: Readonly<Record<string, (value: string | number | boolean) => string>> = {
  durable: (value) => (value === true ? '' : 'тимчасова'),
  'auto-delete': () => 'auto-delete',
  exclusive: () => 'exclusive',
  internal: () => 'internal',
  'alternate-exchange': (value) => `інакше до ${String(value)}`,
  'x-queue-type': (value) => String(value),
  'x-message-ttl': (value) => `TTL ${f.duration(Number(value))}`,
  'x-expires': (value) => `зникає за ${f.duration(Number(value))}`,
  'x-max-length': (value) => `макс. ${f.number(Number(value))}`,
  'x-max-length-bytes': (value) => `макс. ${f.bytes(Number(value))}`,
  'x-overflow': (value) => String(value),
  'x-max-priority': (value) => `пріоритети 0–${f.number(Number(value))}`,
  'x-single-active-consumer': (value) => (value === true ? 'один активний споживач' : ''),
  'x-delivery-limit': (value) => `ліміт ${f.number(Number(value))}`,
  'x-dead-letter-exchange': (value) => `мертві до ${value === '' ? 'типового exchange' : String(value)}`,
  'x-dead-letter-routing-key': (value) => `з ключем ${String(value)}`,
  endpoint: () => '',
  url: () => '',
  application: () => '',
  description: () => '',
  'refused-address': (value) => `відмова: ${addressKind[String(value)] ?? String(value)}`,
  'event-types': (value) => (value === '#' ? 'усі типи' : String(value)),
  channels: (value) => `канали ${String(value)}`,
  'rate-limit': (value) => `${f.number(Number(value))} за секунду`,
  disabled: (value) => `вимкнено: ${disabledReason[String(value)] ?? ''}`,
  secret: (value) => `новий секрет ${String(value)}`,
  'former-secret-until-ms': (value) => `попередній теж підписує до ${f.instant(Number(value))}`,
};

function settings(values: Settings): string[] {
  return Object.entries(values).flatMap(([name, value]) => {
    const words = setting[name] === undefined ? `${name} ${String(value)}` : setting[name](value);
    return words === '' ? [] : [words];
  });
}

const policyWords = (definition: Settings): string[] => settings(asArguments(definition));

const details = (parts: readonly string[]): string => (parts.length === 0 ? '' : `: ${parts.join(', ')}`);
const ukSubscribedTo: (typeof enBroker)['subscribedTo'] = ({ pattern, url }) =>
  url === undefined ? pattern : settings({ 'event-types': pattern }).join();

const args = (values: Settings): string =>
  Object.entries(values)
    .map(([name, value]) => `${name}=${String(value)}`)
    .join(', ');

const exchange = (name: string): string => (name === '' ? 'типовий exchange' : name);

const queueEnd = {
  asked: '',
  expired: ': нею надто довго ніхто не користувався',
  unused: ': пішов останній споживач',
  'owner-gone': ': її з’єднання зникло',
  'broker-stopped': ': брокер зупинили, а вона не була durable',
} as const satisfies Record<EntryOf<'queue.deleted'>['reason'], string>;

const exchangeEnd = {
  asked: '',
  unused: ': зникла остання прив’язка',
  'broker-stopped': ': брокер зупинили, а він не був durable',
} as const satisfies Record<EntryOf<'exchange.deleted'>['reason'], string>;

const closed = (e: EntryOf<'connection.closed' | 'channel.closed'>): string => {
  if (e.reason === 'refused') return `: ${e.text ?? ''}`;
  return e.reason === 'lost' ? ': про нього більше нічого не чути' : '';
};

const channel = (e: { readonly connection: string; readonly channel: number }): string =>
  `канал ${f.number(e.channel)} з’єднання ${e.connection}`;

export const ukBrokerSentence: Translated<typeof enBrokerSentence> = {
  'exchange.declared': (e) => `Оголошено exchange ${e.exchange} (${e.kind})${details(settings(e.settings))}`,
  'exchange.deleted': (e) => `Exchange ${e.exchange} видалено${exchangeEnd[e.reason]}`,
  'queue.declared': (e) =>
    `Оголошено ${e.settings['endpoint'] === undefined ? 'чергу' : 'ендпоінт'} ${e.queue}${details(settings(e.settings))}`,
  'queue.deleted': (e) => `Чергу ${e.queue} видалено${queueEnd[e.reason]}`,
  'binding.added': (e) =>
    `${e.destination} прив’язано до ${e.source}${details([...(e.key === '' ? [] : [e.key]), ...(args(e.arguments) === '' ? [] : [args(e.arguments)])])}`,
  'binding.removed': (e) => `Прив’язку ${e.binding} у ${e.broker} знято`,
  'connection.opened': (e) =>
    `${e.process} під’єднався до ${e.broker}: ${e.connection}, heartbeat ${f.duration(e.heartbeatMs)}`,
  'connection.closed': (e) => `З’єднання ${e.connection} процесу ${e.process} закрито${closed(e)}`,
  'connection.blocked': (e) => `${e.broker} заблокував з’єднання ${e.connection} процесу ${e.process}: ${e.reason}`,
  'connection.unblocked': (e) => `${e.broker} знову читає з’єднання ${e.connection} процесу ${e.process}`,
  'channel.opened': (e) => `${e.broker} відкрив ${channel(e)}`,
  'channel.limited': (e) => `Усі споживачі разом, ${channel(e)}: prefetch ${f.number(e.prefetch)}`,
  'channel.closed': (e) => `${e.broker} закрив ${channel(e)}${closed(e)}`,
  'group.created': (e) => `Група ${e.group} читає ${e.queue} після ${e.lastId}`,
  'group.moved': (e) =>
    `Група ${e.group} у ${e.queue}: прочитано до ${e.lastId}, без підтвердження ${f.number(Object.values(e.pending).reduce((sum, n) => sum + n, 0))}${e.lag === undefined ? '' : `, відставання ${f.number(e.lag)}`}`,
  'group.destroyed': (e) => `Групи ${e.group} у ${e.queue} більше немає`,
  'policy.set': ({ name, policy }) =>
    `Політика ${name} діє для ${policy.pattern}${details(policyWords(policy.definition))}`,
  'policy.cleared': ({ name }) => `Політики ${name} більше немає`,
};

export const ukBroker: Translated<typeof enBroker> = {
  settings,
  subscribedTo: ukSubscribedTo,
  arguments: args,
  exchange,
  dropReason: {
    'no-subscriber': 'його ніхто не слухає',
    'consumer-gone': 'його споживача вже немає',
    'queue-full': 'черга повна',
    unroutable: 'жодна прив’язка не веде до черги',
    returned: 'жодна прив’язка не веде до черги; воно повернулося до відправника',
    purged: 'чергу очищено',
    'queue-deleted': 'чергу видалено',
    'queue-expired': 'термін черги вийшов',
    'broker-stopped': 'брокер зупинили, а на диску його не було',
    rejected: 'його відхилено',
    expired: 'його час вийшов',
    maxlen: 'черга перевищила свою межу',
    delivery_limit: 'воно поверталося надто часто',
    duplicate: 'повідомлення з таким id уже є',
    refused: 'його не прийнято',
    'endpoint-disabled': 'ендпоінт вимкнено',
  },
  routedTo: (names) =>
    names.length > 3 ? `до ${count(names.length, 'черги', 'черг', 'черг')}` : `у ${names.join(', ')}`,
  deadNowhere: (name) => `; ${exchange(name)} нікуди не веде`,
  noMatch: 'не збігається',
  more: (n) => `ще ${f.number(n)}`,
  exchangeLabel: (name, kind, routed) =>
    `Exchange ${name}, ${kind}, ${count(routed, 'повідомлення', 'повідомлення', 'повідомлень')}`,
  bindingLabel: (source, key, destination) => `Прив’язка ${key === '' ? '' : `${key} `}від ${source} до ${destination}`,
  deadPath: { rejected: 'відхилено', expired: 'TTL', maxlen: 'макс.', delivery_limit: 'ліміт' },
  prefetch: 'prefetch',
  prefetchOf: (held, limit) => `prefetch ${f.number(held)} з ${f.number(limit)}`,
  noPrefetch: (held) => `без підтвердження ${f.number(held)}, prefetch не задано`,
  lastPublish: (receivers) => `останній PUBLISH → ${f.number(receivers)}`,
  subscribers: (n) => count(n, 'підписник', 'підписники', 'підписників'),
  group: (name, pending, lag) =>
    `${name} · ${f.number(pending)} без ack${lag === undefined ? '' : ` · відставання ${f.number(lag)}`}`,
  groupMove: {
    open: (group, stream) => `Хай ${group} прочитає ${stream} ще раз…`,
    after: 'Читати далі після запису',
    help: '0 — усе ще раз, $ — лише те, що надійде відтепер. Непідтверджене таким і лишається.',
    wrongId: 'Id запису має вигляд 1767225600000-0; 0 і $ означають початок і кінець.',
    send: 'Застосувати',
  },
  groups: (groups, pending) => `${count(groups, 'група', 'групи', 'груп')} · ${f.number(pending)} без ack`,
  pending: (pending) => `${f.number(pending)} без ack`,
  lag: (lag) => `відставання ${f.number(lag)}`,
  route: {
    title: 'Маршрут',
    to: (name, kind, key) =>
      `${exchange(name)}${kind === '' ? '' : ` (${kind})`}${key === '' ? '' : ` з ключем ${key}`}`,
    died: (queue, reason) => `Померло в ${queue}: ${reason}`,
    why: {
      default: (queue) => `ключ — це ім’я черги ${queue}`,
      fanout: 'fanout: збігається кожна прив’язка',
      direct: (key) => `ключ — ${key}`,
      topic: (pattern, key) => `${pattern} збігається з ${key}`,
      all: (pairs) => (pairs === '' ? 'не вимагає жодного заголовка' : `є всі заголовки: ${pairs}`),
      any: (pairs) => `є хоча б один заголовок: ${pairs}`,
    },
    alternate: (from, to) => `У ${from} нічого не збіглося: далі до запасного ${to}`,
    nowhere: 'Жодна прив’язка не збіглася',
    unmatched: (n) => `Не збіглося: ${count(n, 'інша прив’язка', 'інші прив’язки', 'інших прив’язок')}`,
    again: 'уже отримала',
    published: 'опубліковано',
  },
  properties: 'Властивості й заголовки',
  deaths: {
    title: 'x-death',
    row: (times, reason, queue) => `${f.number(times)} × ${reason} у ${queue}`,
    since: (time, name, keys) => `уперше о ${time}, опубліковано в ${exchange(name)}${keys === '' ? '' : ` з ${keys}`}`,
  },
  inspector: {
    policy: 'За політикою',
    policies: {
      title: 'Політики',
      none: 'Немає. Політика дає аргументи всім чергам і exchange, чиї імена збігаються.',
      set: 'Задати політику…',
      change: (name) => `Змінити політику ${name}…`,
      clear: (name) => `Прибрати політику ${name}`,
      name: 'Ім’я',
      pattern: 'Імена, що збігаються (регулярний вираз)',
      target: 'Діє для',
      targets: {
        all: 'черг і exchange',
        queues: 'черг',
        classic_queues: 'класичних черг',
        quorum_queues: 'кворумних черг',
        streams: 'потоків',
        exchanges: 'exchange',
      },
      priority: 'Пріоритет',
      definition: 'Що вона задає (JSON)',
      known: (keys) => `Одне чи кілька з: ${keys}.`,
      noName: 'Політиці потрібне ім’я.',
      noJson: 'Це не об’єкт JSON, як-от {"message-ttl": 5000}.',
      noPriority: 'Пріоритет — ціле число.',
      send: 'Задати',
      words: policyWords,
    },
    exchanges: 'Exchange',
    exchangeKind: (kind) => `exchange ${kind}`,
    bindingKind: 'прив’язка',
    bindingsOf: 'Прив’язки звідси',
    bindingsTo: 'Прив’язки сюди',
    noBindings: 'Нічого не прив’язано',
    routed: (n) => `Сюди надійшло ${count(n, 'повідомлення', 'повідомлення', 'повідомлень')}`,
    matched: (n) => `збігів ${f.number(n)}`,
    settings: 'Налаштування',
    deadTo: 'Мертві листи йдуть до',
    connections: 'З’єднання',
    noConnections: 'Ніхто не під’єднаний',
    connection: (name, heartbeat, blocked) =>
      `${name}, heartbeat ${heartbeat}${blocked === undefined ? '' : `, заблоковано: ${blocked}`}`,
    channel: (number, unacked, prefetch) =>
      `канал ${f.number(number)}: без підтвердження ${f.number(unacked)}${prefetch === '' ? '' : `, ${prefetch}`}`,
    sharedPrefetch: (limit) => `prefetch ${f.number(limit)} на всіх`,
    consumerPrefetch: (limits) => `prefetch ${limits}`,
    groups: 'Групи споживачів',
    channels: 'Канали Pub/Sub',
    noAck: 'без ack',
    priority: (priority) => `пріоритет ${f.number(priority)}`,
    gone: (name) => `${name} у цю мить немає`,
    from: 'звідки',
    to: 'куди',
    key: 'ключ',
    arguments: 'аргументи',
  },
};

export const ukPolicyIntervention: Translated<typeof enPolicyIntervention> = {
  'policy.set': (name) => `Задати політику ${name}`,
  'policy.clear': (name) => `Прибрати політику ${name}`,
};
