import { waitAfter } from '../../../brokers/bus/retry';
import { wholeMicroseconds } from '../../../kernel/instant';
import type { Failure, ReceiverFailureReason } from '../../../log/entry';
import type { TimerHandle } from '../../node/environment';
import type { ClientEnvironment, CodeOutcome } from '../environment';
import { raiseIssue } from './issues';
import type { KeptEvent, ReceiverState } from './record';
import type { ReceiverRules } from './rules';

/** An attempt that runs: plain data outlives a process, this does not. */
interface UnderWay {
  readonly event: KeptEvent;
  readonly seq: number;
  readonly startedAtMs: number;
  readonly release: () => void;
  timer: TimerHandle | undefined;
}

type Failed = { readonly failure: Failure; readonly where: string | undefined; readonly reason: ReceiverFailureReason };

/** Which life of a process hands out the events of a receiver now. */
const current = new WeakMap<ReceiverState, Handling>();

/**
 * Hands the events of one receiver to its handler, as many at once and as often as the rules let it, and again when it failed.
 *
 * Invariants
 * 1. An event leaves `state.events` only when an attempt has succeeded, in the step that writes so to the log.
 * 2. Every event that is kept is queued, under way, waiting for a timer, or failed; nothing is queued twice.
 * 3. What a crash has cut off, or an edit of the file, is queued again, in front.
 */
export class Handling {
  readonly #environment: ClientEnvironment;
  readonly #rules: ReceiverRules;
  readonly #state: ReceiverState;
  readonly #underWay = new Map<string, UnderWay>();
  readonly #timers = new Map<string, TimerHandle>();
  #rateTimer: TimerHandle | undefined;

  constructor(environment: ClientEnvironment, rules: ReceiverRules, state: ReceiverState) {
    this.#environment = environment;
    this.#rules = rules;
    this.#state = state;
    current.set(state, this);
    environment.onRetire(() => {
      this.#close();
    });
    this.#recover();
  }

  /** A newer text of the file takes over, and begins again what is under way: how it ends here is nobody's any more. */
  #close(): void {
    for (const timer of this.#timers.values()) timer.cancel();
    for (const { timer, release } of this.#underWay.values()) {
      timer?.cancel();
      release();
    }
    this.#underWay.clear();
    this.#rateTimer?.cancel();
  }

  /** Something was queued, or the receiver was resumed, from wherever: whoever hands out its events now has a look. */
  static wake(state: ReceiverState): void {
    const handling = current.get(state);
    if (handling === undefined || !handling.#environment.isAlive) return;
    handling.#environment.node.schedule(0, () => {
      if (current.get(state) === handling) handling.#handOut();
    });
  }

  #recover(): void {
    const { events, queue, name } = this.#state;
    const open = [...events.values()].filter(({ state }) => state !== 'failed');
    if (open.length === 0) return;
    const interrupted = open.filter(({ state }) => state === 'handling');
    const cause = this.#environment.record({
      type: 'receiver.recovered',
      receiver: name,
      events: open.length,
      interrupted: interrupted.map(({ id }) => id),
    });
    const queued = [...queue];
    queue.clear();
    for (const event of interrupted) {
      event.attempt -= 1;
      event.isRedelivered = true;
      this.#queue(event, cause);
    }
    for (const id of queued) queue.add(id);
    for (const event of open) if (event.state === 'retrying') this.#armRetry(event);
    Handling.wake(this.#state);
  }

  #queue(event: KeptEvent, cause: number): void {
    event.state = 'queued';
    event.cause = cause;
    this.#state.queue.add(event.id);
  }

  #handOut(): void {
    const { queue, events } = this.#state;
    for (const id of queue) {
      if (this.#state.isPaused || this.#underWay.size >= this.#rules.concurrency || !this.#mayStart()) return;
      queue.delete(id);
      this.#start(events.get(id)!);
    }
  }

  /** Whether the rate lets one more attempt begin; if not, it is asked again as soon as it may. */
  #mayStart(): boolean {
    const { rate } = this.#rules;
    const { starts } = this.#state;
    const { node } = this.#environment;
    const nowMs = node.nowMs();
    if (rate === undefined) return true;
    // The rate may have been another one in the life before.
    while (starts.length > rate.max) starts.shift();
    const earliestMs = wholeMicroseconds((starts.length < rate.max ? -Infinity : starts[0]!) + rate.perMs);
    if (earliestMs <= nowMs) {
      starts.push(nowMs);
      return true;
    }
    this.#rateTimer ??= node.schedule(earliestMs - nowMs, () => {
      this.#rateTimer = undefined;
      this.#handOut();
    });
    return false;
  }

  #start(event: KeptEvent): void {
    const environment = this.#environment;
    const { node } = environment;
    const { handle, name, where, timeoutMs } = this.#rules;
    event.state = 'handling';
    event.attempt += 1;
    const facts = { receiver: name, event: event.id, attempt: event.attempt };
    const manual = event.isManual ? { manual: true as const } : {};
    const from = { cause: event.cause, where };
    const seq = environment.record({ type: 'receiver.attempt-started', ...facts, ...manual }, from);
    const run: UnderWay = {
      event,
      seq,
      startedAtMs: node.nowMs(),
      release: environment.hold(),
      timer: undefined,
    };
    this.#underWay.set(event.id, run);
    const message = `The handler did not end within ${String(timeoutMs)} ms`;
    run.timer = node.schedule(timeoutMs, () => {
      this.#end(run, { failure: { name: 'TimeoutError', message }, where, reason: 'timeout' });
    });
    const given = eventFor(event, name);
    environment.run(
      () => handle(given),
      { cause: seq, message: undefined, listener: name },
      (outcome) => this.#end(run, outcome),
    );
  }

  #end(run: UnderWay, outcome: CodeOutcome | Failed): void {
    const { event, seq } = run;
    if (this.#underWay.get(event.id) !== run) return;
    this.#underWay.delete(event.id);
    run.timer?.cancel();
    const tookMs = wholeMicroseconds(this.#environment.node.nowMs() - run.startedAtMs);
    const facts = { receiver: this.#rules.name, event: event.id, attempt: event.attempt, tookMs };
    if ('value' in outcome) {
      this.#state.events.delete(event.id);
      this.#environment.record({ type: 'receiver.attempt-succeeded', ...facts }, { cause: seq, where: undefined });
    } else this.#failed(event, seq, facts, outcome);
    run.release();
    this.#handOut();
  }

  #failed(
    event: KeptEvent,
    seq: number,
    facts: { receiver: string; event: string; attempt: number; tookMs: number },
    outcome: Failed & { readonly error?: unknown },
  ): void {
    const environment = this.#environment;
    const { failure, reason, error } = outcome;
    const where = outcome.where ?? this.#rules.where;
    const attemptsLeft = isRetriable(error) ? Math.max(0, event.attemptsMax - event.attempt) : 0;
    const cause = environment.record(
      { type: 'receiver.attempt-failed', ...facts, reason, failure, attemptsLeft },
      { cause: seq, where },
    );
    if (attemptsLeft === 0) {
      event.state = 'failed';
      raiseIssue(environment, this.#state, { kind: 'delivery', event: event.id, failure }, { cause, where });
      return;
    }
    const waitMs = waitAfter(event.attempt, 0, this.#rules.retry, () => 0);
    event.state = 'retrying';
    event.isRedelivered = false;
    event.dueAtMs = wholeMicroseconds(environment.node.nowMs() + Math.max(waitMs, askedWaitMs(error)));
    event.cause = environment.record(
      {
        type: 'receiver.retry-scheduled',
        receiver: this.#rules.name,
        event: event.id,
        nextAttempt: event.attempt + 1,
        dueAtMs: event.dueAtMs,
      },
      { cause, where: undefined },
    );
    this.#armRetry(event);
  }

  #armRetry(event: KeptEvent): void {
    const { node } = this.#environment;
    const timer = node.schedule(Math.max(0, event.dueAtMs - node.nowMs()), () => {
      this.#timers.delete(event.id);
      this.#queue(event, event.cause);
      this.#handOut();
    });
    this.#timers.set(event.id, timer);
  }
}

/** What the handler gets: all its own, since it is made for each attempt. */
export function eventFor(event: KeptEvent, receiver: string): object {
  const { id, key, headers, body, receivedAtMs, attempt, isRedelivered } = event;
  const shared = { id, receiver, headers: { ...headers }, body: bodyOf(body), rawBody: body, receivedAtMs };
  return { ...shared, ...(key !== undefined && { key }), attempt, isRedelivered };
}

/** JSON as what it means, anything else as the text that it is. */
export function bodyOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

/** An error may say that another attempt is of no use: its `retriable` is false. */
function isRetriable(error: unknown): boolean {
  return (error as { readonly retriable?: unknown } | null | undefined)?.retriable !== false;
}

/** An error may say how long to wait at least, as the header Retry-After does: its `retryAfterMs`. */
function askedWaitMs(error: unknown): number {
  const asked = (error as { readonly retryAfterMs?: unknown } | null | undefined)?.retryAfterMs;
  return typeof asked === 'number' && asked >= 0 && asked <= 1e12 ? asked : 0;
}
