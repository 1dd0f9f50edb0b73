/** `performance`: marks and measures in virtual time, the zero being the start of the process. */
import { DOMException } from './dom-exception';
import type { ProcessEnvironment } from './environment';
import { invalidArgType } from './node-error';

class PerformanceEntry {
  readonly name: string;
  readonly entryType: string;
  readonly startTime: number;
  readonly duration: number;
  readonly detail: unknown;

  constructor(name: string, startTime: number, duration: number, detail: unknown) {
    this.name = name;
    this.entryType = duration === 0 && this instanceof PerformanceMark ? 'mark' : 'measure';
    this.startTime = startTime;
    this.duration = duration;
    this.detail = detail;
  }

  toJSON(): object {
    const { name, entryType, startTime, duration, detail } = this;
    return { name, entryType, startTime, duration, detail };
  }
}

class PerformanceMark extends PerformanceEntry {}
class PerformanceMeasure extends PerformanceEntry {}

interface MarkOptions {
  readonly startTime?: number;
  readonly detail?: unknown;
}

interface MeasureOptions {
  readonly start?: string | number;
  readonly end?: string | number;
  readonly duration?: number;
  readonly detail?: unknown;
}

class Performance {
  readonly #nowMs: () => number;
  readonly #entries: PerformanceEntry[] = [];
  readonly timeOrigin: number;

  constructor(environment: Pick<ProcessEnvironment, 'nowMs' | 'epochMs' | 'startedAtMs'>) {
    this.#nowMs = () => environment.nowMs() - environment.startedAtMs;
    this.timeOrigin = environment.epochMs + environment.startedAtMs;
  }

  now(): number {
    return this.#nowMs();
  }

  mark(name: string, options: MarkOptions = {}): PerformanceEntry {
    return this.#add(new PerformanceMark(String(name), options.startTime ?? this.now(), 0, options.detail ?? null));
  }

  measure(name: string, startOrOptions?: string | MeasureOptions, endMark?: string): PerformanceEntry {
    const options: MeasureOptions =
      typeof startOrOptions === 'object'
        ? startOrOptions
        : startOrOptions === undefined
          ? {}
          : { start: startOrOptions };
    const end = this.#timeOf(endMark ?? options.end) ?? this.now();
    const start = this.#timeOf(options.start) ?? (options.duration === undefined ? 0 : end - options.duration);
    const duration = options.duration ?? end - start;
    return this.#add(new PerformanceMeasure(String(name), start, duration, options.detail ?? null));
  }

  getEntries(): PerformanceEntry[] {
    return this.#entries.toSorted((a, b) => a.startTime - b.startTime);
  }

  getEntriesByName(name: string, type?: string): PerformanceEntry[] {
    return this.getEntries().filter((entry) => entry.name === name && (type === undefined || entry.entryType === type));
  }

  getEntriesByType(type: string): PerformanceEntry[] {
    return this.getEntries().filter((entry) => entry.entryType === type);
  }

  clearMarks(name?: string): void {
    this.#clear(PerformanceMark, name);
  }

  clearMeasures(name?: string): void {
    this.#clear(PerformanceMeasure, name);
  }

  timerify<F>(callback: F): F {
    if (typeof callback !== 'function') throw invalidArgType('fn', 'function', callback);
    return callback;
  }

  eventLoopUtilization() {
    return { idle: 0, active: 0, utilization: 0 };
  }

  toJSON(): object {
    return { timeOrigin: this.timeOrigin };
  }

  #add(entry: PerformanceEntry): PerformanceEntry {
    this.#entries.push(entry);
    return entry;
  }

  #clear(type: typeof PerformanceEntry, name: string | undefined): void {
    for (let i = this.#entries.length - 1; i >= 0; i--) {
      const entry = this.#entries[i]!;
      if (entry instanceof type && (name === undefined || entry.name === name)) this.#entries.splice(i, 1);
    }
  }

  #timeOf(mark: string | number | undefined): number | undefined {
    if (mark === undefined || typeof mark === 'number') return mark;
    const found = this.#entries.findLast((entry) => entry instanceof PerformanceMark && entry.name === mark);
    if (found !== undefined) return found.startTime;
    throw new DOMException(`The "${mark}" performance mark has not been set`, 'SyntaxError');
  }
}

export type { Performance };

export const createPerformance = (
  environment: Pick<ProcessEnvironment, 'nowMs' | 'epochMs' | 'startedAtMs'>,
): Performance => new Performance(environment);

export const performanceClasses = { Performance, PerformanceEntry, PerformanceMark, PerformanceMeasure };
