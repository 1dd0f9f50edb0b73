declare module 'eventarium' {
  /**
   * A row's key. A number stands for its text: 7 and '7' are the same key.
   */
  export type RowKey = string | number;

  /** A table of a store. Rows are copies, as JSON has them: what is put in or taken out can be changed without effect on the table. */
  export interface Table<T = any> {
    readonly name: string;
    /** The row with this key; undefined when there is none. */
    get(key: RowKey): T | undefined;
    /** Adds the row, or puts it in the place of the one with this key. */
    put(key: RowKey, row: T): void;
    /**
     * Adds the row.
     * @throws UniqueViolationError when there is one with this key.
     */
    insert(key: RowKey, row: T): void;
    /** Removes the row; false when there was none. */
    delete(key: RowKey): boolean;
    /** All rows, in order of insertion. */
    all(): T[];
    /** All keys, in order of insertion. */
    keys(): string[];
    /** The rows for which `matches` is true, in order of insertion. */
    find(matches: (row: T) => boolean): T[];
  }

  /** Tables of one process. They outlive its crashes; each process has its own. */
  export interface Store {
    readonly name: string;
    /** The table of this name; it need not be created. At most 100 000 rows. */
    table<T = any>(name: string): Table<T>;
    /**
     * Runs `run`, and all that it does with this store takes effect at its end, whole or, when it throws, not at all. It may be async.
     * Transactions run one after another: one that is asked for while another is under way waits for its turn. Meanwhile what is
     * outside sees the tables as they were, and may not change them. A crash leaves nothing of a transaction that had not ended.
     * @throws StoreBusyError out of `put`, `insert` and `delete` outside of the transaction that is under way.
     */
    transaction<T>(run: () => T | Promise<T>): Promise<T>;
  }

  /**
   * The store of this name of this process: tables that its next life finds again. The inspector shows them at the playhead.
   * A change outside of a transaction is one of its own.
   * @example
   * ```ts
   * const db = store();
   * const accounts = db.table<{ owner: string; balance: number }>('accounts');
   * accounts.put('UA-1', { owner: 'Oksana', balance: 1000 });
   * await db.transaction(() => {
   *   const account = accounts.get('UA-1')!;
   *   accounts.put('UA-1', { ...account, balance: account.balance - 300 });
   * });
   * ```
   */
  export function store(name?: string): Store;

  /** `insert` found a row with this key. */
  export class UniqueViolationError extends Error {}

  /** A row was to be changed outside of the transaction that is under way. */
  export class StoreBusyError extends Error {}

  /** An event that was put into an outbox. */
  export interface OutboxEvent<T = any> {
    /** Stays the same however often the event is published: what consumers tell duplicates by. */
    readonly id: string;
    readonly type: string;
    readonly data: T;
  }

  export interface Outbox {
    /**
     * Puts an event in: it is published if, and after, the transaction takes effect.
     * @throws PayloadError when `data` cannot be written as JSON.
     */
    put<T>(type: string, data?: T): OutboxEvent<T>;
    /** Events that wait to be published. */
    pending(): number;
    /** Ends the relay in this process. What waits stays in the table. */
    stop(): void;
  }

  export interface OutboxOptions {
    /** Where events wait. Default `outbox`. */
    table?: string;
    /** How long the relay waits after a commit, in milliseconds. Default 100. */
    everyMs?: number;
  }

  /**
   * An outbox: events are stored with what they tell of, in one transaction, and published by a relay afterwards, in their order. An
   * event leaves the table when `publish` has returned or its promise is fulfilled; what a crash interrupts is published again, so
   * that each arrives at least once. When `publish` fails, it is tried again, at first after `everyMs`, then after twice that, up to 30 s.
   * A bus gives no answer, so what a link to it loses counts as published; let `publish` wait for a broker's confirm where that matters.
   * @example
   * ```ts
   * const db = store();
   * const events = outbox(db, eventBus('shop'));
   * await db.transaction(() => {
   *   db.table('orders').insert(1, { total: 1250 });
   *   events.put('order.created', { id: 1, total: 1250 });
   * });
   * ```
   */
  export function outbox(
    store: Store,
    publish: EventBus | ((event: OutboxEvent) => unknown),
    options?: OutboxOptions,
  ): Outbox;

  export interface Inbox {
    /** Whether a message with this key was handled. */
    has(key: RowKey): boolean;
    /**
     * A listener in the place of `listener` that handles each message once: `keyOf` says which are the same. The key is stored in the
     * transaction of what the listener does with the store. What fails is not remembered.
     */
    deduplicate<T = any>(keyOf: (event: BusEvent<T>) => RowKey, listener: Listener<T>): Listener<T>;
  }

  /**
   * An inbox: remembers in a table (default `inbox`) which messages were handled, so that one that comes twice has its effect once.
   * @example
   * ```ts
   * const db = store();
   * eventBus('shop').subscribe('order.paid', inbox(db).deduplicate((event) => event.data.id, function addPoints(event) {
   *   const points = db.table<number>('points');
   *   points.put(event.data.customer, (points.get(event.data.customer) ?? 0) + 10);
   * }));
   * ```
   */
  export function inbox(store: Store, options?: { table?: string }): Inbox;

  /**
   * Does something once per idempotency key, and gives everybody who comes with that key the answer of the first time. The key and the
   * answer are stored (in the table `idempotency-keys`) in the transaction of what `run` does with the store; when `run` fails,
   * nothing is remembered and the next one tries again. An effect outside of the store is repeated when a crash comes before the end of
   * `run`: hand the key on to whatever is called there.
   * @example
   * ```ts
   * const db = store();
   * const answer = await idempotent(db, 'payment-17', async () => {
   *   db.table('payments').insert(17, { amount: 450 });
   *   return { status: 'paid' };
   * });
   * console.log(answer.status);
   * ```
   */
  export function idempotent<T>(
    store: Store,
    key: RowKey,
    run: () => T | Promise<T>,
    options?: { table?: string },
  ): Promise<T>;
}
