import { Agenda } from '../kernel/agenda';
import { unreachable } from '../kernel/assert';
import { createStream } from '../kernel/random';
import type { Broker, Server } from '../brokers/broker';
import { createBroker, isServer, listeningAt, serverKind } from '../brokers/registry';
import { halfOfJson } from '../log/entry-fault';
import type { Message } from '../log/envelope';
import type { LimitName, Settings } from '../log/entry';
import type { BrokersSpec, Scenario } from '../scenario/scenario';
import { pow } from '../clients/node/math-pow';
import type { Context } from './context';
import { Connections } from './connections';
import { Deliveries } from './deliveries';
import { flatSettings } from './flat-settings';
import { Faults } from './faults';
import { markHandled } from './handled-promises';
import type { Host } from './host';
import { HttpCalls } from './http-calls';
import { Ids } from './ids';
import { InstantText, parseInstant } from './instant-text';
import { Invariants } from './invariants';
import { Journal } from './journal';
import { libraryMains } from './library-sources';
import { observedPolicies } from './observed-policies';
import { policyObserver } from './policy-log';
import type { Life } from './life';
import type { Link } from './link';
import { Network } from './network';
import { nativeThen } from './promise-tracking';
import { Sources } from './sources';
import { Turn, turnsMax } from './turn';
import { WorldPort } from './world-port';

/** What user code of one run may print, in characters. */
export const consoleBytesMax = 20_000_000;
/** What one message may carry, in characters of its JSON. */
export const messageBytesMax = 1_000_000;

/**
 * What the parts of a run share: time, chance, the log, the files, the links and the brokers; and the one way in which
 * user code is called.
 */
export class World {
  readonly scenario: Scenario;
  readonly seed: number;
  readonly epochMs: number;
  readonly host: Host;
  readonly agenda = new Agenda();
  readonly journal: Journal;
  readonly turn: Turn;
  readonly network: Network;
  readonly sources: Sources;
  readonly deliveries: Deliveries;
  readonly connections: Connections;
  readonly http: HttpCalls;
  readonly faults: Faults;
  readonly invariants: Invariants;
  readonly brokers = new Map<string, Broker>();
  readonly #durable = new Map<string, unknown>();
  /** Lives with `nextTick` callbacks to run. */
  readonly #ticking: Life[] = [];
  /** Lives that may have run out of things to do. */
  #touched: Life[] = [];
  readonly #ids = { message: new Ids('m_'), delivery: new Ids('d_'), subscription: new Ids('s_') };
  readonly #instantText = new InstantText();
  #printed = 0;
  /** Value of `turn.a` when the run was last found quiet. */
  settledActivity = 0;
  /** A broker goes round without time passing: the run ends. */
  isStuck = false;
  /** Whether user code has run since this was last cleared. */
  entered = false;
  onInvoke: ((life: Life, context: Context) => void) | undefined;

  constructor(scenario: Scenario, host: Host) {
    this.scenario = scenario;
    this.host = host;
    this.seed = scenario.seed;
    this.epochMs = parseInstant(scenario.startedAt);
    this.journal = new Journal(() => this.agenda.nowMs);
    const nobody: Context = {
      life: { alive: true, process: '' },
      cause: 0,
      message: undefined,
      listener: undefined,
      replayed: false,
      tripped: false,
      tooDeep: false,
      jobs: 0,
      jobsAtMs: 0,
    };
    this.turn = new Turn({
      nobody,
      pow,
      onLimit: (context, limit, max, position) => {
        this.limit(limit, max, { context, where: this.sources.where(position) });
      },
    });
    this.faults = new Faults(this);
    this.network = new Network(this.seed, scenario.network, this.faults);
    this.sources = new Sources(scenario.files, host, ({ file, line, column, message }) => {
      this.journal.append({
        type: 'file.rejected',
        where: `${file}:${String(line)}`,
        file,
        line,
        column,
        message,
        keptPrevious: false,
      });
    });
    this.deliveries = new Deliveries(this);
    this.connections = new Connections(this);
    this.http = new HttpCalls(this);
    this.invariants = new Invariants(this);
  }

  /** What outlives every process, as in `ClientEnvironment`. */
  durable<T>(key: string, create: () => T): T {
    if (!this.#durable.has(key)) this.#durable.set(key, create());
    return this.#durable.get(key) as T;
  }

  /** The broker of this name, declared by whoever asks first. */
  broker(kind: string, name: string, settings: Settings, from: { cause: number; where: string | undefined }): Broker {
    const known = this.brokers.get(name);
    if (known) return known;
    const { definitions, ...given } = this.#given(name);
    const chance = createStream(this.seed, `broker ${name}`);
    const port = new WorldPort(this, name, chance);
    const all = { ...settings, ...given };
    const broker = createBroker(kind, name, all, port);
    this.brokers.set(name, broker);
    const seq = this.journal.append({
      type: 'broker.declared',
      cause: from.cause,
      where: from.where,
      broker: name,
      kind,
      settings: flatSettings(all),
    });
    if (definitions !== undefined && isServer(broker)) broker.load?.(definitions, seq);
    this.faults.declared(name);
    return broker;
  }

  /** What the scenario says of a server, whichever it is. */
  #given(name: string): { readonly definitions?: unknown; readonly [setting: string]: unknown } {
    return { ...this.scenario.brokers?.[name as keyof BrokersSpec] };
  }

  /** The servers that the scenario says something of are there from the beginning. */
  startServers(cause: number): void {
    for (const name of Object.keys(this.scenario.brokers ?? {})) {
      const kind = serverKind(name);
      if (kind !== undefined) this.broker(kind, name, {}, { cause, where: undefined });
    }
  }

  /** The server that listens at a port; undefined when none does. */
  serverAt(port: number, from: { cause: number; where: string | undefined }): Server | undefined {
    const place = listeningAt(port);
    const broker = place && this.broker(place.kind, place.name, {}, from);
    return broker && isServer(broker) ? broker : undefined;
  }

  /** Publishes over the link from a process (or by hand, without one) to a broker. */
  publish(
    message: Message,
    broker: Broker,
    from: { process: string | undefined; cause: number; where: string | undefined; isText?: boolean },
  ): void {
    const { agenda, journal, faults } = this;
    const { process } = from;
    const poison = process === undefined ? undefined : faults.poisonOf(message.type, broker.name);
    if (poison !== undefined) message = { ...message, data: halfOfJson(message.data) };
    const link = process === undefined ? undefined : this.network.link(process, broker.name);
    const arrivesAtMs = link === undefined ? agenda.nowMs : link.arrivalMs(agenda.nowMs);
    const seq = journal.write({
      seq: journal.length,
      atMs: agenda.nowMs,
      type: 'message.published',
      cause: from.cause,
      where: from.where,
      message,
      process,
      broker: broker.name,
      arrivesAtMs,
    });
    if (poison !== undefined) faults.struck(poison, message.id, seq);
    if (arrivesAtMs === undefined) {
      journal.append({ type: 'message.lost', cause: seq, message: message.id, from: process ?? '', to: broker.name });
      return;
    }
    const sentAtMs = agenda.nowMs;
    agenda.schedule(arrivesAtMs, () => {
      broker.accept(message, seq, sentAtMs, from.isText);
    });
    const again = link?.copyArrivalMs(arrivesAtMs);
    if (link === undefined || again === undefined) return;
    const cause = this.duplicated(message, link, again, seq);
    agenda.schedule(again, () => broker.accept(message, cause, sentAtMs));
  }

  duplicated({ id }: Message, { from, to }: Link, arrivesAtMs: number, cause: number): number {
    return this.journal.append({ type: 'message.duplicated', cause, message: id, from, to, arrivesAtMs });
  }

  nextId(kind: 'message' | 'delivery' | 'subscription'): string {
    const ids = this.#ids;
    // Not `ids[kind]`: to look a name up that changes takes its time, and there is an id for every delivery.
    switch (kind) {
      case 'message':
        return ids.message.next();
      case 'delivery':
        return ids.delivery.next();
      case 'subscription':
        return ids.subscription.next();
      default:
        return unreachable(kind);
    }
  }

  /** ISO text of a virtual instant, by default the present one. */
  timeText(atMs = this.agenda.nowMs): string {
    return this.#instantText.of(this.epochMs + Math.floor(atMs));
  }

  /**
   * Calls user code in a context, with turns of its own. What it throws goes to `onThrow`, by default the end of the
   * process. Its `nextTick` callbacks run right after it, unless it is a promise job itself: then the other jobs come first.
   */
  invoke(life: Life, context: Context, run: () => unknown, onThrow?: (error: unknown) => void, isJob = false): unknown {
    if (!life.alive) return undefined;
    const { turn } = this;
    const outer = turn.c;
    this.enter(life, context);
    let result: unknown;
    try {
      result = run();
    } catch (error) {
      if (onThrow) onThrow(error);
      else life.uncaught(error, 'exception');
    }
    this.left(life, outer, isJob);
    return result;
  }

  /** A job of the runtime's own in the queue of promise jobs. */
  microtask(run: () => void): void {
    this.turn.a++;
    void nativeThen.call(resolved, () => {
      this.turn.a++;
      run();
    });
  }

  /** Tells how a promise of user code ended, in a promise job. Whoever is told begins with `turn.g()`. */
  watch(promise: PromiseLike<unknown>, onValue: (value: unknown) => void, onError: (error: unknown) => void): void {
    this.turn.a++;
    this.turn.o++;
    markHandled(promise);
    const whole =
      promise instanceof Promise
        ? (promise as Promise<unknown>)
        : new Promise((resolve) => {
            resolve(promise);
          });
    void nativeThen.call(whole, onValue, onError);
  }

  ticking(life: Life): void {
    if (!this.#ticking.includes(life)) this.#ticking.push(life);
  }

  get hasTicks(): boolean {
    return this.#ticking.length > 0;
  }

  /** Runs `nextTick` callbacks until there are none. */
  runTicks(): void {
    this.#runTicks();
  }

  /** User code of this life is about to be called by the runtime, with turns of its own. */
  enter(life: Life, context: Context): void {
    this.turn.begin(context);
    this.entered = true;
    this.onInvoke?.(life, context);
  }

  /** User code of this life has returned, and the runtime's own goes on, or that of `outer`. */
  left(life: Life, outer: Context | null, isJob = false): void {
    if (life.isIdle) this.touched(life);
    if (outer !== null) this.turn.f = 0;
    if (outer === null && this.#ticking.length > 0 && !isJob) this.#runTicks();
  }

  /** Nothing holds this life any more: it may have run out of things to do. */
  touched(life: Life): void {
    if (life.isTouched) return;
    life.isTouched = true;
    this.#touched.push(life);
  }

  /** Whether user code may have settled, by ways that are not counted, what other code waits for. */
  get mayHaveSettled(): boolean {
    return this.entered && this.turn.o > 0;
  }

  get hasTouched(): boolean {
    return this.#touched.length > 0;
  }

  takeTouched(): Life[] {
    const lives = this.#touched;
    this.#touched = [];
    for (const life of lives) life.isTouched = false;
    return lives;
  }

  /** Sets the position that the next entries get. */
  at(position: number): void {
    this.turn.p = position;
  }

  where(): string | undefined {
    return this.sources.where(this.turn.p);
  }

  print(life: Life, stream: 'stdout' | 'stderr', text: string): void {
    if (!this.#hasRoomFor(text, life)) return;
    const { cause } = life.context;
    this.journal.append({ type: 'console.printed', cause, where: this.where(), process: life.process, stream, text });
  }

  show(life: Life, name: string, value: string): void {
    if (!this.#hasRoomFor(value, life)) return;
    const { cause } = life.context;
    this.journal.append({ type: 'process.showed', cause, where: this.where(), process: life.process, name, value });
  }

  /** One quota for all text that user code may write as often as it likes. */
  #hasRoomFor(text: string, life: Life): boolean {
    if (this.#printed > consoleBytesMax) return false;
    this.#printed += text.length;
    if (this.#printed <= consoleBytesMax) return true;
    this.limit('console-bytes', consoleBytesMax, { context: life.context, where: this.where() });
    return false;
  }

  limit(
    limit: LimitName,
    max: number,
    at: { context?: Context; where?: string | undefined; cause?: number; broker?: string },
  ): void {
    const { context } = at;
    this.journal.append({
      type: 'limit.reached',
      cause: at.cause ?? context?.cause,
      where: at.where,
      limit,
      max,
      process: context?.life.process,
      listener: context?.listener,
      broker: at.broker,
    });
  }

  library(name: string, life: Life): unknown {
    const main = Object.hasOwn(libraryMains, name) ? libraryMains[name] : undefined;
    if (main === undefined) return undefined;
    const exports = life.runLibrary(main);
    return name === 'cockatiel' ? observedPolicies(exports as object, policyObserver(life)) : exports;
  }

  #runTicks(): void {
    for (let life = this.#ticking.shift(); life !== undefined; life = this.#ticking.shift()) {
      for (let tick = life.ticks.next(); tick !== undefined && life.alive; tick = life.ticks.next()) {
        const { turn } = this;
        turn.c = null;
        if (tick.context !== null) turn.begin(tick.context);
        this.entered = true;
        try {
          (tick.run as (subject: unknown) => void)(tick.subject);
        } catch (error) {
          turn.c ??= life.base;
          life.uncaught(error, 'exception');
        }
        if (turn.n > turnsMax) turn.n = 0;
      }
    }
  }
}

const resolved = Promise.resolve();
