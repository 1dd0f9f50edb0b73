import { describe, it } from 'vitest';
import { expectTalk } from './talk';

/** As RabbitMQ 3.10.8 was seen to do it, with `rabbit_alarm:set_alarm` and `clear_alarm`. */
describe('while RabbitMQ is low on a resource', () => {
  it('blocks a connection at the next message that it publishes, not before, and reads nothing of it', () => {
    expectTalk(`
      a1 queue q
      a1 publish "" q one
      b1 consume q t noack
        t: one #1
      alarm memory
      a1 queue other
      a1 publish "" q two
        a blocked: low on memory
      a1 publish "" q three
      a1 delete other
      q?
        0 ready, 0 unacked, 1 consumers
      alarm
        a unblocked
        t: two #2
        t: three #3
        0 messages
    `);
  });

  it('leaves alone who only consumes, and holds the acks of who is blocked', () => {
    expectTalk(`
      a1 queue q
      a1 publish "" q one
      a1 publish "" q two
      a1 publish "" q three
      a1 publish "" q four
      b1 qos 1
      b1 consume q b
        b: one #1
      c1 qos 1
      c1 consume q c
        c: two #1
      alarm disk
      b1 ack 1
        b: three #2
      c1 publish "" other result
        c blocked: low on disk
      c1 ack 1
      q?
        1 ready, 2 unacked, 2 consumers
      alarm
        c unblocked
        c: four #2
    `);
  });

  it('names all that it is low on, once, and unblocks when it is low on nothing any more', () => {
    expectTalk(`
      a1 queue q
      alarm memory
      a1 publish "" q one
        a blocked: low on memory
      alarm memory disk
      b1 publish "" q two
        b blocked: low on disk & memory
      alarm disk
      alarm
        a unblocked
        b unblocked
      q?
        2 ready, 0 unacked, 0 consumers
    `);
  });

  it('still takes an empty message, which is all header, and only the first', () => {
    expectTalk(`
      a1 queue q
      a1 confirm
      alarm memory
      a1 publish "" q
        a blocked: low on memory
        a1 confirm ack 1
      a1 publish "" q
      q?
        1 ready, 0 unacked, 0 consumers
      alarm
        a unblocked
        a1 confirm ack 2
    `);
  });

  it('notices that a blocked connection is gone once it reads on; what the broker ends is lost', () => {
    expectTalk(`
      a1 queue q
      a1 publish "" q one
      a1 consume q t
        t: one #1
      alarm memory
      a1 publish "" q two
        a blocked: low on memory
      a gone
      q?
        0 ready, 1 unacked, 1 consumers
      alarm
        a unblocked
        t: two #2
      q?
        2 ready, 0 unacked, 0 consumers
      alarm memory
      b1 publish "" q three
        b blocked: low on memory
      stop
        b closed: 320 CONNECTION_FORCED - broker forced connection closure with reason 'shutdown'
      start
      c1 publish "" q four
        c blocked: low on memory
      alarm
        c unblocked
    `);
  });
});
