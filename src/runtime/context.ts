import type { Message } from '../log/envelope';

/** One life of a process, as far as the code that runs in it is concerned. */
export interface LifeState {
  /** False from the moment it ends: nothing that its code still does has any effect. */
  readonly alive: boolean;
  readonly process: string;
}

/**
 * Why user code runs: which life of which process, and what it is handling. Saved when an async function begins and when
 * a callback is registered, restored when it goes on, so that every entry knows its cause.
 */
export interface Context {
  readonly life: LifeState;
  /** `seq` of the entry that the code's doings are caused by. */
  readonly cause: number;
  /** The message being handled, if any. */
  readonly message: Message | undefined;
  readonly listener: string | undefined;
  /** True while a logged message is replayed. */
  readonly replayed: boolean;
  /** What it emits is held back. */
  readonly muted?: boolean | undefined;
  /** Stopped by the limit on turns. */
  tripped: boolean;
  tooDeep: boolean;
  /** Jobs it has asked for at the instant `jobsAtMs`. */
  jobs: number;
  jobsAtMs: number;
}

/** A context of the same kind with turns of its own: what is stopped in it does not stop the other. */
export function copyOf(
  { life, cause, message, listener, replayed, muted }: Context,
  how?: { readonly cause: number; readonly isHeld: boolean },
): Context {
  if (how !== undefined) {
    cause = how.cause;
    muted = how.isHeld || muted;
  }
  return { life, cause, message, listener, replayed, muted, tripped: false, tooDeep: false, jobs: 0, jobsAtMs: 0 };
}
