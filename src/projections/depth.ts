import type { Entry } from '../log/entry';
import { Column } from './column';
import { applyEntry, createSystem, type SystemState } from './system';

/** A count that holds from `atMs` to the next point. */
export interface Step {
  readonly atMs: number;
  readonly count: number;
}

const blockSize = 64;

/** One count over time, as it changes. Every block of 64 changes remembers its peak, so that long stretches cost little. */
export class StepSeries {
  readonly #atMs = Column.float64();
  readonly #count = Column.int32();
  readonly #blockPeak = Column.int32();

  /** Later values of the same instant replace earlier ones. */
  record(atMs: number, count: number): void {
    const last = this.#atMs.length - 1;
    if (last >= 0 && this.#count.at(last) === count) return;
    if (last >= 0 && this.#atMs.at(last) === atMs) this.#count.set(last, count);
    else {
      this.#atMs.push(atMs);
      this.#count.push(count);
    }
    this.#sumUp(Math.floor((this.#count.length - 1) / blockSize));
  }

  countAt(atMs: number): number {
    const index = this.#atMs.firstAbove(atMs) - 1;
    return index < 0 ? 0 : this.#count.at(index);
  }

  /** What is needed to draw a window: the step that holds at its start, and every change in it. */
  stepsBetween(fromMs: number, toMs: number, stepsMax = 2_000): Step[] {
    const first = Math.max(0, this.#atMs.firstAbove(fromMs) - 1);
    const end = this.#atMs.firstAbove(toMs);
    if (end - first > stepsMax) return this.#highestPerBin(fromMs, toMs, stepsMax);
    const steps: Step[] = [];
    for (let index = first; index < end; index += 1) {
      steps.push({ atMs: this.#atMs.at(index), count: this.#count.at(index) });
    }
    return steps;
  }

  /** The highest count of each of many adjoining stretches: stretch i goes from `edgesMs[i]` to before `edgesMs[i + 1]`. */
  peaks(edgesMs: Float64Array, length: number): number[] {
    const peaks: number[] = [];
    let from = this.#atMs.firstAtLeast(edgesMs[0] ?? 0);
    for (let index = 0; index < length; index += 1) {
      const to = this.#atMs.firstAtLeastFrom(edgesMs[index + 1] as number, from);
      const begins = this.#atMs.at(from) === edgesMs[index] && from < to;
      const before = begins || from === 0 ? 0 : this.#count.at(from - 1);
      peaks.push(this.#peak(from, to, before));
      from = to;
    }
    return peaks;
  }

  /** More changes than can be seen: the peak of each small part of the window. */
  #highestPerBin(fromMs: number, toMs: number, bins: number): Step[] {
    const edgesMs = Float64Array.from({ length: bins + 1 }, (_, bin) => fromMs + ((toMs - fromMs) * bin) / bins);
    return this.peaks(edgesMs, bins).map((count, bin) => ({ atMs: edgesMs[bin] as number, count }));
  }

  #peak(from: number, to: number, least: number): number {
    let peak = least;
    for (let index = from; index < to;) {
      if (index % blockSize === 0 && index + blockSize <= to) {
        peak = Math.max(peak, this.#blockPeak.at(index / blockSize));
        index += blockSize;
      } else {
        peak = Math.max(peak, this.#count.at(index));
        index += 1;
      }
    }
    return peak;
  }

  #sumUp(block: number): void {
    const end = Math.min(this.#count.length, (block + 1) * blockSize);
    let peak = 0;
    for (let index = block * blockSize; index < end; index += 1) peak = Math.max(peak, this.#count.at(index));
    this.#blockPeak.set(block, peak);
  }
}

/**
 * Depths over the whole computed log: ready messages of each queue, of all queues, and what is being handled.
 * Built by appending entries in order. It folds the system along, since only that knows what a queue holds.
 */
export class Depths {
  /** Ready messages of all queues together. */
  readonly all = new StepSeries();
  /** Deliveries and calls being handled, of all processes together: the depth of a system without queues. */
  readonly handling = new StepSeries();
  readonly #queues = new Map<string, { broker: string; queue: string; series: StepSeries; count: number }>();
  readonly #system: SystemState = createSystem();
  /** Calls being handled, and by whom. */
  readonly #calls = new Map<string, string>();
  #ready = 0;

  /** How many entries were taken in. */
  get length(): number {
    return this.#system.position;
  }

  get queues(): readonly { readonly broker: string; readonly queue: string; readonly series: StepSeries }[] {
    return [...this.#queues.values()];
  }

  queue(broker: string, queue: string): StepSeries | undefined {
    return this.#queues.get(queueKey(broker, queue))?.series;
  }

  append(entry: Entry): void {
    applyEntry(this.#system, entry);
    switch (entry.type) {
      case 'message.enqueued':
      case 'message.requeued':
        return this.#record(entry.broker, entry.queue, entry.atMs);
      case 'message.redriven':
        // Where dead letters lie in a queue like any other.
        if (this.#system.brokers.get(entry.broker)?.queues.has(entry.queue) === true)
          this.#record(entry.broker, entry.queue, entry.atMs);
        return;
      case 'message.dead-lettered':
        if (entry.from !== undefined) this.#record(entry.broker, entry.from, entry.atMs);
        return;
      case 'queue.deleted':
        return this.#record(entry.broker, entry.queue, entry.atMs);
      case 'message.dispatched':
      case 'message.dropped':
        if (entry.queue !== undefined) this.#record(entry.broker, entry.queue, entry.atMs);
        return;
      case 'delivery.started':
      case 'delivery.succeeded':
      case 'delivery.failed':
        return this.#recordHandling(entry.atMs);
      case 'http.received':
        this.#calls.set(entry.request, entry.process);
        return this.#recordHandling(entry.atMs);
      case 'http.answered':
      case 'http.failed':
        if (this.#calls.delete(entry.request)) this.#recordHandling(entry.atMs);
        return;
      case 'process.crashed':
      case 'process.exited':
        for (const [request, process] of this.#calls) if (process === entry.process) this.#calls.delete(request);
        return this.#recordHandling(entry.atMs);
      default:
        return;
    }
  }

  #recordHandling(atMs: number): void {
    let handling = this.#calls.size;
    for (const process of this.#system.processes.values()) handling += process.deliveries.size;
    this.handling.record(atMs, handling);
  }

  #record(broker: string, queue: string, atMs: number): void {
    const count = this.#system.brokers.get(broker)?.queues.get(queue)?.ready.length ?? 0;
    const key = queueKey(broker, queue);
    let known = this.#queues.get(key);
    if (known === undefined) this.#queues.set(key, (known = { broker, queue, series: new StepSeries(), count: 0 }));
    this.#ready += count - known.count;
    known.count = count;
    known.series.record(atMs, count);
    this.all.record(atMs, this.#ready);
  }
}

function queueKey(broker: string, queue: string): string {
  return JSON.stringify([broker, queue]);
}
