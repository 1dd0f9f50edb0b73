/**
 * The client of RabbitMQ, cut down to what is simulated. RabbitMQ listens at `amqp://localhost`, user and password `guest`.
 *
 * After the type definitions `@types/amqplib` 0.10 (MIT).
 */
declare module 'amqplib' {
  import type { EventEmitter } from 'node:events';

  export namespace Options {
    export interface Connect {
      /** `amqp`. */
      protocol?: string;
      /** Default `localhost`. */
      hostname?: string;
      /** Default 5672. */
      port?: number;
      username?: string;
      password?: string;
      locale?: string;
      frameMax?: number;
      /** Seconds. */
      heartbeat?: number;
      vhost?: string;
    }
    export interface AssertQueue {
      /** Only this connection may use it, and it goes with the connection. Default false. */
      exclusive?: boolean;
      /** It outlives a restart of the broker. Default true. */
      durable?: boolean;
      /** It goes when its last consumer goes. Default false. */
      autoDelete?: boolean;
      /** `x-queue-type`, `x-max-length-bytes`, `x-delivery-limit`, `x-single-active-consumer`, … */
      arguments?: any;
      /** A message that waits longer is dropped or dead-lettered, in milliseconds. */
      messageTtl?: number;
      /** The queue goes when nobody has used it for so many milliseconds. */
      expires?: number;
      /** Where messages go that are rejected, expire or overflow. */
      deadLetterExchange?: string;
      deadLetterRoutingKey?: string;
      /** Messages that may be ready at once. */
      maxLength?: number;
      maxPriority?: number;
      overflow?: string;
      queueMode?: string;
    }
    export interface DeleteQueue {
      /** Only when nobody consumes from it. */
      ifUnused?: boolean;
      /** Only when nothing is ready in it. */
      ifEmpty?: boolean;
    }
    export interface AssertExchange {
      /** Default true. */
      durable?: boolean;
      /** Only other exchanges may send to it. Default false. */
      internal?: boolean;
      /** It goes when its last binding goes. Default false. */
      autoDelete?: boolean;
      /** Takes what no binding matches. */
      alternateExchange?: string;
      arguments?: any;
    }
    export interface DeleteExchange extends Pick<DeleteQueue, 'ifUnused'> {}
    export interface Publish {
      /** Milliseconds after which it expires in a queue. */
      expiration?: string | number;
      userId?: string;
      /** Further routing keys; those of BCC are not shown to consumers. */
      CC?: string | string[];
      BCC?: string | string[];
      /** Return it when it reaches no queue: the channel emits `return`. */
      mandatory?: boolean;
      /** Whether it outlives a restart of the broker. */
      persistent?: boolean;
      deliveryMode?: boolean | number;
      contentType?: string;
      contentEncoding?: string;
      headers?: any;
      priority?: number;
      correlationId?: string;
      replyTo?: string;
      messageId?: string;
      timestamp?: number;
      type?: string;
      appId?: string;
    }
    export interface Consume {
      consumerTag?: string;
      noLocal?: boolean;
      /** The broker forgets a message as soon as it has sent it. Default false. */
      noAck?: boolean;
      /** Nobody else may consume from the queue. Default false. */
      exclusive?: boolean;
      /** Consumers of a higher priority get messages first. */
      priority?: number;
      arguments?: any;
    }
    export interface Get extends Pick<Consume, 'noAck'> {}
  }

  export namespace Replies {
    export interface Empty {}
    export interface AssertQueue {
      queue: string;
      messageCount: number;
      consumerCount: number;
    }
    export interface PurgeQueue {
      messageCount: number;
    }
    export type DeleteQueue = PurgeQueue;
    export interface AssertExchange {
      exchange: string;
    }
    export interface Consume {
      consumerTag: string;
    }
  }

  export interface CommonMessageFields {
    deliveryTag: number;
    /** It was delivered before, and came back. */
    redelivered: boolean;
    exchange: string;
    routingKey: string;
  }
  export interface MessageFields extends CommonMessageFields {
    messageCount?: number | undefined;
    consumerTag?: string | undefined;
  }
  export interface GetMessageFields extends CommonMessageFields {
    /** Messages that are left in the queue. */
    messageCount: number;
  }
  export interface ConsumeMessageFields extends CommonMessageFields {
    consumerTag: string;
  }
  /** One way in which a message died, and how often. */
  export interface XDeath {
    count: number;
    reason: 'rejected' | 'expired' | 'maxlen' | 'delivery_limit';
    queue: string;
    time: { '!': 'timestamp'; value: number };
    exchange: string;
    'original-expiration'?: any;
    'routing-keys': string[];
  }
  export interface MessagePropertyHeaders {
    'x-first-death-exchange'?: string | undefined;
    'x-first-death-queue'?: string | undefined;
    'x-first-death-reason'?: string | undefined;
    /** Where and why it died, the latest first. */
    'x-death'?: XDeath[] | undefined;
    [key: string]: any;
  }
  /** What the broker says of itself. */
  export interface ServerProperties {
    host: string;
    product: string;
    version: string;
    platform: string;
    copyright?: string | undefined;
    information: string;
    [key: string]: string | undefined;
  }
  export interface MessageProperties {
    contentType: any | undefined;
    contentEncoding: any | undefined;
    headers: MessagePropertyHeaders | undefined;
    deliveryMode: any | undefined;
    priority: any | undefined;
    correlationId: any | undefined;
    replyTo: any | undefined;
    expiration: any | undefined;
    messageId: any | undefined;
    timestamp: any | undefined;
    type: any | undefined;
    userId: any | undefined;
    appId: any | undefined;
    clusterId: any | undefined;
  }
  export interface Message {
    content: Buffer;
    fields: MessageFields;
    properties: MessageProperties;
  }
  export interface GetMessage extends Message {
    fields: GetMessageFields;
  }
  export interface ConsumeMessage extends Message {
    fields: ConsumeMessageFields;
  }

  export interface Channel extends EventEmitter {
    readonly connection: Connection;
    /** Its number. */
    readonly ch: number;
    close(): Promise<void>;

    /** Makes sure that a queue exists and is what is asked for. Without a name the broker makes one up. */
    assertQueue(queue?: string, options?: Options.AssertQueue): Promise<Replies.AssertQueue>;
    /** Closes the channel with an error when there is no such queue. */
    checkQueue(queue: string): Promise<Replies.AssertQueue>;
    deleteQueue(queue: string, options?: Options.DeleteQueue): Promise<Replies.DeleteQueue>;
    /** Removes what is ready in the queue. */
    purgeQueue(queue: string): Promise<Replies.PurgeQueue>;
    bindQueue(queue: string, source: string, pattern: string, args?: any): Promise<Replies.Empty>;
    unbindQueue(queue: string, source: string, pattern: string, args?: any): Promise<Replies.Empty>;

    assertExchange(
      exchange: string,
      type: 'direct' | 'topic' | 'headers' | 'fanout' | (string & {}),
      options?: Options.AssertExchange,
    ): Promise<Replies.AssertExchange>;
    checkExchange(exchange: string): Promise<Replies.Empty>;
    deleteExchange(exchange: string, options?: Options.DeleteExchange): Promise<Replies.Empty>;
    bindExchange(destination: string, source: string, pattern: string, args?: any): Promise<Replies.Empty>;
    unbindExchange(destination: string, source: string, pattern: string, args?: any): Promise<Replies.Empty>;

    /** False when the write buffer is full; `drain` tells when to go on. */
    publish(exchange: string, routingKey: string, content: Buffer, options?: Options.Publish): boolean;
    sendToQueue(queue: string, content: Buffer, options?: Options.Publish): boolean;

    /** `onMessage` gets `null` when the broker takes the consumer away, for example because its queue was deleted. */
    consume(
      queue: string,
      onMessage: (message: ConsumeMessage | null) => any,
      options?: Options.Consume,
    ): Promise<Replies.Consume>;
    cancel(consumerTag: string): Promise<Replies.Empty>;
    get(queue: string, options?: Options.Get): Promise<GetMessage | false>;

    ack(message: Message, allUpTo?: boolean): void;
    ackAll(): void;
    /** Refuses it: it goes back to its queue, or with `requeue` false to the dead-letter exchange or away. Default true. */
    nack(message: Message, allUpTo?: boolean, requeue?: boolean): void;
    nackAll(requeue?: boolean): void;
    reject(message: Message, requeue?: boolean): void;

    /** Unacked messages that each consumer to come may have at once; with `global` the channel's consumers together. */
    prefetch(count: number, global?: boolean): Promise<Replies.Empty>;
    recover(): Promise<Replies.Empty>;
  }

  export interface ConfirmChannel extends Channel {
    /** `callback` gets `null` when the broker has the message, an error when a queue refused it. */
    publish(
      exchange: string,
      routingKey: string,
      content: Buffer,
      options?: Options.Publish,
      callback?: (error: any, ok: Replies.Empty) => void,
    ): boolean;
    sendToQueue(
      queue: string,
      content: Buffer,
      options?: Options.Publish,
      callback?: (error: any, ok: Replies.Empty) => void,
    ): boolean;
    /** When everything published so far is confirmed. */
    waitForConfirms(): Promise<void>;
  }

  /** What is behind a `ChannelModel`, and behind each of its channels. */
  export interface Connection extends EventEmitter {
    serverProperties: ServerProperties;
    /** RabbitMQ is low on memory or disk, and reads nothing of it at the moment. */
    readonly blocked: boolean;
    readonly channelMax: number;
    readonly frameMax: number;
    /** Seconds. */
    readonly heartbeat: number;
    readonly expectSocketClose: boolean;
    /** By number; `null` where one was closed. */
    readonly channels: ({ channel: any } | null)[];
    /** Its socket. */
    readonly stream: EventEmitter & {
      destroy(error?: Error): any;
      end(): any;
      readonly destroyed: boolean;
      [name: string]: any;
    };
    close(done?: (error: any) => void): void;
  }

  export interface ChannelModel extends EventEmitter {
    readonly connection: Connection;
    close(): Promise<void>;
    createChannel(options?: { highWaterMark?: number }): Promise<Channel>;
    createConfirmChannel(options?: { highWaterMark?: number }): Promise<ConfirmChannel>;
    /** Tells the broker of a new password or token; `reason` is for its log. */
    updateSecret(newSecret: Buffer, reason: string): Promise<void>;
  }

  /** How a connection is made again when it is lost. Times are in milliseconds. */
  export interface RecoveryOptions {
    /** Before the first attempt. Default 100. */
    initialDelay?: number;
    /** Default 30 000. */
    maxDelay?: number;
    /** By which the delay grows with each attempt. Default 2. */
    factor?: number;
    /** Share of the delay, 0 to 1, by which it is at random longer or shorter. Default 0.2. */
    jitter?: number;
    /** Attempts before it is given up: `reconnect-failed`. Default without end. */
    maxRetries?: number;
    /** As `maxRetries`, until there has been a connection. Default the same. */
    initialMaxRetries?: number;
    /** Called with each new connection, before anybody gets it. */
    setup?: ((model: ChannelModel) => Promise<void>) | ((model: ChannelModel, done: (error?: Error) => void) => void);
    /** `false`: `connect` does not wait for the first connection. Default true. */
    waitForConnect?: boolean;
    /** Instead of `initialDelay`, `factor` and `jitter`: the delay before an attempt, of which the first is 1. */
    calculateDelay?: (attempt: number) => number;
  }

  /**
   * A connection that is made again when it is lost. Emits `connect`, `disconnect`, `connect-failed`, `reconnect-scheduled` and
   * `reconnect-failed`. Channels are not made again: use `setup` or `connect`.
   */
  export interface RecoveringChannelModel extends EventEmitter {
    waitForConnect(): Promise<this>;
    close(): Promise<void>;
    createChannel(options?: { highWaterMark?: number }): Promise<Channel>;
    createConfirmChannel(options?: { highWaterMark?: number }): Promise<ConfirmChannel>;
    updateSecret(newSecret: Buffer, reason: string): Promise<void>;
  }

  /** Thrown by whatever is asked of a channel or connection that is closing or closed. */
  export class IllegalOperationError extends Error {
    /** What closed it. */
    stackAtStateChange: string;
  }

  type Credentials = { mechanism: string; response(): Buffer; username: string; password: string };
  /** For `connect(url, { credentials })`, instead of those of the URL. */
  export const credentials: {
    plain(username: string, password: string): Credentials;
    amqplain(username: string, password: string): Credentials;
    external(): { mechanism: string; response(): Buffer };
  };

  /**
   * Connects to RabbitMQ.
   * @example
   * ```ts
   * import amqp from 'amqplib';
   *
   * const connection = await amqp.connect('amqp://localhost');
   * const channel = await connection.createChannel();
   * await channel.assertQueue('orders');
   * await channel.consume('orders', (message) => {
   *   if (message === null) return;
   *   console.log(message.content.toString());
   *   channel.ack(message);
   * });
   * ```
   */
  export function connect(
    url: string | Options.Connect,
    socketOptions: { noDelay?: boolean; recovery: RecoveryOptions | true; [option: string]: any },
  ): Promise<RecoveringChannelModel>;
  export function connect(
    url?: string | Options.Connect,
    socketOptions?: { noDelay?: boolean; [option: string]: any },
  ): Promise<ChannelModel>;

  const amqp: {
    connect: typeof connect;
    credentials: typeof credentials;
    IllegalOperationError: typeof IllegalOperationError;
  };
  export default amqp;
}
