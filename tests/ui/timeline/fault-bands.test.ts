import { describe, expect, it } from 'vitest';
import type { Fault } from '../../../src/log/entry';
import type { FaultSpan } from '../../../src/projections/fault-spans';
import type { Scenario } from '../../../src/scenario/scenario';
import { newScenario } from '../../../src/scenario/new-scenario';
import { FoldedTime } from '../../../src/projections/folded-time';
import { placeBands, selectionOfSpan, spansOfProcess } from '../../../src/ui/timeline/fault-bands';

const time = new FoldedTime({ fromMs: 0, toMs: 1_000, width: 100, folds: [], foldWidth: 56 });

function span(seq: number, fault: Fault, fromMs: number, toMs?: number): FaultSpan {
  return { seq, fault, fromMs, toMs };
}

const cut: Fault = { type: 'link', from: 'shop', to: 'bus', link: { cut: true } };
const outage: Fault = { type: 'outage', broker: 'bus' };
const slow = (process: string): Fault => ({ type: 'slow', process, factor: 5 });

describe('bands of faults', () => {
  it('stand in the lanes of all replicas whom a fault means, and of nobody else', () => {
    const spans = [span(1, slow('mail'), 0), span(2, slow('mail#2'), 0), span(3, slow('*'), 0), span(4, cut, 0)];
    const meant = (process: string) => spansOfProcess(spans, process).map(({ seq }) => seq);
    expect([meant('mail#1'), meant('mail#2'), meant('mailer')]).toEqual([[1, 3], [1, 2, 3], [3]]);
  });

  it('stand one below the other where they overlap, and are cut to what is in sight', () => {
    const spans = [
      span(1, cut, 100, 500),
      span(2, slow('mail'), 100, 500),
      span(3, outage, 300, 2_000),
      span(4, cut, 600, 600),
      span(5, cut, 1_500, 1_600),
    ];
    expect(placeBands(spans, time, 900).map(({ span: { seq }, ...place }) => ({ seq, ...place }))).toEqual([
      { seq: 1, fromX: 10, toX: 50, track: 0 },
      { seq: 3, fromX: 30, toX: 100, track: 1 },
      { seq: 4, fromX: 60, toX: 63, track: 0 },
    ]);
  });

  it('last as far as the run is known while nobody has ended them', () => {
    expect(placeBands([span(1, cut, 100)], time, 400)).toMatchObject([{ fromX: 10, toX: 40 }]);
  });

  it('select what made them: the scenario, a hand, or else the entry that tells of them', () => {
    const spans = [span(1, cut, 100, 500), span(2, outage, 300, 400), span(3, cut, 600, 700), span(4, outage, 800)];
    const scenario: Scenario = {
      ...newScenario('A'),
      faults: [
        { ...cut, fromMs: 100, disabled: true },
        { ...cut, fromMs: 100, untilMs: 500 },
      ],
      interventions: [
        { type: 'broker.stop', atMs: 300, broker: 'bus' },
        { type: 'fault.begin', atMs: 600, fault: cut, forMs: 100 },
      ],
    };
    expect(spans.map((each) => selectionOfSpan(each, spans, scenario))).toEqual([
      { type: 'fault', index: 1 },
      { type: 'intervention', index: 0 },
      { type: 'intervention', index: 1 },
      { type: 'entry', seq: 4 },
    ]);
  });
});
