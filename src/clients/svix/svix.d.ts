/**
 * The client of the sender of webhooks, cut down to what is simulated. It listens at `localhost:8071`; a token is not checked. What is not
 * simulated fails with an error that names it.
 *
 * After the type definitions of svix 1.99 (MIT).
 */
declare module 'svix' {
  export interface SvixOptions {
    /** Default `http://localhost:8071`. */
    serverUrl?: string;
  }

  export interface PostOptions {
    /** A second call with the same key changes nothing and gets what the first one got. */
    idempotencyKey?: string;
  }

  export interface ListOptions {
    /** Items, from 1 to 250. Default: all. */
    limit?: number;
    /** What the page before had as `iterator`: the next one begins behind it. */
    iterator?: string | null;
  }

  export interface ListResponse<T> {
    data: T[];
    iterator: string | null;
    prevIterator?: string | null;
    done: boolean;
  }

  export interface ApplicationIn {
    name: string;
    /** A name of your own, which every call takes in place of the id. */
    uid?: string | null;
    metadata?: Record<string, string>;
  }

  export interface ApplicationOut {
    id: string;
    uid?: string;
    name: string;
    metadata: Record<string, string>;
    createdAt: Date;
    updatedAt: Date;
  }

  export interface EndpointIn {
    /** `http://shop:3000/hooks`. Addresses of the machine itself and of private networks are refused with each attempt. */
    url: string;
    uid?: string | null;
    description?: string;
    /** Types of event that it gets; absent: all. */
    filterTypes?: string[] | null;
    /** It gets messages of these channels only; absent: all. */
    channels?: string[] | null;
    /** Attempts per second; absent: no limit. */
    rateLimit?: number | null;
    /** Sent with each attempt. */
    headers?: Record<string, string> | null;
    metadata?: Record<string, string>;
    /** `whsec_` and 24 to 64 bytes in base64; absent: one is made. */
    secret?: string | null;
    /** Default false. */
    disabled?: boolean;
  }

  export type EndpointUpdate = Omit<EndpointIn, 'secret' | 'headers'>;
  export type EndpointPatch = Partial<EndpointUpdate>;

  export interface EndpointOut {
    id: string;
    uid?: string;
    url: string;
    version: number;
    description: string;
    filterTypes?: string[];
    channels?: string[];
    rateLimit?: number;
    disabled: boolean;
    metadata: Record<string, string>;
    createdAt: Date;
    updatedAt: Date;
  }

  export interface MessageIn {
    /** `invoice.paid`. */
    eventType: string;
    payload: any;
    /** Yours; a second message with it is refused with 409. */
    eventId?: string | null;
    channels?: string[] | null;
    tags?: string[] | null;
  }

  export interface MessageOut {
    id: string;
    eventId?: string;
    eventType: string;
    payload: any;
    channels?: string[];
    tags: string[];
    timestamp: Date;
  }

  export interface MessageAttemptOut {
    id: string;
    msgId: string;
    endpointId: string;
    url: string;
    response: string;
    /** 0: there was no answer. */
    responseStatusCode: number;
    responseDurationMs: number;
    /** 0 success, 1 pending, 2 fail, 3 sending. */
    status: 0 | 1 | 2 | 3;
    statusText: string;
    /** 0 by the schedule, 1 by hand. */
    triggerType: 0 | 1;
    timestamp: Date;
  }

  export interface TaskOut {
    id: string;
    status: 'finished';
    task: string;
  }

  export class Svix {
    constructor(token: string, options?: SvixOptions);
    readonly application: {
      create(application: ApplicationIn, options?: PostOptions): Promise<ApplicationOut>;
      getOrCreate(application: ApplicationIn, options?: PostOptions): Promise<ApplicationOut>;
      get(appId: string): Promise<ApplicationOut>;
      list(options?: ListOptions): Promise<ListResponse<ApplicationOut>>;
      delete(appId: string): Promise<void>;
    };
    readonly endpoint: {
      create(appId: string, endpoint: EndpointIn, options?: PostOptions): Promise<EndpointOut>;
      list(appId: string, options?: ListOptions): Promise<ListResponse<EndpointOut>>;
      get(appId: string, endpointId: string): Promise<EndpointOut>;
      /** Replaces all that is not given by what an endpoint has at first. Without such an endpoint, creates it. */
      update(appId: string, endpointId: string, endpoint: EndpointUpdate): Promise<EndpointOut>;
      patch(appId: string, endpointId: string, endpoint: EndpointPatch): Promise<EndpointOut>;
      delete(appId: string, endpointId: string): Promise<void>;
      getHeaders(appId: string, endpointId: string): Promise<{ headers: Record<string, string>; sensitive: string[] }>;
      updateHeaders(appId: string, endpointId: string, headers: { headers: Record<string, string> }): Promise<void>;
      getSecret(appId: string, endpointId: string): Promise<{ key: string }>;
      /** The former secret counts for 24 hours more: until then messages carry both signatures. */
      rotateSecret(
        appId: string,
        endpointId: string,
        secret: { key?: string | null },
        options?: PostOptions,
      ): Promise<void>;
      /** Sends all messages since then that have failed once more. */
      recover(appId: string, endpointId: string, since: { since: Date }, options?: PostOptions): Promise<TaskOut>;
      /** Sends all messages since then that never went to the endpoint. */
      replayMissing(appId: string, endpointId: string, since: { since: Date }, options?: PostOptions): Promise<TaskOut>;
    };
    readonly message: {
      /** To all endpoints of the application that want it. */
      create(appId: string, message: MessageIn, options?: PostOptions): Promise<MessageOut>;
      list(appId: string, options?: ListOptions): Promise<ListResponse<MessageOut>>;
      /** By its id or its `eventId`. */
      get(appId: string, msgId: string): Promise<MessageOut>;
    };
    readonly messageAttempt: {
      /** The newest first. */
      listByMsg(appId: string, msgId: string, options?: ListOptions): Promise<ListResponse<MessageAttemptOut>>;
      listByEndpoint(
        appId: string,
        endpointId: string,
        options?: ListOptions,
      ): Promise<ListResponse<MessageAttemptOut>>;
      /** One attempt, at once. */
      resend(appId: string, msgId: string, endpointId: string, options?: PostOptions): Promise<object>;
    };
  }

  export class Webhook {
    constructor(secret: string | Uint8Array, options?: { format?: 'raw' });
    /** The payload as parsed, or a `WebhookVerificationError` that says why it is refused. */
    verify(payload: string | Uint8Array, headers: Record<string, string | string[] | undefined>): unknown;
    /** `v1,<base64>` */
    sign(msgId: string, timestamp: Date, payload: string | Uint8Array): string;
  }

  export class WebhookVerificationError extends Error {}

  /** A refusal of the API. */
  export class ApiException<T = any> extends Error {
    /** The status: 404, 409, 422. */
    readonly code: number;
    readonly body: T;
    readonly headers: Record<string, string>;
  }
}
