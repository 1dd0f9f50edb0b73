import type { Message } from '../../log/envelope';
import type { BrokerPort } from '../broker';
import { Bus } from '../bus/bus';

export interface StoredEvent {
  readonly message: Message;
  readonly stream: string;
  /** Place in the stream, from 1. */
  readonly version: number;
  /** Place among all events, from 1. */
  readonly position: number;
  readonly atMs: number;
}

export interface Snapshot {
  readonly version: number;
  readonly state: unknown;
}

/** A message on its way into the store, and the `seq` of its `message.published`. */
export interface Written {
  readonly message: Message;
  readonly seq: number;
  readonly sentAtMs: number;
}

export type Appended =
  | { readonly type: 'appended'; readonly events: readonly StoredEvent[] }
  | { readonly type: 'conflict'; readonly actual: number };

/** A projection of a process. */
export interface Follower {
  readonly process: string;
  readonly projection: string;
  readonly rebuild: (cause: number) => void;
}

function followerKey({ process, projection }: Omit<Follower, 'rebuild'>): string {
  return `${process}\n${projection}`;
}

/** Events that one store keeps. */
export const eventsMax = 100_000;

/**
 * Streams of events, and who follows them: what is appended is handed on as by an event bus, to which durable queues of projections
 * listen.
 *
 * Invariants
 * 1. Events are only ever added. Versions of a stream and positions of the store count from 1 without a gap.
 * 2. What is appended together is there together, or, when the stream is not at the expected version, not at all.
 */
export class EventStore extends Bus {
  readonly #port: BrokerPort;
  readonly #events: StoredEvent[] = [];
  readonly #streams = new Map<string, StoredEvent[]>();
  readonly #byMessage = new Map<string, StoredEvent>();
  readonly #told = new Map<string, number>();
  readonly #snapshots = new Map<string, Snapshot[]>();
  readonly #followers = new Map<string, Follower>();

  constructor(name: string, port: BrokerPort) {
    super(name, { mode: 'direct', workers: 1, keeps: true }, port);
    this.#port = port;
  }

  override get kind(): string {
    return 'event-store';
  }

  /** Position of the newest event; 0: there is none. */
  get head(): number {
    return this.#events.length;
  }

  versionOf(stream: string): number {
    return this.#streams.get(stream)?.length ?? 0;
  }

  append(
    stream: string,
    written: readonly Written[],
    from: { expected: number | undefined; process: string; cause: number; where: string | undefined },
  ): Appended {
    const actual = this.versionOf(stream);
    if (from.expected !== undefined && from.expected !== actual) {
      this.#refuse(stream, written, { ...from, expected: from.expected, actual });
      return { type: 'conflict', actual };
    }
    const events = written.map((each) => this.#keep(stream, each));
    for (const { message, seq, sentAtMs } of written) this.accept(message, seq, sentAtMs);
    return { type: 'appended', events };
  }

  /** Of one stream, or without one of the whole store, by version or position, both ends included. */
  read(stream: string | undefined, from: number, to: number): readonly StoredEvent[] {
    const events = stream === undefined ? this.#events : (this.#streams.get(stream) ?? []);
    return events.slice(Math.max(0, from - 1), Math.max(0, to));
  }

  eventOf(message: string): StoredEvent | undefined {
    return this.#byMessage.get(message);
  }

  /**
   * Up to which version the log tells what became of what the stream stands for. Who reads further tells it, since who wrote may have
   * ended before.
   */
  toldOf(stream: string): number {
    return this.#told.get(stream) ?? 0;
  }

  tell(stream: string, version: number): void {
    this.#told.set(stream, version);
  }

  keepSnapshot(stream: string, snapshot: Snapshot): void {
    this.#snapshots.set(stream, [...(this.#snapshots.get(stream) ?? []), snapshot]);
  }

  /** The latest one up to a version. */
  snapshot(stream: string, version: number): Snapshot | undefined {
    return this.#snapshots.get(stream)?.findLast((each) => each.version <= version);
  }

  /** A projection that can be made anew from outside, as long as its process is there. */
  follow(follower: Follower): void {
    this.#followers.set(followerKey(follower), follower);
  }

  leave(follower: Follower): void {
    if (this.#followers.get(followerKey(follower)) === follower) this.#followers.delete(followerKey(follower));
  }

  /** False: there is no such projection now. */
  rebuild(process: string, projection: string, cause: number): boolean {
    const follower = this.#followers.get(followerKey({ process, projection }));
    follower?.rebuild(cause);
    return follower !== undefined;
  }

  override processGone(process: string): void {
    super.processGone(process);
    for (const follower of [...this.#followers.values()]) if (follower.process === process) this.leave(follower);
  }

  #keep(stream: string, { message, seq }: Written): StoredEvent {
    const position = this.#events.length + 1;
    let events = this.#streams.get(stream);
    if (events === undefined) this.#streams.set(stream, (events = []));
    const event: StoredEvent = { message, stream, version: events.length + 1, position, atMs: this.#port.nowMs };
    events.push(event);
    this.#events.push(event);
    this.#byMessage.set(message.id, event);
    const { version } = event;
    const facts = { broker: this.name, message: message.id, stream, version, position };
    this.#port.append({ type: 'stream.appended', cause: seq, ...facts });
    return event;
  }

  #refuse(
    stream: string,
    written: readonly Written[],
    {
      expected,
      actual,
      process,
      cause,
      where,
    }: { expected: number; actual: number } & Parameters<EventStore['append']>[2],
  ): void {
    const messages = written.map(({ message }) => message.id);
    const facts = { broker: this.name, process, stream, expected, actual, messages };
    const seq = this.#port.append({ type: 'stream.conflicted', cause, where, ...facts });
    for (const message of messages)
      this.#port.append({ type: 'message.dropped', cause: seq, message, broker: this.name, reason: 'refused' });
  }
}
