import fc from 'fast-check';
import { listenerKey, type BrokerShape, type ServiceShape, type Structure } from '../../src/ui/stage/structure';

interface Service {
  readonly name: string;
  readonly replicas?: number;
  readonly hears?: readonly { readonly broker: string; readonly queue?: string; readonly pattern?: string }[];
  readonly publishes?: readonly string[];
}

/** What is said of the services, and the brokers that follow from it. */
export function shapedStructure(services: readonly Service[]): Structure {
  const brokers = new Map<string, BrokerShape & { queues: string[] }>();
  const broker = (name: string): { queues: string[] } => {
    let shape = brokers.get(name);
    if (shape === undefined) {
      shape = {
        broker: name,
        kind: 'bus',
        pooled: false,
        direct: false,
        queues: [],
        taken: [],
        deadLetters: [],
        channels: [],
        exchanges: [],
        bindings: [],
        deadTo: {},
      };
      brokers.set(name, shape);
    }
    return shape;
  };
  const shapes = services.map(({ name, replicas = 1, hears = [], publishes = [] }): ServiceShape => {
    for (const each of publishes) broker(each);
    for (const each of hears) {
      const { queues } = broker(each.broker);
      if (each.queue !== undefined && !queues.includes(each.queue)) queues.push(each.queue);
    }
    return {
      service: name,
      processes: replicas === 1 ? [name] : Array.from({ length: replicas }, (_, n) => `${name}#${n + 1}`),
      publishes: [...new Set(publishes)],
      listeners: hears.map(({ broker: from, queue, pattern = 'order.created' }, n) => ({
        key: listenerKey(from, `listener${n}`, pattern, queue),
        broker: from,
        listener: `listener${n}`,
        pattern,
        ...(queue !== undefined && { queue }),
      })),
    };
  });
  return {
    services: new Map(shapes.map((shape) => [shape.service, shape])),
    brokers,
    calls: [],
    eventTypes: new Set(),
    firstFailure: undefined,
    version: 1,
  };
}

const brokerName = fc.constantFrom('orders', 'mail', 'audit');
const hearing = fc.record(
  {
    broker: brokerName,
    queue: fc.constantFrom('checkout', 'email', 'sms', 'stock'),
    pattern: fc.constantFrom('order.created', '#', 'order.*', 'customer.address.changed.late'),
  },
  { requiredKeys: ['broker'] },
);

/** Services that talk to brokers in every way there is, circles included. */
export const structures: fc.Arbitrary<Structure> = fc
  .array(
    fc.record({
      replicas: fc.constantFrom(1, 1, 1, 2, 5, 14),
      hears: fc.array(hearing, { maxLength: 5 }),
      publishes: fc.array(brokerName, { maxLength: 3 }),
    }),
    { minLength: 1, maxLength: 12 },
  )
  .map((services) => shapedStructure(services.map((service, n) => ({ ...service, name: `service-${n}` }))));
