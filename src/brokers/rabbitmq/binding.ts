import type { Table } from './protocol';
import type { Exchange } from './exchange';
import type { Queue } from './queue';

export type Destination = Queue | Exchange;

/** From an exchange to a queue or to another exchange. Two with the same ends, key and arguments are one. */
export interface Binding {
  /** Unique within its broker: `b_1`, … */
  readonly id: string;
  readonly source: Exchange;
  readonly destination: Destination;
  readonly key: string;
  readonly arguments: Table;
  /** Number of the last routing that followed it. */
  visit: number;
}

/** What a binding table is asked with. */
export interface Routed {
  readonly routingKeys: readonly string[];
  readonly headers: Table | undefined;
}

/** The bindings of one exchange, kept so that the exchange's type finds those that match. */
export interface BindingTable {
  add(binding: Binding): void;
  remove(binding: Binding): void;
  /** Tells every binding that matches; one may be told more than once. */
  match(message: Routed, found: (binding: Binding) => void): void;
}

/** Every binding matches. */
export class FanoutBindings implements BindingTable {
  readonly #bindings = new Set<Binding>();

  add(binding: Binding): void {
    this.#bindings.add(binding);
  }

  remove(binding: Binding): void {
    this.#bindings.delete(binding);
  }

  match(_message: Routed, found: (binding: Binding) => void): void {
    for (const binding of this.#bindings) found(binding);
  }
}

/** A binding matches when its key is the message's, letter by letter. */
export class DirectBindings implements BindingTable {
  readonly #byKey = new Map<string, Set<Binding>>();

  add(binding: Binding): void {
    const known = this.#byKey.get(binding.key);
    if (known) known.add(binding);
    else this.#byKey.set(binding.key, new Set([binding]));
  }

  remove(binding: Binding): void {
    const known = this.#byKey.get(binding.key);
    known?.delete(binding);
    if (known?.size === 0) this.#byKey.delete(binding.key);
  }

  match({ routingKeys }: Routed, found: (binding: Binding) => void): void {
    for (const key of routingKeys) {
      const bindings = this.#byKey.get(key);
      if (bindings) for (const binding of bindings) found(binding);
    }
  }
}
