import type { Bytes } from '../bytes';
import { at, atLeast, integerOf, optionOf, type Call, type Command } from '../command';
import type { Database } from '../database';
import type { Reply } from '../protocol';
import { RedisError, syntaxError, wrongType } from '../redis-error';
import { readScore, textOfScore } from '../score';
import { SortedSet, type Scored } from '../sorted-set';
import { store } from './sorted-sets';

type Operation = 'union' | 'inter' | 'diff';

export const sortedSetAlgebraCommands: Readonly<Record<string, Command>> = {
  zunion: atLeast(2, (call) => answer(call, 'union')),
  zinter: atLeast(2, (call) => answer(call, 'inter')),
  zdiff: atLeast(2, (call) => answer(call, 'diff')),
  zunionstore: atLeast(3, (call) => keep(call, 'union')),
  zinterstore: atLeast(3, (call) => keep(call, 'inter')),
  zdiffstore: atLeast(3, (call) => keep(call, 'diff')),
};

function answer({ args, database, request }: Call, operation: Operation): Reply {
  const { all, hasScores } = combined(database, args, operation, request.args[0] ?? '', true);
  return all.flatMap(({ member, score }) => (hasScores ? [member, textOfScore(score)] : [member]));
}

function keep({ args, database, request }: Call, operation: Operation): Reply {
  return store(database, at(args, 0), combined(database, args.slice(1), operation, request.args[0] ?? '', false).all);
}

/** Reads `numkeys key … [WEIGHTS …] [AGGREGATE …] [WITHSCORES]`, and puts together what the keys hold. Sets count 1 for each member. */
function combined(
  database: Database,
  args: readonly Bytes[],
  operation: Operation,
  command: string,
  mayHaveScores: boolean,
): { readonly all: Scored[]; readonly hasScores: boolean } {
  const howMany = integerOf(at(args, 0));
  if (howMany < 1) throw new RedisError(`ERR at least 1 input key is needed for '${command.toLowerCase()}' command`);
  if (howMany > args.length - 1) throw syntaxError();
  const inputs = args.slice(1, howMany + 1).map((key) => inputOf(database, key));
  let weights: readonly number[] = inputs.map(() => 1);
  let aggregate = 'SUM';
  let hasScores = false;
  for (let index = howMany + 1; index < args.length; index++) {
    const option = optionOf(args[index]);
    const left = args.length - index - 1;
    if (operation !== 'diff' && option === 'WEIGHTS' && left >= howMany) {
      weights = args.slice(index + 1, index + 1 + howMany).map(weightOf);
      index += howMany;
    } else if (operation !== 'diff' && option === 'AGGREGATE' && left >= 1) {
      aggregate = optionOf(args[++index]);
      if (!['SUM', 'MIN', 'MAX'].includes(aggregate)) throw syntaxError();
    } else if (mayHaveScores && option === 'WITHSCORES') hasScores = true;
    else throw syntaxError();
  }
  const weighted = inputs.map((input, index) =>
    input.map(([member, score]) => [member, notNaN(score * weights[index]!)] as const),
  );
  const result = new SortedSet(together(weighted, operation, aggregate));
  return { all: result.slice(0, result.size), hasScores };
}

type Input = readonly (readonly [member: Bytes, score: number])[];

function inputOf(database: Database, key: Bytes): Input {
  const value = database.peek(key);
  if (value === undefined) return [];
  if (value.type === 'set') return [...value.members].map((member) => [member, 1] as const);
  if (value.type !== 'zset') throw wrongType();
  return value.sorted.slice(0, value.sorted.size).map(({ member, score }) => [member, score] as const);
}

function weightOf(text: Bytes): number {
  const weight = readScore(text);
  if (weight === undefined) throw new RedisError('ERR weight value is not a float');
  return weight;
}

/** Infinity times 0, or infinity without infinity, is 0. */
const notNaN = (value: number): number => (Number.isNaN(value) ? 0 : value);

function together(inputs: readonly Input[], operation: Operation, aggregate: string): Scored[] {
  const [first = [], ...others] = inputs;
  if (operation === 'diff') {
    const taken = new Set(others.flat().map(([member]) => member));
    return first.filter(([member]) => !taken.has(member)).map(([member, score]) => ({ member, score }));
  }
  const found = new Map<Bytes, { score: number; times: number }>();
  for (const [member, score] of inputs.flat()) {
    const known = found.get(member);
    if (known === undefined) found.set(member, { score, times: 1 });
    else {
      known.score =
        aggregate === 'SUM'
          ? notNaN(known.score + score)
          : aggregate === 'MIN'
            ? Math.min(known.score, score)
            : Math.max(known.score, score);
      known.times += 1;
    }
  }
  return [...found]
    .filter(([, { times }]) => operation === 'union' || times === inputs.length)
    .map(([member, { score }]) => ({ member, score }));
}
