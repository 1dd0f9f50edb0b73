import type { Entry, EntryOf, RowChange } from '../log/entry';
import type { Difference } from '../log/difference';
import { bySeq, countBefore, StateHistory, type Happened } from './history';

/** A row of a table at an instant. */
export interface KeptRow {
  readonly key: string;
  readonly row: unknown;
  /** The transaction that changed it last. */
  readonly changed: Happened;
}

export interface KeptTable {
  readonly store: string;
  readonly table: string;
  /** In order of insertion. */
  readonly rows: readonly KeptRow[];
  /** The transaction that changed it last; with its changes of this table. */
  readonly last: Happened & { readonly changes: readonly RowChange[] };
}

export interface KeptStream {
  readonly stream: string;
  readonly version: number;
  readonly lastAtMs: number;
  /** Of the aggregate that it stands for; undefined where nobody has evolved it. */
  readonly history: StateHistory | undefined;
}

export interface KeptProjection {
  readonly projection: string;
  readonly broker: string;
  readonly position: number;
  /** The store's newest event. */
  readonly head: number;
  /** For how long the first event that it has not taken in has been there; 0: there is none. */
  readonly lagMs: number;
  readonly stopped: boolean;
  /** It is being made anew, and has come so far. */
  readonly rebuiltTo: number | undefined;
  /** Steps up to the instant. */
  readonly count: number;
  readonly history: StateHistory;
}

/** What one event changed. */
export interface KeptChange extends Happened {
  /** The stream of an aggregate, the name of a projection, or the table of a store. */
  readonly of: string;
  readonly process: string;
  readonly kind: 'aggregate' | 'projection';
  readonly changes: readonly Difference[];
}

interface Transaction extends Happened {
  readonly changes: readonly RowChange[];
}

interface RowStep extends Happened {
  /** Where it was put in, among all steps of its table; it keeps its place while it is there. */
  readonly born: number;
  readonly after: unknown;
}

class Table {
  readonly process: string;
  readonly store: string;
  readonly table: string;
  readonly transactions: Transaction[] = [];
  readonly #rows = new Map<string, RowStep[]>();
  #steps = 0;

  constructor(process: string, store: string, table: string) {
    this.process = process;
    this.store = store;
    this.table = table;
  }

  append(transaction: Transaction): void {
    this.transactions.push(transaction);
    const { seq, atMs, changes } = transaction;
    for (const { key, after } of changes) {
      let steps = this.#rows.get(key);
      if (steps === undefined) this.#rows.set(key, (steps = []));
      const before = steps.at(-1);
      const born = before?.after === undefined ? this.#steps++ : before.born;
      steps.push({ seq, atMs, born, after });
    }
  }

  at(position: number): KeptTable | undefined {
    const last = this.transactions[countBefore(this.transactions, position, bySeq) - 1];
    if (last === undefined) return undefined;
    const rows = [...this.#rows].flatMap(([key, steps]) => {
      const step = steps[countBefore(steps, position, bySeq) - 1];
      return step?.after === undefined ? [] : [{ key, row: step.after, changed: step, born: step.born }];
    });
    rows.sort((one, other) => one.born - other.born);
    return { store: this.store, table: this.table, rows, last };
  }
}

interface Appended extends Happened {
  readonly stream: string;
}

type Progress = EntryOf<
  | 'projection.started'
  | 'projection.advanced'
  | 'projection.failed'
  | 'projection.rebuild-started'
  | 'projection.rebuilt'
>;

interface Follower {
  readonly process: string;
  readonly projection: string;
  readonly broker: string;
  readonly history: StateHistory;
  readonly progress: Progress[];
}

/**
 * What processes and event stores keep: tables, streams, aggregates and projections. Built by appending the whole log in order, and asked
 * how it stood at any position; a run computed anew needs a new one.
 */
export class Kept {
  readonly #tables = new Map<string, Table>();
  readonly #events = new Map<string, Appended[]>();
  readonly #streams = new Map<string, Map<string, Happened[]>>();
  readonly #aggregates = new Map<string, StateHistory>();
  readonly #followers = new Map<string, Follower>();
  readonly #changes = new Map<string, KeptChange[]>();

  append(entry: Entry): void {
    switch (entry.type) {
      case 'store.committed':
        return this.#commit(entry);
      case 'stream.appended': {
        listIn(this.#events, entry.broker).push(entry);
        let streams = this.#streams.get(entry.broker);
        if (streams === undefined) this.#streams.set(entry.broker, (streams = new Map<string, Happened[]>()));
        listIn(streams, entry.stream).push(entry);
        return;
      }
      case 'aggregate.changed': {
        const { broker, stream, version, message, changes, seq, atMs, process } = entry;
        const key = `${broker}\n${stream}`;
        let history = this.#aggregates.get(key);
        if (history === undefined) this.#aggregates.set(key, (history = new StateHistory()));
        history.append({ seq, atMs, message, place: version, changes });
        listIn(this.#changes, message).push({ seq, atMs, of: stream, process, kind: 'aggregate', changes });
        return;
      }
      case 'projection.started':
      case 'projection.advanced':
      case 'projection.failed':
      case 'projection.rebuild-started':
      case 'projection.rebuilt':
        return this.#progress(entry);
      default:
        return;
    }
  }

  tablesAt(process: string, position: number): readonly KeptTable[] {
    return [...this.#tables.values()].flatMap((table) => {
      const at = table.process === process ? table.at(position) : undefined;
      return at === undefined ? [] : [at];
    });
  }

  streamsAt(broker: string, position: number): readonly KeptStream[] {
    return [...(this.#streams.get(broker) ?? [])].flatMap(([stream, events]) => {
      const version = countBefore(events, position, bySeq);
      if (version === 0) return [];
      const history = this.#aggregates.get(`${broker}\n${stream}`);
      return [{ stream, version, lastAtMs: events[version - 1]!.atMs, history }];
    });
  }

  /** Those of a process. */
  projectionsAt(process: string, position: number, nowMs: number): readonly KeptProjection[] {
    return [...this.#followers.values()].flatMap((follower) => {
      const at = follower.process === process ? this.#projectionAt(follower, position, nowMs) : undefined;
      return at === undefined ? [] : [at];
    });
  }

  /** By how many events it was behind, at each of so many instants from 0 to `nowMs`. */
  lagsUntil(process: string, projection: string, nowMs: number, columns: number): readonly number[] {
    const follower = this.#followers.get(`${process}\n${projection}`);
    if (follower === undefined) return [];
    const byTime = ({ atMs }: Happened): number => atMs;
    const events = this.#events.get(follower.broker) ?? [];
    const { steps } = follower.history;
    return Array.from({ length: columns }, (_, column) => {
      const after = (nowMs * (column + 1)) / columns + 1e-6;
      const place = steps[countBefore(steps, after, byTime) - 1]?.place;
      return place === undefined ? 0 : Math.max(0, countBefore(events, after, byTime) - place);
    });
  }

  /** What a message, an event of a store, changed up to a position of the log. */
  changesBy(message: string, position: number): readonly KeptChange[] {
    return (this.#changes.get(message) ?? []).filter(({ seq }) => seq < position);
  }

  #commit({ process, store, changes, seq, atMs }: EntryOf<'store.committed'>): void {
    for (const name of new Set(changes.map(({ table }) => table))) {
      const key = `${process}\n${store}\n${name}`;
      let table = this.#tables.get(key);
      if (table === undefined) this.#tables.set(key, (table = new Table(process, store, name)));
      table.append({ seq, atMs, changes: changes.filter((each) => each.table === name) });
    }
  }

  #progress(entry: Progress): void {
    const { process, projection, broker, position, seq, atMs } = entry;
    const key = `${process}\n${projection}`;
    let follower = this.#followers.get(key);
    if (follower === undefined)
      this.#followers.set(key, (follower = { process, projection, broker, history: new StateHistory(), progress: [] }));
    follower.progress.push(entry);
    const step = { seq, atMs, message: undefined, place: position, changes: [] };
    if (entry.type === 'projection.started') follower.history.append({ ...step, begins: { state: entry.state } });
    if (entry.type === 'projection.failed' && entry.skipped && !entry.rebuilding) follower.history.append(step);
    if (entry.type === 'projection.rebuilt') follower.history.append({ ...step, changes: entry.changes });
    if (entry.type !== 'projection.advanced' || entry.rebuilding) return;
    const { message, changes } = entry;
    follower.history.append({ ...step, message, changes });
    if (changes.length > 0)
      listIn(this.#changes, message).push({ seq, atMs, of: projection, process, kind: 'projection', changes });
  }

  #projectionAt(follower: Follower, position: number, nowMs: number): KeptProjection | undefined {
    const { projection, broker, history, progress } = follower;
    const count = history.countAt(position);
    if (count === 0) return undefined;
    const events = this.#events.get(broker) ?? [];
    const head = countBefore(events, position, bySeq);
    const at = history.steps[count - 1]!.place;
    const waiting = at < head ? events[at] : undefined;
    const past = progress.slice(0, countBefore(progress, position, bySeq));
    const own = past.findLast((each) => !isOfRebuild(each));
    return {
      projection,
      broker,
      position: at,
      head,
      lagMs: waiting === undefined ? 0 : Math.max(0, nowMs - waiting.atMs),
      stopped: own?.type === 'projection.failed' && !own.skipped,
      rebuiltTo: rebuiltTo(past),
      count,
      history,
    };
  }
}

function isOfRebuild(entry: Progress): boolean {
  return entry.type === 'projection.rebuild-started' || 'rebuilding' in entry;
}

/** How far a rebuild that is under way has come. */
function rebuiltTo(past: readonly Progress[]): number | undefined {
  const last = past.findLast((each) => isOfRebuild(each) || !('message' in each));
  if (last === undefined || !isOfRebuild(last)) return undefined;
  return last.type === 'projection.failed' && !last.skipped ? undefined : last.position;
}

function listIn<T>(lists: Map<string, T[]>, key: string): T[] {
  let list = lists.get(key);
  if (list === undefined) lists.set(key, (list = []));
  return list;
}
