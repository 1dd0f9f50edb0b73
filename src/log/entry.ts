import type { Message } from './envelope';

/**
 * The vocabulary of the log: one discriminated union of facts in the past tense.
 *
 * Invariants
 * 1. `seq` counts from 0 without a gap; `atMs` never decreases.
 * 2. An entry names its cause by `seq`, and the cause is always earlier.
 * 3. Whatever is shown on the screen can be folded from a prefix of entries, in order, and nothing else.
 * 4. Fields listed in `volatileFields` may differ between engines; they are shown but stay out of the digest.
 */
export type Entry =
  | RunStarted
  | RunEnded
  | FileRejected
  | FileEdited
  | ProcessStarted
  | ProcessReloaded
  | ProcessExited
  | ProcessCrashed
  | BrokerDeclared
  | BrokerChanged
  | ListenerSubscribed
  | ListenerUnsubscribed
  | ExchangeDeclared
  | ExchangeDeleted
  | QueueDeclared
  | QueueDeleted
  | BindingAdded
  | BindingRemoved
  | ConnectionOpened
  | ConnectionClosed
  | ChannelOpened
  | ChannelLimited
  | ChannelClosed
  | GroupCreated
  | GroupMoved
  | GroupDestroyed
  | MessagePublished
  | MessageLost
  | MessageRouted
  | MessageEnqueued
  | MessageRequeued
  | MessageDispatched
  | MessageDeadLettered
  | MessageDropped
  | DeliveryStarted
  | DeliverySucceeded
  | DeliveryFailed
  | DeliveryRetryScheduled
  | DeliveryStalled
  | HttpRequested
  | HttpReceived
  | HttpAnswered
  | HttpFailed
  | ReplayStarted
  | ReplayEnded
  | ConsolePrinted
  | ProcessShowed
  | InvariantDeclared
  | InvariantFailed
  | InvariantHeld
  | LimitReached
  | InterventionApplied
  | InterventionRefused;

export type EntryType = Entry['type'];
export type EntryOf<T extends EntryType> = Extract<Entry, { readonly type: T }>;

interface Fact {
  /** Position in the log, from 0. */
  readonly seq: number;
  /** Virtual milliseconds since the run began. */
  readonly atMs: number;
  /** `seq` of the entry that made this one happen. Absent for what nothing in the run caused. */
  readonly cause?: number;
  /** Where in the user's code: `email.ts:19`. Present on everything that a line of user code did. */
  readonly where?: string;
}

/** What went wrong in user code. `message` and `stack` come from the engine and are volatile. */
export interface Failure {
  /** The error's `name`, or `thrown` for a value that is no Error. */
  readonly name: string;
  readonly message: string;
  /** The stack in the user's own files, one frame a line; absent when there is none. */
  readonly stack?: string;
}

export interface RunStarted extends Fact {
  readonly type: 'run.started';
  readonly title: string;
  readonly seed: number;
  readonly durationMs: number;
  /** Version of the log's vocabulary. */
  readonly version: 1;
}

export interface RunEnded extends Fact {
  readonly type: 'run.ended';
  /**
   * `duration`: the scenario's time is over. `idle`: nothing could ever happen again. `limit`: a quota was met.
   * `unresponsive`: the sandbox stopped answering inside one turn and was replaced; written by the host.
   */
  readonly reason: 'duration' | 'idle' | 'limit' | 'unresponsive';
  /** For `unresponsive`: the process and listener that were running. */
  readonly process?: string;
  readonly listener?: string;
}

export interface FileRejected extends Fact {
  readonly type: 'file.rejected';
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
  /** Whether an earlier version of the file goes on running. */
  readonly keptPrevious: boolean;
}

export interface FileEdited extends Fact {
  readonly type: 'file.edited';
  readonly file: string;
}

export interface ProcessStarted extends Fact {
  readonly type: 'process.started';
  /** `worker`, or `worker#2` for a replica. */
  readonly process: string;
  /** The service: the process's name in the scenario, without `#n`. */
  readonly service: string;
  readonly file: string;
  readonly args: readonly string[];
  /** 1 for the first life, 2 after the first restart, … */
  readonly life: number;
}

/** The process went on with a new version of its file: old listeners are gone, what was under way ends with the old code. */
export interface ProcessReloaded extends Fact {
  readonly type: 'process.reloaded';
  readonly process: string;
  readonly file: string;
  readonly life: number;
}

export interface ProcessExited extends Fact {
  readonly type: 'process.exited';
  readonly process: string;
  /** Exit code; `null` when a signal ended it. */
  readonly code: number | null;
  readonly signal?: 'SIGTERM';
  /** Present when an error that nobody caught ended it. */
  readonly failure?: Failure;
}

export interface ProcessCrashed extends Fact {
  readonly type: 'process.crashed';
  readonly process: string;
  /** Deliveries and HTTP requests that were under way in it and are over. */
  readonly interrupted: number;
}

export interface BrokerDeclared extends Fact {
  readonly type: 'broker.declared';
  readonly broker: string;
  /** `bus` for the playground's own; later `rabbitmq`, `kafka`, … */
  readonly kind: string;
  /** Declared settings, for example `{ mode: 'queue', workers: 1 }`. */
  readonly settings: Settings;
}

export interface BrokerChanged extends Fact {
  readonly type: 'broker.changed';
  readonly broker: string;
  readonly settings: Settings;
}

export interface ListenerSubscribed extends Fact {
  readonly type: 'listener.subscribed';
  readonly broker: string;
  /** Unique within a run: `s_1`, … */
  readonly subscription: string;
  readonly process: string;
  readonly listener: string;
  /** `order.created`, or with `*` (one word) and `#` (any number of words). */
  readonly pattern: string;
  /** Name of the durable queue it consumes from, when it does. */
  readonly queue?: string;
  /** How many deliveries it takes at once from that queue. */
  readonly prefetch?: number;
  /** Attempts in all, 1 when there is no retry. */
  readonly attempts: number;
  readonly timeoutMs?: number;
  readonly deadLetter?: string;
  /** RabbitMQ: connection and channel, as in `channel.opened`. */
  readonly connection?: string;
  readonly channel?: number;
  /** RabbitMQ: what it gets counts as settled at once, and no prefetch holds it back. */
  readonly noAck?: true;
  /** RabbitMQ: its `x-priority`, when that is not 0. */
  readonly priority?: number;
  /** Redis: what the pattern is. Absent: the name of a channel. */
  readonly space?: 'pattern' | 'shard';
}

export interface ListenerUnsubscribed extends Fact {
  readonly type: 'listener.unsubscribed';
  readonly broker: string;
  readonly subscription: string;
  readonly process: string;
  readonly listener: string;
}

/** Values of settings and arguments, whose names are the broker's own: `x-message-ttl`. What is nested is written as JSON. */
export type Settings = Readonly<Record<string, string | number | boolean>>;

/**
 * An exchange is there. One that the broker has from its beginning is declared when it is first named. `settings`: what is
 * not as usual, of `durable`, `auto-delete`, `internal` and `alternate-exchange`; usual is `durable: true` and nothing else.
 */
export interface ExchangeDeclared extends Fact {
  readonly type: 'exchange.declared';
  readonly broker: string;
  readonly exchange: string;
  /** `direct`, `fanout`, `topic` or `headers`. */
  readonly kind: string;
  readonly settings: Settings;
}

/** Its bindings are gone with it, in both directions. */
export interface ExchangeDeleted extends Fact {
  readonly type: 'exchange.deleted';
  readonly broker: string;
  readonly exchange: string;
  /** `unused`: it was auto-delete, and its last binding went. */
  readonly reason: 'asked' | 'unused';
}

/**
 * A queue is there, or has other settings from now on. `settings`: its arguments by their names, such as `x-message-ttl`, and
 * what of `durable`, `exclusive` and `auto-delete` is not as usual; usual is `durable: true` and nothing else.
 */
export interface QueueDeclared extends Fact {
  readonly type: 'queue.declared';
  readonly broker: string;
  readonly queue: string;
  readonly settings: Settings;
}

/** Its bindings are gone with it. What was ready in it was dropped before, with one `message.dropped` each. */
export interface QueueDeleted extends Fact {
  readonly type: 'queue.deleted';
  readonly broker: string;
  readonly queue: string;
  readonly reason: QueueEnd;
}

/** `unused`: it was auto-delete, and its last consumer went. `owner-gone`: it was exclusive, and its connection ended. */
export type QueueEnd = 'asked' | 'expired' | 'unused' | 'owner-gone';

/** The default exchange's bindings, of every queue by its own name, are never named. */
export interface BindingAdded extends Fact {
  readonly type: 'binding.added';
  readonly broker: string;
  /** Unique within its broker: `b_1`, … */
  readonly binding: string;
  /** The exchange. */
  readonly source: string;
  readonly destination: string;
  readonly to: 'queue' | 'exchange';
  readonly key: string;
  readonly arguments: Settings;
}

export interface BindingRemoved extends Fact {
  readonly type: 'binding.removed';
  readonly broker: string;
  readonly binding: string;
}

export interface ConnectionOpened extends Fact {
  readonly type: 'connection.opened';
  readonly broker: string;
  /** Unique within its broker: `c_1`, … */
  readonly connection: string;
  readonly process: string;
  /** Both sides say something this often; after twice that in silence they give the connection up. */
  readonly heartbeatMs: number;
}

/** Its channels are closed with it. */
export interface ConnectionClosed extends Fact {
  readonly type: 'connection.closed';
  readonly broker: string;
  readonly connection: string;
  readonly process: string;
  readonly reason: ConnectionEnd;
  /** With `refused`: what the broker said, `404 NOT_FOUND - no queue 'mail' in vhost '/'`. */
  readonly text?: string;
}

/**
 * `asked`: by the client. `refused`: the client did what the broker does not allow. `lost`: the client was gone without a word,
 * or nothing was heard of it for two heartbeats.
 */
export type ConnectionEnd = 'asked' | 'refused' | 'lost';

export interface ChannelOpened extends Fact {
  readonly type: 'channel.opened';
  readonly broker: string;
  readonly connection: string;
  /** From 1, within its connection. */
  readonly channel: number;
}

/** Its consumers share a limit of unacked messages from now on: `prefetch` with `global`. 0: none. */
export interface ChannelLimited extends Fact {
  readonly type: 'channel.limited';
  readonly broker: string;
  readonly connection: string;
  readonly channel: number;
  readonly prefetch: number;
}

export interface ChannelClosed extends Fact {
  readonly type: 'channel.closed';
  readonly broker: string;
  readonly connection: string;
  readonly channel: number;
  readonly reason: 'asked' | 'refused';
  /** With `refused`: what the broker said. */
  readonly text?: string;
}

/** Redis: a consumer group reads a stream from now on. */
export interface GroupCreated extends Fact {
  readonly type: 'group.created';
  readonly broker: string;
  readonly queue: string;
  readonly group: string;
  /** What it will read begins after this id. */
  readonly lastId: string;
}

/** Redis: a consumer of the group has read, claimed or acknowledged entries, or there is one more or less. */
export interface GroupMoved extends Fact {
  readonly type: 'group.moved';
  readonly broker: string;
  readonly queue: string;
  readonly group: string;
  /** The last entry that the group has read. */
  readonly lastId: string;
  /** Entries that were read and not acknowledged, by consumer. */
  readonly pending: Readonly<Record<string, number>>;
  /** Entries that the group has not read; absent when Redis cannot tell. */
  readonly lag?: number;
}

export interface GroupDestroyed extends Fact {
  readonly type: 'group.destroyed';
  readonly broker: string;
  readonly queue: string;
  readonly group: string;
}

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
}

/** With RabbitMQ its route goes from the dead-letter exchange on. */
export interface MessageDeadLettered extends Fact, Route {
  readonly type: 'message.dead-lettered';
  readonly message: string;
  readonly broker: string;
  /** The dead-letter queue that keeps it; with RabbitMQ the first queue that the dead-letter exchange reached. */
  readonly queue: string;
  /** RabbitMQ: the queue in which it died. */
  readonly from?: string;
  /** Empty when it was not a listener that gave it up. */
  readonly listener: string;
  readonly attempts: number;
  readonly reason: 'attempts' | DeathReason;
  /** RabbitMQ: as it went on from there. */
  readonly properties?: Properties;
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
}

export interface DeliveryStarted extends DeliveryFact {
  readonly type: 'delivery.started';
}

/** The listener ended without an error: the delivery is acked. */
export interface DeliverySucceeded extends DeliveryFact {
  readonly type: 'delivery.succeeded';
  readonly tookMs: number;
}

export interface DeliveryFailed extends DeliveryFact {
  readonly type: 'delivery.failed';
  readonly tookMs: number;
  /** `refused`: the process rejected the message, which is no error of its code. */
  readonly reason: 'threw' | 'timeout' | 'limit' | 'refused';
  readonly failure: Failure;
  /** Attempts still to come. 0: this listener has given up. */
  readonly attemptsLeft: number;
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

interface HttpFact extends Fact {
  /** Of the request and all that follows from it, unique within a run: `r_0`, … */
  readonly request: string;
}

/** A process sent an HTTP request. Without pieces that follow later its body is here whole. */
export interface HttpRequested extends HttpFact {
  readonly type: 'http.requested';
  readonly process: string;
  /** Who listens there. Absent when nobody does. */
  readonly to?: string;
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
  readonly from: string;
}

/** The handler has finished its answer. */
export interface HttpAnswered extends HttpFact {
  readonly type: 'http.answered';
  readonly process: string;
  readonly to: string;
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

/** The caller got no answer, or no end of it, or did not wait for it. */
export interface HttpFailed extends HttpFact {
  readonly type: 'http.failed';
  /** The caller. */
  readonly process: string;
  readonly to?: string;
  /**
   * `ENOTFOUND`: no process has that name. `ECONNREFUSED`: nobody listens. `ECONNRESET`: the other side hung up or its process is gone.
   * `ETIMEDOUT`: the link is cut. `AbortError`, `TimeoutError`: the caller gave up; `UND_ERR_HEADERS_TIMEOUT` and the like: its client did.
   */
  readonly code: string;
  /** Since the request was sent. */
  readonly tookMs: number;
}

export interface ReplayStarted extends Fact {
  readonly type: 'replay.started';
  readonly broker: string;
  readonly process: string;
  readonly pattern: string;
  readonly messages: number;
}

export interface ReplayEnded extends Fact {
  readonly type: 'replay.ended';
  readonly broker: string;
  readonly process: string;
}

export interface ConsolePrinted extends Fact {
  readonly type: 'console.printed';
  readonly process: string;
  readonly stream: 'stdout' | 'stderr';
  /** What the call added to the stream, its line break included when there is one. */
  readonly text: string;
}

/** A value that the process chose to show, by `show(name, value)`; it stands until another one of that name, or a new life. */
export interface ProcessShowed extends Fact {
  readonly type: 'process.showed';
  readonly process: string;
  readonly name: string;
  /** As `util.inspect` prints it, at most `shownCharsMax` characters. Never twice the same in a row. */
  readonly value: string;
}

export interface InvariantDeclared extends Fact {
  readonly type: 'invariant.declared';
  readonly process: string;
  readonly name: string;
}

export interface InvariantFailed extends Fact {
  readonly type: 'invariant.failed';
  readonly process: string;
  readonly name: string;
  readonly detail?: string;
}

/** It held again after it had failed. */
export interface InvariantHeld extends Fact {
  readonly type: 'invariant.held';
  readonly process: string;
  readonly name: string;
}

export interface LimitReached extends Fact {
  readonly type: 'limit.reached';
  readonly limit: LimitName;
  /** The limit's value, in the unit that its name ends in. */
  readonly max: number;
  readonly process?: string;
  readonly listener?: string;
}

export type LimitName =
  /** Loop turns and calls in one invocation, or the promise jobs that it asks for at one instant: `max` tells which. */
  | 'turns'
  /** Calls inside calls. */
  | 'call-depth'
  /** Deliveries at one virtual instant: an event that keeps emitting itself. */
  | 'deliveries-per-instant'
  | 'queue-depth'
  | 'message-bytes'
  | 'console-bytes'
  | 'entries';

export interface InterventionApplied extends Fact {
  readonly type: 'intervention.applied';
  readonly intervention: Intervention;
}

/** It could not be carried out, and nothing was changed. */
export interface InterventionRefused extends Fact {
  readonly type: 'intervention.refused';
  readonly intervention: Intervention;
  readonly reason: string;
}

/** Anything done to a run from outside. It happens at the end of the instant `atMs`, after all that the run itself does then. */
export type Intervention =
  | {
      readonly type: 'message.publish';
      readonly atMs: number;
      readonly broker: string;
      readonly event: string;
      readonly data?: unknown;
    }
  | { readonly type: 'process.crash'; readonly atMs: number; readonly process: string }
  | { readonly type: 'process.stop'; readonly atMs: number; readonly process: string }
  | { readonly type: 'process.restart'; readonly atMs: number; readonly process: string }
  /** Number of replicas of a service. */
  | { readonly type: 'process.scale'; readonly atMs: number; readonly service: string; readonly replicas: number }
  /** Number of workers of a bus in queue mode. */
  | { readonly type: 'broker.scale'; readonly atMs: number; readonly broker: string; readonly workers: number }
  | { readonly type: 'file.edit'; readonly atMs: number; readonly file: string; readonly source: string }
  | {
      readonly type: 'link.change';
      readonly atMs: number;
      readonly from: string;
      readonly to: string;
      readonly link: Partial<LinkSettings>;
    };

export type InterventionType = Intervention['type'];

export interface LinkSettings {
  /** One-way latency in milliseconds. Default 0. */
  readonly latencyMs: number;
  /** Added to the latency, evenly drawn from 0 to this. Default 0. */
  readonly jitterMs: number;
  /** Share of messages lost, 0 to 1. Default 0. */
  readonly loss: number;
  /** A cut link holds nothing and delivers nothing: what is sent over it is lost. Default false. */
  readonly cut: boolean;
}
