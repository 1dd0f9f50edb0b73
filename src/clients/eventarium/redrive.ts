import type { DeadLetter } from '../../brokers/bus/dead-letters';
import { copyPlain } from '../../log/plain';
import type { ClientEnvironment } from './environment';
import { EventBus } from './event-bus';
import { kindOf, letterFor, requireFunction, requireText } from './arguments';

interface RedriveOptions {
  readonly queue?: unknown;
  readonly filter?: unknown;
  readonly edit?: unknown;
}

/**
 * Sends dead letters of a bus back to the listeners that had given them up. What `filter` or `edit` throws is thrown before
 * anything is sent, so that a mistake in them moves nothing.
 */
export function redrive(
  environment: ClientEnvironment,
  bus: unknown,
  options: RedriveOptions = {},
): { redriven: number; kept: number } {
  if (!(bus instanceof EventBus))
    throw new TypeError(`redrive(bus, options): the first argument must be an event bus; it is ${kindOf(bus)}.`);
  const queue = options.queue === undefined ? `${bus.name}.dead` : requireText(options.queue, 'redrive: queue');
  const filter = options.filter === undefined ? undefined : requireFunction(options.filter, 'redrive: filter');
  const edit = options.edit === undefined ? undefined : requireFunction(options.edit, 'redrive: edit');
  const picked = new Map<DeadLetter, { readonly data: unknown } | undefined>();
  for (const letter of bus.broker.deadLetters(queue)) {
    if (filter !== undefined && !(filter as (letter: object) => unknown)(letterFor(letter))) continue;
    const { event } = letterFor(letter) as { event: { data?: unknown } };
    const edited = edit && {
      data: copyPlain((edit as (data: unknown, letter: object) => unknown)(event.data, letterFor(letter))),
    };
    picked.set(letter, edited);
  }
  return bus.broker.redriveLetters(queue, picked, environment.origin());
}
