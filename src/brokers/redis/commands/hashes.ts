import type { Bytes } from '../bytes';
import { at, atLeast, exactly, type Call, type Command } from '../command';
import type { Database } from '../database';
import { readLongDouble } from '../long-double';
import type { Reply } from '../protocol';
import { RedisError, wrongArity } from '../redis-error';
import { checkCursor, scanOptions } from './keys';
import { floatSumOf, int64Of, notAFloat, sumOf } from './strings';

export const hashCommands: Readonly<Record<string, Command>> = {
  hset: atLeast(3, (call) => set(call, 'hset')),
  hmset: atLeast(3, (call) => {
    set(call, 'hmset');
    return 'OK';
  }),
  hsetnx: exactly(3, ({ args, database }) => {
    if (read(database, at(args, 0))?.has(at(args, 1)) === true) return 0;
    write(database, at(args, 0)).set(at(args, 1), at(args, 2));
    database.changed(at(args, 0));
    return 1;
  }),
  hget: exactly(2, ({ args, database }) => read(database, at(args, 0))?.get(at(args, 1)) ?? null),
  hmget: atLeast(2, ({ args, database }) => {
    const fields = read(database, at(args, 0));
    return args.slice(1).map((name) => fields?.get(name) ?? null);
  }),
  hgetall: exactly(1, ({ args, database }) => [...(read(database, at(args, 0)) ?? [])].flat()),
  hkeys: exactly(1, ({ args, database }) => [...(read(database, at(args, 0))?.keys() ?? [])]),
  hvals: exactly(1, ({ args, database }) => [...(read(database, at(args, 0))?.values() ?? [])]),
  hlen: exactly(1, ({ args, database }) => read(database, at(args, 0))?.size ?? 0),
  hstrlen: exactly(2, ({ args, database }) => read(database, at(args, 0))?.get(at(args, 1))?.length ?? 0),
  hexists: exactly(2, ({ args, database }) => (read(database, at(args, 0))?.has(at(args, 1)) === true ? 1 : 0)),
  hdel: atLeast(2, remove),
  hscan: atLeast(2, ({ args, database }) => {
    checkCursor(at(args, 1));
    const fields = read(database, at(args, 0));
    if (fields === undefined) return ['0', []];
    const { matches } = scanOptions(args.slice(1), ['MATCH', 'COUNT']);
    return ['0', [...fields].filter(([name]) => matches(name)).flat()];
  }),
  hincrby: exactly(3, ({ args, database }) => {
    const [key, name] = [at(args, 0), at(args, 1)];
    const amount = int64Of(at(args, 2));
    const sum = sumOf(read(database, key)?.get(name), amount, () => new RedisError('ERR hash value is not an integer'));
    write(database, key).set(name, String(sum));
    database.changed(key);
    return Number(sum);
  }),
  hincrbyfloat: exactly(3, ({ args, database }) => {
    const [key, name] = [at(args, 0), at(args, 1)];
    const amount = readLongDouble(at(args, 2));
    if (amount === undefined) throw notAFloat();
    if (amount === 'infinite') throw new RedisError('ERR value is NaN or Infinity');
    const wrong = (): RedisError => new RedisError('ERR hash value is not a float');
    const sum = floatSumOf(read(database, key)?.get(name), at(args, 2), wrong);
    write(database, key).set(name, sum);
    database.changed(key);
    return sum;
  }),
};

function read(database: Database, key: Bytes): ReadonlyMap<Bytes, Bytes> | undefined {
  return database.get('hash', key)?.fields;
}

function write(database: Database, key: Bytes): Map<Bytes, Bytes> {
  return database.need('hash', key, () => ({ type: 'hash', fields: new Map() })).fields;
}

/** Returns how many fields are new. */
function set({ args, database }: Call, command: string): Reply {
  if (args.length % 2 === 0) throw wrongArity(command);
  const fields = write(database, at(args, 0));
  const before = fields.size;
  for (let index = 1; index < args.length; index += 2) fields.set(at(args, index), at(args, index + 1));
  database.changed(at(args, 0));
  return fields.size - before;
}

function remove({ args, database }: Call): Reply {
  const key = at(args, 0);
  const fields = database.get('hash', key)?.fields;
  if (fields === undefined) return 0;
  const count = args.slice(1).filter((name) => fields.delete(name)).length;
  if (fields.size === 0) database.delete(key);
  else if (count > 0) database.changed(key);
  return count;
}
