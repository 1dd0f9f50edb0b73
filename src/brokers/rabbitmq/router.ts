import type { Binding, Routed } from './binding';
import type { Exchange } from './exchange';
import type { Queue } from './queue';

/** The queues that were reached, and how. */
export interface Routing {
  readonly queues: readonly Queue[];
  /** Ids of the bindings that matched, each once, in the order in which they were followed. */
  readonly bindings: readonly string[];
  /** Exchanges whose alternate took over; undefined when there was none, as usual. */
  readonly alternates: readonly string[] | undefined;
}

/** One that is being found. */
interface Draft {
  readonly queues: Queue[];
  readonly bindings: string[];
  alternates: string[] | undefined;
}

const emptyDraft = (): Draft => ({ queues: [], bindings: [], alternates: undefined });
export const noRouting: Routing = emptyDraft();

/** Ways that are remembered. Keys with a number in them would otherwise add up. */
const waysMax = 10_000;

/**
 * Where a message goes from an exchange: every queue at most once, however many bindings or ways lead to it; every exchange
 * on the way once, so that cycles end. An exchange that matches nothing at all hands over to its alternate. Where the key alone
 * decides, a way is found once and remembered until exchanges or bindings change.
 * Source: rabbit_exchange:route.
 */
export class Router {
  readonly #exchanges: ReadonlyMap<string, Exchange>;
  #visits = 0;
  #routing = emptyDraft();
  #exchangesToDo: Exchange[] = [];
  #matched = false;
  /** Whether what was found depends on the key alone. */
  #byKey = true;
  readonly #ways = new Map<Exchange, Map<string, Routing>>();
  #waysKept = 0;

  constructor(exchanges: ReadonlyMap<string, Exchange>) {
    this.#exchanges = exchanges;
  }

  /** Exchanges, bindings or policies have changed. */
  forget(): void {
    if (this.#waysKept === 0) return;
    this.#ways.clear();
    this.#waysKept = 0;
  }

  route(from: Exchange, message: Routed): Routing {
    const { routingKeys } = message;
    const [key] = routingKeys;
    if (key === undefined || routingKeys.length > 1) return this.#find(from, message);
    const known = this.#ways.get(from)?.get(key);
    if (known !== undefined) return known;
    const routing = this.#find(from, message);
    if (this.#byKey) this.#remember(from, key, routing);
    return routing;
  }

  #remember(from: Exchange, key: string, routing: Routing): void {
    if (this.#waysKept === waysMax) this.forget();
    let ways = this.#ways.get(from);
    if (ways === undefined) this.#ways.set(from, (ways = new Map<string, Routing>()));
    ways.set(key, routing);
    this.#waysKept++;
  }

  #find(from: Exchange, message: Routed): Routing {
    const routing = emptyDraft();
    this.#routing = routing;
    this.#byKey = true;
    this.#visits++;
    this.#visit(from);
    for (let exchange = this.#exchangesToDo.pop(); exchange !== undefined; exchange = this.#exchangesToDo.pop()) {
      if (this.#matches(exchange, message) || exchange.alternate === undefined) continue;
      const alternate = this.#exchanges.get(exchange.alternate);
      if (alternate === undefined) continue;
      (routing.alternates ??= []).push(exchange.name);
      this.#visit(alternate);
    }
    return { ...routing, queues: classicFirst(routing.queues) };
  }

  /** Follows the bindings that match, and says whether there were any. */
  #matches(exchange: Exchange, message: Routed): boolean {
    this.#matched = false;
    if (exchange.type === 'headers') this.#byKey = false;
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

/** In the order in which a message is handed to them: to all classic queues before the quorum queues (rabbit_queue_type:deliver). */
export function classicFirst(queues: readonly Queue[]): readonly Queue[] {
  if (queues.length < 2) return queues;
  const isQuorum = ({ settings }: Queue): boolean => settings.type === 'quorum';
  return [...queues.filter((queue) => !isQuorum(queue)), ...queues.filter(isQuorum)];
}
