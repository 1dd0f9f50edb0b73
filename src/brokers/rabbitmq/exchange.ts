import { commandInvalid } from './amqp-error';
import { DirectBindings, FanoutBindings, type Binding, type BindingTable, type Destination } from './binding';
import { HeadersBindings } from './headers-bindings';
import type { Table } from './protocol';
import { TopicBindings } from './topic-bindings';
import { fingerprint } from './values';

const tables: Readonly<Record<string, () => BindingTable>> = {
  direct: () => new DirectBindings(),
  fanout: () => new FanoutBindings(),
  topic: () => new TopicBindings(),
  headers: () => new HeadersBindings(),
};

export interface ExchangeSpec {
  readonly name: string;
  readonly type: string;
  readonly durable: boolean;
  readonly autoDelete: boolean;
  readonly internal: boolean;
  readonly arguments: Table;
}

export function checkExchangeType(type: string): void {
  if (Object.hasOwn(tables, type)) return;
  throw commandInvalid(`${type === '' ? 'invalid' : 'unknown'} exchange type '${type}'`);
}

/** An exchange with the bindings that go out of it, and those that come in from other exchanges. */
export class Exchange implements ExchangeSpec {
  readonly kind = 'exchange';
  readonly name: string;
  readonly type: string;
  readonly durable: boolean;
  readonly autoDelete: boolean;
  readonly internal: boolean;
  readonly arguments: Table;
  readonly table: BindingTable;
  /** Bindings that lead here. */
  readonly incoming = new Set<Binding>();
  readonly #outgoing = new Map<string, Binding>();
  /** Number of the last routing that came by: it comes by once. */
  visit = 0;
  /** The log knows of it. */
  isKnown = false;
  /** What the policies say of it. */
  policy: Table = {};

  constructor(spec: ExchangeSpec) {
    this.name = spec.name;
    this.type = spec.type;
    this.durable = spec.durable;
    this.autoDelete = spec.autoDelete;
    this.internal = spec.internal;
    this.arguments = spec.arguments;
    this.table = (tables[spec.type] as () => BindingTable)();
  }

  /** Its argument, or else what the policies say. */
  get alternate(): string | undefined {
    const name = this.arguments['alternate-exchange'] ?? this.policy['alternate-exchange'];
    return typeof name === 'string' ? name : undefined;
  }

  get outgoing(): readonly Binding[] {
    return [...this.#outgoing.values()];
  }

  get hasBindings(): boolean {
    return this.#outgoing.size > 0;
  }

  /** The new binding; undefined when there is the same already. */
  bind(destination: Destination, key: string, args: Table, nextId: () => string): Binding | undefined {
    const place = placeOf(destination, key, args);
    if (this.#outgoing.has(place)) return undefined;
    const binding: Binding = { id: nextId(), source: this, destination, key, arguments: args, visit: 0 };
    this.#outgoing.set(place, binding);
    this.table.add(binding);
    destination.incoming.add(binding);
    return binding;
  }

  /** The binding that was there. */
  unbind(destination: Destination, key: string, args: Table): Binding | undefined {
    const place = placeOf(destination, key, args);
    const binding = this.#outgoing.get(place);
    if (binding === undefined) return undefined;
    this.#outgoing.delete(place);
    this.table.remove(binding);
    destination.incoming.delete(binding);
    return binding;
  }
}

function placeOf({ kind, name }: Destination, key: string, args: Table): string {
  return `${kind} ${String(name.length)} ${name} ${String(key.length)} ${key} ${fingerprint(args)}`;
}
