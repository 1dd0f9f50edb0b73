import { faultName, type FaultType, type Resource } from '../log/entry-fault';
import type { Fault } from '../log/entry';
import { limits } from './limits';
import { parseLink, serviceOf } from './parse-parts';
import type { Fields, Reader } from './reader';
import type { FaultSpec } from './scenario';

/** What a fault may name, and the keys that stand beside its own. */
interface Around {
  readonly services: ReadonlySet<string>;
  readonly others: readonly string[];
}

/** The faults of a scenario's document. Two of one name would end each other. */
export function readFaults(
  reader: Reader,
  value: unknown,
  services: ReadonlySet<string>,
): { readonly faults?: readonly FaultSpec[] } {
  const faults = reader
    .list(value, 'faults', limits.faultsMax)
    .map((each, index) => readSpec(reader, each, `faults[${String(index)}]`, services));
  const names = new Set<string>();
  for (const [index, fault] of faults.entries()) {
    const name = faultName(fault);
    if (names.has(name)) reader.problem({ type: 'name-taken', path: `faults[${String(index)}].name`, name });
    names.add(name);
  }
  return faults.length > 0 ? { faults } : {};
}

function readSpec(reader: Reader, value: unknown, path: string, services: ReadonlySet<string>): FaultSpec {
  const fault = readFault(reader, value, path, { services, others: ['fromMs', 'untilMs', 'disabled'] });
  const { fromMs, untilMs, disabled } = (typeof value === 'object' ? (value ?? {}) : {}) as Fields;
  const from = reader.number(fromMs, `${path}.fromMs`, { min: 0, max: limits.durationMsMax }, 0);
  const isOff = disabled !== undefined && reader.flag(disabled, `${path}.disabled`);
  return {
    ...fault,
    ...(fromMs !== undefined && { fromMs: from }),
    ...(untilMs !== undefined && {
      untilMs: reader.number(untilMs, `${path}.untilMs`, { min: from, max: limits.durationMsMax }),
    }),
    ...(isOff && { disabled: true as const }),
  };
}

/** A process that does not exist is only a warning, as with interventions. */
export function readFault(reader: Reader, value: unknown, path: string, { services, others }: Around): Fault {
  const raw = reader.object(value, path);
  if (raw === undefined) return nothing;
  const { type, name } = raw;
  if (typeof type !== 'string' || !isFaultType(type)) {
    reader.problem({ type: 'unknown-choice', path: `${path}.type`, choices: faultTypes });
    return nothing;
  }
  reader.object(value, path, ['type', 'name', ...keysOf[type], ...others]);
  const kind = readKind(new FaultReader(reader, raw, path, services), type);
  return name === undefined ? kind : { ...kind, name: reader.text(name, `${path}.name`, limits.titleCharsMax) };
}

/** Stands for one that cannot be read. */
const nothing: Fault = { type: 'outage', broker: '' };

const keysOf: Readonly<Record<FaultType, readonly string[]>> = {
  crash: ['process', 'every', 'chance', 'restartAfterMs'],
  slow: ['process', 'factor', 'lagMs'],
  skew: ['process', 'skewMs'],
  outage: ['broker'],
  alarm: ['broker', 'resource'],
  partition: ['groups'],
  link: ['from', 'to', 'link'],
  poison: ['broker', 'event', 'every', 'times'],
};
export const faultTypes: readonly string[] = Object.keys(keysOf);

function isFaultType(type: string): type is FaultType {
  return Object.hasOwn(keysOf, type);
}

function readKind(read: FaultReader, type: FaultType): Fault {
  const { limitsMs } = read;
  switch (type) {
    case 'crash':
      read.oneOf(['every', 'chance']);
      return {
        type,
        process: read.process(),
        ...read.number('every', { min: 1, max: 1_000_000, whole: true }),
        ...read.number('chance', { min: 0, max: 1 }),
        ...read.number('restartAfterMs', limitsMs),
      };
    case 'slow':
      read.oneOf(['factor', 'lagMs']);
      return {
        type,
        process: read.process(),
        ...read.number('factor', { min: 1, max: limits.slowFactorMax }),
        ...read.number('lagMs', { min: 0, max: limits.latencyMsMax }),
      };
    case 'skew': {
      const { skewMs = 0 } = read.number('skewMs', { min: -limits.skewMsMax, max: limits.skewMsMax }, true);
      return { type, process: read.process(), skewMs };
    }
    case 'outage':
      return { type, broker: read.name('broker') };
    case 'alarm':
      return { type, broker: read.name('broker'), resource: read.resource() };
    case 'partition':
      return { type, groups: read.groups() };
    case 'link':
      return { type, from: read.name('from'), to: read.name('to'), link: read.link() };
    case 'poison':
      read.oneOf(['every', 'times']);
      return {
        type,
        broker: read.name('broker'),
        event: read.name('event'),
        ...read.number('every', { min: 1, max: 1_000_000, whole: true }),
        ...read.number('times', { min: 1, max: 1_000, whole: true }),
      };
  }
}

/** Reads the fields of one fault. */
class FaultReader {
  readonly limitsMs = { min: 0, max: limits.durationMsMax };
  readonly #reader: Reader;
  readonly #raw: Fields;
  readonly #path: string;
  readonly #services: ReadonlySet<string>;

  constructor(reader: Reader, raw: Fields, path: string, services: ReadonlySet<string>) {
    this.#reader = reader;
    this.#raw = raw;
    this.#path = path;
    this.#services = services;
  }

  name(key: string): string {
    return this.#reader.text(this.#raw[key], `${this.#path}.${key}`, limits.nameCharsMax);
  }

  resource(): Resource {
    const value = this.#raw['resource'];
    if (value === 'memory' || value === 'disk') return value;
    this.#reader.problem({ type: 'unknown-choice', path: `${this.#path}.resource`, choices: ['memory', 'disk'] });
    return 'memory';
  }

  process(): string {
    const process = this.name('process');
    if (process !== '' && !this.#services.has(serviceOf(process)))
      this.#reader.warning({ type: 'unknown-process', path: `${this.#path}.process`, process });
    return process;
  }

  /** Without any of these the fault does nothing. */
  oneOf(keys: readonly [string, string]): void {
    if (keys.some((key) => this.#raw[key] !== undefined)) return;
    this.#reader.problem({ type: 'missing', path: `${this.#path}.${keys[0]}` });
  }

  number<K extends string>(
    key: K,
    range: { readonly min: number; readonly max: number; readonly whole?: boolean },
    isNeeded = false,
  ): { readonly [P in K]?: number } {
    const value = this.#raw[key];
    if (value === undefined && !isNeeded) return {};
    return { [key]: this.#reader.number(value, `${this.#path}.${key}`, range) } as { readonly [P in K]?: number };
  }

  link() {
    return parseLink(this.#reader, this.#raw['link'], `${this.#path}.link`, []);
  }

  groups(): readonly (readonly string[])[] {
    const path = `${this.#path}.groups`;
    const groups = this.#reader
      .list(this.#raw['groups'], path, limits.processesMax)
      .map((group, at) =>
        this.#reader
          .list(group, `${path}[${String(at)}]`, limits.processesMax)
          .map((each, index) =>
            this.#reader.text(each, `${path}[${String(at)}][${String(index)}]`, limits.nameCharsMax),
          ),
      );
    if (groups.length < 2) this.#reader.problem({ type: 'missing', path: `${path}[${String(groups.length)}]` });
    return groups;
  }
}
