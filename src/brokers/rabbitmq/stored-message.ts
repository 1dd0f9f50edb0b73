import type { Message } from '../../log/envelope';
import type { Properties } from './protocol';

/** What was published, or died and was published again. All queues that have a copy share it. */
export interface Publication {
  readonly message: Message;
  /** The exchange first published to. */
  readonly exchange: string;
  /** The key of the publish first, then those of the headers CC and BCC. */
  readonly routingKeys: readonly string[];
  readonly properties: Properties;
  readonly content: Uint8Array;
  /** It died in this broker, so that its `x-death` is the broker's own. */
  readonly hasDied?: true;
}

/**
 * What a client published. It is a class because queues keep it: what literals make and is kept long, V8 soon puts straight
 * into its old space, which takes several times as long.
 */
export class Published implements Publication {
  readonly message: Message;
  readonly exchange: string;
  readonly routingKeys: readonly string[];
  readonly properties: Properties;
  readonly content: Uint8Array;

  constructor(from: Omit<Publication, 'routingKeys'>, routingKeys: readonly string[], properties: Properties) {
    this.message = from.message;
    this.exchange = from.exchange;
    this.routingKeys = routingKeys;
    this.properties = properties;
    this.content = from.content;
  }
}

/** A queue's copy of a publication. */
export class StoredMessage {
  readonly publication: Publication;
  /** Its place in its queue, counted from the queue's beginning. */
  readonly position: number;
  readonly priority: number;
  readonly expiresAtMs: number;
  /** `seq` of what last brought it here. */
  cause: number;
  redelivered = false;
  /** Deliveries that ended without an ack: what `x-delivery-count` tells. */
  deliveries = 0;
  /** Those of them that count towards the delivery limit. */
  strikes = 0;

  constructor(publication: Publication, position: number, priority: number, expiresAtMs: number, cause: number) {
    this.publication = publication;
    this.position = position;
    this.priority = priority;
    this.expiresAtMs = expiresAtMs;
    this.cause = cause;
  }

  get bytes(): number {
    return this.publication.content.length;
  }
}
