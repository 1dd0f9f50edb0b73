/**
 * `Math` for user code: chance from the process's own stream, and nothing whose last bits depend on the engine. What
 * IEEE 754 lays down exactly (`sqrt`, `floor`, `fround`, …) is the engine's.
 */
import * as exponential from './math-exp';
import { hypot, powOfNumbers } from './math-pow';
import * as trigonometric from './math-trig';

type Unary = (x: number) => number;

const unary: Record<string, Unary> = { ...exponential, sin: trigonometric.sin, cos: trigonometric.cos };
for (const name of ['tan', 'asin', 'acos', 'atan'] as const) unary[name] = trigonometric[name];

function named(name: string, length: number, method: (...args: unknown[]) => number): PropertyDescriptor {
  Object.defineProperty(method, 'name', { value: name });
  Object.defineProperty(method, 'length', { value: length });
  return { value: method, writable: true, configurable: true, enumerable: false };
}

export function createMath(random: () => number): Math {
  const math: object = Object.create(Object.prototype, Object.getOwnPropertyDescriptors(Math)) as object;
  for (const [name, method] of Object.entries(unary)) {
    Object.defineProperty(
      math,
      name,
      named(name, 1, (x) => method(Number(x))),
    );
  }
  const atan2 = named('atan2', 2, (y, x) => trigonometric.atan2(Number(y), Number(x)));
  Object.defineProperty(math, 'atan2', atan2);
  Object.defineProperty(math, 'pow', named('pow', 2, powOfNumbers));
  Object.defineProperty(math, 'hypot', named('hypot', 2, hypot));
  Object.defineProperty(
    math,
    'random',
    named('random', 0, () => random()),
  );
  return math as Math;
}
