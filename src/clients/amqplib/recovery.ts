import type { TimerHandle } from '../node/environment';
import { textOf } from '../node/node-error';
import type { WireEnvironment } from '../wire';
import type { Emitting } from './channel-core';

/** What the user holds of a connection. */
export interface Model extends Emitting {
  on(event: string, listener: (...args: unknown[]) => void): unknown;
  removeListener(event: string, listener: (...args: unknown[]) => void): unknown;
}

/**
 * A connection that is made again when it is lost: `connect(url, { recovery: true })`.
 * Follows amqplib 2.3, `lib/recovery.js` (MIT, copyright Michael Bridgen and contributors).
 */
export interface RecoveryOptions {
  readonly initialDelay: number;
  readonly maxDelay: number;
  readonly factor: number;
  readonly jitter: number;
  readonly maxRetries: number;
  readonly initialMaxRetries: number;
  readonly setup: ((model: object, done?: (error?: unknown) => void) => unknown) | undefined;
  readonly waitForConnect: boolean;
  readonly calculateDelay: ((attempt: number) => unknown) | undefined;
}

/** What the option `recovery` asks for; undefined when it asks for nothing. */
export function recoveryOf(socketOptions: unknown): RecoveryOptions | undefined {
  const given = (socketOptions as { recovery?: unknown } | null | undefined | false) || {};
  const { recovery } = given;
  if (!recovery || (recovery as { enabled?: unknown }).enabled === false) return undefined;
  const source = (recovery === true ? {} : recovery) as Readonly<Record<string, unknown>>;
  const number = (name: string, fallback: number): number => {
    const value = Number(source[name]);
    return Number.isFinite(value) ? value : fallback;
  };
  const retries = (name: string, fallback: number): number =>
    source[name] === undefined || source[name] === null || source[name] === Infinity
      ? source[name] === Infinity
        ? Infinity
        : fallback
      : Math.max(0, number(name, fallback));
  const initialDelay = Math.max(0, number('initialDelay', 100));
  const maxRetries = retries('maxRetries', Infinity);
  return {
    initialDelay,
    maxDelay: Math.max(initialDelay, number('maxDelay', 30_000)),
    factor: Math.max(1, number('factor', 2)),
    jitter: Math.min(1, Math.max(0, number('jitter', 0.2))),
    maxRetries,
    initialMaxRetries: retries('initialMaxRetries', maxRetries),
    setup: functionOf(source['setup']) as RecoveryOptions['setup'],
    waitForConnect: source['waitForConnect'] !== false,
    calculateDelay: functionOf(source['calculateDelay']) as RecoveryOptions['calculateDelay'],
  };
}

const functionOf = (value: unknown): unknown => (typeof value === 'function' ? value : undefined);

/** How a connection of one of the two APIs is made and closed. Neither throws. */
export interface Opening {
  open(done: (error: Error | null, model?: Model) => void): void;
  close(model: object, done: () => void): void;
}

type WhenConnected = (error: Error | null, model?: Model) => void;

/** Events of a connection that its user hears of as well. */
const passedOn = ['blocked', 'unblocked', 'error', 'update-secret-ok'];

export class Recovery {
  readonly #environment: WireEnvironment;
  readonly #options: RecoveryOptions;
  readonly #opening: Opening;
  readonly #user: Emitting;
  #model: Model | undefined;
  #unbind = (): void => undefined;
  readonly #waiting: WhenConnected[] = [];
  /** Ends once: with the first connection, or with the error that there will be none. */
  #first: { error: Error | null } | undefined;
  readonly #waitingForFirst: ((error: Error | null) => void)[] = [];
  #isConnecting = false;
  #isStopped = false;
  #failure: Error | undefined;
  #hasConnected = false;
  #timer: TimerHandle | undefined;
  #attempt = 0;

  constructor(environment: WireEnvironment, options: RecoveryOptions, opening: Opening, user: Emitting) {
    this.#environment = environment;
    this.#options = options;
    this.#opening = opening;
    this.#user = user;
    const { node } = environment;
    node.immediate(node.bind(() => this.#connect()));
  }

  /** Calls back once there is or will be no first connection. */
  whenFirst(done: (error: Error | null) => void): void {
    if (this.#first) done(this.#first.error);
    else this.#waitingForFirst.push(done);
  }

  /** Gives the connection, now or when there is one again. */
  whenConnected(done: WhenConnected): void {
    if (this.#model) done(null, this.#model);
    else if (this.#isStopped) done(this.#failure ?? new Error('Connection closed'));
    else this.#waiting.push(done);
  }

  close(done: () => void): void {
    if (this.#isStopped) return done();
    this.#isStopped = true;
    this.#timer?.cancel();
    this.#timer = undefined;
    this.#end(new Error('Connection closed'));
    const model = this.#model;
    if (model === undefined) return done();
    this.#model = undefined;
    this.#unbind();
    this.#opening.close(model, done);
  }

  #connect(): void {
    if (this.#isStopped || this.#isConnecting) return;
    this.#isConnecting = true;
    this.#opening.open((error, model) => {
      if (model === undefined) return this.#connectFailed(error ?? new Error('Connection recovery failed'));
      if (this.#isStopped) return this.#connected(model);
      this.#setUp(model, (failure) => {
        if (failure === null) this.#connected(model);
        else this.#opening.close(model, () => this.#connectFailed(failure));
      });
    });
  }

  /** The user's own `setup` returns a promise, or takes a callback as its second argument. */
  #setUp(model: object, done: (error: Error | null) => void): void {
    const { setup } = this.#options;
    if (setup === undefined) return done(null);
    let isSettled = false;
    const settle = (error: unknown): void => {
      if (isSettled) return;
      isSettled = true;
      done(error ? errorOf(error, 'Recovery setup failed') : null);
    };
    try {
      if (setup.length >= 2) {
        setup(model, settle);
        return;
      }
      const result = setup(model);
      this.#environment
        .promise<unknown>((resolve) => {
          resolve(result);
        })
        .then(() => {
          settle(undefined);
        }, settle);
    } catch (error) {
      settle(error);
    }
  }

  #connected(model: Model): void {
    this.#isConnecting = false;
    if (this.#isStopped) {
      this.#opening.close(model, () => undefined);
      return;
    }
    this.#model = model;
    this.#attempt = 0;
    this.#hasConnected = true;
    this.#listen(model);
    this.#settleFirst(null);
    for (const done of this.#waiting.splice(0)) done(null, model);
    this.#user.emit('connect', model);
  }

  #connectFailed(error: Error): void {
    this.#user.emit('connect-failed', error);
    this.#retryLater(error);
    this.#isConnecting = false;
  }

  #listen(model: Model): void {
    const onClose = (error?: unknown): void => {
      if (this.#model !== model) return;
      this.#model = undefined;
      this.#unbind();
      if (this.#isStopped) return;
      const why = errorOf(error, 'Connection closed');
      this.#user.emit('disconnect', why);
      this.#retryLater(why);
    };
    const relays = passedOn.map((event) => [event, (...args: unknown[]) => this.#user.emit(event, ...args)] as const);
    const listeners = [['close', onClose] as const, ...relays];
    for (const [event, listener] of listeners) model.on(event, listener);
    this.#unbind = () => {
      for (const [event, listener] of listeners) model.removeListener(event, listener);
      model.on('error', () => undefined);
    };
  }

  #retryLater(error: Error): void {
    if (this.#isStopped || this.#timer) return;
    const retriesMax = this.#hasConnected ? this.#options.maxRetries : this.#options.initialMaxRetries;
    if (this.#attempt >= retriesMax) return this.#giveUp(error);
    const attempt = this.#attempt + 1;
    let delay: number;
    try {
      delay = this.#delayOf(attempt);
    } catch (thrown) {
      return this.#giveUp(errorOf(thrown, 'calculateDelay failed'));
    }
    this.#attempt = attempt;
    this.#user.emit('reconnect-scheduled', { attempt, delay, error });
    const { node } = this.#environment;
    this.#timer = node.schedule(
      // A timer of Node waits a millisecond at least.
      Math.max(1, delay),
      node.bind(() => {
        this.#timer = undefined;
        this.#connect();
      }),
    );
  }

  #delayOf(attempt: number): number {
    const { calculateDelay, initialDelay, maxDelay, factor, jitter } = this.#options;
    if (calculateDelay) {
      const custom = calculateDelay(attempt);
      if (typeof custom === 'number' && Number.isFinite(custom) && custom >= 0) return Math.round(custom);
      throw new Error(
        `calculateDelay must return a finite, non-negative number of milliseconds (got ${String(custom)})`,
      );
    }
    const longest = maxDelay / (1 + jitter);
    let base = initialDelay;
    for (let times = 1; times < attempt && base < longest && factor > 1; times++) base *= factor;
    base = Math.min(longest, base);
    const offset = base * jitter > 0 ? (this.#environment.node.random() * 2 - 1) * base * jitter : 0;
    return Math.max(0, Math.round(base + offset));
  }

  #giveUp(error: Error): void {
    this.#isStopped = true;
    this.#failure = error;
    this.#end(error);
    this.#user.emit('reconnect-failed', error);
  }

  #end(error: Error): void {
    this.#settleFirst(error);
    for (const done of this.#waiting.splice(0)) done(error);
  }

  #settleFirst(error: Error | null): void {
    if (this.#first) return;
    this.#first = { error };
    for (const done of this.#waitingForFirst.splice(0)) done(error);
  }
}

function errorOf(thrown: unknown, fallback: string): Error {
  if (thrown instanceof Error) return thrown;
  return new Error(thrown ? textOf(thrown) : fallback);
}
