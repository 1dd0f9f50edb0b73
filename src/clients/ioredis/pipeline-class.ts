import { commandNames } from '../../brokers/redis/command-table';
import type { EmitterClass } from '../node/event-emitter';
import type { WireEnvironment } from '../wire';
import { refuseCallOf, refuseOthers } from './absent';
import { asked, define, withoutCallback } from './asked';
import type { RedisCore } from './core';
import { PipelineCore } from './pipeline';

/** Makes what `pipeline()` and `multi()` give: an object with every command, which gives itself, and `exec`. */
export type CreatePipeline = (core: RedisCore, isTransaction: boolean, commands?: readonly unknown[]) => object;

export function pipelinesOf(environment: WireEnvironment, EventEmitter: EmitterClass): CreatePipeline {
  const pipelines = new WeakMap<object, { readonly core: PipelineCore; readonly isTransaction: boolean }>();
  const coreOf = (pipeline: object): PipelineCore => pipelines.get(pipeline)!.core;

  class Pipeline extends EventEmitter {
    get isPipeline(): boolean {
      return true;
    }

    get length(): number {
      return coreOf(this).length;
    }

    /** Ends the transaction that it is in; otherwise, or when it is one as a whole, it sends everything. */
    exec(...args: unknown[]): unknown {
      const { core, isTransaction } = pipelines.get(this)!;
      // Executed once more, a transaction gives what all of its commands gave.
      const isWhole = isTransaction && core.isInTransaction;
      if (core.isInTransaction) {
        addTo(this, 'exec', isTransaction ? [] : args, false);
        if (!isTransaction) return this;
      }
      return asked(environment, (done) => (isWhole ? core.transact(done) : core.execute(done)), args[0]);
    }
  }

  function createPipeline(core: RedisCore, isTransaction: boolean, commands: readonly unknown[] = []): object {
    const pipeline = new Pipeline();
    pipelines.set(pipeline, { core: new PipelineCore(core), isTransaction });
    if (isTransaction) addTo(pipeline, 'multi', [], false);
    for (const [name, ...args] of commands as readonly (readonly [string, ...unknown[]])[])
      (pipeline as unknown as Record<string, (...args: unknown[]) => unknown>)[name]!.apply(pipeline, args);
    return pipeline;
  }

  function addTo(pipeline: object, name: string, args: readonly unknown[], asBuffers: boolean): object {
    const [given, callback] = withoutCallback(args);
    const called = callback && environment.node.bind(callback);
    coreOf(pipeline).add({ name, args: given, asBuffers, callback: called });
    return pipeline;
  }

  for (const asBuffers of [false, true]) {
    const suffix = asBuffers ? 'Buffer' : '';
    for (const name of commandNames)
      if (asBuffers || name !== 'exec')
        define(Pipeline.prototype, `${name}${suffix}`, function (...args) {
          return addTo(this, name, args, asBuffers);
        });
    define(Pipeline.prototype, `call${suffix}`, function (name, ...args) {
      refuseCallOf(String(name), 'pipeline');
      return addTo(this, String(name), args, asBuffers);
    });
  }
  refuseOthers(Pipeline.prototype, 'pipeline');
  return createPipeline;
}
