import type { Bytes } from '../bytes';
import { at, atLeast, exactly, type Call, type Command } from '../command';
import { scanOptions } from './keys';
import type { Database } from '../database';
import type { Reply } from '../protocol';

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
    const { matches } = scanOptions(args.slice(1), ['MATCH', 'COUNT']);
    return ['0', [...read(database, at(args, 0))].filter(matches)];
  }),
  sismember: exactly(2, ({ args, database }) => (read(database, at(args, 0)).has(at(args, 1)) ? 1 : 0)),
  smismember: atLeast(2, ({ args, database }) => {
    const members = read(database, at(args, 0));
    return args.slice(1).map((member) => (members.has(member) ? 1 : 0));
  }),
  scard: exactly(1, ({ args, database }) => read(database, at(args, 0)).size),
  sinter: atLeast(1, ({ args, database }) => {
    const [first, ...others] = args.map((key) => read(database, key));
    return [...first!].filter((member) => others.every((other) => other.has(member)));
  }),
  sunion: atLeast(1, ({ args, database }) => [...new Set(args.flatMap((key) => [...read(database, key)]))]),
  sdiff: atLeast(1, ({ args, database }) => {
    const [first, ...others] = args.map((key) => read(database, key));
    return [...first!].filter((member) => !others.some((other) => other.has(member)));
  }),
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
