import type { EffectHeld } from '../log/entry';
import type { Message } from '../log/envelope';
import type { ProcessEnvironment } from './node/environment';

/** What a client of a server may use of the process that imports it. */
export interface WireEnvironment {
  readonly node: ProcessEnvironment;
  /** The user's file and line that runs. */
  where(): string | undefined;
  /** `new Promise` for user code: a rejection that nobody handles is the process's. */
  promise<T>(executor: (resolve: (value: T) => void, reject: (error: unknown) => void) => void): Promise<T>;
  /** Whether what the code that runs would do is held back: that of a replay without effects, or of a shadow. */
  isHeld(): boolean;
  /** Tells the log what would have been done. */
  holdBack(effect: Held): void;
  /**
   * The user gets `value` for this part of a frame. When a message stands in the part, whatever is done with the value is caused by
   * that message. Parts within a part are told first.
   */
  readonly stands: (part: object, value: object) => void;
  /** Opens a connection to what listens at a port of this machine; undefined when nothing does. */
  dial(port: number, client: WireClient, options: WireOptions): Wire | undefined;
}

/** What would have been done, as `effect.held` has it. */
export type Held = Pick<EffectHeld, 'effect' | 'broker' | 'event' | 'place' | 'data'>;

export interface WireOptions {
  /**
   * Send each message at once. Otherwise one that is sent before the last one was acknowledged waits for that, as Nagle's
   * algorithm has it, which Node leaves on.
   */
  readonly noDelay: boolean;
  /** How often each side says at least that it is there: whoever hears nothing for twice as long gives up. Infinity: it never does. */
  readonly heartbeatMs?: number;
}

/** The client's end of a connection, as the runtime calls it. */
export interface WireClient {
  connected(): void;
  /** A frame has arrived. What this returns is what the user's function returned, when it went to one. */
  receive(frame: unknown): unknown;
  /** The other side hung up, or is not heard of any more. */
  hungUp(isSilent: boolean): void;
}

export interface Published {
  readonly type: string;
  readonly data: unknown;
  /** Whether the data is plain JSON of less than 100,000 characters that nobody else has, so that no copy is needed. */
  readonly isOwn: boolean;
  /** The user's file and line that published it, when that is not what runs now. */
  readonly where?: string | undefined;
  /** The frame that brings it, once the log knows of it. */
  readonly frameOf: (message: Message) => unknown;
  /** The same with the first half of its payload: what is left of one that a fault breaks. */
  readonly halved: () => Published;
}

/** What is sent arrives in order; a link that loses something only delays it, as TCP does. */
export interface Wire {
  send(frame: unknown): void;
  /**
   * As `send`, for a frame that carries a message that the log knows of. `isAnswered`: the other side replies at once. What is held back
   * is not sent, so that whoever waits for the reply has to answer it.
   */
  publish(published: Published, isAnswered: boolean): void;
  hangUp(): void;
  /** Sends this before all that was written and has not left yet, which is lost, and hangs up. */
  hangUpWith(frame: unknown): void;
}
