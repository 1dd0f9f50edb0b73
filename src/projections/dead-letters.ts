import type { MessageDeadLettered } from '../log/entry';

/** What lies in a dead-letter queue of a bus. */
export interface DeadLetterState {
  readonly name: string;
  readonly count: number;
  /** The newest `deadLettersMax` of those that lie there, oldest first. */
  readonly letters: readonly DeadLetter[];
}

export interface DeadLetter {
  readonly message: string;
  /** Who gave it up. */
  readonly listener: string;
  readonly attempts: number;
  readonly reason: MessageDeadLettered['reason'];
  readonly diedAtMs: number;
  /** Of the entry that says so; its cause is the last attempt's failure. */
  readonly seq: number;
}
