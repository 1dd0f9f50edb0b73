/** What every entry of the log says. */
export interface Fact {
  /** Position in the log, from 0. */
  readonly seq: number;
  /** Virtual milliseconds since the run began. */
  readonly atMs: number;
  /** `seq` of the entry that made this one happen. Absent for what nothing in the run caused. */
  readonly cause?: number;
  /** Where in the user's code: `email.ts:19`. Present on everything that a line of user code did. */
  readonly where?: string;
}

/** What went wrong in user code. `message` and `stack` come from the engine and are volatile. */
export interface Failure {
  /** The error's `name`, or `thrown` for a value that is no Error. */
  readonly name: string;
  readonly message: string;
  /** The stack in the user's own files, one frame a line; absent when there is none. */
  readonly stack?: string;
}
