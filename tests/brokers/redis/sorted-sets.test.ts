import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SortedSet } from '../../../src/brokers/redis/sorted-set';
import { expectTalk } from './talk';

// What Redis 7.0.15 answered.

describe('sorted sets', () => {
  it('are ordered by score, and by bytes where scores are equal', () =>
    expectTalk(`
      a ZADD s 2 b 1 z 2 a -inf low 1.5 Z
        a 5
      a ZRANGE s 0 -1 WITHSCORES
        a [low -inf z 1 Z 1.5 a 2 b 2]
      a ZRANGE s 0 1 REV
        a [b a]
      a ZREVRANGE s 1 2 WITHSCORES
        a [a 2 Z 1.5]
      a ZRANK s a
        a 3
      a ZREVRANK s a
        a 1
      a ZRANK s nobody
        a nil
      a ZCARD s
        a 5
      a TYPE s
        a zset
    `));

  it('change a score under conditions, and say how many have changed', () =>
    expectTalk(`
      a ZADD s 1 a 2 b
        a 2
      a ZADD s CH 5 a 2 b 3 c
        a 2
      a ZADD s NX 9 a 9 d
        a 1
      a ZADD s XX CH 1 a 1 e
        a 1
      a ZADD s GT CH 0 a 7 b
        a 1
      a ZADD s LT CH 0 a 9 b
        a 1
      a ZADD s INCR 2.5 a
        a 2.5
      a ZADD s NX INCR 1 a
        a nil
      a ZINCRBY s -0.1 a
        a 2.3999999999999999
      a ZINCRBY s 1 new
        a 1
      a ZRANGE s 0 -1 WITHSCORES
        a [new 1 a 2.3999999999999999 c 3 b 7 d 9]
      a ZADD s XX GT LT 1 a
        a ! ERR GT, LT, and/or NX options at the same time are not compatible
      a ZADD s NX XX 1 a
        a ! ERR XX and NX options at the same time are not compatible
      a ZADD s INCR 1 a 2 b
        a ! ERR INCR option supports a single increment-element pair
      a ZADD s 1 a 2
        a ! ERR syntax error
      a ZADD s much a
        a ! ERR value is not a valid float
      a ZADD s inf up
        a 1
      a ZINCRBY s -inf up
        a ! ERR resulting score is not a number (NaN)
    `));

  it('are found by score', () =>
    expectTalk(`
      a ZADD s 1 a 2 b 3 c 4 d
        a 4
      a ZRANGEBYSCORE s (1 3 WITHSCORES
        a [b 2 c 3]
      a ZRANGEBYSCORE s -inf +inf LIMIT 1 2
        a [b c]
      a ZREVRANGEBYSCORE s +inf (2
        a [d c]
      a ZRANGE s 4 2 BYSCORE REV LIMIT 0 1
        a [d]
      a ZCOUNT s (1 (4
        a 2
      a ZCOUNT s 4 1
        a 0
      a ZRANGEBYSCORE s low 2
        a ! ERR min or max is not a float
      a ZRANGE s 0 -1 LIMIT 0 1
        a ! ERR syntax error, LIMIT is only supported in combination with either BYSCORE or BYLEX
      a ZRANGESTORE t s 2 3 BYSCORE
        a 2
      a ZRANGE t 0 -1 WITHSCORES
        a [b 2 c 3]
      a ZRANGESTORE t s 9 9 BYSCORE
        a 0
      a EXISTS t
        a 0
    `));

  it('are found by member where all scores are equal', () =>
    expectTalk(`
      a ZADD s 0 a 0 b 0 c 0 d
        a 4
      a ZRANGEBYLEX s [b (d
        a [b c]
      a ZRANGEBYLEX s - + LIMIT 1 2
        a [b c]
      a ZREVRANGEBYLEX s (d [b
        a [c b]
      a ZLEXCOUNT s (a +
        a 3
      a ZRANGE s a c BYLEX
        a ! ERR min or max not valid string range item
      a ZRANGE s - + BYLEX WITHSCORES
        a ! ERR syntax error, WITHSCORES not supported in combination with BYLEX
      a ZREMRANGEBYLEX s - [b
        a 2
      a ZRANGE s 0 -1
        a [c d]
    `));

  it('are taken from either end, and are gone with their last member', () =>
    expectTalk(`
      a ZADD s 1 a 2 b 3 c 4 d
        a 4
      a ZPOPMIN s
        a [a 1]
      a ZPOPMAX s 2
        a [d 4 c 3]
      a ZPOPMIN s -1
        a ! ERR value is out of range, must be positive
      a ZPOPMIN s 5
        a [b 2]
      a EXISTS s
        a 0
      a ZPOPMIN s
        a []
      a ZADD s 1 a 2 b 3 c
        a 3
      a ZREMRANGEBYRANK s 0 -2
        a 2
      a ZREMRANGEBYSCORE s -inf (3
        a 0
      a ZREM s c d
        a 1
      a EXISTS s
        a 0
    `));

  it('are put together with each other and with sets', () =>
    expectTalk(`
      a ZADD one 1 a 2 b
        a 2
      a ZADD two 10 b 20 c
        a 2
      a SADD plain a c
        a 2
      a ZUNION 3 one two plain WITHSCORES
        a [a 2 b 12 c 21]
      a ZUNIONSTORE all 2 one two WEIGHTS 2 0.5 AGGREGATE MAX
        a 3
      a ZRANGE all 0 -1 WITHSCORES
        a [a 2 b 5 c 10]
      a ZINTER 2 one two AGGREGATE MIN WITHSCORES
        a [b 2]
      a ZDIFF 2 one two WITHSCORES
        a [a 1]
      a ZINTERSTORE none 2 one missing
        a 0
      a ZUNION 0 one
        a ! ERR at least 1 input key is needed for 'zunion' command
      a ZUNION 3 one two
        a ! ERR syntax error
      a SET text x
        a OK
      a ZUNION 2 one text
        a ! WRONGTYPE Operation against a key holding the wrong kind of value
    `));

  it('write scores as Redis 7.0 does', () =>
    expectTalk(`
      a ZADD s 0.1 a 3.0000076293945312 b 1e17 c 123456 d 0.00001234 e -0 f 0x10 g
        a 7
      a ZRANGE s 0 -1 WITHSCORES
        a [f 0 e 1.234e-05 a 0.10000000000000001 b 3.0000076293945312 g 16 d 123456 c 1e+17]
      a ZSCAN s 0
        a [0 [f 0 e 1.234e-05 a 0.10000000000000001 b 3.0000076293945312 g 16 d 123456 c 100000000000000000]]
      a ZMSCORE s a nobody g
        a [0.10000000000000001 nil 16]
    `));
});

describe('whoever waits for a sorted set', () => {
  it('gets the lowest or the highest as soon as there is one, or nothing when the time is over', () =>
    expectTalk(`
      a BZPOPMIN s t 0
      b BZPOPMAX s 0
      c ZADD s 1 x 2 y
        b [s y 2]
        a [s x 1]
        c 2
      c EXISTS s
        c 0
      a BZPOPMIN s 0.1
      wait 100
        a nil
      c ZADD t 3 z
        c 1
      a BZPOPMAX s t 1
        a [t z 3]
    `));
});

describe('a sorted set', () => {
  it('is in order whatever was added and removed', () => {
    const step = fc.record({
      member: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'),
      score: fc.option(fc.integer({ min: -3, max: 3 })),
    });
    fc.assert(
      fc.property(fc.array(step), (steps) => {
        const set = new SortedSet();
        const model = new Map<string, number>();
        for (const { member, score } of steps)
          if (score === null) expect(set.delete(member)).toBe(model.delete(member));
          else {
            set.set(member, score);
            model.set(member, score);
          }
        const inOrder = [...model].toSorted(([a, x], [b, y]) => x - y || (a < b ? -1 : 1));
        expect(set.slice(0, set.size).map(({ member, score }) => [member, score])).toEqual(inOrder);
        expect(inOrder.map(([member]) => set.rank(member))).toEqual([...inOrder.keys()]);
      }),
    );
  });
});

describe('sets and lists', () => {
  it('move, store and count', () =>
    expectTalk(`
      a SADD one a b c
        a 3
      a SADD two b c d
        a 3
      a SMOVE one two a
        a 1
      a SMOVE one two a
        a 0
      a SMOVE one one b
        a 1
      a SINTERSTORE both one two
        a 2
      a SCARD both
        a 2
      a SDIFFSTORE none both two
        a 0
      a EXISTS none
        a 0
      a SINTERCARD 2 one two LIMIT 1
        a 1
      a SINTERCARD 0 one
        a ! ERR numkeys should be greater than 0
      a SINTERCARD 3 one two
        a ! ERR Number of keys can't be greater than number of args
    `));

  it('tell where a value stands', () =>
    expectTalk(`
      a RPUSH l a b a c a
        a 5
      a LPOS l a
        a 0
      a LPOS l a RANK 2
        a 2
      a LPOS l a RANK -1
        a 4
      a LPOS l a COUNT 2
        a [0 2]
      a LPOS l a COUNT 0 MAXLEN 3
        a [0 2]
      a LPOS l z
        a nil
      a LPOS l z COUNT 1
        a []
      a LPOS l a RANK 0
        a ! ERR RANK can't be zero: use 1 to start from the first match, 2 from the second ... or use negative to start from the end of the list
      a LPOS l a COUNT -1
        a ! ERR COUNT can't be negative
    `));
});
