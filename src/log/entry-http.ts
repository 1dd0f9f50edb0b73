import type { Fact } from './entry-fact';

// A request from one process to another, or from outside to one, and its answer.

/** A process takes HTTP requests at a port from now on: until `port.closed`, another text of its file, or its end. */
export interface PortOpened extends Fact {
  readonly type: 'port.opened';
  readonly process: string;
  readonly port: number;
  /** The address that it listens at: `::` for all of them. */
  readonly host: string;
}

export interface PortClosed extends Fact {
  readonly type: 'port.closed';
  readonly process: string;
  readonly port: number;
}

interface HttpFact extends Fact {
  /** Of the request and all that follows from it, unique within a run: `r_1`, … */
  readonly request: string;
}

/** An HTTP request was sent. Without pieces that follow later its body is here whole. */
export interface HttpRequested extends HttpFact {
  readonly type: 'http.requested';
  /** Who sent it: a process, or a broker. Absent when it came from outside, by hand. */
  readonly process?: string;
  /** Of a broker that delivers by HTTP: the delivery that it carries out, as in `message.dispatched`. */
  readonly delivery?: string;
  /** Who listens there: a process, or a broker. Absent when nobody does. */
  readonly to?: string;
  /** With nobody there: the service that the host names, or that listened at this port last. Absent when there is none. */
  readonly meant?: string;
  /** As in the header: `orders:3000`. */
  readonly host: string;
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  /** Names and values in turn, as they were spelled. */
  readonly headers: readonly string[];
  /** At most `httpBodyCharsMax` characters; absent when it is empty, no text, or sent in pieces later. */
  readonly body?: string;
  /** When it reaches the other process. Absent when nobody listens, or the link is cut. */
  readonly arrivesAtMs?: number;
}

/** It has arrived, and its handler begins. */
export interface HttpReceived extends HttpFact {
  readonly type: 'http.received';
  readonly process: string;
  /** Absent: from outside. */
  readonly from?: string;
}

/** The handler has finished its answer. */
export interface HttpAnswered extends HttpFact {
  readonly type: 'http.answered';
  readonly process: string;
  /** Absent: who asked is outside. */
  readonly to?: string;
  readonly status: number;
  readonly statusText: string;
  readonly headers: readonly string[];
  /** As in `http.requested`. */
  readonly body?: string;
  /** Of the whole body. */
  readonly bytes: number;
  /** Since the request was received. */
  readonly tookMs: number;
  readonly arrivesAtMs?: number;
}

/** The caller has the whole answer. */
export interface HttpCompleted extends HttpFact {
  readonly type: 'http.completed';
  /** The caller. Absent: it is outside. */
  readonly process?: string;
  /** Who answered. */
  readonly to: string;
  readonly status: number;
  /** Since the request was sent. */
  readonly tookMs: number;
}

/** The caller got no answer, or no end of it, or did not wait for it. */
export interface HttpFailed extends HttpFact {
  readonly type: 'http.failed';
  /** The caller. Absent: it is outside. */
  readonly process?: string;
  readonly to?: string;
  /**
   * `ENOTFOUND`: no process has that name. `ECONNREFUSED`: nobody listens. `ECONNRESET`: the other side hung up or its process is gone.
   * `ETIMEDOUT`: the link is cut. `AbortError`, `TimeoutError`: the caller gave up; `UND_ERR_HEADERS_TIMEOUT` and the like: its client did.
   * `reloaded`: a newer text of the caller's file has taken over.
   */
  readonly code: string;
  /** Since the request was sent. */
  readonly tookMs: number;
}
