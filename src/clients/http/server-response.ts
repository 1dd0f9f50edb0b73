import { nodeError } from '../node/node-error';
import { isHeaderText, statusTexts } from './http-names';
import type { IncomingMessage, Socket } from './incoming-message';
import type { HeaderValue, OutgoingMessage, OutgoingMessageClass } from './outgoing-message';
import { dateText, type HttpParts, nextTick } from './parts';
import type { ServerCall } from './transport';

export interface ServerResponse extends OutgoingMessage {
  statusCode: number;
  statusMessage: string | undefined;
  readonly req: IncomingMessage;
  readonly socket: Socket;
  writeHead(status: unknown, ...rest: unknown[]): this;
  /** The caller is gone. */
  cutShort(): void;
}

export interface ServerResponseClass {
  new (request: IncomingMessage, call: ServerCall): ServerResponse;
  readonly prototype: ServerResponse;
}

/** An answer that a server makes. */
export function createServerResponseClass(parts: HttpParts, Outgoing: OutgoingMessageClass): ServerResponseClass {
  class ServerResponse extends Outgoing {
    declare statusCode: number;
    declare statusMessage: string | undefined;
    declare strictContentLength: boolean;
    declare readonly req: IncomingMessage;
    declare readonly socket: Socket;
    readonly #call: ServerCall;
    #isStreamed = false;

    constructor(request: IncomingMessage, call: ServerCall) {
      super();
      // Assigned: engines take several times as long for fields.
      this.sendDate = true;
      this.statusCode = 200;
      this.statusMessage = undefined;
      this.strictContentLength = false;
      this.req = request;
      this.socket = request.socket;
      this.#call = call;
      this.on('finish', () => {
        nextTick(parts, () => this.#close());
      });
    }

    get connection(): Socket {
      return this.socket;
    }

    writeHead(status: unknown, ...rest: unknown[]): this {
      if (this.headIsSent) {
        const message = 'Cannot write headers after they are sent to the client';
        throw nodeError(Error, 'ERR_HTTP_HEADERS_SENT', message);
      }
      this.statusCode = validStatus(status);
      const [text, headers] = typeof rest[0] === 'string' ? rest : [undefined, rest[0] ?? rest[1]];
      if (typeof text === 'string') this.statusMessage = text;
      this.statusMessage ??= statusTexts[this.statusCode] ?? 'unknown';
      for (const [name, value] of pairsOf(headers)) this.setHeader(name, value);
      if (!isHeaderText(this.statusMessage))
        throw nodeError(TypeError, 'ERR_INVALID_CHAR', 'Invalid character in statusMessage');
      // As in Node, the head is fixed from here on, before the length of the body is known.
      this.headIsSent = true;
      this.#isStreamed = true;
      this.#head = this.#makeHead(undefined);
      return this;
    }
    #head: string[] | undefined;
    #headIsOut = false;

    writeContinue(): void {
      // Nobody waits for it here.
    }

    writeProcessing(): void {
      // As above.
    }

    assignSocket(): void {
      // It has one.
    }

    setTimeout(delayMs: unknown, callback?: unknown): this {
      if (typeof callback === 'function') this.on('timeout', callback as () => void);
      this.socket.setTimeout(delayMs);
      return this;
    }

    override sendHead(body: Uint8Array | undefined): void {
      this.statusCode = validStatus(this.statusCode);
      this.statusMessage = this.statusMessage || (statusTexts[this.statusCode] ?? 'unknown');
      this.#head = this.#makeHead(body);
      this.headIsSent = true;
      if (body === undefined) this.#isStreamed = true;
      this.#answer(body === undefined || this.#hasBody ? body : new Uint8Array(0));
    }

    override flushHeaders(): void {
      if (!this.headIsSent) this.sendHead(undefined);
      else if (!this.#headIsOut) this.#answer(undefined);
    }

    override sendPiece(bytes: Uint8Array): void {
      if (!this.#headIsOut) this.#answer(undefined);
      this.socket.touch();
      if (this.#hasBody) this.#call.write(bytes);
    }

    override sendEnd(): void {
      if (this.#headIsOut) this.#call.end();
      else this.#answer(new Uint8Array(0));
    }

    override destroy(error?: unknown): this {
      if (this.destroyed) return this;
      this.socket.destroy(error);
      return this;
    }

    cutShort(): void {
      if (!this.writableFinished) this.#close();
    }

    #close(): void {
      if (this.destroyed) return;
      this.destroyed = true;
      this.emit('close');
    }

    get #hasBody(): boolean {
      return this.req.method !== 'HEAD' && this.statusCode !== 204 && this.statusCode !== 304;
    }

    #answer(body: Uint8Array | undefined): void {
      this.#headIsOut = true;
      const { statusCode: status, statusMessage: statusText = '' } = this;
      this.#call.answer({ status, statusText, headers: this.#head ?? [] }, body);
    }

    #makeHead(body: Uint8Array | undefined): string[] {
      const lines = this.headerLines();
      if (this.sendDate && !this.hasHeader('date')) lines.push('Date', dateText(parts));
      const isLast = String(this.req.headers['connection'] ?? '').toLowerCase() === 'close';
      if (!this.hasHeader('connection')) {
        lines.push('Connection', isLast ? 'close' : 'keep-alive');
        if (!isLast) lines.push('Keep-Alive', 'timeout=5');
      }
      if (this.hasHeader('content-length') || this.hasHeader('transfer-encoding') || !this.#hasBody) return lines;
      if (body === undefined || this.#isStreamed) lines.push('Transfer-Encoding', 'chunked');
      else lines.push('Content-Length', String(body.length));
      return lines;
    }
  }
  return ServerResponse;
}

function validStatus(status: unknown): number {
  const code = Number(status) | 0;
  if (code >= 100 && code <= 999) return code;
  throw nodeError(RangeError, 'ERR_HTTP_INVALID_STATUS_CODE', `Invalid status code: ${String(status)}`);
}

/** Headers as `writeHead` takes them: an object, pairs, or names and values in turn. */
export function pairsOf(headers: unknown): [string, HeaderValue][] {
  if (typeof headers !== 'object' || headers === null) return [];
  if (!Array.isArray(headers)) return Object.entries(headers as Record<string, HeaderValue>);
  const list = headers as unknown[];
  if (Array.isArray(list[0])) return list as [string, HeaderValue][];
  if (list.length % 2 !== 0)
    throw nodeError(TypeError, 'ERR_INVALID_ARG_VALUE', `The argument 'headers' is invalid. Received ${String(list)}`);
  return Array.from({ length: list.length / 2 }, (_, index) => [
    String(list[index * 2]),
    list[index * 2 + 1] as HeaderValue,
  ]);
}
