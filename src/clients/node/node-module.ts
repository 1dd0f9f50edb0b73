/** The built-in modules of Node, each made when a process first asks for it. */
import { createAssert } from './assert';
import { Buffer } from './buffer';
import { isAscii, isUtf8, transcode } from './buffer-text';
import type { ProcessEnvironment } from './environment';
import { kitOf } from './globals';
import type { ProcessKit } from './globals';
import { createPath } from './path';
import { queryString } from './query-string';
import { StringDecoder } from './string-decoder';
import { createUrl } from './url';
import { createUtil, types } from './util';

interface Maker {
  readonly kit: ProcessKit;
  readonly globals: Record<string, unknown>;
  readonly environment: ProcessEnvironment;
  /** Another module of the same process. */
  module(name: string): unknown;
}

function bufferModule({ globals }: Maker) {
  const { btoa, atob } = globals;
  const constants = { MAX_LENGTH: 4294967296, MAX_STRING_LENGTH: 536870888 };
  return {
    Buffer,
    SlowBuffer: Buffer.allocUnsafeSlow,
    kMaxLength: constants.MAX_LENGTH,
    kStringMaxLength: constants.MAX_STRING_LENGTH,
    constants,
    isAscii,
    isUtf8,
    transcode,
    btoa,
    atob,
    INSPECT_MAX_BYTES: 50,
  };
}

function utilModule({ kit, environment }: Maker) {
  return createUtil({
    environment,
    inspector: kit.inspector,
    argv: () => kit.process.argv,
    emitWarning: (message, name, code) => {
      kit.process.emitWarning(message, name, code);
    },
    writeError: (text) => {
      kit.output.write('stderr', text);
    },
  });
}

function osModule({ environment }: Maker) {
  return {
    EOL: '\n',
    arch: () => 'x64',
    availableParallelism: () => 1,
    cpus: () => [{ model: 'simulated', speed: 0, times: { user: 0, nice: 0, sys: 0, idle: 0, irq: 0 } }],
    endianness: () => 'LE',
    freemem: () => 4_000_000_000,
    homedir: () => '/home/node',
    hostname: () => 'localhost',
    loadavg: () => [0, 0, 0],
    networkInterfaces: () => ({}),
    platform: () => 'linux',
    release: () => '6.1.0',
    tmpdir: () => '/tmp',
    totalmem: () => 8_000_000_000,
    type: () => 'Linux',
    uptime: () => environment.nowMs() / 1000,
    userInfo: () => ({ uid: 1000, gid: 1000, username: 'node', homedir: '/home/node', shell: '/bin/sh' }),
    version: () => '#1 SMP',
    constants: { signals: { SIGHUP: 1, SIGINT: 2, SIGQUIT: 3, SIGKILL: 9, SIGTERM: 15 } },
    devNull: '/dev/null',
  };
}

function perfHooksModule({ globals }: Maker) {
  const { performance, Performance, PerformanceEntry, PerformanceMark, PerformanceMeasure } = globals;
  return { performance, Performance, PerformanceEntry, PerformanceMark, PerformanceMeasure };
}

const makers: Record<string, (maker: Maker) => unknown> = {
  assert: ({ kit }) => createAssert(kit.inspector.inspect),
  'assert/strict': ({ module }) => (module('assert') as ReturnType<typeof createAssert>).strict,
  buffer: bufferModule,
  console: ({ kit }) => kit.console,
  crypto: ({ kit, globals }) => ({ ...kit.crypto, webcrypto: globals['crypto'] }),
  events: ({ kit }) => kit.EventEmitter,
  os: osModule,
  path: ({ kit }) => createPath(() => kit.process.cwd()),
  'path/posix': ({ module }) => module('path'),
  perf_hooks: perfHooksModule,
  process: ({ kit }) => kit.process,
  querystring: () => queryString,
  string_decoder: () => ({ StringDecoder }),
  timers: ({ kit }) => ({ ...kit.timers, promises: kit.timersPromises }),
  'timers/promises': ({ kit }) => kit.timersPromises,
  url: ({ module }) => createUrl((module('path') as ReturnType<typeof createPath>).resolve),
  util: utilModule,
  'util/types': () => types,
};

/** Without the prefix `node:`. */
export const nodeModuleNames: readonly string[] = Object.keys(makers);

const made = new WeakMap<object, Map<string, unknown>>();

/**
 * A built-in module for one process, the same object each time; `undefined` when there is none of that name here.
 * `name` is with or without `node:`. What `require` returns and the default import is this object; its properties are
 * the names that can be imported one by one.
 */
export function createNodeModule(
  name: string,
  globals: Record<string, unknown>,
  environment: ProcessEnvironment,
): unknown {
  const plain = name.startsWith('node:') ? name.slice('node:'.length) : name;
  const make = Object.hasOwn(makers, plain) ? makers[plain] : undefined;
  if (make === undefined) return undefined;
  const modules = made.get(globals) ?? new Map<string, unknown>();
  made.set(globals, modules);
  if (!modules.has(plain)) {
    const module = (other: string) => createNodeModule(other, globals, environment);
    modules.set(plain, make({ kit: kitOf(globals), globals, environment, module }));
  }
  return modules.get(plain);
}
