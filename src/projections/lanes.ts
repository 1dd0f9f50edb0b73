import type { Entry, EntryOf, Intervention } from '../log/entry';
import { Column } from './column';
import { fateOfStatus, type Fate } from './fate';
import { Lane, type BarStart } from './lane';

export type { Bar, Lane, Mark, MarkType, Outage, Thread } from './lane';

export interface InterventionMark {
  /** Its place among the run's interventions, which is its index among those of the scenario that are not disabled. */
  readonly index: number;
  readonly seq: number;
  readonly atMs: number;
  readonly intervention: Intervention;
  /** Why it was not carried out. */
  readonly refused: string | undefined;
}

/** A stretch of the whole run in which nothing happened but retries and callers waiting. */
export interface Wait {
  readonly fromMs: number;
  readonly toMs: number;
  /** How many retries and callers waited. */
  readonly waiting: number;
}

export interface Overview {
  readonly fromMs: number;
  readonly toMs: number;
  /** Messages, and HTTP requests. */
  readonly published: Uint32Array;
  /** Failed attempts, dead letters, and calls without an answer or with 5xx. */
  readonly failed: Uint32Array;
}

/** A shorter wait is never folded away. */
export const waitMinMs = 1_000;

interface OpenBar {
  readonly lane: Lane;
  readonly index: number;
}

/**
 * The timeline of the whole computed log, future included. Built by appending entries in order; it cannot forget, so
 * that a run computed anew needs a new one.
 *
 * Invariant: a delivery has at most one open bar, and none while its process is away.
 */
export class Lanes {
  readonly #lanes: Lane[] = [];
  readonly #byProcess = new Map<string, Lane>();
  readonly #interventions: InterventionMark[] = [];
  readonly #publishedAtMs = Column.float64();
  readonly #failedAtMs = Column.float64();
  readonly #waits: Wait[] = [];
  /** By delivery id, or by request id. */
  readonly #open = new Map<string, OpenBar>();
  /** Bars that ended at this very instant, by delivery, and by message and listener: their fate may turn out worse. */
  readonly #justEnded = new Map<string, OpenBar>();
  /** Deliveries that nobody has received. */
  readonly #onTheWay = new Set<string>();
  /** Method and path of a call under way, by request id; not of one that is a delivery, whose bar is the delivery's. */
  readonly #callers = new Map<string, string>();
  /** Callers that wait, by request id. */
  readonly #waiting = new Map<string, OpenBar | undefined>();
  #dueAtMs: number[] = [];
  #lastArrivalMs = -Infinity;
  #atMs = 0;
  #length = 0;

  /** How many entries were taken in. */
  get length(): number {
    return this.#length;
  }

  /** In order of first start, replicas of a service side by side. */
  get lanes(): readonly Lane[] {
    return this.#lanes;
  }

  get interventions(): readonly InterventionMark[] {
    return this.#interventions;
  }

  lane(process: string): Lane | undefined {
    return this.#byProcess.get(process);
  }

  append(entry: Entry): void {
    if (entry.atMs > this.#atMs) this.#moveTo(entry.atMs);
    this.#length += 1;
    switch (entry.type) {
      case 'process.started':
        return this.#laneOf(entry.process, entry.service, entry.atMs).comeBack(entry.atMs);
      case 'process.crashed':
        return this.#end(entry, 'crashed');
      case 'process.exited':
        if (entry.failure) this.#laneOf(entry.process).mark('failure', entry);
        return this.#end(entry, entry.signal === undefined ? 'exited' : 'stopped');
      case 'message.published':
        return this.#publish(entry);
      case 'message.dispatched':
        this.#onTheWay.add(entry.delivery);
        this.#lastArrivalMs = Math.max(this.#lastArrivalMs, entry.arrivesAtMs ?? entry.atMs);
        return;
      case 'message.requeued':
        return this.#endBar(entry.delivery, entry, 'retried');
      case 'message.dead-lettered':
        this.#failedAtMs.push(entry.atMs);
        return this.#worsen(outcomeKey(entry), 'dead');
      case 'intervention.applied':
      case 'intervention.refused':
        return this.#addIntervention(entry);
      case 'limit.reached':
        if (entry.process !== undefined) this.#laneOf(entry.process).mark('failure', entry);
        return;
      case 'console.printed':
        if (entry.stream === 'stderr') this.#laneOf(entry.process).mark('console-error', entry);
        return;
      default:
        return this.#appendDelivery(entry);
    }
  }

  #appendDelivery(entry: Entry): void {
    switch (entry.type) {
      case 'delivery.started': {
        this.#onTheWay.delete(entry.delivery);
        const lane = this.#laneOf(entry.process);
        const fate = entry.replayed ? 'replayed' : entry.attempt > 1 || entry.redriven ? 'retried' : 'flight';
        this.#open.set(entry.delivery, { lane, index: lane.startBar({ ...barStart(entry), of: entry }, fate) });
        return;
      }
      case 'delivery.succeeded':
        return this.#endBar(entry.delivery, entry, entry.replayed ? 'replayed' : 'delivered');
      case 'delivery.failed':
        this.#failedAtMs.push(entry.atMs);
        if (this.#onTheWay.delete(entry.delivery)) this.#neverReceived(entry);
        return this.#endBar(entry.delivery, entry, 'failed', outcomeKey(entry));
      case 'delivery.retry-scheduled': {
        const { atMs, dueAtMs, message, seq } = entry;
        this.#dueAtMs.push(dueAtMs);
        return this.#laneOf(entry.process).addThread({ fromMs: atMs, toMs: dueAtMs, subject: message, seq });
      }
      case 'delivery.stalled': {
        const bar = this.#open.get(entry.delivery);
        return bar?.lane.changeFate(bar.index, 'failed');
      }
      default:
        return this.#appendCall(entry);
    }
  }

  #appendCall(entry: Entry): void {
    switch (entry.type) {
      case 'http.requested': {
        this.#publishedAtMs.push(entry.atMs);
        this.#lastArrivalMs = Math.max(this.#lastArrivalMs, entry.arrivesAtMs ?? entry.atMs);
        if (entry.delivery === undefined) this.#callers.set(entry.request, `${entry.method} ${entry.path}`);
        const lane = this.#byProcess.get(entry.process ?? '');
        lane?.mark('published', entry);
        this.#waiting.set(entry.request, lane && { lane, index: lane.startWaiting(entry, entry.request) });
        return;
      }
      case 'http.received': {
        const lane = this.#byProcess.get(entry.process);
        const { request, seq, atMs } = entry;
        const listener = this.#callers.get(request);
        if (listener === undefined) return;
        const start = { seq, atMs, listener, attempt: 1, of: { call: request } };
        if (lane) this.#open.set(request, { lane, index: lane.startBar(start, 'flight') });
        return;
      }
      case 'http.answered':
        this.#lastArrivalMs = Math.max(this.#lastArrivalMs, entry.arrivesAtMs ?? entry.atMs);
        return this.#endBar(entry.request, entry, fateOfStatus(entry.status));
      case 'http.completed':
      case 'http.failed':
        if (entry.type === 'http.failed' || entry.status >= 500) this.#failedAtMs.push(entry.atMs);
        if (entry.type === 'http.failed' && this.#byProcess.has(entry.process ?? ''))
          this.#laneOf(entry.process ?? '').mark('failure', entry);
        this.#endWaiting(entry.request, entry.atMs);
        // Whoever still works on it works for nobody.
        return this.#endBar(entry.request, entry, 'dropped');
      default:
        return;
    }
  }

  /** An attempt that was refused on its way has an instant, and no length. */
  #neverReceived({ seq, atMs, listener, attempt, delivery, message, process }: EntryOf<'delivery.failed'>): void {
    const lane = this.#laneOf(process);
    const index = lane.startBar({ seq, atMs, listener, attempt, of: { delivery, message } }, 'failed');
    this.#open.set(delivery, { lane, index });
  }

  #endWaiting(request: string, atMs: number): void {
    const wait = this.#waiting.get(request);
    this.#waiting.delete(request);
    this.#callers.delete(request);
    wait?.lane.endWaiting(wait.index, atMs);
  }

  /** Counts per equal part of the window. */
  overview(bins: number, fromMs: number, toMs: number): Overview {
    return {
      fromMs,
      toMs,
      published: countPerBin(this.#publishedAtMs, bins, fromMs, toMs),
      failed: countPerBin(this.#failedAtMs, bins, fromMs, toMs),
    };
  }

  /** Those of at least `minMs`, which is at least `waitMinMs`, in order. */
  waits(minMs: number): Wait[] {
    return this.#waits.filter((wait) => wait.toMs - wait.fromMs >= minMs);
  }

  #moveTo(atMs: number): void {
    const fromMs = this.#atMs;
    this.#atMs = atMs;
    this.#justEnded.clear();
    const quiet = this.#open.size === 0 && this.#lastArrivalMs <= fromMs;
    if (!quiet || atMs - fromMs < waitMinMs) return;
    this.#dueAtMs = this.#dueAtMs.filter((dueAtMs) => dueAtMs > fromMs);
    const waiting = this.#dueAtMs.length + this.#waiting.size;
    if (waiting > 0) this.#waits.push({ fromMs, toMs: atMs, waiting });
  }

  #publish(entry: EntryOf<'message.published'>): void {
    this.#publishedAtMs.push(entry.atMs);
    this.#lastArrivalMs = Math.max(this.#lastArrivalMs, entry.arrivesAtMs ?? entry.atMs);
    if (entry.process !== undefined) this.#laneOf(entry.process).mark('published', entry);
  }

  #end(entry: EntryOf<'process.crashed'> | EntryOf<'process.exited'>, type: 'crashed' | 'exited' | 'stopped'): void {
    const lane = this.#laneOf(entry.process);
    for (const [delivery, bar] of this.#open) {
      if (bar.lane === lane) this.#endBar(delivery, entry, 'failed');
    }
    for (const [request, wait] of this.#waiting) {
      if (wait?.lane !== lane) continue;
      this.#endWaiting(request, entry.atMs);
      this.#endBar(request, entry, 'dropped');
    }
    lane.goAway(type, entry);
  }

  #endBar(delivery: string, at: { readonly atMs: number; readonly seq: number }, fate: Fate, alias = delivery): void {
    const bar = this.#open.get(delivery);
    if (bar === undefined) return fate === 'retried' ? this.#worsen(delivery, fate) : undefined;
    this.#open.delete(delivery);
    this.#justEnded.set(alias, bar);
    bar.lane.endBar(bar.index, at, fate);
  }

  /** The entry after the one that ended the bar says what follows from it: kept as a dead letter, or requeued. */
  #worsen(key: string, fate: Fate): void {
    const bar = this.#justEnded.get(key);
    bar?.lane.changeFate(bar.index, fate);
  }

  /** One that could not be carried out after all is first applied and then refused. */
  #addIntervention(entry: EntryOf<'intervention.applied'> | EntryOf<'intervention.refused'>): void {
    const last = this.#interventions.at(-1);
    if (entry.type === 'intervention.refused' && last !== undefined && last.refused === undefined) {
      const same = JSON.stringify(last.intervention) === JSON.stringify(entry.intervention);
      if (same && last.atMs === entry.atMs) {
        this.#interventions[this.#interventions.length - 1] = { ...last, refused: entry.reason };
        return;
      }
    }
    this.#interventions.push({
      index: this.#interventions.length,
      seq: entry.seq,
      atMs: entry.atMs,
      intervention: entry.intervention,
      refused: entry.type === 'intervention.refused' ? entry.reason : undefined,
    });
  }

  #laneOf(process: string, service = process.replace(/#\d+$/, ''), atMs = this.#atMs): Lane {
    const known = this.#byProcess.get(process);
    if (known) return known;
    const lane = new Lane(process, service, atMs);
    this.#byProcess.set(process, lane);
    const sibling = this.#lanes.findLastIndex((other) => other.service === service);
    this.#lanes.splice(sibling < 0 ? this.#lanes.length : sibling + 1, 0, lane);
    return lane;
  }
}

function barStart({ seq, atMs, listener, attempt }: EntryOf<'delivery.started'>): Omit<BarStart, 'of'> {
  return { seq, atMs, listener, attempt };
}

function outcomeKey({ message, listener }: { readonly message: string; readonly listener: string }): string {
  return `${message} ${listener}`;
}

function countPerBin(atMs: Column, bins: number, fromMs: number, toMs: number): Uint32Array {
  const counts = new Uint32Array(bins);
  let before = atMs.firstAtLeast(fromMs);
  for (let bin = 0; bin < bins; bin += 1) {
    const endMs = fromMs + ((toMs - fromMs) * (bin + 1)) / bins;
    const upTo = bin === bins - 1 ? atMs.firstAbove(endMs) : atMs.firstAtLeast(endMs);
    counts[bin] = upTo - before;
    before = upTo;
  }
  return counts;
}
