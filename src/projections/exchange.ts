import type { Entry, EntryOf } from '../log/entry';

/** A request from outside, what came back, and everything that it caused. */
export interface Exchange {
  readonly requested: EntryOf<'http.requested'> | undefined;
  readonly received: EntryOf<'http.received'> | undefined;
  readonly answered: EntryOf<'http.answered'> | undefined;
  readonly completed: EntryOf<'http.completed'> | undefined;
  readonly failed: EntryOf<'http.failed'> | undefined;
  /** Why nothing was sent. */
  readonly refused: EntryOf<'intervention.refused'> | undefined;
  /** As a tree: each stands behind what caused it, in the order of the log. At most `consequencesMax`. */
  readonly consequences: readonly Consequence[];
  readonly rest: number;
}

export interface Consequence {
  readonly entry: Entry;
  /** 0: the request itself caused it; else one deeper than the consequence that did. */
  readonly depth: number;
}

export const consequencesMax = 200;

/** Folds a log from the entry on that tells of the intervention. */
export class ExchangeFold {
  readonly #first: number;
  readonly #exchange: { -readonly [K in keyof Omit<Exchange, 'consequences' | 'rest'>]: Exchange[K] } = {
    requested: undefined,
    received: undefined,
    answered: undefined,
    completed: undefined,
    failed: undefined,
    refused: undefined,
  };
  /** What is shown right below each of what is shown, by its `seq`. */
  readonly #below = new Map<number, Entry[]>();
  #shown = 0;
  #rest = 0;
  /** Below what it stands, by `seq` of everything that follows from the request. */
  readonly #under = new Map<number, number>();

  /** `first`: `seq` of `intervention.applied`. */
  constructor(first: number) {
    this.#first = first;
    this.#under.set(first, first);
  }

  append(entry: Entry): void {
    // A refusal has no cause: it stands right behind what was tried.
    if (entry.type === 'intervention.refused' && entry.seq === this.#first + 1) this.#exchange.refused = entry;
    const under = entry.cause === undefined ? undefined : this.#under.get(entry.cause);
    if (under === undefined) return;
    const isOwn = this.#takeOwn(entry);
    const isShown = !isOwn && isTold(entry);
    this.#under.set(entry.seq, isShown ? entry.seq : under);
    if (!isShown) return;
    if (this.#shown >= consequencesMax) {
      this.#rest++;
      return;
    }
    this.#shown++;
    this.#below.set(under, [...(this.#below.get(under) ?? []), entry]);
  }

  get(): Exchange {
    return { ...this.#exchange, consequences: this.#belowOf(this.#first, 0), rest: this.#rest };
  }

  #belowOf(seq: number, depth: number): Consequence[] {
    return (this.#below.get(seq) ?? []).flatMap((entry) => [{ entry, depth }, ...this.#belowOf(entry.seq, depth + 1)]);
  }

  #takeOwn(entry: Entry): boolean {
    const of = this.#exchange;
    if (entry.type === 'http.requested') {
      if (of.requested !== undefined || entry.cause !== this.#first) return false;
      of.requested = entry;
      return true;
    }
    if (!('request' in entry) || entry.request !== of.requested?.request) return false;
    if (entry.type === 'http.received') of.received ??= entry;
    else if (entry.type === 'http.answered') of.answered ??= entry;
    else if (entry.type === 'http.completed') of.completed ??= entry;
    else of.failed ??= entry;
    return true;
  }
}

/** What somebody did or said; how a broker carried it there is left out. */
function isTold(entry: Entry): boolean {
  switch (entry.type) {
    case 'message.published':
    case 'message.lost':
    case 'message.dropped':
    case 'message.dead-lettered':
    case 'message.redriven':
    case 'delivery.started':
    case 'delivery.failed':
    case 'delivery.stalled':
    case 'http.requested':
    case 'http.answered':
    case 'http.failed':
    case 'console.printed':
    case 'process.exited':
    case 'process.crashed':
    case 'invariant.failed':
    case 'limit.reached':
      return true;
    default:
      return false;
  }
}
