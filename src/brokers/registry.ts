import { AssertionFailure } from '../kernel/assert';
import type { Broker, BrokerPort, Server } from './broker';
import { Bus } from './bus/bus';
import { EventStore } from './event-store/event-store';
import { RabbitMq } from './rabbitmq/rabbitmq';
import { Redis } from './redis/redis';
import { apiPort } from './webhooks/protocol';
import { Webhooks } from './webhooks/webhooks';

/** As the program or the scenario gives them; `scenario/` has checked what it gives. */
type Settings = Readonly<Record<string, unknown>>;

/** Every kind of broker, in the one place that lists them. */
const kinds: Readonly<Record<string, (name: string, settings: Settings, port: BrokerPort) => Broker>> = {
  bus: (name, settings, port) =>
    new Bus(
      name,
      { mode: settings['mode'] === 'queue' ? 'queue' : 'direct', workers: Number(settings['workers'] ?? 1) },
      port,
    ),
  'event-store': (name, _settings, port) => new EventStore(name, port),
  rabbitmq: (name, settings, port) => new RabbitMq(name, settings, port),
  redis: (name, _settings, port) => new Redis(name, port),
  webhooks: (name, settings, port) => new Webhooks(name, settings, port),
};

export function createBroker(kind: string, name: string, settings: Settings, port: BrokerPort): Broker {
  const create = kinds[kind];
  if (create === undefined) throw new AssertionFailure(`There is no broker of kind ${kind}`);
  return create(name, settings, port);
}

/** The brokers that listen for connections, by port, each with the name that it has on the stage. */
const listening: Readonly<Record<number, { readonly kind: string; readonly name: string }>> = {
  5672: { kind: 'rabbitmq', name: 'rabbitmq' },
  6379: { kind: 'redis', name: 'redis' },
  [apiPort]: { kind: 'webhooks', name: 'webhooks' },
};

export function listeningAt(port: number): { readonly kind: string; readonly name: string } | undefined {
  return listening[port];
}

/** The kind of the server of this name. */
export function serverKind(name: string): string | undefined {
  return Object.values(listening).find((server) => server.name === name)?.kind;
}

export function isServer(broker: Broker): broker is Server {
  return 'connect' in broker;
}
