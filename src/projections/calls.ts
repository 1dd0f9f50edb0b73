import type { Entry, HttpAnswered, HttpFailed, HttpReceived, HttpRequested } from '../log/entry';
import { Column, idNumber } from './column';
import { fateOfCallFailure, fateOfStatus, type Fate } from './fate';
import type { ProcessEnds } from './process-ends';

/** How far a call has come. */
export type CallPhase =
  /** The request travels, or waits for a link that is cut. */
  | 'on the way'
  | 'handling'
  /** Answered; the answer travels. */
  | 'answering'
  | 'answered'
  | 'failed'
  /** Who handled it is gone, and the caller does not know yet. */
  | 'interrupted'
  /** The caller is gone, and nobody waits for an answer. */
  | 'abandoned';

/** One call as it stands at a position. */
export interface CallSummary {
  readonly request: string;
  /** A process or a broker. Absent: it came from outside. */
  readonly from: string | undefined;
  /** Who has it; with nobody there, the service that was meant, if any. */
  readonly to: string | undefined;
  readonly host: string;
  readonly method: string;
  readonly path: string;
  readonly state: CallPhase;
  readonly fate: Fate;
  readonly status: number | undefined;
  /** As in `http.failed`. */
  readonly code: string | undefined;
  readonly requestedMs: number;
  /** When the request arrives, as far as that is known. */
  readonly arrivesMs: number | undefined;
  readonly receivedMs: number | undefined;
  readonly answeredMs: number | undefined;
  /** When the caller had its answer, or learned that there is none. */
  readonly endedMs: number | undefined;
  readonly requestedSeq: number;
  readonly receivedSeq: number | undefined;
  readonly answeredSeq: number | undefined;
  readonly endedSeq: number | undefined;
  /** The caller's line. */
  readonly askedAt: string | undefined;
  /** The line that answered. */
  readonly answeredAt: string | undefined;
}

/**
 * Every call of the log, and how it stands at any position. Built by appending entries in order. It keeps numbers only, and reads
 * the entries again when asked.
 */
export class Calls {
  readonly #read: (seq: number) => Entry;
  readonly #ends: ProcessEnds;
  // By number of the request: `seq` of the entry plus one, 0 when there is none.
  readonly #requested = Column.int32();
  readonly #received = Column.int32();
  readonly #answered = Column.int32();
  readonly #ended = Column.int32();
  readonly #requestedMs = Column.float64();
  /** Numbers of the requests that somebody sent, was sent or got. */
  readonly #by = new Map<string, Column>();

  constructor(read: (seq: number) => Entry, ends: ProcessEnds) {
    this.#read = read;
    this.#ends = ends;
  }

  append(entry: Entry): void {
    switch (entry.type) {
      case 'http.requested': {
        const number = idNumber(entry.request);
        if (number === 0 || this.#requested.at(number) > 0) return;
        this.#requested.set(number, entry.seq + 1);
        this.#requestedMs.set(number, entry.atMs);
        this.#list(entry.process, number);
        const to = entry.to ?? entry.meant;
        if (to !== entry.process) this.#list(to, number);
        return;
      }
      case 'http.received':
        this.#note(this.#received, entry);
        return this.#list(entry.process, idNumber(entry.request));
      case 'http.answered':
        return this.#note(this.#answered, entry);
      case 'http.completed':
      case 'http.failed':
        return this.#note(this.#ended, entry);
      default:
        return;
    }
  }

  /** `seq` of the request, when it was sent before the position. */
  requestedSeq(request: string, position = Infinity): number | undefined {
    const seq = this.#requested.at(idNumber(request)) - 1;
    return seq < 0 || seq >= position ? undefined : seq;
  }

  requestedMs(request: string): number {
    return this.#requestedMs.at(idNumber(request));
  }

  /** `seq` of every entry about the call before the position, the request first. */
  entriesOf(request: string, position: number): number[] {
    const number = idNumber(request);
    const all = [this.#requested, this.#received, this.#answered, this.#ended].map((column) => column.at(number) - 1);
    return all.filter((seq) => seq >= 0 && seq < position).sort((one, other) => one - other);
  }

  /** Nothing before it is sent. */
  callAt(request: string, position: number): CallSummary | undefined {
    const requestedSeq = this.requestedSeq(request, position);
    if (requestedSeq === undefined) return undefined;
    const asked = this.#read(requestedSeq) as HttpRequested;
    const number = idNumber(request);
    const received = this.#entry<HttpReceived>(this.#received, number, position);
    const answered = this.#entry<HttpAnswered>(this.#answered, number, position);
    const ended = this.#entry<Entry>(this.#ended, number, position);
    const failed = ended?.type === 'http.failed' ? ended : undefined;
    const gone = ended === undefined ? this.#goneAt(asked, received, answered, position) : undefined;
    const state: CallPhase =
      ended !== undefined
        ? failed === undefined
          ? 'answered'
          : 'failed'
        : (gone?.state ?? (answered !== undefined ? 'answering' : received !== undefined ? 'handling' : 'on the way'));
    return {
      request,
      from: asked.process,
      to: received?.process ?? asked.to ?? asked.meant,
      host: asked.host,
      method: asked.method,
      path: asked.path,
      state,
      fate: fateOf(state, answered, failed),
      status: answered?.status,
      code: failed?.code,
      requestedMs: asked.atMs,
      arrivesMs: asked.arrivesAtMs,
      receivedMs: received?.atMs,
      answeredMs: answered?.atMs,
      endedMs: ended?.atMs ?? (gone?.state === 'abandoned' ? gone.atMs : undefined),
      requestedSeq,
      receivedSeq: received?.seq,
      answeredSeq: answered?.seq,
      endedSeq: ended?.seq,
      askedAt: asked.where,
      answeredAt: answered?.where,
    };
  }

  /** The latest calls that a process or broker sent or was sent before the position, the newest first. */
  lastOf(
    name: string,
    position: number,
    callsMax: number,
    isWanted = (_: CallSummary): boolean => true,
  ): CallSummary[] {
    const found = new Map<string, CallSummary>();
    const numbers = this.#by.get(name);
    for (let at = (numbers?.length ?? 0) - 1; at >= 0 && found.size < callsMax; at -= 1) {
      const call = this.callAt(`r_${String(numbers?.at(at))}`, position);
      // The list has some of them twice.
      if (call !== undefined && isWanted(call)) found.set(call.request, call);
    }
    return [...found.values()];
  }

  #note(column: Column, { request, seq }: Entry & { readonly request: string }): void {
    const number = idNumber(request);
    if (number > 0) column.set(number, seq + 1);
  }

  #list(name: string | undefined, number: number): void {
    if (name === undefined || number === 0) return;
    let numbers = this.#by.get(name);
    if (numbers === undefined) this.#by.set(name, (numbers = Column.int32()));
    // A request that is received stands there already, unless another replica took it. With more under way it stands there twice.
    for (let at = numbers.length - 1; at >= 0 && at >= numbers.length - 64; at -= 1)
      if (numbers.at(at) === number) return;
    numbers.push(number);
  }

  #entry<E extends Entry>(column: Column, number: number, position: number): E | undefined {
    const seq = column.at(number) - 1;
    return seq < 0 || seq >= position ? undefined : (this.#read(seq) as E);
  }

  #goneAt(
    asked: HttpRequested,
    received: HttpReceived | undefined,
    answered: HttpAnswered | undefined,
    position: number,
  ): { readonly state: 'abandoned' | 'interrupted'; readonly atMs: number } | undefined {
    const caller =
      asked.process === undefined ? undefined : this.#ends.firstBetween(asked.process, asked.seq, position);
    if (caller !== undefined) return { state: 'abandoned', atMs: caller.atMs };
    if (received === undefined || answered !== undefined) return undefined;
    const callee = this.#ends.firstBetween(received.process, received.seq, position);
    return callee && { state: 'interrupted', atMs: callee.atMs };
  }
}

function fateOf(state: CallPhase, answered: HttpAnswered | undefined, failed: HttpFailed | undefined): Fate {
  switch (state) {
    case 'on the way':
    case 'handling':
      return 'flight';
    case 'answering':
    case 'answered':
      return fateOfStatus(answered?.status ?? 0);
    case 'failed':
      return fateOfCallFailure(failed?.code ?? '');
    case 'interrupted':
      return 'failed';
    case 'abandoned':
      return 'dropped';
  }
}
