import { commandNames } from '../../brokers/redis/command-table';
import type { EmitterClass } from '../node/event-emitter';
import type { WireEnvironment } from '../wire';
import { asked, define, withoutCallback } from './asked';
import type { RedisCore } from './core';
import { PipelineCore } from './pipeline';

/** Makes what `pipeline()` and `multi()` give: an object with every command, which gives itself, and `exec`. */
export type CreatePipeline = (core: RedisCore, isTransaction: boolean, commands?: readonly unknown[]) => object;

export function pipelinesOf(environment: WireEnvironment, EventEmitter: EmitterClass): CreatePipeline {
  const pipelines = new WeakMap<object, PipelineCore>();

  class Pipeline extends EventEmitter {
    get length(): number {
      return pipelines.get(this)!.length;
    }

    exec(callback?: unknown): Promise<unknown> {
      return asked(environment, (done) => pipelines.get(this)!.execute(done), callback);
    }
  }

  function createPipeline(core: RedisCore, isTransaction: boolean, commands: readonly unknown[] = []): object {
    const pipeline = new Pipeline();
    pipelines.set(pipeline, new PipelineCore(core, isTransaction));
    for (const [name, ...args] of commands as readonly (readonly [string, ...unknown[]])[])
      addTo(pipeline, name, args, false);
    return pipeline;
  }

  function addTo(pipeline: object, name: string, args: readonly unknown[], asBuffers: boolean): object {
    const [given, callback] = withoutCallback(args);
    const called = callback && environment.node.bind(callback);
    pipelines.get(pipeline)!.add({ name: name.toLowerCase(), args: given, asBuffers, callback: called });
    return pipeline;
  }

  for (const name of commandNames)
    for (const asBuffers of [false, true])
      if (asBuffers || name !== 'exec')
        define(Pipeline.prototype, asBuffers ? `${name}Buffer` : name, function (...args) {
          return addTo(this, name, args, asBuffers);
        });
  return createPipeline;
}
