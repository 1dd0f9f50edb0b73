import type { Entry } from '../../log/entry';
import type { Fate } from '../../projections/fate';
import { flightsAt, type SystemState } from '../../projections/system';
import { pointOn, type Curve, type Point } from './curve';
import { serviceOf } from './structure';

/**
 * What the canvas shows at one playhead: every message on a link, and for a moment each step and each outcome.
 * Pure: the same state, instant and speed give the same marks, so paused is still.
 */
export interface StageMark extends Point {
  readonly message: string;
  readonly fate: Fate;
  readonly alpha: number;
  /** 0 to 1 while a ring grows around it; absent otherwise. */
  readonly ring?: number;
}

/** Finds the path that a hop takes. */
export interface Paths {
  publish(service: string, broker: string): Curve | undefined;
  subscribe(hop: {
    readonly broker: string;
    readonly service: string;
    readonly listener?: string | undefined;
    readonly queue?: string | undefined;
  }): Curve | undefined;
  /** Where a message published by hand enters a broker, where it is dropped; the queue's box when one is named. */
  broker(broker: string, queue?: string): Point | undefined;
}

export interface MarksOptions {
  readonly system: SystemState;
  readonly paths: Paths;
  readonly nowMs: number;
  /** Virtual seconds per real second. */
  readonly speed: number;
  /** The newest entries up to the playhead, oldest first: for hops too short to travel. */
  readonly recent: readonly Entry[];
  readonly reducedMotion: boolean;
}

/** A hop shorter than this on the screen does not travel, it steps. */
export const stepBelowMs = 120;
/** How long a step and an outcome stay on the screen. */
export const settleMs = 420;
export const ringMs = 240;

export function marksAt(options: MarksOptions): StageMark[] {
  return [...flightMarks(options), ...recentMarks(options)];
}

function flightMarks({ system, paths, nowMs, speed, reducedMotion }: MarksOptions): StageMark[] {
  const marks: StageMark[] = [];
  const stacked = new Map<Curve, number>();
  for (const { flight, progress } of flightsAt(system, nowMs)) {
    const curve =
      flight.delivery === undefined
        ? flight.from === undefined
          ? undefined
          : paths.publish(serviceOf(flight.from), flight.to)
        : paths.subscribe({
            broker: flight.from ?? '',
            service: serviceOf(flight.to),
            listener: flight.listener,
            queue: flight.queue,
          });
    const fate: Fate = flight.replayed ? 'replayed' : flight.attempt > 1 ? 'retried' : 'flight';
    if (curve === undefined) {
      const point = flight.delivery === undefined ? paths.broker(flight.to) : undefined;
      if (point !== undefined) marks.push({ ...point, message: flight.message, fate, alpha: 1 });
      continue;
    }
    const spanMs = (flight.arrivesAtMs - flight.sentAtMs) / speed;
    const steps = reducedMotion || spanMs < stepBelowMs;
    // Messages that stand at the same end would hide one another: they queue up, a shape apart.
    const share = steps ? (progress < 0.5 ? 0 : 1) : progress;
    const behind = share === 1 ? (stacked.get(curve) ?? 0) : 0;
    if (share === 1) stacked.set(curve, behind + 1);
    const length = curve.lengths[curve.lengths.length - 1] ?? 1;
    marks.push({
      ...pointOn(curve, inset(share, curve) - (Math.min(behind, 6) * 10) / length),
      message: flight.message,
      fate,
      alpha: 1,
    });
  }
  return marks;
}

/** Keeps a shape clear of the nodes at both ends. */
function inset(share: number, curve: Curve): number {
  const margin = Math.min(0.3, 9 / Math.max(curve.lengths[curve.lengths.length - 1] ?? 1, 1));
  return margin + share * (1 - 2 * margin);
}

function recentMarks(options: MarksOptions): StageMark[] {
  const { recent, nowMs, speed } = options;
  const marks: StageMark[] = [];
  for (const entry of recent) {
    const ageMs = (nowMs - entry.atMs) / speed;
    if (ageMs < 0 || ageMs >= settleMs) continue;
    const mark = markOf(entry, ageMs, options);
    if (mark !== undefined) marks.push(mark);
  }
  return marks;
}

function markOf(entry: Entry, ageMs: number, options: MarksOptions): StageMark | undefined {
  const { paths, reducedMotion, speed } = options;
  switch (entry.type) {
    case 'message.published': {
      if (!isStep(entry.atMs, entry.arrivesAtMs, speed)) return undefined;
      const curve = entry.process === undefined ? undefined : paths.publish(serviceOf(entry.process), entry.broker);
      const point = curve === undefined ? paths.broker(entry.broker) : steppingPoint(curve, ageMs);
      return point && { ...point, message: entry.message.id, fate: 'flight', alpha: fade(ageMs) };
    }
    case 'message.dispatched': {
      if (!isStep(entry.atMs, entry.arrivesAtMs, speed)) return undefined;
      const curve = paths.subscribe({
        broker: entry.broker,
        service: serviceOf(entry.process),
        listener: entry.listener,
        queue: entry.queue,
      });
      const fate: Fate = entry.replayed ? 'replayed' : entry.attempt > 1 ? 'retried' : 'flight';
      return curve && { ...steppingPoint(curve, ageMs), message: entry.message, fate, alpha: fade(ageMs) };
    }
    case 'delivery.succeeded':
    case 'delivery.failed': {
      const curve = paths.subscribe({
        broker: entry.broker,
        service: serviceOf(entry.process),
        listener: entry.listener,
      });
      const fate: Fate = entry.type === 'delivery.failed' ? 'failed' : entry.replayed ? 'replayed' : 'delivered';
      return (
        curve &&
        withRing(
          { ...pointOn(curve, inset(0.94, curve)), message: entry.message, fate, alpha: fade(ageMs) },
          ageMs,
          reducedMotion,
        )
      );
    }
    case 'message.lost': {
      const curve =
        paths.publish(serviceOf(entry.from), entry.to) ??
        paths.subscribe({ broker: entry.from, service: serviceOf(entry.to) });
      return (
        curve &&
        withRing(
          { ...pointOn(curve, 0.5), message: entry.message, fate: 'dropped', alpha: fade(ageMs) },
          ageMs,
          reducedMotion,
        )
      );
    }
    case 'message.dropped':
    case 'message.dead-lettered': {
      const point = paths.broker(entry.broker, entry.queue);
      const fate: Fate = entry.type === 'message.dropped' ? 'dropped' : 'dead';
      return point && withRing({ ...point, message: entry.message, fate, alpha: fade(ageMs) }, ageMs, reducedMotion);
    }
    default:
      return undefined;
  }
}

function isStep(sentAtMs: number, arrivesAtMs: number | undefined, speed: number): boolean {
  return arrivesAtMs !== undefined && arrivesAtMs <= sentAtMs && speed > 0;
}

/** At its start, in the middle, at its end: three places, none of them a tween. */
function steppingPoint(curve: Curve, ageMs: number): Point {
  const share = ageMs < stepBelowMs / 2 ? 0 : ageMs < stepBelowMs * 1.5 ? 0.5 : 1;
  return pointOn(curve, inset(share, curve));
}

function fade(ageMs: number): number {
  return ageMs < settleMs - 120 ? 1 : Math.max(0.15, (settleMs - ageMs) / 120);
}

function withRing(mark: StageMark, ageMs: number, reducedMotion: boolean): StageMark {
  return reducedMotion || ageMs >= ringMs ? mark : { ...mark, ring: ageMs / ringMs };
}

/** The mark under a point, the last drawn first. */
export function markAt(marks: readonly StageMark[], point: Point, withinPx: number): StageMark | undefined {
  let best: StageMark | undefined;
  let bestPx = withinPx;
  for (const mark of marks) {
    const distance = Math.hypot(mark.x - point.x, mark.y - point.y);
    if (distance <= bestPx) [best, bestPx] = [mark, distance];
  }
  return best;
}
