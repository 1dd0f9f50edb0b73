import { describe, expect, it } from 'vitest';
import { globMatches } from '../../../src/brokers/redis/glob';
import { expectTalk } from './talk';

describe('Pub/Sub', () => {
  it('loses what nobody hears, and forgets who hung up', () =>
    expectTalk(`
      p PUBLISH news 1
        p 0
      s SUBSCRIBE news
        s subscribe news 1
      s PSUBSCRIBE n*
        s psubscribe n* 2
      p PUBLISH news 2
        p 2
        s message news 2
        s pmessage n* news 2
      s GET k
        s ! ERR Can't execute 'get': only (P|S)SUBSCRIBE / (P|S)UNSUBSCRIBE / PING / QUIT / RESET are allowed in this context
      s gone
      p PUBLISH news 3
        p 0
      p PUBSUB NUMPAT
        p 0
    `));

  it('tells the publisher first, and whoever subscribed last before the others', () =>
    expectTalk(`
      a SUBSCRIBE news
        a subscribe news 1
      b SUBSCRIBE news
        b subscribe news 1
      p PUBLISH news 1
        p 2
        b message news 1
        a message news 1
    `));

  it('answers what is subscribed to in a transaction among its replies', () =>
    expectTalk(`
      s MULTI
        s OK
      s SUBSCRIBE a
        s QUEUED
      s SSUBSCRIBE a
        s QUEUED
      s EXEC
        s [[subscribe a 1] ! ERR SSUBSCRIBE isn't allowed for a DENY BLOCKING client]
      s PUBSUB CHANNELS a b
        s ! ERR Can't execute 'pubsub|channels': only (P|S)SUBSCRIBE / (P|S)UNSUBSCRIBE / PING / QUIT / RESET are allowed in this context
    `));

  it('leaves the subscribed state with the last subscription', () =>
    expectTalk(`
      s UNSUBSCRIBE
        s unsubscribe null 0
      s SUBSCRIBE a b
        s subscribe a 1
        s subscribe b 2
      s UNSUBSCRIBE
        s unsubscribe a 1
        s unsubscribe b 0
      s PING
        s PONG
      s QUIT
        s OK
        s hung up
    `));
});

describe('a pattern', () => {
  it.each([
    ['a\\*b', 'a*b', true],
    ['a\\*b', 'axb', false],
    ['a\\', 'a\\', true],
    ['[\\]]', ']', true],
    ['[a', 'a', true],
    ['[a\\-c]', 'b', false],
    ['[^', 'x', true],
    ['*[0-9]', 'v1', true],
    ['a**?', 'ab', true],
    ['h?llo*', 'hello', true],
    ['*a*a*a*a*b', 'a'.repeat(200), false],
  ])('%s against %s: %s', (pattern, text, matches) => {
    expect(globMatches(pattern, text)).toBe(matches);
  });
});
