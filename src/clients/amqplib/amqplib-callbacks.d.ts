/** The client of RabbitMQ with callbacks: the same methods, each with a callback as its last argument. */
declare module 'amqplib/callback_api' {
  import type { EventEmitter } from 'node:events';
  import type { ConsumeMessage, GetMessage, Message, Options, Replies, ServerProperties } from 'amqplib';

  export * from 'amqplib';

  type Done<T> = (error: any, reply: T) => void;

  export interface Channel extends EventEmitter {
    readonly connection: import('amqplib').Connection;
    /** Its number. */
    readonly ch: number;
    close(done?: (error: any) => void): void;
    assertQueue(queue?: string, options?: Options.AssertQueue, done?: Done<Replies.AssertQueue>): this;
    checkQueue(queue: string, done?: Done<Replies.AssertQueue>): this;
    deleteQueue(queue: string, options?: Options.DeleteQueue, done?: Done<Replies.DeleteQueue>): this;
    purgeQueue(queue: string, done?: Done<Replies.PurgeQueue>): this;
    bindQueue(queue: string, source: string, pattern: string, args?: any, done?: Done<Replies.Empty>): this;
    unbindQueue(queue: string, source: string, pattern: string, args?: any, done?: Done<Replies.Empty>): this;
    assertExchange(
      exchange: string,
      type: string,
      options?: Options.AssertExchange,
      done?: Done<Replies.AssertExchange>,
    ): this;
    checkExchange(exchange: string, done?: Done<Replies.Empty>): this;
    deleteExchange(exchange: string, options?: Options.DeleteExchange, done?: Done<Replies.Empty>): this;
    bindExchange(to: string, source: string, pattern: string, args?: any, done?: Done<Replies.Empty>): this;
    unbindExchange(to: string, source: string, pattern: string, args?: any, done?: Done<Replies.Empty>): this;
    publish(exchange: string, routingKey: string, content: Buffer, options?: Options.Publish): boolean;
    sendToQueue(queue: string, content: Buffer, options?: Options.Publish): boolean;
    consume(
      queue: string,
      onMessage: (message: ConsumeMessage | null) => any,
      options?: Options.Consume,
      done?: Done<Replies.Consume>,
    ): this;
    cancel(consumerTag: string, done?: Done<Replies.Empty>): this;
    get(queue: string, options?: Options.Get, done?: Done<GetMessage | false>): this;
    ack(message: Message, allUpTo?: boolean): this;
    ackAll(): this;
    nack(message: Message, allUpTo?: boolean, requeue?: boolean): this;
    nackAll(requeue?: boolean): this;
    reject(message: Message, requeue?: boolean): this;
    prefetch(count: number, global?: boolean, done?: Done<Replies.Empty>): this;
    recover(done?: Done<Replies.Empty>): this;
  }

  export interface ConfirmChannel extends Channel {
    publish(
      exchange: string,
      routingKey: string,
      content: Buffer,
      options?: Options.Publish,
      done?: Done<Replies.Empty>,
    ): boolean;
    sendToQueue(queue: string, content: Buffer, options?: Options.Publish, done?: Done<Replies.Empty>): boolean;
    waitForConfirms(done?: (error: any) => void): void;
  }

  export interface Connection extends EventEmitter {
    close(done?: (error: any) => void): void;
    createChannel(done?: (error: any, channel: Channel) => void): Channel;
    createChannel(options: { highWaterMark?: number }, done?: (error: any, channel: Channel) => void): Channel;
    createConfirmChannel(done?: (error: any, channel: ConfirmChannel) => void): ConfirmChannel;
    createConfirmChannel(
      options: { highWaterMark?: number },
      done?: (error: any, channel: ConfirmChannel) => void,
    ): ConfirmChannel;
    readonly connection: import('amqplib').Connection;
    updateSecret(newSecret: Buffer, reason: string, done?: (error: any) => void): this;
  }

  /** A connection that is made again when it is lost; see `RecoveringChannelModel` of `amqplib`. */
  export interface RecoveringConnection extends EventEmitter {
    waitForConnect(done: (error: any, connection: RecoveringConnection) => void): this;
    close(done?: (error: any) => void): this;
    createChannel(done?: (error: any, channel: Channel) => void): this;
    createConfirmChannel(done?: (error: any, channel: ConfirmChannel) => void): this;
    updateSecret(newSecret: Buffer, reason: string, done?: (error: any) => void): this;
  }

  /** Connects to RabbitMQ, and calls back with the connection. */
  export function connect(done: (error: any, connection: Connection) => void): void;
  export function connect(url: string | Options.Connect, done: (error: any, connection: Connection) => void): void;
  export function connect(
    url: string | Options.Connect,
    socketOptions: { recovery: import('amqplib').RecoveryOptions | true; [option: string]: any },
    done?: (error: any, connection: RecoveringConnection) => void,
  ): RecoveringConnection;
  export function connect(
    url: string | Options.Connect,
    socketOptions: any,
    done: (error: any, connection: Connection) => void,
  ): void;

  const callbackApi: Omit<typeof import('amqplib').default, 'connect'> & { connect: typeof connect };
  export default callbackApi;
}
