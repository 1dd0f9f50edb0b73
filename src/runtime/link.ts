import { wholeMicroseconds } from '../kernel/instant';
import { createStream, type RandomStream } from '../kernel/random';
import type { LinkSettings } from '../log/entry';

const delayedMsDefault = 1_000;

/**
 * One direction between a process and a broker, with a random stream of its own, so that using one link more does not change
 * what the others do.
 */
export class Link {
  readonly from: string;
  readonly to: string;
  readonly #seed: number;
  readonly #random: RandomStream;
  /** One for each thing that a link may do, so that doing one thing more does not change the others. */
  readonly #streams = new Map<string, RandomStream>();
  #settings!: LinkSettings;
  /** Whether it doubles, delays or reorders: for all others nothing of it is looked at. */
  #unruly = false;
  /** When the last message sent arrives: a link never reorders. */
  #lastArrivalMs = 0;

  constructor(from: string, to: string, seed: number, settings: LinkSettings) {
    this.from = from;
    this.to = to;
    this.#seed = seed;
    this.#random = createStream(seed, `link ${from} -> ${to}`);
    this.settings = settings;
  }

  set settings(settings: LinkSettings) {
    const { duplicated = 0, delayed = 0, reordered = 0 } = settings;
    this.#settings = settings;
    this.#unruly = duplicated > 0 || delayed > 0 || reordered > 0;
  }

  get isCut(): boolean {
    return this.#settings.cut;
  }

  /** When what is sent now arrives, or undefined when the link loses it. */
  arrivalMs(nowMs: number): number | undefined {
    const { latencyMs, jitterMs, loss, cut } = this.#settings;
    if (cut || (loss > 0 && this.#random.next() < loss)) return undefined;
    if (this.#unruly) return this.#unrulyArrivalMs(nowMs);
    if (latencyMs === 0 && jitterMs === 0) return Math.max(nowMs, this.#lastArrivalMs);
    const arrival = Math.max(wholeMicroseconds(nowMs + latencyMs + this.#jitterMs()), this.#lastArrivalMs);
    this.#lastArrivalMs = arrival;
    return arrival;
  }

  #unrulyArrivalMs(nowMs: number): number {
    const { latencyMs, delayedMs = delayedMsDefault } = this.#settings;
    const jitterMs = this.#jitterMs();
    const lateMs = this.#happens('delayed') ? delayedMs : 0;
    const usual = Math.max(wholeMicroseconds(nowMs + latencyMs + jitterMs + lateMs), this.#lastArrivalMs);
    if (this.#happens('reordered')) return wholeMicroseconds(usual + delayedMs);
    this.#lastArrivalMs = usual;
    return usual;
  }

  /** When what arrives at `arrivesAtMs` arrives once more; undefined when it does not, as nearly always. */
  copyArrivalMs(arrivesAtMs: number): number | undefined {
    if (!this.#unruly || !this.#happens('duplicated')) return undefined;
    const { latencyMs, jitterMs } = this.#settings;
    return wholeMicroseconds(arrivesAtMs + latencyMs + jitterMs * this.#stream('copy').next());
  }

  /**
   * As `arrivalMs`, for what is part of a stream, which keeps its own order: a piece that the link loses is sent again after a
   * wait that doubles. Undefined only while the link is cut.
   */
  streamArrivalMs(nowMs: number, resendMs: number): number | undefined {
    const { latencyMs, loss, cut, delayedMs = delayedMsDefault } = this.#settings;
    if (cut) return undefined;
    let lateMs = 0;
    for (let waitMs = resendMs; loss > 0 && lateMs < resendMs * 256 && this.#random.next() < loss; waitMs *= 2)
      lateMs += waitMs;
    if (this.#unruly && this.#happens('delayed')) lateMs += delayedMs;
    return wholeMicroseconds(nowMs + lateMs + latencyMs + this.#jitterMs());
  }

  #jitterMs(): number {
    const { jitterMs } = this.#settings;
    return jitterMs === 0 ? 0 : jitterMs * this.#random.next();
  }

  #happens(what: 'duplicated' | 'delayed' | 'reordered'): boolean {
    const share = this.#settings[what] ?? 0;
    return share > 0 && this.#stream(what).next() < share;
  }

  #stream(what: string): RandomStream {
    let stream = this.#streams.get(what);
    if (stream === undefined) {
      stream = createStream(this.#seed, `${what} ${this.from} -> ${this.to}`);
      this.#streams.set(what, stream);
    }
    return stream;
  }
}
