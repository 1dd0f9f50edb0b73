import type { Entry } from '../../log/entry';
import { messageIdOf } from '../../projections/causes';
import { emptyQuery, filterOf, isEmptyQuery, wordsOf, withTyped } from '../../projections/log-query';
import { createMatcher, FilteredLog } from '../../projections/search';
import type { Workbench } from '../workbench.svelte';

/**
 * The rows of the log: the entries before the playhead that pass the filter, or all of them with the hits among them.
 *
 * Without a filter row and `seq` are the same, so a million entries cost nothing. With one, entries are looked at once,
 * in order, `sliceEntriesMax` at a time; what was found stays found when the playhead moves back.
 */
export class LogView {
  readonly #workbench: Workbench;
  #showsOthers = $state(false);
  #round = $state(0);
  #waiting = false;
  #scan: Scan | undefined;

  constructor(workbench: Workbench) {
    this.#workbench = workbench;
  }

  get isFiltered(): boolean {
    return !isEmptyQuery(this.#workbench.logQuery);
  }

  /** Entries that do not pass stay in the list, and the hits are stepped through. */
  get showsOthers(): boolean {
    return this.#showsOthers;
  }

  set showsOthers(shows: boolean) {
    this.#showsOthers = shows;
  }

  clear(): void {
    this.#workbench.logQuery = emptyQuery;
  }

  /** What is searched for in the rows' text, in lower case. */
  get words(): readonly string[] {
    return wordsOf(withTyped(this.#workbench.logQuery).text);
  }

  get rows(): number {
    return this.#isNarrowed ? this.hits : this.#workbench.playerAtEase.position;
  }

  get hits(): number {
    const { position } = this.#workbench.playerAtEase;
    return this.isFiltered ? this.#scanned().log.countAt(position) : position;
  }

  /** Entries before the playhead were not looked at yet. */
  get isSearching(): boolean {
    return this.isFiltered && this.#scanned().log.length < this.#workbench.playerAtEase.position;
  }

  entry(row: number): Entry | undefined {
    const { log, position } = this.#workbench.playerAtEase;
    const seq = this.#isNarrowed ? this.#seqAt(row) : row;
    return seq !== undefined && seq < position && seq < log.length ? log.entry(seq) : undefined;
  }

  /** Where the entry stands; nothing when the filter leaves it out or it lies after the playhead. */
  rowOf(seq: number): number | undefined {
    if (seq >= this.#workbench.playerAtEase.position) return undefined;
    return this.#isNarrowed ? this.hitOf(seq) : seq;
  }

  isHit(seq: number): boolean {
    return !this.isFiltered || this.hitOf(seq) !== undefined;
  }

  /** Which of the hits the entry is, from 0. */
  hitOf(seq: number): number | undefined {
    const hit = this.#scanned().log.countAt(seq);
    return this.#seqAt(hit) === seq ? hit : undefined;
  }

  /** The hit after or before an entry; without one the first or the last. After the last comes the first. */
  hitBeside(seq: number | undefined, direction: 1 | -1): Entry | undefined {
    const { log, position } = this.#workbench.playerAtEase;
    const { hits } = this;
    if (hits === 0 || !this.isFiltered) return undefined;
    const found = this.#scanned().log;
    const before = seq === undefined || seq >= position ? (direction === 1 ? 0 : hits) : found.countAt(seq);
    const at = direction === -1 ? before - 1 : seq !== undefined && this.#seqAt(before) === seq ? before + 1 : before;
    return log.entry(found.seqAt((at + hits) % hits));
  }

  get #isNarrowed(): boolean {
    return this.isFiltered && !this.#showsOthers;
  }

  #seqAt(row: number): number | undefined {
    const { log } = this.#scanned();
    return row < log.matchCount ? log.seqAt(row) : undefined;
  }

  #scanned(): Scan {
    void this.#round;
    const { log, position, scenario } = this.#workbench.playerAtEase;
    const { logQuery: query, language } = this.#workbench;
    if (
      !isScanOf(this.#scan, query, language) ||
      this.#scan.scenario !== scenario ||
      this.#scan.log.length > log.length
    ) {
      this.#scan = { query, language, scenario, log: new FilteredLog(matcherOf(this.#workbench)) };
    }
    const scan = this.#scan;
    const to = Math.min(position, log.length);
    const end = Math.min(to, scan.log.length + sliceEntriesMax);
    if (end > scan.log.length) for (const entry of log.range(scan.log.length, end)) scan.log.append(entry);
    if (end < to) this.#continueSoon();
    return scan;
  }

  #continueSoon(): void {
    if (this.#waiting) return;
    this.#waiting = true;
    setTimeout(() => {
      this.#waiting = false;
      this.#round += 1;
    });
  }
}

/** Whether an entry passes the filter of the log, in the reader's language. */
export function matcherOf(workbench: Workbench): (entry: Entry) => boolean {
  const eventTypeOf = (message: string): string => workbench.playerNow.system.messages.eventType(message);
  const textOf = (entry: Entry): string => {
    const payload = payloadOf(entry);
    return `${sentenceOf(workbench, entry)} ${eventTypeOf(messageIdOf(entry) ?? '')} ${entry.where ?? ''}${payload}`;
  };
  return createMatcher(filterOf(workbench.logQuery), { textOf, eventTypeOf });
}

/** What an entry carries, as text that is searched. */
function payloadOf(entry: Entry): string {
  if (entry.type === 'message.published') return ` ${JSON.stringify(entry.message.data) || ''}`;
  return entry.type === 'http.requested' || entry.type === 'http.answered' ? ` ${entry.body ?? ''}` : '';
}

/** The entry in the reader's words. */
export function sentenceOf(workbench: Workbench, entry: Entry): string {
  // One function per type of entry, and the entry is of the type that it is looked up by.
  const sentence = workbench.t.log.sentence[entry.type] as (entry: Entry) => string;
  return sentence(entry);
}

const sliceEntriesMax = 5_000;

interface Scan {
  readonly query: unknown;
  readonly language: string;
  readonly scenario: unknown;
  readonly log: FilteredLog;
}

function isScanOf(scan: Scan | undefined, query: unknown, language: string): scan is Scan {
  return scan !== undefined && scan.query === query && scan.language === language;
}
