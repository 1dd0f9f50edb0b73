import { behind } from '../node/behind';
import { AbortError } from '../node/node-error';
import { forShadow } from '../shadowed';
import { distinctHeadersOf, headersOf } from './http-names';
import { Inflow } from './inflow';
import type { HttpParts } from './parts';
import type { Readable, ReadableClass } from './readable';
import type { Socket, SocketSource } from './socket';

export interface IncomingMessage extends Readable {
  method?: string;
  url: string;
  statusCode: number | null;
  statusMessage: string | null;
  complete: boolean;
  aborted: boolean;
  headers: Record<string, string | string[] | undefined>;
  rawHeaders: readonly string[];
  socket: Socket;
  req?: unknown;
  res?: unknown;
}

/** How a message begins: the first line of a request, or of an answer. */
export interface FirstLine {
  readonly method?: string;
  readonly path?: string;
  readonly status?: number;
  readonly statusText?: string;
}

export interface IncomingMessageClass {
  new (socket?: Socket, rawHeaders?: readonly string[], firstLine?: FirstLine): IncomingMessage;
  readonly prototype: IncomingMessage;
}

type Headers = Record<string, string | string[] | undefined>;

/** Whose message it is. */
export interface IncomingOwner {
  /** It is over, and its connection is free for the next one unless `face.aborted`: it is told so after this. */
  incomingClosing(): void;
  incomingClosed(): void;
}

/** What stands behind a message that has come in. */
export class Incoming extends Inflow {
  /** Given by a user, or opened when one asks for it. */
  socket: Socket | null | undefined;
  source: SocketSource | undefined;
  /** What else is to be done when it is over, before anybody is told. */
  onClose: IncomingOwner | undefined;
  #headers: Headers | undefined;

  constructor(parts: HttpParts) {
    super(parts);
    this.socket = undefined;
    this.source = undefined;
    this.onClose = undefined;
    this.#headers = undefined;
  }

  /** All but who is told of its end. */
  override startAs(other: Incoming): void {
    super.startAs(other);
    this.socket = other.source?.openShadow();
    this.#headers = { ...other.headers };
  }

  get headers(): Headers {
    return (this.#headers ??= headersOf(this.#face.rawHeaders));
  }

  set headers(headers: Headers) {
    this.#headers = headers;
  }

  /** It is all here. */
  finish(trailers?: readonly string[]): void {
    if (trailers !== undefined)
      Object.assign(this.#face, { rawTrailers: trailers.slice(), trailers: headersOf(trailers) });
    this.push(null);
  }

  override push(bytes: Uint8Array | null): void {
    if (bytes === null) this.#face.complete = true;
    super.push(bytes);
  }

  /** There will be no more. */
  cutShort(): void {
    const face = this.#face;
    if (this.destroyed || (face.complete && this.ended)) return;
    face.aborted = true;
    face.emit('aborted');
    this.stop(Object.assign(new Error('aborted'), { code: 'ECONNRESET' }));
  }

  /** As in Node, who has called hangs up, and who was called reads no more, but may still answer. */
  override left(): void {
    const { req } = this.#face as { readonly req?: { abort(): void } };
    if (req !== undefined) {
      req.abort();
      if (!this.destroyed) this.resume();
      return;
    }
    this.socket = null;
    this.#face.aborted = true;
    this.face.emit('aborted');
    this.stop(new AbortError());
  }

  destroy(error: unknown): void {
    const face = this.#face;
    const wasOpen = !this.destroyed && !face.complete;
    if (wasOpen) {
      face.aborted = true;
      face.emit('aborted');
    }
    this.stop(error);
    if (wasOpen) (face.socket as Socket | null | undefined)?.destroy(error);
  }

  /** As in Node, it is no error for who does not listen for one. */
  override get mayFail(): boolean {
    return this.face.listenerCount('error') > 0;
  }

  override closing(): void {
    if (!this.#face.aborted) this.onClose?.incomingClosing();
  }

  override closed(): void {
    this.onClose?.incomingClosed();
  }

  get #face(): IncomingMessage {
    return this.face as IncomingMessage;
  }
}

export const incomingOf = (face: object): Incoming => behind(face) as Incoming;

/** What has come in: a request at a server, an answer at a client. */
export function createIncomingMessageClass(parts: HttpParts, Readable: ReadableClass): IncomingMessageClass {
  class IncomingMessage extends Readable {
    declare readonly httpVersionMajor: 1;
    declare readonly httpVersionMinor: 1;
    declare readonly httpVersion: string;
    declare complete: boolean;
    declare readonly rawHeaders: readonly string[];
    declare readonly rawTrailers: readonly string[];
    declare readonly trailers: object;
    declare aborted: boolean;
    declare readonly upgrade: boolean;
    declare url: string;
    declare method: string | null;
    declare statusCode: number | null;
    declare statusMessage: string | null;

    constructor(socket?: Socket, rawHeaders: readonly string[] = [], firstLine: FirstLine = {}) {
      const core = new Incoming(parts);
      super(core);
      core.socket = socket;
      // Assigned, and in the order in which they are printed: engines take several times as long for fields.
      this.httpVersionMajor = 1;
      this.httpVersionMinor = 1;
      this.httpVersion = '1.1';
      this.complete = false;
      this.rawHeaders = rawHeaders.slice();
      this.rawTrailers = [];
      this.trailers = {};
      this.aborted = false;
      this.upgrade = false;
      this.url = firstLine.path ?? '';
      this.method = firstLine.method ?? null;
      this.statusCode = firstLine.status ?? null;
      this.statusMessage = firstLine.statusText ?? null;
    }

    get socket(): Socket | null | undefined {
      const core = incomingOf(this);
      if (core.socket === undefined) core.socket = core.source?.openSocket();
      return core.socket;
    }

    set socket(socket: Socket | null | undefined) {
      incomingOf(this).socket = socket;
    }

    get connection(): Socket | null | undefined {
      return this.socket;
    }

    get headers(): Headers {
      return incomingOf(this).headers;
    }

    set headers(headers: Headers) {
      incomingOf(this).headers = headers;
    }

    get headersDistinct(): object {
      return distinctHeadersOf(this.rawHeaders);
    }

    get trailersDistinct(): object {
      return distinctHeadersOf(this.rawTrailers);
    }

    [forShadow](): IncomingMessage {
      const core = incomingOf(this);
      const twin = new IncomingMessage(undefined, this.rawHeaders);
      Object.setPrototypeOf(twin, Object.getPrototypeOf(this) as object);
      incomingOf(twin).startAs(core);
      const { complete, aborted, url, method, statusCode, statusMessage } = this;
      return Object.assign(twin, { complete, aborted, url, method, statusCode, statusMessage });
    }

    setTimeout(delayMs: unknown, callback?: unknown): this {
      if (typeof callback === 'function') this.on('timeout', callback as () => void);
      this.socket?.setTimeout(delayMs);
      return this;
    }

    override destroy(error?: unknown): this {
      incomingOf(this).destroy(error);
      return this;
    }
  }
  return IncomingMessage as unknown as IncomingMessageClass;
}
