import { enFormat as f } from './format';
import type { Translated } from './text';

/** A replay: the dialog in which it is asked for, and what came of it. It comes with what shows either. */
export const enReplay = {
  title: 'Replay these events to…',
  at: (from: string, to: string, at: string) => `published ${from} to ${to}, replayed at ${at}`,
  broker: 'Events of',
  process: 'To the process',
  listener: 'Its listener',
  everyListener: 'all of its listeners',
  pattern: 'Only events that match',
  patternHelp: '# stands for any number of words, * for one: order.*',
  publisher: 'Published by',
  anybody: 'anybody',
  correlation: 'Only with the correlation',
  correlationHelp: 'The id that a message shares with all it set in motion, as in m_12; empty: any',
  suppress: 'Hold back what the listeners publish, send and store; the log tells of it',
  found: (n: number) =>
    `${f.number(n)} ${f.plural(n, { one: 'event was', other: 'events were' })} published in this span and match.`,
  none: 'No event of this span, published before the playhead, matches.',
  noBroker: 'No event bus or event store has listeners at this instant.',
  about: 'They are fed one after another, marked as replayed. It becomes an intervention on the timeline.',
  send: 'Replay',
  done: (n: number, to: string) => `${f.number(n)} ${f.plural(n, { one: 'event', other: 'events' })} replayed to ${to}`,
  results: {
    title: 'What came out',
    figure: 'Figure',
    then: 'then',
    now: 'now',
    rows: {
      handled: ['handled', 'a listener ended well'],
      failed: ['failed', 'a listener threw or rejected'],
      effects: ['emitted', 'events published or appended, and requests that change something; held back or not'],
      apart: ['of these only here', 'emitted for a message here, and not in the other column'],
      absent: ['not handled', 'no listener of this name had the message'],
    } satisfies Record<string, readonly [string, string]>,
    none: 'None of its messages has been handled yet at this instant.',
    differing: (differing: number, messages: number) =>
      differing === 0
        ? `All ${f.number(messages)} came out the same.`
        : `${f.number(differing)} of ${f.number(messages)} came out differently.`,
    ofTwo: 'What their replays came to',
    noneOfTwo: 'Nothing was replayed.',
    unknownEffects:
      'What was emitted cannot be told apart: whoever reads the stream had several messages in hand at once. With COUNT 1 it can.',
    list: 'Came out differently',
    shown: (shown: number, all: number) => (shown < all ? `the first ${f.number(shown)} of ${f.number(all)}` : ''),
    how: { handled: 'handled', failed: 'failed', absent: 'not handled' },
    /** `effects`: what was emitted, or how many things. */
    outcome: (how: string, effects: readonly string[]) =>
      effects.length === 0
        ? how
        : `${how}, ${effects.length === 1 ? (effects[0] ?? '') : `${f.number(effects.length)} emitted`}`,
    select: (message: string, listener: string) => `${message} in the hands of ${listener}`,
  },
};

export type ReplayText = Translated<typeof enReplay>;
