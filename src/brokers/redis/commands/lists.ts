import type { Bytes } from '../bytes';
import type { noReply } from '../command';
import { at, atLeast, exactly, integerOf, optionOf, type Call, type Command } from '../command';
import type { Database } from '../database';
import { List } from '../list';
import type { Reply } from '../protocol';
import { RedisError, syntaxError } from '../redis-error';

type End = 'left' | 'right';

export const listCommands: Readonly<Record<string, Command>> = {
  lpush: atLeast(2, (call) => push(call, 'left')),
  rpush: atLeast(2, (call) => push(call, 'right')),
  lpushx: atLeast(2, (call) => (read(call.database, at(call.args, 0)) ? push(call, 'left') : 0)),
  rpushx: atLeast(2, (call) => (read(call.database, at(call.args, 0)) ? push(call, 'right') : 0)),
  lpop: atLeast(1, (call) => pop(call, 'left')),
  rpop: atLeast(1, (call) => pop(call, 'right')),
  llen: exactly(1, ({ args, database }) => read(database, at(args, 0))?.length ?? 0),
  lindex: exactly(2, ({ args, database }) => read(database, at(args, 0))?.at(integerOf(at(args, 1))) ?? null),
  lpos: atLeast(2, places),
  lrange: exactly(3, range),
  ltrim: exactly(3, trim),
  lrem: exactly(3, remove),
  lset: exactly(3, set),
  linsert: exactly(4, insert),
  lmove: exactly(4, ({ args, database }) => move(database, at(args, 0), at(args, 1), endOf(args[2]), endOf(args[3]))),
  rpoplpush: exactly(2, ({ args, database }) => move(database, at(args, 0), at(args, 1), 'right', 'left')),
  blpop: atLeast(2, (call) => popOrWait(call, 'left')),
  brpop: atLeast(2, (call) => popOrWait(call, 'right')),
  blmove: exactly(5, (call) => moveOrWait(call, endOf(call.args[2]), endOf(call.args[3]))),
  brpoplpush: exactly(3, (call) => moveOrWait(call, 'right', 'left')),
};

function read(database: Database, key: Bytes): List | undefined {
  return database.get('list', key)?.list;
}

function endOf(text: Bytes | undefined): End {
  const option = optionOf(text);
  if (option !== 'LEFT' && option !== 'RIGHT') throw syntaxError();
  return option === 'LEFT' ? 'left' : 'right';
}

function push({ args, database }: Call, end: End): number {
  const key = at(args, 0);
  const { list } = database.need('list', key, () => ({ type: 'list', list: new List() }));
  for (const value of args.slice(1)) list.push(end, value);
  database.changed(key);
  return list.length;
}

function take(database: Database, key: Bytes, end: End): Bytes | undefined {
  const list = read(database, key);
  const value = list?.pop(end);
  if (list?.length === 0) database.delete(key);
  else if (value !== undefined) database.changed(key);
  return value;
}

function pop({ args, database }: Call, end: End): Reply {
  const key = at(args, 0);
  if (args.length > 2)
    throw new RedisError(`ERR wrong number of arguments for '${end === 'left' ? 'l' : 'r'}pop' command`);
  if (args[1] === undefined) return take(database, key, end) ?? null;
  const outOfRange = (): RedisError => new RedisError('ERR value is out of range, must be positive');
  const count = integerOf(args[1], outOfRange);
  if (count < 0) throw outOfRange();
  const list = read(database, key);
  if (list === undefined) return null;
  return Array.from({ length: Math.min(count, list.length) }, () => take(database, key, end) ?? null);
}

/** Start and stop, which are looked at before the list is: where they lie in one of that length. */
function boundsOf({ args }: Call): (length: number) => [from: number, to: number] {
  const [start, stop] = [integerOf(at(args, 1)), integerOf(at(args, 2))];
  return (length) => {
    const from = Math.max(0, start < 0 ? length + start : start);
    return [from, Math.max(from, Math.min(length, (stop < 0 ? length + stop : stop) + 1))];
  };
}

function range(call: Call): Reply {
  const within = boundsOf(call);
  const list = read(call.database, at(call.args, 0));
  const [from, to] = within(list?.length ?? 0);
  return Array.from({ length: to - from }, (_, index) => list?.at(from + index) ?? null);
}

function trim(call: Call): Reply {
  const { args, database } = call;
  const key = at(args, 0);
  const within = boundsOf(call);
  const list = read(database, key);
  const kept = list?.all().slice(...within(list.length)) ?? [];
  if (kept.length === 0) database.delete(key);
  else list?.replace(kept);
  database.changed(key);
  return 'OK';
}

/** A count above 0 goes from the head, one below 0 from the tail, 0 takes all. */
function remove({ args, database }: Call): Reply {
  const [key, value] = [at(args, 0), at(args, 2)];
  const count = integerOf(at(args, 1));
  const list = read(database, key);
  if (list === undefined) return 0;
  let left = count === 0 ? Infinity : Math.abs(count);
  const values = count < 0 ? list.all().reverse() : list.all();
  const kept = values.filter((each) => each !== value || left-- <= 0);
  const removed = values.length - kept.length;
  list.replace(count < 0 ? kept.reverse() : kept);
  if (kept.length === 0) database.delete(key);
  else if (removed > 0) database.changed(key);
  return removed;
}

/** `LPOS key value [RANK rank] [COUNT count] [MAXLEN length]`: where it stands first, or with a count a list of places, 0 for all. */
function places({ args, database }: Call): Reply {
  let [rank, most, looked] = [1, undefined as number | undefined, 0];
  for (let index = 2; index < args.length; index += 2) {
    const [option, value] = [optionOf(args[index]), args[index + 1]];
    if (value === undefined) throw syntaxError();
    if (option === 'RANK') rank = rankOf(value);
    else if (option === 'COUNT') most = notNegative(value, option);
    else if (option === 'MAXLEN') looked = notNegative(value, option);
    else throw syntaxError();
  }
  const all = read(database, at(args, 0))?.all();
  if (all === undefined) return most === undefined ? null : [];
  const order = rank < 0 ? [...all.keys()].reverse() : [...all.keys()];
  const found = order
    .slice(0, looked === 0 ? undefined : looked)
    .filter((place) => all[place] === args[1])
    .slice(Math.abs(rank) - 1);
  if (most === undefined) return found[0] ?? null;
  return most === 0 ? found : found.slice(0, most);
}

function rankOf(text: Bytes): number {
  const rank = integerOf(text);
  if (rank !== 0) return rank;
  const ways =
    'use 1 to start from the first match, 2 from the second ... or use negative to start from the end of the list';
  throw new RedisError(`ERR RANK can't be zero: ${ways}`);
}

function notNegative(text: Bytes, option: string): number {
  const wrong = (): RedisError => new RedisError(`ERR ${option} can't be negative`);
  const value = integerOf(text, wrong);
  if (value < 0) throw wrong();
  return value;
}

function set({ args, database }: Call): Reply {
  const list = read(database, at(args, 0));
  if (list === undefined) throw new RedisError('ERR no such key');
  const wanted = integerOf(at(args, 1));
  const index = wanted < 0 ? list.length + wanted : wanted;
  if (index < 0 || index >= list.length) throw new RedisError('ERR index out of range');
  list.set(index, at(args, 2));
  database.changed(at(args, 0));
  return 'OK';
}

/** -1: what it should stand beside is not there. */
function insert({ args, database }: Call): Reply {
  const side = optionOf(args[1]);
  if (side !== 'BEFORE' && side !== 'AFTER') throw syntaxError();
  const list = read(database, at(args, 0));
  if (list === undefined) return 0;
  const values = list.all();
  const index = values.indexOf(at(args, 2));
  if (index < 0) return -1;
  list.replace(values.toSpliced(side === 'BEFORE' ? index : index + 1, 0, at(args, 3)));
  database.changed(at(args, 0));
  return list.length;
}

function move(database: Database, from: Bytes, to: Bytes, out: End, into: End): Bytes | null {
  if (read(database, from) === undefined) return null;
  read(database, to);
  const value = take(database, from, out);
  if (value === undefined) return null;
  database.need('list', to, () => ({ type: 'list', list: new List() })).list.push(into, value);
  database.changed(to);
  return value;
}

function timeoutOf(text: Bytes | undefined): number {
  const seconds = Number(text);
  if (text === undefined || text.trim() === '' || !Number.isFinite(seconds))
    throw new RedisError('ERR timeout is not a float or out of range');
  if (seconds < 0) throw new RedisError('ERR timeout is negative');
  return seconds * 1000;
}

function popOrWait(call: Call, end: End): Reply | typeof noReply {
  return takeOrWait(call, 'list', (key) => {
    const value = take(call.database, key, end);
    return value === undefined ? undefined : [key, value];
  });
}

/** Takes from the first of the keys that has something; each holds this type or nothing. The last argument says how long to wait otherwise. */
export function takeOrWait(
  call: Call,
  type: 'list' | 'zset',
  takeFrom: (key: Bytes) => Reply | undefined,
): Reply | typeof noReply {
  const { args, database } = call;
  const keys = args.slice(0, -1);
  const timeoutMs = timeoutOf(args.at(-1));
  for (const key of keys) {
    const reply = database.get(type, key) && takeFrom(key);
    if (reply !== undefined) return reply;
  }
  return waitFor(call, keys, timeoutMs, (key) => (database.peek(key)?.type === type ? takeFrom(key) : undefined));
}

function moveOrWait(call: Call, out: End, into: End): Reply | typeof noReply {
  const { args, database } = call;
  const [from, to] = [at(args, 0), at(args, 1)];
  const timeoutMs = timeoutOf(args.at(-1));
  const attempt = (): Reply | undefined =>
    database.peek(from)?.type === 'list' ? (move(database, from, to, out, into) ?? undefined) : undefined;
  read(database, from);
  return attempt() ?? waitFor(call, [from], timeoutMs, attempt);
}

/** Has the client wait until one of the keys has something for it; in a transaction it gets nothing. */
function waitFor(
  { session, mayBlock, cause }: Call,
  keys: readonly Bytes[],
  timeoutMs: number,
  attempt: (key: Bytes) => Reply | undefined,
): Reply | typeof noReply {
  return mayBlock ? session.wait(keys, timeoutMs, { attempt, onRemoved: () => undefined }, cause) : null;
}
