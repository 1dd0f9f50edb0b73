import { requestTarget } from '../clients/http/request-url';
import { isJson } from '../log/check-parts';
import type { Fault, Intervention, InterventionType, PolicyRule } from '../log/entry';
import { limits } from './limits';
import { readRule } from './parse-definitions';
import { readFault } from './parse-faults';
import { parseLink, serviceOf, utf8Bytes } from './parse-parts';
import type { Fields, Reader } from './reader';
import type { PlannedIntervention } from './scenario';

/** What the names in an intervention are looked up in. */
export interface Surroundings {
  readonly files: Fields;
  readonly services: ReadonlySet<string>;
}

/**
 * Reads one intervention. A process or file that does not exist is only a warning: a run refuses such an intervention
 * with an entry of its own, and a link made from that run has to open.
 */
export function parseIntervention(
  reader: Reader,
  value: unknown,
  path: string,
  around: Surroundings,
): PlannedIntervention {
  const raw = reader.object(value, path);
  if (raw === undefined) return nothing;
  const { type } = raw;
  if (typeof type !== 'string' || !isInterventionType(type)) {
    reader.problem({ type: 'unknown-choice', path: `${path}.type`, choices: interventionTypes });
    return nothing;
  }
  reader.object(value, path, ['type', 'atMs', ...keysOf[type], 'disabled']);
  const intervention = readIntervention(reader, type, { raw, path, around });
  const { disabled } = raw;
  const isDisabled = disabled !== undefined && reader.flag(disabled, `${path}.disabled`);
  return isDisabled ? { ...intervention, disabled: true } : intervention;
}

interface Place {
  readonly raw: Fields;
  readonly path: string;
  readonly around: Surroundings;
}

function readIntervention(reader: Reader, type: InterventionType, { raw, path, around }: Place): Intervention {
  const atMs = reader.number(raw['atMs'], `${path}.atMs`, { min: 0, max: limits.durationMsMax });
  const name = (key: string): string => reader.text(raw[key], `${path}.${key}`, limits.nameCharsMax);
  const whole = (key: string, min: number, max: number): number =>
    reader.number(raw[key], `${path}.${key}`, { min, max, whole: true });
  const service = (key: string): string => {
    const process = name(key);
    if (!around.services.has(serviceOf(process))) {
      reader.warning({ type: 'unknown-process', path: `${path}.${key}`, process });
    }
    return process;
  };
  if (isOfReceiver(type))
    return readOfReceiver(
      reader,
      type,
      { raw, path },
      { atMs, process: service('process'), receiver: name('receiver') },
    );
  if (isOfEndpoint(type)) return readOfEndpoint(reader, type, { raw, path }, { atMs, broker: name('broker') });
  switch (type) {
    case 'message.publish':
      return { type, atMs, broker: name('broker'), ...readPublication(reader, raw, path) };
    case 'message.resend': {
      const given = raw['queue'];
      const queue = given === undefined ? {} : { queue: reader.text(given, `${path}.queue`, limits.urlCharsMax) };
      return { type, atMs, broker: name('broker'), message: name('message'), ...queue };
    }
    case 'group.set-id':
      return { type, atMs, broker: name('broker'), ...readMove(reader, raw, path) };
    case 'policy.set':
    case 'policy.clear':
      return { ...readPolicy(reader, type, raw, path), atMs, broker: name('broker'), name: name('name') };
    case 'replay.start':
      return { type, atMs, broker: name('broker'), process: service('process'), ...readReplay(reader, raw, path) };
    case 'projection.rebuild':
      return { type, atMs, broker: name('broker'), process: service('process'), projection: name('projection') };
    case 'message.redrive':
      return { type, atMs, broker: name('broker'), ...readRedrive(reader, raw, path) };
    case 'http.request':
      return { type, atMs, ...readRequest(reader, raw, path) };
    case 'process.crash':
      return { type, atMs, process: service('process'), ...readRestart(reader, raw, path) };
    case 'process.stop':
    case 'process.restart':
      return { type, atMs, process: service('process') };
    case 'process.scale':
      return { type, atMs, service: service('service'), replicas: whole('replicas', 0, limits.replicasMax) };
    case 'broker.scale':
      return { type, atMs, broker: name('broker'), workers: whole('workers', 0, limits.workersMax) };
    case 'file.edit':
      return { type, atMs, ...readEdit(reader, raw, path, around.files) };
    case 'link.change': {
      const link = parseLink(reader, raw['link'], `${path}.link`, []);
      return { type, atMs, from: name('from'), to: name('to'), link };
    }
    case 'broker.stop':
    case 'broker.start':
      return { type, atMs, broker: name('broker') };
    case 'fault.begin':
      return { type, atMs, ...readFaultToBegin(reader, raw, path, around) };
    case 'fault.end':
      return { type, atMs, name: reader.text(raw['name'], `${path}.name`, limits.textCharsMax) };
    case 'experiment.switch':
      return { type, atMs, ...readSwitch(reader, raw, path) };
  }
}

function readFaultToBegin(
  reader: Reader,
  raw: Fields,
  path: string,
  { services }: Surroundings,
): { fault: Fault; forMs?: number } {
  const fault = readFault(reader, raw['fault'], `${path}.fault`, { services, others: [] });
  const { forMs } = raw;
  if (forMs === undefined) return { fault };
  return { fault, forMs: reader.number(forMs, `${path}.forMs`, { min: 0, max: limits.durationMsMax }) };
}

function readSwitch(reader: Reader, raw: Fields, path: string): { experiment: string; version?: string } {
  const experiment = reader.text(raw['experiment'], `${path}.experiment`, limits.nameCharsMax);
  const { version } = raw;
  return version === undefined
    ? { experiment }
    : { experiment, version: reader.text(version, `${path}.version`, limits.nameCharsMax) };
}

type OfReceiver = Extract<Intervention, { readonly receiver: string }>;

function isOfReceiver(type: InterventionType): type is OfReceiver['type'] {
  return (keysOf[type] as readonly string[]).includes('receiver');
}

function readOfReceiver(
  reader: Reader,
  type: OfReceiver['type'],
  { raw, path }: Omit<Place, 'around'>,
  of: { readonly atMs: number; readonly process: string; readonly receiver: string },
): OfReceiver {
  switch (type) {
    case 'receiver.pause':
    case 'receiver.resume':
      return { type, ...of };
    case 'receiver.retry': {
      const events = reader
        .list(raw['events'], `${path}.events`, limits.redrivenMax)
        .map((each, at) => reader.text(each, `${path}.events[${String(at)}]`, limits.nameCharsMax));
      return { type, ...of, ...(raw['events'] !== undefined && { events }) };
    }
    case 'receiver.issue': {
      const as = raw['as'] === 'acknowledged' ? 'acknowledged' : 'resolved';
      if (as !== raw['as'])
        reader.problem({ type: 'unknown-choice', path: `${path}.as`, choices: ['acknowledged', 'resolved'] });
      return { type, ...of, issue: reader.text(raw['issue'], `${path}.issue`, limits.nameCharsMax), as };
    }
  }
}

/** Stands for one that cannot be read. */
const nothing: Intervention = { type: 'process.crash', atMs: 0, process: '' };

function readRestart(reader: Reader, { restartAfterMs }: Fields, path: string): { restartAfterMs?: number } {
  if (restartAfterMs === undefined) return {};
  const range = { min: 0, max: limits.durationMsMax };
  return { restartAfterMs: reader.number(restartAfterMs, `${path}.restartAfterMs`, range) };
}

function readEdit(reader: Reader, raw: Fields, path: string, files: Fields): { file: string; source: string } {
  const file = reader.text(raw['file'], `${path}.file`, limits.fileNameCharsMax);
  const source = reader.text(raw['source'], `${path}.source`, Infinity);
  const bytes = utf8Bytes(source);
  if (bytes > limits.fileBytesMax) {
    reader.problem({ type: 'too-large', path: `${path}.source`, bytes, bytesMax: limits.fileBytesMax });
  }
  if (!Object.hasOwn(files, file)) reader.warning({ type: 'unknown-file', path: `${path}.file`, file });
  return { file, source };
}

type OfEndpoint = Extract<Intervention, { readonly type: `endpoint.${string}` }>;

function isOfEndpoint(type: InterventionType): type is OfEndpoint['type'] {
  return type.startsWith('endpoint.');
}

function readOfEndpoint(
  reader: Reader,
  type: OfEndpoint['type'],
  { raw, path }: Omit<Place, 'around'>,
  when: { readonly atMs: number; readonly broker: string },
): OfEndpoint {
  const of = { ...when, queue: reader.text(raw['queue'], `${path}.queue`, limits.urlCharsMax) };
  switch (type) {
    case 'endpoint.disable':
    case 'endpoint.enable':
      return { type, ...of };
    case 'endpoint.rotate-secret': {
      const { secret } = raw;
      const given = secret === undefined ? {} : { secret: reader.text(secret, `${path}.secret`, limits.nameCharsMax) };
      return { type, ...of, ...given };
    }
    case 'endpoint.recover': {
      const { sinceMs } = raw;
      const range = { min: 0, max: limits.durationMsMax };
      const which = raw['which'] === 'missing' ? 'missing' : 'failed';
      if (raw['which'] !== which)
        reader.problem({ type: 'unknown-choice', path: `${path}.which`, choices: ['failed', 'missing'] });
      const since = sinceMs === undefined ? {} : { sinceMs: reader.number(sinceMs, `${path}.sinceMs`, range) };
      return { type, ...of, which, ...since };
    }
  }
}

function readPublication(reader: Reader, { event, data }: Fields, path: string): { event: string; data?: unknown } {
  if (!isJson(data)) reader.problem({ type: 'bad-json', path: `${path}.data` });
  return {
    event: reader.text(event, `${path}.event`, limits.titleCharsMax),
    ...(data !== undefined && { data }),
  };
}

function readPolicy(
  reader: Reader,
  type: 'policy.set' | 'policy.clear',
  raw: Fields,
  path: string,
): { type: 'policy.set'; policy: PolicyRule } | { type: 'policy.clear' } {
  if (type === 'policy.clear') return { type };
  const at = `${path}.policy`;
  // Nested values belong to no setting that there is; the broker refuses them.
  return { type, policy: readRule(reader, reader.object(raw['policy'], at) ?? {}, at) as PolicyRule };
}

function readMove(reader: Reader, raw: Fields, path: string): { queue: string; group: string; id: string } {
  const text = (key: string): string => reader.text(raw[key], `${path}.${key}`, limits.urlCharsMax);
  return { queue: text('queue'), group: text('group'), id: text('id') };
}

type Replay = Extract<Intervention, { readonly type: 'replay.start' }>;

function readReplay(reader: Reader, raw: Fields, path: string): Omit<Replay, 'type' | 'atMs' | 'broker' | 'process'> {
  const texts = (['listener', 'pattern', 'correlation', 'publisher'] as const)
    .filter((key) => raw[key] !== undefined)
    .map((key) => [key, reader.text(raw[key], `${path}.${key}`, limits.nameCharsMax)]);
  const instants = (['fromMs', 'toMs'] as const)
    .filter((key) => raw[key] !== undefined)
    .map((key) => [key, reader.number(raw[key], `${path}.${key}`, { min: 0, max: limits.durationMsMax })]);
  const { suppressEffects } = raw;
  const muted =
    suppressEffects === undefined ? [] : [['suppressEffects', reader.flag(suppressEffects, `${path}.suppressEffects`)]];
  return Object.fromEntries([...texts, ...instants, ...muted]) as Omit<Replay, 'type' | 'atMs' | 'broker' | 'process'>;
}

type Redrive = Extract<Intervention, { readonly type: 'message.redrive' }>;

function readRedrive(reader: Reader, raw: Fields, path: string): Omit<Redrive, 'type' | 'atMs' | 'broker'> {
  const { messages, listener, data } = raw;
  const queue = reader.text(raw['queue'], `${path}.queue`, limits.urlCharsMax);
  const ids = reader
    .list(messages, `${path}.messages`, limits.redrivenMax)
    .map((each, at) => reader.text(each, `${path}.messages[${String(at)}]`, limits.nameCharsMax));
  if (!isJson(data)) reader.problem({ type: 'bad-json', path: `${path}.data` });
  return {
    queue,
    ...(messages !== undefined && { messages: ids }),
    ...(listener !== undefined && { listener: reader.text(listener, `${path}.listener`, limits.nameCharsMax) }),
    ...(data !== undefined && { data }),
  };
}

type Request = Extract<Intervention, { readonly type: 'http.request' }>;

const token = /^[!#$%&'*+\-.^_`|~\w]+$/;

function readRequest(reader: Reader, raw: Fields, path: string): Omit<Request, 'type' | 'atMs'> {
  const wrong = (key: string, part: 'method' | 'url' | 'header'): void => {
    reader.problem({ type: 'bad-request', path: `${path}.${key}`, part });
  };
  const method = reader.text(raw['method'], `${path}.method`, limits.nameCharsMax, 'GET');
  if (!token.test(method)) wrong('method', 'method');
  const url = reader.text(raw['url'], `${path}.url`, limits.urlCharsMax);
  if (url !== '' && requestTarget(url) === undefined) wrong('url', 'url');
  const headers = reader
    .list(raw['headers'], `${path}.headers`, limits.headersMax * 2)
    .map((each, at) => reader.text(each, `${path}.headers[${String(at)}]`, limits.textCharsMax));
  if (headers.length % 2 > 0) wrong('headers', 'header');
  headers.forEach((each, at) => {
    // What Node refuses with ERR_INVALID_CHAR, and what no header may be called.
    if (at % 2 === 0 ? !token.test(each) : /[^\t\x20-\x7e\x80-\uffff]/.test(each))
      wrong(`headers[${String(at)}]`, 'header');
  });
  if (raw['body'] === undefined) return { method, url, headers };
  const body = reader.text(raw['body'], `${path}.body`, Infinity);
  const bytes = utf8Bytes(body);
  if (bytes > limits.fileBytesMax)
    reader.problem({ type: 'too-large', path: `${path}.body`, bytes, bytesMax: limits.fileBytesMax });
  return { method, url, headers, body };
}

/** The keys of each beside `type` and `atMs`. */
const keysOf: {
  readonly [T in InterventionType]: readonly Exclude<
    keyof Extract<Intervention, { readonly type: T }>,
    'type' | 'atMs'
  >[];
} = {
  'message.publish': ['broker', 'event', 'data'],
  'message.resend': ['broker', 'message', 'queue'],
  'endpoint.recover': ['broker', 'queue', 'which', 'sinceMs'],
  'endpoint.disable': ['broker', 'queue'],
  'endpoint.enable': ['broker', 'queue'],
  'endpoint.rotate-secret': ['broker', 'queue', 'secret'],
  'group.set-id': ['broker', 'queue', 'group', 'id'],
  'policy.set': ['broker', 'name', 'policy'],
  'policy.clear': ['broker', 'name'],
  'replay.start': [
    'broker',
    'process',
    'listener',
    'pattern',
    'fromMs',
    'toMs',
    'correlation',
    'publisher',
    'suppressEffects',
  ],
  'projection.rebuild': ['broker', 'process', 'projection'],
  'message.redrive': ['queue', 'broker', 'messages', 'listener', 'data'],
  'http.request': ['method', 'url', 'headers', 'body'],
  'process.crash': ['process', 'restartAfterMs'],
  'process.stop': ['process'],
  'process.restart': ['process'],
  'process.scale': ['service', 'replicas'],
  'broker.scale': ['broker', 'workers'],
  'file.edit': ['file', 'source'],
  'link.change': ['from', 'to', 'link'],
  'broker.stop': ['broker'],
  'broker.start': ['broker'],
  'fault.begin': ['fault', 'forMs'],
  'fault.end': ['name'],
  'experiment.switch': ['experiment', 'version'],
  'receiver.pause': ['process', 'receiver'],
  'receiver.resume': ['process', 'receiver'],
  'receiver.retry': ['process', 'receiver', 'events'],
  'receiver.issue': ['process', 'receiver', 'issue', 'as'],
};
export const interventionTypes: readonly string[] = Object.keys(keysOf);

function isInterventionType(type: string): type is InterventionType {
  return Object.hasOwn(keysOf, type);
}
