import type { Entry } from '../../log/entry';
import { messageIdOf } from '../../projections/causes';
import { createMatcher, FilteredLog, type EntryGroup } from '../../projections/search';
import type { Workbench } from '../workbench.svelte';

/**
 * The rows of the log: the entries before the playhead that pass the filter.
 *
 * Without a filter row and `seq` are the same, so a million entries cost nothing. With one, entries are looked at once,
 * in order, `sliceEntriesMax` at a time; what was found stays found when the playhead moves back.
 */
export class LogView {
  readonly #workbench: Workbench;
  #groups: readonly EntryGroup[] = $state.raw([]);
  #process: string | undefined = $state();
  #text = $state('');
  #round = $state(0);
  #waiting = false;
  #scan: Scan | undefined;

  constructor(workbench: Workbench) {
    this.#workbench = workbench;
  }

  get groups(): readonly EntryGroup[] {
    return this.#groups;
  }

  toggleGroup(group: EntryGroup): void {
    this.#groups = this.#groups.includes(group)
      ? this.#groups.filter((other) => other !== group)
      : [...this.#groups, group];
  }

  get process(): string | undefined {
    return this.#process;
  }

  set process(process: string | undefined) {
    this.#process = process;
  }

  get text(): string {
    return this.#text;
  }

  set text(text: string) {
    this.#text = text;
  }

  get isFiltered(): boolean {
    return this.#groups.length > 0 || this.#process !== undefined || this.#text.trim() !== '';
  }

  clear(): void {
    this.#groups = [];
    this.#process = undefined;
    this.#text = '';
  }

  get rows(): number {
    const { position } = this.#workbench.player;
    return this.isFiltered ? this.#scanned().log.countAt(position) : position;
  }

  /** Entries before the playhead were not looked at yet. */
  get isSearching(): boolean {
    return this.isFiltered && this.#scanned().log.length < this.#workbench.player.position;
  }

  entry(row: number): Entry | undefined {
    const { log, position } = this.#workbench.player;
    const seq = this.isFiltered ? this.#seqAt(row) : row;
    return seq !== undefined && seq < position && seq < log.length ? log.entry(seq) : undefined;
  }

  /** Where the entry stands; nothing when the filter leaves it out or it lies after the playhead. */
  rowOf(seq: number): number | undefined {
    if (seq >= this.#workbench.player.position) return undefined;
    if (!this.isFiltered) return seq;
    const row = this.#scanned().log.countAt(seq);
    return this.#seqAt(row) === seq ? row : undefined;
  }

  #seqAt(row: number): number | undefined {
    const { log } = this.#scanned();
    return row < log.matchCount ? log.seqAt(row) : undefined;
  }

  #scanned(): Scan {
    void this.#round;
    const { log, position, scenario } = this.#workbench.player;
    const key = JSON.stringify([this.#groups, this.#process, this.#text, this.#workbench.language]);
    if (this.#scan?.key !== key || this.#scan.scenario !== scenario || this.#scan.log.length > log.length) {
      this.#scan = { key, scenario, log: new FilteredLog(this.#matcher()) };
    }
    const scan = this.#scan;
    const to = Math.min(position, log.length);
    const end = Math.min(to, scan.log.length + sliceEntriesMax);
    if (end > scan.log.length) for (const entry of log.range(scan.log.length, end)) scan.log.append(entry);
    if (end < to) this.#continueSoon();
    return scan;
  }

  #matcher(): (entry: Entry) => boolean {
    const groups = this.#groups.length === 0 ? undefined : new Set(this.#groups);
    return createMatcher({ groups, process: this.#process, text: this.#text }, (entry) => this.#textOf(entry));
  }

  #textOf(entry: Entry): string {
    const payload = entry.type === 'message.published' ? ` ${JSON.stringify(entry.message.data) || ''}` : '';
    const eventType = this.#workbench.playerNow.system.messages.eventType(messageIdOf(entry) ?? '');
    return `${sentenceOf(this.#workbench, entry)} ${eventType} ${entry.where ?? ''}${payload}`;
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

/** The entry in the reader's words. */
export function sentenceOf(workbench: Workbench, entry: Entry): string {
  // One function per type of entry, and the entry is of the type that it is looked up by.
  const sentence = workbench.t.log.sentence[entry.type] as (entry: Entry) => string;
  return sentence(entry);
}

const sliceEntriesMax = 5_000;

interface Scan {
  readonly key: string;
  readonly scenario: unknown;
  readonly log: FilteredLog;
}
