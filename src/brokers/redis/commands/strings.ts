import type { Bytes } from '../bytes';
import { at, atLeast, exactly, integerOf, optionOf, type Call, type Command } from '../command';
import type { Database } from '../database';
import { isExpiryTime } from './keys';
import type { Reply } from '../protocol';
import { addLongDoubles, readLongDouble, textOfLongDouble } from '../long-double';
import { notAnInteger, RedisError, syntaxError, wrongArity } from '../redis-error';

export const stringCommands: Readonly<Record<string, Command>> = {
  get: exactly(1, ({ args, database }) => read(database, at(args, 0)) ?? null),
  set: atLeast(2, set),
  setnx: exactly(2, ({ args, database }) => {
    if (database.peek(at(args, 0)) !== undefined) return 0;
    write(database, at(args, 0), at(args, 1));
    return 1;
  }),
  setex: exactly(3, (call) => setWithExpiry(call, 'setex', 1000)),
  psetex: exactly(3, (call) => setWithExpiry(call, 'psetex', 1)),
  getset: exactly(2, ({ args, database }) => {
    const old = read(database, at(args, 0)) ?? null;
    write(database, at(args, 0), at(args, 1));
    return old;
  }),
  getdel: exactly(1, ({ args, database }) => {
    const old = read(database, at(args, 0)) ?? null;
    database.delete(at(args, 0));
    return old;
  }),
  getex: atLeast(1, getAndExpire),
  mget: atLeast(1, ({ args, database }) =>
    args.map((key) => {
      const value = database.peek(key);
      return value?.type === 'string' ? value.bytes : null;
    }),
  ),
  mset: atLeast(2, ({ args, database }) => {
    if (args.length % 2 !== 0) throw wrongArity('mset');
    for (let index = 0; index < args.length; index += 2) write(database, at(args, index), at(args, index + 1));
    return 'OK';
  }),
  msetnx: atLeast(2, ({ args, database }) => {
    if (args.length % 2 !== 0) throw wrongArity('msetnx');
    if (args.some((key, index) => index % 2 === 0 && database.peek(key) !== undefined)) return 0;
    for (let index = 0; index < args.length; index += 2) write(database, at(args, index), at(args, index + 1));
    return 1;
  }),
  incr: exactly(1, (call) => add(call, 1n)),
  decr: exactly(1, (call) => add(call, -1n)),
  incrby: exactly(2, (call) => add(call, int64Of(at(call.args, 1)))),
  decrby: exactly(2, (call) => {
    const amount = int64Of(at(call.args, 1));
    if (amount === int64Min) throw new RedisError('ERR decrement would overflow');
    return add(call, -amount);
  }),
  incrbyfloat: exactly(2, addFloat),
  append: exactly(2, ({ args, database }) => {
    const bytes = (read(database, at(args, 0)) ?? '') + at(args, 1);
    write(database, at(args, 0), bytes, true);
    return bytes.length;
  }),
  strlen: exactly(1, ({ args, database }) => read(database, at(args, 0))?.length ?? 0),
  getrange: exactly(3, ({ args, database }) => {
    const [start, end] = [1, 2].map((index) => integerOf(at(args, index)));
    const bytes = read(database, at(args, 0)) ?? '';
    const from = Math.max(0, start! < 0 ? bytes.length + start! : start!);
    if (start! < 0 && end! < 0 && start! > end!) return '';
    const to = end! < 0 ? Math.max(0, bytes.length + end!) : end!;
    return bytes.slice(from, Math.max(from, to + 1));
  }),
  setrange: exactly(3, setRange),
};

/** Of a string, as Redis limits it (`proto-max-bulk-len`). */
const bytesMax = 512 * 1024 * 1024;

function setRange({ args, database }: Call): Reply {
  const [key, piece] = [at(args, 0), at(args, 2)];
  const offset = integerOf(at(args, 1));
  if (offset < 0) throw new RedisError('ERR offset is out of range');
  const old = read(database, key) ?? '';
  if (piece === '') return old.length;
  if (offset + piece.length > bytesMax) {
    throw new RedisError('ERR string exceeds maximum allowed size (proto-max-bulk-len)');
  }
  const bytes = old.slice(0, offset).padEnd(offset, '\0') + piece + old.slice(offset + piece.length);
  write(database, key, bytes, true);
  return bytes.length;
}

function read(database: Database, key: Bytes): Bytes | undefined {
  return database.get('string', key)?.bytes;
}

function write(database: Database, key: Bytes, bytes: Bytes, keepsExpiry = false): void {
  database.set(key, { type: 'string', bytes }, keepsExpiry);
  database.changed(key);
}

interface Expiry {
  /** Undefined: it lives on. */
  readonly atMs: number | undefined;
}

/** `EX 10`, `PX 10`, `EXAT …`, `PXAT …`. */
function expiryOf(option: string, amount: Bytes | undefined, database: Database, command: string): Expiry {
  if (amount === undefined) throw syntaxError();
  const invalid = (): RedisError => new RedisError(`ERR invalid expire time in '${command}' command`);
  const value = integerOf(amount);
  const ms = option.startsWith('P') ? value : value * 1000;
  const atMs = option.endsWith('AT') ? ms : database.nowMs + ms;
  if (value <= 0 || !isExpiryTime(atMs)) throw invalid();
  return { atMs };
}

const isExpiry = (option: string): boolean => /^(?:P|E)X(?:AT)?$/.test(option);

function set({ args, database }: Call): Reply {
  const [key, value] = [at(args, 0), at(args, 1)];
  let condition: 'NX' | 'XX' | undefined;
  let expiry: { option: string; amount: Bytes | undefined } | undefined;
  let keepsExpiry = false;
  let wantsOld = false;
  for (let index = 2; index < args.length; index += 1) {
    const option = optionOf(args[index]);
    if ((option === 'NX' || option === 'XX') && (condition ?? option) === option) condition = option;
    else if (option === 'GET') wantsOld = true;
    else if (option === 'KEEPTTL' && expiry === undefined) keepsExpiry = true;
    else if (isExpiry(option) && (expiry?.option ?? option) === option && !keepsExpiry && index + 1 < args.length)
      expiry = { option, amount: args[++index] };
    else throw syntaxError();
  }
  const until = expiry && expiryOf(expiry.option, expiry.amount, database, 'set');
  const old = wantsOld ? (read(database, key) ?? null) : null;
  const exists = database.peek(key) !== undefined;
  if ((condition === 'NX' && exists) || (condition === 'XX' && !exists)) return old;
  write(database, key, value, keepsExpiry);
  if (until) database.expireAt(key, until.atMs);
  return wantsOld ? old : 'OK';
}

function setWithExpiry({ args, database }: Call, command: string, unitMs: number): Reply {
  const until = expiryOf(unitMs === 1 ? 'PX' : 'EX', at(args, 1), database, command);
  write(database, at(args, 0), at(args, 2));
  database.expireAt(at(args, 0), until.atMs);
  return 'OK';
}

function getAndExpire({ args, database }: Call): Reply {
  const key = at(args, 0);
  const option = optionOf(args[1]);
  if (args.length > (isExpiry(option) ? 3 : 2)) throw syntaxError();
  if (args.length > 1 && !isExpiry(option) && option !== 'PERSIST') throw syntaxError();
  if (isExpiry(option) && args.length < 3) throw syntaxError();
  const value = read(database, key);
  if (value === undefined) return null;
  const until = isExpiry(option) ? expiryOf(option, args[2], database, 'getex') : { atMs: undefined };
  if (args.length > 1) database.expireAt(key, until.atMs);
  return value;
}

const int64Min = -0x8000000000000000n;
const isInt64 = (value: bigint): boolean => value >= int64Min && value <= 0x7fffffffffffffffn;

export function int64Of(text: Bytes): bigint {
  const value = /^(?:0|-?[1-9]\d{0,18})$/.test(text) ? BigInt(text) : undefined;
  if (value === undefined || !isInt64(value)) throw notAnInteger();
  return value;
}

/** The sum of a number that is kept as text and another one. */
export function sumOf(text: Bytes | undefined, amount: bigint, error: () => RedisError = notAnInteger): bigint {
  const value = text === undefined ? 0n : /^(?:0|-?[1-9]\d{0,18})$/.test(text) ? BigInt(text) : undefined;
  if (value === undefined || !isInt64(value)) throw error();
  const sum = value + amount;
  if (!isInt64(sum)) throw new RedisError('ERR increment or decrement would overflow');
  return sum;
}

function add({ args, database }: Call, amount: bigint): Reply {
  const key = at(args, 0);
  const sum = sumOf(read(database, key), amount);
  write(database, key, String(sum), true);
  return Number(sum);
}

function addFloat({ args, database }: Call): Reply {
  const key = at(args, 0);
  const sum = floatSumOf(read(database, key), at(args, 1));
  write(database, key, sum, true);
  return sum;
}

/** Redis calculates with numbers of 80 bits and prints what comes out with 17 places. */
export function floatSumOf(text: Bytes | undefined, amount: Bytes, wrongText: () => RedisError = notAFloat): Bytes {
  const value = readLongDouble(text ?? '0');
  if (value === undefined) throw wrongText();
  const added = readLongDouble(amount);
  if (added === undefined) throw notAFloat();
  const sum = addLongDoubles(value, added);
  if (sum === undefined) throw new RedisError('ERR increment would produce NaN or Infinity');
  return textOfLongDouble(sum);
}

export const notAFloat = (): RedisError => new RedisError('ERR value is not a valid float');
