import { faultName, type FaultType } from '../../log/entry-fault';
import type { Fault } from '../../log/entry';
import { isFault } from '../../log/check-intervention';
import { valueAt } from '../../scenario/settings';
import { usualSpanMs } from '../faults/fault-draft';
import type { FaultSettingsText } from '../text/en-fault-settings';
import type { FieldCodecs } from './field-codecs';

export type FaultFieldKey = keyof FaultSettingsText['fields'];

/** A value of a fault as the form has it. `in`: the object that holds it, when it is not the fault itself. */
export interface FaultField {
  readonly key: FaultFieldKey;
  readonly codec: keyof FieldCodecs;
  readonly in?: 'link';
  /** What is suggested: names of processes and brokers, or what a broker can be low on. */
  readonly list?: 'names' | 'resources';
}

const process: FaultField = { key: 'process', codec: 'text', list: 'names' };
const broker: FaultField = { key: 'broker', codec: 'text', list: 'names' };
const onLink = (key: FaultFieldKey, codec: keyof FieldCodecs): FaultField => ({ key, codec, in: 'link' });

/** What can be set of each kind of fault, beside when it happens. */
export const faultFields: Readonly<Record<FaultType, readonly FaultField[]>> = {
  crash: [
    process,
    { key: 'every', codec: 'whole' },
    { key: 'chance', codec: 'share' },
    { key: 'restartAfterMs', codec: 'shortTime' },
  ],
  slow: [process, { key: 'factor', codec: 'speed' }, { key: 'lagMs', codec: 'shortTime' }],
  skew: [process, { key: 'skewMs', codec: 'signedTime' }],
  outage: [broker],
  alarm: [broker, { key: 'resource', codec: 'text', list: 'resources' }],
  partition: [{ key: 'groups', codec: 'groups' }],
  link: [
    { key: 'from', codec: 'text', list: 'names' },
    { key: 'to', codec: 'text', list: 'names' },
    onLink('loss', 'share'),
    onLink('duplicated', 'share'),
    onLink('delayed', 'share'),
    onLink('reordered', 'share'),
    onLink('delayedMs', 'shortTime'),
    onLink('latencyMs', 'shortTime'),
    onLink('jitterMs', 'shortTime'),
  ],
  poison: [broker, { key: 'event', codec: 'text' }, { key: 'every', codec: 'whole' }, { key: 'times', codec: 'whole' }],
};

export const faultTypes = Object.keys(faultFields) as readonly FaultType[];

export function isFaultType(type: unknown): type is FaultType {
  return typeof type === 'string' && Object.hasOwn(faultFields, type);
}

/** Whom a new fault can be about. */
export interface Around {
  readonly services: readonly string[];
  readonly brokers: readonly string[];
  readonly durationMs: number;
}

/** A fault of that kind which one can see at once, in the second fifth of the run, under a name that nothing else has. */
export function newFault(type: FaultType, settings: unknown, around: Around): object {
  const spanMs = usualSpanMs(around.durationMs);
  const fault = named(usual(type, around), namesIn(settings));
  return { ...fault, fromMs: spanMs, untilMs: 2 * spanMs };
}

/** The fault as another kind, at the same time. */
export function asType(type: FaultType, old: unknown, settings: unknown, around: Around): object {
  const own = isFault(old) ? faultName(old) : undefined;
  const others = namesIn(settings).filter((name) => name !== own);
  const when = (['fromMs', 'untilMs', 'disabled'] as const).flatMap((key) => {
    const value = valueAt(old, [key]);
    return value === undefined ? [] : [[key, value] as const];
  });
  return { ...named(usual(type, around), others), ...Object.fromEntries(when) };
}

function usual(type: FaultType, { services, brokers }: Around): Fault {
  const [service = '', second = ''] = services;
  const [broker = ''] = brokers;
  const rabbit = brokers.find((name) => name === 'rabbitmq') ?? broker;
  switch (type) {
    case 'crash':
      return { type, process: service, every: 5, restartAfterMs: 1_000 };
    case 'slow':
      return { type, process: service, factor: 5 };
    case 'skew':
      return { type, process: service, skewMs: 300_000 };
    case 'outage':
      return { type, broker };
    case 'alarm':
      return { type, broker: rabbit, resource: 'memory' };
    case 'partition':
      return { type, groups: [[service], [...services.slice(1), ...brokers]] };
    case 'link':
      return { type, from: service, to: broker || second, link: { loss: 0.2 } };
    case 'poison':
      return { type, broker, event: '#', every: 5 };
  }
}

function namesIn(settings: unknown): readonly string[] {
  const faults = valueAt(settings, ['faults']);
  return Array.isArray(faults) ? faults.filter(isFault).map(faultName) : [];
}

function named(fault: Fault, taken: readonly string[]): Fault {
  const name = faultName(fault);
  if (!taken.includes(name)) return fault;
  for (let count = 2; ; count += 1) {
    const next = `${name} ${String(count)}`;
    if (!taken.includes(next)) return { ...fault, name: next };
  }
}
