import type { Entry, EntryOf } from '../log/entry';
import { Column } from './column';

/** How an attempt ended: with an answer, or how it got none. */
export interface WebhookAttempt {
  /** Of its `message.dispatched`. */
  readonly seq: number;
  readonly delivery: string;
  readonly number: number;
  /** Somebody asked for it. */
  readonly isManual: boolean;
  readonly startedAtMs: number;
  /** Undefined while it is under way. */
  endedAtMs: number | undefined;
  succeeded: boolean;
  /** Of the answer; undefined: there was none. */
  status: number | undefined;
  reason: EntryOf<'delivery.failed'>['reason'] | undefined;
  /** When the schedule's next one comes, once this one has failed. */
  nextAtMs: number | undefined;
}

/** One message's way to one endpoint, over the whole run. */
export interface WebhookSending {
  readonly message: string;
  readonly eventType: string;
  readonly endpoint: WebhookEndpoint;
  readonly createdAtMs: number;
  /** In order of their starts. */
  readonly attempts: WebhookAttempt[];
  /** The schedule has nothing more to do: given up after its last attempt, or stopped with the endpoint. */
  over: { readonly atMs: number; readonly how: 'exhausted' | 'stopped' } | undefined;
}

export interface WebhookEndpoint {
  readonly broker: string;
  /** What the log calls its list. */
  readonly queue: string;
  readonly url: string;
  /** Undefined: it can be called. In order of time. */
  readonly disabled: { readonly atMs: number; readonly reason: string | undefined }[];
  /** When it got a new secret, and until when the former one counts as well. In order of time. */
  readonly rotated: { readonly atMs: number; readonly formerUntilMs: number }[];
  readonly sendings: WebhookSending[];
  /** Attempts that have ended, in order of time: when, how long they took, and 1 for those that succeeded. */
  readonly ended: { readonly atMs: Column; readonly tookMs: Column; readonly ok: Column };
  readonly createdAtMs: number;
  deletedAtMs: number | undefined;
}

/**
 * The attempts of all webhooks over the whole computed log, future included; what stood at an instant is asked of it (`endpointAt`,
 * `sendingAt`). Built by appending entries in order; a run computed anew needs a new one.
 */
export class WebhookAttempts {
  readonly #endpoints = new Map<string, WebhookEndpoint>();
  readonly #sendings = new Map<string, WebhookSending>();
  readonly #types = new Map<string, string>();
  readonly #open = new Map<string, { readonly sending: WebhookSending; readonly attempt: WebhookAttempt }>();

  /** In order of creation; those that were deleted too. */
  get endpoints(): readonly WebhookEndpoint[] {
    return [...this.#endpoints.values()];
  }

  append(entry: Entry): void {
    switch (entry.type) {
      case 'queue.declared':
        return this.#declare(entry);
      case 'queue.deleted': {
        const endpoint = this.#endpoints.get(keyOf(entry.broker, entry.queue));
        if (endpoint) endpoint.deletedAtMs = entry.atMs;
        return;
      }
      case 'message.published':
        this.#types.set(entry.message.id, entry.message.type);
        return;
      case 'message.enqueued':
        this.#enter(entry);
        return;
      case 'message.dispatched':
        return this.#begin(entry);
      case 'delivery.succeeded':
      case 'delivery.failed':
        return this.#end(entry);
      case 'delivery.retry-scheduled': {
        const open = this.#open.get(entry.delivery);
        if (open) open.attempt.nextAtMs = entry.dueAtMs;
        return;
      }
      case 'message.dead-lettered':
      case 'message.dropped': {
        const sending = this.#sendings.get(keyOf(entry.broker, entry.queue ?? '', entry.message));
        if (sending)
          sending.over = { atMs: entry.atMs, how: entry.type === 'message.dropped' ? 'stopped' : 'exhausted' };
        return;
      }
      default:
        return;
    }
  }

  #declare({ broker, queue, settings, atMs }: EntryOf<'queue.declared'>): void {
    if (settings['endpoint'] === undefined) return;
    const key = keyOf(broker, queue);
    let endpoint = this.#endpoints.get(key);
    if (endpoint === undefined) {
      const ended = { atMs: Column.float64(), tookMs: Column.float64(), ok: Column.float64() };
      const url = String(settings['url']);
      const nothing = { disabled: [], rotated: [], sendings: [], deletedAtMs: undefined };
      endpoint = { broker, queue, url, createdAtMs: atMs, ended, ...nothing };
      this.#endpoints.set(key, endpoint);
    }
    endpoint.deletedAtMs = undefined;
    const reason = settings['disabled'];
    if (endpoint.disabled.at(-1)?.reason !== reason)
      endpoint.disabled.push({ atMs, reason: reason === undefined ? undefined : String(reason) });
    const formerUntilMs = Number(settings['former-secret-until-ms'] ?? 0);
    if (formerUntilMs > 0 && endpoint.rotated.at(-1)?.formerUntilMs !== formerUntilMs)
      endpoint.rotated.push({ atMs, formerUntilMs });
  }

  #enter({ broker, queue, message, atMs }: EntryOf<'message.enqueued'>): void {
    const endpoint = this.#endpoints.get(keyOf(broker, queue));
    const key = keyOf(broker, queue, message);
    if (endpoint === undefined || this.#sendings.has(key)) return;
    const eventType = this.#types.get(message) ?? '';
    const sending = { message, eventType, endpoint, createdAtMs: atMs, attempts: [], over: undefined };
    this.#sendings.set(key, sending);
    endpoint.sendings.push(sending);
  }

  #begin(entry: EntryOf<'message.dispatched'>): void {
    const sending = this.#sendings.get(keyOf(entry.broker, entry.queue ?? '', entry.message));
    if (sending === undefined) return;
    const attempt: WebhookAttempt = {
      seq: entry.seq,
      delivery: entry.delivery,
      number: entry.attempt,
      isManual: entry.trigger === 'manual',
      startedAtMs: entry.atMs,
      endedAtMs: undefined,
      succeeded: false,
      status: undefined,
      reason: undefined,
      nextAtMs: undefined,
    };
    sending.attempts.push(attempt);
    this.#open.set(entry.delivery, { sending, attempt });
  }

  #end(entry: EntryOf<'delivery.succeeded' | 'delivery.failed'>): void {
    const open = this.#open.get(entry.delivery);
    if (open === undefined) return;
    const { sending, attempt } = open;
    attempt.endedAtMs = entry.atMs;
    attempt.status = entry.status;
    attempt.succeeded = entry.type === 'delivery.succeeded';
    attempt.reason = entry.type === 'delivery.failed' ? entry.reason : undefined;
    const { ended } = sending.endpoint;
    ended.atMs.push(entry.atMs);
    ended.tookMs.push(entry.tookMs);
    ended.ok.push(attempt.succeeded ? 1 : 0);
  }
}

function keyOf(...names: readonly string[]): string {
  return JSON.stringify(names);
}

/** An endpoint as it stands at an instant. */
export interface EndpointFigures {
  /** Why it is disabled; undefined: it is not. */
  readonly disabled: string | undefined;
  /** Until when it is signed with the former secret as well; undefined: with one secret only. */
  readonly twoSecretsUntilMs: number | undefined;
  /** Its last attempts have all failed. */
  readonly isFailing: boolean;
  readonly attempts: number;
  /** Share of attempts that succeeded, 0 to 1; undefined before the first has ended. */
  readonly successRate: number | undefined;
  /** Of the time that attempts took, in milliseconds; undefined before the first has ended. */
  readonly p50Ms: number | undefined;
  readonly p95Ms: number | undefined;
  /** When the schedule calls it next, as far as that is known. */
  readonly nextAtMs: number | undefined;
}

/** Undefined before it was there, and after it was deleted. */
export function endpointAt(endpoint: WebhookEndpoint, nowMs: number): EndpointFigures | undefined {
  if (endpoint.createdAtMs > nowMs || (endpoint.deletedAtMs ?? Infinity) <= nowMs) return undefined;
  const { atMs, tookMs, ok } = endpoint.ended;
  const times: number[] = [];
  let succeeded = 0;
  let isFailing = false;
  for (let at = 0; at < atMs.length && atMs.at(at) <= nowMs; at++) {
    times.push(tookMs.at(at));
    succeeded += ok.at(at);
    isFailing = ok.at(at) === 0;
  }
  times.sort((one, other) => one - other);
  const nextAtMs = Math.min(...endpoint.sendings.map((sending) => sendingAt(sending, nowMs).nextAtMs ?? Infinity));
  const { formerUntilMs = 0 } = endpoint.rotated.findLast((rotation) => rotation.atMs <= nowMs) ?? {};
  return {
    disabled: endpoint.disabled.findLast((change) => change.atMs <= nowMs)?.reason,
    twoSecretsUntilMs: formerUntilMs > nowMs ? formerUntilMs : undefined,
    isFailing,
    attempts: times.length,
    successRate: times.length === 0 ? undefined : succeeded / times.length,
    p50Ms: quantile(times, 0.5),
    p95Ms: quantile(times, 0.95),
    nextAtMs: nextAtMs === Infinity ? undefined : nextAtMs,
  };
}

/** The least value that is not below the given share of all; undefined of none. */
export function quantile(sorted: readonly number[], share: number): number | undefined {
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)];
}

export type SendingState = 'queued' | 'sending' | 'waiting' | 'delivered' | 'exhausted' | 'stopped';

export interface SendingNow {
  readonly state: SendingState;
  /** Those that have begun. */
  readonly attempts: readonly WebhookAttempt[];
  readonly nextAtMs: number | undefined;
}

export function sendingAt(sending: WebhookSending, nowMs: number): SendingNow {
  const attempts = sending.attempts.filter(({ startedAtMs }) => startedAtMs <= nowMs);
  const now = (state: SendingState, nextAtMs?: number): SendingNow => ({ state, attempts, nextAtMs });
  const hasEnded = ({ endedAtMs }: WebhookAttempt): boolean => endedAtMs !== undefined && endedAtMs <= nowMs;
  if (attempts.some((attempt) => attempt.succeeded && hasEnded(attempt))) return now('delivered');
  if (attempts.some((attempt) => !hasEnded(attempt))) return now('sending');
  if (sending.over !== undefined && sending.over.atMs <= nowMs) return now(sending.over.how);
  const last = attempts.at(-1);
  if (last === undefined) return now('queued');
  return last.nextAtMs === undefined ? now('exhausted') : now('waiting', last.nextAtMs);
}
