import type { Entry } from '../log/entry';
import { Column, idNumber } from './column';
import { MessageBook } from './message-book';

/** One row of the metrics table: a process or an event type, as it stands at a position. */
export interface MetricsRow {
  readonly name: string;
  readonly published: number;
  readonly delivered: number;
  /** Failed attempts. */
  readonly failed: number;
  readonly retried: number;
  readonly deadLettered: number;
  readonly latency: Latency | undefined;
}

/** From publication to ack, of the deliveries that succeeded. */
export interface Latency {
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly p99Ms: number;
}

/** Messages per second. */
export interface Rates {
  readonly published: number;
  readonly delivered: number;
  readonly failed: number;
}

/** Of one process or event type; of all when neither is named. */
export interface MetricsOf {
  readonly process?: string;
  readonly eventType?: string;
}

export interface MetricsBin {
  readonly fromMs: number;
  readonly toMs: number;
  readonly published: number;
  readonly delivered: number;
  readonly failed: number;
  readonly latency: Latency | undefined;
}

const counted = ['published', 'delivered', 'failed', 'retried', 'deadLettered'] as const;
type Counted = (typeof counted)[number];

/** What one row is counted from: for each count the entries, in order. */
class Tally {
  readonly seqs: Readonly<Record<Counted, Column>> = {
    published: Column.int32(),
    delivered: Column.int32(),
    failed: Column.int32(),
    retried: Column.int32(),
    deadLettered: Column.int32(),
  };
  readonly atMs: Readonly<Record<Counted, Column>> = {
    published: Column.float64(),
    delivered: Column.float64(),
    failed: Column.float64(),
    retried: Column.float64(),
    deadLettered: Column.float64(),
  };
  /** Of delivery number i that was not a replay. */
  readonly latencyMs = Column.float64();

  count(what: Counted, { seq, atMs }: Entry): void {
    this.seqs[what].push(seq);
    this.atMs[what].push(atMs);
  }

  rowBetween(name: string, fromMs: number, toMs: number): MetricsRow {
    const count = (what: Counted): number => this.atMs[what].firstAbove(toMs) - this.atMs[what].firstAtLeast(fromMs);
    const [from, to] = [this.atMs.delivered.firstAtLeast(fromMs), this.atMs.delivered.firstAbove(toMs)];
    return {
      name,
      published: count('published'),
      delivered: to - from,
      failed: count('failed'),
      retried: count('retried'),
      deadLettered: count('deadLettered'),
      latency: percentiles(this.latencyMs, from, to),
    };
  }

  rowAt(name: string, position: number): MetricsRow {
    const at = (what: Counted): number => this.seqs[what].firstAtLeast(position);
    const delivered = at('delivered');
    return {
      name,
      published: at('published'),
      delivered,
      failed: at('failed'),
      retried: at('retried'),
      deadLettered: at('deadLettered'),
      latency: percentiles(this.latencyMs, 0, delivered),
    };
  }
}

/**
 * Throughput and latency, per process and per event type, at any position and over any window.
 * Built by appending entries in order. Replayed deliveries are not counted, they are no new facts; their failures
 * are, since somebody will want to see them.
 */
export class Metrics {
  readonly #book = new MessageBook();
  readonly #all = new Tally();
  readonly #processes = new Map<string, Tally>();
  readonly #eventTypes = new Map<string, Tally>();
  /** By delivery number: 1 when its retry was scheduled. */
  readonly #isRetried = Column.uint8();
  #length = 0;

  /** How many entries were taken in. */
  get length(): number {
    return this.#length;
  }

  append(entry: Entry): void {
    this.#length += 1;
    switch (entry.type) {
      case 'message.published':
        this.#book.add(entry);
        return this.#count('published', entry, entry.process, entry.message.id);
      case 'delivery.succeeded': {
        if (entry.replayed) return;
        const latencyMs = entry.atMs - this.#book.publishedAtMs(entry.message);
        for (const tally of this.#tallies(entry.process, entry.message)) tally.latencyMs.push(latencyMs);
        return this.#count('delivered', entry, entry.process, entry.message);
      }
      case 'delivery.failed':
        return this.#count('failed', entry, entry.process, entry.message);
      case 'delivery.retry-scheduled':
        this.#isRetried.set(idNumber(entry.delivery), 1);
        return this.#count('retried', entry, entry.process, entry.message);
      case 'message.requeued':
        return this.#requeue(entry);
      case 'message.dead-lettered':
        return this.#count('deadLettered', entry, undefined, entry.message);
      default:
        return;
    }
  }

  totalAt(position: number): MetricsRow {
    return this.#all.rowAt('', position);
  }

  /** In order of first appearance; those that did nothing before the position are left out. */
  processesAt(position: number): MetricsRow[] {
    return rowsAt(this.#processes, position);
  }

  eventTypesAt(position: number): MetricsRow[] {
    return rowsAt(this.#eventTypes, position);
  }

  /** What happened between two instants, both included; of one process or event type, or of all. */
  between(fromMs: number, toMs: number, of: MetricsOf = {}): MetricsRow {
    return (this.#tallyOf(of) ?? new Tally()).rowBetween('', fromMs, toMs);
  }

  /** How many deliveries ended well after the instant `sinceMs` and before the position. */
  deliveredSince(sinceMs: number, position: number, of: MetricsOf = {}): number {
    const tally = this.#tallyOf(of);
    if (tally === undefined) return 0;
    return Math.max(0, tally.seqs.delivered.firstAtLeast(position) - tally.atMs.delivered.firstAbove(sinceMs));
  }

  /** Per second, over the span that ends at `atMs`. */
  ratesAt(atMs: number, spanMs: number, of: MetricsOf = {}): Rates {
    const tally = this.#tallyOf(of);
    const rate = (what: 'published' | 'delivered' | 'failed'): number => {
      const column = tally?.atMs[what];
      return column === undefined ? 0 : ((column.firstAbove(atMs) - column.firstAbove(atMs - spanMs)) * 1_000) / spanMs;
    };
    return { published: rate('published'), delivered: rate('delivered'), failed: rate('failed') };
  }

  /** Of what was delivered in the span that ends at `atMs`, and of at least the `leastCount` last before it. */
  latencyAt(atMs: number, spanMs: number, leastCount: number, of: MetricsOf = {}): Latency | undefined {
    const tally = this.#tallyOf(of);
    if (tally === undefined) return undefined;
    const { delivered } = tally.atMs;
    const to = delivered.firstAbove(atMs);
    const from = Math.max(0, Math.min(delivered.firstAbove(atMs - spanMs), to - leastCount));
    return percentiles(tally.latencyMs, from, to);
  }

  /** Equal parts of a window, for charts; of one process or event type, or of all. */
  bins(
    options: { readonly fromMs: number; readonly toMs: number; readonly bins: number },
    of: MetricsOf = {},
  ): MetricsBin[] {
    const { fromMs, toMs, bins } = options;
    const tally = this.#tallyOf(of) ?? new Tally();
    return Array.from({ length: bins }, (_, index) => {
      const startMs = fromMs + ((toMs - fromMs) * index) / bins;
      const endMs = fromMs + ((toMs - fromMs) * (index + 1)) / bins;
      const { published, delivered, failed } = tally.atMs;
      const from = delivered.firstAtLeast(startMs);
      const to = delivered.firstAtLeast(endMs);
      return {
        fromMs: startMs,
        toMs: endMs,
        published: published.firstAtLeast(endMs) - published.firstAtLeast(startMs),
        delivered: to - from,
        failed: failed.firstAtLeast(endMs) - failed.firstAtLeast(startMs),
        latency: percentiles(tally.latencyMs, from, to),
      };
    });
  }

  /** A requeue after a retry's wait was counted with the retry; what a crash gave back was not. */
  #requeue(entry: Extract<Entry, { type: 'message.requeued' }>): void {
    if (this.#isRetried.at(idNumber(entry.delivery)) === 0) this.#count('retried', entry, undefined, entry.message);
  }

  #count(what: Counted, entry: Entry, process: string | undefined, message: string): void {
    for (const tally of this.#tallies(process, message)) tally.count(what, entry);
  }

  #tallies(process: string | undefined, message: string): Tally[] {
    const tallies = [this.#all, tallyIn(this.#eventTypes, this.#book.eventType(message))];
    if (process !== undefined) tallies.push(tallyIn(this.#processes, process));
    return tallies;
  }

  #tallyOf(of: MetricsOf): Tally | undefined {
    if (of.process !== undefined) return this.#processes.get(of.process);
    return of.eventType === undefined ? this.#all : this.#eventTypes.get(of.eventType);
  }
}

function tallyIn(tallies: Map<string, Tally>, name: string): Tally {
  let tally = tallies.get(name);
  if (tally === undefined) tallies.set(name, (tally = new Tally()));
  return tally;
}

function rowsAt(tallies: ReadonlyMap<string, Tally>, position: number): MetricsRow[] {
  const rows = [...tallies].map(([name, tally]) => tally.rowAt(name, position));
  return rows.filter((row) => counted.some((what) => row[what] > 0));
}

export function percentiles(latencyMs: Column, from: number, to: number): Latency | undefined {
  if (to <= from) return undefined;
  const sorted = latencyMs.slice(from, to).sort();
  return { p50Ms: nearestRank(sorted, 0.5), p95Ms: nearestRank(sorted, 0.95), p99Ms: nearestRank(sorted, 0.99) };
}

/** The smallest value that at least the share of all values does not exceed: always one that occurred. Of none: NaN. */
export function nearestRank(sorted: ArrayLike<number>, share: number): number {
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? NaN;
}
