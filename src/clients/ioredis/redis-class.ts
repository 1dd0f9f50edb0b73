import { commandNames } from '../../brokers/redis/command-table';
import type { EmitterClass } from '../node/event-emitter';
import type { WireEnvironment } from '../wire';
import { refuseCallOf, refuseOthers } from './absent';
import { asked, define, withoutCallback } from './asked';
import { RedisCore } from './core';
import { optionsOf } from './options';
import { executed } from './pipeline';
import { pipelinesOf } from './pipeline-class';
import { createScanStreamClass, type ScanPart, type ScanStreamClass } from './scan-stream';

/** The class `Redis` of one process, with a method for every command, and one for each that answers in buffers. */
export function createRedisClass(environment: WireEnvironment, EventEmitter: EmitterClass): new () => object {
  const createPipeline = pipelinesOf(environment, EventEmitter);
  const cores = new WeakMap<object, RedisCore>();
  const coreOf = (object: object): RedisCore => cores.get(object)!;
  const ask = asked.bind(undefined, environment);

  function sendFrom(redis: object, name: string, args: readonly unknown[], asBuffers: boolean): Promise<unknown> {
    const [given, callback] = withoutCallback(args);
    return ask((done) => coreOf(redis).send(name, given, asBuffers, done), callback);
  }

  class Redis extends commanderOf(EventEmitter) {
    constructor(...args: unknown[]) {
      super();
      const core = new RedisCore(environment, optionsOf(args), this);
      cores.set(this, core);
      if (core.options.lazyConnect === true) core.rest();
      else core.connect();
    }

    get isCluster(): boolean {
      return false;
    }

    get status(): string {
      return coreOf(this).status;
    }

    get options(): object {
      return coreOf(this).options;
    }

    get mode(): string {
      return coreOf(this).mode;
    }

    connect(callback?: unknown): Promise<unknown> {
      const core = coreOf(this);
      return ask((done) => {
        if (/^(?:connecting|connect|ready)$/.test(core.status))
          return done(new Error('Redis is already connecting/connected'));
        this.once('ready', () => done(null));
        this.once('end', () => done(new Error('Connection is closed.')));
        core.connect();
      }, callback);
    }

    end(): void {
      this.disconnect();
    }

    disconnect(reconnect?: unknown): void {
      coreOf(this).disconnect(reconnect === true);
    }

    duplicate(override?: object): object {
      return new Redis({ ...coreOf(this).options, ...override });
    }

    pipeline(commands?: readonly (readonly unknown[])[]): object {
      return createPipeline(coreOf(this), false, commands);
    }

    multi(commands?: unknown): unknown {
      if (typeof commands === 'object' && commands !== null && 'pipeline' in commands && commands.pipeline === false)
        return sendFrom(this, 'multi', [], false);
      return createPipeline(coreOf(this), true, Array.isArray(commands) ? commands : undefined);
    }
  }

  addScanStreams(Redis.prototype, createScanStreamClass(environment, EventEmitter), coreOf);
  addCommands(Redis.prototype, sendFrom);
  Object.defineProperties(Redis.prototype, Object.getOwnPropertyDescriptors(EventEmitter.prototype));
  /** Of a transaction that was begun with `multi({ pipeline: false })`. */
  define(Redis.prototype, 'exec', function (callback) {
    return ask((done) => {
      coreOf(this).send('exec', [], false, (error, values) => {
        if (error) done(error);
        else done(null, executed(values));
      });
    }, callback);
  });
  return Redis;
}

/** Each takes the key first where there is one, and then options. */
function addScanStreams(prototype: object, ScanStream: ScanStreamClass, coreOf: (redis: object) => RedisCore): void {
  for (const command of ['scan', 'hscan', 'sscan', 'zscan'])
    for (const asBuffers of [false, true])
      define(prototype, `${command}${asBuffers ? 'Buffer' : ''}Stream`, function (...args) {
        const before = command === 'scan' ? [] : [args.shift()];
        const scan: ScanPart = (words, done) => {
          coreOf(this).send(command, [...before, ...words], asBuffers, done);
        };
        return new ScanStream(scan, args[0] ?? {});
      });
}

/** As in ioredis, a client has all that an emitter has, copied with its constructor, and is no instance of it. */
function commanderOf(EventEmitter: EmitterClass): EmitterClass {
  function Commander(): object {
    return Reflect.construct(EventEmitter, [], new.target as unknown as EmitterClass);
  }
  return Commander as unknown as EmitterClass;
}

function addCommands(
  prototype: object,
  send: (redis: object, name: string, args: readonly unknown[], asBuffers: boolean) => unknown,
): void {
  for (const name of commandNames)
    for (const asBuffers of [false, true])
      if (asBuffers || (name !== 'multi' && name !== 'exec'))
        define(prototype, asBuffers ? `${name}Buffer` : name, function (...args) {
          return send(this, name, args, asBuffers);
        });
  for (const asBuffers of [false, true])
    define(prototype, asBuffers ? 'callBuffer' : 'call', function (name, ...args) {
      refuseCallOf(String(name), 'redis');
      return send(this, String(name), args, asBuffers);
    });
  refuseOthers(prototype, 'redis');
}
