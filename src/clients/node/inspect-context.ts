/**
 * What one call of `inspect` carries along, its options and its colours.
 * Follows Node 20, `lib/internal/util/inspect.js` (MIT, copyright Node.js contributors), whose output it must equal.
 */
import type { PromiseState } from './environment';

export interface InspectOptions {
  showHidden?: boolean;
  depth?: number | null;
  colors?: boolean;
  customInspect?: boolean;
  showProxy?: boolean;
  maxArrayLength?: number | null;
  maxStringLength?: number | null;
  breakLength?: number;
  compact?: boolean | number;
  sorted?: boolean | ((a: string, b: string) => number);
  getters?: boolean | 'get' | 'set';
  numericSeparator?: boolean;
}

export type Stylize = (text: string, style: string) => string;

export type Inspect = (value: unknown, ...rest: unknown[]) => string;

export interface InspectContext {
  readonly budget: Record<number, number>;
  indentationLvl: number;
  readonly seen: unknown[];
  currentDepth: number;
  stylize: Stylize;
  showHidden: boolean;
  depth: number | null;
  colors: boolean;
  customInspect: boolean;
  showProxy: boolean;
  maxArrayLength: number;
  maxStringLength: number;
  breakLength: number;
  compact: boolean | number;
  sorted: boolean | ((a: string, b: string) => number);
  getters: boolean | 'get' | 'set';
  numericSeparator: boolean;
  circular?: Map<unknown, number>;
  userOptions?: object;
  /** The function that the user called; custom inspection gets it as its third argument. */
  readonly inspect: Inspect;
  readonly promiseState: (promise: Promise<unknown>) => PromiseState;
  readonly stackOf: (error: Error) => string;
}

/** How the entries of a value are written: as properties, as elements, or as elements with properties after them. */
export type EntryKind = 'object' | 'array' | 'array-extras';

export const customInspectSymbol = Symbol.for('nodejs.util.inspect.custom');

export const defaultOptions = (): Required<InspectOptions> =>
  Object.seal({
    showHidden: false,
    depth: 2,
    colors: false,
    customInspect: true,
    showProxy: false,
    maxArrayLength: 100,
    maxStringLength: 10000,
    breakLength: 80,
    compact: 3,
    sorted: false,
    getters: false,
    numericSeparator: false,
  });

const foreground = 39;
const background = 49;
const baseColors: Record<string, [number, number]> = {
  reset: [0, 0],
  bold: [1, 22],
  dim: [2, 22],
  italic: [3, 23],
  underline: [4, 24],
  blink: [5, 25],
  inverse: [7, 27],
  hidden: [8, 28],
  strikethrough: [9, 29],
  doubleunderline: [21, 24],
};
const frames: Record<string, [number, number]> = { framed: [51, 54], overlined: [53, 55] };
const hues = ['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'];
const capitalised = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);

/** `inspect.colors`, with the aliases that cannot be listed. */
export function createColors(): Record<string, [number, number]> {
  const colors = Object.assign(Object.create(null), baseColors) as Record<string, [number, number]>;
  const add = (start: number, end: number, nameOf: (hue: string) => string) => {
    for (const [index, hue] of hues.entries()) colors[nameOf(hue)] = [start + index, end];
  };
  const bright = (hue: string) => (hue === 'black' ? 'gray' : `${hue}Bright`);
  add(30, foreground, (hue) => hue);
  add(40, background, (hue) => `bg${capitalised(hue)}`);
  Object.assign(colors, frames);
  add(90, foreground, bright);
  add(100, background, (hue) => `bg${capitalised(bright(hue))}`);
  const aliases: [string, string][] = [
    ['gray', 'grey'],
    ['gray', 'blackBright'],
    ['bgGray', 'bgGrey'],
    ['bgGray', 'bgBlackBright'],
    ['dim', 'faint'],
    ['strikethrough', 'crossedout'],
    ['strikethrough', 'strikeThrough'],
    ['strikethrough', 'crossedOut'],
    ['hidden', 'conceal'],
    ['inverse', 'swapColors'],
    ['inverse', 'swapcolors'],
    ['doubleunderline', 'doubleUnderline'],
  ];
  for (const [target, alias] of aliases) {
    Object.defineProperty(colors, alias, { value: colors[target], writable: true, configurable: true });
  }
  return colors;
}

export const createStyles = (): Record<string, string> =>
  Object.assign(Object.create(null) as Record<string, string>, {
    special: 'cyan',
    number: 'yellow',
    bigint: 'yellow',
    boolean: 'yellow',
    undefined: 'grey',
    null: 'bold',
    string: 'green',
    symbol: 'green',
    date: 'magenta',
    regexp: 'red',
    module: 'underline',
  });

export const stylizeNoColor: Stylize = (text) => text;

export function stylizeWithColor(styles: Record<string, string>, colors: Record<string, [number, number]>): Stylize {
  return (text, style) => {
    const color = colors[styles[style] ?? ''];
    return color === undefined ? text : `\u001b[${color[0]}m${text}\u001b[${color[1]}m`;
  };
}

/** The options that a custom inspection function is given. */
export function userOptionsOf(ctx: InspectContext, isForeign: boolean): Record<string, unknown> {
  const options: Record<string, unknown> = {
    stylize: ctx.stylize,
    showHidden: ctx.showHidden,
    depth: ctx.depth,
    colors: ctx.colors,
    customInspect: ctx.customInspect,
    showProxy: ctx.showProxy,
    maxArrayLength: ctx.maxArrayLength,
    maxStringLength: ctx.maxStringLength,
    breakLength: ctx.breakLength,
    compact: ctx.compact,
    sorted: ctx.sorted,
    getters: ctx.getters,
    numericSeparator: ctx.numericSeparator,
    ...ctx.userOptions,
  };
  if (isForeign) Object.setPrototypeOf(options, null);
  return options;
}
