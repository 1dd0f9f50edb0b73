import type { Entry, EntryOf, Intervention } from '../../log/entry';
import { Column } from '../../projections/column';
import { groupOf } from '../../projections/search';

/** Places in the log that one goes to without knowing where they are: what failed, and what was done by hand. */
export class Landmarks {
  readonly #failures = Column.int32();
  readonly #interventions: (EntryOf<'intervention.applied'> | EntryOf<'intervention.refused'>)[] = [];

  /** Of experiments, with the entry that told of each first. */
  readonly #versions = new Map<string, number>();

  /** Of each process, where its life began or ended. */
  readonly #turns = new Map<string, Column>();

  append(entry: Entry): void {
    if (isFailure(entry)) this.#failures.push(entry.seq);
    if (entry.type === 'intervention.applied' || entry.type === 'intervention.refused') this.#interventions.push(entry);
    if (entry.type === 'experiment.declared')
      for (const version of entry.versions) if (!this.#versions.has(version)) this.#versions.set(version, entry.seq);
    if (isTurn(entry)) this.#turnsOf(entry.process).push(entry.seq);
  }

  /** `seq` of the nearest failure after an entry, or before it. */
  failureBeside(seq: number, direction: 1 | -1): number | undefined {
    const at = direction === 1 ? this.#failures.firstAbove(seq) : this.#failures.firstAtLeast(seq) - 1;
    return at >= 0 && at < this.#failures.length ? this.#failures.at(at) : undefined;
  }

  /** `seq` of the entry that tells of an intervention; nothing when it lies at or after the position. */
  seqOf(intervention: Intervention, position: number): number | undefined {
    const text = JSON.stringify(intervention);
    const entry = this.#interventions.find((one) => JSON.stringify(one.intervention) === text);
    return entry !== undefined && entry.seq < position ? entry.seq : undefined;
  }

  /** `seq` of the latest start, reload, exit or crash of a process before the position. */
  turnOf(process: string, position: number): number | undefined {
    const turns = this.#turns.get(process);
    const count = turns?.firstAtLeast(position) ?? 0;
    return turns === undefined || count === 0 ? undefined : turns.at(count - 1);
  }

  /** Of all experiments before the position. */
  versionsAt(position: number): string[] {
    return [...this.#versions].filter(([, seq]) => seq < position).map(([version]) => version);
  }

  #turnsOf(process: string): Column {
    let turns = this.#turns.get(process);
    if (turns === undefined) this.#turns.set(process, (turns = Column.int32()));
    return turns;
  }
}

type Turn = EntryOf<'process.started' | 'process.reloaded' | 'process.exited' | 'process.crashed'>;

function isTurn(entry: Entry): entry is Turn {
  switch (entry.type) {
    case 'process.started':
    case 'process.reloaded':
    case 'process.exited':
    case 'process.crashed':
      return true;
    default:
      return false;
  }
}

/** The same as what the log's filter calls a failure. */
export function isFailure(entry: Entry): boolean {
  return groupOf(entry) === 'failures';
}
