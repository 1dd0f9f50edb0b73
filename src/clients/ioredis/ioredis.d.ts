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

  /** What a command takes: its words, and perhaps a callback behind them. */
  type Words<T> = [...Argument[], Callback<T>] | Argument[];

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
    get(...args: Words<string | null>): Promise<string | null>;
    /** `'EX', 10` or `'PX', 500` for its time to live, `'NX'` only when new, `'XX'` only when there, `'GET'` for the old value. */
    set(...args: [...Argument[], 'GET']): Promise<string | null>;
    set(...args: Words<'OK' | null>): Promise<'OK' | null>;
    setnx(...args: Words<number>): Promise<number>;
    setex(...args: Words<string>): Promise<string>;
    psetex(...args: Words<string>): Promise<string>;
    getset(...args: Words<string | null>): Promise<string | null>;
    getdel(...args: Words<string | null>): Promise<string | null>;
    getex(...args: Words<string | null>): Promise<string | null>;
    mget(...args: Words<(string | null)[]>): Promise<(string | null)[]>;
    mset(...args: Words<string>): Promise<string>;
    msetnx(...args: Words<number>): Promise<number>;
    incr(...args: Words<number>): Promise<number>;
    decr(...args: Words<number>): Promise<number>;
    incrby(...args: Words<number>): Promise<number>;
    decrby(...args: Words<number>): Promise<number>;
    incrbyfloat(...args: Words<string>): Promise<string>;
    append(...args: Words<number>): Promise<number>;
    strlen(...args: Words<number>): Promise<number>;
    getrange(...args: Words<string>): Promise<string>;
    setrange(...args: Words<number>): Promise<number>;
    del(...args: Words<number>): Promise<number>;
    unlink(...args: Words<number>): Promise<number>;
    exists(...args: Words<number>): Promise<number>;
    type(...args: Words<string>): Promise<string>;
    keys(...args: Words<string[]>): Promise<string[]>;
    scanStream(options?: ScanStreamOptions): ScanStream<string[]>;
    scanBufferStream(options?: ScanStreamOptions): ScanStream<Buffer[]>;
    hscanStream(key: string | Buffer, options?: ScanStreamOptions): ScanStream<string[]>;
    hscanBufferStream(key: string | Buffer, options?: ScanStreamOptions): ScanStream<Buffer[]>;
    sscanStream(key: string | Buffer, options?: ScanStreamOptions): ScanStream<string[]>;
    sscanBufferStream(key: string | Buffer, options?: ScanStreamOptions): ScanStream<Buffer[]>;
    /** Members and scores in turn. */
    zscanStream(key: string | Buffer, options?: ScanStreamOptions): ScanStream<string[]>;
    zscanBufferStream(key: string | Buffer, options?: ScanStreamOptions): ScanStream<Buffer[]>;
    copy(...args: Words<number>): Promise<number>;
    sscan(...args: Words<[string, string[]]>): Promise<[string, string[]]>;
    scan(...args: Words<[string, string[]]>): Promise<[string, string[]]>;
    dbsize(...args: Words<number>): Promise<number>;
    flushdb(...args: Words<string>): Promise<string>;
    flushall(...args: Words<string>): Promise<string>;
    rename(...args: Words<string>): Promise<string>;
    /** In seconds: 1 when the key is there. */
    expire(...args: Words<number>): Promise<number>;
    pexpire(...args: Words<number>): Promise<number>;
    expireat(...args: Words<number>): Promise<number>;
    pexpireat(...args: Words<number>): Promise<number>;
    persist(...args: Words<number>): Promise<number>;
    ttl(...args: Words<number>): Promise<number>;
    pttl(...args: Words<number>): Promise<number>;
    expiretime(...args: Words<number>): Promise<number>;
    pexpiretime(...args: Words<number>): Promise<number>;
    hset(...args: Words<number>): Promise<number>;
    hmset(...args: Words<string>): Promise<string>;
    hsetnx(...args: Words<number>): Promise<number>;
    hget(...args: Words<string | null>): Promise<string | null>;
    hmget(...args: Words<(string | null)[]>): Promise<(string | null)[]>;
    hkeys(...args: Words<string[]>): Promise<string[]>;
    hvals(...args: Words<string[]>): Promise<string[]>;
    hlen(...args: Words<number>): Promise<number>;
    hstrlen(...args: Words<number>): Promise<number>;
    hexists(...args: Words<number>): Promise<number>;
    hdel(...args: Words<number>): Promise<number>;
    hincrby(...args: Words<number>): Promise<number>;
    hincrbyfloat(...args: Words<string>): Promise<string>;
    sadd(...args: Words<number>): Promise<number>;
    srem(...args: Words<number>): Promise<number>;
    smembers(...args: Words<string[]>): Promise<string[]>;
    sismember(...args: Words<number>): Promise<number>;
    smismember(...args: Words<number[]>): Promise<number[]>;
    scard(...args: Words<number>): Promise<number>;
    sinter(...args: Words<string[]>): Promise<string[]>;
    sunion(...args: Words<string[]>): Promise<string[]>;
    sdiff(...args: Words<string[]>): Promise<string[]>;
    /** How many are new; with `CH` how many changed, with `INCR` the score, or null when it stays. Scores are texts in replies. */
    zadd(...args: Words<any>): Promise<any>;
    zrem(...args: Words<number>): Promise<number>;
    zcard(...args: Words<number>): Promise<number>;
    zcount(...args: Words<number>): Promise<number>;
    zlexcount(...args: Words<number>): Promise<number>;
    zremrangebyrank(...args: Words<number>): Promise<number>;
    zremrangebyscore(...args: Words<number>): Promise<number>;
    zremrangebylex(...args: Words<number>): Promise<number>;
    zrangestore(...args: Words<number>): Promise<number>;
    zunionstore(...args: Words<number>): Promise<number>;
    zinterstore(...args: Words<number>): Promise<number>;
    zdiffstore(...args: Words<number>): Promise<number>;
    smove(...args: Words<number>): Promise<number>;
    sinterstore(...args: Words<number>): Promise<number>;
    sunionstore(...args: Words<number>): Promise<number>;
    sdiffstore(...args: Words<number>): Promise<number>;
    sintercard(...args: Words<number>): Promise<number>;
    zrank(...args: Words<number | null>): Promise<number | null>;
    zrevrank(...args: Words<number | null>): Promise<number | null>;
    zscore(...args: Words<string | null>): Promise<string | null>;
    zmscore(...args: Words<(string | null)[]>): Promise<(string | null)[]>;
    zincrby(...args: Words<string>): Promise<string>;
    zrange(...args: Words<string[]>): Promise<string[]>;
    zrevrange(...args: Words<string[]>): Promise<string[]>;
    zrangebyscore(...args: Words<string[]>): Promise<string[]>;
    zrevrangebyscore(...args: Words<string[]>): Promise<string[]>;
    zrangebylex(...args: Words<string[]>): Promise<string[]>;
    zrevrangebylex(...args: Words<string[]>): Promise<string[]>;
    zpopmin(...args: Words<string[]>): Promise<string[]>;
    zpopmax(...args: Words<string[]>): Promise<string[]>;
    zunion(...args: Words<string[]>): Promise<string[]>;
    zinter(...args: Words<string[]>): Promise<string[]>;
    zdiff(...args: Words<string[]>): Promise<string[]>;
    bzpopmin(
      ...args: [...Argument[], Callback<[string, string, string] | null>]
    ): Promise<[string, string, string] | null>;
    bzpopmin(...args: Argument[]): Promise<[string, string, string] | null>;
    bzpopmax(
      ...args: [...Argument[], Callback<[string, string, string] | null>]
    ): Promise<[string, string, string] | null>;
    bzpopmax(...args: Argument[]): Promise<[string, string, string] | null>;
    zscan(...args: Words<[string, string[]]>): Promise<[string, string[]]>;
    spop(...args: Words<any>): Promise<any>;
    srandmember(...args: Words<any>): Promise<any>;
    lpos(...args: Words<any>): Promise<any>;
    lpush(...args: Words<number>): Promise<number>;
    rpush(...args: Words<number>): Promise<number>;
    lpushx(...args: Words<number>): Promise<number>;
    rpushx(...args: Words<number>): Promise<number>;
    lpop(...args: Words<any>): Promise<any>;
    rpop(...args: Words<any>): Promise<any>;
    llen(...args: Words<number>): Promise<number>;
    lindex(...args: Words<string | null>): Promise<string | null>;
    lrange(...args: Words<string[]>): Promise<string[]>;
    ltrim(...args: Words<string>): Promise<string>;
    lrem(...args: Words<number>): Promise<number>;
    lset(...args: Words<string>): Promise<string>;
    lmove(...args: Words<string | null>): Promise<string | null>;
    rpoplpush(...args: Words<string | null>): Promise<string | null>;
    blpop(...args: Words<[string, string] | null>): Promise<[string, string] | null>;
    brpop(...args: Words<[string, string] | null>): Promise<[string, string] | null>;
    blmove(...args: Words<string | null>): Promise<string | null>;
    brpoplpush(...args: Words<string | null>): Promise<string | null>;
    /** How many receivers it reached; nobody keeps it for later. */
    publish(...args: Words<number>): Promise<number>;
    spublish(...args: Words<number>): Promise<number>;
    pubsub(...args: Words<any>): Promise<any>;
    /** How many channels and patterns the client then listens to. Messages come as the event `message`. */
    subscribe(...args: Words<number>): Promise<number>;
    /** Patterns with `*`, `?` and `[a-c]`. Messages come as the event `pmessage`. */
    psubscribe(...args: Words<number>): Promise<number>;
    ssubscribe(...args: Words<number>): Promise<number>;
    unsubscribe(...args: Words<number>): Promise<number>;
    punsubscribe(...args: Words<number>): Promise<number>;
    sunsubscribe(...args: Words<number>): Promise<number>;
    /** `xadd('orders', '*', 'id', 1)`: the id of the new entry. */
    xadd(...args: Words<string | null>): Promise<string | null>;
    xlen(...args: Words<number>): Promise<number>;
    xrange(
      ...args: [...Argument[], Callback<[id: string, fields: string[]][]>]
    ): Promise<[id: string, fields: string[]][]>;
    xrange(...args: Argument[]): Promise<[id: string, fields: string[]][]>;
    xrevrange(
      ...args: [...Argument[], Callback<[id: string, fields: string[]][]>]
    ): Promise<[id: string, fields: string[]][]>;
    xrevrange(...args: Argument[]): Promise<[id: string, fields: string[]][]>;
    xdel(...args: Words<number>): Promise<number>;
    xtrim(...args: Words<number>): Promise<number>;
    xsetid(...args: Words<string>): Promise<string>;
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
    xgroup(...args: Words<any>): Promise<any>;
    /** How many were pending. */
    xack(...args: Words<number>): Promise<number>;
    xpending(...args: Words<any>): Promise<any>;
    xclaim(...args: Words<any>): Promise<any>;
    /** `[cursor, entries, deleted ids]`: takes over what has been pending too long. */
    xautoclaim(...args: Words<any>): Promise<any>;
    xinfo(...args: Words<any>): Promise<any>;
    ping(...args: Words<string>): Promise<string>;
    echo(...args: Words<string>): Promise<string>;
    select(...args: Words<string>): Promise<string>;
    quit(...args: Words<string>): Promise<string>;
    watch(...args: Words<string>): Promise<string>;
    unwatch(...args: Words<string>): Promise<string>;
    discard(...args: Words<string>): Promise<string>;
    time(...args: Words<string[]>): Promise<string[]>;
    info(...args: Words<string>): Promise<string>;
    client(...args: Words<any>): Promise<any>;
  }

  export default Redis;
}
