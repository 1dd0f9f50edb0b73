import type { Entry } from '../log/entry';
import { Column } from './column';

/**
 * How much of its time a process was handling something, at any position. Built by appending entries in order.
 *
 * Busy is a process with at least one delivery or HTTP call that it has begun to handle and not ended; the end of the process ends them all.
 */
export class BusyTimes {
  readonly #spells = new Map<string, Spells>();
  /** Calls that are handled now: by the request, who called whom. */
  readonly #calls = new Map<string, { readonly from: string | undefined; readonly to: string }>();

  append(entry: Entry): void {
    switch (entry.type) {
      case 'process.started':
        if (!this.#spells.has(entry.process)) this.#spells.set(entry.process, new Spells(entry));
        return;
      case 'http.received':
        this.#calls.set(entry.request, { from: entry.from, to: entry.process });
        return this.#spells.get(entry.process)?.begin(entry, entry.request);
      case 'http.answered':
      case 'http.failed':
        return this.#endCall(entry, entry.request);
      case 'delivery.started':
        return this.#spells.get(entry.process)?.begin(entry, entry.delivery);
      case 'delivery.succeeded':
      case 'delivery.failed':
        return this.#spells.get(entry.process)?.end(entry, entry.delivery);
      case 'process.crashed':
      case 'process.exited':
        // What others do for it is for nobody now.
        for (const [request, { from }] of this.#calls) if (from === entry.process) this.#endCall(entry, request);
        return this.#spells.get(entry.process)?.endAll(entry);
      default:
        return;
    }
  }

  #endCall(entry: Entry, request: string): void {
    const call = this.#calls.get(request);
    this.#calls.delete(request);
    if (call) this.#spells.get(call.to)?.end(entry, request);
  }

  /** From 0 to 1, of the time since the process first started; nothing before it has. `atMs`: the playhead. */
  shareAt(process: string, position: number, atMs: number): number | undefined {
    return this.#spells.get(process)?.shareAt(position, atMs);
  }
}

/** Where one process went from idle to busy and back. */
class Spells {
  readonly #startSeq: number;
  readonly #startMs: number;
  /** Under way at the end of what was taken in. */
  readonly #open = new Set<string>();
  readonly #seq = Column.int32();
  readonly #atMs = Column.float64();
  /** Busy time up to the turn. */
  readonly #busyMs = Column.float64();

  constructor({ seq, atMs }: Entry) {
    this.#startSeq = seq;
    this.#startMs = atMs;
  }

  begin(entry: Entry, delivery: string): void {
    if (this.#open.size === 0) this.#turn(entry, 0);
    this.#open.add(delivery);
  }

  end(entry: Entry, delivery: string): void {
    if (this.#open.delete(delivery) && this.#open.size === 0) this.#turn(entry, this.#sinceTurn(entry.atMs));
  }

  endAll(entry: Entry): void {
    if (this.#open.size === 0) return;
    this.#open.clear();
    this.#turn(entry, this.#sinceTurn(entry.atMs));
  }

  shareAt(position: number, atMs: number): number | undefined {
    const spanMs = atMs - this.#startMs;
    if (position <= this.#startSeq || spanMs <= 0) return undefined;
    const turns = this.#seq.firstAtLeast(position);
    const isBusy = turns % 2 === 1;
    const sinceMs = isBusy ? atMs - this.#atMs.at(turns - 1) : 0;
    return (this.#busyMs.at(turns - 1) + sinceMs) / spanMs;
  }

  #sinceTurn(atMs: number): number {
    return atMs - this.#atMs.at(this.#atMs.length - 1);
  }

  /** Turns alternate: the first one is to busy. */
  #turn({ seq, atMs }: Entry, addedMs: number): void {
    const busyMs = this.#busyMs.at(this.#busyMs.length - 1) + addedMs;
    this.#seq.push(seq);
    this.#atMs.push(atMs);
    this.#busyMs.push(busyMs);
  }
}
