import { behind } from '../node/behind';
import type { Emitter } from '../node/event-emitter';
import { expectationOf, methodNames } from './http-names';
import { type Incoming, type IncomingMessage, type IncomingMessageClass, incomingOf } from './incoming-message';
import { type HttpParts, nextTick } from './parts';
import { type ConnectionUser, type Held, ServerConnections } from './server-connections';
import { type Answer, answerOf, type ServerResponse, type ServerResponseClass } from './server-response';
import type { Socket, SocketClass, SocketEnds, SocketSource } from './socket';
import type { CallReceiver, Listening, ServerCall } from './transport';

/** The classes of the two messages of a call. */
export interface CallClasses {
  readonly IncomingMessage: IncomingMessageClass;
  readonly ServerResponse: ServerResponseClass;
}

type ServerFace = Emitter & {
  readonly maxConnections: number | undefined;
  readonly timeout: number;
  readonly keepAliveTimeout: number;
};

/** What stands behind a server. */
export class Serving {
  readonly parts: HttpParts;
  /** What the user holds of it. */
  readonly face: ServerFace;
  readonly Socket: SocketClass;
  readonly classes: CallClasses;
  readonly exchanges = new Set<Exchange>();
  readonly connections = new ServerConnections(this);
  listening: Listening | undefined;
  host = '::';
  holds = true;
  isClosing = false;

  constructor(parts: HttpParts, face: ServerFace, Socket: SocketClass, classes: CallClasses) {
    this.parts = parts;
    this.face = face;
    this.Socket = Socket;
    this.classes = classes;
  }

  get keepAliveTimeoutMs(): number {
    return this.face.keepAliveTimeout;
  }

  accept(call: ServerCall): void {
    const { face, exchanges } = this;
    if (face.maxConnections !== undefined && exchanges.size >= face.maxConnections) {
      face.emit('drop', { remoteAddress: call.remoteAddress, remotePort: call.remotePort });
      call.reset();
      return;
    }
    const { head } = call;
    const held = this.#connectionOf(call);
    if (!methodSet.has(head.method)) return refuse(call);
    const { IncomingMessage, ServerResponse } = this.classes;
    const request = new IncomingMessage(undefined, head.headers, head);
    const response = new ServerResponse(request, call);
    const exchange = new Exchange(this, call, incomingOf(request), answerOf(response), held);
    exchanges.add(exchange);
    call.receiver = exchange;
    if (face.timeout > 0) request.socket.setTimeout(face.timeout);
    const expectation = expectationOf(head.headers);
    if (expectation === undefined) face.emit('request', request, response);
    else this.#expected(expectation, request, response);
    if (head.isFollowed === true) exchange.refuseRest();
  }

  /** As in Node, who asks whether to send a body is told yes unless somebody listens for that; of other expectations none is met. */
  #expected(expectation: string, request: IncomingMessage, response: ServerResponse): void {
    const { face } = this;
    if (!/(?:^|\W)100-continue(?:$|\W)/i.test(expectation)) {
      if (face.emit('checkExpectation', request, response)) return;
      response.writeHead(417);
      response.end();
      return;
    }
    answerOf(response).isAwaited = true;
    if (face.emit('checkContinue', request, response)) return;
    response.writeContinue();
    face.emit('request', request, response);
  }

  /** Nobody sees a connection before somebody listens for new ones. */
  #connectionOf(call: ServerCall): Held | undefined {
    const { connection } = call.head;
    if (connection?.acceptedBy === this) return this.connections.find(connection);
    if (connection !== undefined) connection.acceptedBy = this;
    this.connections.add(connection ?? call);
    if (this.face.listenerCount('connection') === 0) return undefined;
    const held = this.connections.open(call);
    this.face.emit('connection', held.socket);
    return held;
  }

  connectionLeft(): void {
    this.closeIfDone();
  }

  closeIfDone(): void {
    if (!this.isClosing || this.exchanges.size > 0 || this.connections.isAnyHeld) return;
    this.isClosing = false;
    nextTick(this.parts, tellClose, this.face);
  }
}

export const servingOf = (face: object): Serving => behind(face) as Serving;

const methodSet = new Set(methodNames);

function tellClose(face: Emitter): void {
  face.emit('close');
}

/** One call at a server, from its beginning to its end. */
export class Exchange implements CallReceiver, SocketSource, ConnectionUser {
  readonly #server: Serving;
  readonly #call: ServerCall;
  readonly #request: Incoming;
  readonly #answer: Answer;
  #held: Held | undefined;
  #socket: Socket | undefined;
  #isClosed: boolean;

  constructor(server: Serving, call: ServerCall, request: Incoming, answer: Answer, held: Held | undefined) {
    this.#server = server;
    this.#call = call;
    this.#request = request;
    this.#answer = answer;
    this.#held = held;
    this.#socket = held?.socket;
    this.#isClosed = false;
    request.source = this;
    answer.onClose = this;
    if (held !== undefined) held.user = this;
  }

  get keepAliveTimeoutMs(): number {
    return this.#server.keepAliveTimeoutMs;
  }

  openSocket(): Socket {
    if (this.#socket !== undefined) return this.#socket;
    const hangUp = (error: unknown): void => {
      if (this.#held === undefined) this.hangUp(error);
      else this.#server.connections.hangUp(this.#held, error);
    };
    const socket = new this.#server.Socket(this.#ends, hangUp, () => {
      (this.#held?.user ?? this).idle(socket);
    });
    socket.destroyed = this.#isClosed;
    this.#socket = socket;
    return socket;
  }

  /** Its server stops listening: what still comes over the connection gets here all the same, until it ends. */
  keepConnection(): void {
    const { connection } = this.#call.head;
    if (connection === undefined || this.#isClosed) return;
    this.#held ??= this.#server.connections.hold(connection, this.openSocket(), this);
    this.#held.letGo ??= this.#call.keepConnection();
  }

  openShadow(): Socket {
    return new this.#server.Socket(this.#ends, () => undefined);
  }

  get #ends(): SocketEnds {
    const { remoteAddress, remotePort, head } = this.#call;
    return { remoteAddress, remotePort, localAddress: this.#server.host, localPort: head.port };
  }

  data(bytes: Uint8Array): void {
    this.#socket?.touch();
    this.#request.push(bytes);
  }

  ended(): void {
    this.#request.finish();
  }

  /** The caller is gone. */
  closed(): void {
    this.#isClosed = true;
    if (this.#held !== undefined) this.#held.socket.destroy();
    else if (this.#socket !== undefined) this.#socket.destroyed = true;
    if (this.#over(false)) this.#cutShort();
  }

  /**
   * What follows the request, which is all here, is none: unless there is an answer already that is the answer, and the
   * connection ends, as in Node some time later, when what is here of the request has been told.
   */
  refuseRest(): void {
    this.#request.finish();
    if (!this.#answer.headIsSent) answerBadRequest(this.#call);
    this.#hangUp((tell) => {
      const { node } = this.#server.parts.transport;
      node.immediate(node.bind(tell));
    }, undefined);
  }

  /** This side ends the connection. */
  hangUp(error?: unknown): void {
    this.#hangUp((tell) => nextTick(this.#server.parts, tell, undefined), error);
  }

  /** `later`: when those who use it hear of that. */
  #hangUp(later: (tell: () => void) => void, error: unknown): void {
    if (this.#server.parts.transport.isHeld()) return;
    this.#call.reset(this.#answer.unsent);
    if (!this.#over(false)) return;
    const wasRequest = this.#request.destroyed;
    const tell = (): void => {
      if (error !== undefined) this.#server.face.emit('clientError', error, this.openSocket());
      if (!wasRequest) this.#cutShort();
      else nextTick(this.#server.parts, () => this.#answer.cutShort(), undefined);
    };
    later(tell);
  }

  /** What nobody has read is thrown away, as in Node. */
  answerFinished(): void {
    if (!this.#request.destroyed) this.#request.resume();
  }

  answerClosed(): void {
    this.#over(!this.#answer.isLast);
  }

  #cutShort(): void {
    this.#request.cutShort();
    this.#answer.cutShort();
  }

  /** Whether it was not over before. */
  #over(mayStay: boolean): boolean {
    const server = this.#server;
    if (!server.exchanges.delete(this)) return false;
    this.#socket?.setTimeout(0);
    server.connections.leave(this.#call.head.connection ?? this.#call, this.#held, mayStay);
    server.closeIfDone();
    return true;
  }

  /** As in Node, a connection that is idle for too long ends when nobody listens for that. */
  idle(socket: Socket): void {
    const request = this.#request.face as IncomingMessage;
    const heard = [
      !request.complete && request.emit('timeout', socket),
      this.#answer.face.emit('timeout', socket),
      this.#server.face.emit('timeout', socket),
    ];
    if (!heard.includes(true)) socket.destroy();
  }
}

/** What Node's parser does not take for a request: methods are upper case, and `patch` of a `fetch` stays as it was written. */
function refuse(call: ServerCall): void {
  const ignore = (): void => {};
  call.receiver = { data: ignore, ended: ignore, closed: ignore };
  answerBadRequest(call);
}

/** As Node's server does itself, after which the connection ends. */
function answerBadRequest(call: ServerCall): void {
  call.answer({ status: 400, statusText: 'Bad Request', headers: ['Connection', 'close'] }, new Uint8Array(0));
}
