/**
 * `util.isDeepStrictEqual` and the comparing half of `assert`.
 * Follows Node 20, `lib/internal/util/comparisons.js` (MIT, copyright Node.js contributors).
 */
import { engine } from './engine';
import * as kind from './value-kind';

type Pairs = Map<object, Set<object>>;

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;
const tagOf = (value: object): string => Object.prototype.toString.call(value);
const isListed = (value: object, key: PropertyKey): boolean => Object.prototype.propertyIsEnumerable.call(value, key);

const sameBytes = (a: ArrayBufferView, b: ArrayBufferView): boolean => {
  const [left, right] = [a, b].map((view) => new Uint8Array(view.buffer, view.byteOffset, view.byteLength));
  return left!.length === right!.length && left!.every((byte, i) => byte === right![i]);
};

class Comparing {
  readonly #isStrict: boolean;
  /** Pairs under comparison: met again inside themselves they count as equal. */
  readonly #pairs: Pairs = new Map();

  constructor(isStrict: boolean) {
    this.#isStrict = isStrict;
  }

  equal(a: unknown, b: unknown): boolean {
    if (a === b) return a !== 0 || !this.#isStrict || Object.is(a, b);
    if (!isObject(a) || !isObject(b)) return this.#equalPrimitives(a, b);
    if (this.#isStrict && Object.getPrototypeOf(a) !== Object.getPrototypeOf(b)) return false;
    if (tagOf(a) !== tagOf(b) || Array.isArray(a) !== Array.isArray(b)) return false;
    const partners = this.#pairs.get(a) ?? new Set();
    if (partners.has(b)) return true;
    this.#pairs.set(a, partners.add(b));
    const result = this.#equalInside(a, b) && this.#equalKeys(a, b) && this.#equalEntries(a, b);
    partners.delete(b);
    return result;
  }

  #equalPrimitives(a: unknown, b: unknown): boolean {
    const bothNaN = Number.isNaN(a) && Number.isNaN(b);
    if (this.#isStrict) return bothNaN;
    // oxlint-disable-next-line eqeqeq -- loose comparison is what was asked for
    return !isObject(a) && !isObject(b) && (bothNaN || a == b);
  }

  /** What built-ins hold beside their properties. */
  #equalInside(a: object, b: object): boolean {
    if (Array.isArray(a)) return a.length === (b as unknown[]).length;
    if (kind.isDate(a)) return kind.isDate(b) && Date.prototype.getTime.call(a) === Date.prototype.getTime.call(b);
    if (kind.isRegExp(a)) {
      return kind.isRegExp(b) && a.source === b.source && a.flags === b.flags && a.lastIndex === b.lastIndex;
    }
    if (kind.isArrayBufferView(a)) {
      return kind.isArrayBufferView(b) && kind.typedArrayName(a) === kind.typedArrayName(b) && this.#equalViews(a, b);
    }
    if (kind.isAnyArrayBuffer(a)) return kind.isAnyArrayBuffer(b) && sameBytes(new Uint8Array(a), new Uint8Array(b));
    if (kind.isNativeError(a)) return kind.isNativeError(b) && this.#equalErrors(a, b);
    if (kind.isBoxedPrimitive(a)) return kind.isBoxedPrimitive(b) && Object.is(a.valueOf(), b.valueOf());
    if (a instanceof engine.URL) return b instanceof engine.URL && a.href === b.href;
    return kind.isSet(a) === kind.isSet(b) && kind.isMap(a) === kind.isMap(b);
  }

  #equalViews(a: ArrayBufferView, b: ArrayBufferView): boolean {
    const name = kind.typedArrayName(a);
    if (this.#isStrict || (name !== 'Float32Array' && name !== 'Float64Array')) return sameBytes(a, b);
    const [left, right] = [a as Float64Array, b as Float64Array];
    return left.length === right.length && left.every((value, i) => value === right[i]);
  }

  #equalErrors(a: Error, b: Error): boolean {
    for (const key of ['message', 'name', 'cause', 'errors']) {
      if (isListed(a, key) !== isListed(b, key)) return false;
      if (!isListed(a, key) && !this.equal(Reflect.get(a, key), Reflect.get(b, key))) return false;
    }
    return true;
  }

  #keysOf(value: object): PropertyKey[] {
    const isText = kind.isStringObject(value) || kind.isTypedArray(value);
    const keys: PropertyKey[] = Object.keys(value).filter((key) => !isText || !/^\d+$/.test(key));
    if (!this.#isStrict) return keys;
    return [...keys, ...Object.getOwnPropertySymbols(value).filter((key) => isListed(value, key))];
  }

  #equalKeys(a: object, b: object): boolean {
    const keys = this.#keysOf(a);
    if (keys.length !== this.#keysOf(b).length) return false;
    return (
      keys.every((key) => isListed(b, key)) && keys.every((key) => this.equal(Reflect.get(a, key), Reflect.get(b, key)))
    );
  }

  #equalEntries(a: object, b: object): boolean {
    if (kind.isSet(a)) return this.#equalSets(a, b as Set<unknown>);
    return kind.isMap(a) ? this.#equalMaps(a, b as Map<unknown, unknown>) : true;
  }

  #equalSets(a: Set<unknown>, b: Set<unknown>): boolean {
    if (a.size !== b.size) return false;
    const rest = [...b].filter((value) => !a.has(value));
    for (const value of a) {
      if (b.has(value)) continue;
      const partner = rest.findIndex((candidate) => this.#alike(value, candidate));
      if (partner === -1) return false;
      rest.splice(partner, 1);
    }
    return rest.length === 0;
  }

  #equalMaps(a: Map<unknown, unknown>, b: Map<unknown, unknown>): boolean {
    if (a.size !== b.size) return false;
    const rest = [...b];
    for (const [key, value] of a) {
      const partner = rest.findIndex(
        ([otherKey, otherValue]) =>
          (Object.is(key, otherKey) || this.#alike(key, otherKey)) && this.equal(value, otherValue),
      );
      if (partner === -1) return false;
      rest.splice(partner, 1);
    }
    return true;
  }

  /** Whether one may stand for the other in a set; primitives only where comparison is loose. */
  #alike(a: unknown, b: unknown): boolean {
    return (!this.#isStrict || (isObject(a) && isObject(b))) && this.equal(a, b);
  }
}

export const isDeepStrictEqual = (a: unknown, b: unknown): boolean => new Comparing(true).equal(a, b);
export const isDeepEqual = (a: unknown, b: unknown): boolean => new Comparing(false).equal(a, b);
