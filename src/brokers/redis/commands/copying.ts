import { at, atLeast, integerOf, optionOf, type Call, type Command } from '../command';
import type { Value } from '../database';
import { databasesMax } from '../host';
import { List } from '../list';
import type { Reply } from '../protocol';
import { RedisError, syntaxError } from '../redis-error';
import { SortedSet } from '../sorted-set';

export const copyingCommands: Readonly<Record<string, Command>> = { copy: atLeast(2, copy) };

/** `COPY source destination [DB index] [REPLACE]`. The time to live comes along. */
function copy({ args, database, host }: Call): Reply {
  let target = database;
  let replaces = false;
  for (let index = 2; index < args.length; index++) {
    const option = optionOf(args[index]);
    if (option === 'REPLACE') replaces = true;
    else if (option === 'DB' && index + 1 < args.length) target = host.database(databaseIndex(at(args, ++index)));
    else throw syntaxError();
  }
  const [from, to] = [at(args, 0), at(args, 1)];
  if (target === database && from === to) throw new RedisError('ERR source and destination objects are the same');
  const value = database.peek(from);
  if (value === undefined || (!replaces && target.peek(to) !== undefined)) return 0;
  target.set(to, copyOf(value));
  target.expireAt(to, database.expiry(from));
  return 1;
}

function databaseIndex(text: string): number {
  const index = integerOf(text);
  if (index < 0 || index >= databasesMax) throw new RedisError('ERR DB index is out of range');
  return index;
}

function copyOf(value: Value): Value {
  switch (value.type) {
    case 'string':
      return value;
    case 'list': {
      const list = new List();
      list.replace(value.list.all());
      return { type: 'list', list };
    }
    case 'hash':
      return { type: 'hash', fields: new Map(value.fields) };
    case 'set':
      return { type: 'set', members: new Set(value.members) };
    case 'zset':
      return { type: 'zset', sorted: new SortedSet(value.sorted.slice(0, value.sorted.size)) };
    case 'stream':
      // Its entries are messages, of which each is in one place.
      throw new RedisError('ERR COPY of a stream is not simulated. Read it with XRANGE and add its entries with XADD');
  }
}
