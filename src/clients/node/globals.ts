/**
 * The global objects of one simulated process, made once per life of it.
 */
import { createAbortClasses } from './abort';
import { atob, btoa } from './base64-text';
import { Buffer } from './buffer';
import { createConsole } from './console';
import { createCrypto, createWebCrypto } from './crypto';
import { CryptoKey } from './subtle-crypto';
import type { CryptoModule } from './crypto';
import { createDate } from './date';
import { DOMException } from './dom-exception';
import { engine } from './engine';
import type { ProcessEnvironment } from './environment';
import { createEventClasses } from './event-target';
import type { EmitterClass } from './event-emitter';
import { createEvents } from './events';
import { createInspector } from './inspect';
import type { Inspector } from './inspect';
import { createIntl } from './intl';
import { createJson } from './json';
import { createMath } from './math';
import { Output } from './output';
import { createPerformance, performanceClasses } from './performance';
import type { Performance } from './performance';
import { createProcess } from './process';
import type { Process, ProcessParts } from './process';
import { ObservedProxy } from './proxy';
import { shownStack } from './stack';
import { createStructuredClone } from './structured-clone';
import { createTimers } from './timers';
import type { Timers } from './timers';
import { createTimersPromises } from './timers-promises';
import { promisifyCustom } from './util';
import { HeldRef, IdleRegistry } from './weak-ref';

/** What the modules of a process share with its globals. */
export interface ProcessKit extends ProcessParts {
  readonly inspector: Inspector;
  readonly output: Output;
  readonly EventEmitter: EmitterClass;
  readonly timers: Timers;
  readonly timersPromises: ReturnType<typeof createTimersPromises>;
  readonly crypto: CryptoModule;
  readonly performance: Performance;
  readonly console: object;
}

const kits = new WeakMap<object, ProcessKit>();

/** The kit of a process, by its globals. */
export function kitOf(globals: object): ProcessKit {
  const kit = kits.get(globals);
  if (kit === undefined) throw new Error('These globals were not made by createNodeGlobals');
  return kit;
}

function processParts(environment: ProcessEnvironment) {
  const output = new Output(environment);
  const inspector = createInspector({
    promiseState: (promise) => output.promiseState(promise),
    stackOf: shownStack,
  });
  const events = createEventClasses({
    nowMs: () => environment.nowMs() - environment.startedAtMs,
    nextTick: (callback) => {
      environment.later(callback);
    },
  });
  const EventEmitter = createEvents(
    {
      inspect: inspector.inspect,
      emitWarning: (warning) => {
        parts.process.emitWarning(warning);
      },
      nextTick: (callback) => {
        environment.later(callback);
      },
    },
    (target, type) => events.listenersOf(target, type),
  );
  const parts = createProcess(environment, EventEmitter, output);
  return { output, inspector, events, EventEmitter, ...parts };
}

function ownStreams(process: Process) {
  const originals = { stdout: process.stdout, stderr: process.stderr };
  const writes = { stdout: process.stdout.write, stderr: process.stderr.write };
  return (stream: unknown) => {
    for (const name of ['stdout', 'stderr'] as const) {
      if (stream === originals[name] && originals[name].write === writes[name]) return name;
    }
    return undefined;
  };
}

function createProcessTimers(environment: ProcessEnvironment, process: Process) {
  const timers = createTimers({
    environment,
    emitWarning: (message, name) => {
      process.emitWarning(message, name);
    },
  });
  const timersPromises = createTimersPromises(timers);
  for (const name of ['setTimeout', 'setImmediate'] as const) {
    Object.defineProperty(timers[name], promisifyCustom, { value: timersPromises[name] });
  }
  return { timers, timersPromises };
}

/** A bundler renames functions whose names clash, or shortens all. */
function nameFunctions(globals: Record<string, unknown>): void {
  for (const [name, value] of Object.entries(globals)) {
    if (typeof value === 'function' && value.name !== name) {
      Object.defineProperty(value, 'name', { value: name, configurable: true });
    }
  }
}

export function createNodeGlobals(environment: ProcessEnvironment): Record<string, unknown> {
  const { events, ...parts } = processParts(environment);
  const { inspector, output, process } = parts;
  const { timers, timersPromises } = createProcessTimers(environment, process);
  const epochNow = () => environment.epochMs + environment.nowMs() + environment.skewMs();
  const VirtualDate = createDate(epochNow);
  const crypto = createCrypto(environment);
  const performance = createPerformance(environment);
  const console = createConsole(
    {
      inspector,
      output,
      nowMs: () => environment.nowMs(),
      emitWarning: (message) => {
        process.emitWarning(message);
      },
      ownStream: ownStreams(process),
    },
    { stdout: () => process.stdout, stderr: () => process.stderr },
  );
  const { Event, CustomEvent, EventTarget } = events;
  const { URL, URLSearchParams, TextEncoder, TextDecoder } = engine;
  const globals: Record<string, unknown> = {
    ...timers,
    ...createAbortClasses(environment, events),
    ...performanceClasses,
    Event,
    CustomEvent,
    EventTarget,
    DOMException,
    Buffer,
    console,
    process,
    performance,
    crypto: createWebCrypto(crypto),
    CryptoKey,
    structuredClone: createStructuredClone(VirtualDate),
    Date: VirtualDate,
    Math: createMath(() => environment.random()),
    Intl: createIntl(() => Math.floor(epochNow())),
    JSON: createJson(),
    Proxy: ObservedProxy,
    URL,
    URLSearchParams,
    TextEncoder,
    TextDecoder,
    WeakRef: HeldRef,
    FinalizationRegistry: IdleRegistry,
    btoa,
    atob,
  };
  nameFunctions(globals);
  kits.set(globals, { ...parts, timers, timersPromises, crypto, performance, console });
  return globals;
}

/**
 * The end of a process that ran out of things to do, died of an error or was stopped: emits `exit` unless it has been
 * emitted, writes what still waits to be written, and gives the exit code. The runtime ends the process after that.
 */
export function announceExit(globals: object, code?: number): number {
  return kitOf(globals).announceExit(code);
}

/** What waits for the state of a promise to be known is written now; for a process that is killed. */
export function flushOutput(globals: object): void {
  kitOf(globals).output.flush();
}
