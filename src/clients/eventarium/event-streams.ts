import { EventStore, eventsMax, type StoredEvent } from '../../brokers/event-store/event-store';
import { clonePlain, copyPlain } from '../../log/plain';
import { kindOf, requireFunction, requireText } from './arguments';
import type { Ask, ClientEnvironment } from './environment';
import { askedAt, ConcurrencyError } from './pattern-error';

/** As user code sees an event of a store: a copy of its own. */
export interface StreamEvent {
  readonly id: string;
  readonly type: string;
  readonly data: unknown;
  readonly stream: string;
  readonly version: number;
  readonly position: number;
  readonly atMs: number;
}

export interface NewEvent {
  readonly type: string;
  readonly data: unknown;
}

type Upcast = (event: StreamEvent) => unknown;

interface ReadOptions {
  readonly from?: number;
  readonly toVersion?: number;
  readonly toMs?: number;
}

/** A process's handle of an event store; all handles of one name reach the same store, beyond a link. */
export class EventStreams {
  readonly name: string;
  readonly environment: ClientEnvironment;
  readonly broker: EventStore;
  readonly ask: Ask;
  readonly #upcast: ReadonlyMap<string, Upcast>;

  constructor(environment: ClientEnvironment, name: string, options: { upcast?: Readonly<Record<string, unknown>> }) {
    this.name = name;
    this.environment = environment;
    this.#upcast = new Map(
      Object.entries(options.upcast ?? {}).map(([type, upcast]) => [
        type,
        requireFunction(upcast, `eventStore(name, { upcast }): what brings ${type} up to date`) as unknown as Upcast,
      ]),
    );
    const broker = environment.broker('event-store', name, {});
    if (!(broker instanceof EventStore)) throw new TypeError(`${name} is no event store but a ${broker.kind}.`);
    this.broker = broker;
    this.ask = environment.linkTo(broker);
  }

  append(stream: unknown, events: unknown, options: { expectedVersion?: unknown } = {}): Promise<StreamEvent[]> {
    const name = requireText(stream, 'append(stream, events): the stream');
    const expected = optionalVersion(options.expectedVersion, 'append(stream, events, { expectedVersion })');
    return this.write(name, newEvents(events, 'append(stream, events)'), expected);
  }

  /** @internal */
  write(stream: string, events: readonly NewEvent[], expected: number | undefined): Promise<StreamEvent[]> {
    const { environment, broker } = this;
    if (broker.head + events.length > eventsMax)
      throw new RangeError(`${this.name} has room for ${String(eventsMax)} events.`);
    if (environment.isHeld()) return this.#heldBack(stream, events, expected);
    const from = { expected, process: environment.process, ...environment.origin() };
    const asked = this.ask(events, (sent) => broker.append(stream, sent, from));
    return environment.promise((resolve, reject) => {
      void asked.then((appended) => {
        if (appended.type === 'appended') resolve(appended.events.map((event) => eventOf(event)));
        else reject(askedAt(from.where, conflict(stream, expected ?? 0, appended.actual)));
      }, reject);
    });
  }

  /** Answered as if they were appended: a version that is not the expected one is a conflict here too. */
  #heldBack(stream: string, events: readonly NewEvent[], expected: number | undefined): Promise<StreamEvent[]> {
    const { environment, broker } = this;
    const { where } = environment.origin();
    const asked = this.ask([], () => ({ version: broker.versionOf(stream), head: broker.head }));
    return environment.promise((resolve, reject) => {
      const answer = environment.node.bind(({ version, head }: { version: number; head: number }) => {
        if (expected !== undefined && expected !== version) {
          reject(askedAt(where, conflict(stream, expected, version)));
          return;
        }
        const atMs = environment.node.nowMs();
        const id = `${environment.handled()?.id ?? ''}-held`;
        for (const { type, data } of events)
          environment.holdBack({ effect: 'append', broker: this.name, event: type, place: stream, data }, where);
        resolve(
          events.map(({ type, data }, index) => {
            const place = { version: version + index + 1, position: head + index + 1 };
            return { id, type, data: clonePlain(data), stream, ...place, atMs };
          }),
        );
      });
      void asked.then(answer, reject);
    });
  }

  read(stream: unknown, options: ReadOptions = {}): Promise<StreamEvent[]> {
    const name = requireText(stream, 'read(stream): the stream');
    const from = optionalVersion(options.from, 'read(stream, { from })') ?? 1;
    const to = optionalVersion(options.toVersion, 'read(stream, { toVersion })');
    const toMs = options.toMs ?? Infinity;
    const { environment, broker } = this;
    const { where } = environment.origin();
    const asked = this.ask([], () => ({
      head: broker.versionOf(name),
      events: broker.read(name, from, to ?? Infinity),
    }));
    return environment.promise((resolve, reject) => {
      void asked.then(({ head, events }) => {
        if (to !== undefined && to > head) reject(askedAt(where, unknownVersion(name, head, to)));
        else resolve(this.current(events.filter(({ atMs }) => atMs <= toMs)));
      }, reject);
    });
  }

  /** @internal Copies of events, the old ones brought up to date. */
  current(events: readonly StoredEvent[]): StreamEvent[] {
    return events.map((stored) => {
      const event = eventOf(stored);
      const upcast = this.#upcast.get(event.type);
      if (upcast === undefined) return event;
      const made = upcast(event) as { readonly type?: unknown; readonly data?: unknown } | undefined;
      const type = requireText(made?.type ?? event.type, `the upcast of ${event.type}: the type of what it returns`);
      return { ...event, type, data: copyPlain(made?.data) };
    });
  }
}

export function unknownVersion(stream: string, head: number, version: number): RangeError {
  const there = head === 0 ? 'has no events' : head === 1 ? 'has one version' : `has ${String(head)} versions`;
  return new RangeError(`${stream} ${there}: there is no version ${String(version)}.`);
}

function conflict(stream: string, expectedVersion: number, actualVersion: number): ConcurrencyError {
  return new ConcurrencyError(
    `${stream} is at version ${String(actualVersion)}, not ${String(expectedVersion)}: somebody has appended meanwhile. ` +
      'Read it again and decide anew.',
    { stream, expectedVersion, actualVersion },
  );
}

export function eventOf({ message, stream, version, position, atMs }: StoredEvent): StreamEvent {
  return { id: message.id, type: message.type, data: clonePlain(message.data), stream, version, position, atMs };
}

/** One event or several, as user code gives them. */
export function newEvents(given: unknown, call: string): readonly NewEvent[] {
  const list: unknown[] = Array.isArray(given) ? given : [given];
  if (list.length === 0) throw new TypeError(`${call}: there must be one event at least.`);
  return list.map((event) => {
    const { type, data } = (event ?? {}) as { type?: unknown; data?: unknown };
    return { type: requireText(type, `${call}: the type of an event`), data: copyPlain(data) };
  });
}

/** A place that one may ask for: a whole number from 0. */
export function optionalVersion(value: unknown, call: string): number | undefined {
  if (value === undefined) return undefined;
  if (Number.isSafeInteger(value) && (value as number) >= 0) return value as number;
  throw new RangeError(`${call}: it must be a whole number from 0; it is ${kindOf(value)}.`);
}
