import { forShadow } from '../shadowed';
import { behind } from '../node/behind';
import { invalidArgType, invalidArgValue, nodeError } from '../node/node-error';
import { pairsOf } from './header-list';
import { isHeaderText, saysClose, statusTexts, valueIn } from './http-names';
import { type IncomingMessage, incomingOf } from './incoming-message';
import { Outgoing } from './outgoing';
import type { OutgoingMessage, OutgoingMessageClass } from './outgoing-message';
import { dateText, type HttpParts, nextTick } from './parts';
import type { Socket, SocketSource } from './socket';
import type { ServerCall } from './transport';

export interface ServerResponse extends OutgoingMessage {
  statusCode: number;
  statusMessage: string | undefined;
  readonly req: IncomingMessage;
  readonly socket: Socket;
  writeHead(status: unknown, ...rest: unknown[]): this;
  writeContinue(callback?: unknown): void;
}

export interface ServerResponseClass {
  new (request: IncomingMessage, call: ServerCall): ServerResponse;
  readonly prototype: ServerResponse;
}

const nothing = new Uint8Array(0);

/** What stands behind an answer that a server makes. */
export class Answer extends Outgoing {
  readonly call: ServerCall;
  readonly request: IncomingMessage;
  /** What else is to be done when it is over, before anybody is told. */
  onClose:
    | (SocketSource & { readonly keepAliveTimeoutMs: number; answerFinished(): void; answerClosed(): void })
    | undefined;
  /** The connection ends with it. */
  isLast: boolean;
  /** The caller may be waiting for a word before it sends the body: unless it comes, the connection ends with the answer. */
  isAwaited: boolean;
  #isStreamed: boolean;
  #head: string[];
  #headIsOut: boolean;
  /** Of what waits, the head was counted. */
  #isFlushed: boolean;
  /** How many messages were told in this turn that leave after it, and not at all when the connection ends before. */
  #unsent: number;

  constructor(parts: HttpParts, request: IncomingMessage, call: ServerCall) {
    super(parts);
    this.call = call;
    this.request = request;
    this.onClose = undefined;
    this.isLast = false;
    this.isAwaited = false;
    this.#isStreamed = false;
    this.#head = [];
    this.#headIsOut = false;
    this.#isFlushed = false;
    this.#unsent = 0;
  }

  /** See `ServerCall.reset`. */
  get unsent(): number {
    return this.#unsent;
  }

  /** The turn is over. */
  leave(): void {
    this.#unsent = 0;
  }

  /** With the headers of another one, up to now. */
  startAs({ headers }: Answer): void {
    for (const name of headers.names()) {
      const value = headers.get(name);
      if (value !== undefined) this.headers.set(name, value);
    }
  }

  /** As in Node, the head is fixed from here on, before the length of the body is known. */
  fixHead(): void {
    this.headIsSent = true;
    this.#isStreamed = true;
    this.#head = this.#makeHead(undefined);
  }

  /** Something on the way to the answer. */
  inform(status: number, headers: readonly string[], callback: unknown): void {
    if (status === 100) this.isAwaited = false;
    this.call.inform({ status, statusText: statusTexts[status] ?? '', headers });
    if (typeof callback === 'function') nextTick(this.parts, callback as () => void, undefined);
  }

  override sendHead(body: Uint8Array | undefined): void {
    const face = this.#face;
    face.statusCode = validStatus(face.statusCode);
    face.statusMessage = face.statusMessage || (statusTexts[face.statusCode] ?? 'unknown');
    this.#head = this.#makeHead(body);
    this.headIsSent = true;
    if (body === undefined) this.#isStreamed = true;
    this.#answer(body === undefined || this.#hasBody ? body : nothing);
  }

  override sendPiece(bytes: Uint8Array): void {
    if (!this.#headIsOut) this.#answer(undefined);
    incomingOf(this.request).socket?.touch();
    if (!this.#hasBody) return;
    this.call.write(bytes);
    this.#waits();
  }

  override sendEnd(): void {
    this.#unsent = 0;
    if (this.#headIsOut) this.call.end(this.isChunked ? this.trailers : undefined);
    else this.#answer(nothing);
  }

  override get headBytes(): number {
    if (this.#isFlushed) return 0;
    this.#isFlushed = true;
    const status = `HTTP/1.1 ${String(this.#face.statusCode)} ${this.#face.statusMessage ?? ''}`;
    return this.#head.reduce((sum, { length }) => sum + length + 2, status.length + 4);
  }

  override flushHeaders(): void {
    this.#isFlushed = true;
    if (!this.headIsSent) this.sendHead(undefined);
    else if (!this.#headIsOut) this.#answer(undefined);
    this.#unsent = 0;
  }

  override finishing(): void {
    this.onClose?.answerFinished();
    nextTick(this.parts, tellClose, this);
  }

  /** The caller is gone. */
  cutShort(): void {
    if (!this.isFinished) this.close();
  }

  close(): void {
    if (this.isClosed) return;
    this.isClosed = true;
    this.destroyed = true;
    this.onClose?.answerClosed();
    this.face.emit('close');
  }

  override get isChunked(): boolean {
    return this.#hasBody && /^chunked$/i.test(valueIn(this.#head, 'transfer-encoding') ?? '');
  }

  get #face(): ServerResponse {
    return this.face as ServerResponse;
  }

  get #hasBody(): boolean {
    const { statusCode } = this.#face;
    return this.request.method !== 'HEAD' && statusCode !== 204 && statusCode !== 304;
  }

  #answer(body: Uint8Array | undefined): void {
    this.#headIsOut = true;
    const { statusCode: status, statusMessage: statusText = '' } = this.#face;
    this.call.answer({ status, statusText, headers: this.#head }, body);
    if (body === undefined) this.#waits();
  }

  #waits(): void {
    if (this.#unsent++ === 0) nextTick(this.parts, leave, this);
  }

  #makeHead(body: Uint8Array | undefined): string[] {
    const { headers } = this;
    const lines = headers.lines();
    if (this.#face.sendDate && !headers.has('date')) lines.push('Date', dateText(this.parts));
    const isLast =
      this.isAwaited || String(incomingOf(this.request).headers['connection'] ?? '').toLowerCase() === 'close';
    if (!headers.has('connection')) {
      lines.push('Connection', isLast ? 'close' : 'keep-alive');
      const keptMs = this.onClose?.keepAliveTimeoutMs ?? 5_000;
      if (!isLast && keptMs > 0) lines.push('Keep-Alive', `timeout=${String(Math.floor(keptMs / 1_000))}`);
    }
    this.isLast = isLast || saysClose(lines);
    if (headers.has('content-length') || headers.has('transfer-encoding') || !this.#hasBody) return lines;
    if (body === undefined || this.#isStreamed || headers.has('trailer')) lines.push('Transfer-Encoding', 'chunked');
    else lines.push('Content-Length', String(body.length));
    return lines;
  }
}

export const answerOf = (face: object): Answer => behind(face) as Answer;

function leave(answer: Answer): void {
  answer.leave();
}

function tellClose(answer: Answer): void {
  answer.close();
}

/** An answer that a server makes. */
export function createServerResponseClass(parts: HttpParts, Outgoing: OutgoingMessageClass): ServerResponseClass {
  class ServerResponse extends Outgoing {
    declare statusCode: number;
    declare statusMessage: string | undefined;
    declare strictContentLength: boolean;
    declare readonly req: IncomingMessage;

    constructor(request: IncomingMessage, call: ServerCall) {
      super(new Answer(parts, request, call));
      // Assigned: engines take several times as long for fields.
      this.sendDate = true;
      this.statusCode = 200;
      this.statusMessage = undefined;
      this.strictContentLength = false;
      this.req = request;
    }

    get socket(): Socket {
      return answerOf(this).onClose?.openSocket() ?? this.req.socket;
    }

    get connection(): Socket {
      return this.socket;
    }

    writeHead(status: unknown, ...rest: unknown[]): this {
      const answer = answerOf(this);
      if (answer.headIsSent) {
        const message = 'Cannot write headers after they are sent to the client';
        throw nodeError(Error, 'ERR_HTTP_HEADERS_SENT', message);
      }
      this.statusCode = validStatus(status);
      const [text, headers] = typeof rest[0] === 'string' ? rest : [undefined, rest[0] ?? rest[1]];
      if (typeof text === 'string') this.statusMessage = text;
      this.statusMessage ??= statusTexts[this.statusCode] ?? 'unknown';
      this.#setAll(headers, answer.headers.names().length === 0);
      if (!isHeaderText(this.statusMessage))
        throw nodeError(TypeError, 'ERR_INVALID_CHAR', 'Invalid character in statusMessage');
      answer.fixHead();
      return this;
    }

    /** In a list a name may come more than once, as long as no header was set before. */
    #setAll(headers: unknown, isFirst: boolean): void {
      const mayRepeat = isFirst && Array.isArray(headers);
      for (const [name, value] of pairsOf(headers))
        if (mayRepeat) this.appendHeader(name, value as string | readonly string[]);
        else this.setHeader(name, value);
    }

    [forShadow](): ServerResponse {
      const answer = answerOf(this);
      const twin = new ServerResponse(this.req, answer.call.inShadow());
      Object.setPrototypeOf(twin, Object.getPrototypeOf(this) as object);
      answerOf(twin).startAs(answer);
      const { sendDate, statusCode, statusMessage } = this;
      return Object.assign(twin, { sendDate, statusCode, statusMessage });
    }

    writeContinue(callback?: unknown): void {
      answerOf(this).inform(100, [], callback);
    }

    writeProcessing(callback?: unknown): void {
      answerOf(this).inform(102, [], callback);
    }

    writeEarlyHints(hints: unknown, callback?: unknown): void {
      const lines = hintLines(hints);
      if (lines.length > 0) answerOf(this).inform(103, lines, callback);
    }

    assignSocket(): void {
      // It has one.
    }

    setTimeout(delayMs: unknown, callback?: unknown): this {
      if (typeof callback === 'function') this.on('timeout', callback as () => void);
      this.socket.setTimeout(delayMs);
      return this;
    }

    override destroy(error?: unknown): this {
      if (this.destroyed) return this;
      answerOf(this).destroyed = true;
      this.socket.destroy(error);
      return this;
    }
  }
  return ServerResponse;
}

function validStatus(status: unknown): number {
  const code = Number(status) | 0;
  if (code >= 100 && code <= 999) return code;
  throw nodeError(RangeError, 'ERR_HTTP_INVALID_STATUS_CODE', `Invalid status code: ${String(status)}`);
}

/** What `writeEarlyHints` sends: links, and what else stands beside them. */
function hintLines(hints: unknown): string[] {
  if (typeof hints !== 'object' || hints === null || Array.isArray(hints))
    throw invalidArgType('hints', 'object', hints);
  const { link, ...others } = hints as { readonly link?: unknown };
  if (link === undefined || link === null) return [];
  const links = Array.isArray(link) ? (link as unknown[]) : [link];
  for (const each of links) {
    if (typeof each === 'string' && linkHeader.test(each)) continue;
    const wanted = 'must be an array or string of format "</styles.css>; rel=preload; as=style"';
    throw invalidArgValue('hints', typeof each === 'string' ? `'${each}'` : String(each), wanted);
  }
  if (links.length === 0) return [];
  return ['Link', links.join(', '), ...Object.entries(others).flatMap(([name, value]) => [name, String(value)])];
}

const linkHeader = /^(?:<[^>]*>)(?:\s*;\s*[^;"\s]+(?:=(")?[^;"\s]*\1)?)*$/;
