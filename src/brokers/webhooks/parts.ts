import type { Message } from '../../log/envelope';
import type { Wake } from '../broker';
import { FailureClock, secretOverlapMs } from './schedule';

// What a sender keeps: applications, their endpoints and messages, and each message's way to each endpoint.

export interface Application {
  readonly id: string;
  uid: string | undefined;
  name: string;
  metadata: Readonly<Record<string, string>>;
  readonly createdAtMs: number;
  updatedAtMs: number;
  /** In order of creation. */
  readonly endpoints: Endpoint[];
  readonly messages: StoredMessage[];
}

/** Why an endpoint gets nothing: somebody turned it off; it answered 410; every attempt has failed for five days. */
export type DisabledReason = 'asked' | 'gone' | 'failing';

export interface EndpointSettings {
  uid: string | undefined;
  url: string;
  description: string;
  /** Types of event that it gets; undefined: all. */
  filterTypes: readonly string[] | undefined;
  /** It gets messages of these channels only; undefined: all. */
  channels: readonly string[] | undefined;
  /** Attempts per second; undefined: as many as there are. */
  rateLimit: number | undefined;
  /** Sent with each attempt. */
  headers: Readonly<Record<string, string>>;
  metadata: Readonly<Record<string, string>>;
  disabled: DisabledReason | undefined;
}

export interface Endpoint extends EndpointSettings {
  readonly id: string;
  readonly application: Application;
  readonly createdAtMs: number;
  updatedAtMs: number;
  /** The newest first; one that was replaced counts until its time is over. */
  secrets: readonly { readonly key: string; readonly untilMs: number }[];
  /** What the log calls the list of messages that wait for it: host and path, or with its id behind when there are several. */
  queue: string;
  /** What the log calls its place among those that listen; empty when no process has its host's name. */
  subscription: string;
  /** The process that has its host's name. */
  service: string | undefined;
  deleted: boolean;
  readonly clock: FailureClock;
  readonly sendings: Sending[];
  /** Instants of the last attempts, for the limit on their rate, and what waits for it. */
  readonly sentAtMs: number[];
  readonly waiting: QueuedAttempt[];
  wake: Wake | undefined;
}

export interface StoredMessage {
  /** `webhook-id`: the same for every attempt. */
  readonly id: string;
  /** As the log knows it. */
  readonly message: Message;
  readonly application: Application;
  /** The sender's own id; two messages of one application never share one. */
  readonly eventId: string | undefined;
  readonly eventType: string;
  /** As it is sent. */
  readonly body: string;
  readonly channels: readonly string[] | undefined;
  readonly tags: readonly string[];
  readonly createdAtMs: number;
}

/** One message's way to one endpoint. */
export interface Sending {
  readonly stored: StoredMessage;
  readonly endpoint: Endpoint;
  /**
   * `waiting`: attempts are still to come, `dueAtMs` says when the next. `sending`: one is under way. `failed`: there will be none, unless
   * somebody asks for one.
   */
  status: 'waiting' | 'sending' | 'succeeded' | 'failed';
  readonly attempts: Attempt[];
  /** Attempts that the schedule made, those under way included. */
  scheduled: number;
  dueAtMs: number | undefined;
  wake: Wake | undefined;
}

export interface QueuedAttempt {
  readonly sending: Sending;
  readonly trigger: Trigger;
  readonly cause: number;
}

export type Trigger = 'scheduled' | 'manual';

export interface Attempt {
  readonly id: string;
  /** As the log knows it. */
  readonly delivery: string;
  readonly number: number;
  readonly trigger: Trigger;
  readonly url: string;
  readonly startedAtMs: number;
  status: 'sending' | 'succeeded' | 'failed';
  /** 0: there was no answer. */
  responseStatus: number;
  response: string;
  tookMs: number;
}

export function createEndpoint(
  id: string,
  application: Application,
  settings: EndpointSettings,
  made: { readonly key: string; readonly atMs: number },
): Endpoint {
  return {
    ...settings,
    id,
    application,
    createdAtMs: made.atMs,
    updatedAtMs: made.atMs,
    secrets: [{ key: made.key, untilMs: Infinity }],
    queue: '',
    subscription: '',
    service: undefined,
    deleted: false,
    clock: new FailureClock(),
    sendings: [],
    sentAtMs: [],
    waiting: [],
    wake: undefined,
  };
}

/** Gives it a new secret; the one that is replaced goes on counting for a day. */
export function rotateSecret(endpoint: Endpoint, key: string, nowMs: number): void {
  const untilMs = nowMs + secretOverlapMs;
  const former = endpoint.secrets.map((secret) => ({ ...secret, untilMs: Math.min(secret.untilMs, untilMs) }));
  endpoint.secrets = [{ key, untilMs: Infinity }, ...former.filter((secret) => secret.untilMs > nowMs)];
}

/** Whether a message of this type, of these channels, is for the endpoint. */
export function wants(
  endpoint: Endpoint,
  { eventType, channels }: Pick<StoredMessage, 'eventType' | 'channels'>,
): boolean {
  const { filterTypes } = endpoint;
  if (filterTypes !== undefined && !filterTypes.includes(eventType)) return false;
  return endpoint.channels === undefined || (channels ?? []).some((each) => endpoint.channels?.includes(each));
}

/** As one that was published by hand is taken. What is no JSON data, but a text, is sent as it is: a fault has broken it. */
export function storedOf(message: Message, application: Application, nowMs: number): StoredMessage {
  return {
    id: message.id.replace(/^m_/, 'msg_'),
    message,
    application,
    eventId: undefined,
    eventType: message.type,
    body: typeof message.data === 'string' ? message.data : JSON.stringify(message.data ?? {}),
    channels: undefined,
    tags: [],
    createdAtMs: nowMs,
  };
}
