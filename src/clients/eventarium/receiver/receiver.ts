import { bodyParsers } from '../../express/body-parsers';
import type { Next, Request, Response } from '../../express/shapes';
import { decodeText } from '../../node/encoding';
import type { ReceiverRefusal } from '../../../log/entry';
import { kindOf, requireText } from '../arguments';
import type { ClientEnvironment, Origin } from '../environment';
import { pauseReceiver, resumeReceiver, retryEvents } from './control';
import { bodyOf, eventFor, Handling } from './handling';
import { raiseIssue, settleIssue } from './issues';
import { nextId, receiverState, seenKeys, type KeptEvent, type ReceiverState, type SeenKeys } from './record';
import { receiverRules, type ReceiverRules } from './rules';
import { keyOf, signatureProblem, type ReceivedRequest } from './signature';

/** The receivers of one life of a process. */
export class Receivers {
  readonly #environment: ClientEnvironment;
  readonly #names = new Set<string>();

  constructor(environment: ClientEnvironment) {
    this.#environment = environment;
  }

  /** The request handler, for express or `node:http`, with what can be done to the receiver on it. */
  define(given: unknown, options: unknown): object {
    const name = requireText(given, 'webhookReceiver(name, options): the name');
    if (this.#names.has(name))
      throw new Error(
        `webhookReceiver('${name}'): this process has a receiver of that name already. Give each a name of its own.`,
      );
    const environment = this.#environment;
    const receiver = new Receiver(environment, receiverRules(name, options, environment.origin().where));
    this.#names.add(name);
    const handler = (request: Request, response: Response, next?: Next): void => {
      receiver.take(request, response, next);
    };
    Object.defineProperty(handler, 'name', { value: name });
    return Object.assign(handler, {
      pause: () => receiver.pause(),
      resume: () => receiver.resume(),
      isPaused: () => receiver.isPaused,
      events: () => receiver.events(),
      issues: () => receiver.issues(),
      acknowledge: (issue: unknown) => receiver.settle(issue, 'acknowledged'),
      resolve: (issue: unknown) => receiver.settle(issue, 'resolved'),
      retry: (event: unknown) => receiver.retry([requireText(event, `${name}.retry(event): the event's id`)]),
      retryAll: () => receiver.retry(undefined),
    });
  }
}

/** Bodies up to this are read, as the senders' own documentation allows for. */
const bodyBytesMax = 1_048_576;

interface Answer {
  readonly status: number;
  readonly body: object;
}

/**
 * Takes requests in: verifies, filters, deduplicates, keeps, and only then answers.
 *
 * Invariant: whoever got a 2xx is kept, or was wanted by nobody; whoever got anything else is not.
 */
class Receiver {
  readonly #environment: ClientEnvironment;
  readonly #rules: ReceiverRules;
  readonly #state: ReceiverState;
  readonly #seen: SeenKeys;
  readonly #read: (...args: unknown[]) => unknown;

  constructor(environment: ClientEnvironment, rules: ReceiverRules) {
    const { name, where, signature, concurrency, retry, deduplicate } = rules;
    this.#environment = environment;
    this.#rules = rules;
    this.#state = receiverState(environment, environment.process, name);
    this.#seen = seenKeys(environment, environment.process, name);
    this.#read = bodyParsers.raw({ type: () => true, limit: bodyBytesMax });
    this.#state.isDeclared = true;
    environment.record(
      {
        type: 'receiver.declared',
        receiver: name,
        scheme: signature.scheme,
        concurrency,
        attempts: retry.attempts,
        ...(deduplicate !== undefined && { windowMs: deduplicate.windowMs }),
      },
      { cause: environment.origin().cause, where },
    );
    new Handling(environment, rules, this.#state);
  }

  take(request: Request, response: Response, next: Next | undefined): void {
    const fail = (error: unknown): void => {
      if (next !== undefined) next(error);
      else answer(response, { status: (error as { status?: number }).status ?? 500, body: { error: String(error) } });
    };
    if (request.body !== undefined && !isRaw(request.body))
      return fail(
        new TypeError(
          `webhookReceiver('${this.#rules.name}'): the body has been parsed already, and a signature is over its bytes. ` +
            `Put the receiver before express.json(), or give express.json() another path.`,
        ),
      );
    this.#read(request, response, (error?: unknown) => {
      if (error !== undefined) return fail(error);
      const given = request.body;
      const body = given instanceof Uint8Array ? decodeText(given, 'utf8') : typeof given === 'string' ? given : '';
      let thrown: { readonly error: unknown } | undefined;
      try {
        answer(response, this.#receive({ headers: plainHeaders(request.headers), body }));
      } catch (error) {
        // A process that has ended is left at once.
        if (!this.#environment.isAlive) throw error;
        thrown = { error };
      }
      if (thrown !== undefined) fail(thrown.error);
    });
  }

  pause(): void {
    pauseReceiver(this.#state, (fact) => this.#environment.record(fact));
  }

  resume(): void {
    resumeReceiver(this.#state, (fact) => this.#environment.record(fact));
  }

  get isPaused(): boolean {
    return this.#state.isPaused;
  }

  /** Whether there was any. */
  retry(ids: readonly string[] | undefined): boolean {
    return retryEvents(this.#state, ids, (fact) => this.#environment.record(fact)) === undefined;
  }

  settle(issue: unknown, as: 'acknowledged' | 'resolved'): boolean {
    const id = requireText(issue, `${this.#rules.name}: the issue's id`);
    return settleIssue(this.#state, id, as, (fact) => this.#environment.record(fact));
  }

  events(): object[] {
    return [...this.#state.events.values()].map(({ id, key, state, attempt, receivedAtMs }) => ({
      id,
      ...(key !== undefined && { key }),
      state,
      attempt,
      receivedAtMs,
    }));
  }

  issues(): object[] {
    return [...this.#state.issues.values()].map(({ failure: { name, message }, ...issue }) => ({
      ...issue,
      failure: { name, message },
    }));
  }

  #receive(request: ReceivedRequest): Answer {
    const environment = this.#environment;
    const { node } = environment;
    const { signature, filter, where, name: receiver, queueMax } = this.#rules;
    const from: Origin = { cause: environment.origin().cause, where };
    const now = Math.floor((node.epochMs + node.nowMs() + node.skewMs()) / 1_000);
    const problem = signatureProblem(signature, request, now);
    if (problem !== undefined) return this.#refuseSignature(problem, from);
    const sample = this.#sample(request);
    const isWanted = (): boolean =>
      filter === undefined || Boolean(answered('filter', receiver, filter(eventFor(sample, receiver))));
    if (!this.#ask(isWanted, from)) {
      environment.record({ type: 'receiver.filtered', receiver }, from);
      return { status: 200, body: { status: 'filtered' } };
    }
    const key = this.#keyOf(request, sample, from);
    const first = key === undefined ? undefined : this.#firstOf(key);
    if (key !== undefined && first !== undefined) {
      const { event, atMs } = first;
      environment.record({ type: 'receiver.deduplicated', receiver, key, event, firstAtMs: atMs }, from);
      return { status: 200, body: { status: 'duplicate', event } };
    }
    if (this.#state.events.size >= queueMax) {
      const message = `${receiver} has room for ${String(queueMax)} events that are not handled yet.`;
      return this.#refuse('queue-full', 503, { name: 'RangeError', message }, from);
    }
    return this.#accept(request, key, from);
  }

  #accept(request: ReceivedRequest, key: string | undefined, from: Origin): Answer {
    const environment = this.#environment;
    const { name: receiver, retry, deduplicate } = this.#rules;
    const id = nextId(environment, 'evt');
    const told = key === undefined ? {} : { key };
    const cause = environment.record({ type: 'receiver.accepted', receiver, event: id, ...told }, from);
    const event: KeptEvent = { ...this.#sample(request), id, key, attemptsMax: retry.attempts, cause };
    this.#state.events.set(id, event);
    this.#state.queue.add(id);
    if (key !== undefined && deduplicate !== undefined) this.#seen.set(key, { atMs: event.receivedAtMs, event: id });
    Handling.wake(this.#state);
    return { status: 200, body: { status: 'accepted', event: id } };
  }

  /** An event that is not kept yet. */
  #sample({ headers, body }: ReceivedRequest): KeptEvent {
    return {
      id: '',
      key: undefined,
      receivedAtMs: this.#environment.node.nowMs(),
      headers,
      body,
      state: 'queued',
      attempt: 0,
      attemptsMax: 1,
      isManual: false,
      dueAtMs: 0,
      isRedelivered: false,
      cause: 0,
    };
  }

  #keyOf({ headers, body }: ReceivedRequest, sample: KeptEvent, from: Origin): string | undefined {
    const { deduplicate, signature, name } = this.#rules;
    if (deduplicate?.by === undefined) return keyOf(signature.scheme, headers, bodyOf(body));
    const { by } = deduplicate;
    const find = (): string | undefined => {
      const key = answered('deduplicate.by', name, by(eventFor(sample, name)));
      if (key === undefined || key === null) return undefined;
      if (typeof key === 'string' || typeof key === 'number') return String(key);
      throw new TypeError(
        `webhookReceiver('${name}'): deduplicate.by must return a text or a number, or nothing; it is ${kindOf(key)}.`,
      );
    };
    return this.#ask(find, from);
  }

  /** The event of this key that was accepted within the window. */
  #firstOf(key: string): { readonly atMs: number; readonly event: string } | undefined {
    const { deduplicate } = this.#rules;
    if (deduplicate === undefined) return undefined;
    const afterMs = this.#environment.node.nowMs() - deduplicate.windowMs;
    for (const [old, { atMs }] of this.#seen) {
      if (atMs > afterMs) break;
      this.#seen.delete(old);
    }
    return this.#seen.get(key);
  }

  /** Asks code of the user's while its sender waits; what it throws refuses the request. */
  #ask<T>(code: () => T, from: Origin): T {
    try {
      return code();
    } catch (error) {
      if (this.#environment.isAlive) {
        const where = this.#environment.thrownAt(error);
        this.#refuse('threw', 500, this.#environment.failure(error), { ...from, where });
      }
      throw error;
    }
  }

  #refuseSignature({ name, message }: Error, from: Origin): Answer {
    const failure = { name, message };
    const answered = this.#refuse('signature', 401, failure, from);
    raiseIssue(this.#environment, this.#state, { kind: 'signature', failure }, from);
    return answered;
  }

  #refuse(reason: ReceiverRefusal, status: number, failure: { name: string; message: string }, from: Origin): Answer {
    this.#environment.record({ type: 'receiver.refused', receiver: this.#rules.name, reason, status, failure }, from);
    return { status, body: { status: 'refused', reason, message: failure.message } };
  }
}

/** The sender waits for its answer, so this may not. */
function answered(what: string, name: string, value: unknown): unknown {
  if (!(value instanceof Promise)) return value;
  throw new TypeError(`webhookReceiver('${name}'): ${what} has to answer at once, without a promise.`);
}

const isRaw = (body: unknown): boolean => typeof body === 'string' || body instanceof Uint8Array;

/** Works on a response of `node:http` as on one of express. */
function answer(response: Response, { status, body }: Answer): void {
  response.statusCode = status;
  response.setHeader('content-type', 'application/json; charset=utf-8');
  if (status === 503) response.setHeader('retry-after', '1');
  response.end(JSON.stringify(body));
}

function plainHeaders(headers: Request['headers']): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : value]],
    ),
  );
}
