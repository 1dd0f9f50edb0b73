/**
 * The playground's own module: an event bus, virtual time, replay and invariants.
 *
 * Time is virtual: `sleep(500)` costs nothing to wait for, and the same scenario with the same seed always runs the same way.
 */
declare module 'eventarium' {
  /** An event as a listener receives it: the CloudEvents 1.0 attributes and the payload. It is the listener's own copy. */
  export interface BusEvent<T = any> {
    /** Unique within the run: `m_1`, `m_2`, … */
    readonly id: string;
    /** Who published it: `/` and the name of the process, `/you` when it was published by hand. */
    readonly source: string;
    readonly specversion: '1.0';
    /** The event's name, for example `order.created`. */
    readonly type: string;
    /** When it was published: ISO 8601, virtual time. */
    readonly time: string;
    readonly datacontenttype: 'application/json';
    /** Shared by everything that one first event set in motion. */
    readonly correlationid: string;
    /** The event that was being handled when this one was published. */
    readonly causationid?: string;
    /** The payload that was given to `emit`. */
    readonly data: T;
  }

  /** The second argument of a listener. */
  export interface DeliveryContext {
    /** Which attempt this is, from 1. */
    readonly attempt: number;
    /** How many there may be in all. */
    readonly attempts: number;
    /** True when the event comes from `replay`: it is no new fact. */
    readonly replayed: boolean;
    /** True when the event was sent back from a dead-letter queue: it has been tried before. */
    readonly redriven: boolean;
  }

  /** May be async. What it throws, or rejects with, fails this delivery and no other one. */
  export type Listener<T = any> = (event: BusEvent<T>, delivery: DeliveryContext) => unknown;

  export interface RetryOptions {
    /** Attempts in all, the first included. Default 3. */
    attempts?: number;
    /** `exponential` doubles the wait after each attempt. Default `exponential`. */
    backoff?: 'fixed' | 'exponential';
    /** Wait after the first failed attempt, in milliseconds. Default 100. */
    initialMs?: number;
    /** No wait is longer than this, in milliseconds. Default 30 000. */
    maxMs?: number;
    /**
     * `true` or `full`: the wait is drawn evenly from 0 to what it would be. `decorrelated`: evenly from `initialMs` to three times
     * the wait before, whatever the backoff (both after "Exponential Backoff And Jitter", AWS Architecture Blog). Default `none`.
     */
    jitter?: boolean | 'full' | 'decorrelated' | 'none';
    /**
     * How many retries there may be for all first attempts of this listener; a number is the share. A failed delivery that the
     * budget has no token for is given up at once, so that retries do not finish off what is already overloaded (after
     * Finagle's `RetryBudget`). Default: no budget.
     */
    budget?: number | RetryBudget;
  }

  export interface RetryBudget {
    /** Retries for each first attempt: 0.2 lets one in five be a retry. Default 0.2. */
    share?: number;
    /** Retries a second that are let through whatever the share says. Default 10. */
    minPerSecond?: number;
    /** How long a first attempt counts, in milliseconds. Default 10 000. */
    windowMs?: number;
  }

  export interface ListenOptions {
    /** Name on the stage and in the log. Default: the function's name. */
    name?: string;
    /** Try a failed delivery again. A number means that many attempts. Default: one attempt. */
    retry?: RetryOptions | number;
    /** An attempt without an answer after this many milliseconds has failed. Default: no limit. */
    timeoutMs?: number;
    /** Keep an event whose last attempt failed: `true` in `<bus>.dead`, a text in the queue of that name. Default `false`. */
    deadLetter?: boolean | string;
    /**
     * Consume from the durable queue of this name. Listeners of one queue compete: each event goes to one of those whose
     * pattern matches it, in turn. Events wait while none of those is there, without holding up events for others, and what a
     * crashed process had not answered goes to the next one. The queue keeps its patterns when listeners go, and gets from
     * then on what any of them matches.
     * Default: no queue; the listener gets every event at once, and misses those that come while its process is down.
     */
    queue?: string;
    /** How many events from the queue the listener takes at once. Default 1. */
    prefetch?: number;
    /**
     * This listener is a compensation: it undoes the step that published the event of this name, `payment.charged`. It changes nothing in
     * how it is called; from it the view of sagas tells a saga without an orchestrator, by the correlation of its events.
     */
    compensates?: string;
  }

  export interface Subscription {
    unsubscribe(): void;
  }

  export interface EventBus {
    readonly name: string;
    /**
     * Publishes an event and returns it at once; the producer never waits for listeners.
     * @throws PayloadError when `data` cannot be written as JSON (a BigInt, a value that holds itself).
     */
    emit<T>(type: string, data?: T): BusEvent<T>;
    /**
     * Calls `listener` for every event whose name matches `pattern`: an exact name, or words with `*` (exactly one word) and
     * `#` (any number of words). Listeners are called in the order of subscription.
     */
    subscribe(pattern: string, listener: Listener, options?: ListenOptions): Subscription;
    subscribe<T>(pattern: string, listener: Listener<T>, options?: ListenOptions): Subscription;
    /** As `subscribe`, for one event only. */
    once<T = any>(pattern: string, listener: Listener<T>, options?: ListenOptions): Subscription;
    /** Ends this process's subscriptions with the listener; with a pattern, only those. Returns how many ended. */
    unsubscribe(listener: Listener): number;
    unsubscribe(pattern: string, listener?: Listener): number;
    /** The events that the bus has kept, oldest first. */
    history(pattern?: string): BusEvent[];
    /** What lies in a dead-letter queue, oldest first. Default `<bus>.dead`. */
    deadLetters(queue?: string): DeadLetter[];
  }

  export interface BusOptions {
    /**
     * `direct`: every matching listener is called as soon as the event arrives. `queue`: events wait in one line and
     * `workers` work them off, each running the listeners of its event one after another. Default `direct`.
     */
    mode?: 'direct' | 'queue';
    /** Events worked on at once in queue mode. Default 1. */
    workers?: number;
  }

  /**
   * The bus of this name. Every process that asks for the name gets the same bus; the first one decides its options.
   * @example
   * ```ts
   * eventBus('shop').subscribe('order.*', async function sendEmail(event) {
   *   console.log(`mail to ${event.data.email}`);
   * }, { retry: { attempts: 3, initialMs: 200 }, deadLetter: true });
   * ```
   */
  export function eventBus(name?: string, options?: BusOptions): EventBus;

  /**
   * Waits `ms` of virtual time, to the microsecond.
   * @example
   * ```ts
   * await sleep(500);
   * ```
   */
  export function sleep(ms: number): Promise<void>;

  /**
   * Calls `callback(1)`, `callback(2)`, … every `ms` of virtual time (at least 0.001), the first time after `ms`.
   * Default `times`: without end.
   * @example
   * ```ts
   * every(1000, (n) => eventBus('shop').emit('order.created', { id: n }), { times: 10 });
   * ```
   */
  export function every(ms: number, callback: (n: number) => unknown, options?: { times?: number }): { stop(): void };

  export interface ReplayOptions {
    /** Which events, as in `subscribe`. Default `#`, all. */
    pattern?: string;
    /** Published at or after this instant, in milliseconds of virtual time. Default 0. */
    fromMs?: number;
    /** Published at or before this instant. Default: no end. */
    toMs?: number;
    /** Only events of this correlation. Default: of any. */
    correlation?: string;
    /** Only events that this process published. Default: of anybody. */
    publisher?: string;
    /**
     * Hold back what the listeners do beyond themselves: the log tells of each as held, and they are answered as if it had been done.
     * Default `false`.
     * - `emit`, `publish` of amqplib (a confirm channel confirms at once), `message.create` of svix: nobody gets the message.
     * - `fetch` and `http.request`, unless with GET, HEAD or OPTIONS: answered at once with 200, the body `{}` and the header
     *   `X-Effect-Held: true`.
     * - Commands of Redis that write, transactions whole: answered as an empty Redis would answer.
     * - Appends to an event store and commands to its aggregates: a version that is not the expected one is a conflict here too,
     *   otherwise the events come back as if appended.
     * - A `store()`: a transaction sees its own changes, and none is committed; so the keys of `idempotent` and `inbox` and the events of
     *   an `outbox` are not kept either.
     *
     * What only reads is done. So is what sets up: queues, subscriptions, endpoints.
     */
    suppressEffects?: boolean;
  }

  /**
   * Feeds events that the bus has kept to chosen listeners of this process, oldest first, one after another. Nothing is
   * published again, and nothing is added to what the bus keeps. A listener may be given by its name.
   * @example
   * ```ts
   * const replayed = await replay(eventBus('shop'), function audit(event) {
   *   console.log(event.type, event.data);
   * }, { pattern: 'order.*' });
   * console.log(`${replayed.events} replayed, ${replayed.failed} failed`);
   * ```
   */
  export function replay(
    bus: EventBus,
    listener: Listener | string | (Listener | string)[],
    options?: ReplayOptions,
  ): Promise<{ events: number; failed: number }>;

  /** An event that a listener has given up. */
  export interface DeadLetter<T = any> {
    readonly event: BusEvent<T>;
    /** Who gave it up; it goes back there and to nobody else. */
    readonly listener: string;
    readonly process: string;
    /** Attempts made since it came, or came back. */
    readonly attempts: number;
    /** `budget`: the retry budget was spent. `unanswered`: it was sent back, and its listener never answered. */
    readonly reason: 'attempts' | 'budget' | 'unanswered';
    /** Of the last attempt; absent when nobody answered. */
    readonly error?: { readonly name: string; readonly message: string };
    /** In milliseconds of virtual time. */
    readonly diedAtMs: number;
  }

  export interface RedriveOptions<T = any> {
    /** The dead-letter queue. Default `<bus>.dead`. */
    queue?: string;
    /** Which of them. Default: all. */
    filter?: (letter: DeadLetter<T>) => boolean;
    /** The payload with which each goes back. Default: its own. */
    edit?: (data: T, letter: DeadLetter<T>) => unknown;
  }

  /**
   * Sends dead letters back to the listeners that gave them up, oldest first, with the same `id` and with all their attempts before
   * them. Each ends handled, or as a dead letter again: none is lost on the way. Those whose listener is not there are kept.
   * @throws PayloadError when `edit` returns what cannot be written as JSON; then nothing is sent.
   * @example
   * ```ts
   * const { redriven } = redrive(eventBus('shop'), {
   *   filter: (letter) => letter.error?.message === 'the bank is down',
   *   edit: (order) => ({ ...order, note: 'second try' }),
   * });
   * console.log(`${redriven} sent back`);
   * ```
   */
  export function redrive<T = any>(bus: EventBus, options?: RedriveOptions<T>): { redriven: number; kept: number };

  /**
   * States what must hold at the end of every instant. It fails when `check` returns `false`, returns a text (the reason), or
   * throws; the log tells when it failed and when it held again.
   * @example
   * ```ts
   * let sold = 0;
   * invariant('nothing is sold twice', () => sold <= 10 || `${sold} of 10 sold`);
   * ```
   */
  export function invariant(name: string, check: () => boolean | string | undefined | void): void;

  /**
   * Shows a value in the inspector of this process, as it is now: `show('stock', stock)`. Call it again when it has changed;
   * the inspector has it as it was at the playhead, and the log tells of each change. Returns the value.
   * @example
   * ```ts
   * const stock = new Map([['KB-87', 10]]);
   * show('stock', stock);
   * ```
   */
  export function show<T>(name: string, value: T): T;

  /**
   * Reads events kept as NDJSON, one a line. A line that is no event is reported with its number, counted from 1, and the
   * rest is read.
   * @example
   * ```ts
   * const kept = readLog('{"type":"order.created","data":{"id":1}}\n');
   * console.log(kept.events.length, kept.problems);
   * ```
   */
  export function readLog(text: string): { events: BusEvent[]; problems: { line: number; message: string }[] };
}
