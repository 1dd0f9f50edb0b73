import type { Message } from '../../log/envelope';

/**
 * What client and broker say to one another: the methods of AMQP 0-9-1 as plain data. A frame is never changed once it has
 * been sent, so both sides may keep it.
 */

/** A value of a field table. `{ '!': type, value }` names its wire type, as amqplib writes and reads it. */
export type Value = string | number | boolean | null | Uint8Array | TypedValue | readonly Value[] | Table;
export interface TypedValue {
  readonly '!': string;
  readonly value: unknown;
}
export interface Table {
  readonly [name: string]: Value;
}

export interface Properties {
  readonly contentType?: string;
  readonly contentEncoding?: string;
  readonly headers?: Table;
  readonly deliveryMode?: number;
  readonly priority?: number;
  readonly correlationId?: string;
  readonly replyTo?: string;
  /** Milliseconds, as text. */
  readonly expiration?: string;
  readonly messageId?: string;
  readonly timestamp?: number;
  readonly type?: string;
  readonly userId?: string;
  readonly appId?: string;
}

export interface Publish {
  readonly type: 'basic.publish';
  readonly channel: number;
  /** The line of user code that publishes. */
  readonly where?: string | undefined;
  readonly exchange: string;
  readonly routingKey: string;
  readonly mandatory: boolean;
  readonly properties: Properties;
  readonly content: Uint8Array;
  /** The same message as the log knows it. */
  readonly message: Message;
}

interface OnChannel {
  readonly channel: number;
  /** The line of user code that asks, for the log. */
  readonly where?: string | undefined;
}

/** From the client. Every method but `basic.publish`, `ack`, `nack`, `reject` and the closings is answered. */
export type Method =
  | Publish
  | ({
      readonly type: 'connection.open';
      readonly user: string;
      readonly password: string;
      readonly virtualHost: string;
    } & OnChannel)
  | ({ readonly type: 'connection.close' } & OnChannel)
  | ({ readonly type: 'connection.update-secret' } & OnChannel)
  | ({ readonly type: 'channel.open' } & OnChannel)
  | ({ readonly type: 'channel.close' } & OnChannel)
  | ({ readonly type: 'channel.close-ok' } & OnChannel)
  | ({ readonly type: 'confirm.select' } & OnChannel)
  | ({
      readonly type: 'exchange.declare';
      readonly exchange: string;
      readonly kind: string;
      readonly passive: boolean;
      readonly durable: boolean;
      readonly autoDelete: boolean;
      readonly internal: boolean;
      readonly arguments: Table;
    } & OnChannel)
  | ({ readonly type: 'exchange.delete'; readonly exchange: string; readonly ifUnused: boolean } & OnChannel)
  | ({ readonly type: 'exchange.bind' | 'exchange.unbind'; readonly source: string } & BindMethod)
  | ({
      readonly type: 'queue.declare';
      readonly queue: string;
      readonly passive: boolean;
      readonly durable: boolean;
      readonly exclusive: boolean;
      readonly autoDelete: boolean;
      readonly arguments: Table;
    } & OnChannel)
  | ({ readonly type: 'queue.bind' | 'queue.unbind'; readonly source: string } & BindMethod)
  | ({ readonly type: 'queue.purge'; readonly queue: string } & OnChannel)
  | ({
      readonly type: 'queue.delete';
      readonly queue: string;
      readonly ifUnused: boolean;
      readonly ifEmpty: boolean;
    } & OnChannel)
  | ({ readonly type: 'basic.qos'; readonly prefetchCount: number; readonly global: boolean } & OnChannel)
  | ({
      readonly type: 'basic.consume';
      readonly queue: string;
      readonly consumerTag: string;
      readonly noAck: boolean;
      readonly exclusive: boolean;
      readonly arguments: Table;
      /** Name of the function that is called, for the log. */
      readonly listener: string;
    } & OnChannel)
  | ({ readonly type: 'basic.cancel'; readonly consumerTag: string } & OnChannel)
  | ({ readonly type: 'basic.get'; readonly queue: string; readonly noAck: boolean } & OnChannel)
  | ({ readonly type: 'basic.ack'; readonly deliveryTag: number; readonly multiple: boolean } & OnChannel)
  | ({
      readonly type: 'basic.nack';
      readonly deliveryTag: number;
      readonly multiple: boolean;
      readonly requeue: boolean;
    } & OnChannel)
  | ({ readonly type: 'basic.reject'; readonly deliveryTag: number; readonly requeue: boolean } & OnChannel)
  | ({ readonly type: 'basic.recover'; readonly requeue: boolean } & OnChannel);

interface BindMethod extends OnChannel {
  /** A queue, or an exchange. */
  readonly destination: string;
  readonly routingKey: string;
  readonly arguments: Table;
}

export type MethodType = Method['type'];
export type MethodOf<T extends MethodType> = Extract<Method, { readonly type: T }>;

/** From the broker. `fields` are those that AMQP names, and what amqplib hands to its user. */
export interface Frame {
  readonly type: string;
  /** 0 for the connection itself. */
  readonly channel: number;
  readonly fields: Readonly<Record<string, unknown>>;
  /** With `basic.deliver`, `basic.get-ok` and `basic.return`. */
  readonly properties?: Properties;
  readonly content?: Uint8Array;
}

export interface CloseFields {
  readonly replyCode: number;
  readonly replyText: string;
  readonly classId: number;
  readonly methodId: number;
}

/** Numbers of class and method, which errors name. */
const numbers: Readonly<Record<string, readonly [classId: number, methodId: number]>> = {
  'connection.open': [10, 40],
  'connection.update-secret': [10, 70],
  'channel.open': [20, 10],
  'channel.close': [20, 40],
  'channel.close-ok': [20, 41],
  'exchange.declare': [40, 10],
  'exchange.delete': [40, 20],
  'exchange.bind': [40, 30],
  'exchange.unbind': [40, 40],
  'queue.declare': [50, 10],
  'queue.bind': [50, 20],
  'queue.purge': [50, 30],
  'queue.delete': [50, 40],
  'queue.unbind': [50, 50],
  'basic.qos': [60, 10],
  'basic.consume': [60, 20],
  'basic.cancel': [60, 30],
  'basic.publish': [60, 40],
  'basic.get': [60, 70],
  'basic.ack': [60, 80],
  'basic.reject': [60, 90],
  'basic.recover': [60, 110],
  'basic.nack': [60, 120],
  'confirm.select': [85, 10],
};

export function numbersOf(method: string): readonly [classId: number, methodId: number] {
  return numbers[method] ?? [0, 0];
}
