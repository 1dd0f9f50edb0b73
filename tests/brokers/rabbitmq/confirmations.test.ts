import { describe, it } from 'vitest';
import { expectTalk } from './talk';

/** In the order in which RabbitMQ 3.10.8 was seen to answer most often: how its processes overtake one another is left to chance there. */
describe('publisher confirms of messages that were read together', () => {
  it('come first for those that reach no queue, and are summed up for the others', () => {
    expectTalk(`
      a1 queue q
      a1 confirm
      a1 publish "" q 1 & a1 publish "" none 2 & a1 publish "" q 3 & a1 publish "" none 4
        a1 confirm ack 2
        a1 confirm ack 4
        a1 confirm ack 3 and before
      a1 publish "" q 5 & a1 publish "" q 6 & a1 publish "" q 7
        a1 confirm ack 7 and before
      a1 publish "" q 8
        a1 confirm ack 8
    `);
  });

  it('keep acks and refusals apart', () => {
    expectTalk(`
      a1 queue q
      a1 queue full x-max-length=0 x-overflow=reject-publish
      a1 confirm
      a1 publish "" q 1 & a1 publish "" full 2 & a1 publish "" none 3 & a1 publish "" q 4 & a1 publish "" full 5
        a1 confirm ack 3
        a1 confirm ack 1 and before
        a1 confirm ack 4
        a1 confirm nack 2
        a1 confirm nack 5
      a1 publish "" full 6
        a1 confirm nack 6 and before
    `);
  });

  it('come from quorum queues after those from classic ones', () => {
    expectTalk(`
      a1 queue q
      a1 queue log x-queue-type=quorum
      a1 confirm
      a1 publish "" log 1 & a1 publish "" q 2 & a1 publish "" none 3 & a1 publish "" log 4 & a1 publish "" q 5
        a1 confirm ack 3
        a1 confirm ack 2
        a1 confirm ack 5
        a1 confirm ack 4 and before
      a1 publish "" q 6 & a1 publish "" q 7 & a1 publish "" log 8
        a1 confirm ack 7 and before
        a1 confirm ack 8
    `);
  });

  it('do not come once the channel is closed', () => {
    expectTalk(`
      a1 queue q
      a1 confirm
      a1 publish "" q 1 & a1 close
      b1 queue q
      q?
        1 ready, 0 unacked, 0 consumers
    `);
  });
});
