import type { ConnectionEnd, ExchangeEnd, QueueEnd, Settings } from '../../log/entry';
import type { PolicyRule } from '../../log/entry-topology';
import type { BrokerPort } from '../broker';
import type { Binding } from './binding';
import type { Exchange } from './exchange';
import { plainTable } from './plain-values';
import type { QueueSpec } from './queue-settings';

/** Who caused a change, and the line of the user's code that asked for it. */
export interface Origin {
  readonly cause: number;
  readonly where?: string | undefined;
}

/** A channel as the log names it. */
export interface ChannelName {
  readonly connection: string;
  readonly channel: number;
}

/** What the broker writes into the log of exchanges, queues, bindings, connections and channels. */
export class TopologyLog {
  readonly #broker: string;
  readonly #port: BrokerPort;

  constructor(broker: string, port: BrokerPort) {
    this.#broker = broker;
    this.#port = port;
  }

  exchangeDeclared({ name: exchange, type: kind, ...spec }: Exchange, { cause, where }: Origin): void {
    const settings = { ...flags(spec), ...(spec.internal && { internal: true }), ...plainSettings(spec.arguments) };
    this.#port.append({ type: 'exchange.declared', cause, where, broker: this.#broker, exchange, kind, settings });
  }

  exchangeDeleted(exchange: string, reason: ExchangeEnd, { cause, where }: Origin): void {
    this.#port.append({ type: 'exchange.deleted', cause, where, broker: this.#broker, exchange, reason });
  }

  queueDeclared(queue: QueueSpec, { cause, where }: Origin): void {
    // Exclusive says that it does not outlive its connection, let alone the broker.
    const own = queue.owner === undefined ? flags(queue) : { exclusive: true };
    const settings = { ...own, ...plainSettings(queue.arguments) };
    this.#port.append({ type: 'queue.declared', cause, where, broker: this.#broker, queue: queue.name, settings });
  }

  queueDeleted(queue: string, reason: QueueEnd, { cause, where }: Origin): void {
    this.#port.append({ type: 'queue.deleted', cause, where, broker: this.#broker, queue, reason });
  }

  policyChanged(name: string, policy: PolicyRule | undefined, { cause, where }: Origin): void {
    const of = { cause, where, broker: this.#broker, name };
    this.#port.append(policy === undefined ? { type: 'policy.cleared', ...of } : { type: 'policy.set', ...of, policy });
  }

  bindingAdded({ id: binding, source, destination, key, arguments: args }: Binding, { cause, where }: Origin): void {
    this.#port.append({
      type: 'binding.added',
      cause,
      where,
      broker: this.#broker,
      binding,
      source: source.name,
      destination: destination.name,
      to: destination.kind,
      key,
      arguments: plainSettings(args),
    });
  }

  bindingRemoved({ id: binding }: Binding, { cause, where }: Origin): void {
    this.#port.append({ type: 'binding.removed', cause, where, broker: this.#broker, binding });
  }

  connectionOpened(connection: string, process: string, cause: number): void {
    const facts = { broker: this.#broker, connection, process, heartbeatMs };
    this.#port.append({ type: 'connection.opened', cause, ...facts });
  }

  connectionClosed(
    connection: string,
    process: string,
    { reason, text }: { reason: ConnectionEnd; text?: string | undefined },
    { cause, where }: Origin,
  ): void {
    const facts = { broker: this.#broker, connection, process, reason };
    this.#port.append({ type: 'connection.closed', cause, where, ...facts, ...(text !== undefined && { text }) });
  }

  connectionBlocked(connection: string, process: string, reason: string, cause: number): number {
    return this.#port.append({ type: 'connection.blocked', cause, broker: this.#broker, connection, process, reason });
  }

  connectionUnblocked(connection: string, process: string, cause: number): number {
    return this.#port.append({ type: 'connection.unblocked', cause, broker: this.#broker, connection, process });
  }

  channelOpened(channel: ChannelName, { cause, where }: Origin): void {
    this.#port.append({ type: 'channel.opened', cause, where, broker: this.#broker, ...channel });
  }

  channelLimited(channel: ChannelName, prefetch: number, { cause, where }: Origin): void {
    this.#port.append({ type: 'channel.limited', cause, where, broker: this.#broker, ...channel, prefetch });
  }

  /** `refusal`: what the broker closed it for; undefined when the client asked. */
  channelClosed(channel: ChannelName, refusal: string | undefined, { cause, where }: Origin): void {
    const facts = { broker: this.#broker, ...channel };
    if (refusal === undefined) this.#port.append({ type: 'channel.closed', cause, where, ...facts, reason: 'asked' });
    else this.#port.append({ type: 'channel.closed', cause, where, ...facts, reason: 'refused', text: refusal });
  }
}

/** What RabbitMQ and its clients agree on when neither asks for another (rabbitmq.com/docs/heartbeats). */
const heartbeatMs = 60_000;

function flags({ durable, autoDelete }: { readonly durable: boolean; readonly autoDelete: boolean }): Settings {
  return { durable, ...(autoDelete && { 'auto-delete': true }) };
}

/** Arguments as settings: what is nested is written as JSON. */
function plainSettings(table: Parameters<typeof plainTable>[0]): Settings {
  const plain = plainTable(table);
  return Object.fromEntries(
    Object.entries(plain).map(([name, value]) => [
      name,
      typeof value === 'object' ? JSON.stringify(value) : (value as string | number | boolean),
    ]),
  );
}
