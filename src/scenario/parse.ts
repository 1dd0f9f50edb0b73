import { readComparison } from './parse-comparison';
import { limits, linkDefaults, scenarioDefaults } from './limits';
import { readBrokers } from './parse-brokers';
import { readFaults } from './parse-faults';
import { parseIntervention } from './parse-intervention';
import { isFileName, isProcessName, parseLink, serviceOf, utf8Bytes } from './parse-parts';
import type { Problem } from './problem';
import { type Fields, pathTo, Reader } from './reader';
import type { Layout, NetworkSpec, ProcessSpec, Scenario } from './scenario';
import { serializeScenario } from './serialize';

export type ParsedScenario =
  /** `warnings` are about what was left out: the scenario runs without it. */
  | { readonly type: 'scenario'; readonly scenario: Scenario; readonly warnings: readonly Problem[] }
  | { readonly type: 'problems'; readonly problems: readonly Problem[] };

/**
 * Reads a scenario from JSON data: an exported one with its files inside, or a folder's `scenario.json` together with
 * its files. What is absent gets its default; interventions are put in order of time. All problems are found at once.
 */
export function parseScenario(value: unknown, files?: Readonly<Record<string, string>>): ParsedScenario {
  const reader = new Reader();
  const scenario = readScenario(reader, value, files);
  if (reader.problems.length > 0) return { type: 'problems', problems: reader.problems };
  return { type: 'scenario', scenario, warnings: reader.warnings };
}

/** What would keep this scenario from being opened again, were it sent or stored as it is. */
export function checkScenario(scenario: Scenario): readonly Problem[] {
  const parsed = parseScenario(serializeScenario(scenario));
  return parsed.type === 'problems' ? parsed.problems : [];
}

const scenarioKeys: readonly string[] = [
  'eventarium',
  'title',
  'about',
  'durationMs',
  'seed',
  'speed',
  'startedAt',
  'processes',
  'network',
  'interventions',
  'faults',
  'brokers',
  'files',
  'note',
  'comparison',
  'layout',
] satisfies (keyof Scenario | 'eventarium')[];

function readScenario(reader: Reader, value: unknown, given: Readonly<Record<string, string>> | undefined): Scenario {
  const raw = reader.object(value, '', scenarioKeys) ?? {};
  const files = readFiles(reader, given ?? raw['files']);
  const processes = readProcesses(reader, raw['processes'], files);
  const services = new Set(processes.map((each) => each.name));
  const interventions = reader
    .list(raw['interventions'], 'interventions', limits.interventionsMax)
    .map((each, index) => parseIntervention(reader, each, `interventions[${index}]`, { files, services }))
    .sort((a, b) => a.atMs - b.atMs);
  const edits = interventions.map((each) => (each.type === 'file.edit' ? each.source : ''));
  const bytes = [...Object.values(files), ...edits].reduce((sum, source) => sum + utf8Bytes(source), 0);
  if (bytes > limits.sourceBytesMax) {
    reader.problem({ type: 'too-large', path: 'files', bytes, bytesMax: limits.sourceBytesMax });
  }
  const { about, durationMs, seed, speed, note } = scenarioDefaults;
  const scenario: Scenario = {
    title: reader.text(raw['title'], 'title', limits.titleCharsMax),
    about: reader.text(raw['about'], 'about', limits.textCharsMax, about),
    durationMs: reader.number(raw['durationMs'], 'durationMs', { min: 0, max: limits.durationMsMax }, durationMs),
    seed: reader.number(raw['seed'], 'seed', { min: 0, max: limits.seedMax, whole: true }, seed),
    speed: reader.number(raw['speed'], 'speed', { min: limits.speedMin, max: limits.speedMax }, speed),
    startedAt: readInstant(reader, raw['startedAt'], 'startedAt'),
    processes,
    network: readNetwork(reader, raw['network'], services),
    interventions,
    ...readFaults(reader, raw['faults'], services),
    ...readBrokers(reader, raw['brokers']),
    files,
    note: reader.text(raw['note'], 'note', limits.textCharsMax, note),
    ...readComparison(reader, raw['comparison'], processes),
    ...readLayout(reader, raw['layout']),
  };
  warnOfWhatNeverBegins(reader, scenario);
  return scenario;
}

function warnOfWhatNeverBegins(reader: Reader, { durationMs, processes, faults = [] }: Scenario): void {
  const warn = (path: string, atMs: number): void => {
    if (atMs > durationMs) reader.warning({ type: 'after-end', path, durationMs });
  };
  for (const [index, { startAtMs }] of processes.entries()) warn(`processes[${index}].startAtMs`, startAtMs);
  for (const [index, { fromMs = 0 }] of faults.entries()) warn(`faults[${index}].fromMs`, fromMs);
}

function readFiles(reader: Reader, value: unknown): Readonly<Record<string, string>> {
  const raw = Object.entries(reader.object(value, 'files') ?? {});
  if (raw.length > limits.filesMax) {
    reader.problem({ type: 'too-many', path: 'files', count: raw.length, max: limits.filesMax });
    return {};
  }
  const files: [string, string][] = [];
  for (const [name, source] of raw) {
    const path = pathTo('files', name);
    if (!isFileName(name)) reader.problem({ type: 'bad-file-name', path: 'files', name });
    files.push([name, readSource(reader, source, path)]);
  }
  return Object.fromEntries(files);
}

function readSource(reader: Reader, value: unknown, path: string): string {
  const source = reader.text(value, path, Infinity);
  const bytes = utf8Bytes(source);
  if (bytes > limits.fileBytesMax) reader.problem({ type: 'too-large', path, bytes, bytesMax: limits.fileBytesMax });
  return source;
}

function readProcesses(reader: Reader, value: unknown, files: Fields): readonly ProcessSpec[] {
  if (value === undefined) reader.problem({ type: 'missing', path: 'processes' });
  const processes = reader
    .list(value, 'processes', limits.processesMax)
    .map((each, index) => readProcess(reader, each, `processes[${index}]`));
  const names = new Set<string>();
  for (const [index, { name, file }] of processes.entries()) {
    const path = `processes[${index}]`;
    if (name === '' || file === '') continue;
    if (names.has(name)) reader.problem({ type: 'name-taken', path: `${path}.name`, name });
    names.add(name);
    if (!Object.hasOwn(files, file)) reader.problem({ type: 'unknown-file', path: `${path}.file`, file });
  }
  return processes;
}

const processKeys = ['name', 'file', 'args', 'env', 'startAtMs', 'replicas'] satisfies (keyof ProcessSpec)[];

function readProcess(reader: Reader, value: unknown, path: string): ProcessSpec {
  const raw = reader.object(value, path, processKeys);
  if (raw === undefined) return { name: '', file: '', args: [], env: {}, startAtMs: 0, replicas: 1 };
  const name = reader.text(raw['name'], `${path}.name`, limits.nameCharsMax);
  if (typeof raw['name'] === 'string' && !isProcessName(name)) {
    reader.problem({ type: 'bad-process-name', path: `${path}.name`, name });
  }
  return {
    name,
    file: reader.text(raw['file'], `${path}.file`, limits.fileNameCharsMax),
    args: reader
      .list(raw['args'], `${path}.args`, limits.argsMax)
      .map((each, index) => reader.text(each, `${path}.args[${index}]`, limits.textCharsMax)),
    env: readEnv(reader, raw['env'], `${path}.env`),
    startAtMs: reader.number(raw['startAtMs'], `${path}.startAtMs`, { min: 0, max: limits.durationMsMax }, 0),
    replicas: reader.number(raw['replicas'], `${path}.replicas`, { min: 1, max: limits.replicasMax, whole: true }, 1),
  };
}

function readEnv(reader: Reader, value: unknown, path: string): Readonly<Record<string, string>> {
  const raw = Object.entries(value === undefined ? {} : (reader.object(value, path) ?? {}));
  if (raw.length > limits.envMax) {
    reader.problem({ type: 'too-many', path, count: raw.length, max: limits.envMax });
    return {};
  }
  // Entries, not assignments: a variable called `__proto__` is a variable.
  return Object.fromEntries(raw.map(([key, each]) => [key, reader.text(each, pathTo(path, key), limits.textCharsMax)]));
}

function readNetwork(reader: Reader, value: unknown, services: ReadonlySet<string>): NetworkSpec {
  if (value === undefined) return { default: linkDefaults, links: [] };
  const raw = reader.object(value, 'network', ['default', 'links'] satisfies (keyof NetworkSpec)[]) ?? {};
  const preset = raw['default'] === undefined ? {} : parseLink(reader, raw['default'], 'network.default', []);
  const links = reader.list(raw['links'], 'network.links', limits.linksMax).map((each, index) => {
    const path = `network.links[${index}]`;
    const raw = reader.object(each, path);
    if (raw === undefined) return { from: '', to: '' };
    const { from, to } = raw;
    return {
      from: reader.text(from, `${path}.from`, limits.nameCharsMax),
      to: reader.text(to, `${path}.to`, limits.nameCharsMax),
      ...parseLink(reader, each, path, ['from', 'to']),
    };
  });
  for (const [index, { from, to }] of links.entries()) {
    // One end may be a broker, which exists only once the code has declared it; a replica must belong to a service.
    for (const end of [from, to]) {
      const service = serviceOf(end);
      if (service === end || services.has(service)) continue;
      reader.warning({ type: 'unknown-process', path: `network.links[${index}]`, process: end });
    }
  }
  return { default: { ...linkDefaults, ...preset }, links };
}

/** A place of something that is not there is kept: it may come into being later in the run. */
function readLayout(reader: Reader, value: unknown): { readonly layout?: Layout } {
  const raw = value === undefined ? [] : Object.entries(reader.object(value, 'layout') ?? {});
  if (raw.length > limits.layoutMax) {
    reader.problem({ type: 'too-many', path: 'layout', count: raw.length, max: limits.layoutMax });
  }
  if (raw.length === 0 || raw.length > limits.layoutMax) return {};
  const range = { min: -limits.placePxMax, max: limits.placePxMax, whole: true };
  const places = raw.map(([id, each]) => {
    const path = pathTo('layout', id);
    if (id.length > limits.nameCharsMax) reader.problem({ type: 'too-long', path, charsMax: limits.nameCharsMax });
    const place = reader.object(each, path, ['x', 'y']) ?? { x: 0, y: 0 };
    const x = reader.number(place['x'], `${path}.x`, range);
    return [id, { x, y: reader.number(place['y'], `${path}.y`, range) }] as const;
  });
  return { layout: Object.fromEntries(places) };
}

function readInstant(reader: Reader, value: unknown, path: string): string {
  if (value === undefined) return scenarioDefaults.startedAt;
  const text = reader.text(value, path, limits.nameCharsMax);
  if (typeof value !== 'string') return text;
  const isInstant = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d)$/.test(text);
  if (!isInstant || Number.isNaN(Date.parse(text))) reader.problem({ type: 'bad-instant', path });
  return text;
}
