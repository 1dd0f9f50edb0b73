import type { Bytes } from './bytes';
import { integerOf } from './command';
import { RedisError } from './redis-error';
import { readDouble } from './score';
import type { SortedSet } from './sorted-set';

/** Part of a sorted set: the ranks from one to before another. */
export type Range = (set: SortedSet) => readonly [from: number, to: number];

/** Ranks, the last one included; those below 0 count from the end. `isReversed`: the first is the one with the highest score. */
export function byRank(first: Bytes, last: Bytes, isReversed = false): Range {
  const [start, stop] = [integerOf(first), integerOf(last)];
  return ({ size }) => {
    const from = Math.max(0, start < 0 ? size + start : start);
    const to = Math.min(size, (stop < 0 ? size + stop : stop) + 1);
    return isReversed ? [Math.max(0, size - to), Math.max(0, size - from)] : [from, to];
  };
}

/** `1`, `(1` without that score, `-inf`, `+inf`. */
export function byScore(min: Bytes, max: Bytes): Range {
  const [from, to] = [scoreBound(min), scoreBound(max)];
  return (set) => [
    set.countWhile(({ score }) => score < from.score || (from.isExclusive && score === from.score)),
    set.countWhile(({ score }) => score < to.score || (!to.isExclusive && score === to.score)),
  ];
}

function scoreBound(text: Bytes): { readonly score: number; readonly isExclusive: boolean } {
  const isExclusive = text.startsWith('(');
  const digits = (isExclusive ? text.slice(1) : text).trimStart();
  // What follows may be nothing, which counts as 0, as with `strtod`.
  const score = digits === '' ? 0 : readDouble(digits);
  if (score === undefined) throw new RedisError('ERR min or max is not a float');
  return { score, isExclusive };
}

/** By members, of which all have the same score: `[a`, `(a` without that member, `-` and `+` for the ends. */
export function byLex(min: Bytes, max: Bytes): Range {
  const [from, to] = [lexBound(min), lexBound(max)];
  return (set) => [
    set.countWhile(({ member }) => from.isAfter(member, false)),
    set.countWhile(({ member }) => to.isAfter(member, true)),
  ];
}

/** `isAfter`: whether a member lies before the bound; `takes`: or on it, where it belongs to the range. */
function lexBound(text: Bytes): { isAfter(member: Bytes, takes: boolean): boolean } {
  if (text === '-') return { isAfter: () => false };
  if (text === '+') return { isAfter: () => true };
  const [sign, end] = [text.slice(0, 1), text.slice(1)];
  if (sign !== '[' && sign !== '(') throw new RedisError('ERR min or max not valid string range item');
  const isInside = sign === '[';
  return { isAfter: (member, takes) => member < end || (member === end && isInside === takes) };
}
