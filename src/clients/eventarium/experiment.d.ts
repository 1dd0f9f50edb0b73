declare module 'eventarium' {
  /**
   * How an experiment shares messages out.
   * `{ share: 0.2 }`: by chance, one in five goes to the second version. `{ key: (event) => event.data.user }`: all of one key go to
   * the same version, `share` of the keys (default 0.5) to the second. `'shadow'`: the first version handles everything; the second gets
   * a copy of each, what it does beyond itself is held back, acks included, and how it ends changes nothing.
   */
  export type ExperimentSplit<A extends any[]> =
    | 'shadow'
    | { share: number }
    | { key: (...args: A) => string | number; share?: number };

  export interface ExperimentOptions<A extends any[]> {
    /** Two, by their names: what runs today, and what is tried. */
    versions: Record<string, (...args: A) => unknown>;
    split: ExperimentSplit<A>;
  }

  /** The listener, to be subscribed as any other. */
  export interface Experiment<A extends any[]> {
    (...args: A): unknown;
    /** From now on this version handles everything, in every process; without an argument messages are shared out again. */
    switchTo(version?: string): void;
    /** The version that was switched to; `undefined` while messages are shared out. */
    live(): string | undefined;
  }

  /**
   * Two versions of a listener on the same traffic: a listener for `subscribe`, or for what any other broker calls with a message. The
   * view of experiments has their figures side by side, and switches to the winner; the log says which version handled what.
   *
   * A message gets the same version at every attempt, in every replica and every life. What a shadow is answered for what is held back
   * stands at `suppressEffects` of `replay`. As the handler of a request it has an answer of its own, which reaches nobody, and its
   * `next()` goes nowhere.
   * @throws RangeError when `switchTo` is given a version that it does not have.
   * @example
   * ```ts
   * const recommend = experiment('recommend', {
   *   versions: {
   *     bestsellers: (event: BusEvent) => console.log(event.id, 'bestsellers'),
   *     personal: (event: BusEvent) => console.log(event.id, 'personal'),
   *   },
   *   split: { key: (event) => event.data.customer, share: 0.2 },
   * });
   * eventBus('shop').subscribe('cart.opened', recommend);
   * ```
   */
  export function experiment<A extends [any, ...any[]]>(name: string, options: ExperimentOptions<A>): Experiment<A>;
}
