import type { Bytes } from '../bytes';
import { at, atLeast, exactly, integerOf, optionOf, type Call, type Command } from '../command';
import type { Database } from '../database';
import type { Reply } from '../protocol';
import { RedisError, syntaxError } from '../redis-error';
import { readScore, textOfScore } from '../score';
import { byLex, byRank, byScore, type Range } from '../sorted-ranges';
import { SortedSet, type Scored } from '../sorted-set';
import { checkCursor, scanOptions } from './keys';

export const sortedSetCommands: Readonly<Record<string, Command>> = {
  zadd: atLeast(3, add),
  zincrby: exactly(3, (call) => {
    const [key, amount, member] = call.args;
    return add({ ...call, args: [key!, 'INCR', amount!, member!] });
  }),
  zrem: atLeast(2, ({ args, database }) => {
    const key = at(args, 0);
    const set = read(database, key);
    return set === undefined ? 0 : removed(database, key, args.slice(1).filter((member) => set.delete(member)).length);
  }),
  zcard: exactly(1, ({ args, database }) => read(database, at(args, 0))?.size ?? 0),
  zscore: exactly(2, ({ args, database }) => scoreReply(read(database, at(args, 0)), at(args, 1))),
  zmscore: atLeast(2, ({ args, database }) => {
    const set = read(database, at(args, 0));
    return args.slice(1).map((member) => scoreReply(set, member));
  }),
  zrank: exactly(2, ({ args, database }) => read(database, at(args, 0))?.rank(at(args, 1)) ?? null),
  zrevrank: exactly(2, ({ args, database }) => {
    const set = read(database, at(args, 0));
    const rank = set?.rank(at(args, 1));
    return set === undefined || rank === undefined ? null : set.size - 1 - rank;
  }),
  zcount: exactly(3, (call) => count(call, byScore(at(call.args, 1), at(call.args, 2)))),
  zlexcount: exactly(3, (call) => count(call, byLex(at(call.args, 1), at(call.args, 2)))),
  zrange: atLeast(3, (call) => range(call, {})),
  zrevrange: atLeast(3, (call) => range(call, { by: 'RANK', isReversed: true })),
  zrangebyscore: atLeast(3, (call) => range(call, { by: 'BYSCORE', isReversed: false })),
  zrevrangebyscore: atLeast(3, (call) => range(call, { by: 'BYSCORE', isReversed: true })),
  zrangebylex: atLeast(3, (call) => range(call, { by: 'BYLEX', isReversed: false })),
  zrevrangebylex: atLeast(3, (call) => range(call, { by: 'BYLEX', isReversed: true })),
  zrangestore: atLeast(4, (call) => {
    const { args, database } = call;
    const wanted = readRange(args.slice(1), {}, false);
    return store(database, at(args, 0), wanted.of(read(database, at(args, 1))));
  }),
  zremrangebyrank: exactly(3, (call) => removeRange(call, byRank(at(call.args, 1), at(call.args, 2)))),
  zremrangebyscore: exactly(3, (call) => removeRange(call, byScore(at(call.args, 1), at(call.args, 2)))),
  zremrangebylex: exactly(3, (call) => removeRange(call, byLex(at(call.args, 1), at(call.args, 2)))),
  zscan: atLeast(2, ({ args, database }) => {
    checkCursor(at(args, 1));
    const set = read(database, at(args, 0));
    if (set === undefined) return ['0', []];
    const { matches } = scanOptions(args.slice(1), ['MATCH', 'COUNT']);
    const found = allOf(set).filter(({ member }) => matches(member));
    return ['0', found.flatMap(({ member, score }) => [member, wholeText(score) ?? textOfScore(score)])];
  }),
};

export function read(database: Database, key: Bytes): SortedSet | undefined {
  return database.get('zset', key)?.sorted;
}

const allOf = (set: SortedSet | undefined): Scored[] => set?.slice(0, set.size) ?? [];
const withScores = (all: readonly Scored[]): Reply[] =>
  all.flatMap(({ member, score }) => [member, textOfScore(score)]);

/** A whole score is kept as an integer, and a scan shows it so. */
function wholeText(score: number): Bytes | undefined {
  return Number.isInteger(score) && Math.abs(score) <= 2 ** 62 ? String(BigInt(score)) : undefined;
}

function scoreReply(set: SortedSet | undefined, member: Bytes): Reply {
  const score = set?.score(member);
  return score === undefined ? null : textOfScore(score);
}

/** Tells of members that are gone; a sorted set without members is gone too. */
export function removed(database: Database, key: Bytes, howMany: number): number {
  if (read(database, key)?.size === 0) database.delete(key);
  else if (howMany > 0) database.changed(key);
  return howMany;
}

/** Puts a sorted set of these under a key, or removes the key when there are none. Returns how many. */
export function store(database: Database, key: Bytes, all: readonly Scored[]): number {
  if (all.length === 0) database.delete(key);
  else database.set(key, { type: 'zset', sorted: new SortedSet(all) });
  return all.length;
}

// Adding.

const addOptions: ReadonlySet<string> = new Set(['NX', 'XX', 'GT', 'LT', 'CH', 'INCR']);

function add({ args, database }: Call): Reply {
  const firstPair = args.findIndex((word, index) => index > 0 && !addOptions.has(optionOf(word)));
  const given = new Set(args.slice(1, firstPair < 0 ? undefined : firstPair).map(optionOf));
  const pairs = pairsOf(firstPair < 0 ? [] : args.slice(firstPair), given);
  const key = at(args, 0);
  if (read(database, key) === undefined && given.has('XX')) return given.has('INCR') ? null : 0;
  const { sorted } = database.need('zset', key, () => ({ type: 'zset', sorted: new SortedSet() }));
  let [added, updated] = [0, 0];
  let last: number | undefined;
  for (const { member, score } of pairs) {
    const current = sorted.score(member);
    const next = current !== undefined && given.has('INCR') ? current + score : score;
    last = undefined;
    if (Number.isNaN(next)) throw new RedisError('ERR resulting score is not a number (NaN)');
    if (!mayBecome(current, next, given)) continue;
    last = next;
    if (current === next) continue;
    sorted.set(member, next);
    if (current === undefined) added += 1;
    else updated += 1;
  }
  if (added + updated > 0) database.changed(key);
  if (given.has('INCR')) return last === undefined ? null : textOfScore(last);
  return given.has('CH') ? added + updated : added;
}

function pairsOf(words: readonly Bytes[], given: ReadonlySet<string>): Scored[] {
  if (words.length === 0 || words.length % 2 > 0) throw syntaxError();
  if (given.has('NX') && given.has('XX'))
    throw new RedisError('ERR XX and NX options at the same time are not compatible');
  if (['NX', 'GT', 'LT'].filter((option) => given.has(option)).length > 1)
    throw new RedisError('ERR GT, LT, and/or NX options at the same time are not compatible');
  if (given.has('INCR') && words.length > 2)
    throw new RedisError('ERR INCR option supports a single increment-element pair');
  return Array.from({ length: words.length / 2 }, (_, pair) => {
    const score = readScore(at(words, pair * 2));
    if (score === undefined) throw new RedisError('ERR value is not a valid float');
    return { score, member: at(words, pair * 2 + 1) };
  });
}

function mayBecome(current: number | undefined, next: number, given: ReadonlySet<string>): boolean {
  if (current === undefined) return !given.has('XX');
  if (given.has('NX')) return false;
  return !(given.has('GT') && next <= current) && !(given.has('LT') && next >= current);
}

// Ranges.

interface RangeKind {
  /** Undefined: an option says it. */
  readonly by?: 'RANK' | 'BYSCORE' | 'BYLEX';
  readonly isReversed?: boolean;
}

function range({ args, database }: Call, kind: RangeKind): Reply {
  const wanted = readRange(args, kind, true);
  const found = wanted.of(read(database, at(args, 0)));
  return wanted.hasScores ? withScores(found) : found.map(({ member }) => member);
}

/** Reads `key start stop`, and the options behind; `of` gives what lies there, in the order that was asked for. */
function readRange(
  args: readonly Bytes[],
  kind: RangeKind,
  mayHaveScores: boolean,
): { readonly hasScores: boolean; of(set: SortedSet | undefined): Scored[] } {
  let { by, isReversed } = kind;
  let hasScores = false;
  let [offset, limit] = [0, -1];
  for (let index = 3; index < args.length; index++) {
    const option = optionOf(args[index]);
    if (mayHaveScores && option === 'WITHSCORES') hasScores = true;
    else if (option === 'LIMIT' && index + 2 < args.length)
      [offset, limit] = [integerOf(at(args, ++index)), integerOf(at(args, ++index))];
    else if (option === 'REV' && isReversed === undefined) isReversed = true;
    else if ((option === 'BYSCORE' || option === 'BYLEX') && by === undefined) by = option;
    else throw syntaxError();
  }
  if (limit !== -1 && (by ?? 'RANK') === 'RANK')
    throw new RedisError('ERR syntax error, LIMIT is only supported in combination with either BYSCORE or BYLEX');
  if (hasScores && by === 'BYLEX')
    throw new RedisError('ERR syntax error, WITHSCORES not supported in combination with BYLEX');
  const [one, other] = [at(args, 1), at(args, 2)];
  const [min, max] = isReversed === true ? [other, one] : [one, other];
  const within =
    by === 'BYSCORE' ? byScore(min, max) : by === 'BYLEX' ? byLex(min, max) : byRank(one, other, isReversed);
  return {
    hasScores,
    of: (set) => {
      if (set === undefined) return [];
      const found = set.slice(...within(set));
      if (isReversed === true) found.reverse();
      // An offset below 0 skips everything, a limit below 0 is none.
      return by === undefined || by === 'RANK'
        ? found
        : found.slice(offset < 0 ? Infinity : offset, limit < 0 ? undefined : offset + limit);
    },
  };
}

function count({ args, database }: Call, within: Range): Reply {
  const set = read(database, at(args, 0));
  if (set === undefined) return 0;
  const [from, to] = within(set);
  return Math.max(0, to - from);
}

function removeRange({ args, database }: Call, within: Range): Reply {
  const key = at(args, 0);
  const set = read(database, key);
  if (set === undefined) return 0;
  const found = set.slice(...within(set));
  for (const { member } of found) set.delete(member);
  return removed(database, key, found.length);
}
