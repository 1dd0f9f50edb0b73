import type { Snapshot, StoredEvent } from '../../brokers/event-store/event-store';
import { differencesOf } from '../../log/difference';
import { clonePlain, copyPlain } from '../../log/plain';
import { kindOf, requireFunction, requireText } from './arguments';
import type { Origin } from './environment';
import { EventStreams, newEvents, optionalVersion, unknownVersion, type StreamEvent } from './event-streams';
import { askedAt } from './pattern-error';
import { keyText } from './store';

type Decide = (state: unknown, command: unknown) => unknown;
type Evolve = (state: unknown, event: StreamEvent) => unknown;

interface AggregateOptions {
  readonly name?: unknown;
  readonly initial?: unknown;
  readonly decide?: unknown;
  readonly evolve?: unknown;
  readonly snapshotEvery?: unknown;
}

/** An instance as it stands at a version. */
interface Standing {
  readonly version: number;
  readonly state: unknown;
}

/** How user code is called on behalf of who called us. */
interface Call {
  readonly from: Origin;
  /** What it appends is held back. */
  readonly isHeld: boolean;
  run<T>(code: () => T): T;
}

/**
 * One kind of aggregate: each instance is a stream of events, `<name>-<id>`, and its state what `evolve` makes of them.
 *
 * Invariants
 * 1. State comes out of events and nothing else: whoever rebuilds a version gets what it was when it was new.
 * 2. A command is decided on the newest state that the process knows of; when the stream has grown meanwhile, nothing is appended.
 */
export class Aggregate {
  readonly name: string;
  readonly #streams: EventStreams;
  readonly #initial: unknown;
  readonly #decide: Decide;
  readonly #evolve: Evolve;
  readonly #snapshotEvery: number;
  /** Instances that this life of the process has in memory, by stream. */
  readonly #live = new Map<string, Standing>();

  constructor(streams: unknown, options: AggregateOptions) {
    if (!(streams instanceof EventStreams))
      throw new TypeError(
        `aggregate(events, options): the first argument must be an event store; it is ${kindOf(streams)}.`,
      );
    this.#streams = streams;
    this.name = requireText(options.name, 'aggregate(events, { name }): the name');
    this.#initial = copyPlain(options.initial ?? {});
    this.#decide = requireFunction(options.decide, 'aggregate(events, { decide })') as unknown as Decide;
    this.#evolve = requireFunction(options.evolve, 'aggregate(events, { evolve })') as unknown as Evolve;
    this.#snapshotEvery = optionalVersion(options.snapshotEvery, 'aggregate(events, { snapshotEvery })') ?? 0;
  }

  handle(id: unknown, command: unknown): Promise<unknown> {
    const stream = `${this.name}-${keyText(id, this.name)}`;
    return this.#started((call) => this.#handle(stream, command, call));
  }

  load(id: unknown, options: { version?: unknown; atMs?: unknown } = {}): Promise<unknown> {
    const stream = `${this.name}-${keyText(id, this.name)}`;
    const version = optionalVersion(options.version, 'load(id, { version })');
    const atMs = options.atMs === undefined ? undefined : Number(options.atMs);
    return this.#started((call) => this.#load(stream, version, atMs, call));
  }

  #started<T>(run: (call: Call) => Promise<T>): Promise<T> {
    const { environment } = this.#streams;
    const call: Call = {
      from: environment.origin(),
      isHeld: environment.isHeld(),
      run: environment.node.bind(<R>(code: () => R): R => code()),
    };
    return environment.promise((resolve, reject) => {
      run(call).then(resolve, reject);
    });
  }

  async #handle(stream: string, command: unknown, call: Call): Promise<unknown> {
    const { broker, ask } = this.#streams;
    const known = this.#live.get(stream);
    const read = await call.run(() =>
      ask([], () => {
        const snapshot = known ?? broker.snapshot(stream, Infinity);
        return { snapshot, events: broker.read(stream, (snapshot?.version ?? 0) + 1, Infinity) };
      }),
    );
    const before = this.#evolved(read, call);
    const decided = call.run(() => this.#decide(clonePlain(before.state), copyPlain(command)));
    const events = decided === undefined || (Array.isArray(decided) && decided.length === 0) ? [] : decided;
    if (Array.isArray(events) && events.length === 0) {
      this.#live.set(stream, before);
      return { ...before, state: clonePlain(before.state), events: [], position: 0 };
    }
    const written = newEvents(events, `decide of ${this.name}`);
    const appended = await call.run(() => this.#streams.write(stream, written, before.version));
    const after = call.isHeld
      ? appended.reduce((now, event) => this.#next(now, event, call), before)
      : this.#after(before, appended, call);
    this.#live.set(stream, call.isHeld ? before : after);
    if (!call.isHeld && this.#snapshotIsDue(before.version, after.version))
      await this.#keepSnapshot(stream, after, call);
    return { ...after, state: clonePlain(after.state), events: appended, position: appended.at(-1)?.position ?? 0 };
  }

  async #load(stream: string, version: number | undefined, atMs: number | undefined, call: Call): Promise<unknown> {
    const { environment, broker, ask } = this.#streams;
    const read = await call.run(() =>
      ask([], () => {
        const head = broker.versionOf(stream);
        const until =
          atMs === undefined ? head : broker.read(stream, 1, head).filter((each) => each.atMs <= atMs).length;
        const to = version ?? until;
        const snapshot = broker.snapshot(stream, to);
        return { head, to, snapshot, events: broker.read(stream, (snapshot?.version ?? 0) + 1, to) };
      }),
    );
    if (read.to > read.head) throw askedAt(call.from.where, unknownVersion(stream, read.head, read.to));
    const standing = this.#evolved(read, call);
    environment.record(
      {
        type: 'aggregate.rebuilt',
        broker: broker.name,
        aggregate: this.name,
        stream,
        version: standing.version,
        events: read.events.length,
        ...(read.snapshot !== undefined && { snapshot: read.snapshot.version }),
        state: clonePlain(standing.state),
      },
      call.from,
    );
    return { version: standing.version, state: clonePlain(standing.state) };
  }

  #evolved(read: { snapshot: Snapshot | undefined; events: readonly StoredEvent[] }, call: Call): Standing {
    const events = call.run(() => this.#streams.current(read.events));
    return this.#after(read.snapshot ?? { version: 0, state: this.#initial }, events, call);
  }

  /** Takes events in, and tells what each changed unless that was told. */
  #after(before: Standing, events: readonly StreamEvent[], call: Call): Standing {
    return events.reduce((now, event) => {
      const next = this.#next(now, event, call);
      this.#tell(now, next, event, call);
      return next;
    }, before);
  }

  #tell(before: Standing, { version, state }: Standing, { stream, id }: StreamEvent, call: Call): void {
    const { environment, broker } = this.#streams;
    if (version !== broker.toldOf(stream) + 1) return;
    broker.tell(stream, version);
    const changes = differencesOf(before.version === 0 ? undefined : before.state, state);
    const facts = { broker: broker.name, aggregate: this.name, stream, version, message: id, changes };
    environment.record({ type: 'aggregate.changed', ...facts }, call.from);
  }

  /** `evolve` may return the next state, or change the one that it was given. */
  #next({ state, version }: Standing, event: StreamEvent, call: Call): Standing {
    const own = clonePlain(state);
    const next = call.run(() => this.#evolve(own, event));
    return { version: version + 1, state: copyPlain(next ?? own) };
  }

  #snapshotIsDue(before: number, after: number): boolean {
    const every = this.#snapshotEvery;
    return every > 0 && Math.floor(after / every) > Math.floor(before / every);
  }

  async #keepSnapshot(stream: string, standing: Standing, call: Call): Promise<void> {
    const { environment, broker, ask } = this.#streams;
    await call.run(() => ask([], () => broker.keepSnapshot(stream, standing)));
    const facts = { broker: broker.name, aggregate: this.name, stream, version: standing.version };
    environment.record({ type: 'snapshot.taken', ...facts }, call.from);
  }
}
