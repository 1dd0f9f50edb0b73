import type { Bytes } from '../bytes';
import { at, atLeast, exactly, integerOf, optionOf, type Call, type Command } from '../command';
import { globMatches } from '../glob';
import type { Reply } from '../protocol';
import { RedisError, syntaxError } from '../redis-error';

/** Commands about keys, whatever they hold. */
export const keyCommands: Readonly<Record<string, Command>> = {
  del: atLeast(1, remove),
  unlink: atLeast(1, remove),
  exists: atLeast(1, count),
  touch: atLeast(1, count),
  type: exactly(1, ({ args, database }) => database.peek(at(args, 0))?.type ?? 'none'),
  keys: exactly(1, ({ args, database }) => database.keys().filter((key) => globMatches(at(args, 0), key))),
  scan: atLeast(1, scan),
  dbsize: exactly(0, ({ database }) => database.keys().length),
  flushdb: atLeast(0, ({ args, database }) => {
    checkFlush(args);
    database.clear();
    return 'OK';
  }),
  flushall: atLeast(0, ({ args, host }) => {
    checkFlush(args);
    for (const database of host.databases) database.clear();
    return 'OK';
  }),
  rename: exactly(2, rename),
  renamenx: exactly(2, (call) => {
    const isFree = call.database.peek(at(call.args, 1)) === undefined;
    if (isFree || call.database.peek(at(call.args, 0)) === undefined) rename(call);
    return isFree ? 1 : 0;
  }),
  expire: atLeast(2, (call) => expire(call, 'expire')),
  pexpire: atLeast(2, (call) => expire(call, 'pexpire')),
  expireat: atLeast(2, (call) => expire(call, 'expireat')),
  pexpireat: atLeast(2, (call) => expire(call, 'pexpireat')),
  persist: exactly(1, persist),
  ttl: exactly(1, (call) => timeLeft(call, 1000)),
  pttl: exactly(1, (call) => timeLeft(call, 1)),
  expiretime: exactly(1, (call) => expiryTime(call, 1000)),
  pexpiretime: exactly(1, (call) => expiryTime(call, 1)),
};

/** -2: no such key, -1: it lives on. */
function expiryTime({ args, database }: Call, unitMs: number): Reply {
  const key = at(args, 0);
  if (database.peek(key) === undefined) return -2;
  const atMs = database.expiry(key);
  return atMs === undefined ? -1 : Math.floor(atMs / unitMs);
}

function remove({ args, database }: Call): Reply {
  return args.filter((key) => database.delete(key)).length;
}

function count({ args, database }: Call): Reply {
  return args.filter((key) => database.peek(key) !== undefined).length;
}

function checkFlush(args: Call['args']): void {
  if (args.length > 1 || !['SYNC', 'ASYNC'].includes(optionOf(args[0] ?? 'SYNC'))) throw syntaxError();
}

/** All at once: the cursor is always 0. */
function scan({ args, database }: Call): Reply {
  const { matches, type } = scanOptions(args, ['MATCH', 'COUNT', 'TYPE']);
  const keys = database
    .keys()
    .filter(matches)
    .filter((key) => type === undefined || database.peek(key)?.type === type.toLowerCase());
  return ['0', keys];
}

/** Redis looks at the cursor, then at what the key holds, and only then at the options. */
export function checkCursor(text: Bytes): void {
  if (!/^\d{1,20}$/.test(text)) throw new RedisError('ERR invalid cursor');
}

/** What a scan is asked for: the cursor comes first, then options, of which only those given are known. */
export function scanOptions(
  args: Call['args'],
  known: readonly string[],
): { matches: (text: Bytes) => boolean; type: string | undefined } {
  checkCursor(at(args, 0));
  const options = new Map<string, string>();
  for (let index = 1; index < args.length; index += 2) {
    const option = optionOf(args[index]);
    if (!known.includes(option)) throw syntaxError();
    const value = at(args, index + 1);
    if (option === 'COUNT' && integerOf(value) < 1) throw syntaxError();
    options.set(option, value);
  }
  const pattern = options.get('MATCH');
  return { matches: (text) => pattern === undefined || globMatches(pattern, text), type: options.get('TYPE') };
}

function rename({ args, database }: Call): Reply {
  const [from, to] = [at(args, 0), at(args, 1)];
  const value = database.peek(from);
  if (value === undefined) throw new RedisError('ERR no such key');
  if (from === to) return 'OK';
  const expiresAtMs = database.expiry(from);
  database.set(to, value);
  if (expiresAtMs !== undefined) database.expireAt(to, expiresAtMs);
  database.forget(from);
  return 'OK';
}

function expire({ args, database }: Call, command: 'expire' | 'pexpire' | 'expireat' | 'pexpireat'): Reply {
  const key = at(args, 0);
  const options = args.slice(2).map(optionOf);
  const unknown = options.findIndex((option) => !['NX', 'XX', 'GT', 'LT'].includes(option));
  if (unknown >= 0) throw new RedisError(`ERR Unsupported option ${at(args, unknown + 2)}`);
  const has = (option: string): boolean => options.includes(option);
  if (has('NX') && options.length > 1 && (has('XX') || has('GT') || has('LT')))
    throw new RedisError('ERR NX and XX, GT or LT options at the same time are not compatible');
  if (has('GT') && has('LT')) throw new RedisError('ERR GT and LT options at the same time are not compatible');
  const amount = integerOf(at(args, 1));
  const atMs = (command.startsWith('p') ? amount : amount * 1000) + (command.endsWith('at') ? 0 : database.nowMs);
  if (!isExpiryTime(atMs)) throw new RedisError(`ERR invalid expire time in '${command}' command`);
  if (database.peek(key) === undefined) return 0;
  const current = database.expiry(key);
  if (has('NX') && current !== undefined) return 0;
  if (has('XX') && current === undefined) return 0;
  if (has('GT') && (current === undefined || atMs <= current)) return 0;
  if (has('LT') && current !== undefined && atMs >= current) return 0;
  if (atMs <= database.nowMs) database.delete(key);
  else database.expireAt(key, atMs);
  return 1;
}

/** Whether Redis can hold it: in 64 bits. */
export const isExpiryTime = (atMs: number): boolean => Math.abs(atMs) <= 2 ** 63;

function persist({ args, database }: Call): Reply {
  const key = at(args, 0);
  if (database.expiry(key) === undefined) return 0;
  database.expireAt(key, undefined);
  return 1;
}

function timeLeft({ args, database }: Call, unitMs: number): Reply {
  const key = at(args, 0);
  if (database.peek(key) === undefined) return -2;
  const atMs = database.expiry(key);
  // Half a second counts as one, as in Redis.
  return atMs === undefined ? -1 : Math.floor((atMs - database.nowMs + (unitMs >> 1)) / unitMs);
}
