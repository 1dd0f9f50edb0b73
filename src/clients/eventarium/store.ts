import { clonePlain, copyPlain } from '../../log/plain';
import { kindOf, requireFunction, requireText } from './arguments';
import type { ClientEnvironment, Ended, Origin } from './environment';
import { StoreBusyError, UniqueViolationError } from './pattern-error';
import { Draft, rowsMax, type Tables } from './tables';

interface Transaction {
  readonly draft: Draft;
  /** The piece of work that it belongs to: whatever that does with the store is part of it. */
  readonly work: object;
  readonly from: Origin;
}

/**
 * A process's tables, which outlive its lives.
 *
 * Invariants
 * 1. Transactions run one after another, in the order in which they were asked for; each takes effect whole or not at all.
 * 2. Only what is committed is durable: a crash leaves nothing of a transaction that was under way.
 * 3. Where effects are held back a transaction sees its own changes, and none of them is committed.
 * 4. Outside of the transaction everybody sees what is committed. What changes a row out there is a transaction of its own, and
 *    is refused while another one is under way, since it could not wait.
 */
export class Store {
  readonly name: string;
  readonly environment: ClientEnvironment;
  readonly #tables: Tables;
  readonly #waiting: (() => void)[] = [];
  readonly #handles = new Map<string, Table>();
  readonly #onCommit: (() => void)[] = [];
  #open: Transaction | undefined;

  constructor(environment: ClientEnvironment, name: string) {
    this.name = name;
    this.environment = environment;
    this.#tables = environment.durable(`store ${environment.process} ${name}`, (): Tables => new Map());
  }

  table(name: unknown): Table {
    const checked = requireText(name, 'table(name): the name');
    let table = this.#handles.get(checked);
    if (table === undefined) this.#handles.set(checked, (table = new Table(this, checked)));
    return table;
  }

  transaction(run: unknown): Promise<unknown> {
    const work = requireFunction(run, 'transaction(run): what to run');
    if (this.#current !== undefined) return this.#inside(this.#current, work);
    return this.environment.promise((resolve, reject) => {
      const end = (ended: Ended): void => {
        if (ended.type === 'returned') resolve(ended.value);
        else reject(ended.error);
      };
      const begin = this.environment.node.bind(() => {
        this.#begin(work, from, end);
      });
      const from = this.environment.origin();
      if (this.#open === undefined) begin();
      else this.#waiting.push(begin);
    });
  }

  /** @internal Told after each commit. */
  onCommit(callback: () => void): void {
    this.#onCommit.push(callback);
  }

  /** @internal The first row of a table, as it is committed. */
  firstOf(table: string): unknown {
    return this.#tables.get(table)?.values().next().value;
  }

  /** @internal What the code that runs sees. */
  get view(): Draft {
    return this.#current?.draft ?? new Draft(this.#tables);
  }

  /** @internal Runs `change` in the transaction that runs, or in one of its own. */
  write<T>(change: (draft: Draft) => T): T {
    const open = this.#current;
    if (open !== undefined) return change(open.draft);
    if (this.#open !== undefined)
      throw new StoreBusyError(
        `A transaction of ${this.name} is under way, begun at ${this.#open.from.where ?? 'an unknown line'}. ` +
          `Put this change into ${this.name}.transaction(() => …), which waits for its turn.`,
      );
    const draft = new Draft(this.#tables);
    const result = change(draft);
    const from = this.environment.origin();
    if (this.environment.isHeld()) this.#holdBack(draft, from);
    else this.#commit(draft, from);
    return result;
  }

  get #current(): Transaction | undefined {
    return this.#open?.work === this.environment.currentWork() ? this.#open : undefined;
  }

  #begin(run: () => unknown, from: Origin, end: (ended: Ended) => void): void {
    const { environment } = this;
    // It may end in another piece of work than the one that began it.
    const hold = environment.isHeld() ? environment.node.bind(this.#holdBack.bind(this)) : undefined;
    let opened: Transaction | undefined;
    const draft = new Draft(this.#tables);
    const begin = (): unknown => {
      this.#open = opened = { draft, work: environment.currentWork(), from };
      return run();
    };
    environment.work(begin, (ended) => {
      if (this.#open === opened) this.#open = undefined;
      if (ended.type === 'returned') (hold ?? this.#commit.bind(this))(draft, from);
      else this.#rollBack(draft, ended.error, from);
      end(ended);
      if (this.#open === undefined) this.#waiting.shift()?.();
    });
  }

  /** A transaction in a transaction is part of it; when it fails and that is caught, only its own changes are taken back. */
  #inside({ draft }: Transaction, run: () => unknown): Promise<unknown> {
    const savepoint = draft.savepoint();
    return this.environment.promise((resolve, reject) => {
      let result: unknown;
      try {
        result = run();
      } catch (error) {
        draft.backTo(savepoint);
        reject(error);
        return;
      }
      if (!(result instanceof Promise)) {
        resolve(result);
        return;
      }
      result.then(resolve, (error: unknown) => {
        draft.backTo(savepoint);
        reject(error);
      });
    });
  }

  #commit(draft: Draft, from: Origin): void {
    const changes = draft.changes();
    draft.commit();
    if (changes.length === 0) return;
    this.environment.record({ type: 'store.committed', store: this.name, changes }, from);
    for (const callback of this.#onCommit) callback();
  }

  /** What it would have changed is told, and nothing has changed. */
  #holdBack(draft: Draft, { where }: Origin): void {
    for (const { table, key, after } of draft.changes())
      this.environment.holdBack(
        {
          effect: 'write',
          broker: this.name,
          event: after === undefined ? 'delete' : 'put',
          place: `${table}/${key}`,
          ...(after !== undefined && { data: after }),
        },
        where,
      );
  }

  #rollBack(draft: Draft, error: unknown, from: Origin): void {
    const failure = this.environment.failure(error);
    this.environment.record({ type: 'store.rolled-back', store: this.name, changes: draft.changes(), failure }, from);
  }
}

/** A process's handle of one table. */
export class Table {
  readonly name: string;
  readonly #store: Store;

  constructor(store: Store, name: string) {
    this.#store = store;
    this.name = name;
  }

  get(key: unknown): unknown {
    return clonePlain(this.#store.view.get(this.name, keyText(key, this.name)));
  }

  put(key: unknown, row: unknown): void {
    this.#write(key, row, false);
  }

  insert(key: unknown, row: unknown): void {
    this.#write(key, row, true);
  }

  delete(key: unknown): boolean {
    const checked = keyText(key, this.name);
    return this.#store.write((draft) => {
      const isThere = draft.get(this.name, checked) !== undefined;
      if (isThere) draft.set(this.name, checked, undefined);
      return isThere;
    });
  }

  all(): unknown[] {
    return this.#store.view.rows(this.name).map(([, row]) => clonePlain(row));
  }

  keys(): string[] {
    return this.#store.view.rows(this.name).map(([key]) => key);
  }

  find(matches: unknown): unknown[] {
    const checked = requireFunction(matches, 'find(matches): the condition') as unknown as (row: unknown) => unknown;
    return this.all().filter((row) => checked(row));
  }

  #write(key: unknown, row: unknown, isNew: boolean): void {
    const checked = keyText(key, this.name);
    const plain = copyPlain(row);
    if (plain === undefined)
      throw new TypeError(`A row of ${this.name} must be a value that JSON has; it is ${kindOf(row)}.`);
    this.#store.write((draft) => {
      const isThere = draft.get(this.name, checked) !== undefined;
      if (isThere && isNew)
        throw new UniqueViolationError(`${this.name} has a row with the key ${JSON.stringify(checked)} already.`);
      if (!isThere && draft.count(this.name) >= rowsMax)
        throw new RangeError(`${this.name} has room for ${String(rowsMax)} rows.`);
      draft.set(this.name, checked, plain);
    });
  }
}

/** Keys are texts; a number stands for its text. */
export function keyText(key: unknown, table: string): string {
  if (typeof key === 'number' && Number.isFinite(key)) return String(key);
  if (typeof key === 'string' && key !== '') return key;
  throw new TypeError(`A key of ${table} must be a number or a text that is not empty; it is ${kindOf(key)}.`);
}
