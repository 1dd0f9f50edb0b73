import type { Message } from '../../log/envelope';

/** A call of the sender's API, as its client puts it on the wire. Arguments are JSON data; instants are texts as `Date.toJSON` writes them. */
export interface ApiCall {
  /** Counts within a connection. */
  readonly number: number;
  /** `endpoint.create`. */
  readonly name: string;
  readonly args: readonly unknown[];
  /** The user's file and line. */
  readonly where: string | undefined;
  /** Of `message.create`: what the log calls the message. A payload that is a text is sent as it is: a fault has broken it. */
  readonly message?: Message;
}

export type ApiReply =
  | { readonly type: 'done'; readonly number: number; readonly value: unknown }
  /** `code` is the status that the real API answers with, `body` what its answer holds. */
  | { readonly type: 'refused'; readonly number: number; readonly code: number; readonly body: unknown };

/** The port of the API: that of a Svix server of one's own. */
export const apiPort = 8071;
