import { describe, it } from 'vitest';
import { expectTalk } from './talk';

/** What later versions do differently; each beside what the recorded one does. */

const returns = (count: number, how: string): string =>
  Array.from(
    { length: count },
    (_, at) => `b1 get q\n  b1 got: m #${at + 1}${at > 0 ? ' again' : ''}\nb1 ${how} ${at + 1}`,
  ).join('\n');
const poison = (count: number, how: string, left: string): string =>
  `a1 queue q x-queue-type=quorum\na1 publish "" q m\n${returns(count, how)}\nq?\n  ${left}`;

describe('the delivery limit of a quorum queue', () => {
  it('is none in 3.10', () => expectTalk(poison(21, 'reject', '1 ready, 0 unacked, 0 consumers'), '3.10'));
  it('is 20 from 4.0 on', () => expectTalk(poison(21, 'reject', '0 ready, 0 unacked, 0 consumers'), '4.0'));
  it('counts what is nacked in 4.0', () => expectTalk(poison(21, 'nack', '0 ready, 0 unacked, 0 consumers'), '4.0'));
  it('does not count what is nacked from 4.3 on', () =>
    expectTalk(poison(21, 'nack', '1 ready, 0 unacked, 0 consumers'), '4.3'));
  it('counts what is rejected in 4.3', () =>
    expectTalk(poison(21, 'reject', '0 ready, 0 unacked, 0 consumers'), '4.3'));

  it('is lifted by -1 from 4.0 on', () =>
    expectTalk(
      poison(21, 'reject', '1 ready, 0 unacked, 0 consumers').replace('quorum', 'quorum x-delivery-limit=-1'),
      '4.0',
    ));
});

describe('what a requeue takes over the delivery limit', () => {
  const consumed = (after: string): string => `
      a1 queue q x-queue-type=quorum x-delivery-limit=0
      a1 publish "" q m1
      a1 publish "" q m2
      a1 publish "" q m3
      b1 qos 1
      b1 consume q t
        t: m1 #1
      b1 reject 1${after}
    `;

  it('frees two places of the prefetch in 3.10', () =>
    expectTalk(consumed('\n        t: m2 #2\n        t: m3 #3'), '3.10'));
  it('frees one place from 4.0 on', () => expectTalk(consumed('\n        t: m2 #2'), '4.0'));
});

describe('priorities in a quorum queue', () => {
  const published = `
      a1 publish "" q n1 priority=4
      a1 publish "" q n2
      a1 publish "" q h1 priority=5
      a1 publish "" q h2 priority=9
      a1 publish "" q h3 priority=5`;

  it('are nothing to 3.10', () =>
    expectTalk(
      `
      a1 queue q x-queue-type=quorum${published}
      b1 consume q t
        t: n1 #1
        t: n2 #2
        t: h1 #3
        t: h2 #4
        t: h3 #5
    `,
      '3.10',
    ));

  it('are two levels in 4.0: of the high one two go out for each other one', () =>
    expectTalk(
      `
      a1 queue q x-queue-type=quorum${published}
      b1 consume q t
        t: h1 #1
        t: h2 #2
        t: n1 #3
        t: h3 #4
        t: n2 #5
    `,
      '4.0',
    ));

  it('are strict in 4.3 with x-max-priority', () =>
    expectTalk(
      `
      a1 queue q x-queue-type=quorum x-max-priority=10${published}
      b1 consume q t
        t: h2 #1
        t: h1 #2
        t: h3 #3
        t: n1 #4
        t: n2 #5
    `,
      '4.3',
    ));

  it('are refused as an argument before 4.3', () =>
    expectTalk(
      `
      a1 queue q x-queue-type=quorum x-max-priority=10
        a1 closed: 406 PRECONDITION_FAILED - invalid arg 'x-max-priority' for queue 'q' in vhost '/' of queue type rabbit_quorum_queue
    `,
      '4.0',
    ));

  it('are at most 31 in 4.3', () =>
    expectTalk(
      `
      a1 queue q x-queue-type=quorum x-max-priority=32
        a1 closed: 406 PRECONDITION_FAILED - invalid arg 'x-max-priority' for queue 'q' in vhost '/': {max_value_exceeded,31,32}
    `,
      '4.3',
    ));
});

describe('what is refused from 4.3 on', () => {
  it('is a queue that is neither durable nor exclusive', () =>
    expectTalk(
      `
      a1 queue q transient
        a closed: 541 INTERNAL_ERROR - Feature \`transient_nonexcl_queues\` is deprecated. By default, this feature is not permitted anymore.
    `,
      '4.3',
    ));

  it('is a limit for all consumers of a channel', () =>
    expectTalk(
      `
      a1 qos 5 global
        a closed: 541 INTERNAL_ERROR - Feature \`global_qos\` is deprecated. By default, this feature is not permitted anymore.
    `,
      '4.3',
    ));

  it('is no transient queue that is exclusive', () => expectTalk('a1 queue q transient exclusive', '4.3'));
  it('is nothing of that in 4.0', () => expectTalk('a1 queue q transient\na1 qos 5 global', '4.0'));

  it('is a mode of classic queues', () =>
    expectTalk(
      `
      a1 queue q x-queue-mode=lazy
        a1 closed: 406 PRECONDITION_FAILED - invalid arg 'x-queue-mode' for queue 'q' in vhost '/' of queue type rabbit_classic_queue
    `,
      '4.3',
    ));
});

describe('the largest message', () => {
  const big = (mib: number): string => `a1 queue q\na1 publish "" q m bytes=${mib * 1_048_576 + 1}`;

  it('has 128 MiB in 3.10', () => expectTalk(`${big(16)}\nq?\n  1 ready, 0 unacked, 0 consumers`, '3.10'));
  it('has 16 MiB from 4.0 on', () =>
    expectTalk(
      `${big(16)}\n  a1 closed: 406 PRECONDITION_FAILED - message size 16777217 is larger than configured max size 16777216`,
      '4.0',
    ));
});

describe('an x-death that a client publishes', () => {
  const republished = (count: number): string => `
      a1 queue q x-dead-letter-exchange="" x-dead-letter-routing-key=dead
      a1 queue dead
      a1 publish "" q m dead-before=q
      b1 get q
        b1 got: m #1 rejected in q x1
      b1 nack 1 drop
      b1 get dead
        b1 got: m #2 rejected in q x${count}`;

  it('is counted on in 3.10', () => expectTalk(republished(2), '3.10'));
  it('is not counted on from 4.0 on', () => expectTalk(republished(1), '4.0'));
});
