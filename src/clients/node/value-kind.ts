/**
 * What kind of built-in a value is, whatever its prototype and tag pretend: `util.types`. Node asks the engine; here the
 * methods that only work on the real thing are tried instead. Two kinds have no such method and are known otherwise:
 * errors and promises by their prototype, proxies because `proxy.ts` made them.
 */

const tagOf = (value: unknown): string => Object.prototype.toString.call(value).slice(8, -1);

const accepts = (method: ((this: never, ...args: never[]) => unknown) | undefined, value: unknown): boolean => {
  if (method === undefined || value === null || (typeof value !== 'object' && typeof value !== 'function'))
    return false;
  try {
    Reflect.apply(method, value, []);
    return true;
  } catch {
    return false;
  }
};

const getter = (prototype: object, key: PropertyKey) => Object.getOwnPropertyDescriptor(prototype, key)?.get;

const typedArrayPrototype = Object.getPrototypeOf(Uint8Array.prototype) as object;
const typedArrayTag = getter(typedArrayPrototype, Symbol.toStringTag)!;
const prototypeOf = (value: unknown): object | null => Object.getPrototypeOf(value) as object | null;
const mapIteratorPrototype = prototypeOf(new Map().entries());
const setIteratorPrototype = prototypeOf(new Set().entries());
const generatorFunctionPrototype = prototypeOf(function* () {});
const asyncFunctionPrototype = prototypeOf(async () => {});
const asyncGeneratorFunctionPrototype = prototypeOf(async function* () {});
const generatorPrototype = prototypeOf((function* () {})())!;
const asyncGeneratorPrototype = prototypeOf((async function* () {})())!;

const inherits = (value: unknown, prototype: object | null): boolean =>
  value !== null &&
  (typeof value === 'object' || typeof value === 'function') &&
  prototype !== null &&
  Object.prototype.isPrototypeOf.call(prototype, value);

export function typedArrayName(value: unknown): string | undefined {
  return ArrayBuffer.isView(value) ? (Reflect.apply(typedArrayTag, value, []) as string | undefined) : undefined;
}

/** Whatever its prototype. */
export const typedArrayLength = (value: object): number =>
  Reflect.get(Object.getPrototypeOf(Uint8Array.prototype) as object, 'length', value) as number;

const isNamedArray = (name: string) => (value: unknown) => typedArrayName(value) === name;

export const isMap = (value: unknown): value is Map<unknown, unknown> => accepts(getter(Map.prototype, 'size'), value);
export const isSet = (value: unknown): value is Set<unknown> => accepts(getter(Set.prototype, 'size'), value);
const weakMapHas = function (this: never) {
  return WeakMap.prototype.has.call(this, {});
};
const weakSetHas = function (this: never) {
  return WeakSet.prototype.has.call(this, {});
};
export const isWeakMap = (value: unknown): value is WeakMap<WeakKey, unknown> => accepts(weakMapHas, value);
export const isWeakSet = (value: unknown): value is WeakSet<WeakKey> => accepts(weakSetHas, value);
export const isMapIterator = (value: unknown): value is IterableIterator<unknown> =>
  inherits(value, mapIteratorPrototype);
export const isSetIterator = (value: unknown): value is IterableIterator<unknown> =>
  inherits(value, setIteratorPrototype);
export const isDate = (value: unknown): value is Date => accepts(Date.prototype.getTime, value);
export const isRegExp = (value: unknown): value is RegExp =>
  value !== RegExp.prototype && accepts(getter(RegExp.prototype, 'source'), value);
export const isArrayBuffer = (value: unknown): value is ArrayBuffer =>
  accepts(getter(ArrayBuffer.prototype, 'byteLength'), value);
const sharedByteLength =
  typeof SharedArrayBuffer === 'undefined' ? undefined : getter(SharedArrayBuffer.prototype, 'byteLength');
export const isSharedArrayBuffer = (value: unknown): value is SharedArrayBuffer => accepts(sharedByteLength, value);
/** Views are asked about most often, and what throws is slow: they are none. */
export const isAnyArrayBuffer = (value: unknown): value is ArrayBuffer | SharedArrayBuffer =>
  !ArrayBuffer.isView(value) && (isArrayBuffer(value) || isSharedArrayBuffer(value));
export const isDataView = (value: unknown): value is DataView =>
  ArrayBuffer.isView(value) && typedArrayName(value) === undefined;
export const isTypedArray = (value: unknown): value is Uint8Array => typedArrayName(value) !== undefined;
export const isUint8Array = isNamedArray('Uint8Array') as (value: unknown) => value is Uint8Array;
export const isArrayBufferView = (value: unknown): value is ArrayBufferView => ArrayBuffer.isView(value);
export const isPromise = (value: unknown): value is Promise<unknown> =>
  value instanceof Promise && tagOf(value) !== 'Object' && value !== Promise.prototype;
export const isNativeError = (value: unknown): value is Error =>
  typeof value === 'object' && value !== null && (tagOf(value) === 'Error' || value instanceof Error);
export const isError = isNativeError;
export const isArgumentsObject = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && !(Symbol.toStringTag in value) && tagOf(value) === 'Arguments';
export const isNumberObject = (value: unknown): boolean => accepts(Number.prototype.valueOf, value);
export const isStringObject = (value: unknown): boolean => accepts(String.prototype.valueOf, value);
export const isBooleanObject = (value: unknown): boolean => accepts(Boolean.prototype.valueOf, value);
export const isBigIntObject = (value: unknown): boolean => accepts(BigInt.prototype.valueOf, value);
export const isSymbolObject = (value: unknown): boolean => accepts(Symbol.prototype.valueOf, value);
export const isBoxedPrimitive = (value: unknown): boolean =>
  isNumberObject(value) ||
  isStringObject(value) ||
  isBooleanObject(value) ||
  isBigIntObject(value) ||
  isSymbolObject(value);
export const isGeneratorFunction = (value: unknown): boolean =>
  typeof value === 'function' &&
  (inherits(value, generatorFunctionPrototype) || inherits(value, asyncGeneratorFunctionPrototype));
export const isAsyncFunction = (value: unknown): boolean =>
  typeof value === 'function' &&
  (inherits(value, asyncFunctionPrototype) || inherits(value, asyncGeneratorFunctionPrototype));
export const isGeneratorObject = (value: unknown): boolean =>
  inherits(value, prototypeOf(generatorPrototype)) || inherits(value, prototypeOf(asyncGeneratorPrototype));

/** A namespace object, or what stands for one: no prototype and the tag `Module`, which cannot be listed. */
export function isModuleNamespaceObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== null) return false;
  const tag = Object.getOwnPropertyDescriptor(value, Symbol.toStringTag);
  return tag?.value === 'Module' && tag.enumerable === false;
}

/** The name of the built-in behind a value that has lost its prototype. */
export const internalClassName = (value: unknown): string =>
  typedArrayName(value) ??
  (isMap(value) ? 'Map' : isSet(value) ? 'Set' : isPromise(value) ? 'Promise' : tagOf(value) || 'Object');

/** `util.types`; `isProxy` is added where proxies are known. */
export const valueKinds = {
  isAnyArrayBuffer,
  isArgumentsObject,
  isArrayBuffer,
  isArrayBufferView,
  isAsyncFunction,
  isBigInt64Array: isNamedArray('BigInt64Array'),
  isBigUint64Array: isNamedArray('BigUint64Array'),
  isBigIntObject,
  isBooleanObject,
  isBoxedPrimitive,
  isCryptoKey: (_value: unknown) => false,
  isDataView,
  isDate,
  isExternal: (_value: unknown) => false,
  isFloat32Array: isNamedArray('Float32Array'),
  isFloat64Array: isNamedArray('Float64Array'),
  isGeneratorFunction,
  isGeneratorObject,
  isInt8Array: isNamedArray('Int8Array'),
  isInt16Array: isNamedArray('Int16Array'),
  isInt32Array: isNamedArray('Int32Array'),
  isKeyObject: (_value: unknown) => false,
  isMap,
  isMapIterator,
  isModuleNamespaceObject,
  isNativeError,
  isNumberObject,
  isPromise,
  isRegExp,
  isSet,
  isSetIterator,
  isSharedArrayBuffer,
  isStringObject,
  isSymbolObject,
  isTypedArray,
  isUint8Array,
  isUint8ClampedArray: isNamedArray('Uint8ClampedArray'),
  isUint16Array: isNamedArray('Uint16Array'),
  isUint32Array: isNamedArray('Uint32Array'),
  isWeakMap,
  isWeakSet,
};
