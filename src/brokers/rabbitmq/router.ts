import type { Binding, Routed } from './binding';
import type { Exchange } from './exchange';
import type { Queue } from './queue';

/** The queues that were reached, and how. */
export interface Routing {
  readonly queues: Queue[];
  /** Ids of the bindings that matched, each once, in the order in which they were followed. */
  readonly bindings: string[];
  /** Exchanges whose alternate took over; undefined when there was none, as usual. */
  alternates: string[] | undefined;
}

export const noRouting = (): Routing => ({ queues: [], bindings: [], alternates: undefined });

/**
 * Where a message goes from an exchange: every queue at most once, however many bindings or ways lead to it; every exchange
 * on the way once, so that cycles end. An exchange that matches nothing at all hands over to its alternate.
 * Source: rabbit_exchange:route.
 */
export class Router {
  readonly #exchanges: ReadonlyMap<string, Exchange>;
  #visits = 0;
  #routing = noRouting();
  #exchangesToDo: Exchange[] = [];
  #matched = false;

  constructor(exchanges: ReadonlyMap<string, Exchange>) {
    this.#exchanges = exchanges;
  }

  route(from: Exchange, message: Routed): Routing {
    const routing = noRouting();
    this.#routing = routing;
    this.#visits++;
    this.#visit(from);
    for (let exchange = this.#exchangesToDo.pop(); exchange !== undefined; exchange = this.#exchangesToDo.pop()) {
      if (this.#matches(exchange, message) || exchange.alternate === undefined) continue;
      const alternate = this.#exchanges.get(exchange.alternate);
      if (alternate === undefined) continue;
      (routing.alternates ??= []).push(exchange.name);
      this.#visit(alternate);
    }
    return routing;
  }

  /** Follows the bindings that match, and says whether there were any. */
  #matches(exchange: Exchange, message: Routed): boolean {
    this.#matched = false;
    exchange.table.match(message, this.#found);
    return this.#matched;
  }

  readonly #found = (binding: Binding): void => {
    this.#matched = true;
    if (binding.visit === this.#visits) return;
    binding.visit = this.#visits;
    this.#routing.bindings.push(binding.id);
    const { destination } = binding;
    if (destination.kind === 'exchange') this.#visit(destination);
    else if (destination.visit !== this.#visits) {
      destination.visit = this.#visits;
      this.#routing.queues.push(destination);
    }
  };

  #visit(exchange: Exchange): void {
    if (exchange.visit === this.#visits) return;
    exchange.visit = this.#visits;
    this.#exchangesToDo.push(exchange);
  }
}
