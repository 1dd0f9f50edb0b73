/**
 * `util.format`: printf-like placeholders, the rest inspected.
 * Follows Node 20, `lib/internal/util/inspect.js` (MIT, copyright Node.js contributors), whose output it must equal.
 */
import type { Inspect, InspectOptions } from './inspect-context';
import { stylizeNoColor } from './inspect-context';
import { isBuiltInConstructor } from './inspect-name';
import { formatBigInt, formatNumber } from './inspect-text';
import { invalidArgType } from './node-error';
import { proxyDetails } from './proxy';

export type FormatWithOptions = (options: InspectOptions, ...args: unknown[]) => string;

/** Whether `String(value)` would say nothing of the user's own. */
function hasBuiltInToString(value: object): boolean {
  const proxy = proxyDetails(value);
  if (proxy?.target === null) return true;
  const subject: object = proxy?.target ?? value;
  const toString: unknown = Reflect.get(subject, 'toString');
  const toPrimitive: unknown = Reflect.get(subject, Symbol.toPrimitive);
  if (typeof toString !== 'function' && typeof toPrimitive !== 'function') return true;
  if (typeof toString === 'function' && Object.hasOwn(subject, 'toString')) return false;
  if (typeof toPrimitive === 'function' && Object.hasOwn(subject, Symbol.toPrimitive)) return false;
  const owns = (owner: object) =>
    (typeof toString === 'function' && Object.hasOwn(owner, 'toString')) ||
    (typeof toPrimitive === 'function' && Object.hasOwn(owner, Symbol.toPrimitive));
  let owner = subject;
  do owner = Object.getPrototypeOf(owner) as object;
  while (!owns(owner));
  return isBuiltInConstructor(owner);
}

function stringifyJson(value: unknown): string {
  try {
    return String(JSON.stringify(value));
  } catch (error) {
    // Engines word it differently; V8 is the one with several lines.
    if (error instanceof TypeError && /circular|cyclic/i.test(error.message)) return '[Circular]';
    throw error;
  }
}

type Placeholder = (value: unknown) => string;

function createPlaceholders(inspect: Inspect, defaults: InspectOptions, options: InspectOptions | undefined) {
  const separates = () => options?.numericSeparator ?? defaults.numericSeparator ?? false;
  const number = (value: number) => formatNumber(stylizeNoColor, value, separates());
  const bigint = (value: bigint) => formatBigInt(stylizeNoColor, value, separates());
  const placeholders: Record<string, Placeholder> = {
    s(value) {
      if (typeof value === 'number') return number(value);
      if (typeof value === 'bigint') return bigint(value);
      if (typeof value !== 'object' || value === null || !hasBuiltInToString(value)) return String(value);
      return inspect(value, { ...options, compact: 3, colors: false, depth: 0 });
    },
    j: stringifyJson,
    d(value) {
      if (typeof value === 'bigint') return bigint(value);
      return typeof value === 'symbol' ? 'NaN' : number(Number(value));
    },
    i(value) {
      if (typeof value === 'bigint') return bigint(value);
      return typeof value === 'symbol' ? 'NaN' : number(Number.parseInt(value as string));
    },
    f: (value) => (typeof value === 'symbol' ? 'NaN' : number(Number.parseFloat(value as string))),
    O: (value) => inspect(value, options),
    o: (value) => inspect(value, { ...options, showHidden: true, showProxy: true, depth: 4 }),
    c: () => '',
  };
  return placeholders;
}

/** The template with its placeholders filled, and how many arguments it took. */
function fill(template: string, args: readonly unknown[], placeholders: Record<string, Placeholder>) {
  let text = '';
  let taken = 0;
  let from = 0;
  for (let i = 0; i < template.length - 1; i++) {
    if (template[i] !== '%') continue;
    const next = template[++i]!;
    if (next === '%') {
      text += template.slice(from, i);
      from = i + 1;
    } else if (taken < args.length && Object.hasOwn(placeholders, next)) {
      text += template.slice(from, i - 1) + placeholders[next]!(args[taken++]);
      from = i + 1;
    }
  }
  return { text: text + template.slice(from), taken };
}

export function createFormat(inspect: Inspect, defaults: InspectOptions) {
  function join(options: InspectOptions | undefined, args: unknown[]): string {
    const [first] = args;
    if (typeof first !== 'string') {
      return args.map((arg) => (typeof arg === 'string' ? arg : inspect(arg, options))).join(' ');
    }
    if (args.length === 1) return first;
    const { text, taken } = fill(first, args.slice(1), createPlaceholders(inspect, defaults, options));
    const rest = args.slice(1 + taken).map((arg) => (typeof arg === 'string' ? arg : inspect(arg, options)));
    return [text, ...rest].join(' ');
  }
  return {
    format: (...args: unknown[]): string => join(undefined, args),
    formatWithOptions(options: InspectOptions, ...args: unknown[]): string {
      if (typeof options !== 'object' || (options as unknown) === null) {
        throw invalidArgType('inspectOptions', 'object', options);
      }
      return join(options, args);
    },
  };
}
