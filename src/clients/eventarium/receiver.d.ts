declare module 'eventarium' {
  /** How requests are signed. With several secrets one has to match, so that a secret can be rotated. */
  export type WebhookVerification =
    | {
        /**
         * `standard`: Standard Webhooks, whose headers may have Svix's names too; not older or newer than 5 minutes. `github`:
         * `X-Hub-Signature-256`. `stripe`: `Stripe-Signature`, not older than 5 minutes.
         */
        scheme: 'standard' | 'github' | 'stripe';
        secret: string | readonly string[];
      }
    /** Anybody may send. */
    | 'none';

  /** An event that was received, as filter and handler get it: their own copy. */
  export interface ReceivedEvent<T = any> {
    /** Unique within the run: `evt_1`, `evt_2`, …; empty in `filter` and `deduplicate.by`, which are asked before it is kept. */
    readonly id: string;
    /** What it is deduplicated by; the id that its sender gave it. */
    readonly key?: string;
    readonly receiver: string;
    /** Names in small letters. */
    readonly headers: Readonly<Record<string, string>>;
    /** JSON as what it means; anything else is a text. */
    readonly body: T;
    readonly rawBody: string;
    /** Virtual milliseconds since the run began. */
    readonly receivedAtMs: number;
    /** From 1. */
    readonly attempt: number;
    /** This attempt was begun before and cut off by a crash: some of it may have happened. */
    readonly isRedelivered: boolean;
  }

  export interface WebhookReceiverOptions<T = any> {
    verify: WebhookVerification;
    /**
     * Handles one event; may be async. What it throws, or rejects with, fails this attempt. An error with `retriable: false` is
     * not tried again; one with `retryAfterMs` not sooner than that.
     */
    handle: (event: ReceivedEvent<T>) => unknown;
    /** Whether an event is wanted. Answers at once, since the sender waits. What is not wanted is answered with 200 all the same. */
    filter?: (event: ReceivedEvent<T>) => boolean;
    /**
     * An event with a key that was accepted within `windowMs` (default one hour) is answered and not handled again. The key is by
     * default `webhook-id` (or `svix-id`), `x-github-delivery` or the body's `id`. Replicas of one service share what they have seen.
     * `false`: everything is handled.
     */
    deduplicate?: false | { windowMs?: number; by?: (event: ReceivedEvent<T>) => string | number | undefined };
    /** Events handled at once, at most. Default 10. */
    concurrency?: number;
    /** At most `max` attempts begin in any `perMs` milliseconds (default 1000). Default: no limit. */
    rate?: { max: number; perMs?: number };
    /**
     * Attempts in all, the first included (default 5), and the wait between them: `intervalMs` (default 1000) each time with `linear`, twice as
     * long each time with `exponential` (the default), at most `maxMs` (default one hour). `false`: one attempt.
     */
    retry?: false | { attempts?: number; strategy?: 'linear' | 'exponential'; intervalMs?: number; maxMs?: number };
    /** An attempt that takes longer has failed, in milliseconds. Its code goes on, and nobody waits for it. Default 60 000. */
    timeoutMs?: number;
    /** Events that are not handled yet, failed ones included; more are refused with 503. Default 10 000. */
    queueMax?: number;
  }

  /** Something that somebody has to look at. */
  export interface WebhookIssue {
    /** Unique within the run: `iss_1`, … */
    readonly id: string;
    /** `delivery`: events whose retries are used up. `signature`: requests that do not verify. */
    readonly kind: 'delivery' | 'signature';
    readonly status: 'open' | 'acknowledged' | 'resolved';
    readonly count: number;
    readonly firstAtMs: number;
    readonly lastAtMs: number;
    /** The latest. */
    readonly failure: { readonly name: string; readonly message: string };
  }

  /** The request handler, for `app.post(path, receiver)` of express or for `http.createServer`. */
  export interface WebhookReceiver {
    (request: any, response: any, next?: (error?: any) => void): void;
    /** Events are accepted as before, and wait. What is being handled goes on. */
    pause(): void;
    resume(): void;
    isPaused(): boolean;
    /** Events that are not handled yet, in the order in which they came. */
    events(): {
      id: string;
      key?: string;
      state: 'queued' | 'handling' | 'retrying' | 'failed';
      attempt: number;
      receivedAtMs: number;
    }[];
    issues(): WebhookIssue[];
    /** Somebody is at it. False when there is no such issue, or it is so already. */
    acknowledge(issue: string): boolean;
    /** It is done with; the next failure of its kind opens it again. */
    resolve(issue: string): boolean;
    /** Queues a failed event again, for one attempt. False when it has not failed. */
    retry(event: string): boolean;
    /** The same with all failed events. False when there are none. */
    retryAll(): boolean;
  }

  /**
   * The receiving side of webhooks, in the manner of Hookdeck: verifies the signature, keeps the event, answers with 200, and only then hands it to your
   * handler, again and again until it succeeds or its attempts are used up.
   *
   * What was answered with 200 survives a crash of the process; an event is done once its handler has ended well, so that a crash in the
   * middle has it handled again (at least once). 401: the signature is wrong. 503: the queue is full. Failed events and wrong
   * signatures open issues, grouped by what went wrong. Put it before `express.json()`, since a signature is over the bytes. Each
   * replica handles what it has accepted; what it has not done when it goes down waits for its next life.
   * @throws TypeError or RangeError when an option is missing or makes no sense, a secret above all.
   * @example
   * ```ts
   * import express from 'express';
   *
   * const hooks = webhookReceiver('payments', {
   *   verify: { scheme: 'standard', secret: 'whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD' },
   *   handle: async ({ body }) => console.log('paid', body.order),
   *   retry: { attempts: 3, strategy: 'linear', intervalMs: 2_000 },
   * });
   * express().post('/hooks', hooks).listen(3000);
   * ```
   */
  export function webhookReceiver<T = any>(name: string, options: WebhookReceiverOptions<T>): WebhookReceiver;
}
