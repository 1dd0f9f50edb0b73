import { Column, idNumber, Names } from './column';
import { fates, type Fate } from './fate';
import { Outcomes } from './outcomes';
import { Spans } from './spans';

/** One attempt of one listener, or one call that was handled: from its start to its outcome. */
export interface Bar {
  readonly startMs: number;
  /** Absent while it is open. */
  readonly endMs: number | undefined;
  /** The outcome, or how it stands. */
  readonly fate: Fate;
  /** `''` for a call. */
  readonly delivery: string;
  readonly message: string;
  /** Of a call, its id. */
  readonly call: string | undefined;
  /** Of a call, method and path. */
  readonly listener: string;
  readonly attempt: number;
  readonly seqStart: number;
  /** Absent while it is open. */
  readonly seqEnd: number | undefined;
}

export const markTypes = ['published', 'console-error', 'failure'] as const;
export type MarkType = (typeof markTypes)[number];

export interface Mark {
  readonly type: MarkType;
  readonly atMs: number;
  readonly seq: number;
}

/** A retry's wait, the dotted thread between two bars; or that of a caller for its answer. */
export interface Thread {
  readonly fromMs: number;
  /** `Infinity` while a caller waits. */
  readonly toMs: number;
  /** Of the message that waits, or of the call that is waited for. */
  readonly subject: string;
  readonly seq: number;
}

/** A stretch in which the process was not running. */
export interface Outage {
  readonly type: 'crashed' | 'exited' | 'stopped';
  readonly fromMs: number;
  /** Absent while it lasts. */
  readonly toMs: number | undefined;
  readonly seq: number;
}

/**
 * A lane as it is drawn: what each of many small stretches of time holds. `busy`: an attempt is under way. `ended`: one
 * bit for each fate that an attempt ended with, bit n for `fates[n]`. `waiting`: a retry waits. `awaiting`: a caller waits for its answer. The rest are marks.
 */
export interface LaneColumns {
  readonly busy: Uint8Array;
  readonly ended: Uint8Array;
  readonly waiting: Uint8Array;
  readonly awaiting: Uint8Array;
  readonly published: Uint8Array;
  readonly failure: Uint8Array;
  readonly 'console-error': Uint8Array;
}

export function laneColumns(length: number): LaneColumns {
  const column = (): Uint8Array => new Uint8Array(length);
  return {
    busy: column(),
    ended: column(),
    waiting: column(),
    awaiting: column(),
    published: column(),
    failure: column(),
    'console-error': column(),
  };
}

export interface BarStart {
  readonly seq: number;
  readonly atMs: number;
  readonly listener: string;
  readonly attempt: number;
  /** A delivery of a message, or a call. */
  readonly of: { readonly delivery: string; readonly message: string } | { readonly call: string };
}

/**
 * One process's row on the timeline: what it handled, what it published and called, when it was away.
 * Appended to in order of time; the ids of a bar are kept as numbers, see `idNumber`.
 */
export class Lane {
  readonly process: string;
  readonly service: string;
  readonly startedMs: number;
  readonly #bars = new Spans();
  readonly #seqStart = Column.int32();
  readonly #seqEnd = Column.int32();
  readonly #fate = Column.uint8();
  readonly #attempt = Column.uint16();
  readonly #listener = Column.int32();
  readonly #listeners = new Names();
  /** Of a call: the number of its request, negative. */
  readonly #delivery = Column.int32();
  readonly #message = Column.int32();
  readonly #outcomes = new Outcomes();
  /** Of bar number i, its number among the outcomes, from 1; 0 while it is open. */
  readonly #outcome = Column.int32();
  readonly #marks: Readonly<Record<MarkType, { readonly atMs: Column; readonly seq: Column }>> = {
    published: { atMs: Column.float64(), seq: Column.int32() },
    'console-error': { atMs: Column.float64(), seq: Column.int32() },
    failure: { atMs: Column.float64(), seq: Column.int32() },
  };
  readonly #threads = new Spans();
  readonly #threadSeq = Column.int32();
  readonly #threadMessage = Column.int32();
  /** The latest end among the threads up to number i. */
  readonly #threadReachMs = Column.float64();
  /** A caller's waits for its answers; open until the answer is there. */
  readonly #calls = new Spans();
  readonly #callSeq = Column.int32();
  readonly #callNumber = Column.int32();
  /** Their ends, in order of time. */
  readonly #callEndMs = Column.float64();
  readonly #outages: Outage[] = [];

  constructor(process: string, service: string, startedMs: number) {
    this.process = process;
    this.service = service;
    this.startedMs = startedMs;
  }

  get barCount(): number {
    return this.#bars.length;
  }

  /** In order; they do not overlap. */
  get outages(): readonly Outage[] {
    return this.#outages;
  }

  /** Every bar that touches the window, in order of start. */
  barsBetween(fromMs: number, toMs: number): Bar[] {
    return this.#bars.between(fromMs, toMs).map((index) => this.#barAt(index));
  }

  /** How the message (`m_12`) or the call (`r_12`) was handled here. */
  barsOf(id: string): Bar[] {
    const number = idNumber(id);
    const isCall = id.startsWith('r_');
    const column = isCall ? this.#delivery : this.#message;
    const wanted = isCall ? -number : number;
    const bars: Bar[] = [];
    if (number === 0) return bars;
    for (let index = 0; index < column.length; index += 1) {
      if (column.at(index) === wanted) bars.push(this.#barAt(index));
    }
    return bars;
  }

  marksBetween(fromMs: number, toMs: number): Mark[] {
    const marks: Mark[] = [];
    for (const type of markTypes) {
      const { atMs, seq } = this.#marks[type];
      const end = atMs.firstAbove(toMs);
      for (let index = atMs.firstAtLeast(fromMs); index < end; index += 1) {
        marks.push({ type, atMs: atMs.at(index), seq: seq.at(index) });
      }
    }
    return marks.sort((one, other) => one.seq - other.seq);
  }

  /**
   * Sums the lane up over adjoining stretches of time: stretch i goes from `edgesMs[i]` to before `edgesMs[i + 1]`. Costs by
   * the number of stretches, and hardly by what they hold.
   */
  sumUp(edgesMs: Float64Array, length: number, into: LaneColumns): void {
    this.#sumUpBars(edgesMs, length, into);
    this.#sumUpThreads(edgesMs, length, into);
    for (const type of markTypes) {
      const { atMs } = this.#marks[type];
      const counted = into[type];
      let from = atMs.firstAtLeast(edgesMs[0] ?? 0);
      for (let index = 0; index < length; index += 1) {
        const to = atMs.firstAtLeastFrom(edgesMs[index + 1] as number, from);
        counted[index] = to > from ? 1 : 0;
        from = to;
      }
    }
  }

  threadsBetween(fromMs: number, toMs: number): Thread[] {
    const retries = this.#threads.between(fromMs, toMs).map((index) => ({
      fromMs: this.#threads.startMs(index),
      toMs: this.#threads.endMs(index),
      subject: idOf('m', this.#threadMessage.at(index)),
      seq: this.#threadSeq.at(index),
    }));
    const calls = this.#calls.between(fromMs, toMs).map((index) => ({
      fromMs: this.#calls.startMs(index),
      toMs: this.#calls.endMs(index),
      subject: idOf('r', this.#callNumber.at(index)),
      seq: this.#callSeq.at(index),
    }));
    return [...retries, ...calls];
  }

  /** It called somebody. Returns the index by which the wait is ended. */
  startWaiting({ atMs, seq }: { readonly atMs: number; readonly seq: number }, call: string): number {
    this.#callSeq.push(seq);
    this.#callNumber.push(idNumber(call));
    return this.#calls.push(atMs);
  }

  endWaiting(index: number, atMs: number): void {
    this.#calls.end(index, atMs);
    this.#callEndMs.push(atMs);
  }

  /** Returns the bar's index. */
  startBar(bar: BarStart, fate: Fate): number {
    this.#seqStart.push(bar.seq);
    this.#seqEnd.push(bar.seq);
    this.#fate.push(fates.indexOf(fate));
    this.#attempt.push(bar.attempt);
    this.#listener.push(this.#listeners.numberOf(bar.listener));
    this.#delivery.push('call' in bar.of ? -idNumber(bar.of.call) : idNumber(bar.of.delivery));
    this.#message.push('call' in bar.of ? 0 : idNumber(bar.of.message));
    this.#outcome.push(0);
    return this.#bars.push(bar.atMs);
  }

  endBar(index: number, at: { readonly atMs: number; readonly seq: number }, fate: Fate): void {
    this.#bars.end(index, at.atMs);
    this.#seqEnd.set(index, at.seq);
    this.#outcome.set(index, this.#outcomes.push(at.atMs, fate) + 1);
    this.changeFate(index, fate);
  }

  changeFate(index: number, fate: Fate): void {
    this.#fate.set(index, fates.indexOf(fate));
    const outcome = this.#outcome.at(index);
    if (outcome > 0) this.#outcomes.change(outcome - 1, fate);
  }

  mark(type: MarkType, at: { readonly atMs: number; readonly seq: number }): void {
    this.#marks[type].atMs.push(at.atMs);
    this.#marks[type].seq.push(at.seq);
  }

  addThread(thread: Thread): void {
    this.#threads.push(thread.fromMs, thread.toMs);
    this.#threadSeq.push(thread.seq);
    this.#threadMessage.push(idNumber(thread.subject));
    const before = this.#threadReachMs.length === 0 ? 0 : this.#threadReachMs.at(this.#threadReachMs.length - 1);
    this.#threadReachMs.push(Math.max(before, thread.toMs));
  }

  goAway(type: Outage['type'], at: { readonly atMs: number; readonly seq: number }): void {
    this.comeBack(at.atMs);
    this.#outages.push({ type, fromMs: at.atMs, toMs: undefined, seq: at.seq });
  }

  comeBack(atMs: number): void {
    const last = this.#outages.at(-1);
    if (last !== undefined && last.toMs === undefined)
      this.#outages[this.#outages.length - 1] = { ...last, toMs: atMs };
  }

  #sumUpBars(edgesMs: Float64Array, length: number, into: LaneColumns): void {
    const first = edgesMs[0] ?? 0;
    let begun = this.#bars.startedBefore(first, 0);
    let over = this.#outcomes.firstAtLeast(first, 0);
    for (let index = 0; index < length; index += 1) {
      const toMs = edgesMs[index + 1] as number;
      const begunThen = this.#bars.startedBefore(toMs, begun);
      const overThen = this.#outcomes.firstAtLeast(toMs, over);
      into.busy[index] = begun > over || begunThen > begun ? 1 : 0;
      into.ended[index] = overThen > over ? this.#outcomes.mask(over, overThen) : 0;
      begun = begunThen;
      over = overThen;
    }
  }

  #sumUpThreads(edgesMs: Float64Array, length: number, into: LaneColumns): void {
    let begun = this.#threads.startedBefore(edgesMs[0] ?? 0, 0);
    for (let index = 0; index < length; index += 1) {
      begun = this.#threads.startedBefore(edgesMs[index + 1] as number, begun);
      into.waiting[index] = begun > 0 && this.#threadReachMs.at(begun - 1) > (edgesMs[index] as number) ? 1 : 0;
    }
    this.#sumUpCalls(edgesMs, length, into);
  }

  #sumUpCalls(edgesMs: Float64Array, length: number, into: LaneColumns): void {
    let begun = this.#calls.startedBefore(edgesMs[0] ?? 0, 0);
    let over = this.#callEndMs.firstAtLeast(edgesMs[0] ?? 0);
    for (let index = 0; index < length; index += 1) {
      const toMs = edgesMs[index + 1] as number;
      const begunThen = this.#calls.startedBefore(toMs, begun);
      into.awaiting[index] = begun > over || begunThen > begun ? 1 : 0;
      begun = begunThen;
      over = this.#callEndMs.firstAtLeastFrom(toMs, over);
    }
  }

  #barAt(index: number): Bar {
    const endMs = this.#bars.endMs(index);
    const open = endMs === Infinity;
    const delivery = this.#delivery.at(index);
    return {
      startMs: this.#bars.startMs(index),
      endMs: open ? undefined : endMs,
      fate: fates[this.#fate.at(index)] ?? 'flight',
      delivery: idOf('d', Math.max(0, delivery)),
      message: idOf('m', this.#message.at(index)),
      call: delivery < 0 ? idOf('r', -delivery) : undefined,
      listener: this.#listeners.name(this.#listener.at(index)),
      attempt: this.#attempt.at(index),
      seqStart: this.#seqStart.at(index),
      seqEnd: open ? undefined : this.#seqEnd.at(index),
    };
  }
}

function idOf(letter: 'd' | 'm' | 'r', number: number): string {
  return number === 0 ? '' : `${letter}_${String(number)}`;
}
