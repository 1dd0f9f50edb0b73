import type { Done } from './command';
import type { RedisCore } from './core';
import { ReplyError } from './replies';

interface Step {
  readonly name: string;
  readonly args: readonly unknown[];
  readonly asBuffers: boolean;
  readonly callback: Done | undefined;
}

/** Commands that are sent together; with `isTransaction` between MULTI and EXEC. */
export class PipelineCore {
  readonly #core: RedisCore;
  readonly #isTransaction: boolean;
  readonly #steps: Step[] = [];

  constructor(core: RedisCore, isTransaction: boolean) {
    this.#core = core;
    this.#isTransaction = isTransaction;
  }

  get length(): number {
    return this.#steps.length;
  }

  add(step: Step): void {
    this.#steps.push(step);
  }

  /** The results are pairs of error and value; null when a watched key had changed. */
  execute(done: Done): void {
    const steps = this.#steps.splice(0);
    if (this.#isTransaction) return this.#transact(steps, done);
    const results: [Error | null, unknown?][] = [];
    let left = steps.length;
    if (left === 0) return done(null, []);
    for (const [index, { name, args, asBuffers, callback }] of steps.entries())
      this.#core.send(name, args, asBuffers, (error, value) => {
        results[index] = error ? [error] : [null, value];
        callback?.(error, value);
        left -= 1;
        if (left === 0) done(null, results);
      });
  }

  #transact(steps: readonly Step[], done: Done): void {
    this.#core.send('multi', [], false, () => undefined);
    let asBuffers = false;
    for (const step of steps) {
      asBuffers ||= step.asBuffers;
      this.#core.send(step.name, step.args, false, (error) => {
        if (error) step.callback?.(error);
      });
    }
    this.#core.send('exec', [], asBuffers, (error, value) => {
      if (error || !Array.isArray(value)) return done(error, value);
      const results = value.map((each: unknown, index): [Error | null, unknown?] => {
        const result: [Error | null, unknown?] = each instanceof ReplyError ? [each] : [null, each];
        steps[index]?.callback?.(...result);
        return result;
      });
      done(null, results);
    });
  }
}
