import type { AbortSignal } from '../node/abort';
import type { TimerHandle } from '../node/environment';
import type { Listener } from '../node/event-emitter';
import { AbortError } from '../node/node-error';
import type { Agent } from './agent';
import { callError, hangUp } from './call-error';
import type { IncomingMessage, IncomingMessageClass, SocketClass } from './incoming-message';
import type { OutgoingMessage, OutgoingMessageClass } from './outgoing-message';
import { type HttpParts, nextTick } from './parts';
import { joinedBuffers } from './readable';
import { btoaOf, type RequestOptions, requestOptions } from './request-options';
import { pairsOf } from './server-response';
import type { CallFailure, Caller, ClientCall, ResponseHead } from './transport';

export interface ClientRequest extends OutgoingMessage {
  readonly method: string;
  readonly path: string;
  readonly host: string;
}

export type ClientRequestClass = new (...args: unknown[]) => ClientRequest;

/** Methods whose requests have no body unless it is given a length. */
const withoutBody = new Set(['GET', 'HEAD', 'DELETE', 'OPTIONS', 'TRACE', 'CONNECT']);

/** `http.ClientRequest`: a request that a process makes. */
export function createClientRequestClass(
  parts: HttpParts,
  classes: { Outgoing: OutgoingMessageClass; Socket: SocketClass; IncomingMessage: IncomingMessageClass },
  globalAgent: Agent,
): ClientRequestClass {
  const { transport } = parts;

  class ClientRequest extends classes.Outgoing {
    declare readonly method: string;
    declare readonly path: string;
    declare readonly host: string;
    declare readonly protocol: string;
    declare readonly reusedSocket: boolean;
    declare aborted: boolean;
    declare res: IncomingMessage | null;
    readonly #options: RequestOptions;
    readonly #pieces: Uint8Array[] = [];
    readonly #release: () => void;
    #mayStart = false;
    #call: ClientCall | undefined;
    #isSettled = false;
    #timer: TimerHandle | undefined;
    #timeoutMs = 0;

    constructor(...args: unknown[]) {
      super();
      const options = requestOptions(args);
      this.#options = options;
      // Assigned, and in the order in which they are printed: engines take several times as long for fields.
      this.method = options.method;
      this.path = options.path;
      this.host = options.hostname;
      this.protocol = 'http:';
      this.reusedSocket = false;
      this.aborted = false;
      this.res = null;
      for (const [name, value] of pairsOf(options.headers)) this.setHeader(name, value);
      const { hostname, port } = options;
      const at = hostname.includes(':') ? `[${hostname}]` : hostname;
      if (!this.hasHeader('host')) this.setHeader('Host', port === 80 ? at : `${at}:${String(port)}`);
      if (options.auth !== undefined && !this.hasHeader('authorization'))
        this.setHeader('Authorization', `Basic ${btoaOf(options.auth)}`);
      if (options.callback !== undefined) this.once('response', options.callback);
      if (options.timeoutMs > 0) this.setTimeout(options.timeoutMs);
      this.#watchSignal(options.signal);
      const agent = options.agent ?? globalAgent;
      this.#release = agent.take({ host: hostname, port }, () => {
        nextTick(parts, () => {
          if (this.destroyed) return;
          this.#mayStart = true;
          if (this.listenerCount('socket') > 0)
            this.emit('socket', new classes.Socket(endsOf('127.0.0.1', port), () => this.destroy()));
          this.#start();
        });
      });
    }

    setTimeout(delayMs: unknown, callback?: unknown): this {
      if (typeof callback === 'function') this.once('timeout', callback as Listener);
      this.#timeoutMs = Number(delayMs) || 0;
      this.#restartTimer();
      return this;
    }

    setNoDelay(): void {
      // Requests leave at once.
    }

    setSocketKeepAlive(): void {
      // Connections are kept alive.
    }

    abort(): void {
      if (this.aborted) return;
      this.aborted = true;
      nextTick(parts, () => this.emit('abort'));
      this.destroy();
    }

    override destroy(error?: unknown): this {
      if (this.destroyed) return this;
      this.destroyed = true;
      this.#call?.abort(error instanceof AbortError ? 'AbortError' : 'ECONNRESET');
      const { res } = this;
      this.#settle();
      if (res !== null) res.cutShort();
      nextTick(parts, () => {
        if (res === null) this.emit('error', error ?? hangUp());
        this.emit('close');
      });
      return this;
    }

    override sendHead(body: Uint8Array | undefined): void {
      this.headIsSent = true;
      if (body !== undefined && body.length > 0 && this.#hasBody) this.#pieces.push(body);
      this.#lengthIsKnown = body !== undefined;
      this.#start();
    }
    #lengthIsKnown = false;

    /** Node gives these methods no length by itself: without one, a server takes nothing that follows the head for a body. */
    get #hasBody(): boolean {
      return this.#saysLength || !withoutBody.has(this.method);
    }

    get #saysLength(): boolean {
      return this.hasHeader('content-length') || this.hasHeader('transfer-encoding');
    }

    override sendPiece(bytes: Uint8Array): void {
      if (!this.#hasBody) return;
      if (this.#call === undefined) this.#pieces.push(bytes);
      else this.#call.write(bytes);
    }

    override sendEnd(): void {
      this.#call?.end();
    }

    /** As in Node, a request finishes once there is a connection to write it to. */
    override finishSoon(): void {
      if (this.#isFlushed || this.#call?.connects !== true) return;
      this.#isFlushed = true;
      super.finishSoon();
    }
    #isFlushed = false;

    /** Sends what there is, once there is a connection: what was written in one turn leaves in one piece. */
    #start(): void {
      if (!this.#mayStart || !this.headIsSent || this.#call !== undefined || this.destroyed) return;
      const { hostname, port } = this.#options;
      const isWhole = this.writableEnded;
      const body = joined(this.#pieces);
      const { method, path } = this;
      const head = { method, hostname, port, path, headers: this.#headLines(body.length) };
      this.#call = transport.request({ ...head, body: isWhole ? body : undefined }, this.#caller());
      if (!isWhole && body.length > 0) this.#call.write(body);
      if (isWhole) this.finishSoon();
      this.#restartTimer();
    }

    #headLines(length: number): string[] {
      const lines = this.headerLines();
      if (!this.hasHeader('connection')) lines.push('Connection', 'keep-alive');
      if (this.#saysLength || !this.#hasBody) return lines;
      if (this.#lengthIsKnown) lines.push('Content-Length', String(length));
      else lines.push('Transfer-Encoding', 'chunked');
      return lines;
    }

    #caller(): Caller {
      return {
        answered: (head) => {
          this.#answered(head);
        },
        data: (bytes) => {
          this.#restartTimer();
          this.res?.push(bytes);
        },
        ended: () => {
          this.#timer?.cancel();
          this.res?.finish();
        },
        failed: (failure) => {
          this.#failed(failure);
        },
      };
    }

    #answered(head: ResponseHead): void {
      this.#restartTimer();
      const { hostname, port } = this.#options;
      const socket = new classes.Socket(endsOf(hostname, port), () => this.destroy());
      const start = { status: head.status, statusText: head.statusText };
      const response = new classes.IncomingMessage(socket, head.headers, start);
      response.req = this;
      this.res = response;
      response.on('close', () => {
        this.#settle();
        if (this.destroyed) return;
        this.destroyed = true;
        this.emit('close');
      });
      if (!this.emit('response', response)) response.resume();
    }

    #failed(failure: CallFailure): void {
      if (this.res !== null) {
        this.res.cutShort();
        return;
      }
      if (this.destroyed) return;
      this.destroyed = true;
      this.#settle();
      const error = callError(failure, this.#options);
      this.emit('error', failure.type === 'reset' ? hangUp() : error);
      nextTick(parts, () => this.emit('close'));
    }

    #settle(): void {
      if (this.#isSettled) return;
      this.#isSettled = true;
      this.#timer?.cancel();
      this.#release();
    }

    #restartTimer(): void {
      this.#timer?.cancel();
      if (this.#timeoutMs <= 0 || this.#isSettled) return;
      const expire = transport.node.bind(() => {
        this.emit('timeout');
      });
      this.#timer = transport.node.schedule(this.#timeoutMs, expire);
    }

    #watchSignal(signal: AbortSignal | undefined): void {
      if (signal === undefined) return;
      const abort = (): void => {
        this.destroy(new AbortError(undefined, { cause: signal.reason }));
      };
      if (signal.aborted) nextTick(parts, abort);
      else signal.addEventListener('abort', abort, { once: true });
    }
  }
  return ClientRequest;
}

function endsOf(remoteAddress: string, remotePort: number) {
  return { remoteAddress, remotePort, localAddress: '127.0.0.1', localPort: 49_152 };
}

function joined(pieces: Uint8Array[]): Uint8Array {
  const [first] = pieces;
  return pieces.length === 1 && first !== undefined ? first : joinedBuffers(pieces.splice(0));
}
