import type { Broker, Delivery, Draft } from '../../brokers/broker';
import type { Failure } from '../../log/entry';
import type { Message } from '../../log/envelope';
import type { ProcessEnvironment } from '../node/environment';
import type { Held } from '../wire';

type Owned = 'cause' | 'where' | 'process';
/** What a process has to tell of itself: an entry that names a process, without what the runtime adds. */
export type OwnFact = Draft extends infer D
  ? D extends { readonly type: string; readonly process: string } | { readonly type: 'experiment.switched' }
    ? Omit<D, Owned>
    : never
  : never;

/** A message on its way to a store, and the `seq` of its `message.published`. */
export interface Sent {
  readonly message: Message;
  readonly seq: number;
  readonly sentAtMs: number;
}

/**
 * Asks a store beyond the link: `perform` runs there when the question arrives, with the events that were sent along, and must not throw;
 * its answer comes back over the link. It runs even when the process has ended meanwhile.
 */
export type Ask = <T>(
  events: readonly { readonly type: string; readonly data: unknown }[],
  perform: (sent: readonly Sent[]) => T,
) => Promise<T>;

export interface Origin {
  readonly cause: number;
  readonly where: string | undefined;
}

/** How user code that was called has ended. */
export type Ended =
  | { readonly type: 'returned'; readonly value: unknown }
  | { readonly type: 'threw'; readonly error: unknown };

/** What the module `eventarium` may use of the process that imports it. */
export interface ClientEnvironment {
  readonly process: string;
  readonly node: ProcessEnvironment;
  /** `seq` of what the calling code is caused by, and its file and line. */
  origin(): Origin;
  /** Writes a fact about this process, by default caused by what runs, at its line. Nothing once the process has ended. Returns its `seq`. */
  record(fact: OwnFact, from?: Origin): number;
  /** Whether what the code that runs would do is held back: that of a replay without effects, or of a shadow. */
  isHeld(): boolean;
  /** Tells the log what would have been done, by default at the line that runs. */
  holdBack(effect: Held, where?: string): void;
  /** The line at which an error left user code, asked as soon as it has. */
  thrownAt(error: unknown): string | undefined;
  /** What the log keeps of an error. */
  failure(error: unknown): Failure;
  /** `new Promise` for user code: a rejection that nobody handles is the process's, at the line that asked. */
  promise<T>(executor: (resolve: (value: T) => void, reject: (error: unknown) => void) => void): Promise<T>;
  /**
   * Calls user code as a piece of work of its own, caused by what runs, and tells how it ended: at once, or when its promise is
   * settled. Nothing is told once the process has ended. `how`: caused by another entry, or with its effects held back, so that not
   * even a limit that stops it stops who called.
   */
  work(run: () => unknown, onEnd: (ended: Ended) => void, how?: WorkHow): void;
  /** At least 0, below 1: the first number of a stream of this name, so that the same name always has the same in one run. */
  chanceOf(name: string): number;
  /** Which piece of work the code that runs belongs to: the same object across its awaits. */
  currentWork(): object;
  broker(kind: string, name: string, settings: Readonly<Record<string, string | number | boolean>>): Broker;
  /** The way to a broker that answers, for this life of the process. */
  linkTo(broker: Broker): Ask;
  publish(broker: Broker, type: string, data: unknown): Message;
  /** Runs a delivery that no broker routed: for a replay. */
  dispatch(delivery: Omit<Delivery, 'id' | 'cause'>, cause: number): void;
  replayStarted(facts: { broker: string; pattern: string; messages: number }): number;
  replayEnded(facts: { broker: string }, cause: number): void;
  invariant(name: string, check: () => unknown): void;
  /** `value` is printed already. The same value again adds nothing to the log. */
  show(name: string, value: string): void;
  /**
   * What outlives every process of the run, as a disk does: made by whoever asks for the key first. It holds plain data only, no
   * function and no object of user code, since those go with their process. What belongs to one process has its name in the key.
   */
  durable<T>(key: string, create: () => T): T;
  /** Whether this life of the process goes on, if only with what an old text of its file has under way. */
  readonly isAlive: boolean;
  /** The message that the calling code handles. */
  handled(): Message | undefined;
  /**
   * Runs user code that a pattern was given, in a job of its own: what it does is caused by `cause`, what it publishes follows from
   * `message`. Tells how it ended, its promise included; nothing when the process ends before.
   */
  run(code: () => unknown, on: RunOn, onSettled: (outcome: CodeOutcome) => void): void;
  /** Keeps the process alive until released. */
  hold(): () => void;
  /** Whether the runtime can tell the end of this function of the user's without the promise that it returns. */
  tellsItsEnd(listener: (...args: never[]) => unknown): boolean;
  /** Called when this life of the process no longer listens: it was reloaded. */
  onRetire(callback: () => void): void;
}

export interface WorkHow {
  readonly cause: number;
  readonly isHeld: boolean;
}

export interface RunOn {
  readonly cause: number;
  readonly message: Message | undefined;
  /** What the code is called in the log. */
  readonly listener: string;
}

export type CodeOutcome =
  | { readonly value: unknown }
  | {
      readonly error: unknown;
      readonly failure: Failure;
      readonly where: string | undefined;
      readonly reason: 'threw' | 'limit';
    };
