import { expect, it } from 'vitest';
import type { Lane } from '../../src/projections/lanes';
import { Lanes } from '../../src/projections/lanes';
import { troublesOf } from '../../src/ui/sagas/saga-troubles';
import { enFormat } from '../../src/ui/text/format';
import { enTimeline } from '../../src/ui/text/en-timeline';
import { LogBuilder } from '../projections/log-builder';

function lanesOf(log: LogBuilder): readonly Lane[] {
  const lanes = new Lanes();
  for (const entry of log.entries) lanes.append(entry);
  return lanes.lanes;
}

const log = new LogBuilder();
log.start('payment');
log.at(400).add({ type: 'process.crashed', process: 'payment', interrupted: 0 });
log.at(600).start('payment');
log.at(900).add({ type: 'process.crashed', process: 'payment', interrupted: 0 });

const at = (nowMs: number, faults: Parameters<typeof troublesOf>[0]['faults'] = []) =>
  troublesOf({ lanes: lanesOf(log), faults, nowMs }, enTimeline, enFormat);

it('what was out of order while sagas began is told with its span, as far as the playhead knows', () => {
  expect(at(1_000)).toMatchObject([
    { words: 'payment crashed, 00:00.400–00:00.600', left: 0.4, width: 0.2, track: 0 },
    { words: 'payment crashed, 00:00.900–00:01.000', left: 0.9, track: 0 },
  ]);
  expect(at(500)).toMatchObject([{ fromMs: 400, toMs: 500, left: 0.8, track: 0 }]);
  expect(at(300)).toEqual([]);
});

it('whose words would meet stand below one another, the longest first, and what finds no room is left out', () => {
  const cut = { type: 'link', from: 'a', to: 'b', link: { cut: true } } as const;
  const span = (seq: number, fromMs: number, toMs: number) => ({ fault: cut, seq, fromMs, toMs });
  const placed = at(1_000, [span(1, 380, 700), span(2, 420, 440)]).map(({ fromMs, track }) => [fromMs, track]);
  expect(placed).toEqual([
    [380, 0],
    [400, 1],
    [900, 0],
  ]);
});
