import { behind } from '../node/behind';
import type { Emitter } from '../node/event-emitter';
import { methodNames } from './http-names';
import { type Incoming, type IncomingMessage, type IncomingMessageClass, incomingOf } from './incoming-message';
import { type HttpParts, nextTick } from './parts';
import { type Answer, answerOf, type ServerResponseClass } from './server-response';
import type { Socket, SocketClass, SocketSource } from './socket';
import type { CallReceiver, Listening, ServerCall } from './transport';

/** The classes of the two messages of a call. */
export interface CallClasses {
  readonly IncomingMessage: IncomingMessageClass;
  readonly ServerResponse: ServerResponseClass;
}

/** What stands behind a server. */
export class Serving {
  readonly parts: HttpParts;
  /** What the user holds of it. */
  readonly face: Emitter & { readonly maxConnections: number | undefined; readonly timeout: number };
  readonly Socket: SocketClass;
  readonly classes: CallClasses;
  readonly calls = new Set<ServerCall>();
  listening: Listening | undefined;
  host = '::';
  holds = true;
  isClosing = false;

  constructor(parts: HttpParts, face: Serving['face'], Socket: SocketClass, classes: CallClasses) {
    this.parts = parts;
    this.face = face;
    this.Socket = Socket;
    this.classes = classes;
  }

  accept(call: ServerCall): void {
    const { face, calls } = this;
    if (face.maxConnections !== undefined && calls.size >= face.maxConnections) {
      face.emit('drop', { remoteAddress: call.remoteAddress, remotePort: call.remotePort });
      call.reset();
      return;
    }
    const { head } = call;
    if (!methodSet.has(head.method)) return refuse(call);
    const { IncomingMessage, ServerResponse } = this.classes;
    const request = new IncomingMessage(undefined, head.headers, head);
    const response = new ServerResponse(request, call);
    calls.add(call);
    call.receiver = new Exchange(this, call, incomingOf(request), answerOf(response));
    if (face.timeout > 0) request.socket.setTimeout(face.timeout);
    face.emit('request', request, response);
  }

  closeIfDone(): void {
    if (this.isClosing && this.calls.size === 0) nextTick(this.parts, tellClose, this.face);
  }
}

export const servingOf = (face: object): Serving => behind(face) as Serving;

const methodSet = new Set(methodNames);

function tellClose(face: Emitter): void {
  face.emit('close');
}

/** One call at a server, from its beginning to its end. */
class Exchange implements CallReceiver, SocketSource {
  readonly #server: Serving;
  readonly #call: ServerCall;
  readonly #request: Incoming;
  readonly #answer: Answer;
  #socket: Socket | undefined;
  #isClosed: boolean;

  constructor(server: Serving, call: ServerCall, request: Incoming, answer: Answer) {
    this.#server = server;
    this.#call = call;
    this.#request = request;
    this.#answer = answer;
    this.#socket = undefined;
    this.#isClosed = false;
    request.source = this;
    answer.onClose = this;
  }

  openSocket(): Socket {
    const { host, Socket } = this.#server;
    const { remoteAddress, remotePort, head } = this.#call;
    const ends = { remoteAddress, remotePort, localAddress: host, localPort: head.port };
    const hangUp = (): void => {
      if (this.#server.parts.transport.isHeld()) return;
      this.#call.reset();
      this.#over();
    };
    const socket = new Socket(ends, hangUp, () => {
      this.#idle(socket);
    });
    socket.destroyed = this.#isClosed;
    this.#socket = socket;
    return socket;
  }

  data(bytes: Uint8Array): void {
    this.#socket?.touch();
    this.#request.push(bytes);
  }

  ended(): void {
    this.#request.finish();
  }

  closed(): void {
    this.#isClosed = true;
    if (this.#socket !== undefined) this.#socket.destroyed = true;
    this.#over();
  }

  answerClosed(): void {
    // What nobody has read is thrown away, as in Node.
    if (!this.#request.destroyed) this.#request.resume();
    this.#over();
  }

  #over(): void {
    if (!this.#server.calls.delete(this.#call)) return;
    this.#socket?.setTimeout(0);
    this.#request.cutShort();
    this.#answer.cutShort();
    this.#server.closeIfDone();
  }

  /** As in Node, a connection that is idle for too long ends when nobody listens for that. */
  #idle(socket: Socket): void {
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
  call.answer({ status: 400, statusText: 'Bad Request', headers: ['Connection', 'close'] }, new Uint8Array(0));
}
