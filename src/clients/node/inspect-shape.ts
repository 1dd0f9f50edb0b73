/**
 * Which kind of thing a value is to `inspect`: its brackets, its keys and how its entries are written.
 * Follows Node 20, `lib/internal/util/inspect.js` (MIT, copyright Node.js contributors), whose output it must equal.
 */
import {
  arrayBufferFormatter,
  arrayFormatter,
  iteratorFormatter,
  mapFormatter,
  namespaceFormatter,
  previewIterator,
  wasPreviewed,
  promiseFormatter,
  setFormatter,
  typedArrayFormatter,
  weakFormatter,
} from './inspect-collection';
import type { Formatter } from './inspect-collection';
import type { PromiseState } from './environment';
import { stylizeNoColor } from './inspect-context';
import type { EntryKind, InspectContext } from './inspect-context';
import { formatError } from './inspect-error';
import { functionBase, plainPrefixOf, prefixOf } from './inspect-name';
import { formatNumber, formatPrimitive } from './inspect-text';
import * as kind from './value-kind';

export interface Subject {
  readonly value: object;
  readonly constructor: string | null;
  readonly tag: string;
  readonly hasProtoProps: boolean;
  readonly inTypedArray: boolean;
  readonly isTooDeep: boolean;
}

/** What there is to write of a value, or the whole text already. */
export interface Shape {
  base: string;
  opening: string;
  closing: string;
  keys: PropertyKey[];
  kind: EntryKind;
  formatter: Formatter;
  text?: string;
}

const nothing: Formatter = () => [];

function keysOf(value: object, showHidden: boolean): PropertyKey[] {
  const symbols = Object.getOwnPropertySymbols(value);
  if (showHidden) return [...Object.getOwnPropertyNames(value), ...symbols];
  const isListed = (key: symbol) => Object.prototype.propertyIsEnumerable.call(value, key);
  return [...Object.keys(value), ...symbols.filter(isListed)];
}

const index = /^(0|[1-9][0-9]*)$/;
const keysBesideIndices = (value: object, showHidden: boolean): PropertyKey[] =>
  keysOf(value, showHidden).filter((key) => typeof key !== 'string' || !index.test(key));

function arrayShape(ctx: InspectContext, { value, constructor, tag, hasProtoProps }: Subject): Shape | undefined {
  if (Array.isArray(value)) {
    const isOrdinary = constructor === 'Array' && tag === '';
    const prefix = isOrdinary ? '' : prefixOf(constructor, tag, 'Array', `(${value.length})`);
    const keys = keysBesideIndices(value, ctx.showHidden);
    const shape: Shape = {
      base: '',
      opening: `${prefix}[`,
      closing: ']',
      keys,
      kind: 'array-extras',
      formatter: arrayFormatter(value),
    };
    if (value.length === 0 && keys.length === 0 && !hasProtoProps) shape.text = `${prefix}[]`;
    return shape;
  }
  const name = kind.typedArrayName(value);
  if (name === undefined) return undefined;
  const length = kind.typedArrayLength(value);
  const keys = keysBesideIndices(value, ctx.showHidden);
  const size = `(${length})`;
  const prefix = prefixOf(constructor, tag, constructor === null ? name : '', size);
  const shape: Shape = {
    base: '',
    opening: `${prefix}[`,
    closing: ']',
    keys,
    kind: 'array-extras',
    formatter: typedArrayFormatter(value as Uint8Array, length),
  };
  if (length === 0 && keys.length === 0 && !ctx.showHidden) shape.text = `${prefix}[]`;
  return shape;
}

/** Whatever its own prototype pretends. */
function sizeOf(prototype: object, value: object): number {
  return Reflect.get(prototype, 'size', value) as number;
}

function collectionShape(ctx: InspectContext, subject: Subject): Shape | undefined {
  const { value, constructor, tag, hasProtoProps } = subject;
  const isMap = kind.isMap(value);
  if (isMap || kind.isSet(value)) {
    const size = sizeOf(isMap ? Map.prototype : Set.prototype, value);
    const prefix = prefixOf(constructor, tag, isMap ? 'Map' : 'Set', `(${size})`);
    const keys = keysOf(value, ctx.showHidden);
    const formatter = isMap ? mapFormatter(value) : setFormatter(value);
    const shape: Shape = { base: '', opening: `${prefix}{`, closing: '}', keys, kind: 'object', formatter };
    if (size === 0 && keys.length === 0 && !hasProtoProps) shape.text = `${prefix}{}`;
    return shape;
  }
  const isMapIterator = kind.isMapIterator(value);
  if (!isMapIterator && !kind.isSetIterator(value)) return undefined;
  const preview = previewIterator(value, !isMapIterator);
  const type = isMapIterator ? 'Map' : 'Set';
  const name = `${type} ${preview.isPairs ? 'Entries' : 'Iterator'}`;
  const full = tag === `${type} Iterator` || tag === '' ? name : `${tag}] [${name}`;
  const keys = keysOf(value, ctx.showHidden).filter((key) => key !== 'next' || !wasPreviewed(value));
  return {
    base: '',
    opening: `[${full}] {`,
    closing: '}',
    keys,
    kind: 'object',
    formatter: iteratorFormatter(preview),
  };
}

const boxes = [
  ['Number', kind.isNumberObject, Number.prototype.valueOf],
  ['String', kind.isStringObject, String.prototype.valueOf],
  ['Boolean', kind.isBooleanObject, Boolean.prototype.valueOf],
  ['BigInt', kind.isBigIntObject, BigInt.prototype.valueOf],
  ['Symbol', kind.isSymbolObject, Symbol.prototype.valueOf],
] as const;

function boxedBase(ctx: InspectContext, { value, constructor, tag }: Subject, keys: PropertyKey[]): string | undefined {
  const box = boxes.find(([, is]) => is(value));
  if (box === undefined) return undefined;
  const [type, , valueOf] = box;
  const primitive: unknown = Reflect.apply(valueOf as () => unknown, value, []);
  if (typeof primitive === 'string') keys.splice(0, primitive.length);
  let base = `[${type}`;
  if (type !== constructor) base += constructor === null ? ' (null prototype)' : ` (${constructor})`;
  base += `: ${formatPrimitive(stylizeNoColor, primitive, ctx)}]`;
  if (tag !== '' && tag !== constructor) base += ` [${tag}]`;
  return keys.length !== 0 || ctx.stylize === stylizeNoColor ? base : ctx.stylize(base, type.toLowerCase());
}

/** Values that are written as one text, with their properties, if they have any, in braces after it. */
function textualShape(ctx: InspectContext, subject: Subject, shape: Shape): boolean {
  const { value, constructor, tag } = subject;
  const finish = (base: string, style?: string, isWhole = false): true => {
    shape.base = base;
    if (isWhole || (shape.keys.length === 0 && !subject.hasProtoProps)) {
      shape.text = style === undefined ? base : ctx.stylize(base, style);
    }
    return true;
  };
  const prefixed = (text: string, type: string) => {
    const prefix = prefixOf(constructor, tag, type);
    return prefix === `${type} ` ? text : `${prefix}${text}`;
  };
  if (kind.isRegExp(value)) {
    const text = RegExp.prototype.toString.call(constructor === null ? new RegExp(value) : value);
    return finish(prefixed(text, 'RegExp'), 'regexp', subject.isTooDeep);
  }
  if (kind.isDate(value)) {
    const time = Date.prototype.getTime.call(value);
    const text = Number.isNaN(time) ? 'Invalid Date' : Date.prototype.toISOString.call(value);
    return finish(prefixed(text, 'Date'), 'date');
  }
  if (kind.isError(value)) return finish(formatError(ctx, value, constructor, tag, shape.keys));
  return false;
}

// What Node puts on promises while something in it, like a test runner, watches asynchronous calls.
const hookSymbols = new Set(['async_id_symbol', 'trigger_async_id_symbol', 'kResourceStore', 'destroyed']);

const notOne: PromiseState = { type: 'none' };

/** Built-ins whose contents are written in braces. */
function memoryShape(ctx: InspectContext, subject: Subject, shape: Shape): boolean {
  const { value, constructor, tag } = subject;
  const open = (type: string, formatter: Formatter): true => {
    shape.opening = `${prefixOf(constructor, tag, type)}{`;
    shape.formatter = formatter;
    return true;
  };
  if (kind.isAnyArrayBuffer(value)) {
    const type = kind.isArrayBuffer(value) ? 'ArrayBuffer' : 'SharedArrayBuffer';
    open(type, subject.inTypedArray ? nothing : arrayBufferFormatter(value));
    if (subject.inTypedArray && shape.keys.length === 0 && !subject.hasProtoProps) {
      shape.text = `${shape.opening} byteLength: ${formatNumber(ctx.stylize, value.byteLength, false)} }`;
    }
    shape.keys.unshift('byteLength');
    return true;
  }
  if (kind.isDataView(value)) {
    shape.keys.unshift('byteLength', 'byteOffset', 'buffer');
    return open('DataView', nothing);
  }
  const state = kind.isPromise(value) ? ctx.promiseState(value) : notOne;
  if (state.type !== 'none') {
    shape.keys = shape.keys.filter((key) => typeof key !== 'symbol' || !hookSymbols.has(key.description ?? ''));
    return open('Promise', promiseFormatter(state));
  }
  if (kind.isWeakSet(value)) return open('WeakSet', weakFormatter);
  if (kind.isWeakMap(value)) return open('WeakMap', weakFormatter);
  if (kind.isModuleNamespaceObject(value)) return open('Module', namespaceFormatter(value, shape.keys));
  return false;
}

function objectShape(ctx: InspectContext, subject: Subject): Shape {
  const { value, constructor, tag } = subject;
  const keys = keysOf(value, ctx.showHidden);
  const shape: Shape = { base: '', opening: '{', closing: '}', keys, kind: 'object', formatter: nothing };
  const isBare = () => keys.length === 0 && !subject.hasProtoProps;
  if (typeof value === 'function') {
    shape.base = functionBase(value as () => unknown, constructor, tag);
    if (isBare()) shape.text = ctx.stylize(shape.base, 'special');
    return shape;
  }
  if (constructor === 'Object') {
    if (kind.isArgumentsObject(value)) shape.opening = '[Arguments] {';
    else if (tag !== '') shape.opening = `${prefixOf(constructor, tag, 'Object')}{`;
    if (isBare()) shape.text = `${shape.opening}}`;
    return shape;
  }
  if (textualShape(ctx, subject, shape) || memoryShape(ctx, subject, shape)) return shape;
  const boxed = boxedBase(ctx, subject, keys);
  if (boxed !== undefined) {
    shape.base = boxed;
    if (isBare()) shape.text = boxed;
    return shape;
  }
  shape.opening = `${plainPrefixOf(value, constructor, tag)}{`;
  if (isBare()) shape.text = `${shape.opening}}`;
  return shape;
}

export function shapeOf(ctx: InspectContext, subject: Subject): Shape {
  if (Symbol.iterator in subject.value || subject.constructor === null) {
    const shape = arrayShape(ctx, subject) ?? collectionShape(ctx, subject);
    if (shape !== undefined) return shape;
  }
  return objectShape(ctx, subject);
}
