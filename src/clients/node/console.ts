/**
 * `console` and `console.Console`.
 * Follows Node 20, `lib/internal/console/constructor.js` (MIT, copyright Node.js contributors).
 */
import { formatTable } from './console-table';
import { customInspectSymbol } from './inspect-context';
import type { InspectOptions } from './inspect-context';
import type { Inspector } from './inspect';
import { invalidArgType, nodeError, requireObject } from './node-error';
import { shownStack } from './stack';
import type { Output } from './output';
import type { OutputStream } from './environment';

/** What a console writes to: `process.stdout`, or anything of the user's with `write`. */
interface Writable {
  write(text: string): unknown;
}

export interface ConsoleServices {
  readonly inspector: Inspector;
  readonly output: Output;
  nowMs(): number;
  emitWarning(message: string): void;
  /** Which of the process's own streams this is, if it is one and nobody has changed its `write`. */
  ownStream(stream: Writable): OutputStream | undefined;
}

interface ConsoleOptions {
  readonly stdout: Writable;
  readonly stderr?: Writable;
  readonly inspectOptions?: InspectOptions;
  readonly groupIndentation?: number;
}

interface Target {
  readonly stream: () => Writable;
  readonly options: InspectOptions;
}

function formatDuration(milliseconds: number): string {
  const hours = Math.floor(milliseconds / 3_600_000);
  const minutes = Math.floor((milliseconds % 3_600_000) / 60_000);
  const seconds = (milliseconds % 60_000) / 1000;
  if (hours === 0 && minutes === 0) {
    return seconds >= 1 ? `${seconds.toFixed(3)}s` : `${Number(milliseconds.toFixed(3))}ms`;
  }
  const [whole = '', fraction = ''] = seconds.toFixed(3).split('.');
  const pad = (value: number | string) => String(value).padStart(2, '0');
  const start = hours === 0 ? String(minutes) : `${hours}:${pad(minutes)}`;
  return `${start}:${pad(whole)}.${fraction} (${hours === 0 ? '' : 'h:m'}m:ss.mmm)`;
}

class ConsoleCore {
  readonly services: ConsoleServices;
  readonly out: Target;
  readonly err: Target;
  readonly groupWidth: number;
  readonly counts = new Map<string, number>();
  readonly timers = new Map<string, number>();
  indent = '';

  constructor(services: ConsoleServices, out: Target, err: Target, groupWidth: number) {
    this.services = services;
    this.out = out;
    this.err = err;
    this.groupWidth = groupWidth;
  }

  print({ stream, options }: Target, args: unknown[]): void {
    this.write(stream(), args, (all) => this.services.inspector.formatWithOptions(options, ...all));
  }

  write(stream: Writable, args: unknown[], format: (args: unknown[]) => string): void {
    const { output, ownStream } = this.services;
    const { indent } = this;
    const line = (text: string) => `${indent}${indent === '' ? text : text.replaceAll('\n', `\n${indent}`)}\n`;
    const { text, unknown } = output.watch(() => format(args));
    const own = unknown.size === 0 ? undefined : ownStream(stream);
    if (own === undefined) {
      stream.write(line(text));
      return;
    }
    const kept = this.#keep(args);
    output.writeWhenKnown(own, unknown, () => line(format(kept)));
  }

  /** Arguments without promises as they are now, for a line that is written a microtask later. */
  #keep(args: unknown[]): unknown[] {
    const { inspector, output } = this.services;
    return args.map((arg) => {
      if ((typeof arg !== 'object' && typeof arg !== 'function') || arg === null) return arg;
      const { text, unknown } = output.watch(() => inspector.inspect(arg));
      return unknown.size === 0 ? { [customInspectSymbol]: () => text } : arg;
    });
  }

  logTime(name: string, label: string, data?: unknown[]): boolean {
    const start = this.timers.get(label);
    if (start === undefined) {
      this.services.emitWarning(`No such label '${label}' for console.${name}()`);
      return false;
    }
    const duration = formatDuration(this.services.nowMs() - start);
    this.print(this.out, ['%s: %s', label, duration, ...(data ?? [])]);
    return true;
  }
}

type Methods = Record<string, (...args: never[]) => void>;

function printingMethods(core: ConsoleCore): Methods {
  const log = (...args: unknown[]) => {
    core.print(core.out, args);
  };
  const warn = (...args: unknown[]) => {
    core.print(core.err, args);
  };
  return {
    log,
    info: (...args: unknown[]) => {
      log(...args);
    },
    debug: (...args: unknown[]) => {
      log(...args);
    },
    dirxml: (...args: unknown[]) => {
      log(...args);
    },
    warn,
    error: (...args: unknown[]) => {
      warn(...args);
    },
    dir(value: unknown, options?: InspectOptions) {
      core.write(core.out.stream(), [value], ([kept]) =>
        core.services.inspector.inspect(kept, { customInspect: false, ...core.out.options, ...options }),
      );
    },
    trace(...args: unknown[]) {
      const message = core.services.inspector.formatWithOptions(core.err.options, ...args);
      const frames = shownStack(new Error()).split('\n').slice(1);
      warn([message === '' ? 'Trace' : `Trace: ${message}`, ...frames].join('\n'));
    },
    assert(condition?: unknown, ...args: unknown[]) {
      if (condition) return;
      const [first, ...rest] = args;
      warn(args.length === 0 ? 'Assertion failed' : `Assertion failed: ${String(first)}`, ...rest);
    },
    table(data: unknown, properties?: string[]) {
      if (properties !== undefined && !Array.isArray(properties)) {
        throw invalidArgType('properties', 'Array', properties);
      }
      if (data === null || typeof data !== 'object') log(data);
      else log(formatTable(data, properties, core.services.inspector.inspect, core.out.options));
    },
  };
}

function countingMethods(core: ConsoleCore): Methods {
  const { emitWarning, nowMs } = core.services;
  return {
    count(label: unknown = 'default') {
      const name = String(label);
      const count = (core.counts.get(name) ?? 0) + 1;
      core.counts.set(name, count);
      core.print(core.out, [`${name}: ${count}`]);
    },
    countReset(label: unknown = 'default') {
      if (!core.counts.delete(String(label))) emitWarning(`Count for '${String(label)}' does not exist`);
    },
    group(...data: unknown[]) {
      if (data.length > 0) core.print(core.out, data);
      core.indent += ' '.repeat(core.groupWidth);
    },
    groupCollapsed(...data: unknown[]) {
      if (data.length > 0) core.print(core.out, data);
      core.indent += ' '.repeat(core.groupWidth);
    },
    groupEnd() {
      core.indent = core.indent.slice(0, Math.max(0, core.indent.length - core.groupWidth));
    },
    time(label: unknown = 'default') {
      const name = String(label);
      if (core.timers.has(name)) emitWarning(`Label '${name}' already exists for console.time()`);
      else core.timers.set(name, nowMs());
    },
    timeEnd(label: unknown = 'default') {
      if (core.logTime('timeEnd', String(label))) core.timers.delete(String(label));
    },
    timeLog(label: unknown = 'default', ...data: unknown[]) {
      core.logTime('timeLog', String(label), data);
    },
    clear() {
      // Nothing is a terminal here.
    },
  };
}

const isConsole = Symbol('kIsConsole');

function build(target: object, core: ConsoleCore): object {
  const { log, ...others } = printingMethods(core);
  // The order in which they are listed is Node's.
  const { warn, dir, trace, assert, table, debug, info, dirxml, error } = others;
  const { time, timeEnd, timeLog, clear, count, countReset, group, groupCollapsed, groupEnd } = countingMethods(core);
  Object.assign(target, { log, warn, dir, time, timeEnd, timeLog, trace, assert, clear, count, countReset, group });
  Object.assign(target, { groupEnd, table, debug, info, dirxml, error, groupCollapsed });
  Object.defineProperty(target, isConsole, { value: true });
  Object.defineProperty(target, Symbol.toStringTag, { value: 'console', configurable: true });
  return target;
}

function createConsoleClass(services: ConsoleServices): object {
  function Console(this: object, options: unknown, stderr?: Writable): object {
    const isStream = typeof options !== 'object' || options === null || 'write' in options;
    const given = (isStream ? { stdout: options, stderr } : options) as ConsoleOptions;
    const check = (stream: unknown, name: string): Writable => {
      const write: unknown = (stream as Writable | undefined)?.write;
      if (typeof write === 'function') return stream as Writable;
      const message = `Console expects a writable stream instance for ${name}`;
      throw nodeError(TypeError, 'ERR_CONSOLE_WRITABLE_STREAM', message);
    };
    const out = check(given.stdout, 'stdout');
    const err = check(given.stderr ?? out, 'stderr');
    if (given.inspectOptions !== undefined) requireObject(given.inspectOptions, 'options.inspectOptions');
    const inspectOptions = given.inspectOptions ?? {};
    const target =
      (new.target as unknown) === undefined ? (Object.create(Console.prototype as object) as object) : this;
    const core = new ConsoleCore(
      services,
      { stream: () => out, options: inspectOptions },
      { stream: () => err, options: inspectOptions },
      given.groupIndentation ?? 2,
    );
    return build(target, core);
  }
  Object.defineProperty(Console, Symbol.hasInstance, {
    value: (instance: unknown) =>
      typeof instance === 'object' && instance !== null && Reflect.get(instance, isConsole) === true,
  });
  return Console;
}

/** The global `console`. The streams are asked for each time, since `process.stdout` can be replaced. */
export function createConsole(
  services: ConsoleServices,
  streams: { stdout: () => Writable; stderr: () => Writable },
): object {
  const core = new ConsoleCore(
    services,
    { stream: streams.stdout, options: {} },
    { stream: streams.stderr, options: {} },
    2,
  );
  const console = build({}, core);
  Object.defineProperty(console, 'Console', {
    value: createConsoleClass(services),
    enumerable: true,
    writable: true,
    configurable: true,
  });
  return console;
}
