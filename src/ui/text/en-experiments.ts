import type { EntryOf } from '../../log/entry';
import type { ExperimentSplit } from '../../log/entry-experiment';
import { enFormat as f } from './format';

type VersionEntry = EntryOf<
  'experiment.version-started' | 'experiment.version-succeeded' | 'experiment.version-failed'
>;

const split: Record<ExperimentSplit, (candidate: string, share: number) => string> = {
  share: (candidate, share) => `${f.share(share)} to ${candidate}, by chance`,
  key: (candidate, share) => `${f.share(share)} of keys to ${candidate}`,
  shadow: (candidate) => `${candidate} in the shadow`,
};

const who = (e: VersionEntry): string => `${e.experiment}: ${e.version}${e.shadow ? ' in the shadow' : ''}`;
const what = (e: VersionEntry): string => (e.message === undefined ? '' : ` ${e.message}`);

/** Sentences about experiments. */
export const enExperimentSentence = {
  'experiment.declared': (e: EntryOf<'experiment.declared'>) =>
    `${e.process} has the experiment ${e.experiment}: ${split[e.split](e.versions[1] ?? '', e.share ?? 0)}`,
  'experiment.version-started': (e: EntryOf<'experiment.version-started'>) =>
    `${who(e)} began${what(e)}${e.key === undefined ? '' : `, by its key ${e.key}`}`,
  'experiment.version-succeeded': (e: EntryOf<'experiment.version-succeeded'>) =>
    `${who(e)} handled${what(e)} in ${f.duration(e.tookMs)}`,
  'experiment.version-failed': (e: EntryOf<'experiment.version-failed'>) =>
    `${who(e)} failed${e.message === undefined ? '' : ` on ${e.message}`}: ${e.failure.name}: ${e.failure.message}`,
  'experiment.switched': (e: EntryOf<'experiment.switched'>) =>
    e.version === undefined
      ? `${e.experiment} shares messages out again`
      : `${e.experiment} switched to ${e.version}: it handles everything from now on`,
};

export const enExperimentSwitch = (experiment: string, version: string | undefined): string =>
  version === undefined ? `Share out ${experiment} again` : `Switch ${experiment} to ${version}`;

/** The view of experiments. */
export const enExperiments = {
  title: 'Experiments',
  fact: (messages: number) =>
    `${f.number(messages)} ${f.plural(messages, { one: 'call', other: 'calls' })} of both versions`,
  split,
  handles: (experiment: string) => `Who handles ${experiment} from the playhead on`,
  shared: { share: 'Split', key: 'Split', shadow: 'Shadow' } satisfies Record<ExperimentSplit, string>,
  figure: 'Figure',
  current: 'current',
  candidate: 'candidate',
  shadow: 'shadow',
  live: 'handles everything',
  none: '–',
  rows: {
    handled: ['handled', 'calls that ended well'],
    failed: ['failed', 'calls that threw or rejected'],
    retried: ['retries', 'calls for a message that had been tried before'],
    p50: ['p50', 'half of the calls took at most this long'],
    p95: ['p95', 'all but 5 % took at most this long'],
    held: ['effects held', 'what the shadow would have done'],
  } satisfies Record<string, readonly [string, string]>,
  /** `sinceMs`: when the experiment was last defined. */
  differing: ({ sinceMs, compared, differing }: { sinceMs: number; compared: number; differing: number }) => {
    const since = sinceMs > 0 ? `Since it was defined anew at ${f.instant(sinceMs)}: ` : '';
    if (compared === 0) return `${since}${since === '' ? 'No' : 'no'} message has been through both versions yet.`;
    return `${since}${f.number(differing)} of ${f.number(compared)} ${f.plural(compared, { one: 'message', other: 'messages' })} would have come out differently.`;
  },
  latest: 'Latest messages',
  shown: (shown: number, all: number) => `${f.number(shown)} of ${f.number(all)}`,
  at: 'At',
  message: 'Message',
  differs: 'differs',
  noMessage: 'a call',
  run: (message: string, version: string, how: string, time: string) => `${message} by ${version}: ${how}${time}`,
  how: { succeeded: 'handled', failed: 'failed', cut: 'cut off by a crash', open: 'under way' },
  attempt: (n: number) => `attempt ${f.number(n)}`,
  empty: 'No experiment has begun yet',
  emptyThen: 'Its versions appear here side by side once it is defined.',
};
