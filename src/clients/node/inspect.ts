/**
 * `util.inspect`, `util.format` and `util.formatWithOptions`. Each process has its own, since `inspect.defaultOptions`
 * can be changed.
 * Follows Node 20, `lib/internal/util/inspect.js` (MIT, copyright Node.js contributors), whose output it must equal.
 */
import type { PromiseState } from './environment';
import {
  createColors,
  createStyles,
  customInspectSymbol,
  defaultOptions,
  stylizeNoColor,
  stylizeWithColor,
} from './inspect-context';
import type { Inspect, InspectContext, InspectOptions, Stylize } from './inspect-context';
import { formatValue } from './inspect-value';
import { createFormat } from './format';
import type { FormatWithOptions } from './format';
import { invalidArgType } from './node-error';
import { engineStack } from './stack';

export interface InspectHooks {
  /** `undefined`: nothing is known of it, which is written as `<pending>`. */
  promiseState?(promise: Promise<unknown>): PromiseState | undefined;
  /** What is shown of an error: its heading and its frames. Default: what the engine says. */
  readonly stackOf?: (error: Error) => string;
}

export interface InspectFunction extends Inspect {
  readonly custom: symbol;
  defaultOptions: InspectOptions;
  colors: Record<string, [number, number]>;
  styles: Record<string, string>;
}

export interface Inspector {
  readonly inspect: InspectFunction;
  readonly format: (...args: unknown[]) => string;
  readonly formatWithOptions: FormatWithOptions;
}

function applyOptions(ctx: InspectContext, options: Record<string, unknown>, defaults: object): void {
  for (const key of Object.keys(options)) {
    if (Object.hasOwn(defaults, key) || key === 'stylize') Reflect.set(ctx, key, options[key]);
    else ctx.userOptions ??= options;
  }
}

export function createInspector(hooks: InspectHooks = {}): Inspector {
  const defaults = defaultOptions();
  const colors = createColors();
  const styles = createStyles();
  const stylize: Stylize = (text, style) => stylizeWithColor(styles, colors)(text, style);

  function inspect(value: unknown, ...rest: unknown[]): string {
    const ctx: InspectContext = {
      ...(defaults as Pick<InspectContext, keyof InspectOptions>),
      budget: {},
      indentationLvl: 0,
      seen: [],
      currentDepth: 0,
      stylize: stylizeNoColor,
      inspect,
      promiseState: (promise) => hooks.promiseState?.(promise) ?? { type: 'pending' },
      stackOf: hooks.stackOf ?? engineStack,
    };
    const [options, depth, withColors] = rest;
    if (depth !== undefined) ctx.depth = depth as number;
    if (withColors !== undefined) ctx.colors = withColors as boolean;
    if (typeof options === 'boolean') ctx.showHidden = options;
    else if (options) applyOptions(ctx, options as Record<string, unknown>, defaults);
    if (ctx.colors) ctx.stylize = stylize;
    if ((ctx.maxArrayLength as number | null) === null) ctx.maxArrayLength = Infinity;
    if ((ctx.maxStringLength as number | null) === null) ctx.maxStringLength = Infinity;
    return formatValue(ctx, value, 0);
  }

  const complete = Object.assign(inspect, { custom: customInspectSymbol, colors, styles });
  Object.defineProperty(complete, 'defaultOptions', {
    get: () => defaults,
    set(options: unknown) {
      if (typeof options !== 'object' || options === null) throw invalidArgType('options', 'object', options);
      Object.assign(defaults, options);
    },
  });
  return { inspect: complete as unknown as InspectFunction, ...createFormat(complete, defaults) };
}
