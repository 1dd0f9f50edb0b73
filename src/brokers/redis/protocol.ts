import type { Message } from '../../log/envelope';
import type { Bytes } from './bytes';
import type { RedisError } from './redis-error';

/** What client and server say to one another: RESP2 as plain data. Nothing is changed once it has been sent. */

/** From the client: one command, its name first. */
export interface Request {
  readonly args: readonly Bytes[];
  /** With what publishes: the same message as the log knows it. */
  readonly message?: Message;
  /** With what subscribes: the name of the function that is called, and where it was asked for. */
  readonly listener?: string;
  readonly where?: string | undefined;
}

export type Reply = Bytes | number | null | RedisError | readonly Reply[];

export type SubscriptionKind =
  | 'subscribe'
  | 'unsubscribe'
  | 'psubscribe'
  | 'punsubscribe'
  | 'ssubscribe'
  | 'sunsubscribe';

/** From the server. Every command has one reply, in order, but for the subscribe family: it has one answer a channel. */
export type Frame =
  | { readonly type: 'reply'; readonly reply: Reply }
  | {
      readonly type: 'subscription';
      readonly kind: SubscriptionKind;
      /** Or the pattern; null when there was nothing to unsubscribe from. */
      readonly channel: Bytes | null;
      /** Subscriptions that the client then has. */
      readonly count: number;
    }
  | {
      readonly type: 'message';
      readonly kind: 'message' | 'pmessage' | 'smessage';
      readonly pattern: Bytes | undefined;
      readonly channel: Bytes;
      readonly body: Bytes;
    };
