import type { CallFailure, Caller, ClientCall, RequestHead, ResponseHead } from '../clients/http/transport';
import type { Chain, Link } from '../kernel/chain';
import { wholeMicroseconds } from '../kernel/instant';
import { failureCodes } from './call-failures';
import { type AnsweredCall, Answering, type Incoming } from './http-answer';
import { bodyText, piecesOf } from './http-body';
import { type HttpPorts, type Listener, remoteAddress } from './http-ports';
import type { Requester } from './http-requester';
import type { Life } from './life';
import { Stream, type StreamEnd } from './stream';
import type { World } from './world';

type Outgoing =
  | { readonly type: 'head' }
  | { readonly type: 'data'; readonly bytes: Uint8Array }
  | { readonly type: 'end' }
  | { readonly type: 'abort'; readonly cause: number };

const headItem: Outgoing = { type: 'head' };
const endItem: Outgoing = { type: 'end' };

export interface HttpCallOptions {
  readonly world: World;
  readonly ports: HttpPorts;
  /** Where it is as long as either side is not done. */
  readonly open: Chain<HttpCall>;
  readonly requester: Requester;
  readonly head: RequestHead;
  readonly caller: Caller;
  readonly number: number;
}

/**
 * One request and its answer, each a stream over the link between the two sides. The connection is one that is kept alive: what is
 * sent at an instant arrives after the latency of one way, the first time too. With nobody there
 * the refusal comes at once, as that of a machine that is up.
 */
export class HttpCall implements ClientCall, AnsweredCall, Link<HttpCall> {
  readonly head: RequestHead;
  readonly id: string;
  before: HttpCall | undefined;
  after: HttpCall | undefined;
  readonly #world: World;
  readonly #ports: HttpPorts;
  readonly #open: Chain<HttpCall>;
  readonly #caller: Caller;
  readonly #number: number;
  readonly #requester: Requester;
  readonly #sentAtMs: number;
  /** As in `http.requested`. */
  arrivesAtMs: number | undefined;
  #address = '';
  #listener: Listener | undefined;
  #toServer: Stream<HttpCall, Outgoing> | undefined;
  #toClient: Stream<HttpCall, Incoming> | undefined;
  /** `seq` of what was written last on each side. */
  #requestedSeq = 0;
  #clientOpen = true;
  #isOpen = false;
  /** The side that answers; there is none before the request has arrived. */
  #answering: Answering | undefined;
  #arrived = false;
  #meant: string | undefined;
  /** Who has it. */
  #by: string | undefined;
  #status = 0;

  static readonly #atServer: StreamEnd<HttpCall, Outgoing> = {
    take: (call, item) => {
      call.#serve(item);
    },
    givenUp: (call) => {
      call.#silent();
    },
  };
  static readonly #atClient: StreamEnd<HttpCall, Incoming> = {
    take: (call, item) => {
      call.#tell(item);
    },
    givenUp: HttpCall.#atServer.givenUp,
  };

  constructor({ world, ports, open, requester, head, caller, number }: HttpCallOptions) {
    this.head = head;
    this.id = `r_${String(number + 1)}`;
    this.#world = world;
    this.#ports = ports;
    this.#open = open;
    this.#caller = caller;
    this.#number = number;
    this.#requester = requester;
    this.#sentAtMs = world.agenda.nowMs;
  }

  get connects(): boolean {
    return this.arrivesAtMs !== undefined;
  }

  /** Absent: the request comes from a broker or from outside. */
  get client(): Life | undefined {
    return this.#requester.life;
  }

  get server(): Life | undefined {
    return this.#answering?.life;
  }

  /** Whether the main file of this life itself made the call, and nothing that it handles. */
  isOfMainFile(life: Life): boolean {
    return this.client === life && this.#requester.isMainFile;
  }

  begin(): void {
    const { head } = this;
    if (this.client?.alive === false) {
      this.#clientOpen = false;
      return;
    }
    this.#isOpen = true;
    this.#open.add(this);
    this.#requester.retain();
    const destination = this.#ports.find(head.hostname, head.port, head.connection);
    this.#address = destination?.address ?? '';
    this.#listener = destination?.listener;
    this.#meant = destination?.service;
    if (this.#listener === undefined) {
      this.#writeRequested(undefined, undefined);
      this.#later(destination === undefined ? 'not found' : 'refused');
      return;
    }
    this.#connect(this.#listener);
  }

  // The caller's side.

  write(bytes: Uint8Array): void {
    if (this.#clientOpen) this.#toServer?.put({ type: 'data', bytes });
  }

  end(): void {
    if (this.#clientOpen) this.#toServer?.put(endItem);
  }

  abort(reason: string): number {
    if (!this.#clientOpen) return this.#requestedSeq;
    const cause = this.#writeFailed(reason, this.#requester.causeNow);
    this.#hangUp(cause);
    return cause;
  }

  /** Who listens there, or who is meant. */
  get to(): string | undefined {
    return this.#listener?.life.process ?? this.#meant;
  }

  /** `seq` of `http.requested`. */
  get seq(): number {
    return this.#requestedSeq;
  }

  /** A newer text of the caller's file has taken over. */
  abandoned(): void {
    if (this.#clientOpen) this.#hangUp(this.#writeFailed('reloaded', this.client?.base.cause ?? this.#requester.cause));
  }

  /** The caller's process is gone. */
  callerGone(cause: number): void {
    if (this.#clientOpen) this.#hangUp(cause);
  }

  /** The process that answers is gone. */
  serverGone(cause: number): void {
    this.#answering?.drop();
    this.#toClient?.put({ type: 'failure', failure: { type: 'reset', address: this.#address }, cause });
  }

  // What its answer asks of it.

  get from(): string | undefined {
    return this.#requester.name;
  }

  toCaller(message: Incoming, arrivesAtMs?: number): void {
    this.#toClient?.put(message, arrivesAtMs);
  }

  takeBack(count: number): void {
    this.#toClient?.takeBack(count);
  }

  answerArrivalMs(): number | undefined {
    return this.#toClient?.arrivalMs();
  }

  keepConnection(): () => void {
    const [{ connection }, listener, { client }] = [this.head, this.#listener, this];
    return connection && listener ? this.#ports.keep({ connection, listener, client }) : () => undefined;
  }

  received({ process }: Life, cause: number): void {
    this.#caller.received?.(process, cause);
  }

  answeringEnded(): void {
    this.#answering = undefined;
    this.#overIfBoth();
  }

  #connect(listener: Listener): void {
    const { head } = this;
    const world = this.#world;
    const from = this.#requester.place;
    const to = listener.life.process;
    const toServer = new Stream<HttpCall, Outgoing>({ world, from, to, owner: this, end: HttpCall.#atServer });
    this.#toServer = toServer;
    this.#toClient = new Stream({ world, from: to, to: from, owner: this, end: HttpCall.#atClient });
    const arrivesAtMs = toServer.arrivalMs();
    this.#writeRequested(to, arrivesAtMs);
    toServer.put(headItem, arrivesAtMs);
    const { connectTimeoutMs } = head;
    const { nowMs } = world.agenda;
    if (connectTimeoutMs === undefined || (arrivesAtMs ?? Infinity) - nowMs < connectTimeoutMs) return;
    world.agenda.schedule(nowMs + connectTimeoutMs, () => {
      if (!this.#arrived) this.#failed({ type: 'no connection', address: this.#address }, this.#requestedSeq);
    });
  }

  #hangUp(cause: number): void {
    this.#toServer?.put({ type: 'abort', cause });
    this.#endClient(undefined, undefined);
  }

  /** Nobody listens, or nobody has that name: one learns of it in a task of its own. */
  #later(type: 'not found' | 'refused'): void {
    const { agenda } = this.#world;
    agenda.schedule(agenda.nowMs, () => {
      this.#failed({ type, address: this.#address }, this.#requestedSeq);
    });
  }

  #tell(item: Incoming): void {
    if (item.type === 'failure') {
      this.#failed(item.failure, item.cause);
      return;
    }
    if (!this.#clientOpen) return;
    const caller = this.#caller;
    if (item.type === 'data') this.#requester.tell(tellBytes, { caller, bytes: item.bytes });
    else if (item.type === 'information') this.#requester.tell((head) => caller.informed?.(head), item.head);
    else if (item.type === 'end')
      this.#endClient((seq) => caller.ended(seq, item.trailers), this.#writeCompleted(item.answered));
    else {
      const { head, body, answered } = item;
      this.#status = head.status;
      if (body === undefined) this.#requester.tell((given) => caller.answered(given), head);
      else this.#endClient(tellWhole, { caller, head, bytes: body, seq: this.#writeCompleted(answered) });
    }
  }

  #failed(failure: CallFailure, cause: number): void {
    if (!this.#clientOpen) return;
    const seq = this.#writeFailed(failureCodes[failure.type], cause);
    this.#toServer?.put({ type: 'abort', cause });
    this.#endClient((caller) => caller.failed(failure, seq), this.#caller);
  }

  /** The caller is done. What it is told last is told before its process may rest. */
  #endClient<T>(last: ((subject: T) => void) | undefined, subject: T): void {
    this.#clientOpen = false;
    this.#toClient?.close();
    if (last !== undefined) this.#requester.tell(last, subject);
    this.#requester.release();
    this.#overIfBoth();
  }

  #overIfBoth(): void {
    if (!this.#isOpen || this.#clientOpen || this.#answering !== undefined) return;
    this.#isOpen = false;
    this.#open.remove(this);
  }

  // The other side.

  #serve(item: Outgoing): void {
    if (item.type === 'head') this.#receive();
    else if (item.type === 'abort') {
      this.#toServer?.close();
      this.#answering?.closed();
    } else if (item.type === 'data') this.#answering?.data(item.bytes);
    else this.#answering?.requestEnded();
  }

  #receive(): void {
    this.#arrived = true;
    const { head } = this;
    const ports = this.#ports;
    // It may have stopped listening meanwhile, or another one listens.
    const asked = this.#listener;
    const { hostname, port: at, connection } = head;
    const listener = asked && ports.isListening(asked) ? asked : ports.find(hostname, at, connection)?.listener;
    const toClient = this.#toClient;
    if (toClient === undefined) return;
    const label = `${head.method} ${head.path}`;
    if (listener?.life.alive !== true) {
      const failure: CallFailure = { type: 'refused', address: this.#address };
      toClient.put({ type: 'failure', failure, cause: this.#requestedSeq });
      return;
    }
    const { life } = listener;
    const cause = this.#requestedSeq;
    this.#by = life.process;
    if (this.#world.deliveries.runsAway({ listener: label, process: life.process, cause })) return;
    this.#listener = listener;
    const port =
      connection === undefined || connection.localPort === 0 ? 49_152 + (this.#number % 16_384) : connection.localPort;
    if (connection !== undefined) connection.localPort = port;
    const address = remoteAddress(listener.host, this.#address);
    this.#answering = new Answering(this.#world, life, this, { address, port, cause });
    this.#answering.accept(listener);
  }

  /** Nothing gets through any more. */
  #silent(): void {
    this.#failed({ type: this.#arrived ? 'silence' : 'no connection', address: this.#address }, this.#requestedSeq);
    this.#answering?.closed();
  }

  #writeRequested(to: string | undefined, arrivesAtMs: number | undefined): void {
    const { method, path, headers, body, hostname, port } = this.head;
    this.arrivesAtMs = arrivesAtMs;
    const { journal, agenda } = this.#world;
    this.#requestedSeq = journal.write({
      seq: journal.length,
      atMs: agenda.nowMs,
      type: 'http.requested',
      cause: this.#requester.cause,
      where: this.#requester.where,
      request: this.id,
      process: this.#requester.name,
      delivery: this.#requester.delivery,
      to,
      meant: to === undefined ? this.#meant : undefined,
      host: `${hostname.includes(':') ? `[${hostname}]` : hostname}:${String(port)}`,
      method,
      path,
      headers,
      body: bodyText(body),
      arrivesAtMs,
    });
  }

  #writeCompleted(cause: number | undefined): number {
    const { journal, agenda } = this.#world;
    return journal.write({
      seq: journal.length,
      atMs: agenda.nowMs,
      type: 'http.completed',
      cause,
      where: undefined,
      request: this.id,
      process: this.#requester.name,
      to: this.#by ?? '',
      status: this.#status,
      tookMs: wholeMicroseconds(agenda.nowMs - this.#sentAtMs),
    });
  }

  #writeFailed(code: string, cause: number): number {
    return this.#world.journal.append({
      type: 'http.failed',
      cause,
      where: undefined,
      request: this.id,
      process: this.#requester.name,
      to: this.#by ?? this.#listener?.life.process,
      code,
      tookMs: wholeMicroseconds(this.#world.agenda.nowMs - this.#sentAtMs),
    });
  }
}

interface ToldBytes {
  readonly caller: Caller;
  readonly bytes: Uint8Array;
}

function tellBytes({ caller, bytes }: ToldBytes): void {
  for (const piece of piecesOf(bytes)) caller.data(piece);
}

/** As one task, as what arrives in one piece is. */
function tellWhole(whole: ToldBytes & { readonly head: ResponseHead; readonly seq: number }): void {
  whole.caller.answered(whole.head);
  tellBytes(whole);
  whole.caller.ended(whole.seq);
}
