/**
 * The client of Redis, cut down to what is simulated. Redis listens at `localhost:6379`.
 *
 * After the type definitions of ioredis 5 (MIT).
 */
declare module 'ioredis' {
  import type { EventEmitter } from 'node:events';

  export interface RedisOptions {
    /** Default `localhost`. */
    host?: string;
    /** Default 6379. */
    port?: number;
    /** Default 0. */
    db?: number;
    /** Stands before every key. */
    keyPrefix?: string;
    connectionName?: string;
    /** Connects with the first command. */
    lazyConnect?: boolean;
    enableOfflineQueue?: boolean;
    /** Default 20; null: a command waits for ever. */
    maxRetriesPerRequest?: number | null;
    /** After how many milliseconds it connects again; null: never. */
    retryStrategy?: ((times: number) => number | null | void) | null;
    autoResubscribe?: boolean;
    noDelay?: boolean;
    /** The server asks for none; with one, it says so. */
    username?: string | null;
    password?: string | null;

    // Taken as they come, without effect here.
    family?: number;
    path?: string;
    keepAlive?: number;
    connectTimeout?: number;
    commandTimeout?: number;
    disconnectTimeout?: number;
    socketTimeout?: number;
    enableReadyCheck?: boolean;
    enableAutoPipelining?: boolean;
    autoResendUnfulfilledCommands?: boolean;
    maxLoadingRetryTime?: number;
    readOnly?: boolean;
    stringNumbers?: boolean;
    showFriendlyErrorStack?: boolean;
    reconnectOnError?: ((error: Error) => boolean | 1 | 2) | null;
  }

  export type RedisKey = string | Buffer;
  export type RedisValue = string | number | Buffer;
  export type Callback<T = any> = (error: Error | null | undefined, value?: T) => void;
  type Argument = RedisValue | null | undefined | object | Callback;

  export class ReplyError extends Error {}

  type CommandName = Exclude<
    keyof Redis,
    | keyof EventEmitter
    | 'status'
    | 'options'
    | 'connect'
    | 'disconnect'
    | 'duplicate'
    | 'call'
    | 'callBuffer'
    | 'mode'
    | 'pipeline'
    | 'multi'
    | 'exec'
  >;
  type Results = [error: Error | null, result: unknown][] | null;

  /** Commands that are sent together. `exec` gives pairs of error and value. */
  export type ChainableCommander = { [N in CommandName]: (...args: Argument[]) => ChainableCommander } & {
    readonly length: number;
    exec(callback?: Callback<Results>): Promise<Results>;
  };

  export interface ScanStreamOptions {
    match?: string;
    type?: string;
    count?: number | string;
    noValues?: boolean;
  }

  /** One list for each answer of the scan. */
  export interface ScanStream<T> extends EventEmitter {
    pause(): this;
    resume(): this;
    isPaused(): boolean;
    /** No further part is asked for. */
    close(): void;
    destroy(error?: Error): this;
    readonly destroyed: boolean;
    readonly readable: boolean;
    [Symbol.asyncIterator](): AsyncIterableIterator<T>;
  }

  export class Redis extends EventEmitter {
    static createClient(...args: any[]): Redis;
    /** Prints what a command gave, as its callback. */
    static print(error: Error | null, reply?: any): void;
    constructor(port: number, host?: string, options?: RedisOptions);
    constructor(url: string, options?: RedisOptions);
    constructor(options?: RedisOptions);
    readonly status: 'wait' | 'connecting' | 'connect' | 'ready' | 'close' | 'reconnecting' | 'end';
    readonly options: RedisOptions;
    /** `subscriber` while it listens: then it can do nothing else. */
    readonly mode: 'normal' | 'subscriber' | 'monitor';
    connect(callback?: Callback<void>): Promise<void>;
    /** Hangs up at once: what was not answered fails. */
    disconnect(reconnect?: boolean): void;
    /** Another connection with the same options. */
    duplicate(override?: RedisOptions): Redis;
    /** Any command, by its name. */
    call(command: string, ...args: Argument[]): Promise<any>;
    callBuffer(command: string, ...args: Argument[]): Promise<any>;
    pipeline(commands?: unknown[][]): ChainableCommander;
    /** Commands that are carried out as a whole. */
    multi(commands?: unknown[][]): ChainableCommander;
    multi(options: { pipeline: false }): Promise<string>;
    exec(callback?: Callback<any>): Promise<any>;
    hgetall(key: RedisValue, callback?: Callback<Record<string, string>>): Promise<Record<string, string>>;
    // Every command has a form that answers in buffers; these are the usual ones.
    getBuffer(key: RedisValue, callback?: Callback<Buffer | null>): Promise<Buffer | null>;
    mgetBuffer(...keys: Argument[]): Promise<(Buffer | null)[]>;
    hgetBuffer(key: RedisValue, field: RedisValue, callback?: Callback<Buffer | null>): Promise<Buffer | null>;
    hgetallBuffer(key: RedisValue, callback?: Callback<Record<string, Buffer>>): Promise<Record<string, Buffer>>;
    lrangeBuffer(...args: Argument[]): Promise<Buffer[]>;
    xrangeBuffer(...args: Argument[]): Promise<[id: Buffer, fields: Buffer[]][]>;
    xreadBuffer(...args: Argument[]): Promise<any>;
    xreadgroupBuffer(...args: Argument[]): Promise<any>;
    on(event: 'message', listener: (channel: string, message: string) => void): this;
    on(event: 'messageBuffer', listener: (channel: Buffer, message: Buffer) => void): this;
    on(event: 'pmessage', listener: (pattern: string, channel: string, message: string) => void): this;
    on(event: 'pmessageBuffer', listener: (pattern: string, channel: Buffer, message: Buffer) => void): this;
    on(event: 'error', listener: (error: Error) => void): this;
    on(event: string | symbol, listener: (...args: any[]) => void): this;
    get(...args: [...Argument[], Callback<string | null>]): Promise<string | null>;
    get(...args: Argument[]): Promise<string | null>;
    /** `'EX', 10` or `'PX', 500` for its time to live, `'NX'` only when new, `'XX'` only when there, `'GET'` for the old value. */
    set(...args: [...Argument[], 'GET']): Promise<string | null>;
    set(...args: [...Argument[], Callback<'OK' | null>]): Promise<'OK' | null>;
    set(...args: Argument[]): Promise<'OK' | null>;
    setnx(...args: [...Argument[], Callback<number>]): Promise<number>;
    setnx(...args: Argument[]): Promise<number>;
    setex(...args: [...Argument[], Callback<string>]): Promise<string>;
    setex(...args: Argument[]): Promise<string>;
    psetex(...args: [...Argument[], Callback<string>]): Promise<string>;
    psetex(...args: Argument[]): Promise<string>;
    getset(...args: [...Argument[], Callback<string | null>]): Promise<string | null>;
    getset(...args: Argument[]): Promise<string | null>;
    getdel(...args: [...Argument[], Callback<string | null>]): Promise<string | null>;
    getdel(...args: Argument[]): Promise<string | null>;
    getex(...args: [...Argument[], Callback<string | null>]): Promise<string | null>;
    getex(...args: Argument[]): Promise<string | null>;
    mget(...args: [...Argument[], Callback<(string | null)[]>]): Promise<(string | null)[]>;
    mget(...args: Argument[]): Promise<(string | null)[]>;
    mset(...args: [...Argument[], Callback<string>]): Promise<string>;
    mset(...args: Argument[]): Promise<string>;
    msetnx(...args: [...Argument[], Callback<number>]): Promise<number>;
    msetnx(...args: Argument[]): Promise<number>;
    incr(...args: [...Argument[], Callback<number>]): Promise<number>;
    incr(...args: Argument[]): Promise<number>;
    decr(...args: [...Argument[], Callback<number>]): Promise<number>;
    decr(...args: Argument[]): Promise<number>;
    incrby(...args: [...Argument[], Callback<number>]): Promise<number>;
    incrby(...args: Argument[]): Promise<number>;
    decrby(...args: [...Argument[], Callback<number>]): Promise<number>;
    decrby(...args: Argument[]): Promise<number>;
    incrbyfloat(...args: [...Argument[], Callback<string>]): Promise<string>;
    incrbyfloat(...args: Argument[]): Promise<string>;
    append(...args: [...Argument[], Callback<number>]): Promise<number>;
    append(...args: Argument[]): Promise<number>;
    strlen(...args: [...Argument[], Callback<number>]): Promise<number>;
    strlen(...args: Argument[]): Promise<number>;
    getrange(...args: [...Argument[], Callback<string>]): Promise<string>;
    getrange(...args: Argument[]): Promise<string>;
    setrange(...args: [...Argument[], Callback<number>]): Promise<number>;
    setrange(...args: Argument[]): Promise<number>;
    del(...args: [...Argument[], Callback<number>]): Promise<number>;
    del(...args: Argument[]): Promise<number>;
    unlink(...args: [...Argument[], Callback<number>]): Promise<number>;
    unlink(...args: Argument[]): Promise<number>;
    exists(...args: [...Argument[], Callback<number>]): Promise<number>;
    exists(...args: Argument[]): Promise<number>;
    type(...args: [...Argument[], Callback<string>]): Promise<string>;
    type(...args: Argument[]): Promise<string>;
    keys(...args: [...Argument[], Callback<string[]>]): Promise<string[]>;
    keys(...args: Argument[]): Promise<string[]>;
    scanStream(options?: ScanStreamOptions): ScanStream<string[]>;
    scanBufferStream(options?: ScanStreamOptions): ScanStream<Buffer[]>;
    hscanStream(key: string | Buffer, options?: ScanStreamOptions): ScanStream<string[]>;
    hscanBufferStream(key: string | Buffer, options?: ScanStreamOptions): ScanStream<Buffer[]>;
    sscanStream(key: string | Buffer, options?: ScanStreamOptions): ScanStream<string[]>;
    sscanBufferStream(key: string | Buffer, options?: ScanStreamOptions): ScanStream<Buffer[]>;
    copy(...args: [...Argument[], Callback<number>]): Promise<number>;
    copy(...args: Argument[]): Promise<number>;
    sscan(...args: [...Argument[], Callback<[string, string[]]>]): Promise<[string, string[]]>;
    sscan(...args: Argument[]): Promise<[string, string[]]>;
    scan(...args: [...Argument[], Callback<[string, string[]]>]): Promise<[string, string[]]>;
    scan(...args: Argument[]): Promise<[string, string[]]>;
    dbsize(...args: [...Argument[], Callback<number>]): Promise<number>;
    dbsize(...args: Argument[]): Promise<number>;
    flushdb(...args: [...Argument[], Callback<string>]): Promise<string>;
    flushdb(...args: Argument[]): Promise<string>;
    flushall(...args: [...Argument[], Callback<string>]): Promise<string>;
    flushall(...args: Argument[]): Promise<string>;
    rename(...args: [...Argument[], Callback<string>]): Promise<string>;
    rename(...args: Argument[]): Promise<string>;
    /** In seconds: 1 when the key is there. */
    expire(...args: [...Argument[], Callback<number>]): Promise<number>;
    expire(...args: Argument[]): Promise<number>;
    pexpire(...args: [...Argument[], Callback<number>]): Promise<number>;
    pexpire(...args: Argument[]): Promise<number>;
    expireat(...args: [...Argument[], Callback<number>]): Promise<number>;
    expireat(...args: Argument[]): Promise<number>;
    pexpireat(...args: [...Argument[], Callback<number>]): Promise<number>;
    pexpireat(...args: Argument[]): Promise<number>;
    persist(...args: [...Argument[], Callback<number>]): Promise<number>;
    persist(...args: Argument[]): Promise<number>;
    ttl(...args: [...Argument[], Callback<number>]): Promise<number>;
    ttl(...args: Argument[]): Promise<number>;
    pttl(...args: [...Argument[], Callback<number>]): Promise<number>;
    pttl(...args: Argument[]): Promise<number>;
    expiretime(...args: [...Argument[], Callback<number>]): Promise<number>;
    expiretime(...args: Argument[]): Promise<number>;
    pexpiretime(...args: [...Argument[], Callback<number>]): Promise<number>;
    pexpiretime(...args: Argument[]): Promise<number>;
    hset(...args: [...Argument[], Callback<number>]): Promise<number>;
    hset(...args: Argument[]): Promise<number>;
    hmset(...args: [...Argument[], Callback<string>]): Promise<string>;
    hmset(...args: Argument[]): Promise<string>;
    hsetnx(...args: [...Argument[], Callback<number>]): Promise<number>;
    hsetnx(...args: Argument[]): Promise<number>;
    hget(...args: [...Argument[], Callback<string | null>]): Promise<string | null>;
    hget(...args: Argument[]): Promise<string | null>;
    hmget(...args: [...Argument[], Callback<(string | null)[]>]): Promise<(string | null)[]>;
    hmget(...args: Argument[]): Promise<(string | null)[]>;
    hkeys(...args: [...Argument[], Callback<string[]>]): Promise<string[]>;
    hkeys(...args: Argument[]): Promise<string[]>;
    hvals(...args: [...Argument[], Callback<string[]>]): Promise<string[]>;
    hvals(...args: Argument[]): Promise<string[]>;
    hlen(...args: [...Argument[], Callback<number>]): Promise<number>;
    hlen(...args: Argument[]): Promise<number>;
    hstrlen(...args: [...Argument[], Callback<number>]): Promise<number>;
    hstrlen(...args: Argument[]): Promise<number>;
    hexists(...args: [...Argument[], Callback<number>]): Promise<number>;
    hexists(...args: Argument[]): Promise<number>;
    hdel(...args: [...Argument[], Callback<number>]): Promise<number>;
    hdel(...args: Argument[]): Promise<number>;
    hincrby(...args: [...Argument[], Callback<number>]): Promise<number>;
    hincrby(...args: Argument[]): Promise<number>;
    hincrbyfloat(...args: [...Argument[], Callback<string>]): Promise<string>;
    hincrbyfloat(...args: Argument[]): Promise<string>;
    sadd(...args: [...Argument[], Callback<number>]): Promise<number>;
    sadd(...args: Argument[]): Promise<number>;
    srem(...args: [...Argument[], Callback<number>]): Promise<number>;
    srem(...args: Argument[]): Promise<number>;
    smembers(...args: [...Argument[], Callback<string[]>]): Promise<string[]>;
    smembers(...args: Argument[]): Promise<string[]>;
    sismember(...args: [...Argument[], Callback<number>]): Promise<number>;
    sismember(...args: Argument[]): Promise<number>;
    smismember(...args: [...Argument[], Callback<number[]>]): Promise<number[]>;
    smismember(...args: Argument[]): Promise<number[]>;
    scard(...args: [...Argument[], Callback<number>]): Promise<number>;
    scard(...args: Argument[]): Promise<number>;
    sinter(...args: [...Argument[], Callback<string[]>]): Promise<string[]>;
    sinter(...args: Argument[]): Promise<string[]>;
    sunion(...args: [...Argument[], Callback<string[]>]): Promise<string[]>;
    sunion(...args: Argument[]): Promise<string[]>;
    sdiff(...args: [...Argument[], Callback<string[]>]): Promise<string[]>;
    sdiff(...args: Argument[]): Promise<string[]>;
    lpush(...args: [...Argument[], Callback<number>]): Promise<number>;
    lpush(...args: Argument[]): Promise<number>;
    rpush(...args: [...Argument[], Callback<number>]): Promise<number>;
    rpush(...args: Argument[]): Promise<number>;
    lpushx(...args: [...Argument[], Callback<number>]): Promise<number>;
    lpushx(...args: Argument[]): Promise<number>;
    rpushx(...args: [...Argument[], Callback<number>]): Promise<number>;
    rpushx(...args: Argument[]): Promise<number>;
    lpop(...args: [...Argument[], Callback<any>]): Promise<any>;
    lpop(...args: Argument[]): Promise<any>;
    rpop(...args: [...Argument[], Callback<any>]): Promise<any>;
    rpop(...args: Argument[]): Promise<any>;
    llen(...args: [...Argument[], Callback<number>]): Promise<number>;
    llen(...args: Argument[]): Promise<number>;
    lindex(...args: [...Argument[], Callback<string | null>]): Promise<string | null>;
    lindex(...args: Argument[]): Promise<string | null>;
    lrange(...args: [...Argument[], Callback<string[]>]): Promise<string[]>;
    lrange(...args: Argument[]): Promise<string[]>;
    ltrim(...args: [...Argument[], Callback<string>]): Promise<string>;
    ltrim(...args: Argument[]): Promise<string>;
    lrem(...args: [...Argument[], Callback<number>]): Promise<number>;
    lrem(...args: Argument[]): Promise<number>;
    lset(...args: [...Argument[], Callback<string>]): Promise<string>;
    lset(...args: Argument[]): Promise<string>;
    lmove(...args: [...Argument[], Callback<string | null>]): Promise<string | null>;
    lmove(...args: Argument[]): Promise<string | null>;
    rpoplpush(...args: [...Argument[], Callback<string | null>]): Promise<string | null>;
    rpoplpush(...args: Argument[]): Promise<string | null>;
    blpop(...args: [...Argument[], Callback<[string, string] | null>]): Promise<[string, string] | null>;
    blpop(...args: Argument[]): Promise<[string, string] | null>;
    brpop(...args: [...Argument[], Callback<[string, string] | null>]): Promise<[string, string] | null>;
    brpop(...args: Argument[]): Promise<[string, string] | null>;
    blmove(...args: [...Argument[], Callback<string | null>]): Promise<string | null>;
    blmove(...args: Argument[]): Promise<string | null>;
    brpoplpush(...args: [...Argument[], Callback<string | null>]): Promise<string | null>;
    brpoplpush(...args: Argument[]): Promise<string | null>;
    /** How many receivers it reached; nobody keeps it for later. */
    publish(...args: [...Argument[], Callback<number>]): Promise<number>;
    publish(...args: Argument[]): Promise<number>;
    spublish(...args: [...Argument[], Callback<number>]): Promise<number>;
    spublish(...args: Argument[]): Promise<number>;
    pubsub(...args: [...Argument[], Callback<any>]): Promise<any>;
    pubsub(...args: Argument[]): Promise<any>;
    /** How many channels and patterns the client then listens to. Messages come as the event `message`. */
    subscribe(...args: [...Argument[], Callback<number>]): Promise<number>;
    subscribe(...args: Argument[]): Promise<number>;
    /** Patterns with `*`, `?` and `[a-c]`. Messages come as the event `pmessage`. */
    psubscribe(...args: [...Argument[], Callback<number>]): Promise<number>;
    psubscribe(...args: Argument[]): Promise<number>;
    ssubscribe(...args: [...Argument[], Callback<number>]): Promise<number>;
    ssubscribe(...args: Argument[]): Promise<number>;
    unsubscribe(...args: [...Argument[], Callback<number>]): Promise<number>;
    unsubscribe(...args: Argument[]): Promise<number>;
    punsubscribe(...args: [...Argument[], Callback<number>]): Promise<number>;
    punsubscribe(...args: Argument[]): Promise<number>;
    sunsubscribe(...args: [...Argument[], Callback<number>]): Promise<number>;
    sunsubscribe(...args: Argument[]): Promise<number>;
    /** `xadd('orders', '*', 'id', 1)`: the id of the new entry. */
    xadd(...args: [...Argument[], Callback<string | null>]): Promise<string | null>;
    xadd(...args: Argument[]): Promise<string | null>;
    xlen(...args: [...Argument[], Callback<number>]): Promise<number>;
    xlen(...args: Argument[]): Promise<number>;
    xrange(
      ...args: [...Argument[], Callback<[id: string, fields: string[]][]>]
    ): Promise<[id: string, fields: string[]][]>;
    xrange(...args: Argument[]): Promise<[id: string, fields: string[]][]>;
    xrevrange(
      ...args: [...Argument[], Callback<[id: string, fields: string[]][]>]
    ): Promise<[id: string, fields: string[]][]>;
    xrevrange(...args: Argument[]): Promise<[id: string, fields: string[]][]>;
    xdel(...args: [...Argument[], Callback<number>]): Promise<number>;
    xdel(...args: Argument[]): Promise<number>;
    xtrim(...args: [...Argument[], Callback<number>]): Promise<number>;
    xtrim(...args: Argument[]): Promise<number>;
    xsetid(...args: [...Argument[], Callback<string>]): Promise<string>;
    xsetid(...args: Argument[]): Promise<string>;
    xread(
      ...args: [...Argument[], Callback<[key: string, entries: [id: string, fields: string[]][]][] | null>]
    ): Promise<[key: string, entries: [id: string, fields: string[]][]][] | null>;
    xread(...args: Argument[]): Promise<[key: string, entries: [id: string, fields: string[]][]][] | null>;
    /** `xreadgroup('GROUP', group, consumer, 'COUNT', 10, 'BLOCK', 5000, 'STREAMS', key, '>')`: what nobody of the group has read yet; null when there is nothing. */
    xreadgroup(
      ...args: [...Argument[], Callback<[key: string, entries: [id: string, fields: string[]][]][] | null>]
    ): Promise<[key: string, entries: [id: string, fields: string[]][]][] | null>;
    xreadgroup(...args: Argument[]): Promise<[key: string, entries: [id: string, fields: string[]][]][] | null>;
    /** `xgroup('CREATE', key, group, '$', 'MKSTREAM')`. */
    xgroup(...args: [...Argument[], Callback<any>]): Promise<any>;
    xgroup(...args: Argument[]): Promise<any>;
    /** How many were pending. */
    xack(...args: [...Argument[], Callback<number>]): Promise<number>;
    xack(...args: Argument[]): Promise<number>;
    xpending(...args: [...Argument[], Callback<any>]): Promise<any>;
    xpending(...args: Argument[]): Promise<any>;
    xclaim(...args: [...Argument[], Callback<any>]): Promise<any>;
    xclaim(...args: Argument[]): Promise<any>;
    /** `[cursor, entries, deleted ids]`: takes over what has been pending too long. */
    xautoclaim(...args: [...Argument[], Callback<any>]): Promise<any>;
    xautoclaim(...args: Argument[]): Promise<any>;
    xinfo(...args: [...Argument[], Callback<any>]): Promise<any>;
    xinfo(...args: Argument[]): Promise<any>;
    ping(...args: [...Argument[], Callback<string>]): Promise<string>;
    ping(...args: Argument[]): Promise<string>;
    echo(...args: [...Argument[], Callback<string>]): Promise<string>;
    echo(...args: Argument[]): Promise<string>;
    select(...args: [...Argument[], Callback<string>]): Promise<string>;
    select(...args: Argument[]): Promise<string>;
    quit(...args: [...Argument[], Callback<string>]): Promise<string>;
    quit(...args: Argument[]): Promise<string>;
    watch(...args: [...Argument[], Callback<string>]): Promise<string>;
    watch(...args: Argument[]): Promise<string>;
    unwatch(...args: [...Argument[], Callback<string>]): Promise<string>;
    unwatch(...args: Argument[]): Promise<string>;
    discard(...args: [...Argument[], Callback<string>]): Promise<string>;
    discard(...args: Argument[]): Promise<string>;
    time(...args: [...Argument[], Callback<string[]>]): Promise<string[]>;
    time(...args: Argument[]): Promise<string[]>;
    info(...args: [...Argument[], Callback<string>]): Promise<string>;
    info(...args: Argument[]): Promise<string>;
    client(...args: [...Argument[], Callback<any>]): Promise<any>;
    client(...args: Argument[]): Promise<any>;
  }

  export default Redis;
}
