import type { AbortSignal } from '../node/abort';
import type { TimerHandle } from '../node/environment';
import { AbortError } from '../node/node-error';
import type { Agent } from './agent';
import { callError, hangUp } from './call-error';
import type { Connection } from './connection';
import { headersOf, saysClose } from './http-names';
import { type Incoming, type IncomingMessage, type IncomingMessageClass, incomingOf } from './incoming-message';
import { joinedBuffers } from './inflow';
import { Outgoing } from './outgoing';
import { type HttpParts, nextTick } from './parts';
import type { RequestOptions } from './request-options';
import type { Socket, SocketClass, SocketSource } from './socket';
import type { CallFailure, Caller, ClientCall, RequestHead, ResponseHead } from './transport';

/** What users see of a request while it goes. */
export interface RequestFace {
  aborted: boolean;
  reusedSocket: boolean;
  res: IncomingMessage | null;
}

export interface ClientClasses {
  readonly Socket: SocketClass;
  readonly IncomingMessage: IncomingMessageClass;
}

/** Methods whose requests have no body unless it is given a length. */
const withoutBody = new Set(['GET', 'HEAD', 'DELETE', 'OPTIONS', 'TRACE', 'CONNECT']);

/** What stands behind a request that a process makes. */
export class CallOut extends Outgoing implements Caller, SocketSource {
  readonly options: RequestOptions;
  readonly classes: ClientClasses;
  /** The answer, once it begins. */
  #answer: Incoming | undefined;
  #pieces: Uint8Array[] | undefined;
  #release: ((isFree: boolean) => void) | undefined;
  #connection: Connection | undefined;
  #socket: Socket | undefined;
  /** Gives back the connection over which nothing is sent yet. */
  #letGo: (() => void) | undefined;
  #mayStart: boolean;
  #lengthIsKnown: boolean;
  #call: ClientCall | undefined;
  /** Something was written though the request has no body. */
  #isFollowed: boolean;
  #isFlushed: boolean;
  #isSettled: boolean;
  /** Whether the connection may carry another call after this one. */
  #isKept: boolean;
  #timer: TimerHandle | undefined;
  #timeoutMs: number;

  constructor(parts: HttpParts, options: RequestOptions, classes: ClientClasses) {
    super(parts);
    this.options = options;
    this.classes = classes;
    this.#answer = undefined;
    this.#pieces = undefined;
    this.#release = undefined;
    this.#connection = undefined;
    this.#socket = undefined;
    this.#letGo = undefined;
    this.#mayStart = false;
    this.#lengthIsKnown = false;
    this.#call = undefined;
    this.#isFollowed = false;
    this.#isFlushed = false;
    this.#isSettled = false;
    this.#isKept = false;
    this.#timer = undefined;
    this.#timeoutMs = 0;
  }

  /** As soon as the agent has a connection. */
  beginBy(agent: Agent): void {
    const { hostname, port } = this.options;
    // As in Node, a connection for several in turn is kept between them, if not after the last.
    this.#isKept = agent.keepAlive || Number.isFinite(agent.maxSockets);
    this.#release = agent.take({ host: hostname, port }, ({ connection, isReused }) => {
      this.#connection = connection;
      (this.face as typeof this.face & RequestFace).reusedSocket = isReused;
      nextTick(this.parts, connected, this);
    });
  }

  connected(): void {
    if (this.destroyed) return;
    this.#mayStart = true;
    const { face } = this;
    if (face.listenerCount('socket') > 0) face.emit('socket', this.openSocket());
    if (this.headIsSent || !this.#connect()) this.#start();
  }

  /** As in Node, it connects before anything is written, and waits for that as long as the process lives. Whether somebody is there. */
  #connect(): boolean {
    const { hostname, port } = this.options;
    this.#letGo = this.parts.transport.connect(hostname, port);
    if (this.#letGo === undefined) return false;
    this.#tellConnected();
    return true;
  }

  openSocket(): Socket {
    return (this.#socket ??= this.#socketTo('127.0.0.1'));
  }

  openShadow(): Socket {
    return this.#socketTo('127.0.0.1', () => undefined);
  }

  setTimeout(delayMs: number): void {
    this.#timeoutMs = delayMs;
    this.#restartTimer();
  }

  watch(signal: AbortSignal): void {
    const abort = (): void => {
      this.destroy(new AbortError(undefined, { cause: signal.reason }));
    };
    if (signal.aborted) nextTick(this.parts, abort, undefined);
    else signal.addEventListener('abort', abort, { once: true });
  }

  destroy(error: unknown): void {
    if (this.destroyed) return;
    this.destroyed = true;
    this.error = error ?? null;
    this.#call?.abort(error instanceof AbortError ? 'AbortError' : 'ECONNRESET');
    this.#settle();
    nextTick(this.parts, () => this.#tellDestroyed(error), undefined);
  }

  /** An answer that was destroyed itself tells first that it is over. */
  #tellDestroyed(error: unknown): void {
    const answer = this.#answer;
    if (error === undefined && answer === undefined) {
      this.#hangUp();
      return;
    }
    if (error !== undefined) this.face.emit('error', error);
    // One that is all here is told to its end.
    if (answer?.destroyed === true || answer?.isWhole === true) return;
    answer?.cutShort();
    if (this.#mayStart && answer === undefined) this.#closeLater();
    else this.#close();
  }

  /** As in Node, a connection has ended some time after who uses it has heard of an error. */
  #closeLater(): void {
    const { node } = this.parts.transport;
    node.immediate(node.bind(() => this.#close()));
  }

  /** Nobody has said why: that it hung up is known by the connection's end. */
  #hangUp(): void {
    const { node } = this.parts.transport;
    const tell = (): void => {
      this.face.emit('error', hangUp());
      this.#close();
    };
    if (this.#mayStart) node.immediate(node.bind(tell));
    else tell();
  }

  #close(): void {
    if (this.isClosed) return;
    this.isClosed = true;
    this.face.emit('close');
  }

  override sendHead(body: Uint8Array | undefined): void {
    this.headIsSent = true;
    if (body !== undefined && body.length > 0) this.#take(body);
    this.#lengthIsKnown = body !== undefined;
    this.#start();
  }

  override sendPiece(bytes: Uint8Array): void {
    if (this.#call === undefined) this.#take(bytes);
    else if (this.#hasBody) this.#call.write(bytes);
  }

  #take(bytes: Uint8Array): void {
    if (this.#hasBody) this.#keep(bytes);
    else this.#isFollowed = true;
  }

  override sendEnd(): void {
    this.#call?.end();
  }

  override get hasConnection(): boolean {
    return this.#call !== undefined;
  }

  /** As in Node, a request finishes once there is a connection to write it to. */
  override finishSoon(): void {
    if (this.#isFlushed || this.#call?.connects !== true) return;
    this.#isFlushed = true;
    super.finishSoon();
  }

  // As it is told how its call goes on.

  informed({ status, statusText, headers }: ResponseHead): void {
    if (status === 100) this.face.emit('continue');
    this.face.emit('information', {
      statusCode: status,
      statusMessage: statusText,
      httpVersion: '1.1',
      httpVersionMajor: 1,
      httpVersionMinor: 1,
      headers: headersOf(headers),
      rawHeaders: [...headers],
    });
  }

  answered(head: ResponseHead): void {
    this.#restartTimer();
    const response = new this.classes.IncomingMessage(undefined, head.headers, head);
    const { face } = this;
    response.req = face;
    this.#answer = incomingOf(response);
    this.#answer.source = this;
    this.#answer.onClose = this;
    if (this.#isKept && saysClose(head.headers)) this.#isKept = false;
    (face as typeof face & RequestFace).res = response;
    if (!face.emit('response', response)) response.resume();
  }

  data(bytes: Uint8Array): void {
    this.#restartTimer();
    this.#answer?.push(bytes);
  }

  /** The answer is all here. */
  ended(_cause: number, trailers?: readonly string[]): void {
    this.#timer?.cancel();
    this.#answer?.finish(trailers);
  }

  incomingClosing(): void {
    if (this.#isKept || this.destroyed) this.incomingClosed();
  }

  incomingClosed(): void {
    this.destroyed = true;
    this.#close();
    this.#settle();
  }

  failed(failure: CallFailure): void {
    if (this.destroyed) return;
    this.destroyed = true;
    this.#settle();
    if (this.#answer !== undefined) {
      this.#answer.cutShort();
      this.#close();
      return;
    }
    const error = callError(failure, this.options);
    this.face.emit('error', failure.type === 'reset' ? hangUp() : error);
    this.#closeLater();
  }

  /** Node gives these methods no length by itself: without one, a server takes nothing that follows the head for a body. */
  get #hasBody(): boolean {
    return !withoutBody.has(this.options.method) || this.#saysLength;
  }

  get #saysLength(): boolean {
    return this.headers.has('content-length') || this.headers.has('transfer-encoding');
  }

  #keep(bytes: Uint8Array): void {
    if (this.#pieces === undefined) this.#pieces = [bytes];
    else this.#pieces.push(bytes);
  }

  /** Sends what there is, once there is a connection: what was written in one turn leaves in one piece. */
  #start(): void {
    if (!this.#mayStart || this.#call !== undefined || this.destroyed) return;
    const { hostname, port, method, path } = this.options;
    const isWhole = this.isEnded;
    const pieces = this.#pieces;
    const body = joined(pieces);
    const isChunked = !this.#saysLength && !this.#lengthIsKnown;
    this.#pieces = undefined;
    const headers = this.#headLines(body.length);
    // Written out: what comes of a spread is asked slowly by all who get it.
    const head: RequestHead = {
      method,
      hostname,
      port,
      path,
      headers,
      body: isWhole ? body : undefined,
      chunks: isWhole && isChunked ? pieces : undefined,
      isFollowed: this.#isFollowed,
      connectTimeoutMs: undefined,
      connection: this.#connection,
    };
    this.#call = this.parts.transport.request(head, this);
    this.#letGo?.();
    if (this.#letGo === undefined && this.#call.connects) this.#tellConnected();
    if (!isWhole) for (const piece of isChunked ? (pieces ?? []) : [body]) this.#call.write(piece);
    if (isWhole) this.finishSoon();
    else if (this.waitingBytes > 0) nextTick(this.parts, drained, this);
    this.#restartTimer();
  }

  #tellConnected(): void {
    if (this.#socket === undefined || (this.face as typeof this.face & RequestFace).reusedSocket) return;
    nextTick(this.parts, tellConnected, this.#socket);
  }

  #headLines(length: number): string[] {
    const lines = this.headers.lines();
    if (!this.headers.has('connection')) lines.push('Connection', this.#isKept ? 'keep-alive' : 'close');
    if (this.#saysLength || !this.#hasBody) return lines;
    if (this.#lengthIsKnown) lines.push('Content-Length', String(length));
    else lines.push('Transfer-Encoding', 'chunked');
    return lines;
  }

  #settle(): void {
    if (this.#isSettled) return;
    this.#isSettled = true;
    this.#timer?.cancel();
    this.#letGo?.();
    this.#release?.(this.#isKept && this.#answer?.isWhole === true);
  }

  #restartTimer(): void {
    this.#timer?.cancel();
    if (this.#timeoutMs <= 0 || this.#isSettled) return;
    const { node } = this.parts.transport;
    const expire = node.bind(() => {
      this.face.emit('timeout');
    });
    this.#timer = node.schedule(this.#timeoutMs, expire);
  }

  #socketTo(remoteAddress: string, destroy = (error: unknown) => this.destroy(error)): Socket {
    const { port } = this.options;
    const ends = { remoteAddress, remotePort: port, localAddress: '127.0.0.1', localPort: 49_152 };
    return new this.classes.Socket(ends, destroy);
  }
}

function connected(request: CallOut): void {
  request.connected();
}

function drained(request: CallOut): void {
  request.drained();
}

function tellConnected(socket: Socket): void {
  socket.emit('connect');
}

const nothing = new Uint8Array(0);

function joined(pieces: Uint8Array[] | undefined): Uint8Array {
  const [first] = pieces ?? [];
  if (pieces === undefined || first === undefined) return nothing;
  return pieces.length === 1 ? first : joinedBuffers(pieces);
}
