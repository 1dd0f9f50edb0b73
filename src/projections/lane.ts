import { Column, idNumber, Names } from './column';
import { fates, type Fate } from './fate';
import { Spans } from './spans';

/** One attempt of one listener: from its start to its outcome. */
export interface Bar {
  readonly startMs: number;
  /** Absent while it is open. */
  readonly endMs: number | undefined;
  /** The outcome, or how it stands. */
  readonly fate: Fate;
  readonly delivery: string;
  readonly message: string;
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

/** A retry's wait: the dotted thread between two bars. */
export interface Thread {
  readonly fromMs: number;
  readonly toMs: number;
  readonly message: string;
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

/** `message`: the number in its id, 12 for `m_12`. */
export type BarVisitor = (startMs: number, endMs: number, fate: Fate, message: number) => void;

export interface BarStart {
  readonly seq: number;
  readonly atMs: number;
  readonly delivery: string;
  readonly message: string;
  readonly listener: string;
  readonly attempt: number;
}

/**
 * One process's row on the timeline: what it handled, what it published, when it was away.
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
  readonly #delivery = Column.int32();
  readonly #message = Column.int32();
  readonly #markAtMs = Column.float64();
  readonly #markSeq = Column.int32();
  readonly #markType = Column.uint8();
  readonly #threads = new Spans();
  readonly #threadSeq = Column.int32();
  readonly #threadMessage = Column.int32();
  #outages: Outage[] = [];

  constructor(process: string, service: string, startedMs: number) {
    this.process = process;
    this.service = service;
    this.startedMs = startedMs;
  }

  get barCount(): number {
    return this.#bars.length;
  }

  get outages(): readonly Outage[] {
    return this.#outages;
  }

  /** Every bar that touches the window, in order of start. */
  barsBetween(fromMs: number, toMs: number): Bar[] {
    return this.#bars.between(fromMs, toMs).map((index) => this.#barAt(index));
  }

  /** The same bars, in the same order, without an object for each: for drawing many. An open one ends at `Infinity`. */
  visitBars(fromMs: number, toMs: number, visit: BarVisitor): void {
    for (const index of this.#bars.between(fromMs, toMs)) {
      const fate = fates[this.#fate.at(index)] ?? 'flight';
      visit(this.#bars.startMs(index), this.#bars.endMs(index), fate, this.#message.at(index));
    }
  }

  marksBetween(fromMs: number, toMs: number): Mark[] {
    const marks: Mark[] = [];
    const end = this.#markAtMs.firstAbove(toMs);
    for (let index = this.#markAtMs.firstAtLeast(fromMs); index < end; index += 1) {
      const type = markTypes[this.#markType.at(index)] ?? 'published';
      marks.push({ type, atMs: this.#markAtMs.at(index), seq: this.#markSeq.at(index) });
    }
    return marks;
  }

  threadsBetween(fromMs: number, toMs: number): Thread[] {
    return this.#threads.between(fromMs, toMs).map((index) => ({
      fromMs: this.#threads.startMs(index),
      toMs: this.#threads.endMs(index),
      message: idOf('m', this.#threadMessage.at(index)),
      seq: this.#threadSeq.at(index),
    }));
  }

  /** Returns the bar's index. */
  startBar(bar: BarStart, fate: Fate): number {
    this.#seqStart.push(bar.seq);
    this.#seqEnd.push(bar.seq);
    this.#fate.push(fates.indexOf(fate));
    this.#attempt.push(bar.attempt);
    this.#listener.push(this.#listeners.numberOf(bar.listener));
    this.#delivery.push(idNumber(bar.delivery));
    this.#message.push(idNumber(bar.message));
    return this.#bars.push(bar.atMs);
  }

  endBar(index: number, at: { readonly atMs: number; readonly seq: number }, fate: Fate): void {
    this.#bars.end(index, at.atMs);
    this.#seqEnd.set(index, at.seq);
    this.changeFate(index, fate);
  }

  changeFate(index: number, fate: Fate): void {
    this.#fate.set(index, fates.indexOf(fate));
  }

  mark(type: MarkType, at: { readonly atMs: number; readonly seq: number }): void {
    this.#markType.push(markTypes.indexOf(type));
    this.#markAtMs.push(at.atMs);
    this.#markSeq.push(at.seq);
  }

  addThread(thread: Thread): void {
    this.#threads.push(thread.fromMs, thread.toMs);
    this.#threadSeq.push(thread.seq);
    this.#threadMessage.push(idNumber(thread.message));
  }

  goAway(type: Outage['type'], at: { readonly atMs: number; readonly seq: number }): void {
    this.comeBack(at.atMs);
    this.#outages = [...this.#outages, { type, fromMs: at.atMs, toMs: undefined, seq: at.seq }];
  }

  comeBack(atMs: number): void {
    const last = this.#outages.at(-1);
    if (last?.toMs === undefined && last !== undefined) {
      this.#outages = [...this.#outages.slice(0, -1), { ...last, toMs: atMs }];
    }
  }

  #barAt(index: number): Bar {
    const endMs = this.#bars.endMs(index);
    const open = endMs === Infinity;
    return {
      startMs: this.#bars.startMs(index),
      endMs: open ? undefined : endMs,
      fate: fates[this.#fate.at(index)] ?? 'flight',
      delivery: idOf('d', this.#delivery.at(index)),
      message: idOf('m', this.#message.at(index)),
      listener: this.#listeners.name(this.#listener.at(index)),
      attempt: this.#attempt.at(index),
      seqStart: this.#seqStart.at(index),
      seqEnd: open ? undefined : this.#seqEnd.at(index),
    };
  }
}

function idOf(letter: 'd' | 'm', number: number): string {
  return number === 0 ? '' : `${letter}_${String(number)}`;
}
