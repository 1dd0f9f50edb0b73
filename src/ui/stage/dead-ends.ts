import { withPolicy } from '../../brokers/rabbitmq/policies';
import type { PolicyRule, Settings } from '../../log/entry';
import type { RabbitMqSpec } from '../../scenario/scenario';
import { policyOf } from '../inspector/policy-of';

/** Where dead letters of a queue go. */
export interface DeadEnd {
  /** `''` is the default exchange. */
  readonly exchange: string;
  /** Undefined: the message keeps its own. */
  readonly key: string | undefined;
}

/** Where dead letters of a broker's queues go, by their arguments or by policies. A way that there was stays, since letters may be on it. */
export class DeadEnds {
  /** By queue. */
  readonly ways: Record<string, DeadEnd> = {};
  readonly #rabbitmq: RabbitMqSpec | undefined;
  readonly #settings = new Map<string, Settings>();
  readonly #policies = new Map<string, PolicyRule | undefined>();

  constructor(rabbitmq: RabbitMqSpec | undefined) {
    this.#rabbitmq = rabbitmq;
  }

  /** Whether a way is new. */
  declare(queue: string, settings: Settings): boolean {
    this.#settings.set(queue, settings);
    return this.#lead(queue, settings);
  }

  rule(name: string, policy: PolicyRule | undefined): boolean {
    this.#policies.set(name, policy);
    return [...this.#settings].map(([queue, settings]) => this.#lead(queue, settings)).includes(true);
  }

  #lead(queue: string, settings: Settings): boolean {
    const state = { topology: { policies: this.#policies } };
    const args = withPolicy(settings, policyOf(this.#rabbitmq, state, { queue, settings }));
    const { 'x-dead-letter-exchange': exchange, 'x-dead-letter-routing-key': key } = args;
    if (typeof exchange !== 'string') return false;
    this.ways[queue] = { exchange, key: typeof key === 'string' ? key : undefined };
    return true;
  }
}
