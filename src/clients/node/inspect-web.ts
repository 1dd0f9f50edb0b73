/**
 * How Node prints the engine's own classes of the web. Other engines don't tell `inspect`, so it is told here.
 */
import { engine } from './engine';
import type { EngineUrl } from './engine';
import type { Inspect, Stylize } from './inspect-context';
import { removeColors } from './inspect-text';

interface CustomOptions extends Record<string, unknown> {
  stylize: Stylize;
  breakLength: number;
}

type CustomInspection = (this: object, depth: number | null, options: CustomOptions, inspect: Inspect) => unknown;

const classNameOf = (value: object, fallback: string): string => {
  const constructor: unknown = Reflect.get(value, 'constructor');
  return typeof constructor === 'function' ? constructor.name : fallback;
};

const urlKeys = [
  'href',
  'origin',
  'protocol',
  'username',
  'password',
  'host',
  'hostname',
  'port',
  'pathname',
  'search',
  'searchParams',
  'hash',
] as const satisfies readonly (keyof EngineUrl)[];

const pick = (value: object, keys: readonly string[]): object =>
  Object.fromEntries(keys.map((key) => [key, Reflect.get(value, key) as unknown]));

const isBelow = (depth: number | null): boolean => typeof depth === 'number' && depth < 0;

const inspectUrl: CustomInspection = function (depth, options, inspect) {
  if (isBelow(depth)) return this;
  return `${classNameOf(this, 'URL')} ${inspect(pick(this, urlKeys), options)}`;
};

const inspectSearchParams: CustomInspection = function (depth, options, inspect) {
  if (isBelow(depth)) return options.stylize('[Object]', 'special');
  const inner = depth === null ? options : { ...options, depth: depth - 1 };
  const entries = [...(this as Iterable<[string, string]>)];
  const output = entries.map(([key, value]) => `${inspect(key, inner)} => ${inspect(value, inner)}`);
  const name = classNameOf(this, 'URLSearchParams');
  if (output.length === 0) return `${name} {}`;
  const width = output.reduce((sum, text) => sum + removeColors(text).length + 2, -2);
  return width > options.breakLength ? `${name} {\n  ${output.join(',\n  ')} }` : `${name} { ${output.join(', ')} }`;
};

const inspectHeaders: CustomInspection = function (depth, options, inspect) {
  const inner = { ...options, depth: options['depth'] ?? depth };
  return `Headers ${inspect(Object.fromEntries(this as Iterable<[string, string]>), inner)}`;
};

const inspectEncoder: CustomInspection = function (depth, options, inspect) {
  return isBelow(depth) ? this : inspect(pick(this, ['encoding']), options);
};

const inspectDecoder: CustomInspection = function (depth, _options, inspect) {
  if (isBelow(depth)) return this;
  return `${classNameOf(this, 'TextDecoder')} ${inspect(pick(this, ['encoding', 'fatal', 'ignoreBOM']))}`;
};

/** The inspection of a class of the engine's, or `undefined` for everything else. */
export function webInspection(value: object): CustomInspection | undefined {
  if (value instanceof engine.URL) return inspectUrl;
  if (value instanceof engine.URLSearchParams) return inspectSearchParams;
  if (value instanceof engine.TextEncoder) return inspectEncoder;
  if (value instanceof engine.TextDecoder) return inspectDecoder;
  if (engine.Headers !== undefined && value instanceof engine.Headers) return inspectHeaders;
  return undefined;
}
