import { named, preconditionFailed } from './amqp-error';
import type { Table, Value } from './protocol';
import { isTyped, plainOf, sameValue, typeOf } from './values';

/** A redeclaration must say the same as the first one. Source: rabbit_misc:assert_args_equivalence, with its wording. */
export class Equivalence {
  readonly #kind: 'queue' | 'exchange';
  readonly #name: string;

  constructor(kind: 'queue' | 'exchange', name: string) {
    this.#kind = kind;
    this.#name = name;
  }

  field(field: string, current: Value, received: Value): void {
    if (current !== received) this.#fail(field, quoted(received), quoted(current));
  }

  arguments(names: readonly string[], current: Table, received: Table): void {
    for (const name of names) this.#argument(name, current[name], received[name]);
  }

  #argument(name: string, current: Value | undefined, received: Value | undefined): void {
    if (current === undefined && received === undefined) return;
    if (current !== undefined && received !== undefined) {
      if (!sameValue(current, received)) this.#fail(name, quoted(received), quoted(current));
    } else this.#fail(name, described(received), described(current));
  }

  #fail(name: string, received: string, current: string): never {
    throw preconditionFailed(
      `inequivalent arg '${name}' for ${named(this.#kind, this.#name)}: received ${received} but current is ${current}`,
    );
  }
}

function quoted(value: Value): string {
  return `'${shown(value)}'`;
}

function described(value: Value | undefined): string {
  return value === undefined ? 'none' : `the value '${shown(value)}' of type '${typeOf(value)}'`;
}

function shown(value: Value): string {
  const plain = isTyped(value) ? plainOf(value) : value;
  return typeof plain === 'object' ? JSON.stringify(plain) : String(plain);
}
