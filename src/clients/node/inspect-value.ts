/**
 * One value, recursively, as `inspect` writes it.
 * Follows Node 20, `lib/internal/util/inspect.js` (MIT, copyright Node.js contributors), whose output it must equal.
 */
import type { Recursion } from './inspect-collection';
import { customInspectSymbol, userOptionsOf } from './inspect-context';
import type { EntryKind, InspectContext } from './inspect-context';
import { reduceToSingleString } from './inspect-layout';
import { findConstructor, isBuiltInConstructor, plainPrefixOf } from './inspect-name';
import { shapeOf } from './inspect-shape';
import type { Shape } from './inspect-shape';
import { escapeKey, formatPrimitive, quote, stringWidth } from './inspect-text';
import { webInspection } from './inspect-web';
import { proxyDetails } from './proxy';
import { internalClassName } from './value-kind';

function tagOf(value: object, showHidden: boolean): string {
  const tag: unknown = Reflect.get(value, Symbol.toStringTag);
  if (typeof tag !== 'string' || tag === '') return '';
  const isShownAsProperty = showHidden
    ? Object.hasOwn(value, Symbol.toStringTag)
    : Object.prototype.propertyIsEnumerable.call(value, Symbol.toStringTag);
  return isShownAsProperty ? '' : tag;
}

/** Properties that the user's own prototypes, up to three, offer; only with `showHidden`. */
function prototypeProperties(ctx: InspectContext, main: object, first: object, recurseTimes: number): string[] {
  const output: string[] = [];
  const seenKeys = new Set<PropertyKey>();
  let owner = first;
  for (let depth = 0; depth < 3; depth++) {
    if (depth !== 0 || main === owner) {
      const next = Object.getPrototypeOf(owner) as object | null;
      if (next === null || isBuiltInConstructor(next)) return output;
      owner = next;
    }
    ctx.seen.push(main);
    const keys = Reflect.ownKeys(owner);
    for (const key of keys) {
      if (key === 'constructor' || Object.hasOwn(main, key) || seenKeys.has(key)) continue;
      const descriptor = Object.getOwnPropertyDescriptor(owner, key)!;
      if (typeof descriptor.value === 'function') continue;
      const text = formatProperty(ctx, owner, recurseTimes, key, 'object', main);
      output.push(ctx.colors ? `\u001b[2m${text}\u001b[22m` : text);
    }
    ctx.seen.pop();
    keys.forEach((key) => seenKeys.add(key));
  }
  return output;
}

function constructorName(ctx: InspectContext, value: object, recurseTimes: number, output?: string[]): string | null {
  const found = findConstructor(value);
  const first = Object.getPrototypeOf(value) as object | null;
  if (found !== undefined) {
    if (output !== undefined && (found.owner !== first || !isBuiltInConstructor(found.owner))) {
      output.push(...prototypeProperties(ctx, value, found.owner === value ? value : first!, recurseTimes));
    }
    return found.name;
  }
  if (first === null) return null;
  const own = internalClassName(value);
  if (ctx.depth !== null && recurseTimes > ctx.depth) return `${own} <Complex prototype>`;
  const inner = constructorName(ctx, first, recurseTimes + 1, output);
  return `${own} <${inner ?? ctx.inspect(first, { ...userOptionsOf(ctx, false), customInspect: false, depth: -1 })}>`;
}

function formatCustom(ctx: InspectContext, value: object, context: object, recurseTimes: number): string | undefined {
  if (!ctx.customInspect) return undefined;
  const custom: unknown = Reflect.get(value, customInspectSymbol);
  const web = typeof custom === 'function' && custom === ctx.inspect ? undefined : webInspection(value);
  const method = web ?? custom;
  if (typeof method !== 'function' || method === ctx.inspect) return undefined;
  const constructor: unknown = Reflect.get(value, 'constructor');
  if (typeof constructor === 'function' && constructor.prototype === value) return undefined;
  const depth = ctx.depth === null ? null : ctx.depth - recurseTimes;
  const options = userOptionsOf(ctx, value !== context);
  const result: unknown = Reflect.apply(method, context, [depth, options, ctx.inspect]);
  if (result === context) return undefined;
  if (typeof result !== 'string') return formatValue(ctx, result, recurseTimes);
  return result.replaceAll('\n', `\n${' '.repeat(ctx.indentationLvl)}`);
}

export function formatValue(ctx: InspectContext, value: unknown, recurseTimes: number, inTypedArray = false): string {
  if (value === null) return ctx.stylize('null', 'null');
  if (typeof value !== 'object' && typeof value !== 'function') return formatPrimitive(ctx.stylize, value, ctx);
  const proxy = proxyDetails(value);
  let subject: object = value;
  if (proxy !== undefined) {
    // As in Node, which takes one whose first item is `null` for revoked, too.
    const isRevoked = proxy.target === null || (!ctx.showProxy && Reflect.get(proxy.target, 0) === null);
    if (isRevoked) return ctx.stylize('<Revoked Proxy>', 'special');
    if (ctx.showProxy) return formatProxy(ctx, proxy.target, proxy.handler, recurseTimes);
    // As in Node, a proxy inside it is like any object from here on.
    subject = proxy.target;
  }
  const custom = formatCustom(ctx, subject, value, recurseTimes);
  if (custom !== undefined) return custom;
  if (ctx.seen.includes(subject)) {
    ctx.circular ??= new Map();
    let reference = ctx.circular.get(subject);
    if (reference === undefined) {
      reference = ctx.circular.size + 1;
      ctx.circular.set(subject, reference);
    }
    return ctx.stylize(`[Circular *${reference}]`, 'special');
  }
  return formatRaw(ctx, subject, recurseTimes, inTypedArray);
}

function formatProxy(ctx: InspectContext, target: object, handler: object | null, recurseTimes: number): string {
  if (ctx.depth !== null && recurseTimes > ctx.depth) return ctx.stylize('Proxy [Array]', 'special');
  ctx.indentationLvl += 2;
  const output = [target, handler].map((part) => formatValue(ctx, part, recurseTimes + 1));
  ctx.indentationLvl -= 2;
  return reduceToSingleString(ctx, {
    output,
    base: '',
    braces: ['Proxy [', ']'],
    kind: 'array-extras',
    recurseTimes: recurseTimes + 1,
  });
}

const recursion: Recursion = { value: formatValue, property: formatProperty };

// Above this many characters at one level of indentation nothing more is looked into.
const outputLengthMax = 2 ** 27;

function isStackOverflow(error: unknown): boolean {
  return error instanceof RangeError && /call stack|recursion/i.test(error.message);
}

function formatRaw(ctx: InspectContext, value: object, recurseTimes: number, inTypedArray: boolean): string {
  const isTooDeep = ctx.depth !== null && recurseTimes > ctx.depth;
  const protoProps: string[] = [];
  const constructor = constructorName(ctx, value, recurseTimes, ctx.showHidden && !isTooDeep ? protoProps : undefined);
  const tag = tagOf(value, ctx.showHidden);
  const hasProtoProps = protoProps.length > 0;
  const shape = shapeOf(ctx, { value, constructor, tag, hasProtoProps, inTypedArray, isTooDeep });
  if (shape.text !== undefined) return shape.text;
  const name = plainPrefixOf(value, constructor, tag).slice(0, -1);
  if (isTooDeep) return ctx.stylize(constructor === null ? name : `[${name}]`, 'special');
  const level = recurseTimes + 1;
  ctx.seen.push(value);
  ctx.currentDepth = level;
  const { indentationLvl } = ctx;
  const keyCount = shape.keys.length;
  let output: string[];
  try {
    output = shape.formatter(ctx, level, recursion);
    for (const key of shape.keys) output.push(formatProperty(ctx, value, level, key, shape.kind));
    output.push(...protoProps);
  } catch (error) {
    if (!isStackOverflow(error)) throw error;
    ctx.seen.pop();
    ctx.indentationLvl = indentationLvl;
    const message = `[${name}: Inspection interrupted prematurely. Maximum call stack size exceeded.]`;
    return ctx.stylize(message, 'special');
  }
  markReference(ctx, value, shape);
  ctx.seen.pop();
  sortEntries(ctx, output, shape, keyCount);
  return finish(ctx, value, shape, output, level);
}

function markReference(ctx: InspectContext, value: object, shape: Shape): void {
  const number = ctx.circular?.get(value);
  if (number === undefined) return;
  const reference = ctx.stylize(`<ref *${number}>`, 'special');
  if (ctx.compact === true) shape.opening = `${reference} ${shape.opening}`;
  else shape.base = shape.base === '' ? reference : `${reference} ${shape.base}`;
}

function sortEntries(ctx: InspectContext, output: string[], shape: Shape, keyCount: number): void {
  if (!ctx.sorted) return;
  const comparator = ctx.sorted === true ? undefined : ctx.sorted;
  if (shape.kind === 'object') {
    output.sort(comparator);
  } else if (keyCount > 1) {
    const from = output.length - keyCount;
    output.splice(from, keyCount, ...output.slice(from).sort(comparator));
  }
}

function finish(ctx: InspectContext, value: object, shape: Shape, output: string[], recurseTimes: number): string {
  const text = reduceToSingleString(ctx, {
    output,
    base: shape.base,
    braces: [shape.opening, shape.closing],
    kind: shape.kind,
    recurseTimes,
    value: value as unknown as ArrayLike<unknown>,
  });
  const length = (ctx.budget[ctx.indentationLvl] ?? 0) + text.length;
  ctx.budget[ctx.indentationLvl] = length;
  if (length > outputLengthMax) ctx.depth = -1;
  return text;
}

function formatGetter(
  ctx: InspectContext,
  descriptor: PropertyDescriptor,
  original: object,
  recurseTimes: number,
): string {
  const label = descriptor.set === undefined ? 'Getter' : 'Getter/Setter';
  const special = (text: string) => ctx.stylize(text, 'special');
  const wanted = descriptor.set === undefined ? 'get' : 'set';
  if (ctx.getters !== true && ctx.getters !== wanted) return special(`[${label}]`);
  try {
    const value: unknown = descriptor.get!.call(original);
    ctx.indentationLvl += 2;
    let text: string;
    // Node takes what is nothing else for a symbol, and stays where it was indented.
    if (typeof value === 'function') throw new TypeError("Symbol.prototype.toString requires that 'this' be a Symbol");
    if (value === null) text = `${special(`[${label}:`)} ${ctx.stylize('null', 'null')}${special(']')}`;
    else if (typeof value === 'object') text = `${special(`[${label}]`)} ${formatValue(ctx, value, recurseTimes)}`;
    else text = `${special(`[${label}:`)} ${formatPrimitive(ctx.stylize, value, ctx)}${special(']')}`;
    ctx.indentationLvl -= 2;
    return text;
  } catch (error) {
    return `${special(`[${label}:`)} <Inspection threw (${(error as Error).message})>${special(']')}`;
  }
}

function formatKey(ctx: InspectContext, key: PropertyKey, isEnumerable: boolean): string {
  if (typeof key === 'symbol') return `[${ctx.stylize(escapeKey(key.toString()), 'symbol')}]`;
  const name = String(key);
  if (name === '__proto__') return "['__proto__']";
  if (!isEnumerable) return `[${escapeKey(name)}]`;
  return /^[a-zA-Z_][a-zA-Z_0-9]*$/.test(name) ? ctx.stylize(name, 'name') : ctx.stylize(quote(name), 'string');
}

function formatProperty(
  ctx: InspectContext,
  owner: object,
  recurseTimes: number,
  key: PropertyKey,
  kind: EntryKind,
  original = owner,
): string {
  const descriptor = Object.getOwnPropertyDescriptor(owner, key) ?? {
    value: Reflect.get(owner, key) as unknown,
    enumerable: true,
  };
  let text: string;
  let gap = ' ';
  if (descriptor.value !== undefined) {
    const indent = ctx.compact !== true || kind !== 'object' ? 2 : 3;
    ctx.indentationLvl += indent;
    text = formatValue(ctx, descriptor.value, recurseTimes);
    if (indent === 3 && ctx.breakLength < stringWidth(text)) gap = `\n${' '.repeat(ctx.indentationLvl)}`;
    ctx.indentationLvl -= indent;
  } else if (descriptor.get !== undefined) {
    text = formatGetter(ctx, descriptor, original, recurseTimes);
  } else {
    text = descriptor.set === undefined ? ctx.stylize('undefined', 'undefined') : ctx.stylize('[Setter]', 'special');
  }
  if (kind === 'array') return text;
  return `${formatKey(ctx, key, descriptor.enumerable !== false)}:${gap}${text}`;
}
