import type { CallFailure, CallReceiver, RequestHead, ResponseHead } from '../clients/http/transport';
import { decodeText } from '../clients/node/encoding';
import { wholeMicroseconds } from '../kernel/instant';
import { type Context, copyOf } from './context';
import type { Listener } from './http-ports';
import type { Life } from './life';
import type { World } from './world';

/** What the log keeps of a body. */
export const httpBodyCharsMax = 10_000;

/** On its way to the caller. */
export type Incoming =
  /** With the whole answer, or pieces follow. */
  | {
      readonly type: 'head';
      readonly head: ResponseHead;
      readonly body: Uint8Array | undefined;
      readonly answered?: number;
    }
  | { readonly type: 'data'; readonly bytes: Uint8Array }
  | { readonly type: 'end'; readonly answered?: number }
  | { readonly type: 'failure'; readonly failure: CallFailure; readonly cause: number };

const nobody: CallReceiver = { data: () => undefined, ended: () => undefined, closed: () => undefined };

interface AnsweringOptions {
  readonly world: World;
  readonly life: Life;
  readonly head: RequestHead;
  readonly request: string;
  /** Absent: from outside. */
  readonly from: string | undefined;
  readonly remoteAddress: string;
  readonly remotePort: number;
  readonly cause: number;
  put(message: Incoming, arrivesAtMs?: number): void;
  arrivalMs(): number | undefined;
  /** It has arrived; `cause` is the `seq` of `http.received`. */
  received(cause: number): void;
  onEnd(): void;
}

/** The process that answers one request. */
export class Answering {
  readonly life: Life;
  readonly #options: AnsweringOptions;
  readonly #world: World;
  readonly #context: Context;
  readonly #receivedAtMs: number;
  #receiver: CallReceiver = nobody;
  #head: ResponseHead | undefined;
  #bytes = 0;
  /** What of the answer the log keeps. */
  readonly #pieces: Uint8Array[] = [];
  #open = true;

  constructor(options: AnsweringOptions) {
    const { world, life, request, from, cause } = options;
    this.life = life;
    this.#options = options;
    this.#world = world;
    this.#receivedAtMs = world.agenda.nowMs;
    const { journal, agenda } = world;
    const seq = journal.write({
      seq: journal.length,
      atMs: agenda.nowMs,
      type: 'http.received',
      cause,
      request,
      process: life.process,
      from,
    });
    this.#context = copyOf({ ...life.base, cause: seq });
    options.received(seq);
    life.retain();
    if (world.faults.crashes) world.faults.handling(life, seq);
  }

  accept(listener: Listener): void {
    const { head, remoteAddress, remotePort } = this.#options;
    const call = {
      head,
      remoteAddress,
      remotePort,
      receiver: nobody,
      answer: (answer: ResponseHead, body?: Uint8Array) => {
        this.#answer(answer, body);
      },
      write: (bytes: Uint8Array) => {
        this.#write(bytes);
      },
      end: () => {
        this.#end();
      },
      reset: () => {
        this.#reset();
      },
    };
    this.#run(() => {
      listener.accept(call);
      this.#receiver = call.receiver;
      if (head.body === undefined) return;
      if (head.body.length > 0) this.#receiver.data(head.body);
      this.#receiver.ended();
    });
  }

  data(bytes: Uint8Array): void {
    this.#run(() => {
      this.#receiver.data(bytes);
    });
  }

  requestEnded(): void {
    this.#run(() => {
      this.#receiver.ended();
    });
  }

  /** The caller hung up. */
  closed(): void {
    if (!this.#open) return;
    this.drop(() => {
      this.#receiver.closed();
    });
  }

  /** It is over, without an answer. */
  drop(last?: () => void): void {
    if (!this.#open) return;
    this.#open = false;
    if (last !== undefined) this.#world.invoke(this.life, this.#context, last);
    this.life.release();
    this.#options.onEnd();
  }

  #run(run: () => void): void {
    if (this.#open) this.#world.invoke(this.life, this.#context, run);
  }

  #answer(head: ResponseHead, body: Uint8Array | undefined): void {
    if (!this.#open) return;
    this.#head = head;
    if (body === undefined) {
      this.#options.put({ type: 'head', head, body });
      return;
    }
    this.#keep(body);
    this.#over({ type: 'head', head, body });
  }

  #write(bytes: Uint8Array): void {
    if (!this.#open) return;
    this.#keep(bytes);
    this.#options.put({ type: 'data', bytes });
  }

  #keep(bytes: Uint8Array): void {
    if (this.#bytes <= httpBodyCharsMax) this.#pieces.push(bytes);
    this.#bytes += bytes.length;
  }

  #end(): void {
    if (this.#open) this.#over({ type: 'end' });
  }

  #over(last: Extract<Incoming, { type: 'head' | 'end' }>): void {
    const arrivesAtMs = this.#options.arrivalMs();
    const answered = this.#writeAnswered(arrivesAtMs);
    this.#options.put(
      last.type === 'end' ? { type: 'end', answered } : { type: 'head', head: last.head, body: last.body, answered },
      arrivesAtMs,
    );
    this.drop();
  }

  #reset(): void {
    if (!this.#open) return;
    const { cause } = this.life.context;
    const failure: CallFailure = { type: 'reset', address: this.#options.remoteAddress };
    this.#options.put({ type: 'failure', failure, cause });
    this.drop();
  }

  #writeAnswered(arrivesAtMs: number | undefined): number {
    const { status = 0, statusText = '', headers = [] } = this.#head ?? {};
    const { request, from } = this.#options;
    const { journal, agenda } = this.#world;
    return journal.write({
      seq: journal.length,
      atMs: agenda.nowMs,
      type: 'http.answered',
      cause: this.life.context.cause,
      where: this.#world.where(),
      request,
      process: this.life.process,
      to: from,
      status,
      statusText,
      headers,
      body: bodyText(joined(this.#pieces)),
      bytes: this.#bytes,
      tookMs: wholeMicroseconds(agenda.nowMs - this.#receivedAtMs),
      arrivesAtMs,
    });
  }
}

export function joined(pieces: readonly Uint8Array[]): Uint8Array {
  if (pieces.length === 1 && pieces[0] !== undefined) return pieces[0];
  const whole = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

/** As far as the log keeps it; undefined when there is none, or it is no text. */
export function bodyText(bytes: Uint8Array | undefined): string | undefined {
  if (bytes === undefined || bytes.length === 0) return undefined;
  const text = decodeText(bytes.subarray(0, httpBodyCharsMax * 4), 'utf8').slice(0, httpBodyCharsMax);
  // eslint-disable-next-line no-control-regex
  return /[\u0000-\u0008\u000e-\u001f\ufffd]/.test(text) ? undefined : text;
}
