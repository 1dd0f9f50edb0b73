import { describe, it } from 'vitest';
import { expectTalk } from './talk';

describe('a client that waits for a stream', () => {
  it('is told of an entry that is trimmed away with its own XADD, by an empty list', () =>
    expectTalk(`
      a XREAD BLOCK 0 STREAMS s $
      b XADD s MAXLEN 0 1-0 f v
        a [[s []]]
        b 1-0
    `));

  it('goes on waiting when its group is set back, and gets all of it with the next entry', () =>
    expectTalk(`
      b XADD s 1-0 f v
        b 1-0
      b XGROUP CREATE s g $
        b OK
      a XREADGROUP GROUP g one BLOCK 0 STREAMS s >
      b XGROUP SETID s g 0
        b OK
      b XADD s 2-0 f v
        a [[s [[1-0 [f v]] [2-0 [f v]]]]]
        b 2-0
    `));
});
