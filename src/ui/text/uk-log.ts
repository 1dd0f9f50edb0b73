import { ukRefusal } from './uk-refusals';
import type { Entry, EntryOf, Failure, Intervention } from '../../log/entry';
import type { enIntervention, enLog } from './en-log';
import { ukRedelivery } from './uk-redelivery';
import { ukFormat as f } from './format';
import { ukFault, ukFaultSentence } from './uk-faults';
import { ukStoreSentence } from './uk-store';
import { ukBroker as broker, ukBrokerSentence, ukPolicyIntervention } from './uk-broker';
import { ukExperimentSentence, ukExperimentSwitch } from './uk-experiments';
import { ukEndpointIntervention } from './uk-attempts';
import { ukReceiverIntervention, ukReceiverSentence } from './uk-receivers';
import { ukSagaSentence } from './uk-sagas';
import { ukSyntax } from './uk-syntax';
import type { Translated } from './text';

function who({ listener, process }: { readonly listener: string; readonly process: string }): string {
  return listener === process ? listener : `${listener} у ${process}`;
}

function attempt(n: number): string {
  return n > 1 ? `, спроба ${f.number(n)}` : '';
}

const count = (n: number, one: string, few: string, many: string): string =>
  `${f.number(n)} ${f.plural(n, { one, few, many, other: few })}`;
const messages = (n: number): string => count(n, 'повідомлення', 'повідомлення', 'повідомлень');
const deliveries = (n: number): string => count(n, 'доставку', 'доставки', 'доставок');
const attempts = (n: number): string => count(n, 'спроби', 'спроб', 'спроб');
const listeners = (n: number): string => count(n, 'слухачеві', 'слухачам', 'слухачам');

function routed(e: EntryOf<'message.routed'>): string {
  const targets = [
    ...(e.subscriptions.length > 0 ? [listeners(e.subscriptions.length)] : []),
    ...(e.queues.length > 0 ? [broker.routedTo(e.queues)] : []),
  ];
  const by = e.exchange ?? e.broker;
  if (e.kept) return `${by} зберігає ${e.message}: поки ніхто не стежить, але прочитати його можна`;
  return targets.length === 0
    ? `${by} не має кому віддати ${e.message}`
    : `${by} спрямував ${e.message} ${targets.join(' і ')}`;
}

const endReason = {
  duration: 'Запуск завершено: його час вийшов',
  idle: 'Запуск завершено: більше нічого не станеться',
  limit: 'Запуск завершено на обмеженні',
  unresponsive: 'Запуск зупинено: код не відповідав',
} as const satisfies Record<EntryOf<'run.ended'>['reason'], string>;

const limitText = {
  turns: (max: number) => count(max, 'оберт', 'оберти', 'обертів'),
  'call-depth': (max: number) => count(max, 'вкладений виклик', 'вкладені виклики', 'вкладених викликів'),
  'deliveries-per-instant': (max: number) => `${count(max, 'доставка', 'доставки', 'доставок')} в одну мить`,
  'wakes-per-instant': (max: number) => `${count(max, 'пробудження', 'пробудження', 'пробуджень')} в одну мить`,
  'queue-depth': (max: number) => `${messages(max)} в одній черзі`,
  'message-bytes': (max: number) => `${f.bytes(max)} на повідомлення`,
  'console-bytes': (max: number) => `${f.bytes(max)} виводу консолі`,
  entries: (max: number) => count(max, 'запис журналу', 'записи журналу', 'записів журналу'),
} as const satisfies Record<EntryOf<'limit.reached'>['limit'], (max: number) => string>;

function limitMet(e: EntryOf<'limit.reached'>): string {
  const place =
    e.process === undefined
      ? (e.broker ?? 'Запуск')
      : e.listener === undefined
        ? e.process
        : `${e.listener} у ${e.process}`;
  return `${place}: досягнуто обмеження, ${limitText[e.limit](e.max)}`;
}

const breakerState = {
  closed: 'замкнувся: виклики проходять',
  'half-open': 'напіввідкритий: один виклик вирішить',
  isolated: 'ізольований: його розімкнули вручну',
};

function breakerChange(e: EntryOf<'breaker.changed'>): string {
  if (e.state !== 'open') return breakerState[e.state];
  const until = e.halfOpenAtMs === undefined ? '' : ` до ${f.instant(e.halfOpenAtMs)}`;
  return `розімкнувся${until}: виклики одразу відхиляються${because(e.failure)}`;
}

const because = (failure: Failure | undefined): string =>
  failure === undefined ? '' : `, ${failure.name}: ${failure.message}`;

function exited(e: EntryOf<'process.exited'>): string {
  if (e.failure !== undefined) return `${e.process} завершився: ${e.failure.name}: ${e.failure.message}`;
  if (e.signal !== undefined) return `${e.process} завершився за ${e.signal}`;
  return `${e.process} завершився з кодом ${String(e.code)}`;
}

function failed(e: EntryOf<'delivery.failed'>): string {
  if (e.reason === 'refused')
    return `${who(e)} відмовився від ${e.message}${attempt(e.attempt)}${e.attemptsLeft > 0 ? ': воно повертається' : ''}`;
  const why =
    e.reason === 'timeout' ? `не встиг за ${f.duration(e.tookMs)}` : `${e.failure.name}: ${e.failure.message}`;
  return `${who(e)}: невдача з ${e.message}${attempt(e.attempt)}: ${why}${e.overBudget ? ukRedelivery.overBudget : ''}`;
}

const interventions: Translated<typeof enIntervention> = {
  'message.publish': (event) => `Опублікувати ${event}`,
  'message.resend': (message, queue) => `Надіслати ${message} ще раз${queue === undefined ? '' : ` на ${queue}`}`,
  'endpoint.recover': ukRedelivery.recover,
  ...ukEndpointIntervention,
  'group.set-id': ukRedelivery.moveGroup,
  'projection.rebuild': (process, projection) => `Перебудувати ${projection} у ${process} з першої події`,
  ...ukPolicyIntervention,
  'replay.start': ukRedelivery.replay,
  'message.redrive': ukRedelivery.intervention,
  'http.request': (method, url) => `Надіслати ${method} ${url.replace(/^http:\/\//, '')}`,
  'process.crash': (process) => `Обвалити ${process}`,
  'process.stop': (process) => `Зупинити ${process}`,
  'process.restart': (process) => `Перезапустити ${process}`,
  'process.scale': (service, replicas) => `Масштабувати ${service} до ${f.number(replicas)}`,
  'broker.scale': (broker, workers) => `Масштабувати ${broker} до ${f.number(workers)}`,
  'file.edit': (file) => `Змінити ${file}`,
  'link.change': (from, to) => `Змінити зв’язок ${from} → ${to}`,
  'broker.stop': (broker) => `Зупинити ${broker}`,
  'broker.start': (broker) => `Запустити ${broker}`,
  'fault.begin': (fault) => ukFault(fault),
  'fault.end': (name) => `Припинити збій ${name}`,
  'experiment.switch': ukExperimentSwitch,
  ...ukReceiverIntervention,
};

function intervention(i: Intervention): string {
  switch (i.type) {
    case 'message.publish':
      return interventions[i.type](i.event);
    case 'message.resend':
      return interventions[i.type](i.message, i.queue);
    case 'endpoint.recover':
      return interventions[i.type](i.which, i.queue, i.sinceMs ?? 0);
    case 'endpoint.disable':
    case 'endpoint.enable':
    case 'endpoint.rotate-secret':
      return interventions[i.type](i.queue);
    case 'group.set-id':
      return interventions[i.type](i.group, i.queue, i.id);
    case 'projection.rebuild':
      return interventions[i.type](i.process, i.projection);
    case 'policy.set':
    case 'policy.clear':
      return interventions[i.type](i.name);
    case 'replay.start':
      return interventions[i.type](i.process, i.listener, i.pattern ?? '#');
    case 'message.redrive':
      return interventions[i.type](i.messages, i.queue);
    case 'http.request':
      return interventions[i.type](i.method, i.url);
    case 'process.crash':
    case 'process.stop':
    case 'process.restart':
      return interventions[i.type](i.process);
    case 'process.scale':
      return interventions[i.type](i.service, i.replicas);
    case 'broker.scale':
      return interventions[i.type](i.broker, i.workers);
    case 'file.edit':
      return interventions[i.type](i.file);
    case 'link.change':
      return interventions[i.type](i.from, i.to);
    case 'broker.stop':
    case 'broker.start':
      return interventions[i.type](i.broker);
    case 'fault.begin':
      return interventions[i.type](i.fault);
    case 'fault.end':
      return interventions[i.type](i.name);
    case 'experiment.switch':
      return interventions[i.type](i.experiment, i.version);
    case 'receiver.pause':
    case 'receiver.resume':
      return interventions[i.type](i.receiver);
    case 'receiver.retry':
      return interventions[i.type](i.receiver, i.events);
    case 'receiver.issue':
      return interventions[i.type](i.issue, i.as);
  }
}

const httpFailure: Readonly<Record<string, string>> = {
  ENOTFOUND: 'процесу з таким ім’ям немає',
  ECONNREFUSED: 'там ніхто не слухає',
  ECONNRESET: 'з’єднання розірвано',
  ETIMEDOUT: 'зв’язок обірвано',
  AbortError: 'той, хто викликав, не став чекати',
  TimeoutError: 'час очікування вийшов',
  reloaded: 'далі працює новіший текст того, хто викликав',
};

const sentence: { readonly [T in Entry['type']]: (e: EntryOf<T>) => string } = {
  'run.started': (e) => `Запуск розпочато, seed ${String(e.seed)}`,
  'run.ended': (e) => endReason[e.reason],
  'file.rejected': (e) =>
    `${e.file} не завантажено: рядок ${f.number(e.line)}, ${ukSyntax(e.message).replace(/\.$/, '')}${e.keptPrevious ? '. Далі працює попередня версія' : ''}`,
  'file.edited': (e) => `${e.file} змінено`,
  'process.started': (e) =>
    e.life > 1 ? `${e.process} запущено знову, життя ${f.number(e.life)}` : `${e.process} запустив ${e.file}`,
  'process.reloaded': (e) => `${e.process} перейшов на новий ${e.file}`,
  'process.exited': exited,
  'process.crashed': (e) => `${e.process}: збій${e.interrupted > 0 ? `, перервано ${deliveries(e.interrupted)}` : ''}`,
  'broker.declared': (e) => `${e.broker} оголошено (${e.kind})`,
  'broker.changed': (e) => `${e.broker} змінив налаштування`,
  'listener.subscribed': (e) =>
    `${who(e)} підписався на ${broker.subscribedTo(e)} у ${e.broker}${e.prefetch === undefined ? '' : `, prefetch ${f.number(e.prefetch)}`}`,
  ...ukBrokerSentence,
  ...ukSagaSentence,
  'listener.unsubscribed': (e) => `${who(e)} відписався від ${e.broker}`,
  'message.published': (e) =>
    e.process === undefined
      ? `Ви опублікували ${e.message.type} (${e.message.id}) у ${e.broker}`
      : `${e.process} опублікував ${e.message.type} (${e.message.id}) у ${e.broker}`,
  'message.lost': (e) => `${e.message} загубилося між ${e.from} і ${e.to}`,
  'message.routed': routed,
  'message.enqueued': (e) => `${e.message} чекає в ${e.queue}`,
  'message.requeued': (e) => `${e.message} повернулося в голову ${e.queue}`,
  'message.dispatched': (e) =>
    `${e.broker} надіслав ${e.message} до ${who(e)}${attempt(e.attempt)}${e.replayed ? ', відтворення' : ''}${e.redriven ? ukRedelivery.mark : ''}`,
  'message.dead-lettered': (e) =>
    e.reason === 'budget' || e.reason === 'unanswered'
      ? ukRedelivery.deadLettered(e)
      : e.reason === 'attempts' && e.from !== undefined
        ? `${e.broker} здався на ${e.message} для ${e.queue} після ${attempts(e.attempts)}; його можна надіслати ще раз`
        : e.reason === 'attempts'
          ? `${e.listener} здався на ${e.message} після ${attempts(e.attempts)}: воно в ${e.queue}`
          : `${e.message} померло в ${e.from ?? e.broker}: ${broker.dropReason[e.reason]}. Воно в ${e.queue}`,
  'effect.held': ukRedelivery.held,
  'message.redriven': ukRedelivery.redriven,
  'message.dropped': (e) =>
    `${e.queue ?? e.broker} відкинув ${e.message}: ${broker.dropReason[e.reason]}${e.exchange === undefined ? '' : broker.deadNowhere(e.exchange)}`,
  'delivery.started': (e) =>
    `${who(e)} отримав ${e.message}${attempt(e.attempt)}${e.replayed ? ', відтворення' : ''}${e.redriven ? ukRedelivery.mark : ''}`,
  'delivery.succeeded': (e) => `${who(e)} обробив ${e.message} за ${f.duration(e.tookMs)}${attempt(e.attempt)}`,
  'delivery.failed': failed,
  'delivery.retry-scheduled': (e) =>
    `${who(e)} спробує ${e.message} знову: спроба ${f.number(e.nextAttempt)} з ${f.number(e.attempts)} о ${f.instant(e.dueAtMs)}`,
  'delivery.stalled': (e) => `${who(e)} так і не відповів на ${e.message}`,
  'port.opened': (e) => `${e.process} слухає порт ${String(e.port)}`,
  'port.closed': (e) => `${e.process} більше не слухає порт ${String(e.port)}`,
  'http.requested': (e) =>
    `${e.process ?? 'Ви'} ${e.process === undefined ? 'викликали' : 'викликав'} ${e.to ?? e.host}: ${e.method} ${e.path} (${e.request})`,
  'http.received': (e) => `${e.process} отримав ${e.request} ${e.from === undefined ? 'ззовні' : `від ${e.from}`}`,
  'http.answered': (e) =>
    `${e.process} відповів на ${e.request}${e.to === undefined ? '' : ` від ${e.to}`}: ${String(e.status)} ${e.statusText} за ${f.duration(e.tookMs)}`,
  'http.completed': (e) =>
    `${e.process ?? 'Ви'}: ${String(e.status)} від ${e.to} на ${e.request}, через ${f.duration(e.tookMs)} після виклику`,
  'http.failed': (e) =>
    `${e.process === undefined ? 'Ви не отримали' : `${e.process} не отримав`} відповіді на ${e.request} за ${f.duration(e.tookMs)}: ${httpFailure[e.code] ?? e.code}`,
  'breaker.declared': (e) => `${e.process} має запобіжник ${e.policy}: замкнений`,
  'breaker.changed': (e) => `${e.process}: запобіжник ${e.policy} ${breakerChange(e)}`,
  'retry.scheduled': (e) =>
    `${e.process}: ${e.policy} викличе знову через ${f.duration(e.delayMs)}, повтор ${f.number(e.attempt)}${because(e.failure)}`,
  'retry.given-up': (e) => `${e.process}: ${e.policy} здається${because(e.failure)}`,
  ...ukStoreSentence,
  ...ukFaultSentence,
  ...ukExperimentSentence,
  ...ukReceiverSentence,
  'replay.started': (e) => `${e.process} відтворює ${messages(e.messages)} за ${e.pattern} з ${e.broker}`,
  'replay.ended': (e) => `Відтворення для ${e.process} завершено`,
  'console.printed': (e) => `${e.process}: ${e.text.trimEnd()}`,
  'process.showed': (e) => `${e.process}: ${e.name} = ${e.value}`,
  'invariant.declared': (e) => `${e.process} стежить: ${e.name}`,
  'invariant.failed': (e) => `Не виконується: ${e.name}${e.detail === undefined ? '' : ` (${e.detail})`}`,
  'invariant.held': (e) => `Знову виконується: ${e.name}`,
  'limit.reached': limitMet,
  'intervention.applied': (e) => intervention(e.intervention),
  'intervention.refused': (e) => `${intervention(e.intervention)}: відхилено, ${ukRefusal(e.reason)}`,
};

export const ukLog: Translated<typeof enLog> = {
  steps: {
    cause: 'До причини',
    code: 'До коду',
    nextFailure: 'Наступна невдача',
    previousFailure: 'Попередня невдача',
    onlyThis: (name) => `Лише ${name} у журналі`,
    clear: 'Скасувати вибір',
    noCause: 'Ніщо в запуску цього не спричинило.',
    noCode: 'Це зробив не рядок коду.',
    noFailureAfter: 'Після цього невдач немає.',
    noFailureBefore: 'До цього невдач немає.',
    soFar: (sentence, instant) => `${sentence} Запуск обчислено до ${instant}.`,
  },
  tabs: 'Журнал, консоль і показники',
  filter: 'Фільтр',
  search: 'Пошук у журналі',
  searchHint: 'текст або process:email',
  clear: 'Скинути фільтр',
  facets: {
    kind: 'Вид',
    process: 'Процес',
    event: 'Подія',
    fate: 'Доля',
    message: 'Повідомлення чи виклик',
    status: 'Статус',
    version: 'Версія',
    stream: 'Потік',
  },
  chosen: 'Відібрано за',
  remove: (filter) => `Прибрати: ${filter}`,
  noChoice: 'До позиції відтворення немає жодного',
  previousHit: 'Попередній збіг',
  nextHit: 'Наступний збіг',
  onlyHits: 'Лише збіги',
  exports: 'Експорт',
  exportFiltered: (format) => `Відібране, ${format}`,
  exportShown: (format) => `До позиції відтворення, ${format}`,
  exportWhole: (format) => `Увесь журнал, ${format}`,
  groups: {
    messages: 'Повідомлення',
    deliveries: 'Доставки',
    http: 'HTTP',
    stores: 'Сховища',
    failures: 'Невдачі',
    processes: 'Процеси',
    console: 'Консоль',
    interventions: 'Втручання',
    run: 'Запуск',
  },
  hits: (n, more, at) => {
    const count = `${f.number(n)}${more ? '+' : ''}`;
    return at === undefined
      ? `${count} ${f.plural(n, { one: 'збіг', few: 'збіги', many: 'збігів', other: 'збігу' })}`
      : `${f.number(at + 1)} з ${count} ${f.plural(n, { one: 'збігу', other: 'збігів' })}`;
  },
  entries: 'Записи до позиції відтворення',
  empty: 'Ще нічого не сталося',
  emptyWhy: 'Тут стоїть те, що робить запуск: один факт на рядок, до позиції відтворення.',
  run: 'Запустити сценарій',
  noHits: 'Жоден запис до позиції відтворення не підходить',
  toEnd: 'До останнього запису',
  limitText,
  httpFailure,
  intervention,
  interventions,
  sentence,
  console: {
    lines: 'Рядки консолі до позиції відтворення',
    empty: 'Ще нічого не надруковано',
    emptyWhy: 'Тут стоїть те, що процеси друкують через console.log і console.error.',
    noHits: 'Жоден рядок до позиції відтворення не підходить',
    stderr: 'stderr',
    streams: { stdout: 'stdout: console.log', stderr: 'stderr: console.error' },
    search: 'Пошук у консолі',
    searchHint: 'текст',
    exportLines: 'Ці рядки, TXT',
  },
  metrics: {
    routes: 'Маршрути HTTP',
    route: 'Маршрут',
    calls: 'Виклики',
    errors: 'без відповіді або з 5xx',
    turnedDown: 'відхилено з 4xx',
    processes: 'Процеси',
    events: 'Події',
    process: 'процес',
    event: 'подія',
    published: 'опубл.',
    acked: 'acked',
    recent: 'за 1 с',
    rate: 'середній',
    failed: 'невдачі',
    retried: 'повтори',
    dead: 'dead-letter',
    p50: 'p50',
    p95: 'p95',
    p99: 'p99',
    busy: 'у роботі',
    why: {
      published: 'опубліковані повідомлення',
      acked: 'доставки, що завершилися добре, без відтворених',
      recent: 'acked за віртуальну секунду, в останню секунду перед позицією',
      rate: 'acked за віртуальну секунду від початку запуску',
      failed: 'невдалі спроби',
      retried: 'спроби, призначені знову, і повідомлення, що повернулися у свою чергу',
      dead: 'повідомлення в dead-letter',
      p50: 'від публікації до ack: половина доставок тривала не довше',
      p95: 'від публікації до ack: усі, крім 5 %, тривали не довше',
      p99: 'від публікації до ack: усі, крім 1 %, тривали не довше',
      busy: 'частка часу, коли процес обробляв принаймні одну доставку',
    },
    perSecond: (value) => `${f.number(value)}/с`,
    sortBy: (column) => `Упорядкувати за «${column}»`,
    sortedBy: (column) => `на позиції відтворення, за «${column}»`,
    allColumns: 'Усі стовпці',
    inspect: (process) => `Вибрати ${process}`,
    export: 'Ці показники, CSV',
    empty: 'Ще нема чого вимірювати',
    emptyWhy: 'Тут стоять лічильники, темпи й тривалості процесів і подій на позиції відтворення.',
    atPlayhead: 'на позиції відтворення',
  },
};
