import type { Bytes } from '../bytes';
import { at, atLeast, exactly, integerOf, optionOf, type Call, type Command } from '../command';
import { checkCursor, scanOptions } from './keys';
import type { Database } from '../database';
import type { Reply } from '../protocol';
import { RedisError, syntaxError } from '../redis-error';

export const setCommands: Readonly<Record<string, Command>> = {
  sadd: atLeast(2, ({ args, database }) => {
    const { members } = database.need('set', at(args, 0), () => ({ type: 'set', members: new Set() }));
    const before = members.size;
    for (const member of args.slice(1)) members.add(member);
    database.changed(at(args, 0));
    return members.size - before;
  }),
  srem: atLeast(2, remove),
  smembers: exactly(1, ({ args, database }) => [...read(database, at(args, 0))]),
  sscan: atLeast(2, ({ args, database }) => {
    checkCursor(at(args, 1));
    const members = read(database, at(args, 0));
    if (members.size === 0) return ['0', []];
    const { matches } = scanOptions(args.slice(1), ['MATCH', 'COUNT']);
    return ['0', [...members].filter(matches)];
  }),
  sismember: exactly(2, ({ args, database }) => (read(database, at(args, 0)).has(at(args, 1)) ? 1 : 0)),
  smismember: atLeast(2, ({ args, database }) => {
    const members = read(database, at(args, 0));
    return args.slice(1).map((member) => (members.has(member) ? 1 : 0));
  }),
  scard: exactly(1, ({ args, database }) => read(database, at(args, 0)).size),
  sinter: atLeast(1, ({ args, database }) => [...combined(database, args, 'inter')]),
  sunion: atLeast(1, ({ args, database }) => [...combined(database, args, 'union')]),
  sdiff: atLeast(1, ({ args, database }) => [...combined(database, args, 'diff')]),
  sinterstore: atLeast(2, (call) => store(call, 'inter')),
  sunionstore: atLeast(2, (call) => store(call, 'union')),
  sdiffstore: atLeast(2, (call) => store(call, 'diff')),
  sintercard: atLeast(2, countInter),
  smove: exactly(3, move),
  spop: atLeast(1, (call) => pick(call, true)),
  srandmember: atLeast(1, (call) => pick(call, false)),
};

const none: ReadonlySet<Bytes> = new Set();

function read(database: Database, key: Bytes): ReadonlySet<Bytes> {
  return database.get('set', key)?.members ?? none;
}

function remove({ args, database }: Call): Reply {
  const key = at(args, 0);
  const members = database.get('set', key)?.members;
  if (members === undefined) return 0;
  const count = args.slice(1).filter((member) => members.delete(member)).length;
  if (members.size === 0) database.delete(key);
  else if (count > 0) database.changed(key);
  return count;
}

type Operation = 'inter' | 'union' | 'diff';

function combined(database: Database, keys: readonly Bytes[], operation: Operation): ReadonlySet<Bytes> {
  const [first = none, ...others] = keys.map((key) => read(database, key));
  if (operation === 'union') return new Set([first, ...others].flatMap((members) => [...members]));
  const isInAll = operation === 'inter';
  return new Set(
    [...first].filter((member) =>
      isInAll ? others.every((other) => other.has(member)) : !others.some((other) => other.has(member)),
    ),
  );
}

/** A key whose set would be empty is gone. */
function store({ args, database }: Call, operation: Operation): Reply {
  const members = new Set(combined(database, args.slice(1), operation));
  if (members.size === 0) database.delete(at(args, 0));
  else database.set(at(args, 0), { type: 'set', members });
  return members.size;
}

/** `SINTERCARD numkeys key … [LIMIT limit]` */
function countInter({ args, database }: Call): Reply {
  const wrong = (): RedisError => new RedisError('ERR numkeys should be greater than 0');
  const howMany = integerOf(at(args, 0), wrong);
  if (howMany < 1) throw wrong();
  if (howMany > args.length - 1) throw new RedisError("ERR Number of keys can't be greater than number of args");
  let limit = 0;
  for (let index = howMany + 1; index < args.length; index += 2) {
    if (optionOf(args[index]) !== 'LIMIT' || index + 1 >= args.length) throw syntaxError();
    const negative = (): RedisError => new RedisError("ERR LIMIT can't be negative");
    limit = integerOf(at(args, index + 1), negative);
    if (limit < 0) throw negative();
  }
  const { size } = combined(database, args.slice(1, howMany + 1), 'inter');
  return limit === 0 ? size : Math.min(limit, size);
}

function move({ args, database }: Call): Reply {
  const [from, to, member] = [at(args, 0), at(args, 1), at(args, 2)];
  const source = database.get('set', from)?.members;
  if (source === undefined) return 0;
  read(database, to);
  if (from === to) return source.has(member) ? 1 : 0;
  if (!source.delete(member)) return 0;
  if (source.size === 0) database.delete(from);
  else database.changed(from);
  database.need('set', to, () => ({ type: 'set', members: new Set() })).members.add(member);
  database.changed(to);
  return 1;
}

/** Members by chance, one or as many as asked for; of a count below 0 one may come several times. */
function pick({ args, database, host }: Call, takes: boolean): Reply {
  if (args.length > 2) throw syntaxError();
  const key = at(args, 0);
  const outOfRange = (): RedisError => new RedisError('ERR value is out of range, must be positive');
  const count = args[1] === undefined ? undefined : integerOf(args[1], takes ? outOfRange : undefined);
  if (takes && count !== undefined && count < 0) throw outOfRange();
  const members = database.get('set', key)?.members;
  if (members === undefined) return count === undefined ? null : [];
  const left = [...members];
  const isAgain = count !== undefined && count < 0;
  const picked = Array.from({ length: isAgain ? -count : Math.min(count ?? 1, left.length) }, () => {
    const place = Math.floor(host.port.chance() * left.length);
    return isAgain ? left[place]! : left.splice(place, 1)[0]!;
  });
  if (takes) {
    for (const member of picked) members.delete(member);
    if (members.size === 0) database.delete(key);
    else if (picked.length > 0) database.changed(key);
  }
  return count === undefined ? (picked[0] ?? null) : picked;
}
