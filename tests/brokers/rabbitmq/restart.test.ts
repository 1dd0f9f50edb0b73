import { describe, it } from 'vitest';
import { expectTalk } from './talk';

/** What a RabbitMQ 3.10 was seen to do when it was stopped and started again (`rabbitmqctl stop_app`, `start_app`). */
describe('a broker that is stopped and started again', () => {
  it('tells its connections, and has what was persistent in a durable queue', () =>
    expectTalk(`
      a1 queue q
      a1 queue transient transient
      a1 queue own exclusive
      a1 publish "" q m1 persistent
      a1 publish "" q m2
      a1 publish "" q m3 persistent
      a1 publish "" transient m4 persistent
      a1 get q
        a1 got: m1 #1
      stop
        a closed: 320 CONNECTION_FORCED - broker forced connection closure with reason 'shutdown'
      start
      q?
        2 ready, 0 unacked, 0 consumers
      transient?
        none
      own?
        none
      b1 consume q t
        t: m1 #1 again
        t: m3 #2
    `));

  it('gives to no connection what another gave back', () =>
    expectTalk(`
      a1 queue q
      a1 consume q one prefetch=1
      b1 consume q two
      a1 publish "" q m1 persistent
        one: m1 #1
      stop
        a closed: 320 CONNECTION_FORCED - broker forced connection closure with reason 'shutdown'
        b closed: 320 CONNECTION_FORCED - broker forced connection closure with reason 'shutdown'
      start
      q?
        1 ready, 0 unacked, 0 consumers
    `));

  it('has everything that was in a quorum queue, and counts the delivery that it ended', () =>
    expectTalk(`
      a1 queue q x-queue-type=quorum x-delivery-limit=0 x-dead-letter-exchange= x-dead-letter-routing-key=dead
      a1 queue dead x-queue-type=quorum
      a1 publish "" q m1
      a1 publish "" q m2
      a1 get q
        a1 got: m1 #1
      stop
        a closed: 320 CONNECTION_FORCED - broker forced connection closure with reason 'shutdown'
      start
      b1 get q
        b1 got: m2 #1
      b1 get dead
        b1 got: m1 #2 delivery_limit in q x1
    `));

  it('has only what is durable of exchanges and bindings', () =>
    expectTalk(`
      a1 queue q
      a1 exchange e topic
      a1 exchange f fanout transient
      a1 bind q e k
      a1 bind q f k
      stop
        a closed: 320 CONNECTION_FORCED - broker forced connection closure with reason 'shutdown'
      start
      b1 publish e k m1
      q?
        1 ready, 0 unacked, 0 consumers
      b1 publish f k m2
        b1 closed: 404 NOT_FOUND - no exchange 'f' in vhost '/'
    `));

  it('sees at its start whose time was over meanwhile', () =>
    expectTalk(`
      a1 queue q x-message-ttl=100 x-dead-letter-exchange= x-dead-letter-routing-key=dead
      a1 queue dead
      a1 queue idle x-expires=100
      a1 publish "" q m1 persistent
      stop
        a closed: 320 CONNECTION_FORCED - broker forced connection closure with reason 'shutdown'
      wait 200
      dead?
        0 ready, 0 unacked, 0 consumers
      start
      dead?
        1 ready, 0 unacked, 0 consumers
      idle?
        0 ready, 0 unacked, 0 consumers
      wait 100
      idle?
        none
    `));
});
