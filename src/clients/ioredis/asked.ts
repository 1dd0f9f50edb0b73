import type { WireEnvironment } from '../wire';
import type { Done } from './command';

export type Method = (this: object, ...args: unknown[]) => unknown;

export function define(prototype: object, name: string, value: Method): void {
  Object.defineProperty(prototype, name, { value, writable: true, configurable: true });
}

export function withoutCallback(args: readonly unknown[]): [args: readonly unknown[], callback: Done | undefined] {
  const last = args.at(-1);
  return typeof last === 'function' ? [args.slice(0, -1), last as Done] : [args, undefined];
}

/** A promise, and when there is a callback that as well; then nobody need handle the promise. */
export function asked(environment: WireEnvironment, run: (done: Done) => void, callback: unknown): Promise<unknown> {
  const promise = environment.promise<unknown>((resolve, reject) => {
    run((error, value) => {
      if (error) reject(error);
      else resolve(value);
    });
  });
  if (typeof callback !== 'function') return promise;
  const told = environment.node.bind(callback as Done);
  promise.then(
    (value) => {
      told(null, value);
    },
    (error: unknown) => {
      told(error as Error);
    },
  );
  return promise;
}
