import type { Fact } from './entry-fact';

export interface ReplayStarted extends Fact {
  readonly type: 'replay.started';
  readonly broker: string;
  readonly process: string;
  readonly pattern: string;
  readonly messages: number;
  /** By hand: as in the intervention. */
  readonly fromMs?: number;
  readonly toMs?: number;
  readonly correlation?: string;
  readonly publisher?: string;
  readonly listener?: string;
  readonly suppressEffects?: true;
}

export interface ReplayEnded extends Fact {
  readonly type: 'replay.ended';
  readonly broker: string;
  readonly process: string;
  /** By hand: deliveries that failed. */
  readonly failed?: number;
}

/**
 * What would have been done, when that is not to publish a message: an HTTP request was sent or answered, a command of Redis given that writes, an event
 * appended to a stream, a row of a store written.
 */
export type HeldKind = 'request' | 'answer' | 'command' | 'append' | 'write';

/** A replay without effects, or a shadow: what its listener would have done. */
export interface EffectHeld extends Fact {
  readonly type: 'effect.held';
  readonly process: string;
  readonly listener?: string;
  /** Absent: a message would have been published. */
  readonly effect?: HeldKind;
  /** Whom it was meant for: a broker, an event store, a store of the process; of a request host and port, of an answer the request's id. */
  readonly broker: string;
  /** Of a request `POST /orders`, of an answer `200 OK`, of a command its name, of a write `put` or `delete`, otherwise the event's name. */
  readonly event: string;
  /** Of an append the stream, of a write `table/key`. */
  readonly place?: string;
  /** Payload of an event, body of a request or an answer as text, arguments of a command, row of a write. */
  readonly data?: unknown;
}
