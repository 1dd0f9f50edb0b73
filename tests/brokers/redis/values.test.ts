import { describe, it } from 'vitest';
import { expectTalk } from './talk';

describe('plain values', () => {
  it('expire, and outlive that when told so', () =>
    expectTalk(`
      a SET k v PX 100 NX
        a OK
      a SET k w NX
        a nil
      a PTTL k
        a 100
      a SET k w KEEPTTL
        a OK
      a SET other x EX 1
        a OK
      a PERSIST other
        a 1
      wait 100
      a GET k
        a nil
      a TTL k
        a -2
      a TTL other
        a -1
      a SET other y XX GET
        a x
      a EXPIRE other 10 XX
        a 0
      a EXPIRE other 10 NX
        a 1
      a EXPIRE other 5 GT
        a 0
      a EXPIRE other 0
        a 1
      a EXISTS other
        a 0
    `));

  it('are refused where they are of another type, or no number', () =>
    expectTalk(`
      a SET k text
        a OK
      a INCR k
        a ! ERR value is not an integer or out of range
      a LPUSH k x
        a ! WRONGTYPE Operation against a key holding the wrong kind of value
      a SET n 9223372036854775807
        a OK
      a INCR n
        a ! ERR increment or decrement would overflow
      a SET k v EX 0
        a ! ERR invalid expire time in 'set' command
      a SET k v NX XX
        a ! ERR syntax error
      a GET
        a ! ERR wrong number of arguments for 'get' command
      a NOPE 1
        a ! ERR unknown command 'NOPE', with args beginning with: '1' 
      a XGROUP NOPE
        a ! ERR unknown subcommand 'NOPE'. Try XGROUP HELP.
    `));

  it('are looked at before the options of a scan and the time of GETEX, and after the options of EXPIRE', () =>
    expectTalk(`
      a HSCAN none 0 COUNT 0
        a [0 []]
      a SSCAN none 0 MATCH
        a [0 []]
      a SET k v EX 5 EX 10
        a OK
      a TTL k
        a 10
      a ZSCAN k 0 COUNT x
        a ! WRONGTYPE Operation against a key holding the wrong kind of value
      a GETEX none EX 0
        a nil
      a GETEX k EX
        a ! ERR syntax error
      a EXPIREAT k x NOW
        a ! ERR Unsupported option NOW
      a HINCRBYFLOAT k f x
        a ! ERR value is not a valid float
      a HINCRBYFLOAT k f inf
        a ! ERR value is NaN or Infinity
    `));

  it('live for as long as 64 bits can say', () =>
    expectTalk(`
      a SET k v EX 99999999999999
        a OK
      a TTL k
        a 99999999999999
      a EXPIRE k 9223372036854775
        a ! ERR invalid expire time in 'expire' command
    `));

  it('are added up in hexadecimal too, and however many digits they have', () =>
    expectTalk(`
      a INCRBYFLOAT n 0x1.8p1
        a 3
      a HINCRBYFLOAT h f -0x10
        a -16
      a INCRBYFLOAT n 0x
        a ! ERR value is not a valid float
      a SET n ${'9'.repeat(300)}
        a OK
      a INCRBYFLOAT n -${'9'.repeat(300)}
        a 0
    `));

  it('vanish with their last field, member or item', () =>
    expectTalk(`
      a HSET h f 1 g 2
        a 2
      a HINCRBY h f 4
        a 5
      a HGETALL h
        a [f 5 g 2]
      a HDEL h f g nope
        a 2
      a SADD s x y x
        a 2
      a SREM s x y
        a 2
      a RPUSH l 1 2 3
        a 3
      a LPUSH l 0
        a 4
      a LRANGE l 0 -2
        a [0 1 2]
      a LREM l -1 2
        a 1
      a LPOP l 5
        a [0 1 3]
      a EXISTS h s l
        a 0
    `));

  it('serve who has waited longest for a list, one each', () =>
    expectTalk(`
      a BLPOP q 0
      b BLPOP q other 1
      c RPUSH q 1
        a [q 1]
        c 1
      wait 1000
        b nil
      c RPUSH q 2
        c 1
      a BRPOP q 0
        a [q 2]
    `));
});

describe('a transaction', () => {
  it('runs whole, and goes on after a command that fails', () =>
    expectTalk(`
      a MULTI
        a OK
      a SET k text
        a QUEUED
      a INCR k
        a QUEUED
      a BLPOP none 0
        a QUEUED
      a EXEC
        a [OK ! ERR value is not an integer or out of range nil]
      a EXEC
        a ! ERR EXEC without MULTI
    `));

  it('is off when the time of a watched key is over, unless it was over before', () =>
    expectTalk(`
      a SET k 1 PX 10
        a OK
      a WATCH k
        a OK
      wait 20
      a MULTI
        a OK
      a PING
        a QUEUED
      a EXEC
        a nil
      a SET k 1 PX 10
        a OK
      wait 20
      a WATCH k
        a OK
      a MULTI
        a OK
      a PING
        a QUEUED
      a EXEC
        a [PONG]
    `));

  it('is off when a watched key changed, or a command was malformed', () =>
    expectTalk(`
      a WATCH k
        a OK
      b SET k 1
        b OK
      a MULTI
        a OK
      a SET k 2
        a QUEUED
      a EXEC
        a nil
      a MULTI
        a OK
      a GET
        a ! ERR wrong number of arguments for 'get' command
      a EXEC
        a ! EXECABORT Transaction discarded because of previous errors.
      a GET k
        a 1
    `));
});
