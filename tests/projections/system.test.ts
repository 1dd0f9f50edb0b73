import { describe, expect, it } from 'vitest';
import { applyEntry, copySystem, createSystem, type SystemState } from '../../src/projections/system';
import { flightsAt } from '../../src/projections/under-way';
import { LogBuilder } from './log-builder';

function fold(log: LogBuilder): SystemState {
  const state = createSystem();
  for (const entry of log.entries) applyEntry(state, entry);
  return state;
}

function shop(): { log: LogBuilder; mail: { subscription: string; process: string; listener: string } } {
  const log = new LogBuilder();
  log.start('shop');
  log.start('mail');
  log.declare();
  const subscription = log.subscribe('mail', 'send', { attempts: 3, queue: 'mail', prefetch: 1, deadLetter: 'dead' });
  return { log, mail: { subscription, process: 'mail', listener: 'send' } };
}

describe('the system', () => {
  it('shows a message halfway along its link', () => {
    const { log } = shop();
    log.at(100).publish('order.created', { process: 'shop', arrivesAtMs: 140 });
    const [placed] = flightsAt(fold(log), 110);
    expect(placed?.progress).toBe(0.25);
    expect(placed?.flight).toMatchObject({ from: 'shop', to: 'shop', eventType: 'order.created', lost: false });
  });

  it('moves a message from ready to unacked to done', () => {
    const { log, mail } = shop();
    const message = log.publish('order.created', { process: 'shop' });
    log.route(message, [], ['mail']);
    log.enqueue(message, 'mail');
    expect(fold(log).brokers.get('shop')?.queues.get('mail')?.ready).toEqual([message]);
    const sent = log.dispatch(message, mail, { queue: 'mail' });
    log.begin(sent);
    const handling = fold(log);
    expect(handling.brokers.get('shop')?.queues.get('mail')?.ready).toEqual([]);
    expect([...(handling.brokers.get('shop')?.queues.get('mail')?.unacked.values() ?? [])]).toMatchObject([
      { process: 'mail' },
    ]);
    expect([...(handling.processes.get('mail')?.deliveries.values() ?? [])]).toMatchObject([
      { eventType: 'order.created', attempt: 1 },
    ]);
    log.succeed(sent);
    expect(fold(log).brokers.get('shop')?.queues.get('mail')).toMatchObject({
      enqueued: 1,
      done: 1,
      unacked: new Map(),
    });
  });

  it('holds a failed message apart until its retry is due, and puts it at the head then', () => {
    const { log, mail } = shop();
    const [first, second] = ['order.created', 'order.created'].map((type) => log.publish(type)) as [string, string];
    log.enqueue(first, 'mail');
    log.enqueue(second, 'mail');
    const sent = log.dispatch(first, mail, { queue: 'mail' });
    log.begin(sent);
    log.fail(sent, 2);
    log.retry(sent, 3, 500);
    const waiting = fold(log).brokers.get('shop')?.queues.get('mail');
    expect(waiting?.ready).toEqual([second]);
    expect(waiting?.retrying.get(first)).toMatchObject({ dueAtMs: 500, nextAttempt: 2, attempts: 3 });
    log.at(500).requeue(sent, 'mail');
    const back = fold(log);
    expect(back.brokers.get('shop')?.queues.get('mail')?.ready).toEqual([first, second]);
    expect(back.brokers.get('shop')?.queues.get('mail')?.returned).toEqual(new Set([first]));
    expect(back.totals.retried).toBe(1);
  });

  it('gives the unacked messages of a crashed process back, and keeps its subscription in sight until it is back', () => {
    const { log, mail } = shop();
    const message = log.publish('order.created');
    log.enqueue(message, 'mail');
    const sent = log.dispatch(message, mail, { queue: 'mail' });
    log.begin(sent);
    log.at(50).crash('mail', 1);
    log.requeue(sent, 'mail');
    const down = fold(log);
    expect(down.processes.get('mail')).toMatchObject({ state: 'crashed', sinceMs: 50, deliveries: new Map() });
    expect(down.brokers.get('shop')?.queues.get('mail')?.ready).toEqual([message]);
    expect([...(down.brokers.get('shop')?.subscriptions.values() ?? [])]).toMatchObject([{ live: false, underWay: 0 }]);
    log.at(80).start('mail');
    const subscription = log.subscribe('mail', 'send', { queue: 'mail' });
    const back = fold(log);
    expect([...(back.brokers.get('shop')?.subscriptions.keys() ?? [])]).toEqual([subscription]);
    expect(back.processes.get('mail')).toMatchObject({ state: 'running', life: 2 });
  });

  it('knows that a worker pool hands one message to one listener after another', () => {
    const log = new LogBuilder();
    log.start('mail');
    log.declare({ mode: 'queue', workers: 1 });
    const to = ['send', 'count'].map((listener) => ({
      subscription: log.subscribe('mail', listener),
      process: 'mail',
      listener,
    }));
    const message = log.publish('order.created');
    log.enqueue(message, 'shop');
    for (const listener of to) {
      const sent = log.dispatch(message, listener, { queue: 'shop' });
      log.begin(sent);
      expect(fold(log).brokers.get('shop')?.queues.get('shop')).toMatchObject({ ready: [], done: 0, enqueued: 1 });
      log.succeed(sent);
    }
    expect(fold(log).brokers.get('shop')?.queues.get('shop')).toMatchObject({ ready: [], done: 1, unacked: new Map() });
  });

  it('lets a crash take what a worker pool had taken, without a word of the queue', () => {
    const log = new LogBuilder();
    log.start('mail');
    log.declare({ mode: 'queue', workers: 1 });
    const to = { subscription: log.subscribe('mail', 'send'), process: 'mail', listener: 'send' };
    const message = log.publish('order.created');
    log.route(message, [], ['shop']);
    log.enqueue(message, 'shop');
    log.dispatch(message, to, { queue: 'shop', arrivesAtMs: 20 });
    log.crash('mail');
    const state = fold(log);
    expect(state.flights.size).toBe(0);
    expect(state.brokers.get('shop')?.queues.get('shop')).toMatchObject({ unacked: new Map(), done: 1 });
  });

  it('takes what waits for nobody any more out of its queue', () => {
    const log = new LogBuilder();
    log.start('mail');
    log.declare({ mode: 'queue', workers: 1 });
    const message = log.publish('order.created');
    log.enqueue(message, 'shop');
    expect(fold(log).brokers.get('shop')?.queues.get('shop')).toMatchObject({ ready: [message] });
    log.add({ type: 'message.dropped', message, broker: 'shop', queue: 'shop', reason: 'consumer-gone' });
    const state = fold(log);
    expect(state.brokers.get('shop')?.queues.get('shop')).toMatchObject({ ready: [] });
    expect(state.totals.dropped).toBe(1);
  });

  it('has nothing under way of what was refused on its arrival', () => {
    const { log } = shop();
    const refused = log.publish('account.opened', { process: 'shop' });
    expect(fold(log).flights.size).toBe(1);
    log.drop(refused, 'refused');
    const state = fold(log);
    expect(state.flights.size).toBe(0);
    expect(state.totals.dropped).toBe(1);
  });

  it('drops what a link lost and what nobody wanted', () => {
    const { log } = shop();
    log.publish('order.created', { process: 'shop', lost: true });
    const unwanted = log.publish('order.cancelled', { process: 'shop' });
    log.route(unwanted, []);
    log.drop(unwanted, 'no-subscriber');
    const state = fold(log);
    expect(state.flights.size).toBe(0);
    expect(state.totals.dropped).toBe(2);
    expect(state.outcomes.map(({ fate }) => fate)).toEqual(['dropped', 'dropped']);
  });

  it('ends the wait of a retry whose consumer is gone', () => {
    const { log } = shop();
    const to = { subscription: log.subscribe('mail', 'count', { attempts: 2 }), process: 'mail', listener: 'count' };
    const message = log.publish('order.created');
    const sent = log.dispatch(message, to);
    log.begin(sent);
    log.fail(sent, 1);
    const cause = log.retry(sent, 2, 300);
    log.crash('mail');
    expect(fold(log).retries.size).toBe(1);
    log.at(300).drop(message, 'consumer-gone', cause);
    expect(fold(log).retries.size).toBe(0);
  });

  it('keeps dead letters by their queue, and what an invariant said', () => {
    const { log, mail } = shop();
    const message = log.publish('order.created');
    log.enqueue(message, 'mail');
    const sent = log.dispatch(message, mail, { queue: 'mail', attempt: 3 });
    log.begin(sent);
    log.fail(sent, 0);
    log.deadLetter(sent, 'dead');
    log.add({ type: 'invariant.declared', process: 'shop', name: 'paid once' });
    log.add({ type: 'invariant.failed', process: 'shop', name: 'paid once', detail: 'twice' });
    log.add({ type: 'invariant.held', process: 'shop', name: 'paid once' });
    const state = fold(log);
    expect(state.brokers.get('shop')?.deadLetters.get('dead')).toMatchObject({
      name: 'dead',
      count: 1,
      letters: [{ message, listener: 'send' }],
    });
    expect([...state.invariants.values()]).toMatchObject([{ ok: true, failures: 1, detail: 'twice' }]);
  });

  it('does not change a copy when it goes on', () => {
    const { log, mail } = shop();
    const message = log.publish('order.created');
    log.enqueue(message, 'mail');
    const state = fold(log);
    const copy = copySystem(state);
    const before = JSON.stringify([...(copy.brokers.get('shop')?.queues ?? [])]);
    const length = log.entries.length;
    log.begin(log.dispatch(message, mail, { queue: 'mail' }));
    for (const entry of log.entries.slice(length)) applyEntry(state, entry);
    expect(JSON.stringify([...(copy.brokers.get('shop')?.queues ?? [])])).toBe(before);
    expect(copy.processes.get('mail')?.deliveries.size).toBe(0);
    expect(copy.position).toBe(length);
  });

  it('knows what each process shows, up to its next life', () => {
    const { log } = shop();
    const show = (name: string, value: string) => log.add({ type: 'process.showed', process: 'shop', name, value });
    log.at(10);
    show('stock', '1');
    show('open', 'true');
    log.at(20);
    show('stock', '0');
    const shownIn = (state: SystemState) => state.processes.get('shop')?.shown;
    const before = fold(log);
    const kept = copySystem(before);
    expect([...(shownIn(before) ?? [])].map(([name, { value, atMs }]) => [name, value, atMs])).toEqual([
      ['stock', '0', 20],
      ['open', 'true', 10],
    ]);
    log.add({ type: 'process.crashed', process: 'shop', interrupted: 0 });
    expect(shownIn(fold(log))?.size).toBe(2);
    const seq = log.start('shop');
    applyEntry(before, log.entries[seq - 1] as never);
    applyEntry(before, log.entries[seq] as never);
    expect(shownIn(before)?.size).toBe(0);
    expect(shownIn(kept)?.size).toBe(2);
  });
});
