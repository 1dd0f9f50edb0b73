import { describe, it } from 'vitest';
import { expectTalk } from './talk';

describe('a classic queue', () => {
  it('hands out in turn, passes over who is at its limit, and gives back to the old place', () =>
    expectTalk(`
      a1 queue q
      b1 qos 1
      b1 consume q t1
      c1 consume q t2
      a1 publish "" q m1
        t1: m1 #1
      a1 publish "" q m2
        t2: m2 #1
      a1 publish "" q m3
        t2: m3 #2
      b1 ack 1
      a1 publish "" q m4
        t2: m4 #3
      c gone
        t1: m2 #2 again
      q?
        2 ready, 1 unacked, 1 consumers
      b1 ack 2
        t1: m3 #3 again
    `));

  it('forgets what a consumer without acks lost', () =>
    expectTalk(`
      a1 queue q
      a1 publish "" q m1
      b1 consume q t noack
        t: m1 #1
      b gone
      q?
        0 ready, 0 unacked, 0 consumers
    `));

  it('puts out of time only what stands first', () =>
    expectTalk(`
      a1 queue q
      a1 publish "" q long expiration=1000
      a1 publish "" q short expiration=100
      wait 500
      q?
        2 ready, 0 unacked, 0 consumers
      a1 get q
        a1 got: long #1
      q?
        0 ready, 1 unacked, 0 consumers
      wait 600
      a1 nack 1
      q?
        0 ready, 0 unacked, 0 consumers
    `));

  it('comes to the end of a message whose time is no exact binary fraction', () =>
    // 2.067 + 100 is 102.06700000000001: later than the instant at which the queue is woken.
    expectTalk(`
      wait 2.067
      a1 queue q
      a1 publish "" q m expiration=100
      wait 200
      q?
        0 ready, 0 unacked, 0 consumers
    `));

  it('drops its head beyond its length, or refuses what comes', () =>
    expectTalk(`
      a1 queue heads x-max-length=2
      a1 queue tails x-max-length=2 x-overflow=reject-publish
      a1 exchange e fanout
      a1 bind heads e ""
      a1 bind tails e ""
      b1 confirm
      b1 publish e "" m1
        b1 confirm ack 1
      b1 publish e "" m2
        b1 confirm ack 2
      b1 publish e "" m3
        b1 confirm nack 3 and before
      a1 get heads noack
        a1 got: m2 #1
      a1 get tails noack
        a1 got: m1 #2
    `));

  it('goes by priority when it has some', () =>
    expectTalk(`
      a1 queue q x-max-priority=3
      a1 publish "" q low
      a1 publish "" q high priority=9
      a1 publish "" q high2 priority=3
      a1 consume q t
        t: high #1
        t: high2 #2
        t: low #3
      a1 nack 2
        t: high2 #4 again
    `));

  it('expires when nobody uses it', () =>
    expectTalk(`
      a1 queue q x-expires=500
      wait 400
      a1 get q
        empty
      wait 400
      q?
        0 ready, 0 unacked, 0 consumers
      wait 100
      q?
        none
    `));

  it('is deleted before those who did it hear of their own consumers', () =>
    expectTalk(`
      a1 queue q
      a1 consume q t
      a1 delete q
        0 messages
        a1 cancelled t
    `));

  it('tells its consumers when it is deleted', () =>
    expectTalk(`
      a1 queue q
      b1 consume q t
      a1 publish "" q m1
        t: m1 #1
      a1 delete q unused
        a1 closed: 406 PRECONDITION_FAILED - queue 'q' in vhost '/' in use
      a2 delete q
        b1 cancelled t
        0 messages
      b1 ack 1
      q?
        none
    `));

  it('has one active consumer when it wants that', () =>
    expectTalk(`
      a1 queue q x-single-active-consumer=true
      b1 consume q t1
      c1 consume q t2
      a1 publish "" q m1
        t1: m1 #1
      a1 publish "" q m2
        t1: m2 #2
      b gone
        t2: m1 #1 again
        t2: m2 #2 again
    `));
});

describe('a quorum queue', () => {
  it('gives a message up when it came back too often', () =>
    expectTalk(`
      a1 queue dead
      a1 queue q x-queue-type=quorum x-delivery-limit=1 x-dead-letter-exchange="" x-dead-letter-routing-key=dead
      b1 consume q t
      a1 publish "" q m1
        t: m1 #1
      b1 nack 1
        t: m1 #2 again
      b1 nack 2
      a1 get dead
        a1 got: m1 #1 delivery_limit in q x1
    `));

  it('cannot be what only classic queues are', () =>
    expectTalk(`
      a1 queue q x-queue-type=quorum transient
        a1 closed: 406 PRECONDITION_FAILED - invalid property 'non-durable' for queue 'q' in vhost '/'
      a2 queue q x-queue-type=quorum x-max-priority=2
        a2 closed: 406 PRECONDITION_FAILED - invalid arg 'x-max-priority' for queue 'q' in vhost '/' of queue type rabbit_quorum_queue
    `));
});

describe('dead letters', () => {
  it('go round through a waiting queue, and count', () =>
    expectTalk(`
      a1 queue work x-dead-letter-exchange="" x-dead-letter-routing-key=wait
      a1 queue wait x-message-ttl=100 x-dead-letter-exchange="" x-dead-letter-routing-key=work
      b1 consume work t
      a1 publish "" work m1
        t: m1 #1
      b1 reject 1 drop
      wait 100
        t: m1 #2 expired in wait x1, rejected in work x1
      b1 reject 2 drop
      wait 100
        t: m1 #3 expired in wait x2, rejected in work x2
    `));

  it('end when nothing but the broker keeps them going', () =>
    expectTalk(`
      a1 queue q x-message-ttl=100 x-dead-letter-exchange="" x-dead-letter-routing-key=q
      a1 publish "" q m1
      wait 100
      q?
        0 ready, 0 unacked, 0 consumers
    `));
});

describe('a channel', () => {
  it('ends with an unknown tag, and gives back what it held', () =>
    expectTalk(`
      a1 queue q
      a1 publish "" q m1
      a1 get q
        a1 got: m1 #1
      a1 ack 7
        a1 closed: 406 PRECONDITION_FAILED - unknown delivery tag 7
      q?
        1 ready, 0 unacked, 0 consumers
    `));

  it('returns what reaches no queue, before it confirms it', () =>
    expectTalk(`
      a1 confirm
      a1 publish "" nowhere m1 mandatory
        a1 returned m1: NO_ROUTE
        a1 confirm ack 1
      a1 publish ghost key m2
        a1 closed: 404 NOT_FOUND - no exchange 'ghost' in vhost '/'
    `));

  it('gets answers straight from who answers', () =>
    expectTalk(`
      a1 queue requests
      a1 consume amq.rabbitmq.reply-to replies noack
      a1 publish "" requests question reply=amq.rabbitmq.reply-to
      b1 get requests
        b1 got: question #1
      b1 publish "" amq.rabbitmq.reply-to.gggggggggggggggggggggg answer
        replies: answer #1
      a gone
      b1 publish "" amq.rabbitmq.reply-to.gggggggggggggggggggggg late mandatory
        b1 returned late: NO_ROUTE
    `));
});

describe('a declaration', () => {
  it('must say the same again', () =>
    expectTalk(`
      a1 queue q x-max-length=5
      a1 queue q x-max-length=5
      a1 queue q
        a1 closed: 406 PRECONDITION_FAILED - inequivalent arg 'x-max-length' for queue 'q' in vhost '/': received none but current is the value '5' of type 'byte'
      a2 queue q x-max-length=6
        a2 closed: 406 PRECONDITION_FAILED - inequivalent arg 'x-max-length' for queue 'q' in vhost '/': received '6' but current is '5'
    `));

  it('keeps an exclusive queue to its connection, and ends it with that', () =>
    expectTalk(`
      a1 queue mine exclusive
      b2 bind mine nowhere k
        b2 closed: 404 NOT_FOUND - no exchange 'nowhere' in vhost '/'
      b1 get mine
        b1 closed: 405 RESOURCE_LOCKED - cannot obtain exclusive access to locked queue 'mine' in vhost '/'. It could be originally declared on another connection or the exclusive property value does not match that of the original declaration.
      a gone
      mine?
        none
    `));
});
