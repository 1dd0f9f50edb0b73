import { describe, expect, it } from 'vitest';
import { narrowLanguage } from '../../../src/clients/node/built-ins';

/** Defines what a newer engine might have, and takes it away afterwards if it is still there. */
function withAddition(holder: object, key: PropertyKey, check: () => void): void {
  Object.defineProperty(holder, key, { value: () => 'newer', writable: true, configurable: true });
  try {
    check();
  } finally {
    Reflect.deleteProperty(holder, key);
  }
}

describe('the language is narrowed to what Node 20 has', () => {
  it.each([
    ['a static method', Object, 'ofTomorrow'],
    ['a method', Array.prototype, 'ofTomorrow'],
    ['a symbol', Map.prototype, Symbol('ofTomorrow')],
    ['a method of every iterator', Object.getPrototypeOf(Object.getPrototypeOf([].values())) as object, 'ofTomorrow'],
    ['a method of every typed array', Object.getPrototypeOf(Uint8Array.prototype) as object, 'ofTomorrow'],
    ['a class of Intl', Intl, 'OfTomorrow'],
  ])('%s that came later is taken away', (_, holder, key) => {
    withAddition(holder, key, () => {
      narrowLanguage();
      expect(Object.hasOwn(holder, key)).toBe(false);
    });
  });

  it('what Node 20 has stays', () => {
    narrowLanguage();
    expect([3, 1].toSorted()).toEqual([1, 3]);
    expect([...'ab'.matchAll(/./g)]).toHaveLength(2);
    expect(new Intl.NumberFormat('en').format(1234)).toBe('1,234');
    expect(Symbol.iterator in Object.getPrototypeOf(Uint8Array.prototype)).toBe(true);
  });
});
