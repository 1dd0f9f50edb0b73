import { describe, it } from 'vitest';
import { expectTalk } from './talk';

describe('a policy', () => {
  it('limits the queues that its pattern finds, and no others', () =>
    expectTalk(`
      policy short ^log\\. max-length=1
      a1 queue log.a
      a1 queue catalog.a
      a1 publish "" log.a m1
      a1 publish "" log.a m2
      a1 publish "" catalog.a m1
      a1 publish "" catalog.a m2
      log.a?
        1 ready, 0 unacked, 0 consumers
      catalog.a?
        2 ready, 0 unacked, 0 consumers
    `));

  it('of the highest priority applies alone: what others say is not added', () =>
    expectTalk(`
      policy low . priority=1 max-length=1
      policy high . priority=2 message-ttl=100
      a1 queue q
      a1 publish "" q m1
      a1 publish "" q m2
      q?
        2 ready, 0 unacked, 0 consumers
      wait 100
      q?
        0 ready, 0 unacked, 0 consumers
    `));

  it('lowers a limit of the queue and never raises one', () =>
    expectTalk(`
      policy two . max-length=2
      a1 queue own x-max-length=1
      a1 queue policed x-max-length=3
      a1 publish "" own m1
      a1 publish "" own m2
      a1 publish "" policed m1
      a1 publish "" policed m2
      a1 publish "" policed m3
      own?
        1 ready, 0 unacked, 0 consumers
      policed?
        2 ready, 0 unacked, 0 consumers
    `));

  it('leaves a dead-letter exchange that the queue has itself', () =>
    expectTalk(`
      a1 exchange theirs fanout
      a1 exchange own fanout
      policy dead ^q dead-letter-exchange=theirs
      a1 queue q1
      a1 queue q2 x-dead-letter-exchange=own
      a1 queue from-theirs
      a1 bind from-theirs theirs
      a1 queue from-own
      a1 bind from-own own
      a1 publish "" q1 m1
      a1 publish "" q2 m2
      b1 get q1
        b1 got: m1 #1
      b1 nack 1 drop
      b1 get q2
        b1 got: m2 #2
      b1 nack 2 drop
      b1 get from-theirs
        b1 got: m1 #3 rejected in q1 x1
      b1 get from-own
        b1 got: m2 #4 rejected in q2 x1
    `));

  it('gives exchanges an alternate, and queues nothing when it is for exchanges', () =>
    expectTalk(`
      policy alt . apply-to=exchanges alternate-exchange=others max-length=1
      a1 exchange e direct
      a1 exchange others fanout
      a1 queue q
      a1 bind q others
      a1 publish e nowhere m1
      a1 publish e nowhere m2
      q?
        2 ready, 0 unacked, 0 consumers
    `));

  it('counts for queues of its type only', () =>
    expectTalk(`
      policy quorum . apply-to=quorum_queues max-length=1
      a1 queue classic
      a1 queue quorum x-queue-type=quorum
      a1 publish "" classic m1
      a1 publish "" classic m2
      a1 publish "" quorum m1
      a1 publish "" quorum m2
      classic?
        2 ready, 0 unacked, 0 consumers
      quorum?
        1 ready, 0 unacked, 0 consumers
    `));

  it('that is changed counts for queues that are there: what is too much goes at once', () =>
    expectTalk(`
      a1 queue q
      a1 queue dead
      a1 publish "" q m1
      a1 publish "" q m2
      a1 publish "" q m3
      policy p ^q max-length=1 dead-letter-exchange="" dead-letter-routing-key=dead
      q?
        1 ready, 0 unacked, 0 consumers
      b1 get dead
        b1 got: m1 #1 maxlen in q x1
      policy p ^nobody max-length=1
      a1 publish "" q m4
      q?
        2 ready, 0 unacked, 0 consumers
    `));

  it('lets a queue expire from the time on at which it is set', () =>
    expectTalk(`
      a1 queue q
      wait 500
      policy p . expires=300
      wait 200
      q?
        0 ready, 0 unacked, 0 consumers
      wait 100
      q?
        none
    `));
});

describe('an operator policy', () => {
  it('lowers what a policy allows, and leaves what is lower', () =>
    expectTalk(`
      policy op . operator=yes max-length=2
      policy wide ^wide max-length=5
      policy narrow ^narrow max-length=1
      a1 queue wide
      a1 queue narrow
      a1 publish "" wide m1
      a1 publish "" wide m2
      a1 publish "" wide m3
      a1 publish "" narrow m1
      a1 publish "" narrow m2
      wide?
        2 ready, 0 unacked, 0 consumers
      narrow?
        1 ready, 0 unacked, 0 consumers
    `));
});
