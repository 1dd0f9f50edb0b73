import type { CallFailure, CallReceiver, RequestHead, ResponseHead, ServerCall } from '../clients/http/transport';
import { wholeMicroseconds } from '../kernel/instant';
import { type Context, copyOf } from './context';
import { HeldAnswer } from './held-answer';
import { bodyText, httpBodyCharsMax, joined, piecesOf } from './http-body';
import type { Listener } from './http-ports';
import type { Life } from './life';
import { tellIn } from './tell';
import type { World } from './world';

/** On its way to the caller. */
export type Incoming =
  | { readonly type: 'information'; readonly head: ResponseHead }
  /** With the whole answer, or pieces follow. */
  | {
      readonly type: 'head';
      readonly head: ResponseHead;
      readonly body: Uint8Array | undefined;
      readonly answered: number | undefined;
    }
  | { readonly type: 'data'; readonly bytes: Uint8Array }
  | { readonly type: 'end'; readonly answered?: number; readonly trailers?: readonly string[] | undefined }
  | { readonly type: 'failure'; readonly failure: CallFailure; readonly cause: number };

/** Of a request, one after the other. */
type Arrived = Uint8Array | 'end';

const nobody: CallReceiver = { data: () => undefined, ended: () => undefined, closed: () => undefined };

/** What an answer asks of its call. */
export interface AnsweredCall {
  readonly id: string;
  readonly head: RequestHead;
  /** Who has called, in the log. Absent: from outside. */
  readonly from: string | undefined;
  /** Sends something on its way to the caller. */
  toCaller(message: Incoming, arrivesAtMs?: number): void;
  /** Of what was sent last and at this instant, so many messages did not leave. */
  takeBack(count: number): void;
  /** When what is sent now arrives there. */
  answerArrivalMs(): number | undefined;
  /** As `ServerCall` has it. */
  keepConnection(): () => void;
  /** It has arrived at this life; `cause` is the `seq` of `http.received`. */
  received(life: Life, cause: number): void;
  answeringEnded(): void;
}

/** The process that answers one request. */
export class Answering implements ServerCall {
  readonly life: Life;
  readonly remoteAddress: string;
  readonly remotePort: number;
  receiver: CallReceiver = nobody;
  readonly #world: World;
  readonly #call: AnsweredCall;
  readonly #context: Context;
  readonly #receivedAtMs: number;
  #head: ResponseHead | undefined = undefined;
  #bytes = 0;
  /** What of the answer the log keeps. */
  #kept: Uint8Array | undefined = undefined;
  #pieces: Uint8Array[] | undefined = undefined;
  #open = true;
  /** Of the request, what has arrived and was not told yet. */
  #waiting: Arrived[] | undefined = undefined;
  /** The connection has ended. */
  #isCut = false;

  constructor(world: World, life: Life, call: AnsweredCall, caller: { address: string; port: number; cause: number }) {
    const { journal, agenda } = world;
    this.life = life;
    this.remoteAddress = caller.address;
    this.remotePort = caller.port;
    this.#world = world;
    this.#call = call;
    this.#receivedAtMs = agenda.nowMs;
    const seq = journal.write({
      seq: journal.length,
      atMs: agenda.nowMs,
      type: 'http.received',
      cause: caller.cause,
      request: call.id,
      process: life.process,
      from: call.from,
    });
    this.#context = copyOf(life.base, { cause: seq, isHeld: false });
    call.received(life, seq);
    life.retain();
    if (world.faults.crashes) world.faults.handling(life, seq);
  }

  get head(): RequestHead {
    return this.#call.head;
  }

  accept(listener: Listener): void {
    const { body, chunks } = this.head;
    const pieces = chunks?.flatMap(piecesOf) ?? (body && piecesOf(body));
    const arrived = pieces === undefined ? [] : [...pieces, 'end' as const];
    const first = arrived.shift();
    this.#run(begin, { answering: this, listener, first });
    this.#later(arrived);
  }

  data(bytes: Uint8Array): void {
    this.#next(piecesOf(bytes));
  }

  requestEnded(): void {
    this.#next(['end']);
  }

  /** Each piece and the end are a step of their own, as Node's parser has them: promise jobs run in between. */
  #next(arrived: Arrived[]): void {
    if (this.#waiting !== undefined) {
      this.#waiting.push(...arrived);
      return;
    }
    const first = arrived.shift();
    if (first === undefined) return;
    this.#run(arrive, { answering: this, arrived: first });
    this.#later(arrived);
  }

  /** What has arrived is told though the answer may be on its way already. */
  #later(arrived: Arrived[]): void {
    if (arrived.length === 0 || this.#isCut) return;
    this.#waiting = arrived;
    this.life.retain();
    this.#nextStep(arrived);
  }

  #nextStep(waiting: Arrived[]): void {
    const { agenda } = this.#world;
    agenda.schedule(agenda.nowMs, () => {
      const next = waiting.shift();
      if (next !== undefined && !this.#isCut)
        tellIn(this.life, this.#context, arrive, { answering: this, arrived: next });
      if (waiting.length > 0 && !this.#isCut) this.#nextStep(waiting);
      else {
        this.#waiting = undefined;
        this.life.release();
      }
    });
  }

  /** The caller hung up. */
  closed(): void {
    this.#isCut = true;
    if (!this.#open) return;
    this.drop(close);
  }

  /** It is over, without an answer. */
  drop(last?: (answering: Answering) => void): void {
    if (!this.#open) return;
    this.#open = false;
    if (last !== undefined) tellIn(this.life, this.#context, last, this);
    this.life.release();
    this.#call.answeringEnded();
  }

  inform(head: ResponseHead): void {
    if (this.#open) this.#call.toCaller({ type: 'information', head });
  }

  answer(head: ResponseHead, body?: Uint8Array): void {
    if (!this.#open) return;
    this.#head = head;
    if (body === undefined) {
      this.#call.toCaller({ type: 'head', head, body, answered: undefined });
      return;
    }
    this.#keep(body);
    const arrivesAtMs = this.#call.answerArrivalMs();
    const answered = this.#writeAnswered(arrivesAtMs);
    this.#call.toCaller({ type: 'head', head, body, answered }, arrivesAtMs);
    this.drop();
  }

  write(bytes: Uint8Array): void {
    if (!this.#open) return;
    this.#keep(bytes);
    this.#call.toCaller({ type: 'data', bytes });
  }

  end(trailers?: readonly string[]): void {
    if (!this.#open) return;
    const arrivesAtMs = this.#call.answerArrivalMs();
    const answered = this.#writeAnswered(arrivesAtMs);
    this.#call.toCaller({ type: 'end', answered, trailers }, arrivesAtMs);
    this.drop();
  }

  reset(unsent = 0): void {
    this.#isCut = true;
    if (!this.#open) return;
    this.#call.takeBack(unsent);
    const { cause } = this.life.context;
    const failure: CallFailure = { type: 'reset', address: this.remoteAddress };
    this.#call.toCaller({ type: 'failure', failure, cause });
    this.drop();
  }

  keepConnection(): () => void {
    return this.#call.keepConnection();
  }

  inShadow(): ServerCall {
    return new HeldAnswer(this.life, this, this.#call.id);
  }

  #run<T>(run: (subject: T) => void, subject: T): void {
    if (this.#open) tellIn(this.life, this.#context, run, subject);
  }

  /** Most answers are of one piece. */
  #keep(bytes: Uint8Array): void {
    if (this.#kept === undefined) this.#kept = bytes;
    else if (this.#bytes <= httpBodyCharsMax) (this.#pieces ??= [this.#kept]).push(bytes);
    this.#bytes += bytes.length;
  }

  #writeAnswered(arrivesAtMs: number | undefined): number {
    const head = this.#head ?? noHead;
    const { journal, agenda } = this.#world;
    return journal.write({
      seq: journal.length,
      atMs: agenda.nowMs,
      type: 'http.answered',
      cause: this.life.context.cause,
      where: this.#world.where(),
      request: this.#call.id,
      process: this.life.process,
      to: this.#call.from,
      status: head.status,
      statusText: head.statusText,
      headers: head.headers,
      body: bodyText(this.#pieces === undefined ? this.#kept : joined(this.#pieces)),
      bytes: this.#bytes,
      tookMs: wholeMicroseconds(agenda.nowMs - this.#receivedAtMs),
      arrivesAtMs,
    });
  }
}

interface Arrival {
  readonly answering: Answering;
  readonly arrived: Arrived;
}

function arrive({ answering: { receiver }, arrived }: Arrival): void {
  if (arrived === 'end') receiver.ended();
  else receiver.data(arrived);
}

interface Beginning {
  readonly answering: Answering;
  readonly listener: Listener;
  readonly first: Arrived | undefined;
}

function begin({ answering, listener, first }: Beginning): void {
  listener.accept(answering);
  if (first !== undefined) arrive({ answering, arrived: first });
}

function close({ receiver }: Answering): void {
  receiver.closed();
}

const noHead: ResponseHead = { status: 0, statusText: '', headers: [] };
