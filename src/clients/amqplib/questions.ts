import * as methods from './methods';
import type { Unaddressed } from './methods';

/** What asks the broker and is answered: how a public function's arguments become a method, and its answer what it gives. */
export interface Question {
  /** How many arguments it may have; in the callback API the callback may stand in the place of any that is left out. */
  readonly method: (...args: readonly unknown[]) => Unaddressed;
  /** The answer's fields as they are, unless this says otherwise. */
  readonly answer?: (...args: readonly unknown[]) => object;
}

export const questions: Readonly<Record<string, Question>> = {
  assertQueue: { method: (queue, options) => methods.assertQueue(queue, options) },
  checkQueue: { method: (queue) => methods.checkQueue(queue) },
  deleteQueue: { method: (queue, options) => methods.deleteQueue(queue, options) },
  purgeQueue: { method: (queue) => methods.purgeQueue(queue) },
  bindQueue: { method: (queue, source, key, args) => methods.bindQueue('bind', queue, source, key, args) },
  unbindQueue: { method: (queue, source, key, args) => methods.bindQueue('unbind', queue, source, key, args) },
  assertExchange: {
    method: (exchange, type, options) => methods.assertExchange(exchange, type, options),
    answer: (exchange) => ({ exchange }),
  },
  checkExchange: { method: (exchange) => methods.checkExchange(exchange) },
  deleteExchange: { method: (exchange, options) => methods.deleteExchange(exchange, options) },
  bindExchange: { method: (to, source, key, args) => methods.bindExchange('bind', to, source, key, args) },
  unbindExchange: { method: (to, source, key, args) => methods.bindExchange('unbind', to, source, key, args) },
  prefetch: { method: (count, global) => methods.prefetch(count, global) },
  recover: { method: () => ({ type: 'basic.recover', requeue: true }) },
};

/** Number of arguments before the callback, in the callback API. */
export const argumentCounts: Readonly<Record<string, number>> = {
  assertQueue: 2,
  checkQueue: 1,
  deleteQueue: 2,
  purgeQueue: 1,
  bindQueue: 4,
  unbindQueue: 4,
  assertExchange: 3,
  checkExchange: 1,
  deleteExchange: 2,
  bindExchange: 4,
  unbindExchange: 4,
  prefetch: 2,
  recover: 0,
};
