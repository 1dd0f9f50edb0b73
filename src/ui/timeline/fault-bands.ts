import { spanFrom, type FaultSpan } from '../../projections/fault-spans';
import type { TimeScale } from '../../projections/time-scale';
import { meant } from '../../log/entry-fault';
import type { Scenario } from '../../scenario/scenario';
import type { Selection } from '../selection';
import { isProcessFault } from '../faults/fault-badges';

/** The faults of one process: its lane carries them. */
export function spansOfProcess(spans: readonly FaultSpan[], process: string): readonly FaultSpan[] {
  return spans.filter(({ fault }) => isProcessFault(fault) && meant(fault.process, process));
}

export interface FaultBand {
  readonly span: FaultSpan;
  /** Cut to what is in sight. */
  readonly fromX: number;
  readonly toX: number;
  /** From 0; what overlaps stands one below the other, as far as there is room. */
  readonly track: number;
}

const leastPx = 3;
const tracksMax = 3;

/** What is wrong with links, brokers and the network, which have no lane of their own. Pure. */
export function placeBands(spans: readonly FaultSpan[], time: TimeScale, knownToMs: number): readonly FaultBand[] {
  const ends: number[] = [];
  return spans.flatMap((span) => {
    if (isProcessFault(span.fault)) return [];
    const [x0, x1] = bandEdges(span, time, knownToMs);
    if (x1 < 0 || x0 > time.width) return [];
    const free = Array.from({ length: tracksMax }, (_, n) => ends[n] ?? -Infinity).findIndex((endX) => endX <= x0);
    const track = free === -1 ? tracksMax - 1 : free;
    ends[track] = Math.max(ends[track] ?? 0, x1);
    return [{ span, fromX: Math.max(0, x0), toX: Math.min(time.width, x1), track }];
  });
}

/** Where it begins and ends, wide enough to be seen. One that is under way lasts as far as the run is known. */
export function bandEdges({ fromMs, toMs }: FaultSpan, time: TimeScale, knownToMs: number): readonly [number, number] {
  const x0 = time.msToX(fromMs);
  return [x0, Math.max(x0 + leastPx, time.msToX(toMs ?? Math.max(fromMs, knownToMs)))];
}

/** What made it: a fault of the scenario, an intervention, or else the entry with which it began. */
export function selectionOfSpan(
  span: FaultSpan,
  spans: readonly FaultSpan[],
  { faults = [], interventions }: Scenario,
): NonNullable<Selection> {
  const fault = faults.findIndex((one) => one.disabled !== true && spanFrom(spans, one, one.fromMs ?? 0) === span);
  if (fault !== -1) return { type: 'fault', index: fault };
  const intervention = interventions.findIndex((one) => {
    if (one.disabled === true || one.atMs !== span.fromMs) return false;
    if (one.type === 'fault.begin') return spanFrom(spans, one.fault, one.atMs) === span;
    return one.type === 'broker.stop' && span.fault.type === 'outage' && one.broker === span.fault.broker;
  });
  return intervention === -1 ? { type: 'entry', seq: span.seq } : { type: 'intervention', index: intervention };
}
