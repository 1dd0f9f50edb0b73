import type { Entry, Failure } from '../log/entry';
import type { PolicyRule } from '../log/entry-topology';
import type { Resource } from '../log/entry-fault';
import type { Message } from '../log/envelope';

/**
 * A broker is a synchronous state machine: it is told things, answers with entries, and asks to be woken. It has no
 * clock, no chance and no promise of its own; all that comes through its port.
 */
export interface Broker {
  readonly kind: string;
  readonly name: string;
  /** A process is gone: its subscriptions end, what it had not answered goes back or is lost. */
  processGone(process: string, cause: number): void;
  /** Settings that an intervention may change; false when there is no such setting or value. */
  configure(setting: string, value: number, cause: number): boolean;
  /** A message has arrived that was published at the instant `sentAtMs`. `isText`: its payload is this text, and not the JSON of it. */
  accept(message: Message, cause: number, sentAtMs: number, isText?: boolean): void;
  /** Shuts down as when its operator says so: connections end, and what it does not keep on disk is gone. Absent: it cannot. */
  stop?(cause: number): void;
  /** Comes up again with what it had kept. */
  start?(cause: number): void;
  /** Nobody can connect, and what should happen at an instant meanwhile happens once it is up again. */
  readonly isStopped?: boolean;
  /** What it is low on from now on; empty: on nothing any more. Absent: it has no such alarms. */
  alarm?(lowOn: ReadonlySet<Resource>, cause: number): void;
  /** Sends a message once more, to the consumer of one queue or to all; false when it never went there. Absent: it cannot. */
  resend?(message: string, queue: string | undefined, cause: number): boolean;
  /** Sends an endpoint again what failed, or what it has missed; says why not when nothing is sent. Absent: it has no endpoints. */
  recover?(queue: string, what: Recovery, cause: number): string | undefined;
  /** Changes an endpoint as its operator would; says why not. Absent: it has no endpoints. */
  changeEndpoint?(queue: string, change: EndpointChange, cause: number): string | undefined;
  /** Sets a policy, or removes it where none is given; says why not. Absent: it has no policies. */
  changePolicy?(name: string, policy: PolicyRule | undefined, cause: number): string | undefined;
  /** Has a consumer group go on after an entry of its stream; says why not. Absent: it has no consumer groups. */
  moveGroup?(stream: string, group: string, id: string, cause: number): string | undefined;
  /** Sends dead letters back to where they died. Absent: it keeps none. */
  redrive?(redrive: Redrive): Redriven;
  /** Feeds what it has kept to listeners of a process; false when that has none. Absent: it keeps nothing that could be read again. */
  replay?(replay: Replay): boolean;
  /** Has a projection that follows made anew; false when there is none of this name. Absent: projections follow only event stores. */
  rebuild?(process: string, projection: string, cause: number): boolean;
}

/** What an endpoint is sent: what failed for good, or what never went to it; of what was created since an instant. */
export interface Recovery {
  readonly which: 'failed' | 'missing';
  readonly sinceMs: number;
}

/** What an operator does to an endpoint. `secret`: the new one; default: a random one. */
export type EndpointChange =
  | { readonly type: 'disable' | 'enable' }
  | { readonly type: 'rotate-secret'; readonly secret?: string | undefined };

/** Which messages are fed again, and to whom. */
export interface Replay {
  readonly process: string;
  /** Default: every listener of the process. */
  readonly listener: string | undefined;
  /** Default `#`. */
  readonly pattern: string | undefined;
  /** Published within this span of virtual time. */
  readonly fromMs: number | undefined;
  readonly toMs: number | undefined;
  /** Of one correlation. */
  readonly correlation: string | undefined;
  /** Published by this process. */
  readonly publisher: string | undefined;
  /** What the listeners emit is held back. */
  readonly suppressEffects: boolean;
  readonly cause: number;
}

/** Which dead letters are sent back, and how. */
export interface Redrive {
  /** The dead-letter queue. */
  readonly queue: string;
  /** Ids; undefined: all. */
  readonly messages: readonly string[] | undefined;
  /** Only those that this listener gave up. */
  readonly listener: string | undefined;
  /** The payload with which one goes back; undefined: its own. */
  readonly edit: ((letter: { readonly message: Message }) => { readonly data: unknown } | undefined) | undefined;
  readonly cause: number;
  readonly where: string | undefined;
}

export interface Redriven {
  readonly redriven: number;
  /** They stay, since nobody is there to take them. */
  readonly kept: number;
}

/** A broker that processes reach over connections, each with a state of its own at the broker's end. */
export interface Server extends Broker {
  /** Puts in what the scenario says that it has from the beginning, in a form of its own that `scenario/` has checked. */
  load?(definitions: unknown, cause: number): void;
  /** A process has connected. */
  connect(line: BatchLine, cause: number): Session;
}

/** The broker's end of a connection. What the client and the broker say to one another is their own affair. */
export interface Session {
  /** `isFollowed`: another frame has arrived together with it. */
  receive(frame: unknown, cause: number, isFollowed?: boolean): void;
  /** The client hung up, or its process is gone, or the line is dead. */
  hungUp(cause: number): void;
}

/** The way back to the client. What is put on it arrives in order, after the link's latency. */
export interface Line {
  readonly process: string;
  send(frame: unknown, cause: number): void;
  /** As `send`, for a frame that brings a message to a listener of the process. */
  deliver(frame: unknown, handover: Handover): Handed;
  /** Hangs up, once what was sent before has arrived. */
  hangUp(cause: number): void;
}

/** A line on which one frame can bring several messages. */
export interface BatchLine extends Line {
  /** As `deliver`; the deliveries in the order of the messages. */
  deliverAll(frame: unknown, handovers: readonly Handover[]): readonly Handed[];
}

/** Whoever connects to a server that was stopped in the meantime is hung up on. */
export function nobody(line: Line, cause: number): Session {
  line.hangUp(cause);
  return { receive: () => undefined, hungUp: () => undefined };
}

/** A message on its way to a listener over a line. */
export interface Handover {
  readonly message: Message;
  readonly queue: string | undefined;
  readonly subscription: string;
  readonly listener: string;
  readonly attempt: number;
  /** `seq` of what made the broker send it. */
  readonly cause: number;
  /** Whether it is settled when the listener returns; otherwise the broker says when. */
  readonly settledOnReturn: boolean;
  /** Of a message that was asked for: the part of the frame in which it stands. */
  readonly part?: object;
}

/** A message that was handed over and waits to be settled. */
export interface Handed {
  /** Of the delivery. */
  readonly id: string;
  /**
   * The client has answered for it. `acked`: it is done. `requeued`, `discarded`: it was refused, and comes back or not. `taken
   * back`: its channel is gone. Returns the `seq` of what was written, or `cause` when nothing was.
   */
  settle(how: 'acked' | 'requeued' | 'discarded' | 'taken back', cause: number): number;
}

/** What the runtime offers a broker. */
export interface BrokerPort {
  readonly nowMs: number;
  append(entry: Draft): number;
  /** `seq` of the next entry. */
  readonly nextSeq: number;
  /** As `append`, several times as fast, for an entry with `seq: nextSeq` and `atMs: nowMs` in front. */
  write(entry: PlacedDraft): number;
  /** Calls back at a later instant, or at this one after all that is already due. */
  wakeAt(atMs: number, wake: () => void): Wake;
  /**
   * Sends a delivery over the link to its process. The runtime writes `message.dispatched`, runs the listener on arrival
   * and tells the delivery's `onSettled`.
   */
  dispatch(delivery: Delivery): void;
  /** An instant as a message's `time` has it. */
  timeText(atMs: number): string;
  /** A deterministic number from 0 to 1 out of the broker's own stream. */
  chance(): number;
  nextId(kind: 'message' | 'delivery' | 'subscription'): string;
  /** The service that this host's name, or this port of the machine's own, means; undefined when there is none. */
  serviceAt(hostname: string, port: number): string | undefined;
  /** Sends an HTTP request over the link to whoever listens there. How it goes on is told to `caller`. */
  request(request: BrokerRequest, caller: BrokerCaller): BrokerCall;
}

/** An HTTP request of a broker's own, which carries out a delivery. */
export interface BrokerRequest {
  readonly method: string;
  /** Without the brackets of an IPv6 address, in lower case. */
  readonly hostname: string;
  readonly port: number;
  /** Path and query. */
  readonly path: string;
  /** Names and values in turn. */
  readonly headers: readonly string[];
  readonly body: Uint8Array;
  /** Of the delivery. */
  readonly delivery: string;
  /** `seq` of why it is sent. */
  readonly cause: number;
}

/** Where a broker is told how its request goes on. `cause` is the `seq` of the entry that says so. */
export interface BrokerCaller {
  /** It has arrived at the process, whose handler begins once this returns. */
  received(process: string, cause: number): void;
  answered(answer: BrokerAnswer, cause: number): void;
  /** `code` as in `http.failed`. */
  failed(code: string, cause: number): void;
}

export interface BrokerAnswer {
  readonly status: number;
  readonly statusText: string;
  /** Names and values in turn, as they were spelled. */
  readonly headers: readonly string[];
  /** As text, at most what the log keeps of it; empty when it is none. */
  readonly body: string;
}

export interface BrokerCall {
  /** The process that it goes to, or the service that has the host's name when nobody listens; undefined: no such host. */
  readonly to: string | undefined;
  /** As in `http.requested`, and that entry's `seq`. */
  readonly arrivesAtMs: number | undefined;
  readonly seq: number;
  /** Hangs up; `reason` is the word for the log. Returns the `seq` of what was written; the caller is told nothing more. */
  abort(reason: string): number;
}

export interface Wake {
  cancel(): void;
}

/** An entry before it is appended: the log gives it its `seq` and instant. */
export type Draft = Entry extends infer E ? (E extends Entry ? DraftOf<E> : never) : never;
type DraftOf<E extends Entry> = {
  [K in keyof Omit<E, 'seq' | 'atMs'>]: E[K] | (undefined extends E[K] ? undefined : never);
};

/** A draft that has its place already. */
export type PlacedDraft = Draft & { readonly seq: number; readonly atMs: number };

/** One attempt to hand one message to one listener. */
export interface Delivery {
  readonly id: string;
  readonly message: Message;
  readonly broker: string;
  readonly queue: string | undefined;
  readonly subscription: string;
  readonly process: string;
  readonly listener: string;
  readonly attempt: number;
  readonly attempts: number;
  readonly timeoutMs: number | undefined;
  readonly replayed: boolean;
  /** It was sent back from a dead-letter queue. */
  readonly redriven?: boolean;
  /** What its listener emits is held back. */
  readonly muted?: boolean;
  /** `seq` of what made the broker send it. */
  readonly cause: number;
  /** It has failed: whether no attempt follows though some are left. Absent: never. */
  isOverBudget?(nowMs: number): boolean;
  /** Runs in the process. */
  readonly handle: ListenerFunction;
  /** Told once, by the runtime: how it ended. `lost`: the link lost it. `gone`: the process ended first. */
  readonly onSettled: (outcome: Outcome) => void;
}

export type Outcome =
  | { readonly type: 'succeeded' }
  | { readonly type: 'failed'; readonly cause: number; readonly failure: Failure }
  | { readonly type: 'lost'; readonly cause: number }
  | { readonly type: 'gone'; readonly cause: number };

/** A listener as a broker keeps it: opaque, called only by the runtime. */
export interface ListenerFunction {
  (event: unknown, delivery: Delivery): unknown;
  /** It calls, with nothing between, a function whose end the runtime can tell without its promise: see `Turn.f`. */
  readonly tellsItsEnd?: boolean;
}
