import { expect, test } from 'vitest';
import { BusyTimes } from '../../src/projections/busy';
import { LogBuilder } from './log-builder';

test('a process is busy while it handles at least one delivery', () => {
  const log = new LogBuilder();
  log.start('mail');
  const to = { subscription: log.subscribe('mail', 'send'), process: 'mail', listener: 'send' };
  const sent = (atMs: number) => {
    const one = log.at(atMs).dispatch(log.publish('order.created', { process: 'shop' }), to);
    log.begin(one);
    return one;
  };
  const first = sent(100);
  const second = sent(150);
  log.at(200).succeed(first, 100);
  log.at(300).succeed(second, 150);
  const beforeThird = log.entries.length;
  sent(600);
  log.at(700).crash('mail');
  const busy = new BusyTimes();
  for (const entry of log.entries) busy.append(entry);

  const share = (atMs: number): number | undefined =>
    busy.shareAt('mail', log.entries.filter((entry) => entry.atMs <= atMs).length, atMs);
  expect(share(0)).toBeUndefined();
  expect(share(50)).toBe(0);
  expect(share(160)).toBeCloseTo(60 / 160);
  expect(share(400)).toBeCloseTo(200 / 400);
  expect(share(650)).toBeCloseTo(250 / 650);
  expect(share(1000)).toBeCloseTo(300 / 1000);
  expect(busy.shareAt('mail', beforeThird, 600)).toBeCloseTo(200 / 600);
  expect(busy.shareAt('nobody', 5, 100)).toBeUndefined();
});
