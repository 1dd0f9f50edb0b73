import type { EntryOf } from '../../log/entry';
import type { ExperimentSplit } from '../../log/entry-experiment';
import type { enExperiments, enExperimentSentence, enExperimentSwitch } from './en-experiments';
import { ukFormat as f } from './format';
import type { Translated } from './text';

type VersionEntry = EntryOf<
  'experiment.version-started' | 'experiment.version-succeeded' | 'experiment.version-failed'
>;

const split: Record<ExperimentSplit, (candidate: string, share: number) => string> = {
  share: (candidate, share) => `${f.share(share)} випадково до ${candidate}`,
  key: (candidate, share) => `${f.share(share)} ключів до ${candidate}`,
  shadow: (candidate) => `${candidate} у тіні`,
};

const who = (e: VersionEntry): string => `${e.experiment}: ${e.version}${e.shadow ? ' у тіні' : ''}`;
const what = (e: VersionEntry): string => (e.message === undefined ? '' : ` ${e.message}`);

export const ukExperimentSentence: Translated<typeof enExperimentSentence> = {
  'experiment.declared': (e) =>
    `${e.process} має експеримент ${e.experiment}: ${split[e.split](e.versions[1] ?? '', e.share ?? 0)}`,
  'experiment.version-started': (e) =>
    `${who(e)} береться${e.message === undefined ? '' : ` за ${e.message}`}${e.key === undefined ? '' : `, бо ключ ${e.key}`}`,
  'experiment.version-succeeded': (e) => `${who(e)}: оброблено${what(e)} за ${f.duration(e.tookMs)}`,
  'experiment.version-failed': (e) =>
    `${who(e)}: невдача${e.message === undefined ? '' : ` з ${e.message}`}: ${e.failure.name}: ${e.failure.message}`,
  'experiment.switched': (e) =>
    e.version === undefined
      ? `${e.experiment} знову ділить повідомлення`
      : `${e.experiment} перемкнуто на ${e.version}: відтепер усе обробляє ця версія`,
};

export const ukExperimentSwitch: typeof enExperimentSwitch = (experiment, version) =>
  version === undefined ? `Знову ділити ${experiment}` : `Перемкнути ${experiment} на ${version}`;

export const ukExperiments: Translated<typeof enExperiments> = {
  title: 'Експерименти',
  fact: (messages) =>
    `${f.number(messages)} ${f.plural(messages, { one: 'виклик', few: 'виклики', many: 'викликів', other: 'виклику' })} обох версій`,
  split,
  handles: (experiment) => `Хто обробляє ${experiment} від цієї миті`,
  shared: { share: 'Поділ', key: 'Поділ', shadow: 'Тінь' },
  figure: 'Показник',
  current: 'чинна',
  candidate: 'кандидат',
  shadow: 'тінь',
  live: 'обробляє все',
  none: '–',
  rows: {
    handled: ['оброблено', 'виклики, що завершилися добре'],
    failed: ['невдачі', 'виклики, що кинули помилку'],
    retried: ['повтори', 'виклики для повідомлення, яке вже пробували обробити'],
    p50: ['p50', 'половина викликів тривала не довше'],
    p95: ['p95', 'усі, крім 5 %, тривали не довше'],
    held: ['притримано', 'те, що тінь зробила б'],
  },
  differing: ({ sinceMs, compared, differing }) => {
    const since = sinceMs > 0 ? `Відколи його визначено наново о ${f.instant(sinceMs)}, ` : '';
    const through = since === '' ? 'Через' : 'через';
    if (compared === 0) return `${since}${through} обидві версії ще не пройшло жодне повідомлення.`;
    return `${since}${since === '' ? 'Інакше' : 'інакше'} вийшло б ${f.number(differing)} із ${f.number(compared)} ${f.plural(compared, { one: 'повідомлення', few: 'повідомлень', many: 'повідомлень', other: 'повідомлення' })}.`;
  },
  latest: 'Останні повідомлення',
  shown: (shown, all) => `${f.number(shown)} з ${f.number(all)}`,
  at: 'Час',
  message: 'Повідомлення',
  differs: 'інакше',
  noMessage: 'виклик',
  run: (message, version, how, time) => `${message}, версія ${version}: ${how}${time}`,
  how: { succeeded: 'оброблено', failed: 'невдача', cut: 'обірвано збоєм', open: 'триває' },
  attempt: (n) => `спроба ${f.number(n)}`,
  empty: 'Експериментів ще немає',
  emptyThen: 'Щойно експеримент буде визначено, його версії стануть тут поруч.',
};
