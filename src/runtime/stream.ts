import type { Agenda, Task } from '../kernel/agenda';
import type { Link } from './link';
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

export interface StreamOptions<O, T> {
  readonly world: World;
  readonly from: string;
  readonly to: string;
  /** Whose stream it is. */
  readonly owner: O;
  readonly end: StreamEnd<O, T>;
  /** Silence after which it is given up. */
  readonly silenceMs?: number | undefined;
}

/** What becomes of what a stream brings: the same for all streams of a kind. */
export interface StreamEnd<O, T> {
  /** An item has arrived. `isFollowed`: together with another one that is taken next. */
  take(owner: O, item: T, isFollowed: boolean): void;
  /** Nothing has got through for too long. */
  givenUp(owner: O): void;
}

/** One direction of a connection: in order, and what the link loses is sent again. Items that arrive together are one task. */
export class Stream<O, T> {
  readonly #agenda: Agenda;
  readonly #link: Link;
  readonly #owner: O;
  readonly #end: StreamEnd<O, T>;
  readonly #silenceMs: number;
  /** The last one that is on its way. */
  #batch: Batch<T> | undefined;
  /** Waiting for a link that was cut. */
  #held: T[] | undefined;
  #heldSinceMs = 0;
  /** Gives it up when its link has been cut for too long. */
  #cut: Task | undefined;
  /** Nothing arrives before what was sent before it. */
  #lastArrivalMs = 0;
  #closed = false;

  constructor({ world, from, to, owner, end, silenceMs = silenceMsDefault }: StreamOptions<O, T>) {
    this.#agenda = world.agenda;
    this.#link = world.network.link(from, to);
    this.#owner = owner;
    this.#end = end;
    this.#silenceMs = silenceMs;
  }

  /** When what is sent now, or at a later instant, arrives; undefined while the link is cut. */
  arrivalMs(sentAtMs = this.#agenda.nowMs): number | undefined {
    if (this.#held !== undefined) return undefined;
    const arrivesAtMs = this.#link.streamArrivalMs(sentAtMs, resendMs);
    if (arrivesAtMs === undefined) return undefined;
    this.#lastArrivalMs = Math.max(this.#lastArrivalMs, arrivesAtMs);
    return this.#lastArrivalMs;
  }

  put(item: T, arrivesAtMs = this.arrivalMs()): void {
    if (this.#closed) return;
    if (arrivesAtMs === undefined || this.#held !== undefined) this.#hold(item);
    else this.#schedule(item, arrivesAtMs);
  }

  /** What was put last and has not arrived. */
  takeBack(count: number): void {
    const items = this.#held ?? this.#batch?.items;
    if (items !== undefined && count > 0) items.splice(-count);
  }

  /** Its link may have changed. While that is cut not even heartbeats arrive, and it is given up in time though nothing is sent. */
  watch(): void {
    const agenda = this.#agenda;
    const isCut = !this.#closed && this.#link.isCut;
    if (isCut) this.#cut ??= agenda.schedule(agenda.nowMs + this.#silenceMs, () => this.#end.givenUp(this.#owner));
    else if (this.#cut !== undefined) {
      agenda.cancel(this.#cut);
      this.#cut = undefined;
    }
  }

  close(): void {
    this.#closed = true;
    this.#held = undefined;
    if (this.#cut !== undefined) this.#agenda.cancel(this.#cut);
  }

  #schedule(item: T, arrivesAtMs: number): void {
    const agenda = this.#agenda;
    const atMs = Math.max(arrivesAtMs, agenda.nowMs);
    if (this.#batch?.atMs === atMs) {
      this.#batch.items.push(item);
      return;
    }
    const batch: Batch<T> = { atMs, items: [item] };
    this.#batch = batch;
    agenda.schedule(atMs, () => {
      // What is sent from here on is a task of its own, even when it arrives at this instant.
      if (this.#batch === batch) this.#batch = undefined;
      const { items } = batch;
      for (let index = 0; index < items.length; index += 1)
        if (!this.#closed) this.#end.take(this.#owner, items[index]!, index < items.length - 1);
    });
  }

  #hold(item: T): void {
    if (this.#held !== undefined) {
      this.#held.push(item);
      return;
    }
    this.#held = [item];
    this.#heldSinceMs = this.#agenda.nowMs;
    this.#tryLater(resendMs);
  }

  #tryLater(waitMs: number): void {
    const agenda = this.#agenda;
    const givesUpAtMs = this.#heldSinceMs + this.#silenceMs;
    agenda.schedule(Math.min(agenda.nowMs + waitMs, givesUpAtMs), () => {
      if (this.#closed) return;
      const { nowMs } = agenda;
      const arrivesAtMs = this.#link.streamArrivalMs(nowMs, resendMs);
      if (arrivesAtMs !== undefined) {
        const held = this.#held ?? [];
        this.#held = undefined;
        this.#lastArrivalMs = Math.max(this.#lastArrivalMs, arrivesAtMs);
        for (const item of held) this.#schedule(item, this.#lastArrivalMs);
      } else if (nowMs >= givesUpAtMs) this.#end.givenUp(this.#owner);
      else this.#tryLater(Math.min(waitMs * 2, resendMsMax));
    });
  }
}
