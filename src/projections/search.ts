import type { Entry } from '../log/entry';
import { messageIdOf } from './causes';
import { Column } from './column';

/** What the log list is filtered by. */
export const entryGroups = [
  'messages',
  'deliveries',
  'failures',
  'console',
  'processes',
  'interventions',
  'run',
] as const;
export type EntryGroup = (typeof entryGroups)[number];

/** The group that an entry belongs to; what went wrong stands with the failures, whatever it is about. */
export function groupOf(entry: Entry): EntryGroup {
  switch (entry.type) {
    case 'message.published':
    case 'message.routed':
    case 'message.enqueued':
    case 'message.requeued':
    case 'message.dispatched':
    case 'replay.started':
    case 'replay.ended':
      return 'messages';
    case 'delivery.started':
    case 'delivery.succeeded':
    case 'delivery.retry-scheduled':
      return 'deliveries';
    case 'delivery.failed':
    case 'delivery.stalled':
    case 'message.dead-lettered':
    case 'message.dropped':
    case 'message.lost':
    case 'process.crashed':
    case 'invariant.failed':
    case 'limit.reached':
    case 'file.rejected':
      return 'failures';
    case 'process.exited':
      return entry.failure ? 'failures' : 'processes';
    case 'console.printed':
    case 'process.showed':
      return 'console';
    case 'process.started':
    case 'process.reloaded':
    case 'listener.subscribed':
    case 'listener.unsubscribed':
    case 'broker.declared':
    case 'broker.changed':
      return 'processes';
    case 'intervention.applied':
    case 'intervention.refused':
      return 'interventions';
    case 'run.started':
    case 'run.ended':
    case 'file.edited':
    case 'invariant.declared':
    case 'invariant.held':
      return 'run';
  }
}

export interface LogFilter {
  /** Undefined: all of them. */
  readonly groups?: ReadonlySet<EntryGroup> | undefined;
  readonly process?: string | undefined;
  readonly message?: string | undefined;
  /** Every word must occur, whatever its case. */
  readonly text?: string | undefined;
}

/** The process that an entry is about; a message on its way to one counts as well. */
export function processOf(entry: Entry): string | undefined {
  return 'process' in entry ? entry.process : undefined;
}

/** `textOf` is the entry as the list shows it, so that what is found is what is seen. */
export function createMatcher(filter: LogFilter, textOf: (entry: Entry) => string): (entry: Entry) => boolean {
  const words = (filter.text ?? '').toLowerCase().split(/\s+/).filter(Boolean);
  return (entry) => {
    if (filter.groups && !filter.groups.has(groupOf(entry))) return false;
    if (filter.process !== undefined && processOf(entry) !== filter.process) return false;
    if (filter.message !== undefined && messageIdOf(entry) !== filter.message) return false;
    if (words.length === 0) return true;
    const text = textOf(entry).toLowerCase();
    return words.every((word) => text.includes(word));
  };
}

/** The entries of a log that match a filter, found as the log comes in. */
export class FilteredLog {
  readonly #matches: (entry: Entry) => boolean;
  readonly #seqs = Column.int32();
  #length = 0;

  constructor(matches: (entry: Entry) => boolean) {
    this.#matches = matches;
  }

  /** How many entries were taken in. */
  get length(): number {
    return this.#length;
  }

  get matchCount(): number {
    return this.#seqs.length;
  }

  append(entry: Entry): void {
    this.#length += 1;
    if (this.#matches(entry)) this.#seqs.push(entry.seq);
  }

  /** `seq` of match number `index`. */
  seqAt(index: number): number {
    return this.#seqs.at(index);
  }

  /** How many matches lie before the position: their indexes are 0 … count-1. */
  countAt(position: number): number {
    return this.#seqs.firstAtLeast(position);
  }
}
