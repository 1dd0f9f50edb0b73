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

/** How long something lasted, or lasts. */
interface Lasting {
  readonly fromMs: number;
  readonly toMs: number | undefined;
}

/** One of it on the timeline. */
export interface Band<Span extends Lasting> {
  readonly span: Span;
  /** Cut to what is in sight. */
  readonly fromX: number;
  readonly toX: number;
}

export interface FaultBand extends Band<FaultSpan> {
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
    const band = bandOf(span, time, knownToMs);
    if (band === undefined) return [];
    const [x0, x1] = bandEdges(span, time, knownToMs);
    const free = Array.from({ length: tracksMax }, (_, n) => ends[n] ?? -Infinity).findIndex((endX) => endX <= x0);
    const track = free === -1 ? tracksMax - 1 : free;
    ends[track] = Math.max(ends[track] ?? 0, x1);
    return [{ ...band, track }];
  });
}

/** Of one that is out of sight nothing. Pure. */
export function bandOf<Span extends Lasting>(span: Span, time: TimeScale, knownToMs: number): Band<Span> | undefined {
  const [x0, x1] = bandEdges(span, time, knownToMs);
  return x1 < 0 || x0 > time.width ? undefined : { span, fromX: Math.max(0, x0), toX: Math.min(time.width, x1) };
}

/** Where it begins and ends, wide enough to be seen. One that is under way lasts as far as the run is known. */
export function bandEdges({ fromMs, toMs }: Lasting, time: TimeScale, knownToMs: number): readonly [number, number] {
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
