import type { Entry, EntryOf } from '../../log/entry';
import { fateOfCallFailure, fateOfStatus, type Fate } from '../../projections/fate';
import type { SystemState } from '../../projections/system';
import { callsAt } from '../../projections/system-calls';
import { flightsAt } from '../../projections/under-way';
import { backwards, type Paths } from './hop-paths';
import { pointOn, type Path, type Point } from './path';
import { queueFacts, spotIn } from './queue-facts';
import { serviceOf } from './structure';

/**
 * What the canvas shows at one playhead: every message on a link, and for a moment each step and each outcome.
 * Pure: the same state, instant and speed give the same marks, so paused is still.
 */
export interface StageMark extends Point {
  /** Of the message or the call. */
  readonly message: string;
  readonly fate: Fate;
  readonly alpha: number;
  /** 0 to 1 while a ring grows around it; absent otherwise. */
  readonly ring?: number;
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
/** What a crashed consumer held goes back in this time each, the next one a little after the one before. */
export const giveBackMs = 240;
const giveBackEveryMs = 80;
const giveBackMax = 8;
/** Entries older than this on the screen leave no mark. */
export const recentMs = giveBackMs + giveBackEveryMs * giveBackMax;

export function marksAt(options: MarksOptions): StageMark[] {
  const marks = [...flightMarks(options), ...callMarks(options)];
  addRecent(marks, options);
  return marks;
}

function flightMarks({ system, paths, nowMs, speed, reducedMotion }: MarksOptions): StageMark[] {
  const marks: StageMark[] = [];
  const stacked = new Map<Path, number>();
  for (const { flight, progress } of flightsAt(system, nowMs)) {
    const path = paths.ofFlight(flight);
    const fate = fateOfAttempt(flight);
    if (path === undefined) {
      const point = flight.delivery === undefined ? paths.broker(flight.to) : undefined;
      if (point !== undefined) marks.push({ x: point.x, y: point.y, message: flight.message, fate, alpha: 1 });
      continue;
    }
    const spanMs = (flight.arrivesAtMs - flight.sentAtMs) / speed;
    const steps = reducedMotion || spanMs < stepBelowMs;
    // Messages that stand at the same end would hide one another: they queue up, a shape apart.
    const share = steps ? (progress < 0.5 ? 0 : 1) : progress;
    const behind = share === 1 ? (stacked.get(path) ?? 0) : 0;
    if (share === 1) stacked.set(path, behind + 1);
    const { x, y } = pointOn(path, inset(share, path) - (Math.min(behind, 6) * 10) / Math.max(path.lengthPx, 1));
    marks.push({ x, y, message: flight.message, fate, alpha: 1 });
  }
  return marks;
}

/** Requests travel to who is called and stay there while they are handled; answers travel back with their fate's shape. */
function callMarks({ system, paths, nowMs, speed, reducedMotion }: MarksOptions): StageMark[] {
  const marks: StageMark[] = [];
  const stacked = new Map<Path, number>();
  for (const { call, way, progress } of callsAt(system, nowMs)) {
    const path = paths.call(serviceOf(call.from ?? ''), serviceOf(call.to ?? ''));
    if (path === undefined) continue;
    const leg = call.answer ?? call;
    const spanMs = ((leg.arrivesAtMs ?? Infinity) - leg.sentAtMs) / speed;
    const steps = reducedMotion || spanMs < stepBelowMs;
    const gone = steps ? (progress < 0.5 ? 0 : 1) : progress;
    const share = way === 'back' ? 1 - gone : gone;
    const behind = share === 1 ? (stacked.get(path) ?? 0) : 0;
    if (share === 1) stacked.set(path, behind + 1);
    const { x, y } = pointOn(path, inset(share, path) - (Math.min(behind, 6) * 10) / Math.max(path.lengthPx, 1));
    const fate = call.answer?.fate ?? (call.interrupted ? 'failed' : 'flight');
    marks.push({ x, y, message: call.request, fate, alpha: 1 });
  }
  return marks;
}

/** A hop of a call that takes no time on the screen, or how the call ended. */
function callStep(
  entry: EntryOf<'http.requested' | 'http.answered' | 'http.completed' | 'http.failed'>,
  ageMs: number,
  options: MarksOptions,
): StageMark | undefined {
  const { paths, recent, speed } = options;
  const { request: message } = entry;
  const asked = recent.find((one) => one.type === 'http.requested' && one.request === message);
  const meant = asked?.type === 'http.requested' ? (asked.to ?? asked.meant) : undefined;
  const ends = entry.type === 'http.answered' ? [entry.to, entry.process] : [entry.process, entry.to ?? meant];
  const path = paths.call(serviceOf(ends[0] ?? ''), serviceOf(ends[1] ?? ''));
  if (path === undefined) return undefined;
  switch (entry.type) {
    case 'http.requested':
      if (!isStep(entry.atMs, entry.arrivesAtMs, speed)) return undefined;
      return { ...steppingPoint(path, ageMs), message, fate: 'flight', alpha: fade(ageMs) };
    case 'http.answered':
      if (!isStep(entry.atMs, entry.arrivesAtMs, speed)) return undefined;
      return { ...steppingPoint(path, ageMs, true), message, fate: fateOfStatus(entry.status), alpha: fade(ageMs) };
    case 'http.completed':
      return outcome(pointOn(path, inset(0, path)), fateOfStatus(entry.status), message, ageMs, options);
    case 'http.failed': {
      // It failed where nobody took it; a caller who gave up did so on its own side.
      const share = entry.code.startsWith('ECONN') ? 1 : 0;
      return outcome(pointOn(path, inset(share, path)), fateOfCallFailure(entry.code), message, ageMs, options);
    }
  }
}

function fateOfAttempt(of: {
  readonly replayed?: boolean;
  readonly redriven?: boolean;
  readonly attempt: number;
  readonly undoes?: boolean;
}): Fate {
  if (of.replayed === true) return 'replayed';
  return of.attempt > 1 || of.redriven === true ? 'retried' : of.undoes === true ? 'comp' : 'flight';
}

/** Keeps a shape clear of the nodes at both ends. */
function inset(share: number, path: Path): number {
  const margin = Math.min(0.3, 9 / Math.max(path.lengthPx, 1));
  return margin + share * (1 - 2 * margin);
}

function addRecent(marks: StageMark[], options: MarksOptions): void {
  const { recent, nowMs, speed, reducedMotion } = options;
  let ended: EntryOf<'process.crashed' | 'process.exited'> | undefined;
  let givenBack = 0;
  for (const entry of recent) {
    const ageMs = (nowMs - entry.atMs) / speed;
    if (ageMs < 0 || ageMs >= recentMs) continue;
    if (entry.type === 'process.crashed' || entry.type === 'process.exited') {
      [ended, givenBack] = [entry, 0];
    } else if (entry.type === 'message.requeued' && ended?.atMs === entry.atMs && !reducedMotion) {
      const mark = givenBackMark(
        entry,
        ended.process,
        ageMs - giveBackEveryMs * Math.min(givenBack, giveBackMax),
        options,
      );
      if (mark !== undefined) marks.push(mark);
      givenBack++;
    } else if (ageMs < settleMs) {
      const mark = markOf(entry, ageMs, options);
      if (mark !== undefined) marks.push(mark);
      if (entry.type === 'message.routed' || entry.type === 'message.dead-lettered')
        marks.push(...routedMarks(entry, ageMs, options));
    }
  }
}

function givenBackMark(
  entry: EntryOf<'message.requeued'>,
  process: string,
  ageMs: number,
  { paths, system }: MarksOptions,
): StageMark | undefined {
  const { broker, queue, message } = entry;
  const path = paths.subscribe({ broker, service: serviceOf(process), queue });
  if (path === undefined || ageMs >= giveBackMs) return undefined;
  const spot = spotIn(queueFacts(system.brokers.get(broker)?.queues.get(queue)), message);
  const { x, y } = pointOn(
    backwards(path, spot && paths.slot(broker, queue, spot)),
    eased(Math.max(0, ageMs) / giveBackMs),
  );
  return { x, y, message, fate: 'retried', alpha: 1 };
}

/** cubic-bezier(.2, 0, 0, 1) closely enough: fast at first, then settling. */
function eased(share: number): number {
  return 1 - (1 - share) ** 3;
}

function markOf(entry: Entry, ageMs: number, options: MarksOptions): StageMark | undefined {
  const { paths, speed, system } = options;
  switch (entry.type) {
    case 'message.published': {
      if (!isStep(entry.atMs, entry.arrivesAtMs, speed)) return undefined;
      const path = entry.process === undefined ? undefined : paths.publish(serviceOf(entry.process), entry.broker);
      const point = path === undefined ? paths.broker(entry.broker) : steppingPoint(path, ageMs);
      const fate: Fate = system.messages.undoes(entry.message.id) ? 'comp' : 'flight';
      return point && { ...point, message: entry.message.id, fate, alpha: fade(ageMs) };
    }
    case 'message.dispatched': {
      if (!isStep(entry.atMs, entry.arrivesAtMs, speed)) return undefined;
      const { broker, listener, queue, message } = entry;
      const path = paths.subscribe({ broker, service: serviceOf(entry.process), listener, queue });
      const isForUndoer = system.brokers.get(broker)?.subscriptions.get(entry.subscription)?.compensates === true;
      const undoes = isForUndoer || system.messages.undoes(message);
      const fate = fateOfAttempt({ ...entry, undoes });
      return path && { ...steppingPoint(path, ageMs), message, fate, alpha: fade(ageMs) };
    }
    case 'delivery.succeeded':
    case 'delivery.failed': {
      const { broker, listener } = entry;
      const path = paths.subscribe({ broker, service: serviceOf(entry.process), listener });
      const fate: Fate = entry.type === 'delivery.failed' ? 'failed' : entry.replayed ? 'replayed' : 'delivered';
      return path && outcome(pointOn(path, inset(1, path)), fate, entry.message, ageMs, options);
    }
    case 'message.lost': {
      const path =
        paths.publish(serviceOf(entry.from), entry.to) ??
        paths.subscribe({ broker: entry.from, service: serviceOf(entry.to) });
      return path && outcome(pointOn(path, 0.5), 'dropped', entry.message, ageMs, options);
    }
    case 'http.requested':
    case 'http.answered':
    case 'http.completed':
    case 'http.failed':
      return callStep(entry, ageMs, options);
    case 'message.redriven': {
      const point = paths.broker(entry.broker, entry.queue);
      return point && outcome(point, 'retried', entry.message, ageMs, options);
    }
    case 'message.dropped':
    case 'message.dead-lettered': {
      const point = paths.broker(entry.broker, entry.queue);
      const fate: Fate = entry.type === 'message.dropped' ? 'dropped' : 'dead';
      return point && outcome(point, fate, entry.message, ageMs, options);
    }
    default:
      return undefined;
  }
}

/**
 * Inside a broker a message takes no time. For the eye it runs all ways at once: to its exchange, or out of the queue in which
 * it died, and then along every binding that matched.
 */
function routedMarks(
  entry: EntryOf<'message.routed' | 'message.dead-lettered'>,
  ageMs: number,
  { paths, reducedMotion, system }: MarksOptions,
): StageMark[] {
  const { broker, exchange, bindings = [], message } = entry;
  if (reducedMotion) return [];
  const isDead = entry.type === 'message.dead-lettered';
  const before =
    isDead && entry.from !== undefined
      ? paths.ways.deadWay(broker, entry.from)
      : exchange === undefined
        ? undefined
        : paths.ways.entry(broker, exchange);
  const fate: Fate = isDead ? 'dead' : system.messages.undoes(message) ? 'comp' : 'flight';
  const share = ageMs / settleMs;
  const [first, second] = isDead ? [share * 1.6, (share - 0.625) / 0.375] : [share * 4, (share - 0.25) / 0.75];
  if (before !== undefined && first < 1) return [{ ...pointOn(before, first), message, fate, alpha: 1 }];
  return bindings.flatMap((id): StageMark[] => {
    const path = paths.ways.binding(broker, id);
    return path === undefined ? [] : [{ ...pointOn(path, Math.max(0, second)), message, fate, alpha: 1 }];
  });
}

function outcome(at: Point, fate: Fate, message: string, ageMs: number, { reducedMotion }: MarksOptions): StageMark {
  const mark = { x: at.x, y: at.y, message, fate, alpha: fade(ageMs) };
  return reducedMotion || ageMs >= ringMs ? mark : { ...mark, ring: ageMs / ringMs };
}

function isStep(sentAtMs: number, arrivesAtMs: number | undefined, speed: number): boolean {
  return arrivesAtMs !== undefined && arrivesAtMs <= sentAtMs && speed > 0;
}

/** At its start, in the middle, at its end: three places, none of them a tween. */
function steppingPoint(path: Path, ageMs: number, back = false): Point {
  const share = ageMs < stepBelowMs / 2 ? 0 : ageMs < stepBelowMs * 1.5 ? 0.5 : 1;
  return pointOn(path, inset(back ? 1 - share : share, path));
}

function fade(ageMs: number): number {
  return ageMs < settleMs - 120 ? 1 : Math.max(0.15, (settleMs - ageMs) / 120);
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
