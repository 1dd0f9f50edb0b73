import { describe, it } from 'vitest';
import { expectTalk } from './talk';

describe('a limit that the consumers of a channel share', () => {
  it('holds up consumers without acks too, though they add nothing to it', () =>
    expectTalk(`
      a1 queue q
      b1 qos 1 global
      b1 consume q t1
      b1 consume q t2 noack
      a1 publish "" q m1
        t1: m1 #1
      a1 publish "" q m2
      q?
        1 ready, 1 unacked, 2 consumers
      b1 ack 1
        t2: m2 #2
    `));

  it('is lifted by a limit for each consumer, and all go on in turn', () =>
    expectTalk(`
      a1 queue q
      b1 qos 1 global
      b1 consume q t1
      b1 consume q t2
      a1 publish "" q m1
        t1: m1 #1
      a1 publish "" q m2
      a1 publish "" q m3
      a1 publish "" q m4
      b1 qos 5
        t2: m2 #2
        t1: m3 #3
        t2: m4 #4
    `));

  it('leaves what comes back to others, when the queue has seen that it was reached', () =>
    expectTalk(`
      a1 queue q
      b1 qos 1 global
      b1 consume q t1 x-priority=5
      c1 consume q t2
      a1 publish "" q m1
        t1: m1 #1
      a1 publish "" q m2
        t2: m2 #1
      b1 nack 1
        t2: m1 #2 again
      a1 publish "" q m3
        t1: m3 #2
    `));
});

describe('a quorum queue', () => {
  it('takes no notice of exclusive consumers', () =>
    expectTalk(`
      a1 queue q x-queue-type=quorum
      b1 consume q t1 exclusive
      c1 consume q t2
      q?
        0 ready, 0 unacked, 2 consumers
    `));

  it('gives nothing out one by one when it has a single active consumer', () =>
    expectTalk(`
      a1 queue q x-queue-type=quorum x-single-active-consumer=true
      a1 publish "" q m1
      b1 get q
        b1 closed: 405 RESOURCE_LOCKED - cannot obtain access to locked queue 'q' in vhost '/'. basic.get operations are not supported by quorum queues with single active consumer
    `));
});
