import { limits } from './limits';
import { type Reader, pathTo } from './reader';
import type { ComparedSide, ComparisonFigure, ComparisonSpec, ProcessSpec, ScenarioWords } from './scenario';

/** Reads it from a scenario's document. `services` are the processes there are. */
export function readComparison(
  reader: Reader,
  value: unknown,
  processes: readonly ProcessSpec[],
): { readonly comparison?: ComparisonSpec } {
  if (value === undefined) return {};
  const raw = reader.object(value, 'comparison', ['client', 'sides', 'figures'] satisfies (keyof ComparisonSpec)[]);
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
  const figures = reader
    .list(raw['figures'], 'comparison.figures', limits.partsMax)
    .map((each, at) => readFigure(reader, each, `comparison.figures[${at}]`));
  return { comparison: { client, sides: [one!, other!], ...(figures.length > 0 && { figures }) } };
}

function readFigure(reader: Reader, value: unknown, path: string): ComparisonFigure {
  const keys = ['show', 'name', 'better'] satisfies (keyof ComparisonFigure)[];
  const { show, name, better } = reader.object(value, path, keys) ?? {};
  const isKnown = better === 'less' || better === 'more';
  if (!isKnown) reader.problem({ type: 'unknown-choice', path: `${path}.better`, choices: ['less', 'more'] });
  return {
    show: reader.text(show, `${path}.show`, limits.nameCharsMax),
    ...readName(reader, name, `${path}.name`),
    better: better === 'more' ? 'more' : 'less',
  };
}

function readName(reader: Reader, value: unknown, path: string): { readonly name?: ScenarioWords } {
  if (value === undefined) return {};
  if (typeof value !== 'object') return { name: reader.text(value, path, limits.titleCharsMax) };
  const { en, uk } = reader.object(value, path, ['en', 'uk']) ?? {};
  const text = (given: unknown, language: string): string =>
    reader.text(given, `${path}.${language}`, limits.titleCharsMax);
  return { name: { en: text(en, 'en'), uk: text(uk, 'uk') } };
}

function readSide(
  reader: Reader,
  value: unknown,
  path: string,
  service: (given: unknown, path: string) => string,
): ComparedSide {
  const raw = reader.object(value, path, ['name', 'entry', 'parts'] satisfies (keyof ComparedSide)[]);
  if (raw === undefined) return { entry: '', parts: {} };
  const parts = raw['parts'] === undefined ? [] : Object.entries(reader.object(raw['parts'], `${path}.parts`) ?? {});
  if (parts.length > limits.partsMax) {
    reader.problem({ type: 'too-many', path: `${path}.parts`, count: parts.length, max: limits.partsMax });
  }
  return {
    ...readName(reader, raw['name'], `${path}.name`),
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
  { client, sides, ...rest }: ComparisonSpec,
  follow: (service: string) => string,
): ComparisonSpec {
  const side = ({ entry, parts, ...rest }: ComparedSide): ComparedSide => ({
    ...rest,
    entry: follow(entry),
    parts: Object.fromEntries(Object.entries(parts).map(([part, service]) => [part, follow(service)])),
  });
  return { ...rest, client: follow(client), sides: [side(sides[0]), side(sides[1])] };
}
