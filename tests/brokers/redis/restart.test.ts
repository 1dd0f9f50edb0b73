import { describe, it } from 'vitest';
import { expectTalk } from './talk';

describe('a Redis that is stopped and started again', () => {
  it('has its data, streams and what is pending in them, and nobody who listens', () =>
    expectTalk(`
      a SET k v PX 100
        a OK
      a XADD s 1-1 f v
        a 1-1
      a XGROUP CREATE s g 0
        a OK
      a XREADGROUP GROUP g alice STREAMS s >
        a [[s [[1-1 [f v]]]]]
      b SUBSCRIBE news
        b subscribe news 1
      c BLPOP l 0
      stop
        a hung up
        b hung up
        c hung up
      wait 100
      start
      d PUBLISH news hello
        d 0
      d GET k
        d nil
      d XPENDING s g
        d [1 1-1 1-1 [[alice 1]]]
    `));
});
