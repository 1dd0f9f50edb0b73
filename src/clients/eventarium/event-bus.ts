import { Bus } from '../../brokers/bus/bus';
import type { Subscription } from '../../brokers/bus/subscription';
import type { Delivery, ListenerFunction } from '../../brokers/broker';
import type { Message } from '../../log/envelope';
import type { ClientEnvironment } from './environment';
import { eventFor, kindOf, letterFor, requireDuration, requireFunction, requireText, retryPolicy } from './arguments';

export interface BusOptions {
  readonly mode?: 'direct' | 'queue';
  readonly workers?: number;
}

interface ListenOptions {
  readonly name?: string;
  readonly retry?: unknown;
  readonly timeoutMs?: number;
  readonly deadLetter?: boolean | string;
  readonly queue?: string;
  readonly prefetch?: number;
  readonly compensates?: string;
}

type Listener = (event: Record<string, unknown>, context: object) => unknown;

interface Held {
  readonly subscription: Subscription;
  readonly listener: Listener;
  readonly release: () => void;
}

/** A process's handle of a bus; all handles of one name reach the same bus. */
export class EventBus {
  readonly name: string;
  readonly #environment: ClientEnvironment;
  readonly #bus: Bus;
  #held: Held[] = [];

  constructor(environment: ClientEnvironment, name: string, options: BusOptions) {
    const mode: string = options.mode ?? 'direct';
    if (mode !== 'direct' && mode !== 'queue')
      throw new TypeError(`eventBus: mode must be 'direct' or 'queue'; it is ${kindOf(mode)}.`);
    const workers = options.workers ?? 1;
    if (!Number.isInteger(workers) || workers < 1 || workers > 1_000) {
      throw new RangeError(`eventBus: workers must be a whole number from 1 to 1000; it is ${kindOf(workers)}.`);
    }
    this.name = name;
    this.#environment = environment;
    const broker = environment.broker('bus', name, mode === 'queue' ? { mode, workers } : { mode });
    if (!(broker instanceof Bus)) throw new TypeError(`${name} is no event bus but a ${broker.kind}.`);
    this.#bus = broker;
    environment.onRetire(() => {
      for (const { subscription, release } of this.#held.splice(0)) {
        release();
        this.#bus.replace(subscription, environment.origin());
      }
    });
  }

  /** Publishes and returns at once; the listeners run when the event has reached the bus. */
  emit(type: unknown, data?: unknown): Message {
    return this.#environment.publish(this.#bus, requireText(type, 'emit(type, data): the type'), data);
  }

  subscribe(pattern: unknown, listener: unknown, options: ListenOptions = {}): { unsubscribe(): void } {
    return this.#subscribe(pattern, listener, options, false);
  }

  once(pattern: unknown, listener: unknown, options: ListenOptions = {}): { unsubscribe(): void } {
    return this.#subscribe(pattern, listener, options, true);
  }

  /** Ends every subscription of this process with the listener, or only those with the pattern too. Returns how many. */
  unsubscribe(first: unknown, second?: unknown): number {
    const listener = typeof first === 'function' ? first : second;
    const pattern = typeof first === 'string' ? first : undefined;
    const ending = this.#held.filter(
      (held) =>
        (listener === undefined || held.listener === listener) &&
        (pattern === undefined || held.subscription.pattern === pattern),
    );
    for (const held of ending) this.#end(held);
    return ending.length;
  }

  /** The events that the bus has kept, oldest first, as copies. */
  history(pattern = '#'): Record<string, unknown>[] {
    return this.#bus.logged(pattern, { fromMs: 0, toMs: Infinity }).map(eventFor);
  }

  /** The dead letters of a queue, oldest first, as copies. */
  deadLetters(queue: unknown = `${this.name}.dead`): object[] {
    return this.#bus.deadLetters(requireText(queue, 'deadLetters(queue): the queue')).map(letterFor);
  }

  /** @internal for `replay` and `redrive` */
  get broker(): Bus {
    return this.#bus;
  }

  /** @internal the functions of this process that listen under a name */
  listenersNamed(name: string): Listener[] {
    return this.#held.filter(({ subscription }) => subscription.listener === name).map(({ listener }) => listener);
  }

  #subscribe(pattern: unknown, listener: unknown, options: ListenOptions, once: boolean): { unsubscribe(): void } {
    const run = requireFunction(listener, 'subscribe(pattern, listener): the listener') as unknown as Listener;
    const prefetch = options.prefetch ?? 1;
    if (!Number.isInteger(prefetch) || prefetch < 1)
      throw new RangeError(`prefetch must be a whole number from 1; it is ${kindOf(prefetch)}.`);
    const name = options.name ?? (run.name === '' ? 'listener' : run.name);
    const { deadLetter } = options;
    // A queue may have something for it before it is known here.
    const single = { over: false, end: (): void => undefined };
    const subscription = this.#bus.subscribe(
      {
        pattern: requireText(pattern, 'subscribe(pattern, listener): the pattern'),
        process: this.#environment.process,
        listener: name,
        handle: handlerOf(this.#environment, run),
        once,
        onOver: () => {
          single.over = true;
          single.end();
        },
        queue: options.queue,
        prefetch,
        retry: retryPolicy(options.retry),
        timeoutMs: options.timeoutMs === undefined ? undefined : requireDuration(options.timeoutMs, 'timeoutMs'),
        compensates: options.compensates === undefined ? undefined : requireText(options.compensates, 'compensates'),
        deadLetter: deadLetter === true ? `${this.name}.dead` : deadLetter === false ? undefined : deadLetter,
      },
      this.#environment.origin(),
    );
    const held: Held = { subscription, listener: run, release: this.#environment.hold() };
    this.#held.push(held);
    const end = (): void => {
      this.#end(held);
    };
    if (single.over) end();
    else single.end = end;
    return { unsubscribe: end };
  }

  #end(held: Held): void {
    this.#held = this.#held.filter((other) => other !== held);
    held.release();
    this.#bus.unsubscribe(held.subscription, this.#environment.origin());
  }
}

export function handlerOf(environment: ClientEnvironment, run: Listener): ListenerFunction {
  let last: ListenerContext | undefined;
  const handle = (message: unknown, delivery: Delivery): unknown => {
    last = contextFor(delivery, last);
    return run(eventFor(message as Message), last);
  };
  return Object.assign(handle, { tellsItsEnd: environment.tellsItsEnd(run) });
}

interface ListenerContext {
  readonly attempt: number;
  readonly attempts: number;
  readonly replayed: boolean;
  readonly redriven: boolean;
}

/** The second argument of a listener: frozen, so that the one before serves again when it says the same. */
function contextFor(delivery: Delivery, last: ListenerContext | undefined): ListenerContext {
  const { attempt, attempts, replayed } = delivery;
  const redriven = delivery.redriven === true;
  if (
    last?.attempt === attempt &&
    last.attempts === attempts &&
    last.replayed === replayed &&
    last.redriven === redriven
  )
    return last;
  return Object.freeze({ attempt, attempts, replayed, redriven });
}
