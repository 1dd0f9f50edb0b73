import { bytesOf, textOf } from '../../brokers/redis/bytes';
import { EmptyRedis, isWrite } from '../../brokers/redis/empty-redis';
import type { Frame, Reply, Request } from '../../brokers/redis/protocol';
import { Buffer } from '../node/buffer';
import type { TimerHandle } from '../node/environment';
import type { Wire, WireClient, WireEnvironment } from '../wire';
import { Command, type Done } from './command';
import type { RedisOptions } from './options';
import { AbortError, MaxRetriesPerRequestError, withStringNumbers } from './replies';
import { withPrefix, wordsOf } from './words';

export type Status = 'wait' | 'connecting' | 'connect' | 'ready' | 'close' | 'reconnecting' | 'end';

/** What the user's object does for its core. */
export interface Events {
  emit(name: string, ...args: unknown[]): boolean;
  listenerCount(name: string): number;
  rawListeners(name: string): ((...args: unknown[]) => unknown)[];
}

/** Names of the machine that everything runs on. */
const local = ['localhost', '127.0.0.1', '::1', 'redis'];

/**
 * One client: its connection, the commands that wait for it or for an answer, and what it listens to.
 * Follows ioredis 5, `lib/Redis.js` and `lib/redis/event_handler.js` (MIT, copyright Zihua Li).
 */
export class RedisCore implements WireClient {
  readonly options: RedisOptions;
  readonly environment: WireEnvironment;
  readonly #user: Events;
  #status: Status = 'wait';
  #wire: Wire | undefined;
  /** Not sent yet. */
  #offline: Command[] = [];
  /** Sent and not answered. */
  #asked: Command[] = [];
  readonly #held = { subscribe: new Set<string>(), psubscribe: new Set<string>(), ssubscribe: new Set<string>() };
  #isClosing = false;
  /** It has hung up and has not yet heard that the connection is closed; until then its status is what it was. */
  #hasHungUp = false;
  /** Nothing has been dialled yet, as far as the user can tell: a connection that ends now was never open, and does not close. */
  #isJustBegun = false;
  /** The database that the last SELECT asked for, and the one before the connection was lost. */
  #selected = 0;
  #selectedBefore: number | undefined;
  #attempts = 0;
  #retry: TimerHandle | undefined;
  /** Answers what is held back. */
  readonly #empty: EmptyRedis;

  constructor(environment: WireEnvironment, options: RedisOptions, user: Events) {
    this.environment = environment;
    this.options = options;
    this.#user = user;
    const { node } = environment;
    this.#empty = new EmptyRedis(() => node.epochMs + node.nowMs());
  }

  get status(): Status {
    return this.#status;
  }

  /** Waits until it is told to connect, or something is asked. */
  rest(): void {
    this.#setStatus('wait');
  }

  connect(): void {
    this.#setStatus('connecting');
    this.#isJustBegun = true;
    this.#selected = this.options.db ?? 0;
    const { node } = this.environment;
    node.later(() => (this.#isJustBegun = false));
    const { host = '', noDelay = true } = this.options;
    const port = Number(this.options.port);
    this.#wire = local.includes(host) ? this.environment.dial(port, this, { noDelay }) : undefined;
    if (this.#wire === undefined) this.#schedule(0, () => this.#refused(host, port));
  }

  // The user's side.

  /** `place`: among the commands of a pipeline. */
  send(name: string, args: readonly unknown[], asBuffers: boolean, done: Done, place?: number): void {
    const plain = name.toLowerCase();
    const words = withPrefix(plain, wordsOf(name, args), bytesOf(this.options.keyPrefix ?? ''));
    const { node } = this.environment;
    const command = new Command(
      { name, words, asBuffers, where: this.environment.where(), place },
      done,
      (write) => node.bind(write),
      (sent) => this.#write(sent),
    );
    if (this.#status === 'wait') this.connect();
    if (this.#status === 'end') return command.finish(new Error('Connection is closed.'));
    if (this.isSubscribed && !command.allowedWhileSubscribed)
      return command.finish(new Error('Connection in subscriber mode, only subscriber commands may be used'));
    const { commandTimeout } = this.options;
    if (typeof commandTimeout === 'number')
      command.until(this.#schedule(commandTimeout, () => command.finish(new Error('Command timed out'))));
    this.#sent(command);
  }

  #sent(command: Command): void {
    this.#sendOrKeep(command);
    const db = command.name === 'select' ? Number(command.words[0]) : NaN;
    if (Number.isInteger(db)) this.#noteSelected(db);
  }

  #noteSelected(db: number): void {
    if (db === this.#selected) return;
    this.#selected = db;
    this.#user.emit('select', db);
  }

  #sendOrKeep(command: Command): void {
    const { name: plain } = command;
    if (this.environment.isHeld() && (this.#empty.isInTransaction || isWrite(plain))) return this.#holdBack(command);
    if (this.#status === 'wait') this.connect();
    if (this.#status === 'ready' && !this.#hasHungUp) return command.write();
    if (command.name === 'quit' && this.#offline.length === 0 && this.options.enableOfflineQueue !== false) {
      this.disconnect(false);
      return command.finish(null, 'OK');
    }
    if (this.options.enableOfflineQueue === false)
      return command.finish(new Error("Stream isn't writeable and enableOfflineQueue options is false"));
    command.database = this.#selected;
    this.#offline.push(command);
  }

  /** Is not sent. What settles a delivery, frames a transaction or reads in one is not even told. */
  #holdBack(command: Command): void {
    const { published, words } = command;
    const name = command.givenName.toUpperCase();
    const told = published
      ? { event: published.type, data: published.data }
      : { effect: 'command' as const, event: name, data: words.map(textOf) };
    if (isWrite(command.name) && !/^(?:MULTI|EXEC|DISCARD|XACK)$/.test(name))
      this.environment.holdBack({ broker: 'redis', ...told });
    const reply = this.#empty.answer([name, ...words]);
    this.#schedule(0, () => command.answered(reply, this.environment.stands));
  }

  disconnect(reconnect: boolean): void {
    if (!reconnect) {
      this.#isClosing = true;
      this.#retry?.cancel();
    }
    if (this.#status === 'end') return;
    // Whoever waits to connect again stays as it is: there is no connection that could close.
    if (this.#status === 'reconnecting') return;
    if (this.#status === 'wait') return this.#closed();
    if (this.#hasHungUp) return;
    this.#hasHungUp = true;
    this.#wire?.hangUp();
    this.#wire = undefined;
    const isOpen = !this.#isJustBegun;
    this.#schedule(0, () => {
      this.#hasHungUp = false;
      this.#closed(isOpen);
    });
  }

  get isSubscribed(): boolean {
    const { subscribe, psubscribe, ssubscribe } = this.#held;
    return subscribe.size + psubscribe.size + ssubscribe.size > 0;
  }

  get mode(): string {
    return this.isSubscribed ? 'subscriber' : 'normal';
  }

  // The connection's side.

  connected(): void {
    this.#setStatus('connect');
    const ready = (): void => this.#ready();
    const { connectionName, db, password } = this.options;
    if (password)
      this.environment.node.write(
        'stderr',
        "[WARN] This Redis server's `default` user does not require a password, but a password was supplied\n",
      );
    if (connectionName) this.#writeOwn('client', ['SETNAME', connectionName], () => undefined);
    if (db !== undefined && db !== 0) this.#writeOwn('select', [db], (error) => error && this.#failed(error));
    this.#writeOwn('info', [], ready);
  }

  receive(arrived: unknown): unknown {
    const frame = arrived as Frame;
    switch (frame.type) {
      case 'reply':
        this.#answered(this.options.stringNumbers === true ? withStringNumbers(frame.reply) : frame.reply);
        return undefined;
      case 'subscription':
        this.#told(frame);
        return undefined;
      case 'message':
        return this.#heard(frame);
    }
  }

  #answered(reply: Reply): void {
    const command = this.#asked.shift();
    command?.answered(reply, this.environment.stands, (error) => this.#asksAgain(command, error));
  }

  /** Whether the command is sent once more, on a new connection: 2 is for that, true and 1 are for a new connection only. */
  #asksAgain(command: Command, error: Error): boolean {
    const { reconnectOnError } = this.options;
    if (typeof reconnectOnError !== 'function' || command.name === 'client') return false;
    const answer = reconnectOnError(error);
    if (answer !== true && answer !== 1 && answer !== 2) return false;
    this.disconnect(true);
    if (answer === 2) this.#sent(command);
    return answer === 2;
  }

  hungUp(): void {
    this.#wire = undefined;
    // A stream of Node says that it is closed only after what else the last bytes brought.
    const { node } = this.environment;
    node.immediate(node.bind(() => this.#closed()));
  }

  #ready(): void {
    this.#attempts = 0;
    this.#setStatus('ready');
    const selected = this.#selectedBefore ?? this.#selected;
    this.#selectedBefore = undefined;
    if (this.isSubscribed) this.#select(selected);
    if (this.options.autoResubscribe !== false)
      for (const [name, held] of Object.entries(this.#held))
        if (held.size > 0)
          this.#writeOwn(
            name,
            [...held].map((channel) => Buffer.from(channel, 'latin1')),
            () => undefined,
          );
    for (const command of this.#offline.splice(0)) {
      if (command.name !== 'select' && command.database !== undefined) this.#select(command.database);
      this.#sent(command);
    }
    this.#select(selected);
  }

  /** A new connection is in the database that the options name, whatever had been selected. */
  #select(db: number): void {
    if (db === this.#selected) return;
    this.#writeOwn('select', [db], (error) => error && this.#failed(error));
    this.#noteSelected(db);
  }

  #writeOwn(name: string, args: readonly unknown[], done: Done): void {
    const { node } = this.environment;
    const command = { name, words: wordsOf(name, args), asBuffers: false };
    new Command(
      command,
      done,
      (write) => node.bind(write),
      (sent) => this.#write(sent),
    ).write();
  }

  #write(command: Command): void {
    const wire = this.#wire;
    if (wire === undefined) {
      this.#offline.push(command);
      return;
    }
    if (command.name === 'quit') this.#isClosing = true;
    this.#asked.push(command);
    command.database ??= this.#selected;
    const args = [command.givenName, ...command.words];
    const { published } = command;
    if (published) wire.publish(published, true);
    else if (command.subscribes)
      wire.send({
        args,
        listener: this.#listenerName(command.name),
        where: command.where,
      } satisfies Request);
    else wire.send({ args, ...(command.takesMessages ? { where: command.where } : {}) } satisfies Request);
  }

  /** The function that will be called, where it is known already. */
  #listenerName(command: string): string {
    const event = command.startsWith('p')
      ? 'pmessage'
      : command.startsWith('s') && command !== 'subscribe'
        ? 'smessage'
        : 'message';
    const name = this.#user.rawListeners(event)[0]?.name ?? '';
    return name === '' || name.startsWith('bound ') ? event : name;
  }

  #told(frame: Frame & { type: 'subscription' }): void {
    const held =
      this.#held[frame.kind.replace('unsubscribe', 'subscribe') as 'subscribe' | 'psubscribe' | 'ssubscribe'];
    const command = this.#asked[0];
    if (command?.told(frame) === true) this.#asked.shift();
    if (frame.channel === null) return;
    if (frame.kind.includes('unsubscribe')) held.delete(frame.channel);
    else held.add(frame.channel);
  }

  /** Returns what the listener returned, so that the delivery lasts as long as it works. */
  #heard({ kind, pattern, channel, body }: Frame & { type: 'message' }): unknown {
    const before = pattern === undefined ? [] : [textOf(pattern)];
    const results = this.#call(kind, [...before, textOf(channel), textOf(body)]);
    const buffers = () => [...before, Buffer.from(channel, 'latin1'), Buffer.from(body, 'latin1')];
    if (this.#user.listenerCount(`${kind}Buffer`) > 0) results.push(...this.#call(`${kind}Buffer`, buffers()));
    return results.find((result) => result instanceof Promise);
  }

  #call(event: string, args: readonly unknown[]): unknown[] {
    return this.#user
      .rawListeners(event)
      .map((listener) => Reflect.apply<Events, readonly unknown[], unknown>(listener, this.#user, args));
  }

  // Ends and new beginnings.

  #refused(host: string, port: number): void {
    const isLocal = local.includes(host);
    const address = host === 'localhost' || host === 'redis' ? '127.0.0.1' : host;
    const [code, syscall] = isLocal ? ['ECONNREFUSED', 'connect'] : ['ENOTFOUND', 'getaddrinfo'];
    const message = isLocal ? `connect ECONNREFUSED ${address}:${port}` : `getaddrinfo ENOTFOUND ${host}`;
    const where = isLocal ? { address, port } : { hostname: host };
    this.#failed(Object.assign(new Error(message), { errno: isLocal ? -111 : -3008, code, syscall, ...where }));
    this.#closed();
  }

  /** Tells of an error; when nobody listens it is printed. */
  #failed(error: Error): void {
    if (this.#user.listenerCount('error') > 0) this.#user.emit('error', error);
    else this.environment.node.write('stderr', `[ioredis] Unhandled error event: Error: ${error.message}\n`);
  }

  #closed(wasOpen = true): void {
    this.#setStatus('close', wasOpen);
    this.#selectedBefore ??= this.#selected;
    this.#abortPipelines();
    const { retryStrategy, maxRetriesPerRequest = null } = this.options;
    const delayMs =
      this.#isClosing || typeof retryStrategy !== 'function' ? undefined : retryStrategy((this.#attempts += 1));
    this.#isClosing = false;
    if (typeof delayMs !== 'number') {
      this.#setStatus('end');
      this.#flush(new Error('Connection is closed.'));
      return;
    }
    // What was sent and not answered is sent again, unless it is to be forgotten.
    const { autoResendUnfulfilledCommands = true } = this.options;
    if (autoResendUnfulfilledCommands)
      this.#offline.unshift(...this.#asked.splice(0).filter(({ name }) => name !== 'info'));
    if (maxRetriesPerRequest !== null && this.#attempts % (maxRetriesPerRequest + 1) === 0)
      this.#flush(new MaxRetriesPerRequestError(maxRetriesPerRequest));
    this.#asked.length = 0;
    this.#setStatus('reconnecting', true, delayMs);
    this.#retry = this.#schedule(delayMs, () => this.connect());
  }

  /** A pipeline of which something was answered is not begun anew. */
  #abortPipelines(): void {
    let expected = 0;
    this.#asked = this.#asked.filter((command) => {
      if (command.place === undefined || command.place === 0) expected = 0;
      if (command.place === undefined || command.place === expected++) return true;
      command.finish(new AbortError({ name: command.givenName, args: command.words.map(textOf) }));
      return false;
    });
  }

  #flush(error: Error): void {
    for (const command of [...this.#asked.splice(0), ...this.#offline.splice(0)]) command.finish(error);
  }

  #schedule(delayMs: number, run: () => void): TimerHandle {
    const { node } = this.environment;
    return node.schedule(delayMs, node.bind(run));
  }

  #setStatus(status: Status, isTold = true, argument?: unknown): void {
    this.#status = status;
    const { node } = this.environment;
    if (isTold) node.later(() => void this.#user.emit(status, argument));
  }
}
