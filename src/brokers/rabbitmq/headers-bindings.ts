import { preconditionFailed } from './amqp-error';
import type { Binding, BindingTable, Routed } from './binding';
import { typeOf, plainOf, sameValue } from './values';
import type { Table, Value } from './protocol';

const kinds = ['all', 'any', 'all-with-x', 'any-with-x'];

/** Refuses a binding whose `x-match` is none of the four. */
export function checkHeadersBinding(args: Table): void {
  const match = args['x-match'];
  if (match === undefined) return;
  if (typeof match !== 'string')
    throw preconditionFailed(
      `Invalid x-match field type ${typeOf(match)} (value ${match === null ? 'undefined' : JSON.stringify(plainOf(match))}); expected longstr`,
    );
  if (!kinds.includes(match))
    throw preconditionFailed(
      `Invalid x-match field value ${match === '' ? '<<>>' : `<<"${match}">>`}; expected all, any, all-with-x, or any-with-x`,
    );
}

interface Pattern {
  readonly pairs: readonly (readonly [name: string, value: Value])[];
  readonly any: boolean;
}

/**
 * A binding matches by its arguments. `all` (the default) wants every pair among the message's headers, `any` at least one;
 * names that begin with `x-` count only in the forms `-with-x`. A null asks only that the header be there.
 * Source: rabbit_exchange_type_headers.
 */
export class HeadersBindings implements BindingTable {
  readonly #patterns = new Map<Binding, Pattern>();

  add(binding: Binding): void {
    const match = (binding.arguments['x-match'] as string | undefined) ?? 'all';
    const pairs = Object.entries(binding.arguments).filter(
      ([name]) => name !== 'x-match' && (match.endsWith('-with-x') || !name.startsWith('x-')),
    );
    this.#patterns.set(binding, { pairs, any: match.startsWith('any') });
  }

  remove(binding: Binding): void {
    this.#patterns.delete(binding);
  }

  match({ headers = {} }: Routed, found: (binding: Binding) => void): void {
    for (const [binding, { pairs, any }] of this.#patterns) {
      const holds = ([name, value]: readonly [string, Value]): boolean => {
        const header = Object.hasOwn(headers, name) ? headers[name] : undefined;
        return header !== undefined && (value === null || sameValue(value, header));
      };
      if (any ? pairs.some(holds) : pairs.every(holds)) found(binding);
    }
  }
}
