import { describe, expect, it } from 'vitest';
import type { Entry } from '../../src/log/entry';
import { Causes } from '../../src/projections/causes';
import { LogBuilder } from './log-builder';

function causesOf(log: LogBuilder): Causes {
  const causes = new Causes((seq) => log.entries[seq] as Entry);
  for (const entry of log.entries) causes.append(entry);
  return causes;
}

function told(log: LogBuilder, message: string, position = log.entries.length): unknown {
  return causesOf(log)
    .messageAt(message, position)
    ?.deliveries.map(({ listener, state, fate, attempt }) => [listener, state, fate, attempt]);
}

describe('a message', () => {
  const log = new LogBuilder();
  log.start('mail');
  log.declare();
  const send = {
    subscription: log.subscribe('mail', 'send', { attempts: 3, deadLetter: 'dead' }),
    process: 'mail',
    listener: 'send',
  };
  const count = { subscription: log.subscribe('mail', 'count'), process: 'mail', listener: 'count' };
  const message = log.publish('order.created');
  log.route(message, [send.subscription, count.subscription]);
  const first = log.dispatch(message, send, { arrivesAtMs: 10 });
  const other = log.dispatch(message, count);
  log.begin(other);
  log.succeed(other, 4);
  const sentOn = log.entries.length;
  log.at(10).begin(first);
  log.fail(first, 2, 6);
  log.retry(first, 3, 200);
  const waiting = log.entries.length;
  const second = log.at(200).dispatch(message, send, { attempt: 2 });
  log.begin(second);
  log.fail(second, 0, 1);
  log.deadLetter(second, 'dead');

  it('is not there before it is published', () => {
    expect(causesOf(log).messageAt(message, 0)).toBeUndefined();
  });

  it('is told as it stands at the playhead, not as it ends', () => {
    expect(told(log, message, sentOn)).toEqual([
      ['send', 'on the way', 'flight', 1],
      ['count', 'succeeded', 'delivered', 1],
    ]);
    expect(told(log, message, waiting)).toEqual([
      ['send', 'retry', 'retried', 2],
      ['count', 'succeeded', 'delivered', 1],
    ]);
    expect(causesOf(log).messageAt(message, waiting)).toMatchObject({
      fate: 'retried',
      deliveries: [{ dueAtMs: 200, attempts: 3, tookMs: 6, failure: { name: 'Error' } }, { tookMs: 4 }],
    });
  });

  it('shows the worst of its deliveries', () => {
    expect(causesOf(log).messageAt(message, log.entries.length)).toMatchObject({
      fate: 'dead',
      deliveries: [{ state: 'dead-lettered', deadLetter: 'dead', attempt: 2 }, { state: 'succeeded' }],
    });
  });

  it('waits in its queue, goes back to it after a crash and says so', () => {
    const queued = new LogBuilder();
    queued.start('mail');
    const to = { subscription: queued.subscribe('mail', 'send', { queue: 'mail' }), process: 'mail', listener: 'send' };
    const id = queued.publish('order.created');
    queued.enqueue(id, 'mail');
    expect(told(queued, id)).toEqual([[undefined, 'queued', 'flight', 1]]);
    const sent = queued.dispatch(id, to, { queue: 'mail' });
    queued.begin(sent);
    queued.crash('mail', 1);
    queued.requeue(sent, 'mail');
    expect(told(queued, id)).toEqual([['send', 'queued', 'retried', 1]]);
  });

  it('is interrupted for good when the process of a plain listener goes away', () => {
    const plain = new LogBuilder();
    plain.start('mail');
    const to = { subscription: plain.subscribe('mail', 'send'), process: 'mail', listener: 'send' };
    const id = plain.publish('order.created');
    plain.begin(plain.dispatch(id, to));
    plain.crash('mail', 1);
    expect(told(plain, id)).toEqual([['send', 'interrupted', 'failed', 1]]);
  });

  it('leaves a replay out of its own fate', () => {
    const replay = new LogBuilder();
    const to = { subscription: replay.subscribe('mail', 'send'), process: 'mail', listener: 'send' };
    const id = replay.publish('order.created');
    const sent = replay.dispatch(id, to);
    replay.begin(sent);
    replay.succeed(sent);
    replay.begin(replay.dispatch(id, to, { replayed: true }), true);
    expect(told(replay, id)).toEqual([
      ['send', 'succeeded', 'delivered', 1],
      ['send', 'handling', 'replayed', 1],
    ]);
    expect(causesOf(replay).messageAt(id, replay.entries.length)?.fate).toBe('delivered');
  });

  it('is dropped when a link lost it on its way to the broker', () => {
    const lossy = new LogBuilder();
    const id = lossy.publish('order.created', { process: 'shop', lost: true });
    expect(causesOf(lossy).messageAt(id, lossy.entries.length)?.fate).toBe('dropped');
  });
});

describe('the tree of causes', () => {
  const log = new LogBuilder();
  const root = log.publish('order.created');
  const paid = log.at(5).publish('order.paid', { causation: root, process: 'pay' });
  const stock = log.at(7).publish('stock.reserved', { causation: root, process: 'stock' });
  const sent = log.at(9).publish('mail.sent', { causation: paid, process: 'mail' });
  log.at(11).publish('other');

  it('is the same from any of its messages, depth first', () => {
    const causes = causesOf(log);
    for (const message of [root, paid, stock, sent]) {
      const { nodes, rest, spanMs } = causes.causeTree(message, log.entries.length);
      expect(nodes.map(({ id, depth, last }) => [id, depth, last])).toEqual([
        [root, 0, true],
        [paid, 1, false],
        [sent, 2, true],
        [stock, 1, true],
      ]);
      expect(nodes.map(({ sinceCauseMs }) => sinceCauseMs)).toEqual([undefined, 5, 4, 7]);
      expect([rest, spanMs]).toEqual([0, 9]);
    }
  });

  it('ends at the playhead, and counts what does not fit', () => {
    expect(
      causesOf(log)
        .causeTree(root, 2)
        .nodes.map(({ id }) => id),
    ).toEqual([root, paid]);
    expect(causesOf(log).causeTree(root, 5, 1)).toMatchObject({ nodes: [{ id: root }], rest: 3, spanMs: 9 });
  });

  it('leads from an entry back to what began it', () => {
    const chain = new LogBuilder();
    const started = chain.start('shop');
    const printed = chain.add({
      type: 'console.printed',
      cause: started,
      process: 'shop',
      stream: 'stdout',
      text: 'a\n',
    });
    const second = chain.add({
      type: 'console.printed',
      cause: printed,
      process: 'shop',
      stream: 'stdout',
      text: 'b\n',
    });
    expect(
      causesOf(chain)
        .causeOf(second)
        .map(({ seq }) => seq),
    ).toEqual([printed, started]);
  });
});
