import { describe, it } from 'vitest';
import { expectTalk } from './talk';

describe('several messages settled at once', () => {
  it('come back by consumer, by their names, and each part finds who has room', () =>
    expectTalk(`
      a1 queue q
      b1 qos 1
      b1 consume q t1
      b1 qos 2
      b1 consume q t2
      a1 publish "" q m1
        t1: m1 #1
      a1 publish "" q m2
        t2: m2 #2
      a1 publish "" q m3
        t2: m3 #3
      b1 nack 3 multiple
        t1: m1 #4 again
        t2: m2 #5 again
        t2: m3 #6 again
    `));

  it('come back to a quorum queue without a delivery limit one by one, behind what waits', () =>
    expectTalk(`
      a1 queue q x-queue-type=quorum
      b1 qos 2
      b1 consume q t
      a1 publish "" q m1
        t: m1 #1
      a1 publish "" q m2
        t: m2 #2
      a1 publish "" q m3
      b1 nack 2 multiple
        t: m3 #3
        t: m1 #4 again
    `));
});

describe('a full quorum queue that refuses', () => {
  it('takes one too many, tells who publishes, and takes from somebody new once it is not over', () =>
    expectTalk(`
      a1 queue q x-queue-type=quorum x-max-length=1 x-overflow=reject-publish
      b1 confirm
      b1 publish "" q m1
        b1 confirm ack 1
      b1 publish "" q m2
        b1 confirm ack 2
      b1 publish "" q m3
        b1 confirm nack 3 and before
      a1 get q noack
        a1 got: m1 #1
      b1 publish "" q m4
        b1 confirm nack 4 and before
      c1 confirm
      c1 publish "" q m5
        c1 confirm ack 1
    `));

  it('takes dead letters all the same', () =>
    expectTalk(`
      a1 queue full x-queue-type=quorum x-max-length=1 x-overflow=reject-publish
      a1 queue work x-dead-letter-exchange= x-dead-letter-routing-key=full
      a1 publish "" full m1
      a1 publish "" full m2
      a1 publish "" full m3
      full?
        2 ready, 0 unacked, 0 consumers
      b1 consume work t
      a1 publish "" work m4
        t: m4 #1
      b1 reject 1 drop
      full?
        3 ready, 0 unacked, 0 consumers
    `));
});

describe('a durable exclusive queue', () => {
  it('is not durable', () =>
    expectTalk(`
      a1 queue q exclusive
      a1 queue q exclusive transient
    `));
});

describe('a connection that ends', () => {
  it('gives nothing of what one of its channels had to another of its own', () =>
    expectTalk(`
      a1 queue q
      a1 consume q one
      a1 publish "" q m1
        one: m1 #1
      a2 consume q two
      a gone
      q?
        1 ready, 0 unacked, 0 consumers
      b1 consume q three
        three: m1 #1 again
    `));

  it('has a quorum queue take back from one of its consumers after the other', () =>
    expectTalk(`
      a1 queue q x-queue-type=quorum
      a1 consume q late prefetch=1
      a1 consume q early prefetch=1
      a1 publish "" q m1
        late: m1 #1
      a1 publish "" q m2
        early: m2 #2
      a gone
      b1 consume q other
        other: m2 #1 again
        other: m1 #2 again
    `));
});

describe('a quorum queue that may hold nothing', () => {
  it('hands out what was given back before it looks at its limit', () =>
    expectTalk(`
      a1 queue q x-queue-type=quorum x-max-length=0
      a1 consume q t
      a1 publish "" q m1
        t: m1 #1
      a1 reject 1
        t: m1 #2 again
    `));
});
