import type { ReceiverEntry, ReceiverRefusal, ReceiverScheme } from '../../log/entry-receiver';
import type { enReceiverIntervention, enReceivers, enReceiverSentence } from './en-receivers';
import { ukFormat as f } from './format';
import type { Translated } from './text';

type Failed = Extract<ReceiverEntry, { readonly failure: unknown }>;

const events = (count: number): string =>
  `${f.number(count)} ${f.plural(count, { one: 'подія', few: 'події', many: 'подій', other: 'події' })}`;
const because = ({ failure }: Failed): string => `${failure.name}: ${failure.message}`;
const times = (count: number): string =>
  `${f.number(count)} ${f.plural(count, { one: 'раз', few: 'рази', many: 'разів', other: 'раза' })}`;
const attempts = (count: number): string =>
  `${f.number(count)} ${f.plural(count, { one: 'спроба', few: 'спроби', many: 'спроб', other: 'спроби' })}`;

const scheme: Record<ReceiverScheme, string> = {
  standard: 'підпис за Standard Webhooks',
  github: 'підпис, як у GitHub',
  stripe: 'підпис, як у Stripe',
  none: 'без перевірки підпису',
};

const refusal: Record<ReceiverRefusal, string> = {
  signature: 'підпис не збігається',
  'queue-full': 'черга повна',
  threw: 'його власний код кинув помилку',
};

export const ukReceiverSentence: Translated<typeof enReceiverSentence> = {
  'receiver.declared': (e) =>
    `${e.process} приймає вебхуки як ${e.receiver}, ${scheme[e.scheme]}; на кожен ${attempts(e.attempts)}`,
  'receiver.accepted': (e) =>
    `${e.receiver}: прийнято і збережено ${e.event}${e.key === undefined ? '' : ` (${e.key})`}`,
  'receiver.deduplicated': (e) => `${e.receiver}: ${e.key} уже прийнято о ${f.instant(e.firstAtMs)} як ${e.event}`,
  'receiver.filtered': (e) => `${e.receiver}: запит відсіяно фільтром`,
  'receiver.refused': (e) =>
    `${e.receiver}: запит відхилено з ${String(e.status)}, бо ${refusal[e.reason]} (${because(e)})`,
  'receiver.recovered': (e) =>
    `${e.receiver} береться за збережене: ${events(e.events)}${e.interrupted.length === 0 ? '' : `; спочатку: ${e.interrupted.join(', ')}`}`,
  'receiver.attempt-started': (e) =>
    `${e.receiver} обробляє ${e.event}${e.attempt === 1 ? '' : `, спроба ${f.number(e.attempt)}`}${e.manual ? ', на прохання' : ''}`,
  'receiver.attempt-succeeded': (e) => `${e.receiver}: ${e.event} оброблено за ${f.duration(e.tookMs)}`,
  'receiver.attempt-failed': (e) =>
    `${e.receiver}: невдача з ${e.event}: ${because(e)}${e.attemptsLeft === 0 ? '; спроб більше немає' : ''}`,
  'receiver.retry-scheduled': (e) => `${e.receiver} спробує ${e.event} знову о ${f.instant(e.dueAtMs)}`,
  'receiver.paused': (e) => `${e.receiver} на паузі: події зберігаються й чекають`,
  'receiver.resumed': (e) => `${e.receiver} знято з паузи`,
  'receiver.retried': (e) =>
    `${e.receiver}: знову в черзі ${e.events.length > 3 ? events(e.events.length) : e.events.join(', ')}`,
  'receiver.issue-opened': (e) => `${e.receiver}: нова проблема ${e.issue}: ${because(e)}`,
  'receiver.issue-recurred': (e) => `${e.receiver}: ${e.issue} трапилася вже ${times(e.count)}: ${because(e)}`,
  'receiver.issue-reopened': (e) => `${e.receiver}: ${e.issue} знову відкрито: ${because(e)}`,
  'receiver.issue-acknowledged': (e) => `${e.receiver}: ${e.issue} взято до відома`,
  'receiver.issue-resolved': (e) => `${e.receiver}: ${e.issue} вирішено`,
};

export const ukReceiverIntervention: Translated<typeof enReceiverIntervention> = {
  'receiver.pause': (receiver) => `Поставити ${receiver} на паузу`,
  'receiver.resume': (receiver) => `Зняти ${receiver} з паузи`,
  'receiver.retry': (receiver, which) =>
    which === undefined ? `Повторити все невдале в ${receiver}` : `Повторити ${which.join(', ')}`,
  'receiver.issue': (issue, as) => (as === 'resolved' ? `Вирішити ${issue}` : `Взяти ${issue} до відома`),
};

export const ukReceivers: Translated<typeof enReceivers> = {
  title: 'Приймачі',
  fact: (accepted) => `прийнято ${events(accepted)}`,
  scheme,
  rules: (concurrency, count) => `не більше ${f.number(concurrency)} водночас, ${attempts(count)}`,
  paused: 'на паузі',
  retryAll: 'Повторити все невдале',
  figures: {
    accepted: ['прийнято', 'події, що збережені й підтверджені відповіддю 200'],
    duplicates: ['дублікати', 'запити з ключем, який уже прийнято'],
    filtered: ['відсіяно', 'запити, яких фільтр не захотів'],
    refused: ['відхилено', 'запити, які не збережено, про що відправник знає'],
    queued: ['у черзі', 'події, що чекають своєї черги'],
    handling: ['обробляється', 'події, які зараз в обробника'],
    retrying: ['чекає повтору', 'події, що чекають наступної спроби'],
    handled: ['оброблено', 'події, обробник яких завершився добре'],
    failed: ['невдачі', 'події, що вичерпали свої спроби'],
  },
  issues: 'Проблеми',
  issue: 'Проблема',
  what: 'Що сталося',
  count: 'Разів',
  first: 'Уперше',
  last: 'Востаннє',
  status: 'Стан',
  statuses: { open: 'відкрита', acknowledged: 'взята до відома', resolved: 'вирішена' },
  kinds: { delivery: 'спроби вичерпано', signature: 'хибний підпис' },
  acknowledge: 'До відома',
  resolve: 'Вирішити',
  acknowledgeIssue: (issue) => `Взяти ${issue} до відома`,
  resolveIssue: (issue) => `Вирішити ${issue}`,
  noIssues: 'Немає.',
  events: 'Останні події та невдалі',
  shown: (shown, all) => `${f.number(shown)} з ${f.number(all)}`,
  at: 'Прийнято',
  event: 'Подія',
  key: 'Ключ',
  state: 'Стан',
  attempts: 'Спроби',
  states: {
    queued: 'у черзі',
    handling: 'обробляється',
    retrying: 'чекає повтору',
    handled: 'оброблено',
    failed: 'невдача',
    cut: 'обірвано збоєм',
  },
  nextAt: (dueAtMs) => `далі о ${f.instant(dueAtMs)}`,
  attempt: (event, n, how) => `${event}, спроба ${f.number(n)}: ${how}`,
  ends: { succeeded: 'оброблено', failed: 'невдача', cut: 'обірвано збоєм', open: 'триває' },
  retry: 'Повторити',
  retryEvent: (event) => `Повторити ${event}`,
  duplicatesOf: (count) =>
    `${f.number(count)} ${f.plural(count, { one: 'дублікат', few: 'дублікати', many: 'дублікатів', other: 'дубліката' })}`,
  none: '–',
  empty: 'Приймачів ще немає',
  emptyThen: 'Тут буде видно, що приймач прийняв, відхилив і обробив.',
};
