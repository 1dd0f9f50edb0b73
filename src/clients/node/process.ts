/**
 * `process`. Its end is in three steps, so that the runtime can end it from outside as well: `exit` is emitted, what is
 * still to be written is written, and the environment takes it from there.
 */
import type { ProcessEnvironment } from './environment';
import { onceWrapper } from './event-emitter';
import type { Emitter, EmitterClass, EventName, Listener } from './event-emitter';
import { invalidArgType, nodeError, requireFunction, requireInteger, requireString } from './node-error';
import type { Output } from './output';
import { createProcessStream } from './process-stream';
import type { ProcessStream } from './process-stream';

export const nodeVersion = 'v20.20.2';
const workingDirectory = '/app';

export interface Process extends Emitter {
  readonly stdout: ProcessStream;
  readonly stderr: ProcessStream;
  readonly pid: number;
  argv: string[];
  exitCode: unknown;
  exit(code?: unknown): never;
  cwd(): string;
  emitWarning(warning: unknown, ...rest: unknown[]): void;
  nextTick(callback: (...args: never[]) => unknown, ...args: unknown[]): void;
}

export interface ProcessParts {
  readonly process: Process;
  /** Emits `exit`, once, as at the end of the program, and gives the code with which the process ends. */
  announceExit(code?: number): number;
}

function wholeCode(value: unknown): number | undefined {
  if (value === undefined || value === null) return undefined;
  const code: unknown = typeof value === 'string' && value !== '' ? Number(value) : value;
  if (Number.isNaN(code)) throw invalidArgType('code', 'number', value);
  requireInteger(code, 'code');
  return code;
}

function timeFunctions(environment: ProcessEnvironment) {
  const elapsedMs = () => environment.nowMs() - environment.startedAtMs;
  const hrtime = (previous?: [number, number]): [number, number] => {
    const nanoseconds = Math.round(environment.nowMs() * 1e6);
    let seconds = Math.floor(nanoseconds / 1e9);
    let rest = nanoseconds % 1e9;
    if (previous !== undefined) {
      if (!Array.isArray(previous)) throw invalidArgType('time', 'Array', previous);
      seconds -= previous[0];
      rest -= previous[1];
      if (rest < 0) {
        seconds -= 1;
        rest += 1e9;
      }
    }
    return [seconds, rest];
  };
  return {
    hrtime: Object.assign(hrtime, { bigint: () => BigInt(Math.round(environment.nowMs() * 1e6)) }),
    uptime: () => elapsedMs() / 1000,
  };
}

// Fixed, as if every process were the same size all its life.
const memory = {
  rss: 48_000_000,
  heapTotal: 6_000_000,
  heapUsed: 5_000_000,
  external: 1_500_000,
  arrayBuffers: 10_000,
};

const fixedFunctions = {
  cwd: () => workingDirectory,
  memoryUsage: Object.assign(() => ({ ...memory }), { rss: () => memory.rss }),
  cpuUsage: () => ({ user: 0, system: 0 }),
  resourceUsage: () => ({ userCPUTime: 0, systemCPUTime: 0, maxRSS: memory.rss / 1000 }),
  umask: () => 0o22,
  hasUncaughtExceptionCaptureCallback: () => false,
  getuid: () => 1000,
  getgid: () => 1000,
  geteuid: () => 1000,
  getegid: () => 1000,
  chdir() {
    throw new Error('process.chdir() is not simulated: there is no file system, and the working directory is /app.');
  },
};

const fixedProperties = {
  title: 'node',
  version: nodeVersion,
  versions: { node: nodeVersion.slice(1), v8: '11.3.244.8-node.38', uv: '1.46.0', modules: '115' },
  arch: 'x64',
  platform: 'linux',
  release: { name: 'node', lts: 'Iron' },
  execPath: '/usr/local/bin/node',
  execArgv: [] as string[],
  argv0: 'node',
  ppid: 1,
  exitCode: undefined as unknown,
  config: {},
  features: {},
};

interface WarningDetails {
  readonly type?: string;
  readonly code?: string;
  readonly detail?: string;
}

function warningOf(warning: unknown, rest: unknown[]): Error {
  if (warning instanceof Error) return warning;
  if (typeof warning !== 'string') throw invalidArgType('warning', ['Error', 'string'], warning);
  const [type, code] = rest;
  const details: WarningDetails = typeof type === 'object' && type !== null ? type : {};
  const name = typeof type === 'string' ? type : (details.type ?? 'Warning');
  const error = Object.assign(new Error(warning), { name });
  const given = typeof code === 'string' ? code : details.code;
  if (given !== undefined) Object.assign(error, { code: given });
  return details.detail === undefined ? error : Object.assign(error, { detail: details.detail });
}

/** Writes warnings as Node does, the first one with a hint. */
function warningWriter(environment: ProcessEnvironment, output: Output) {
  let hasHinted = false;
  return (warning: Error & { code?: string; detail?: string }): void => {
    const code = warning.code === undefined ? '' : `[${warning.code}] `;
    let text = `(node:${environment.pid}) ${code}${String(warning)}`;
    if (typeof warning.detail === 'string') text += `\n${warning.detail}`;
    if (!hasHinted) {
      const flag = warning.name === 'DeprecationWarning' ? '--trace-deprecation' : '--trace-warnings';
      text += `\n(Use \`node ${flag} ...\` to show where the warning was created)`;
      hasHinted = true;
    }
    output.write('stderr', `${text}\n`);
  };
}

/** What listens to a process runs as the code that began to listen. */
function bindListeners(process: Emitter, EventEmitter: EmitterClass, environment: ProcessEnvironment): void {
  const bound = (listener: Listener): Listener => {
    requireFunction(listener, 'listener');
    return Object.assign(environment.bind(listener), { listener: listener.listener ?? listener });
  };
  const { on, prependListener } = EventEmitter.prototype;
  const add = (name: EventName, listener: Listener) => Reflect.apply(on, process, [name, bound(listener)]);
  const hidden = {
    on: add,
    addListener: add,
    prependListener: (name: EventName, listener: Listener) =>
      Reflect.apply(prependListener, process, [name, bound(listener)]),
    once(name: EventName, listener: Listener) {
      const wrapped = onceWrapper(process, name, bound(listener));
      wrapped.listener = listener;
      return Reflect.apply(on, process, [name, wrapped]);
    },
  };
  for (const [key, value] of Object.entries(hidden)) {
    Object.defineProperty(process, key, { value, writable: true, configurable: true });
  }
}

function endFunctions(process: Process, environment: ProcessEnvironment, output: Output) {
  let isExiting = false;
  const announceExit = (code?: number): number => {
    if (code !== undefined) process.exitCode = code;
    if (!isExiting) {
      isExiting = true;
      process.emit('exit', Number(process.exitCode ?? 0));
    }
    output.flush();
    return Number(process.exitCode ?? 0);
  };
  return {
    announceExit,
    exit(code?: unknown): never {
      const ended = announceExit(wholeCode(code));
      return environment.exit(ended);
    },
    abort(): never {
      return environment.exit(134);
    },
    kill(pid: unknown, signal: unknown = 'SIGTERM'): true {
      requireInteger(pid, 'pid');
      if (environment.kill === undefined) {
        throw new Error('process.kill() is not simulated. Crash or stop the process from the workbench instead.');
      }
      if (signal !== 0) requireString(signal, 'signal');
      if (environment.kill(pid, String(signal))) return true;
      throw Object.assign(new Error('kill ESRCH'), { errno: -3, code: 'ESRCH', syscall: 'kill' });
    },
  };
}

export function createProcess(
  environment: ProcessEnvironment,
  EventEmitter: EmitterClass,
  output: Output,
): ProcessParts {
  const process = new EventEmitter() as Process;
  // The class is called `process`, as printing it shows.
  const constructor = Object.defineProperty(function () {}, 'name', { value: 'process' });
  const prototype = Object.create(EventEmitter.prototype, { constructor: { value: constructor } }) as object;
  Object.setPrototypeOf(process, prototype);
  const { announceExit, ...ends } = endFunctions(process, environment, output);
  const writeWarning = warningWriter(environment, output);
  Object.assign(process, fixedProperties, fixedFunctions, timeFunctions(environment), ends, {
    argv: [...environment.argv],
    env: environmentVariables(environment.env),
    pid: environment.pid,
    stdout: createProcessStream(EventEmitter, 'stdout', output, environment),
    stderr: createProcessStream(EventEmitter, 'stderr', output, environment),
    stdin: Object.assign(new EventEmitter(), { fd: 0, setEncoding: () => undefined, resume: () => undefined }),
    nextTick(callback: unknown, ...args: unknown[]): void {
      requireFunction(callback, 'callback');
      environment.later(() => Reflect.apply(callback, undefined, args) as unknown);
    },
    emitWarning(warning: unknown, ...rest: unknown[]): void {
      const error = warningOf(warning, rest);
      environment.nextTick(() => {
        writeWarning(error);
        process.emit('warning', error);
      });
    },
    binding() {
      throw nodeError(Error, 'ERR_INVALID_MODULE', 'No such module');
    },
  });
  bindListeners(process, EventEmitter, environment);
  validateExitCode(process);
  Object.defineProperty(process, Symbol.toStringTag, { value: 'process', configurable: true });
  return { process, announceExit };
}

function validateExitCode(process: Process): void {
  let current: unknown;
  Object.defineProperty(process, 'exitCode', {
    enumerable: true,
    configurable: true,
    get: () => current,
    set(code: unknown) {
      wholeCode(code);
      current = code;
    },
  });
}

/** Whatever is assigned becomes a string, as in Node. */
function environmentVariables(initial: Readonly<Record<string, string>>): Record<string, string> {
  return new Proxy(
    { ...initial },
    {
      set(target, key, value: unknown) {
        if (typeof key === 'symbol') throw new TypeError('Cannot convert a Symbol value to a string');
        target[key] = String(value);
        return true;
      },
      defineProperty(target, key, descriptor) {
        return Reflect.defineProperty(target, key, { ...descriptor, value: String(descriptor.value) });
      },
    },
  );
}
