import type { Fact, Failure } from './entry-fact';
import type { Message } from './envelope';

// The way of a message: published, routed, kept, handed over, handled.

export interface MessagePublished extends Fact {
  readonly type: 'message.published';
  readonly message: Message;
  /** Absent when it was published by hand. */
  readonly process?: string;
  readonly broker: string;
  /** When it reaches the broker; equals `atMs` on a link without latency. Absent when the link loses it. */
  readonly arrivesAtMs?: number;
}

/** A link lost it. */
export interface MessageLost extends Fact {
  readonly type: 'message.lost';
  readonly message: string;
  readonly from: string;
  readonly to: string;
}

/** The broker decided where it goes. No target means that nobody was interested: a `message.dropped` follows. */
export interface MessageRouted extends Fact, Route {
  readonly type: 'message.routed';
  readonly message: string;
  readonly broker: string;
  /** Subscriptions that get it at once, in the order in which they get it. */
  readonly subscriptions: readonly string[];
  /** Queues that keep it until a consumer is free. */
  readonly queues: readonly string[];
  /** Redis: the channel that it was published on; absent when it was added to a stream. */
  readonly channel?: string;
  /** Event stores: it is there for whoever reads it, though nobody follows. */
  readonly kept?: true;
  readonly properties?: Properties;
}

/**
 * How a message came to its queues in RabbitMQ. Why a binding matched follows from its exchange's type, its key and its
 * arguments.
 */
export interface Route {
  /** The exchange that it was published to; absent for the default exchange, which leads to a queue by the queue's name. */
  readonly exchange?: string;
  /** Bindings that matched, in the order in which they were followed; also those that led where another had led before. */
  readonly bindings?: readonly string[];
  /** Routing keys, when they are not the message's type alone. Several: those of the headers CC and BCC follow. */
  readonly keys?: readonly string[];
  /** Exchanges in which nothing matched, so that their alternate exchange took over. */
  readonly alternates?: readonly string[];
}

/**
 * Properties and headers of a message in RabbitMQ, in amqplib's names, those that are set; `x-death` among the headers once it
 * has died. Absent when none is.
 */
export type Properties = Readonly<Record<string, unknown>>;

export interface MessageEnqueued extends Fact {
  readonly type: 'message.enqueued';
  readonly message: string;
  readonly broker: string;
  readonly queue: string;
}

/** Back to the head of its queue because the delivery ended without an answer. */
export interface MessageRequeued extends Fact {
  readonly type: 'message.requeued';
  readonly message: string;
  readonly broker: string;
  readonly queue: string;
  readonly delivery: string;
}

/** The broker put a delivery on the link to a process. From a queue, the message is unacked from here on. */
export interface MessageDispatched extends Fact {
  readonly type: 'message.dispatched';
  readonly message: string;
  readonly broker: string;
  readonly queue?: string;
  /** Unique within a run: `d_1`, … One per attempt. */
  readonly delivery: string;
  readonly subscription: string;
  readonly process: string;
  readonly listener: string;
  readonly attempt: number;
  /** Absent when the link loses it. */
  readonly arrivesAtMs?: number;
  /** True when this delivery repeats a logged message for a replay. */
  readonly replayed?: true;
  /** The bus: it was sent back from a dead-letter queue. */
  readonly redriven?: true;
  /** Webhooks: somebody asked for this attempt; absent: it is the schedule's. */
  readonly trigger?: 'manual';
}

/** With RabbitMQ its route goes from the dead-letter exchange on. */
export interface MessageDeadLettered extends Fact, Route {
  readonly type: 'message.dead-lettered';
  readonly message: string;
  readonly broker: string;
  /** The dead-letter queue that keeps it; with RabbitMQ the first queue that the dead-letter exchange reached. */
  readonly queue: string;
  /** RabbitMQ: the queue in which it died. Webhooks: the endpoint, which keeps it too, for whoever has it sent again. */
  readonly from?: string;
  /** Empty when it was not a listener that gave it up. */
  readonly listener: string;
  readonly attempts: number;
  /** `budget`: no retry was left in the listener's budget. `unanswered`: it was sent back, and nobody answered for it. */
  readonly reason: 'attempts' | 'budget' | 'unanswered' | DeathReason;
  /** RabbitMQ: as it went on from there. */
  readonly properties?: Properties;
}

/** A dead letter was sent back to where it had died: its attempts begin anew. */
export interface MessageRedriven extends Fact {
  readonly type: 'message.redriven';
  readonly message: string;
  readonly broker: string;
  /** The dead-letter queue that kept it. */
  readonly queue: string;
  /** The queue that gets it; absent when it goes to a listener at once. */
  readonly to?: string;
  /** With a listener that gets it at once: whose. */
  readonly process?: string;
  /** Who had given it up; empty when it was no listener. */
  readonly listener: string;
  /** Its payload, when that was changed on this occasion. */
  readonly data?: unknown;
}

/** Why a queue of RabbitMQ gave a message up, in RabbitMQ's words. */
export type DeathReason = 'rejected' | 'expired' | 'maxlen' | 'delivery_limit';

export interface MessageDropped extends Fact {
  readonly type: 'message.dropped';
  readonly message: string;
  readonly broker: string;
  readonly reason: DropReason;
  readonly queue?: string;
  /** RabbitMQ: the dead-letter exchange, which is not there or led to no queue; `''` is the default exchange. */
  readonly exchange?: string;
}

export type DropReason =
  | 'no-subscriber'
  | 'consumer-gone'
  | 'queue-full'
  /** No binding led to a queue. `returned`: and its publisher was told. */
  | 'unroutable'
  | 'returned'
  | 'purged'
  | 'queue-deleted'
  | 'queue-expired'
  /** The broker kept it in memory only. */
  | 'broker-stopped'
  /** One with its id was there already; its broker did not take it in; its endpoint gets nothing any more. */
  | 'duplicate'
  | 'refused'
  | 'endpoint-disabled'
  /** It died in its queue, and no dead-letter exchange took it. */
  | DeathReason;

interface DeliveryFact extends Fact {
  readonly delivery: string;
  readonly message: string;
  readonly broker: string;
  readonly process: string;
  readonly listener: string;
  readonly attempt: number;
  readonly replayed?: true;
  readonly redriven?: true;
}

export interface DeliveryStarted extends DeliveryFact {
  readonly type: 'delivery.started';
}

/** The listener ended without an error: the delivery is acked. */
export interface DeliverySucceeded extends DeliveryFact {
  readonly type: 'delivery.succeeded';
  /** Since it was handed over; with webhooks since it was sent. */
  readonly tookMs: number;
  /** Webhooks: of the answer. */
  readonly status?: number;
}

export interface DeliveryFailed extends DeliveryFact {
  readonly type: 'delivery.failed';
  readonly tookMs: number;
  /**
   * `refused`: the process rejected the message, which is no error of its code. Webhooks: `status`: the answer was none of 2xx;
   * `unreachable`: there was none; `policy`: the address is one that the sender does not call.
   */
  readonly reason: 'threw' | 'timeout' | 'limit' | 'refused' | 'status' | 'unreachable' | 'policy';
  readonly failure: Failure;
  /** Webhooks: of the answer. Absent when there was none. */
  readonly status?: number;
  /** Attempts still to come. 0: this listener has given up. */
  readonly attemptsLeft: number;
  /** It had attempts left, and its listener's retry budget none. */
  readonly overBudget?: true;
}

export interface DeliveryRetryScheduled extends DeliveryFact {
  readonly type: 'delivery.retry-scheduled';
  /** The attempt to come, from 2. */
  readonly nextAttempt: number;
  readonly attempts: number;
  readonly dueAtMs: number;
}

/** Written when the run ends: the listener's promise was still open and nothing that could settle it was left. */
export interface DeliveryStalled extends DeliveryFact {
  readonly type: 'delivery.stalled';
  readonly sinceMs: number;
}
