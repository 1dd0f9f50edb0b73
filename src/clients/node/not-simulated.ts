/** Modules of Node's that are not simulated, each with what is there instead. Their import fails with this sentence. */
const noFiles = 'there is no file system. Keep data in variables, in Redis, or import a .json file of the scenario.';
const noSockets = 'processes reach each other through the brokers, through fetch and through http on localhost.';
const noProcesses = 'add a process to the scenario instead; each one runs a file of its own.';
const noStreams = 'use EventEmitter, async iterators, or the streams of the simulated clients.';
const noEngine = 'the simulation has no view into the engine. The timeline and the metrics show what a run does.';

const sentences: Record<string, string> = {
  fs: noFiles,
  'fs/promises': noFiles,
  net: noSockets,
  tls: noSockets,
  dgram: noSockets,
  http2: 'use http, fetch or express, which are simulated.',
  dns: 'there are no names but localhost.',
  'dns/promises': 'there are no names but localhost.',
  child_process: noProcesses,
  cluster: noProcesses,
  worker_threads: noProcesses,
  stream: noStreams,
  'stream/promises': noStreams,
  'stream/consumers': noStreams,
  'stream/web': noStreams,
  zlib: 'send data as it is; messages have no real size limit here.',
  readline: 'a process has no terminal. Pass arguments and environment variables in the scenario, or publish messages.',
  'readline/promises':
    'a process has no terminal. Pass arguments and environment variables in the scenario, or publish messages.',
  repl: 'a process has no terminal. Edit the file and run it.',
  tty: 'standard output is not a terminal; process.stdout.isTTY is undefined.',
  vm: 'code cannot be compiled at run time. Put it into a file of the scenario and import it.',
  module: 'modules are resolved by the simulation. Use import and require.',
  v8: noEngine,
  inspector: noEngine,
  'inspector/promises': noEngine,
  trace_events: noEngine,
  diagnostics_channel: 'use an EventEmitter.',
  async_hooks: 'only AsyncLocalStorage is, and only where the runtime offers it.',
  test: 'use node:assert in a process, or an invariant of the scenario.',
  wasi: 'WebAssembly does not run here.',
  domain: 'it is deprecated. Use try and catch, or process.on.',
  punycode: 'it is deprecated. URL does the same for host names.',
  sys: 'it is deprecated. Use node:util.',
  sea: 'there is no executable to look into.',
  https: 'everything is on localhost, without certificates. Use http or fetch with http:// addresses.',
};

export const notSimulated: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(sentences).map(([name, rest]) => [name, `node:${name} is not simulated: ${rest}`]),
);
