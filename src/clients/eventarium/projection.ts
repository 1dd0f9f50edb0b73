import type { Subscription } from '../../brokers/bus/subscription';
import { noRetry } from '../../brokers/bus/retry';
import type { StoredEvent } from '../../brokers/event-store/event-store';
import { differencesOf } from '../../log/difference';
import type { Message } from '../../log/envelope';
import { clonePlain, copyPlain } from '../../log/plain';
import { kindOf, requireDuration, requireFunction, requireText } from './arguments';
import type { Origin } from './environment';
import { EventStreams, optionalVersion, type StreamEvent } from './event-streams';

type Handler = (state: unknown, event: StreamEvent) => unknown;

interface ProjectionOptions {
  readonly from?: unknown;
  readonly state?: unknown;
  readonly on?: Readonly<Record<string, unknown>>;
  readonly onError?: unknown;
}

/** What it has made of the events up to a position. It is durable as a whole, so that each event counts once. */
interface Standing {
  position: number;
  state: unknown;
  /** It threw on the event after `position`. */
  stopped: boolean;
}

/** What the link loses of a rebuild is sent again after this long. */
const resendMs = 200;

interface Waiter {
  readonly position: number;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/**
 * A view made of the events of a store, which follows them at its own pace.
 *
 * Invariants
 * 1. Events are taken in by position, each once and none left out: what did not arrive is read from the store.
 * 2. State and position are kept together. A crash, or a handler that throws, leaves both as they were before the event.
 * 3. A rebuild makes a state of its own from the first event on; who asks gets the old one until the new one has caught up.
 */
export class Projection {
  readonly name: string;
  readonly #streams: EventStreams;
  readonly #handlers: ReadonlyMap<string, Handler>;
  readonly #initial: unknown;
  readonly #skips: boolean;
  readonly #standing: Standing;
  readonly #waiters: Waiter[] = [];
  #subscription: Subscription | undefined;
  #release: (() => void) | undefined;
  /** What is taken in waits for what came before. */
  #turn: Promise<unknown> = Promise.resolve();
  /** The one that is under way: the next begins when it has ended. */
  #rebuilds: Promise<unknown> = Promise.resolve();

  constructor(name: unknown, options: ProjectionOptions) {
    this.name = requireText(name, 'projection(name, options): the name');
    const { from, onError = 'stop' } = options;
    if (!(from instanceof EventStreams))
      throw new TypeError(`projection(name, { from }): it must be an event store; it is ${kindOf(from)}.`);
    if (onError !== 'stop' && onError !== 'skip')
      throw new TypeError(`projection(name, { onError }): it must be 'stop' or 'skip'; it is ${kindOf(onError)}.`);
    this.#streams = from;
    this.#skips = onError === 'skip';
    this.#initial = copyPlain(options.state ?? {});
    this.#handlers = new Map(
      Object.entries(options.on ?? {}).map(([type, handler]) => [
        type,
        requireFunction(handler, `projection(name, { on }): what follows ${type}`) as unknown as Handler,
      ]),
    );
    const { environment, broker } = from;
    const first = { isNew: false };
    this.#standing = environment.durable(`projection ${environment.process} ${this.name}`, () => {
      first.isNew = true;
      return { position: 0, state: clonePlain(this.#initial), stopped: false };
    });
    const { position, state } = this.#standing;
    environment.record({
      type: 'projection.started',
      ...this.#facts(position),
      head: broker.head,
      state: clonePlain(state),
    });
    const follower = { process: environment.process, projection: this.name, rebuild: this.#rebuildFor };
    broker.follow(follower);
    environment.onRetire(() => {
      broker.leave(follower);
      this.#release?.();
      this.#leave();
    });
    this.#follow(first.isNew || this.#standing.stopped);
  }

  get state(): unknown {
    return clonePlain(this.#standing.state);
  }

  get position(): number {
    return this.#standing.position;
  }

  get stopped(): boolean {
    return this.#standing.stopped;
  }

  /** Goes on after it has stopped: with the event on which it threw. */
  resume(): void {
    if (this.#standing.stopped) this.#follow(true);
  }

  waitFor(position: unknown, options: { timeoutMs?: unknown } = {}): Promise<void> {
    const wanted = optionalVersion(position, 'waitFor(position)') ?? 0;
    const { environment } = this.#streams;
    const timeoutMs =
      options.timeoutMs === undefined
        ? undefined
        : requireDuration(options.timeoutMs, 'waitFor(position, { timeoutMs })');
    return environment.promise((resolve, reject) => {
      if (this.#standing.position >= wanted) {
        resolve();
        return;
      }
      const timer =
        timeoutMs === undefined
          ? undefined
          : environment.node.schedule(timeoutMs, () => {
              this.#waiters.splice(this.#waiters.indexOf(waiter), 1);
              reject(this.#behind(wanted, `${String(timeoutMs)} ms have passed`));
            });
      const waiter: Waiter = {
        position: wanted,
        resolve: () => {
          timer?.cancel();
          resolve();
        },
        reject,
      };
      this.#waiters.push(waiter);
    });
  }

  rebuild(): Promise<unknown> {
    const call = this.#call();
    return this.#streams.environment.promise((resolve, reject) => {
      const rebuilt = this.#rebuilds.then(() => this.#rebuild(call));
      this.#rebuilds = rebuilt.catch(() => undefined);
      rebuilt.then(resolve, reject);
    });
  }

  /** Asked for from outside. How it ends, the log says. */
  readonly #rebuildFor = (cause: number): void => {
    const { environment } = this.#streams;
    const on = { cause, message: undefined, listener: this.name };
    environment.run(
      () => this.rebuild(),
      on,
      () => undefined,
    );
  };

  #follow(readsFirst: boolean): void {
    const { environment, broker } = this.#streams;
    this.#standing.stopped = false;
    // Stopped, it keeps its process alive all the same: it waits to go on.
    this.#release ??= environment.hold();
    const replica = /#\d+$/.exec(environment.process)?.[0] ?? '';
    this.#subscription = broker.subscribe(
      {
        pattern: '#',
        process: environment.process,
        listener: this.name,
        handle: (message) => this.#arrived(message as Message),
        once: false,
        onOver: () => undefined,
        queue: `${this.name}${replica}`,
        prefetch: 1,
        retry: noRetry,
        timeoutMs: undefined,
        deadLetter: undefined,
      },
      environment.origin(),
    );
    if (readsFirst) void this.#inTurn(() => this.#catchUp(Infinity)).catch(() => undefined);
  }

  #leave(): void {
    if (this.#subscription !== undefined)
      this.#streams.broker.replace(this.#subscription, this.#streams.environment.origin());
    this.#subscription = undefined;
  }

  #arrived(message: Message): Promise<unknown> {
    const event = this.#streams.broker.eventOf(message.id);
    return this.#inTurn(async (call) => {
      if (event === undefined || event.position <= this.#standing.position) return;
      if (event.position > this.#standing.position + 1) await this.#missed(event.position - 1, call);
      await this.#take(this.#standing, event, call);
    });
  }

  #inTurn(run: (call: Call) => Promise<unknown>): Promise<unknown> {
    const call = this.#call();
    const done = this.#turn.then(() => (this.#standing.stopped ? undefined : run(call)));
    this.#turn = done.catch(() => undefined);
    return done;
  }

  #call(): Call {
    const { environment } = this.#streams;
    return {
      from: environment.origin(),
      run: environment.node.bind(<R>(code: () => R): R => code()),
    };
  }

  #catchUp(to: number): Promise<void> {
    return this.#missed(to, this.#call());
  }

  /** What the link has lost, or what was there before it followed. */
  async #missed(to: number, call: Call): Promise<void> {
    const { broker, ask } = this.#streams;
    const from = this.#standing.position + 1;
    const events = await call.run(() => ask([], () => broker.read(undefined, from, to)));
    for (const event of events)
      await this.#take(this.#standing, event, call).catch((error: unknown) => {
        if (!this.#skips) throw error;
      });
  }

  async #take(standing: Standing, stored: StoredEvent, call: Call, rebuilding?: true): Promise<void> {
    const { environment, broker } = this.#streams;
    const more = { message: stored.message.id, ...(rebuilding && { rebuilding }) };
    let where: string | undefined;
    try {
      const next = await this.#after(standing.state, stored, call, (error) => {
        where = environment.thrownAt(error);
      });
      if (!environment.isAlive) return;
      const changes = rebuilding ? [] : differencesOf(standing.state, next);
      Object.assign(standing, { state: next, position: stored.position });
      const facts = { ...this.#facts(stored.position), head: broker.head, changes, ...more };
      environment.record({ type: 'projection.advanced', ...facts }, call.from);
      if (!rebuilding) this.#tell();
    } catch (error) {
      if (!environment.isAlive) return;
      const skipped = this.#skips;
      const failure = environment.failure(error);
      const facts = { ...this.#facts(stored.position), ...more, skipped, failure };
      environment.record({ type: 'projection.failed', ...facts }, { ...call.from, where });
      if (skipped) standing.position = stored.position;
      else if (!rebuilding) this.#stop(stored, error);
      if (skipped && !rebuilding) this.#tell();
      throw error;
    }
  }

  /** A handler may return the next state, or change the one that it was given. */
  async #after(state: unknown, stored: StoredEvent, call: Call, onThrow: (error: unknown) => void): Promise<unknown> {
    try {
      const event = call.run(() => this.#streams.current([stored]))[0]!;
      const handler = this.#handlers.get(event.type);
      if (handler === undefined) return state;
      const own = clonePlain(state);
      const next = await call.run(() => handler(own, event));
      return copyPlain(next ?? own);
    } catch (error) {
      onThrow(error);
      throw error;
    }
  }

  #stop({ position }: StoredEvent, error: unknown): void {
    this.#standing.stopped = true;
    this.#leave();
    const words = error instanceof Error ? error.message : String(error);
    for (const waiter of this.#waiters.splice(0))
      waiter.reject(this.#behind(waiter.position, `it stopped at event ${String(position)}: ${words}`));
  }

  #tell(): void {
    const { position } = this.#standing;
    for (const waiter of this.#waiters.filter((each) => each.position <= position)) {
      this.#waiters.splice(this.#waiters.indexOf(waiter), 1);
      waiter.resolve();
    }
  }

  async #rebuild(call: Call): Promise<unknown> {
    const { broker, ask, environment } = this.#streams;
    const started = { type: 'projection.rebuild-started', ...this.#facts(0), head: broker.head } as const;
    const from = { ...call.from, cause: environment.record(started, call.from) };
    const fresh: Standing = { position: 0, state: clonePlain(this.#initial), stopped: false };
    do {
      const events = await call.run(() => ask([], () => broker.read(undefined, fresh.position + 1, Infinity)));
      for (const event of events) {
        const error = await this.#replayed(fresh, event, from.cause);
        if (error !== undefined && !this.#skips) throw error.thrown;
      }
    } while (!(await this.#swapped(fresh, from)));
    return { position: fresh.position };
  }

  /** The new state takes the old one's place between two events; false when the old one is ahead. */
  #swapped(fresh: Standing, from: Origin): Promise<boolean> {
    const swapped = this.#turn.then(() => {
      if (fresh.position < this.#standing.position) return false;
      this.#swap(fresh, from);
      return true;
    });
    this.#turn = swapped.catch(() => undefined);
    return swapped;
  }

  #swap(fresh: Standing, from: Origin): void {
    const { environment } = this.#streams;
    const { stopped } = this.#standing;
    const changes = differencesOf(this.#standing.state, fresh.state);
    Object.assign(this.#standing, fresh);
    environment.record({ type: 'projection.rebuilt', ...this.#facts(fresh.position), changes }, from);
    this.#tell();
    if (stopped) this.#follow(true);
  }

  /** One event again, as a delivery that is no new fact. */
  #replayed(fresh: Standing, event: StoredEvent, cause: number): Promise<{ thrown: unknown } | undefined> {
    const { environment, broker } = this.#streams;
    let thrown: { thrown: unknown } | undefined;
    /** What a link delivers twice is taken once. */
    let taken: Promise<void> | undefined;
    return new Promise((resolve) => {
      environment.dispatch(
        {
          message: event.message,
          broker: broker.name,
          queue: undefined,
          subscription: '',
          process: environment.process,
          listener: this.name,
          attempt: 1,
          attempts: 1,
          timeoutMs: undefined,
          replayed: true,
          handle: () =>
            (taken ??= this.#take(fresh, event, this.#call(), true).catch((error: unknown) => {
              thrown = { thrown: error };
              throw error;
            })),
          onSettled: ({ type }) => {
            if (!environment.isAlive) return;
            if (type !== 'lost') resolve(thrown);
            else
              environment.node.schedule(resendMs, () => {
                resolve(this.#replayed(fresh, event, cause));
              });
          },
        },
        cause,
      );
    });
  }

  #behind(wanted: number, why: string): Error {
    return new Error(
      `${this.name} is at event ${String(this.#standing.position)} and has not reached ${String(wanted)}: ${why}.`,
    );
  }

  #facts(position: number): { projection: string; broker: string; position: number } {
    return { projection: this.name, broker: this.#streams.name, position };
  }
}

/** How user code is called on behalf of who called us. */
interface Call {
  readonly from: Origin;
  run<T>(code: () => T): T;
}
