import type { ProcessEnvironment } from '../node/environment';
import type { Connection } from './connection';

/** What HTTP may use of the world, as one process sees it. The runtime makes one per life of a process. */
export interface HttpTransport {
  readonly node: ProcessEnvironment;
  /** `new Promise` for user code: a rejection that nobody handles is the process's. */
  promise<T>(executor: (resolve: (value: T) => void, reject: (error: unknown) => void) => void): Promise<T>;
  /** Whether what the code that runs would do is held back: that of a replay without effects, or of a shadow. */
  isHeld(): boolean;
  /** `file:line` at which an error left the user's code, as far as it is known. */
  placeOf(error: unknown): string | undefined;
  /** Takes calls at a port of this machine, 0 for any that is free. `in use`: a process of another service listens there. */
  listen(port: number, host: string, accept: (call: ServerCall) => void): Listening | 'in use';
  /**
   * Opens a connection over which nothing is sent yet: it keeps the process alive until what this returns is called. Undefined: nobody
   * takes calls there.
   */
  connect(hostname: string, port: number): (() => void) | undefined;
  /** Sends a request. How it goes on is told to `caller`, in the context of whoever calls this. */
  request(head: RequestHead, caller: Caller): ClientCall;
}

export interface Listening {
  readonly port: number;
  /** Takes no more calls; those under way go on. */
  close(): void;
  /** Whether it keeps the process alive, as it does at first. */
  hold(holds: boolean): void;
}

export interface RequestHead {
  readonly method: string;
  readonly hostname: string;
  readonly port: number;
  /** Path and query. */
  readonly path: string;
  /** Names and values in turn, as they were spelled. */
  readonly headers: readonly string[];
  /** The whole body, when it is known from the beginning. Otherwise `write` and `end` follow. */
  readonly body: Uint8Array | undefined;
  /** As what it arrives when it was sent as several chunks. */
  readonly chunks?: readonly Uint8Array[] | undefined;
  /** Bytes follow that no length announced: for who reads the connection they begin another request, and a bad one. */
  readonly isFollowed?: boolean | undefined;
  /** Gives up when nothing has answered the attempt to connect for so long. Absent: the system's own two minutes. */
  readonly connectTimeoutMs?: number | undefined;
  /** Absent: one of its own. */
  readonly connection?: Connection | undefined;
}

export interface ResponseHead {
  readonly status: number;
  readonly statusText: string;
  /** Names and values in turn, as they were spelled. */
  readonly headers: readonly string[];
}

/** The caller's hold on a request that was sent. */
export interface ClientCall {
  /** Whether somebody takes it: what is written has somewhere to go. */
  readonly connects: boolean;
  write(bytes: Uint8Array): void;
  end(): void;
  /** Hangs up. `reason` is a word for the log, for example `AbortError`. Nothing is told to the caller after that. */
  abort(reason: string): void;
}

/** Where the caller is told. `cause` is the `seq` of the entry that says so, for who writes entries of its own. */
export interface Caller {
  /** The request has arrived at a process, whose handler begins once this returns. */
  received?(process: string, cause: number): void;
  /** An answer of 1xx, which another one follows. */
  informed?(head: ResponseHead): void;
  answered(head: ResponseHead): void;
  data(bytes: Uint8Array): void;
  ended(cause: number, trailers?: readonly string[]): void;
  failed(failure: CallFailure, cause: number): void;
}

/**
 * Why there is no answer, or no end of it. `not found`: no process has that name. `refused`: nobody listens. `reset`: the other side hung
 * up, or its process is gone. `no connection`, `silence`: the link is cut, from the beginning or meanwhile.
 */
export interface CallFailure {
  readonly type: 'not found' | 'refused' | 'reset' | 'no connection' | 'silence';
  /** Of the machine, as an address. */
  readonly address: string;
}

/** A request that has arrived. */
export interface ServerCall {
  readonly head: RequestHead;
  /** Of the caller, as an address. */
  readonly remoteAddress: string;
  readonly remotePort: number;
  /** Where the rest of the request is told. Set before `accept` returns. */
  receiver: CallReceiver;
  /** Tells something on the way to the answer, of 1xx. */
  inform(head: ResponseHead): void;
  /** Begins the answer; with `body` that is all of it. Otherwise `write` and `end` follow. */
  answer(head: ResponseHead, body?: Uint8Array): void;
  write(bytes: Uint8Array): void;
  /** With `trailers`, headers that follow a body of chunks. */
  end(trailers?: readonly string[]): void;
  /** Hangs up. Of the answer so many messages had not left yet and are lost. */
  reset(unsent?: number): void;
  /** The calls over its connection still come here though nothing listens any more, until what this returns is called. */
  keepConnection(): () => void;
  /** The same request for a shadow: what it answers is held back. */
  inShadow(): ServerCall;
}

export interface CallReceiver {
  data(bytes: Uint8Array): void;
  ended(): void;
  /** The caller hung up, or its process is gone. */
  closed(): void;
}
