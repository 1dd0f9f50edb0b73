import type { BrokerPort } from '../broker';
import { Attempts } from './attempts';
import type { DisabledReason, Endpoint, QueuedAttempt, Sending, StoredMessage, Trigger } from './parts';
import { svixDisableAfterMs, svixScheduleMs, svixTimeoutMs, waitAfterMs } from './schedule';
import type { From, Place, WebhooksLog } from './webhooks-log';

export interface SenderSettings {
  readonly retryScheduleMs: readonly number[];
  readonly timeoutMs: number;
  readonly disableAfterMs: number;
  readonly allowedAddresses: readonly string[];
}

export const svixSettings: SenderSettings = {
  retryScheduleMs: svixScheduleMs,
  timeoutMs: svixTimeoutMs,
  disableAfterMs: svixDisableAfterMs,
  allowedAddresses: [],
};

/** The span to which a limit on the rate refers. */
const rateMs = 1_000;

/**
 * Brings messages to endpoints.
 *
 * Invariants
 * 1. Every message that was routed to an endpoint is there, or failed for good, or an attempt of it is under way or to come.
 * 2. The schedule makes no more attempts of a message than it has entries; what somebody asks for by hand counts apart and is tried once.
 * 3. A disabled or deleted endpoint gets nothing but what somebody asks for by hand.
 */
export class Sender {
  readonly settings: SenderSettings;
  readonly #port: BrokerPort;
  readonly #log: WebhooksLog;
  readonly #attempts: Attempts;
  /** While it is paused: those for which something is due. */
  #held: Set<Endpoint> | undefined;

  constructor(port: BrokerPort, log: WebhooksLog, settings: SenderSettings) {
    this.#port = port;
    this.#log = log;
    this.settings = settings;
    const { timeoutMs, allowedAddresses } = settings;
    this.#attempts = new Attempts({
      port,
      log,
      epochMs: Date.parse(port.timeText(0)),
      timeoutMs,
      allowedAddresses,
      onSucceeded: (place, cause) => {
        this.#succeeded(place, cause);
      },
      onFailed: (place, failed, cause) => {
        const { reason, failure } = failed;
        const isGone = place.attempt.responseStatus === 410;
        const left = failed.isLast === true || isGone ? undefined : this.#waitAfter(place, failed.retryAfterMs);
        this.#failed(place, { reason, failure, isGone, left }, cause);
      },
    });
  }

  pause(): void {
    this.#held = new Set();
  }

  resume(): void {
    const held = this.#held ?? [];
    this.#held = undefined;
    for (const endpoint of held) this.#work(endpoint);
  }

  /** A message sets out to an endpoint. */
  send(stored: StoredMessage, endpoint: Endpoint, cause: number): void {
    const sending: Sending = {
      stored,
      endpoint,
      status: 'waiting',
      attempts: [],
      scheduled: 0,
      dueAtMs: undefined,
      wake: undefined,
    };
    endpoint.sendings.push(sending);
    const seq = this.#log.enqueued(sending, cause);
    const waitMs = this.settings.retryScheduleMs[0] ?? 0;
    if (waitMs === 0) this.#queue({ sending, trigger: 'scheduled', cause: seq });
    else this.#wakeAt(sending, this.#port.nowMs + waitMs, () => ({ sending, trigger: 'scheduled', cause: seq }));
  }

  /** One attempt by hand, at once. What the schedule has still to do stays as it is. */
  resend(sending: Sending, cause: number): void {
    const last = sending.attempts.at(-1);
    // One that waits for its next attempt is in the endpoint's list already.
    const seq =
      sending.status === 'waiting' && last !== undefined
        ? this.#log.due(sending, last.delivery, cause)
        : this.#log.enqueued(sending, cause);
    this.#queue({ sending, trigger: 'manual', cause: seq });
  }

  /** From now on it gets nothing, and what waited for it is not sent any more. */
  disable(endpoint: Endpoint, reason: DisabledReason, from: From): void {
    endpoint.disabled = reason;
    const cause = this.#log.endpoint(endpoint, from);
    this.#stop(endpoint, 'endpoint-disabled', cause);
  }

  remove(endpoint: Endpoint, from: From): void {
    endpoint.deleted = true;
    this.#stop(endpoint, 'queue-deleted', from.cause);
    this.#log.deleted(endpoint, from);
  }

  #stop(endpoint: Endpoint, reason: 'endpoint-disabled' | 'queue-deleted', cause: number): void {
    endpoint.waiting.length = 0;
    for (const sending of endpoint.sendings) {
      if (sending.status !== 'waiting' && sending.wake === undefined) continue;
      sending.wake?.cancel();
      sending.dueAtMs = undefined;
      sending.status = 'failed';
      this.#log.dropped(sending.stored.message.id, reason, endpoint.queue, cause);
    }
  }

  // The list of an endpoint, under its limit.

  #queue(queued: QueuedAttempt): void {
    queued.sending.endpoint.waiting.push(queued);
    this.#work(queued.sending.endpoint);
  }

  #work(endpoint: Endpoint): void {
    if (this.#held !== undefined) {
      this.#held.add(endpoint);
      return;
    }
    const { sentAtMs, waiting, rateLimit } = endpoint;
    while (waiting.length > 0) {
      const { nowMs } = this.#port;
      const before = rateLimit === undefined ? undefined : sentAtMs[sentAtMs.length - rateLimit];
      if (before !== undefined && before + rateMs > nowMs) {
        endpoint.wake?.cancel();
        endpoint.wake = this.#port.wakeAt(before + rateMs, () => {
          this.#work(endpoint);
        });
        return;
      }
      const { sending, trigger, cause } = waiting.shift()!;
      if (sentAtMs.push(nowMs) > (rateLimit ?? 0)) sentAtMs.splice(0, sentAtMs.length - (rateLimit ?? 0));
      if (trigger === 'scheduled') sending.scheduled++;
      this.#attempts.begin(sending, trigger, cause);
    }
  }

  #wakeAt(sending: Sending, atMs: number, next: () => QueuedAttempt): void {
    sending.dueAtMs = atMs;
    sending.wake?.cancel();
    sending.wake = this.#port.wakeAt(atMs, () => {
      sending.wake = undefined;
      sending.dueAtMs = undefined;
      this.#queue(next());
    });
  }

  // How an attempt ended.

  #succeeded(place: Place, cause: number): void {
    const { sending } = place;
    sending.wake?.cancel();
    sending.wake = undefined;
    sending.dueAtMs = undefined;
    sending.status = 'succeeded';
    sending.endpoint.clock.succeeded();
    this.#log.succeeded(place, cause);
  }

  /** How long until the schedule's next attempt; undefined when there is none. */
  #waitAfter({ sending, attempt }: Place, retryAfterMs: number | undefined): number | undefined {
    const { endpoint } = sending;
    if (sending.status === 'succeeded' || endpoint.disabled !== undefined || endpoint.deleted) return undefined;
    if (attempt.trigger === 'scheduled')
      return waitAfterMs(sending.scheduled, this.settings.retryScheduleMs, retryAfterMs);
    return sending.dueAtMs === undefined ? undefined : sending.dueAtMs - this.#port.nowMs;
  }

  #failed(
    place: Place,
    how: Pick<Parameters<WebhooksLog['failed']>[1], 'reason' | 'failure'> & {
      isGone: boolean;
      left: number | undefined;
    },
    cause: number,
  ): void {
    const { sending, attempt } = place;
    const { endpoint } = sending;
    const { reason, failure, isGone, left } = how;
    const { retryScheduleMs, disableAfterMs } = this.settings;
    const attemptsLeft = left === undefined ? 0 : retryScheduleMs.length - sending.scheduled;
    const seq = this.#log.failed(place, { reason, failure, attemptsLeft }, cause);
    if (left === undefined) this.#givenUp(place, isGone, seq);
    else {
      sending.status = 'waiting';
      const dueAtMs = this.#port.nowMs + left;
      const scheduled = this.#log.retries(place, attempt.number + attemptsLeft, dueAtMs, seq);
      this.#wakeAt(sending, dueAtMs, () => {
        const due = this.#log.due(sending, attempt.delivery, scheduled);
        return { sending, trigger: 'scheduled', cause: due };
      });
    }
    if (isGone && endpoint.disabled === undefined) this.disable(endpoint, 'gone', { cause: seq, where: undefined });
    else if (endpoint.clock.failed(this.#port.nowMs, disableAfterMs) && endpoint.disabled === undefined)
      this.disable(endpoint, 'failing', { cause: seq, where: undefined });
  }

  #givenUp(place: Place, isGone: boolean, cause: number): void {
    const { sending, attempt } = place;
    const { endpoint, stored } = sending;
    if (sending.status === 'succeeded') return;
    sending.status = 'failed';
    if (attempt.trigger === 'manual') return;
    if (endpoint.deleted) this.#log.dropped(stored.message.id, 'queue-deleted', undefined, cause);
    else if (isGone || endpoint.disabled !== undefined)
      this.#log.dropped(stored.message.id, 'endpoint-disabled', endpoint.queue, cause);
    else this.#log.exhausted(place, cause);
  }
}

/** What a message counts as for an endpoint, in the API's numbers. api.svix.com, `MessageStatus` */
export const messageStatus = { succeeded: 0, waiting: 1, failed: 2, sending: 3 } as const;
export const triggerNumber: Readonly<Record<Trigger, number>> = { scheduled: 0, manual: 1 };
