import type { BrokerPort } from '../broker';
import { askingLine } from './asking-line';
import type { Bytes } from './bytes';
import { Redis } from './redis';
import type { Frame, Reply } from './protocol';

/**
 * Commands that change nothing that anybody else sees. Of https://redis.io/docs/latest/commands/ those without the flag `write`, as far as
 * they are here, without PUBLISH; XGROUP and XREADGROUP count as written, and so does a transaction.
 */
const readOnly = new Set(
  (
    'ping echo select auth quit reset watch unwatch time info client hget hmget hgetall hkeys hvals hlen hstrlen hexists hscan exists ' +
    'touch type keys scan dbsize ttl pttl expiretime pexpiretime llen lindex lrange subscribe psubscribe ssubscribe unsubscribe ' +
    'punsubscribe sunsubscribe pubsub smembers sismember smismember scard sinter sunion sdiff xinfo xread xpending xlen xrange ' +
    'xrevrange get mget strlen getrange sscan zscan srandmember sintercard lpos zcard zcount zlexcount zscore zmscore zrank zrevrank ' +
    'zrange zrevrange zrangebyscore zrevrangebyscore zrangebylex zrevrangebylex zunion zinter zdiff'
  ).split(' '),
);

/** Whether a command, its name in lower case, changes data, tells somebody something, or is part of a transaction. */
export function isWrite(name: string): boolean {
  return !readOnly.has(name);
}

/** What an empty Redis answers, for a client whose writes are held back. Between MULTI and EXEC it remembers what it was told. */
export class EmptyRedis {
  readonly #unixMs: () => number;
  readonly #frames: Frame[] = [];
  #session: { receive(frame: unknown, cause: number): void } | undefined;

  /** `unixMs`: the clock, in milliseconds since 1970. */
  constructor(unixMs: () => number) {
    this.#unixMs = unixMs;
  }

  get isInTransaction(): boolean {
    return this.#session !== undefined;
  }

  /** `words`: the command and its arguments. What would have to wait is answered with nil. */
  answer(words: readonly Bytes[]): Reply {
    const name = words[0]?.toLowerCase();
    const session = this.#session ?? this.#connected();
    this.#session = name === 'multi' || (this.#session && name !== 'exec' && name !== 'discard') ? session : undefined;
    session.receive({ args: words }, 0);
    const frame = this.#frames.pop();
    return frame?.type === 'reply' ? frame.reply : null;
  }

  #connected(): { receive(frame: unknown, cause: number): void } {
    const line = askingLine((frame) => void this.#frames.push(frame));
    return new Redis('redis', portWithoutLog(this.#unixMs())).connect(line, 0);
  }
}

function portWithoutLog(nowMs: number): BrokerPort {
  return {
    nowMs,
    append: () => 0,
    nextSeq: 0,
    write: () => 0,
    wakeAt: () => ({ cancel: () => undefined }),
    dispatch: () => undefined,
    timeText: (atMs) => new Date(atMs).toISOString(),
    chance: () => 0,
    nextId: () => '',
    serviceAt: () => undefined,
    request: () => ({ to: undefined, arrivesAtMs: undefined, seq: 0, abort: () => 0 }),
  };
}
