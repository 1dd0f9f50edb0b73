import type { Properties, Table } from '../../../brokers/rabbitmq/protocol';

/** A recorded case as `tests/conformance/rabbitmq/README.md` describes it. */
export interface RecordedCase {
  readonly name: string;
  readonly observe?: readonly ('deliveryTag' | 'exchanges')[];
  readonly steps: readonly Step[];
  readonly expect: readonly Checkpoint[];
}

interface OnChannel {
  readonly channel: string;
}

export type Which = { readonly body?: string; readonly deliveryTag?: number };

export type Step =
  | { readonly op: 'openConnection' | 'closeConnection' | 'dropConnection'; readonly connection: string }
  | { readonly op: 'openChannel'; readonly connection: string; readonly channel: string; readonly confirm: boolean }
  | ({ readonly op: 'closeChannel' } & OnChannel)
  | ({
      readonly op: 'declareExchange';
      readonly name: string;
      readonly passive?: true;
      readonly type?: string;
      readonly durable?: boolean;
      readonly autoDelete?: boolean;
      readonly internal?: boolean;
      readonly args?: Table;
    } & OnChannel)
  | ({
      readonly op: 'declareQueue';
      readonly name: string;
      readonly passive?: true;
      readonly durable?: boolean;
      readonly exclusive?: boolean;
      readonly autoDelete?: boolean;
      readonly args?: Table;
    } & OnChannel)
  | ({
      readonly op: 'bindQueue' | 'unbindQueue';
      readonly queue: string;
      readonly exchange: string;
      readonly routingKey: string;
      readonly args: Table;
    } & OnChannel)
  | ({
      readonly op: 'bindExchange' | 'unbindExchange';
      readonly source: string;
      readonly destination: string;
      readonly routingKey: string;
      readonly args: Table;
    } & OnChannel)
  | ({
      readonly op: 'deleteQueue';
      readonly queue: string;
      readonly ifUnused: boolean;
      readonly ifEmpty: boolean;
    } & OnChannel)
  | ({ readonly op: 'deleteExchange'; readonly exchange: string; readonly ifUnused: boolean } & OnChannel)
  | ({ readonly op: 'purge'; readonly queue: string } & OnChannel)
  | ({ readonly op: 'qos'; readonly count: number; readonly global: boolean } & OnChannel)
  | ({
      readonly op: 'publish';
      readonly exchange: string;
      readonly routingKey: string;
      readonly body: string;
      readonly properties?: Properties;
      readonly mandatory?: boolean;
    } & OnChannel)
  | ({
      readonly op: 'consume';
      readonly queue: string;
      readonly consumerTag: string;
      readonly noAck: boolean;
      readonly exclusive: boolean;
      readonly args: Table;
    } & OnChannel)
  | ({ readonly op: 'cancel'; readonly consumerTag: string } & OnChannel)
  | ({ readonly op: 'get'; readonly queue: string; readonly noAck: boolean } & OnChannel)
  | ({ readonly op: 'ack'; readonly multiple: boolean } & Which & OnChannel)
  | ({ readonly op: 'nack'; readonly multiple: boolean; readonly requeue: boolean } & Which & OnChannel)
  | ({ readonly op: 'reject'; readonly requeue: boolean } & Which & OnChannel)
  | ({ readonly op: 'recover'; readonly requeue: boolean } & OnChannel)
  | { readonly op: 'settle' }
  | { readonly op: 'advance'; readonly ms: number };

/** What was seen since the checkpoint before. A section in which nothing happened is absent. */
export type Checkpoint = Readonly<Record<string, unknown>> & { readonly step: number; readonly at: number };
