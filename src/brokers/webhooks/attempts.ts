import { utf8ToBytes } from '@noble/hashes/utils.js';
import { wholeMicroseconds } from '../../kernel/instant';
import type { Failure } from '../../log/entry';
import type { BrokerAnswer, BrokerCall, BrokerPort } from '../broker';
import { refusedAddress } from './address-policy';
import type { Attempt, Endpoint, Sending, Trigger } from './parts';
import { retryAfterMs } from './schedule';
import { signStandard } from './standard-signature';
import { targetOf, type Target } from './target';
import type { FailureReason, Place, WebhooksLog } from './webhooks-log';

/** What of an answer's body is kept. svix-server, `RESPONSE_MAX_SIZE` */
const responseCharsMax = 20_000;

export interface AttemptOptions {
  readonly port: BrokerPort;
  readonly log: WebhooksLog;
  readonly epochMs: number;
  readonly timeoutMs: number;
  /** Hosts and ranges that may be called though the policy would refuse them. */
  readonly allowedAddresses: readonly string[];
  readonly onSucceeded: (place: Place, cause: number) => void;
  readonly onFailed: (place: Place, failed: Failed, cause: number) => void;
}

export interface Failed {
  readonly reason: FailureReason;
  readonly failure: Failure;
  /** How long the answer asked to wait. */
  readonly retryAfterMs?: number | undefined;
  /** The answer asked for no further attempt of this message. docs.svix.com/retries, `webhook-delivery: abort-message` */
  readonly isLast?: boolean;
}

/** Tries one message at one endpoint: signs it, sends it, and says how that went. Only 2xx in time is a success; redirects are none. */
export class Attempts {
  readonly #options: AttemptOptions;
  #count = 0;

  constructor(options: AttemptOptions) {
    this.#options = options;
  }

  begin(sending: Sending, trigger: Trigger, cause: number): void {
    const { port, allowedAddresses } = this.#options;
    const { endpoint } = sending;
    const attempt: Attempt = {
      id: `atmpt_${String(++this.#count)}`,
      delivery: port.nextId('delivery'),
      number: sending.attempts.length + 1,
      trigger,
      url: endpoint.url,
      startedAtMs: port.nowMs,
      status: 'sending',
      responseStatus: 0,
      response: '',
      tookMs: 0,
    };
    sending.attempts.push(attempt);
    sending.status = 'sending';
    const target = targetOf(endpoint.url);
    const refused = target && refusedAddress(target.hostname, allowedAddresses);
    if (target === undefined || refused !== undefined) {
      const process = target?.hostname ?? endpoint.url;
      this.#refuse({ sending, attempt, process }, refused, cause);
    } else this.#send(sending, attempt, target, cause);
  }

  #refuse(place: Place, kind: string | undefined, cause: number): void {
    const { log, port, onFailed } = this.#options;
    const { attempt } = place;
    const message =
      kind === undefined
        ? `No request can be sent to ${attempt.url}.`
        : `${place.process} is a ${kind} address: the address policy does not let requests go there. Names of processes are allowed, and what brokers.webhooks.allowedAddresses lists.`;
    attempt.status = 'failed';
    attempt.response = message;
    const seq = log.dispatched(place, port.nowMs, cause);
    onFailed(place, { reason: 'policy', failure: { name: 'AddressRefused', message } }, seq);
  }

  #send(sending: Sending, attempt: Attempt, target: Target, cause: number): void {
    const { port, log, timeoutMs } = this.#options;
    const { delivery } = attempt;
    let place: Place = { sending, attempt, process: target.hostname };
    let isOver = false;
    const over = (): void => {
      isOver = true;
      timer.cancel();
      attempt.tookMs = wholeMicroseconds(port.nowMs - attempt.startedAtMs);
    };
    const body = utf8ToBytes(sending.stored.body);
    const headers = this.#headers(sending, target, body.length);
    const call: BrokerCall = port.request(
      { method: 'POST', ...target, headers, body, delivery, cause },
      {
        received: (process, seq) => {
          if (isOver) return;
          place = { ...place, process };
          log.started(place, seq);
        },
        answered: (answer, seq) => {
          over();
          this.#answered(place, answer, seq);
        },
        failed: (code, seq) => {
          over();
          this.#failed(place, 'unreachable', { name: code, message: `${code} ${target.host}` }, seq);
        },
      },
    );
    place = { ...place, process: call.to ?? target.hostname };
    log.dispatched(place, call.arrivesAtMs ?? port.nowMs, call.seq);
    const timer = port.wakeAt(port.nowMs + timeoutMs, () => {
      over();
      const message = `No answer within ${String(timeoutMs / 1_000)} s`;
      this.#failed(place, 'timeout', { name: 'TimeoutError', message }, call.abort('TimeoutError'));
    });
  }

  #answered(place: Place, answer: BrokerAnswer, cause: number): void {
    const { attempt } = place;
    const { status, statusText, body } = answer;
    attempt.responseStatus = status;
    attempt.response = body.slice(0, responseCharsMax);
    if (status >= 200 && status <= 299) {
      attempt.status = 'succeeded';
      this.#options.onSucceeded(place, cause);
      return;
    }
    const header = (name: string): string | undefined => headerOf(answer.headers, name);
    const message = `${String(status)} ${statusText}`.trimEnd();
    attempt.status = 'failed';
    const { port, epochMs, onFailed } = this.#options;
    const failed: Failed = {
      reason: 'status',
      failure: { name: 'HttpStatus', message },
      retryAfterMs: retryAfterMs(header('retry-after'), epochMs + port.nowMs),
      isLast: header('webhook-delivery')?.trim().toLowerCase() === 'abort-message',
    };
    onFailed(place, failed, cause);
  }

  #failed(place: Place, reason: FailureReason, failure: Failure, cause: number): void {
    place.attempt.status = 'failed';
    place.attempt.response = failure.message;
    this.#options.onFailed(place, { reason, failure }, cause);
  }

  /** Signed anew with each attempt, with all secrets that count, since the timestamp is the attempt's. */
  #headers({ stored, endpoint }: Sending, target: Target, bytes: number): readonly string[] {
    const { epochMs, port } = this.#options;
    const timestamp = Math.floor((epochMs + port.nowMs) / 1_000);
    const signature = secretsAt(endpoint, port.nowMs)
      .map((key) => signStandard(key, { id: stored.id, timestamp, body: stored.body }))
      .join(' ');
    const signed = [
      ['id', stored.id],
      ['timestamp', String(timestamp)],
      ['signature', signature],
    ] as const;
    return [
      ['Host', target.host],
      ['Content-Type', 'application/json'],
      ['Content-Length', String(bytes)],
      ['User-Agent', 'Svix-Webhooks/1.0'],
      ...signed.map(([name, value]) => [`webhook-${name}`, value]),
      ...signed.map(([name, value]) => [`svix-${name}`, value]),
      ...Object.entries(endpoint.headers),
    ].flat();
  }
}

/** The secrets that a message is signed with, the newest first. */
export function secretsAt({ secrets }: Endpoint, nowMs: number): readonly string[] {
  return secrets.filter(({ untilMs }) => untilMs > nowMs).map(({ key }) => key);
}

function headerOf(headers: readonly string[], name: string): string | undefined {
  const at = headers.findIndex((each, index) => index % 2 === 0 && each.toLowerCase() === name);
  return at < 0 ? undefined : headers[at + 1];
}
