declare module 'eventarium' {
  /** An event as an event store keeps it; a copy of its own. */
  export interface StreamEvent<T = any> {
    /** Id of the message that brought it: `m_1`, … */
    readonly id: string;
    readonly type: string;
    readonly data: T;
    readonly stream: string;
    /** Place in its stream, from 1. */
    readonly version: number;
    /** Place among all events of the store, from 1. */
    readonly position: number;
    /** When the store took it in, in milliseconds of virtual time. */
    readonly atMs: number;
  }

  /** An event to be appended. */
  export interface NewEvent<T = any> {
    type: string;
    data?: T;
  }

  export interface EventStore {
    readonly name: string;
    /**
     * Adds events at the end of a stream, all or none, and gives them as they are kept. The store lies beyond a link: the answer takes a
     * round trip, and when the process crashes meanwhile the events are there all the same.
     * @throws ConcurrencyError when the stream is not at `expectedVersion` (0: it has no events yet). Without it nothing is checked.
     */
    append(
      stream: string,
      events: NewEvent | NewEvent[],
      options?: { expectedVersion?: number },
    ): Promise<StreamEvent[]>;
    /**
     * The events of a stream, oldest first: from version `from` (default 1) to `toVersion`, or to the instant `toMs`.
     * @throws RangeError when the stream has no version `toVersion`.
     */
    read(stream: string, options?: { from?: number; toVersion?: number; toMs?: number }): Promise<StreamEvent[]>;
  }

  export interface EventStoreOptions {
    /** Brings old events up to date when they are read: by type, from the event as it is kept to its type and data of today. */
    upcast?: Record<string, (event: StreamEvent) => NewEvent>;
  }

  /**
   * The event store of this name: streams of events that are only ever added to. All processes that ask for the name share it, and it
   * outlives them, as a database does. At most 100 000 events.
   * @example
   * ```ts
   * const events = eventStore('bank');
   * await events.append('account-7', { type: 'money.deposited', data: { amount: 500 } }, { expectedVersion: 0 });
   * console.log(await events.read('account-7'));
   * ```
   */
  export function eventStore(name?: string, options?: EventStoreOptions): EventStore;

  /** A stream has grown since it was read: read it again and decide anew. */
  export class ConcurrencyError extends Error {
    readonly stream: string;
    readonly expectedVersion: number;
    readonly actualVersion: number;
  }

  export interface AggregateOptions<S, C> {
    /** Of its kind: instance 7 of `account` is the stream `account-7`. */
    name: string;
    /** State before the first event. Default `{}`. */
    initial?: S;
    /** What a command makes happen: an event, several, or none. It throws when the command is not allowed. */
    decide: (state: S, command: C) => NewEvent | NewEvent[] | undefined | void;
    /** The state after an event: a new one, or the given one changed. It must depend on the two alone. */
    evolve: (state: S, event: StreamEvent) => S | void;
    /** Keep a snapshot whenever so many versions have come. Default 0: never. */
    snapshotEvery?: number;
  }

  export interface Aggregate<S = any, C = any> {
    readonly name: string;
    /**
     * Decides a command on the newest state and appends what comes of it.
     * @returns the new state, its version, the events, and the position of the last one (0: there was none).
     * @throws ConcurrencyError when somebody else has appended meanwhile; and whatever `decide` throws.
     */
    handle(id: RowKey, command: C): Promise<{ version: number; state: S; events: StreamEvent[]; position: number }>;
    /**
     * Rebuilds an instance out of its events, from the latest snapshot on: as it is, at a version (0: before the first event), or as it
     * was at an instant.
     * @throws RangeError when there is no such version.
     */
    load(id: RowKey, options?: { version?: number; atMs?: number }): Promise<{ version: number; state: S }>;
  }

  /**
   * A kind of aggregate over an event store: its state is made of events alone.
   * @example
   * ```ts
   * const account = aggregate(eventStore('bank'), {
   *   name: 'account',
   *   initial: { balance: 0 },
   *   decide(state, command: { withdraw: number }) {
   *     if (command.withdraw > state.balance + 1000) throw new Error('not enough money');
   *     return { type: 'money.withdrawn', data: { amount: command.withdraw } };
   *   },
   *   evolve(state, event) {
   *     state.balance -= event.data.amount;
   *   },
   * });
   * const { state } = await account.handle('UA-1', { withdraw: 300 });
   * console.log(state.balance);
   * ```
   */
  export function aggregate<S = any, C = any>(events: EventStore, options: AggregateOptions<S, C>): Aggregate<S, C>;

  export interface ProjectionOptions<S> {
    /** The event store that it follows. */
    from: EventStore;
    /** State before the first event. Default `{}`. */
    state?: S;
    /** By type of event: the state after it, as a new one or as the given one changed. May be async. Others are passed by. */
    on: Record<string, (state: S, event: StreamEvent) => S | void | Promise<S | void>>;
    /**
     * When a handler throws: `stop` before the event, until `resume`, a new life of the process or a rebuild; or `skip` it. The event
     * stays in the store either way, and the log says where it was. Default `stop`.
     */
    onError?: 'stop' | 'skip';
  }

  export interface Projection<S = any> {
    readonly name: string;
    /** As it is now: a copy. It may be behind the store. */
    readonly state: S;
    /** The last event that it has taken in, by position; 0: none yet. */
    readonly position: number;
    /** It threw on the next event and waits. */
    readonly stopped: boolean;
    /** Goes on with the event on which it stopped. */
    resume(): void;
    /**
     * Waits until it has taken in the event at `position`: to read one's own write.
     * @throws Error when `timeoutMs` have passed (default: no limit), or when it stops.
     */
    waitFor(position: number, options?: { timeoutMs?: number }): Promise<void>;
    /**
     * Makes the state anew, from the first event on, while it goes on answering and following as before; when the new state has caught
     * up, it takes the place of the old one. A handler that throws ends the rebuild, and the old state stays, unless `onError` is `skip`.
     */
    rebuild(): Promise<{ position: number }>;
  }

  /**
   * A view made of the events of a store. It follows them on its own, over the link and at its own pace, so it lags behind; what it has
   * and how far it has come outlive a crash together, so that each event counts once.
   * @example
   * ```ts
   * const events = eventStore('bank');
   * const totals = projection('totals', {
   *   from: events,
   *   state: { deposited: 0 },
   *   on: { 'money.deposited': (state, event) => { state.deposited += event.data.amount; } },
   * });
   * const [event] = await events.append('account-7', { type: 'money.deposited', data: { amount: 500 } });
   * await totals.waitFor(event.position);
   * console.log(totals.state.deposited);
   * ```
   */
  export function projection<S = any>(name: string, options: ProjectionOptions<S>): Projection<S>;
}
