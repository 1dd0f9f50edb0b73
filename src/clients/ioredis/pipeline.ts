import type { Done } from './command';
import type { RedisCore } from './core';
import { ReplyError, shapedFor } from './replies';

interface Step {
  readonly name: string;
  readonly args: readonly unknown[];
  readonly asBuffers: boolean;
  readonly callback: Done | undefined;
}

export type Result = [error: Error | null, value?: unknown];

/** Commands that are sent together. Those between `multi` and `exec` are carried out as a whole. */
export class PipelineCore {
  readonly #core: RedisCore;
  readonly #steps: Step[] = [];
  /** How many have been sent, who waits for what they give, and what that was. */
  #sent = 0;
  #waiting: ((error: Error | null, results: Result[]) => void)[] = [];
  #results: Result[] | undefined;
  /** Transactions that were begun in it and have no `exec` yet. */
  #begun = 0;

  constructor(core: RedisCore) {
    this.#core = core;
  }

  get length(): number {
    return this.#steps.length;
  }

  get isInTransaction(): boolean {
    return this.#begun > 0;
  }

  add(step: Step): void {
    if (step.name === 'multi') this.#begun += 1;
    else if (step.name === 'exec') this.#begun -= 1;
    this.#steps.push(step);
  }

  /**
   * The results are pairs of error and value, one a command. Asked for once more, everything is sent again, and the results are
   * those of the first time, as in ioredis.
   */
  execute(done: (error: Error | null, results: Result[]) => void): void {
    if (this.#steps.length === 0) return done(null, []);
    if (this.#results) done(null, this.#results);
    else this.#waiting.push(done);
    this.#send([...this.#steps]);
  }

  #send(steps: readonly Step[]): void {
    const results: Result[] = [];
    const sentBefore = this.#sent;
    this.#sent = steps.length;
    let left = steps.length;
    for (const [index, { name, args, asBuffers, callback }] of steps.entries()) {
      const answered: Done = (error, value) => {
        results[index] = error ? [error] : [null, name === 'exec' ? shapedForSteps(steps, index, value) : value];
        if (index >= sentBefore) callback?.(...results[index]);
        left -= 1;
        if (left > 0 || this.#results) return;
        this.#results = results;
        for (const done of this.#waiting.splice(0)) done(null, results);
      };
      this.#core.send(name, args, asBuffers, answered, index);
    }
  }

  /** Of a transaction as a whole: what its `exec` gave; null when a watched key had changed. */
  transact(done: Done): void {
    this.execute((_error, results) => {
      const [error, value] = results.at(-1) ?? [null];
      if (error === null) return done(null, executed(value));
      const previousErrors = results.slice(1, -1).flatMap(([previous]) => previous ?? []);
      done(Object.assign(error, { previousErrors }));
    });
  }
}

/** Each value of a transaction as its own command would have given it. */
function shapedForSteps(steps: readonly Step[], exec: number, values: unknown): unknown {
  if (!Array.isArray(values)) return values;
  return values.map((value: unknown, index) => {
    const step = steps[exec - values.length + index];
    return step === undefined || value instanceof ReplyError ? value : shapedFor(step.name, value);
  });
}

/** What `exec` gives, as pairs of error and value. */
export function executed(values: unknown): unknown {
  if (!Array.isArray(values)) return values;
  return values.map((value: unknown): Result => (value instanceof ReplyError ? [value] : [null, value]));
}
