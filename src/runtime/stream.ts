import type { Task } from '../kernel/agenda';
import type { World } from './world';

/** What is lost is sent again after this long, and after twice that, and so on up to the longest wait. */
const resendMs = 200;
const resendMsMax = 10_000;
/** Silence after which a connection is given up, unless it says otherwise. */
const silenceMsDefault = 120_000;

interface Batch<T> {
  readonly atMs: number;
  readonly items: T[];
}

export interface StreamOptions<T> {
  readonly world: World;
  readonly from: string;
  readonly to: string;
  /** Silence after which it is given up. */
  readonly silenceMs?: number | undefined;
  /** An item has arrived. `isFollowed`: together with another one that is taken next. */
  take(item: T, isFollowed: boolean): void;
  /** Nothing has got through for too long. */
  givenUp(): void;
}

/** One direction of a connection: in order, and what the link loses is sent again. Items that arrive together are one task. */
export class Stream<T> {
  readonly #options: StreamOptions<T>;
  /** The last one that is on its way. */
  #batch: Batch<T> | undefined;
  /** Waiting for a link that was cut. */
  #held: T[] = [];
  #heldSinceMs = 0;
  /** Gives it up when its link has been cut for too long. */
  #cut: Task | undefined;
  /** Nothing arrives before what was sent before it. */
  #lastArrivalMs = 0;
  #closed = false;

  constructor(options: StreamOptions<T>) {
    this.#options = options;
  }

  /** When what is sent now, or at a later instant, arrives; undefined while the link is cut. */
  arrivalMs(sentAtMs = this.#options.world.agenda.nowMs): number | undefined {
    if (this.#held.length > 0) return undefined;
    const { world, from, to } = this.#options;
    const arrivesAtMs = world.network.streamArrivalMs(from, to, sentAtMs, resendMs);
    if (arrivesAtMs === undefined) return undefined;
    this.#lastArrivalMs = Math.max(this.#lastArrivalMs, arrivesAtMs);
    return this.#lastArrivalMs;
  }

  put(item: T, arrivesAtMs = this.arrivalMs()): void {
    if (this.#closed) return;
    if (arrivesAtMs === undefined || this.#held.length > 0) this.#hold(item);
    else this.#schedule(item, arrivesAtMs);
  }

  /** Its link may have changed. While that is cut not even heartbeats arrive, and it is given up in time though nothing is sent. */
  watch(): void {
    const { world, from, to, givenUp, silenceMs = silenceMsDefault } = this.#options;
    const { agenda, network } = world;
    const isCut = !this.#closed && network.isCut(from, to);
    if (isCut) this.#cut ??= agenda.schedule(agenda.nowMs + silenceMs, givenUp);
    else if (this.#cut !== undefined) {
      agenda.cancel(this.#cut);
      this.#cut = undefined;
    }
  }

  close(): void {
    this.#closed = true;
    this.#held = [];
    if (this.#cut !== undefined) this.#options.world.agenda.cancel(this.#cut);
  }

  #schedule(item: T, arrivesAtMs: number): void {
    const { world, take } = this.#options;
    const atMs = Math.max(arrivesAtMs, world.agenda.nowMs);
    if (this.#batch?.atMs === atMs) {
      this.#batch.items.push(item);
      return;
    }
    const batch: Batch<T> = { atMs, items: [item] };
    this.#batch = batch;
    world.agenda.schedule(atMs, () => {
      // What is sent from here on is a task of its own, even when it arrives at this instant.
      if (this.#batch === batch) this.#batch = undefined;
      const { items } = batch;
      for (let index = 0; index < items.length; index += 1)
        if (!this.#closed) take(items[index]!, index < items.length - 1);
    });
  }

  #hold(item: T): void {
    if (this.#held.push(item) > 1) return;
    this.#heldSinceMs = this.#options.world.agenda.nowMs;
    this.#tryLater(resendMs);
  }

  #tryLater(waitMs: number): void {
    const { world, from, to, givenUp, silenceMs = silenceMsDefault } = this.#options;
    const givesUpAtMs = this.#heldSinceMs + silenceMs;
    world.agenda.schedule(Math.min(world.agenda.nowMs + waitMs, givesUpAtMs), () => {
      if (this.#closed) return;
      const { nowMs } = world.agenda;
      const arrivesAtMs = world.network.streamArrivalMs(from, to, nowMs, resendMs);
      if (arrivesAtMs !== undefined) {
        this.#lastArrivalMs = Math.max(this.#lastArrivalMs, arrivesAtMs);
        for (const item of this.#held.splice(0)) this.#schedule(item, this.#lastArrivalMs);
      } else if (nowMs >= givesUpAtMs) givenUp();
      else this.#tryLater(Math.min(waitMs * 2, resendMsMax));
    });
  }
}
