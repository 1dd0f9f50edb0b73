import { limits } from './limits';
import { serviceOf } from './parse-parts';
import type { ProcessSpec } from './scenario';
import { type Reader, pathTo } from './reader';

/**
 * The same flow built twice, side by side in one run: one seed, one playhead, one log. Both sides are groups of the scenario's own
 * processes, and one service sends every order to both, so that what they are given is the same.
 *
 * What is compared are flows. A flow begins with an HTTP request from the client to a side's entry; all that this request causes
 * belongs to it. The first request to either entry makes the first pair, and so on.
 */
export interface ComparisonSpec {
  /** The service that sends the requests. More replicas of it are more load, on both sides at once. */
  readonly client: string;
  readonly sides: readonly [ComparedSide, ComparedSide];
}

export interface ComparedSide {
  /** As the reader calls it. Default: what it turns out to do, calls or events, in the reader's language. */
  readonly name?: string;
  /** The service that takes the client's requests. */
  readonly entry: string;
  /**
   * Services by the part they play: `{ "email": "rest-email", … }`, in the order in which they are shown. The same part on both sides is what
   * is slowed or crashed together. May be empty, when the entry does it all.
   */
  readonly parts: Readonly<Record<string, string>>;
}

/** Reads it from a scenario's document. `services` are the processes there are. */
export function readComparison(
  reader: Reader,
  value: unknown,
  processes: readonly ProcessSpec[],
): { readonly comparison?: ComparisonSpec } {
  if (value === undefined) return {};
  const raw = reader.object(value, 'comparison', ['client', 'sides'] satisfies (keyof ComparisonSpec)[]);
  if (raw === undefined) return {};
  const services = new Set(processes.map(({ name }) => name));
  const service = (given: unknown, path: string): string => {
    const name = reader.text(given, path, limits.nameCharsMax);
    const isUnknown = typeof given === 'string' && !services.has(name);
    if (isUnknown) reader.problem({ type: 'unknown-process', path, process: name });
    return name;
  };
  const path = 'comparison.sides';
  const client = service(raw['client'], 'comparison.client');
  const given = reader.list(raw['sides'], path, 2);
  if (raw['sides'] === undefined) reader.problem({ type: 'missing', path });
  const [one, other] = [0, 1].map((at) => readSide(reader, given[at], `${path}[${at}]`, service));
  // Whoever stands on both sides, or is the client, would be counted for what others asked of it.
  const taken = new Set([client]);
  for (const [at, side] of [one, other].entries()) {
    for (const [path, name] of namesOf(side!, `comparison.sides[${at}]`)) {
      if (name !== '' && taken.has(name)) reader.problem({ type: 'name-taken', path, name });
      taken.add(name);
    }
  }
  return { comparison: { client, sides: [one!, other!] } };
}

function readSide(
  reader: Reader,
  value: unknown,
  path: string,
  service: (given: unknown, path: string) => string,
): ComparedSide {
  const raw = reader.object(value, path, ['name', 'entry', 'parts'] satisfies (keyof ComparedSide)[]);
  if (raw === undefined) return { entry: '', parts: {} };
  const name = raw['name'] === undefined ? undefined : reader.text(raw['name'], `${path}.name`, limits.titleCharsMax);
  const parts = raw['parts'] === undefined ? [] : Object.entries(reader.object(raw['parts'], `${path}.parts`) ?? {});
  if (parts.length > limits.partsMax) {
    reader.problem({ type: 'too-many', path: `${path}.parts`, count: parts.length, max: limits.partsMax });
  }
  return {
    ...(name !== undefined && { name }),
    entry: service(raw['entry'], `${path}.entry`),
    parts: Object.fromEntries(
      parts.slice(0, limits.partsMax).map(([part, given]) => [part, service(given, pathTo(`${path}.parts`, part))]),
    ),
  };
}

function namesOf({ entry, parts }: ComparedSide, path: string): readonly (readonly [string, string])[] {
  const others = Object.entries(parts).map(([part, name]) => [pathTo(`${path}.parts`, part), name] as const);
  return [[`${path}.entry`, entry], ...others];
}

/** The comparison with one service under another name. */
export function renamedInComparison(
  { client, sides }: ComparisonSpec,
  follow: (service: string) => string,
): ComparisonSpec {
  const side = ({ entry, parts, ...rest }: ComparedSide): ComparedSide => ({
    ...rest,
    entry: follow(entry),
    parts: Object.fromEntries(Object.entries(parts).map(([part, service]) => [part, follow(service)])),
  });
  return { client: follow(client), sides: [side(sides[0]), side(sides[1])] };
}

/** Which side a process stands on; undefined for the client, brokers and whoever is not compared. */
export function sideOfProcess({ sides }: ComparisonSpec, process: string): 0 | 1 | undefined {
  const service = serviceOf(process);
  const at = sides.findIndex((side) => side.entry === service || Object.values(side.parts).includes(service));
  return at === -1 ? undefined : (at as 0 | 1);
}
