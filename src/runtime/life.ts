import type { Failure } from '../log/entry';
import type { Context, LifeState } from './context';
import type { HttpTransport } from '../clients/http/transport';
import type { AbortClasses } from '../clients/node/abort';
import type { ProcessEnvironment, TimerHandle } from '../clients/node/environment';
import { createFetchGlobals } from '../clients/fetch/globals';
import { announceExit, createNodeGlobals, flushOutput } from '../clients/node/globals';
import { requireFunction } from '../clients/node/node-error';
import { createNodeModule } from '../clients/node/node-module';
import { createStream } from '../kernel/random';
import { Phase } from '../kernel/agenda';
import { flatText } from '../kernel/flat-text';
import { globalNames, languageNames } from './global-names';
import { Modules } from './modules';
import { createClient } from './clients';
import { failureOf } from './failure';
import { formatUncaught } from '../clients/node/uncaught';
import { LifeTimers } from './life-timers';
import { Ticks } from './ticks';
import { missingModule } from './missing-module';
import { observe } from './promise-tracking';
import { LimitError } from './turn';
import type { World } from './world';

/** What the runtime uses of the process's own `process` object. */
interface ProcessObject {
  exitCode: number | string | undefined;
  emit(event: string, ...args: unknown[]): boolean;
  listenerCount(event: string): number;
}

export interface LifeOptions {
  readonly world: World;
  readonly process: string;
  readonly file: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly number: number;
  readonly pid: number;
  readonly cause: number;
  onEnd(how: LifeEnd): void;
}

export interface LifeEnd {
  readonly code: number | null;
  readonly signal?: 'SIGTERM';
  readonly failure?: Failure;
}

/**
 * One life of a process: its globals, modules, timers and end. It lives until nothing is left to do, it exits, an error
 * that nobody catches ends it, or somebody crashes it; what it has open then ends with it.
 */
export class Life implements LifeState {
  readonly process: string;
  /** As the `source` of its messages. */
  readonly source: string;
  readonly number: number;
  /** By how much its clock is ahead. */
  skewMs = 0;
  readonly base: Context;
  readonly world: World;
  readonly environment: ProcessEnvironment;
  readonly ticks = new Ticks(this);
  readonly #options: LifeOptions;
  readonly #timers = new LifeTimers(this);
  /** Whether the run is about to look whether it has run out of things to do. */
  isTouched = false;
  readonly #globals: Record<string, unknown>;
  readonly #packages = new Map<string, unknown>();
  readonly modules: Modules;
  readonly #transport: HttpTransport;
  #alive = true;
  /** What keeps it from ending by itself: timers, subscriptions, deliveries. */
  #holds = 0;
  #loading = false;

  constructor(options: LifeOptions) {
    const { world } = options;
    this.#options = options;
    this.world = world;
    this.process = options.process;
    this.source = flatText('/', options.process);
    this.number = options.number;
    this.base = {
      life: this,
      cause: options.cause,
      message: undefined,
      listener: undefined,
      replayed: false,
      tripped: false,
      tooDeep: false,
      jobs: 0,
      jobsAtMs: 0,
    };
    this.environment = this.#createEnvironment();
    this.skewMs = world.faults.skewOf(options.process);
    this.#transport = world.http.transport(this);
    this.#globals = this.#createGlobals();
    const virtualGlobal = this.#globals['globalThis'];
    this.modules = new Modules({
      turn: world.turn,
      globals: [strictGlobal(virtualGlobal as object), ...globalNames.map((name) => this.#globals[name])],
      sources: world.sources,
      package: (name) => this.#package(name),
      missing: missingModule,
    });
  }

  get alive(): boolean {
    return this.#alive;
  }

  /** Runs the main file. */
  begin(): void {
    const { world } = this;
    const compiled = world.sources.compiled(this.#options.file);
    if (compiled === undefined) {
      // The problem itself is in the log already, with its line.
      this.end({ code: 1 });
      return;
    }
    const isModule = compiled.kind === 'esm';
    const run = (): void => {
      const result = world.invoke(this, this.base, () => this.modules.main(this.#options.file), undefined, isModule);
      if (!(result instanceof Promise)) return;
      this.#loading = true;
      world.watch(
        result,
        () => {
          world.turn.g();
          this.#loading = false;
          this.restIfIdle();
        },
        (error) => {
          world.turn.g();
          this.#loading = false;
          this.uncaught(error, 'exception');
        },
      );
    };
    // An ES module begins in a job of its own, so that promise jobs come before `nextTick`, as in Node.
    if (isModule) world.microtask(run);
    else run();
  }

  /** Keeps it from ending by itself until what this returns is called. */
  hold(): () => void {
    this.retain();
    let held = true;
    return () => {
      if (held) this.release();
      held = false;
    };
  }

  /** As `hold`, for who keeps account himself: as many `release` as `retain`. */
  retain(): void {
    this.#holds++;
  }

  release(): void {
    if (--this.#holds === 0) this.world.touched(this);
  }

  /** Whether nothing keeps it from ending. */
  get isIdle(): boolean {
    return this.#holds === 0;
  }

  /** Ends the process when nothing is left that could ever run in it. */
  restIfIdle(): void {
    if (!this.#alive || this.#holds > 0 || this.ticks.any) return;
    const process = this.#process();
    if (this.#loading) {
      this.write('stderr', 'Warning: Detected unsettled top-level await\n');
      this.#leave(13);
      return;
    }
    this.world.invoke(this, this.base, () => process.emit('beforeExit', codeOf(process.exitCode)));
    if (this.#holds > 0 || this.world.turn.a !== this.world.settledActivity) return;
    this.#leave(codeOf(process.exitCode));
  }

  /** `SIGTERM`: handlers run; without one the signal ends it. */
  terminate(): void {
    if (!this.#announce('SIGTERM', 'SIGTERM', 15)) this.end({ code: null, signal: 'SIGTERM' });
  }

  /** An error that nobody caught: a listener of the process may take it, otherwise it is printed and the process ends with 1. */
  uncaught(error: unknown, kind: 'exception' | 'rejection', promise?: Promise<unknown>): void {
    if (!this.#alive || (error instanceof LimitError && error.limit === 'life')) return;
    if (kind === 'rejection' && this.#announce('unhandledRejection', error, promise)) return;
    const origin = kind === 'rejection' ? 'unhandledRejection' : 'uncaughtException';
    this.#announce('uncaughtExceptionMonitor', error, origin);
    if (this.#announce('uncaughtException', error, origin)) return;
    this.write('stderr', formatUncaught(error, { isRejection: kind === 'rejection' }));
    const failure = failureOf(error, this.world.sources.names);
    this.world.at(this.world.turn.thrownAt(error));
    this.#exit(1, failure);
  }

  /** A rejection that was reported has got its handler after all. */
  handledLate(promise: Promise<unknown>): void {
    this.#announce('rejectionHandled', promise);
  }

  /** Emits an event of the process; whether anybody listens. */
  #announce(name: string, ...about: unknown[]): boolean {
    const process = this.#process();
    if (process.listenerCount(name) === 0) return false;
    this.world.invoke(this, this.base, () => process.emit(name, ...about));
    return true;
  }

  /** It is over. Nothing that its code still does has any effect. */
  end(how: LifeEnd): void {
    if (!this.#alive) return;
    this.kill();
    this.#options.onEnd(how);
  }

  /** As `end`, without a word: for a crash, and for the old life of a reloaded process. */
  kill(): void {
    if (this.#alive) flushOutput(this.#globals);
    this.#alive = false;
    this.#timers.cancel();
    this.ticks.clear();
  }

  /** What to do when the process is reloaded: see `retire`. */
  onRetire(callback: () => void): void {
    this.#onRetire.push(callback);
  }

  /** A new version of the file takes over: what the main file set up ends, what is being handled goes on. */
  retire(): void {
    this.#retired = true;
    for (const callback of this.#onRetire) callback();
    this.#timers.cancel(this.base);
  }

  get retired(): boolean {
    return this.#retired;
  }
  #retired = false;
  readonly #onRetire: (() => void)[] = [];

  write(stream: 'stdout' | 'stderr', text: string): void {
    if (this.#alive && text !== '') this.world.print(this, stream, text);
  }

  get context(): Context {
    const current = this.world.turn.c;
    return current?.life === this ? current : this.base;
  }

  #leave(code: number): void {
    this.world.invariants.checkOf(this);
    this.#exit(code);
  }

  /** `exit` is emitted, and what still waits to be printed is printed, before the process ends. */
  #exit(code: number, failure?: Failure): void {
    let ended = code;
    this.world.invoke(this, this.base, () => {
      ended = announceExit(this.#globals, code);
    });
    this.end(failure === undefined ? { code: ended } : { code: ended, failure });
  }

  #process(): ProcessObject {
    return this.#globals['process'] as ProcessObject;
  }

  #package(name: string): unknown {
    const bare = name.replace(/^node:/, '');
    const known = this.#packages.get(bare);
    if (known !== undefined) return known;
    const parts = {
      life: this,
      transport: this.#transport,
      globals: this.#globals,
      module: (other: string) => this.#package(other),
    };
    const made =
      createClient(bare, parts) ??
      this.world.library(bare, this) ??
      createNodeModule(bare, this.#globals, this.environment);
    if (made !== undefined) this.#packages.set(bare, made);
    return made;
  }

  /** Runs a package that ships as source, instrumented like the user's own files and with globals of this process. */
  runLibrary(file: string): unknown {
    return this.modules.library(file);
  }

  #createGlobals(): Record<string, unknown> {
    const globals = createNodeGlobals(this.environment);
    Object.assign(globals, createFetchGlobals(this.#transport, globals as unknown as AbortClasses));
    const { turn } = this.world;
    globals['queueMicrotask'] = (callback: () => void): void => {
      requireFunction(callback, 'callback');
      turn.j();
      turn.a++;
      const bound = this.#bind(callback);
      this.world.microtask(() => {
        this.world.invoke(this, this.context, bound);
      });
    };
    const language = Object.getOwnPropertyDescriptors(globalThis) as Record<string, PropertyDescriptor | undefined>;
    for (const name of languageNames) if (language[name]) Object.defineProperty(globals, name, language[name]);
    const virtual = globals['globalThis'] ?? globals;
    globals['globalThis'] = virtual;
    globals['global'] = virtual;
    return globals;
  }

  #createEnvironment(): ProcessEnvironment {
    const { world } = this;
    const random = createStream(world.seed, `random ${this.process}/${String(this.number)}`);
    const bytes = createStream(world.seed, `bytes ${this.process}/${String(this.number)}`);
    return {
      nowMs: () => world.agenda.nowMs,
      epochMs: world.epochMs,
      skewMs: () => this.skewMs,
      startedAtMs: world.agenda.nowMs,
      random: () => random.next(),
      randomBytes: (count) => Uint8Array.from({ length: count }, () => bytes.uint32() >>> 24),
      schedule: (delayMs, callback) => this.#schedule(delayMs, Phase.work, callback),
      immediate: (callback) => this.#schedule(0, Phase.check, callback),
      nextTick: (callback) => {
        this.ticks.add(null, callback, undefined);
      },
      later: <T>(callback: (subject: T) => void, subject?: T) => {
        this.ticks.add(this.context, callback, subject as T);
      },
      write: (stream, text) => {
        this.write(stream, text);
      },
      exit: (code) => {
        this.end({ code });
        world.turn.leave();
        throw new LimitError('life', 'This process has ended.');
      },
      argv: ['/usr/bin/node', `/app/${this.#options.file}`, ...this.#options.args],
      env: { TZ: 'UTC', ...this.#options.env },
      pid: this.#options.pid,
      bind: (callback) => this.#bind(callback),
      observe: (promise, onSettled) => observe(world.turn, promise, onSettled),
    };
  }

  #bind<F extends (...args: never[]) => unknown>(callback: F): F {
    const context = this.context;
    const { turn } = this.world;
    const bound = (...args: never[]): unknown => {
      const outer = turn.c;
      const own = turn.z === 0 ? context : turn.broughtIn(context, ...args);
      if (outer === null) turn.begin(own);
      else turn.resume(own);
      try {
        return callback(...args);
      } catch (error) {
        turn.noteRejection(error, own);
        throw error;
      } finally {
        if (outer !== null && this.#alive) turn.c = outer;
      }
    };
    return bound as F;
  }

  #schedule(delayMs: number, phase: Phase, callback: () => void): TimerHandle {
    if (delayMs === 0) this.world.turn.j();
    const { faults, agenda } = this.world;
    const waitMs = faults.slows ? faults.waitOf(this, delayMs, phase) : delayMs;
    return this.#alive ? this.#timers.schedule(agenda.nowMs + waitMs, phase, callback) : noTimer;
  }
}

/** What a process that has ended gets. */
const noTimer: TimerHandle = { cancel: () => undefined, ref: () => undefined, unref: () => undefined };

function codeOf(exitCode: number | string | undefined): number {
  return Number(exitCode ?? 0) || 0;
}

/** Names that nothing declares: what the process put on its global object, or a ReferenceError. */
function strictGlobal(target: object): object {
  return new Proxy(target, {
    get(global, name) {
      if (!(name in global)) throw new ReferenceError(`${String(name)} is not defined`);
      return Reflect.get(global, name) as unknown;
    },
  });
}
