import type { Bytes } from '../bytes';
import { at, atLeast, integerOf, type Call, type Command, type noReply } from '../command';
import type { Database } from '../database';
import type { Reply } from '../protocol';
import { RedisError, syntaxError } from '../redis-error';
import { textOfScore } from '../score';
import type { Scored } from '../sorted-set';
import { takeOrWait } from './lists';
import { read, removed } from './sorted-sets';

/** Takes from the end of the lowest scores, or of the highest. */
type End = 'min' | 'max';

export const sortedSetPopCommands: Readonly<Record<string, Command>> = {
  zpopmin: atLeast(1, (call) => pop(call, 'min')),
  zpopmax: atLeast(1, (call) => pop(call, 'max')),
  bzpopmin: atLeast(2, (call) => popOrWait(call, 'min')),
  bzpopmax: atLeast(2, (call) => popOrWait(call, 'max')),
};

function take(database: Database, key: Bytes, end: End): Scored | undefined {
  const set = read(database, key);
  const [one] = set?.slice(...(end === 'min' ? ([0, 1] as const) : ([set.size - 1, set.size] as const))) ?? [];
  if (set === undefined || one === undefined) return undefined;
  set.delete(one.member);
  removed(database, key, 1);
  return one;
}

function pop({ args, database }: Call, end: End): Reply {
  if (args.length > 2) throw syntaxError();
  const [key, howMany] = [at(args, 0), args[1]];
  const outOfRange = (): RedisError => new RedisError('ERR value is out of range, must be positive');
  const count = howMany === undefined ? 1 : integerOf(howMany, outOfRange);
  if (count < 0) throw outOfRange();
  const size = read(database, key)?.size ?? 0;
  return Array.from({ length: Math.min(count, size) }, () => take(database, key, end)).flatMap((one) =>
    one === undefined ? [] : [one.member, textOfScore(one.score)],
  );
}

function popOrWait(call: Call, end: End): Reply | typeof noReply {
  return takeOrWait(call, 'zset', (key) => {
    const one = take(call.database, key, end);
    return one && [key, one.member, textOfScore(one.score)];
  });
}
