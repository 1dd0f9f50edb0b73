/** `structuredClone`, by the rules of the HTML standard, for everything that exists here. */
import { DOMException } from './dom-exception';
import { missingArgs } from './node-error';
import * as kind from './value-kind';
import { HeldRef } from './weak-ref';

const errorTypes: Record<string, ErrorConstructor> = {
  Error,
  EvalError,
  RangeError,
  ReferenceError,
  SyntaxError,
  TypeError,
  URIError,
};

function refuse(value: unknown): never {
  const text = typeof value === 'function' ? String(value) : typeof value === 'symbol' ? String(value) : '#<Object>';
  throw new DOMException(`${text} could not be cloned.`, 'DataCloneError');
}

class Cloning {
  readonly #copies = new Map<object, unknown>();
  readonly #Date: DateConstructor;
  readonly #transferred: ReadonlySet<unknown>;

  constructor(Date: DateConstructor, transferred: ReadonlySet<unknown>) {
    this.#Date = Date;
    this.#transferred = transferred;
  }

  copy(value: unknown): unknown {
    if (typeof value === 'function' || typeof value === 'symbol') refuse(value);
    if (typeof value !== 'object' || value === null) return value;
    const known = this.#copies.get(value);
    if (known !== undefined) return known;
    const simple = this.#simple(value);
    if (simple !== undefined) {
      this.#copies.set(value, simple);
      return simple;
    }
    return this.#composite(value);
  }

  #simple(value: object): object | undefined {
    if (kind.isDate(value)) return new this.#Date(Date.prototype.getTime.call(value));
    if (kind.isRegExp(value)) return new RegExp(value.source, value.flags);
    if (kind.isArrayBuffer(value)) return this.#memory(value);
    if (kind.isSharedArrayBuffer(value)) return value;
    if (kind.isDataView(value)) return new DataView(this.#memory(value.buffer), value.byteOffset, value.byteLength);
    if (kind.isTypedArray(value)) return this.#typedArray(value);
    if (kind.isSymbolObject(value)) refuse(Symbol.prototype.valueOf.call(value));
    if (kind.isBoxedPrimitive(value)) return Object(value.valueOf()) as object;
    return undefined;
  }

  #memory(memory: ArrayBufferLike): ArrayBuffer {
    const known = this.#copies.get(memory);
    if (known !== undefined) return known as ArrayBuffer;
    const copy = this.#transferred.has(memory)
      ? (memory as unknown as { transfer?: () => ArrayBuffer }).transfer?.()
      : undefined;
    const result = copy ?? (memory.slice(0) as ArrayBuffer);
    this.#copies.set(memory, result);
    return result;
  }

  /** A `Buffer` comes out as a plain `Uint8Array`, as in Node. */
  #typedArray(value: Uint8Array): object {
    const name = kind.typedArrayName(value)!;
    const Type = Reflect.get(globalThis, name) as new (memory: ArrayBuffer, offset: number, length: number) => object;
    return new Type(this.#memory(value.buffer), value.byteOffset, value.length);
  }

  #composite(value: object): unknown {
    if (kind.isPromise(value) || kind.isWeakMap(value) || kind.isWeakSet(value) || value instanceof HeldRef) {
      throw new DOMException(`#<${value.constructor.name}> could not be cloned.`, 'DataCloneError');
    }
    if (kind.isMap(value)) {
      const copy = new Map<unknown, unknown>();
      this.#copies.set(value, copy);
      for (const [key, mapped] of [...value]) copy.set(this.copy(key), this.copy(mapped));
      return copy;
    }
    if (kind.isSet(value)) {
      const copy = new Set<unknown>();
      this.#copies.set(value, copy);
      for (const entry of [...value]) copy.add(this.copy(entry));
      return copy;
    }
    if (kind.isNativeError(value)) return this.#error(value);
    const copy: object = Array.isArray(value) ? new Array(value.length) : {};
    this.#copies.set(value, copy);
    for (const key of Object.keys(value)) {
      const property = this.copy(Reflect.get(value, key));
      Object.defineProperty(copy, key, { value: property, writable: true, enumerable: true, configurable: true });
    }
    return copy;
  }

  #error(value: Error): Error {
    const Type = errorTypes[value.name] ?? Error;
    const error = Object.setPrototypeOf(new Error(value.message), Type.prototype) as Error;
    this.#copies.set(value, error);
    for (const key of ['stack', 'cause'] as const) {
      const descriptor = Object.getOwnPropertyDescriptor(value, key);
      if (descriptor === undefined) continue;
      const property = this.copy(value[key]);
      Object.defineProperty(error, key, { value: property, writable: true, configurable: true, enumerable: false });
    }
    if (!Object.hasOwn(value, 'message')) Reflect.deleteProperty(error, 'message');
    return error;
  }
}

export function createStructuredClone(Date: DateConstructor) {
  return function structuredClone(value: unknown, options?: { transfer?: Iterable<unknown> }): unknown {
    if (arguments.length === 0) throw missingArgs('value');
    return new Cloning(Date, new Set(options?.transfer ?? [])).copy(value);
  };
}
