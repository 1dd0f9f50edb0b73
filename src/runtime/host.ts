/**
 * What the runtime needs from the engine that it runs in, and nothing else. Two implementations: the sandbox worker
 * and Node. None of it may influence the log.
 */
export interface Host {
  /**
   * Evaluates a classic script whose completion value is a function, and returns that function. Never throws for user
   * code: it was parsed before. `file` becomes the script's name in stacks.
   */
  load(script: string, file: string): UserFunction;
  /** Resolves in a later real macrotask, so that messages from outside are seen. */
  hop(): Promise<void>;
  /** Real milliseconds, only to decide when to hop. */
  realMs(): number;
  /**
   * Promises of user code that were rejected and have no handler once all jobs are done, in order of rejection.
   * Takes a real macrotask. Nothing else in the realm may report them.
   */
  unhandledRejections(): Promise<readonly UnhandledRejection[]>;
}

export type UserFunction = (...args: readonly unknown[]) => unknown;

export interface UnhandledRejection {
  readonly reason: unknown;
  readonly promise: Promise<unknown>;
}
