declare module 'eventarium' {
  /** What the action of a saga's step gets. */
  export interface StepContext<T = any> {
    readonly saga: string;
    /** The id that was given to `run`. */
    readonly instance: string;
    readonly step: string;
    /** What was given to `run`, as a copy. */
    readonly data: T;
    /** What the steps before returned, by their names. */
    readonly results: Record<string, any>;
    /**
     * `<saga>/<instance>/<step>`, with `/undo` for a compensation: the same for every attempt. Hand it to whom the action calls, so that
     * an action that is run again is not done twice.
     */
    readonly key: string;
    /** Which attempt this is, from 1, and how many there may be. */
    readonly attempt: number;
    readonly attempts: number;
  }

  /** What a compensation gets. */
  export interface CompensationContext<T = any> extends StepContext<T> {
    /** What the action returned. */
    readonly result: any;
    /** The action ended without an answer (a time-out, a crash): it may have been done, or not. */
    readonly isUncertain: boolean;
    /** Why the saga turned back. */
    readonly failure: SagaFailure;
  }

  export interface SagaFailure {
    readonly step: string;
    readonly name: string;
    readonly message: string;
    readonly reason: 'threw' | 'timeout' | 'saga-timeout' | 'limit';
  }

  export interface PivotOptions<T = any> {
    /**
     * Does the step, in whatever way: a call, events, `amqplib`, `ioredis`, `fetch`. What it returns is kept as JSON. When it throws, or
     * rejects, the step has failed. It is run at least once: again after a crash in the middle of it, and after an edit of the file.
     */
    action: (context: StepContext<T>) => unknown;
    /** An attempt without an answer after this many milliseconds has failed. Goes for the compensation too. Default: no limit. */
    timeoutMs?: number;
    /**
     * Try a failed action again; an error whose `retriable` is false ends that. Default: one attempt; after the pivot 6, since there is
     * no way back.
     */
    retry?: RetryOptions | number;
  }

  export interface StepOptions<T = any> extends PivotOptions<T> {
    /**
     * Undoes what the action has done. Runs when a later step fails, and when the action itself ended without an answer. `null`: the
     * step leaves nothing behind. Left out: what it did stays, and a saga that turns back then ends as `failed`.
     */
    compensation?: ((context: CompensationContext<T>) => unknown) | null;
    /** Default: 6 attempts, after 200, 400, 800 … ms. When the last one fails, the saga is `stuck`. */
    compensationRetry?: RetryOptions | number;
  }

  /** Made by `step`, `parallel` or `pivot`. */
  export interface SagaStep {
    readonly name?: string;
  }

  /**
   * A step of a saga: what it does, and how that is undone.
   * @example
   * ```ts
   * const reserve = step('reserve', {
   *   action: ({ data, key }) => console.log('reserve', data, key),
   *   compensation: ({ failure }) => console.log('release, since', failure.step, 'failed'),
   *   timeoutMs: 2000,
   *   retry: 3,
   * });
   * ```
   */
  export function step<T = any>(name: string, options: StepOptions<T>): SagaStep;

  /**
   * Steps that run at the same time. All of them have ended before the saga goes on, or back.
   * @example
   * ```ts
   * const book = parallel(
   *   step('hotel', { action: () => sleep(300), compensation: () => console.log('cancel the hotel') }),
   *   step('flight', { action: () => sleep(200), compensation: () => console.log('cancel the flight') }),
   * );
   * ```
   */
  export function parallel(...steps: SagaStep[]): SagaStep;

  /**
   * The step after which there is no way back: while it has not succeeded, the saga can be undone; after it every step is tried until
   * it succeeds, or the saga is `stuck`. A saga has at most one.
   * @example
   * ```ts
   * const charge = pivot('charge', { action: ({ key }) => console.log('charge', key), timeoutMs: 2000, retry: 3 });
   * ```
   */
  export function pivot<T = any>(name: string, options: PivotOptions<T>): SagaStep;

  export interface SagaStuck {
    readonly step: string;
    /**
     * `compensation`: it failed as often as it may. `past-pivot`: a step after the pivot did, and there is no way back.
     * `pivot-unknown`: nobody knows whether the pivot has happened. `definition`: the saga no longer has the step that it has to undo.
     */
    readonly reason: 'compensation' | 'past-pivot' | 'pivot-unknown' | 'definition';
    /** The same in words, with the error that came last. */
    readonly message: string;
  }

  export interface SagaResult {
    readonly instance: string;
    /**
     * `completed`: all steps are done. `compensated`: a step failed, and all that was done is undone. `failed`: a step failed, and
     * what has no compensation stays done. `stuck`: it can go neither on nor back, and somebody has to see to it.
     */
    readonly outcome: 'completed' | 'compensated' | 'failed' | 'stuck';
    /** What the steps returned, by their names. */
    readonly results: Record<string, any>;
    /** Why it turned back, or could not go on. */
    readonly failure?: SagaFailure;
    /** With the outcome `stuck`: where, and why. */
    readonly stuck?: SagaStuck;
  }

  export interface Saga<T = any> {
    readonly name: string;
    /** Starts the instance of this id, and resolves when it has ended, however. An id that was run before is not run again. */
    run(instance: string | number, data?: T): Promise<SagaResult>;
    /** Goes on with a stuck instance at the step at which it is stuck. */
    retry(instance: string | number): Promise<SagaResult>;
    /** How an instance stands; `undefined` when there is none of this id. */
    state(
      instance: string | number,
    ):
      | (Omit<SagaResult, 'outcome'> & { readonly outcome: SagaResult['outcome'] | 'running' | 'compensating' })
      | undefined;
    /** The ids of all instances, the oldest first. */
    instances(): string[];
  }

  /**
   * An orchestrated saga. Its steps run one after another; when one fails, what was done is undone, the latest first. How far each
   * instance has come outlives the process: when its next life defines the saga again, it goes on from there. Instances belong to the
   * process that runs them. Each replica of a service keeps its own, as orchestrators without a shared store do: two replicas may run the
   * same id, and instances of one that stays down wait for it. Let one process orchestrate, or share instances out by key.
   * `timeoutMs`: an instance that takes longer turns back. Default: no limit.
   * @example
   * ```ts
   * const order = saga('order', {
   *   steps: [
   *     step('reserve', { action: ({ data }) => console.log('reserve', data), compensation: () => console.log('release') }),
   *     pivot('charge', { action: ({ key }) => console.log('charge', key), timeoutMs: 2000, retry: 3 }),
   *     step('ship', { action: () => console.log('ship') }),
   *   ],
   * });
   * const { outcome } = await order.run('order-1043', { total: 2400 });
   * ```
   */
  export function saga<T = any>(name: string, options: { steps: SagaStep[]; timeoutMs?: number }): Saga<T>;

  export interface RequestOptions {
    /** Events that answer: a name or a pattern, as in `subscribe`. */
    reply: string;
    /** Events that say no: then the promise is rejected with a `ReplyError`. Default: none. */
    failure?: string;
    /** Without a reply by then it is rejected with a `TimeoutError`. Default: waits for ever. */
    timeoutMs?: number;
  }

  /**
   * Publishes a command and resolves with the payload of its reply: the event of that name that was published while the command
   * was handled, or else the first one of the same correlation.
   * @example
   * ```ts
   * const payment = await request(eventBus('shop'), 'payment.charge', { total: 7 }, { reply: 'payment.charged', failure: 'payment.declined' });
   * ```
   */
  export function request<R = any>(bus: EventBus, type: string, data: unknown, options: RequestOptions): Promise<R>;

  /**
   * The reply to a `request` said no; its message is the `reason` in the reply's payload.
   * @example
   * ```ts
   * const options = { reply: 'payment.charged', failure: 'payment.declined' };
   * request(eventBus('shop'), 'payment.charge', { total: 7 }, options).catch((error) => {
   *   if (error instanceof ReplyError) console.log('declined:', error.message, error.reply.data);
   * });
   * ```
   */
  export class ReplyError extends Error {
    readonly reply: BusEvent;
    readonly retriable: false;
  }
}
