import { expect, it } from 'vitest';
import type { Fault } from '../../src/log/entry';
import { FaultSpans } from '../../src/projections/fault-spans';
import { LogBuilder } from './log-builder';

function spansOf(log: LogBuilder) {
  const spans = new FaultSpans();
  for (const entry of log.entries) spans.append(entry);
  return spans.spans;
}

const slow: Fault = { type: 'slow', process: 'mail', factor: 5 };
const parted: Fault = { type: 'partition', groups: [['mail'], ['shop']] };

it('holds when each fault began and ended, and leaves open what is under way', () => {
  const log = new LogBuilder();
  log.at(10).add({ type: 'fault.began', name: 'slow mail', fault: slow });
  log.at(20).add({ type: 'fault.began', name: 'apart', fault: parted });
  log.at(30).add({ type: 'fault.ended', name: 'slow mail' });
  log.at(40).add({ type: 'fault.began', name: 'slow mail', fault: slow });
  expect(spansOf(log)).toEqual([
    { fault: slow, seq: 0, fromMs: 10, toMs: 30, endSeq: 2 },
    { fault: parted, seq: 1, fromMs: 20, toMs: undefined },
    { fault: slow, seq: 3, fromMs: 40, toMs: undefined },
  ]);
});

it('tells an outage once, by fault or by hand, for as long as the broker is stopped', () => {
  const log = new LogBuilder();
  const outage: Fault = { type: 'outage', broker: 'shop' };
  log.at(10).add({ type: 'fault.began', name: 'outage shop', fault: outage });
  log.add({ type: 'broker.stopped', broker: 'shop' });
  log.at(30).add({ type: 'fault.ended', name: 'outage shop' });
  log.add({ type: 'broker.started', broker: 'shop' });
  log.at(50).add({ type: 'broker.stopped', broker: 'shop' });
  expect(spansOf(log)).toEqual([
    { fault: outage, seq: 1, fromMs: 10, toMs: 30, endSeq: 3 },
    { fault: outage, seq: 4, fromMs: 50, toMs: undefined },
  ]);
});
