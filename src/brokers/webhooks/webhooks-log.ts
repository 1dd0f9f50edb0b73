import type { Failure, Settings } from '../../log/entry';
import type { BrokerPort } from '../broker';
import { refusedAddress } from './address-policy';
import type { Attempt, Endpoint, Sending, StoredMessage } from './parts';
import { targetOf } from './target';

/** How an attempt failed: an answer other than 2xx, none in time, none at all, or the policy did not let it out. */
export type FailureReason = 'status' | 'timeout' | 'unreachable' | 'policy';

/**
 * What a sender writes into the log. An endpoint is a queue of messages that wait for it, and who listens there is its one consumer. What
 * is returned is the `seq` of the last entry.
 */
export class WebhooksLog {
  readonly #broker: string;
  readonly #port: BrokerPort;
  readonly #allowedAddresses: readonly string[];

  constructor(broker: string, port: BrokerPort, allowedAddresses: readonly string[]) {
    this.#broker = broker;
    this.#port = port;
    this.#allowedAddresses = allowedAddresses;
  }

  /** An endpoint is there, or has other settings from now on. */
  endpoint(endpoint: Endpoint, from: From): number {
    return this.#port.append({
      type: 'queue.declared',
      ...from,
      broker: this.#broker,
      queue: endpoint.queue,
      settings: settingsOf(endpoint, this.#allowedAddresses),
    });
  }

  deleted({ queue }: Endpoint, from: From): number {
    return this.#port.append({ type: 'queue.deleted', ...from, broker: this.#broker, queue, reason: 'asked' });
  }

  /** `service`: the process that has its host's name. */
  listens(endpoint: Endpoint, service: string, limits: { attempts: number; timeoutMs: number }, from: From): void {
    this.#port.append({
      type: 'listener.subscribed',
      ...from,
      broker: this.#broker,
      subscription: endpoint.subscription,
      process: service,
      listener: targetOf(endpoint.url)?.path ?? endpoint.url,
      pattern: patternOf(endpoint),
      queue: endpoint.queue,
      url: endpoint.url,
      ...limits,
    });
  }

  listensNoMore(endpoint: Endpoint, service: string, from: From): void {
    this.#port.append({
      type: 'listener.unsubscribed',
      ...from,
      broker: this.#broker,
      subscription: endpoint.subscription,
      process: service,
      listener: targetOf(endpoint.url)?.path ?? endpoint.url,
    });
  }

  routed({ message }: StoredMessage, endpoints: readonly Endpoint[], cause: number): number {
    const seq = this.#port.append({
      type: 'message.routed',
      cause,
      message: message.id,
      broker: this.#broker,
      subscriptions: [],
      queues: endpoints.map(({ queue }) => queue),
    });
    return endpoints.length > 0 ? seq : this.dropped(message.id, 'no-subscriber', undefined, seq);
  }

  dropped(
    message: string,
    reason: 'no-subscriber' | 'duplicate' | 'refused' | 'endpoint-disabled' | 'queue-deleted' | 'broker-stopped',
    queue: string | undefined,
    cause: number,
  ): number {
    return this.#port.append({ type: 'message.dropped', cause, message, broker: this.#broker, reason, queue });
  }

  enqueued({ stored, endpoint }: Sending, cause: number): number {
    const { queue } = endpoint;
    return this.#port.append({
      type: 'message.enqueued',
      cause,
      message: stored.message.id,
      broker: this.#broker,
      queue,
    });
  }

  /** Its time to be tried again has come. */
  due({ stored, endpoint }: Sending, delivery: string, cause: number): number {
    const { queue } = endpoint;
    return this.#port.append({
      type: 'message.requeued',
      cause,
      message: stored.message.id,
      broker: this.#broker,
      queue,
      delivery,
    });
  }

  dispatched(place: Place, arrivesAtMs: number, cause: number): number {
    const { sending, attempt } = place;
    return this.#port.append({
      type: 'message.dispatched',
      cause,
      ...this.#named(place),
      queue: sending.endpoint.queue,
      subscription: sending.endpoint.subscription,
      arrivesAtMs,
      ...(attempt.trigger === 'manual' && { trigger: attempt.trigger }),
    });
  }

  started(place: Place, cause: number): number {
    return this.#port.append({ type: 'delivery.started', cause, ...this.#named(place) });
  }

  succeeded(place: Place, cause: number): number {
    const { tookMs, responseStatus: status } = place.attempt;
    return this.#port.append({ type: 'delivery.succeeded', cause, ...this.#named(place), tookMs, status });
  }

  failed(
    place: Place,
    how: { readonly reason: FailureReason; readonly failure: Failure; readonly attemptsLeft: number },
    cause: number,
  ): number {
    const { tookMs, responseStatus } = place.attempt;
    const status = responseStatus === 0 ? undefined : responseStatus;
    return this.#port.append({ type: 'delivery.failed', cause, ...this.#named(place), tookMs, ...how, status });
  }

  retries(place: Place, attempts: number, dueAtMs: number, cause: number): number {
    const nextAttempt = place.attempt.number + 1;
    return this.#port.append({
      type: 'delivery.retry-scheduled',
      cause,
      ...this.#named(place),
      nextAttempt,
      attempts: Math.max(attempts, nextAttempt),
      dueAtMs,
    });
  }

  /** There will be no attempt more. It stays where somebody can have it sent again. */
  exhausted(place: Place, cause: number): number {
    const { sending, attempt } = place;
    const { queue } = sending.endpoint;
    const { message, broker, listener } = this.#named(place);
    return this.#port.append({
      type: 'message.dead-lettered',
      cause,
      message,
      broker,
      queue,
      from: queue,
      listener,
      attempts: attempt.number,
      reason: 'attempts',
    });
  }

  #named({ sending, attempt, process }: Place) {
    return {
      delivery: attempt.delivery,
      message: sending.stored.message.id,
      broker: this.#broker,
      process,
      listener: targetOf(sending.endpoint.url)?.path ?? sending.endpoint.url,
      attempt: attempt.number,
    };
  }
}

/** Why an entry is written, and at which line of the user's. */
export interface From {
  readonly cause: number;
  readonly where: string | undefined;
}

/** An attempt, and the process that it goes to. */
export interface Place {
  readonly sending: Sending;
  readonly attempt: Attempt;
  readonly process: string;
}

/** What an endpoint is called, which types it takes (`#`: all), what keeps it from getting any, and what else is not as usual. */
function settingsOf(endpoint: Endpoint, allowedAddresses: readonly string[]): Settings {
  const refused = refusedAddress(targetOf(endpoint.url)?.hostname ?? '', allowedAddresses);
  const { id, url, channels, rateLimit, disabled, application, description, secrets } = endpoint;
  const [secret, former] = secrets;
  return {
    endpoint: id,
    url,
    application: application.uid ?? application.name,
    ...(description !== '' && { description }),
    ...(refused !== undefined && { 'refused-address': refused }),
    'event-types': patternOf(endpoint),
    ...(channels !== undefined && { channels: channels.join(', ') }),
    ...(rateLimit !== undefined && { 'rate-limit': rateLimit }),
    ...(disabled !== undefined && { disabled }),
    ...(secret !== undefined &&
      former !== undefined && { secret: secret.key, 'former-secret-until-ms': former.untilMs }),
  };
}

/** Which types it takes, as other brokers have it. */
function patternOf({ filterTypes }: Endpoint): string {
  return filterTypes?.join(', ') ?? '#';
}
