import { enFormat as f } from './format';
import type { Translated } from './text';

/** The dialog in which a range of the timeline is replayed. It comes with the dialogs. */
export const enReplay = {
  title: 'Replay these events to…',
  at: (from: string, to: string, at: string) => `published ${from} to ${to}, replayed at ${at}`,
  broker: 'Events of',
  process: 'To the process',
  listener: 'Its listener',
  everyListener: 'all of its listeners',
  pattern: 'Only events that match',
  patternHelp: '# stands for any number of words, * for one: order.*',
  suppress: 'Hold back what the listeners publish; the log tells of it',
  found: (n: number) =>
    `${f.number(n)} ${f.plural(n, { one: 'event was', other: 'events were' })} published in this span and match.`,
  none: 'No event of this span, published before the playhead, matches.',
  noBroker: 'No event bus or event store has listeners at this instant.',
  about: 'They are fed one after another, marked as replayed. It becomes an intervention on the timeline.',
  send: 'Replay',
  done: (n: number, to: string) => `${f.number(n)} ${f.plural(n, { one: 'event', other: 'events' })} replayed to ${to}`,
};

export type ReplayText = Translated<typeof enReplay>;
