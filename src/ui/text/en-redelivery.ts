import type { EntryOf } from '../../log/entry';
import { enFormat as f } from './format';

const letters = (n: number): string => `${f.number(n)} ${f.plural(n, { one: 'dead letter', other: 'dead letters' })}`;

/** What is sent back from a dead-letter queue, and what is replayed from the log. */
export const enRedelivery = {
  intervention: (messages: readonly string[] | undefined, queue: string) =>
    messages?.length === 1
      ? `Send ${messages[0] ?? ''} back from ${queue}`
      : `Send ${messages === undefined ? 'all' : letters(messages.length)} back from ${queue}`,
  flag: (messages: readonly string[] | undefined, queue: string) =>
    messages?.length === 1 ? `Redrive ${messages[0] ?? ''}` : `Redrive ${queue}`,
  redriven: ({ message, queue, to, listener, data }: EntryOf<'message.redriven'>) =>
    `${message} was sent back from ${queue} to ${to ?? listener}${data === undefined ? '' : ', edited'}`,
  deadLettered: ({ message, queue, listener, attempts, reason }: EntryOf<'message.dead-lettered'>) =>
    reason === 'budget'
      ? `${listener} gave up on ${message} after attempt ${f.number(attempts)}, its retry budget is spent: it is in ${queue}`
      : `${message} was sent back and ${listener} never answered: it is in ${queue} again`,
  overBudget: ', no retry left in the budget',
  mark: ', redriven',
  replay: (process: string, listener: string | undefined, pattern: string) =>
    `Replay ${pattern === '#' ? 'all events' : pattern} to ${listener ?? process}`,
  held: ({ process, effect, event, broker, place = '' }: EntryOf<'effect.held'>) => {
    const what = {
      message: `published ${event} to ${broker}`,
      request: `sent ${event} to ${broker}`,
      answer: `answered ${broker} with ${event}`,
      command: `given ${event} to ${broker}`,
      append: `appended ${event} to ${place} of ${broker}`,
      write: event === 'delete' ? `deleted ${place} from ${broker}` : `written ${place} to ${broker}`,
    }[effect ?? 'message'];
    return `${process} would have ${what}: it was held back`;
  },
  recover: (which: 'failed' | 'missing', queue: string, sinceMs: number) =>
    `Send ${queue} ${which === 'failed' ? 'again what failed' : 'what it has missed'}${sinceMs > 0 ? ` since ${f.instant(sinceMs)}` : ''}`,
  moveGroup: (group: string, stream: string, id: string) =>
    id === '0'
      ? `Have ${group} read ${stream} again from the beginning`
      : id === '$'
        ? `Have ${group} read only what comes to ${stream} from now on`
        : `Have ${group} go on in ${stream} after ${id}`,
  times: (n: number) => (n === 1 ? 'redriven' : `redriven ${f.number(n)} times`),
  list: {
    reason: { attempts: 'gave up', budget: 'retry budget spent', unanswered: 'nobody answered' },
    why: (listener: string, attempts: number) =>
      `${listener}, ${f.number(attempts)} ${f.plural(attempts, { one: 'attempt', other: 'attempts' })}`,
    select: (message: string, listener: string) =>
      listener === '' ? `Select ${message}` : `Select ${message} of ${listener}`,
    edit: (message: string) => `Edit ${message} and send it back`,
    all: (n: number) => `Send all ${f.number(n)} back`,
    selected: (n: number) => `Send ${f.number(n)} selected back`,
    done: (n: number, queue: string) => `${letters(n)} sent back from ${queue}`,
    none: 'Empty at this instant',
  },
  dialog: {
    title: (message: string) => `Send ${message} back`,
    at: (queue: string, at: string) => `from ${queue} at ${at}`,
    died: 'Why it died',
    payload: 'Payload, JSON',
    empty: 'Line 1, column 1: a value is expected.',
    about: 'The same message goes back to where it died. It becomes an intervention on the timeline.',
    original: 'Restore the payload',
    send: 'Send back',
  },
};
