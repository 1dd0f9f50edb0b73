import { waitAfter, type RetryPolicy } from '../../../brokers/bus/retry';
import { wholeMicroseconds } from '../../../kernel/instant';
import type { Failure, SagaEnded, SagaFailureReason, SagaOutcome } from '../../../log/entry';
import { clonePlain, copyPlain } from '../../../log/plain';
import type { TimerHandle } from '../../node/environment';
import type { ClientEnvironment, CodeOutcome } from '../environment';
import { retryOf, type SagaDefinition, type SagaStep } from './definition';
import { failureFact, stuckFact, type SagaRecord, type StepRecord } from './record';

/** What one instance is driven with. */
export interface InstanceParts {
  readonly environment: ClientEnvironment;
  readonly definition: SagaDefinition;
  readonly record: SagaRecord;
  readonly onEnd: () => void;
}

/** An attempt that runs, or the wait for the next one. */
interface UnderWay {
  readonly step: SagaStep;
  readonly waits: boolean;
  timer: TimerHandle | undefined;
  isOver: boolean;
  /** Of `saga.step-started` or `saga.step-retry-scheduled`. */
  seq: number;
}

type Failed = { readonly failure: Failure; readonly where: string | undefined; readonly reason: SagaFailureReason };
type Kind = 'action' | 'undo';
type HowEnded = Partial<Pick<SagaEnded, 'stuck' | 'kept'>> & { readonly step?: string | undefined };

/**
 * Drives one instance: stage after stage, and when a step has failed for good, back through what was done, the latest first.
 *
 * Invariants
 * 1. What has happened is in the record before anything else happens, so that another life can go on from it.
 * 2. It turns back only when nothing of its stage is under way any more.
 * 3. Whatever may have been done is undone: a step that failed without an answer too.
 */
export class Instance {
  readonly #parts: InstanceParts;
  readonly #record: SagaRecord;
  readonly #underWay = new Map<string, UnderWay>();
  #deadline: TimerHandle | undefined;
  readonly #release: () => void;

  constructor(parts: InstanceParts) {
    this.#parts = parts;
    this.#record = parts.record;
    this.#release = parts.environment.hold();
  }

  begin(cause: number): void {
    this.#armDeadline();
    this.#proceed(cause);
  }

  /** Goes on from the record: what ran when the process went has an unknown outcome, and is run again. */
  resume(cause: number): void {
    const { steps, failure } = this.#record;
    for (const step of Object.values(steps)) {
      if (step.state === 'running') step.isUncertain = true;
      // A sibling has failed already: it is not tried again, only undone.
      if (failure && (step.state === 'running' || step.state === 'waiting')) step.state = 'failed';
    }
    this.#armDeadline();
    if (failure && this.#record.undo === undefined) this.#turnBack(cause);
    else this.#proceed(cause);
  }

  /** The process goes on with a newer text: another one drives the record from here. */
  close(): void {
    for (const under of this.#underWay.values()) this.#over(under);
    this.#deadline?.cancel();
    this.#release();
  }

  #proceed(cause: number): void {
    if (this.#record.undo === undefined) this.#forward(cause);
    else this.#back(cause);
  }

  #forward(cause: number): void {
    if (this.#underWay.size > 0) return;
    const { definition } = this.#parts;
    for (const [index, stage] of definition.stages.entries()) {
      const open = stage.filter((step) => this.#record.steps[step.name]?.state !== 'done');
      if (open.length === 0) continue;
      for (const step of open) this.#take(step, 'action', retryOf(definition, index, step), cause);
      return;
    }
    this.#end('completed', cause, {});
  }

  #back(cause: number): void {
    const { undo = [], steps } = this.#record;
    for (const name of undo) {
      const record = steps[name];
      if (record === undefined || record.state === 'undone' || record.state === 'kept') continue;
      const step = this.#parts.definition.stages.flat().find((one) => one.name === name);
      if (step === undefined) return this.#end('stuck', cause, { step: name, stuck: 'definition' });
      if (typeof step.compensation === 'function') return this.#take(step, 'undo', step.compensationRetry, cause);
      record.state = step.compensation === null ? 'undone' : 'kept';
    }
    const kept = undo.filter((name) => steps[name]?.state === 'kept');
    const step = this.#record.failure?.step;
    if (kept.length > 0) this.#end('failed', cause, { step, kept });
    else this.#end('compensated', cause, { step });
  }

  /** Starts what is to be done with a step, or goes on with it as its record says. */
  #take(step: SagaStep, kind: Kind, retry: RetryPolicy, cause: number): void {
    const { node } = this.#parts.environment;
    const known = this.#record.steps[step.name];
    const [runs, waits] =
      kind === 'action' ? (['running', 'waiting'] as const) : (['undoing', 'undo-waiting'] as const);
    if (known?.state === waits) return this.#wait(step, kind, retry, known.dueAtMs - node.nowMs(), cause);
    const attempt = known?.state === runs ? known.attempt : 1;
    this.#start(step, kind, retry, attempt, cause);
  }

  #start(step: SagaStep, kind: Kind, retry: RetryPolicy, attempt: number, cause: number): void {
    const { environment } = this.#parts;
    const { node } = environment;
    const known = this.#record.steps[step.name];
    const record: StepRecord = {
      state: kind === 'action' ? 'running' : 'undoing',
      attempt,
      startedAtMs: node.nowMs(),
      dueAtMs: 0,
      waitedMs: attempt === 1 ? 0 : (known?.waitedMs ?? 0),
      isUncertain: known?.isUncertain ?? false,
      result: known?.result,
    };
    this.#record.steps[step.name] = record;
    const type = kind === 'action' ? 'saga.step-started' : 'saga.compensation-started';
    const seq = environment.record({ type, ...this.#facts(), step: step.name, attempt }, { cause, where: step.where });
    const under: UnderWay = { step, waits: false, timer: undefined, isOver: false, seq };
    this.#underWay.set(step.name, under);
    const settle = (outcome: { readonly value: unknown } | Failed, retriable: boolean): void => {
      if (under.isOver) return;
      this.#over(under);
      if ('value' in outcome) this.#succeeded(step, kind, outcome.value, seq);
      else this.#failed({ step, kind, retry, seq, outcome, retriable });
    };
    const { timeoutMs } = step;
    if (timeoutMs !== undefined) {
      const message = `${step.name} did not answer within ${String(timeoutMs)} ms`;
      under.timer = node.schedule(timeoutMs, () => {
        settle({ failure: { name: 'TimeoutError', message }, where: step.where, reason: 'timeout' }, true);
      });
    }
    const code = kind === 'action' ? step.action : step.compensation;
    const context = this.#context(step, kind, retry.attempts);
    environment.run(
      () => code?.(context),
      { cause: seq, message: this.#record.message, listener: step.name },
      (outcome) => {
        const told = plainOutcome(outcome);
        if ('value' in told) settle(told, true);
        else settle(told, isRetriable(told.error));
      },
    );
  }

  #wait(step: SagaStep, kind: Kind, retry: RetryPolicy, delayMs: number, seq: number): void {
    const under: UnderWay = { step, waits: true, timer: undefined, isOver: false, seq };
    this.#underWay.set(step.name, under);
    under.timer = this.#parts.environment.node.schedule(Math.max(0, delayMs), () => {
      if (under.isOver) return;
      this.#over(under);
      this.#start(step, kind, retry, this.#stepRecord(step).attempt, seq);
    });
  }

  #succeeded(step: SagaStep, kind: Kind, value: unknown, seq: number): void {
    const { environment } = this.#parts;
    const record = this.#stepRecord(step);
    const took = { attempt: record.attempt, tookMs: wholeMicroseconds(environment.node.nowMs() - record.startedAtMs) };
    const from = { cause: seq, where: undefined };
    const facts = { ...this.#facts(), step: step.name, ...took };
    if (kind === 'undo') {
      record.state = 'undone';
      this.#back(environment.record({ type: 'saga.compensation-succeeded', ...facts }, from));
      return;
    }
    record.state = 'done';
    record.isUncertain = false;
    record.result = value;
    this.#record.done.push(step.name);
    if (step.isPivot) this.#record.isPastPivot = true;
    const cause = environment.record(
      {
        type: 'saga.step-succeeded',
        ...facts,
        ...(value === undefined ? {} : { result: clonePlain(value) }),
      },
      from,
    );
    if (this.#record.failure) this.#turnBack(cause);
    else this.#forward(cause);
  }

  #failed(what: {
    readonly step: SagaStep;
    readonly kind: Kind;
    readonly retry: RetryPolicy;
    readonly seq: number;
    readonly outcome: Failed;
    readonly retriable: boolean;
  }): void {
    const { step, kind, retry, seq, outcome, retriable } = what;
    const { failure, reason } = outcome;
    const { environment } = this.#parts;
    const { node } = environment;
    const record = this.#stepRecord(step);
    const { attempt } = record;
    if (reason !== 'threw') record.isUncertain = true;
    const ends = !retriable || (kind === 'action' && this.#record.failure !== undefined);
    const attemptsLeft = ends ? 0 : Math.max(0, retry.attempts - attempt);
    const cause = this.#tellFailed(step, kind, seq, outcome, attemptsLeft);
    if (attemptsLeft > 0) {
      const delayMs = waitAfter(attempt, record.waitedMs, retry, () => node.random());
      record.state = kind === 'action' ? 'waiting' : 'undo-waiting';
      record.attempt = attempt + 1;
      record.waitedMs = delayMs;
      record.dueAtMs = node.nowMs() + delayMs;
      const type = kind === 'action' ? 'saga.step-retry-scheduled' : 'saga.compensation-retry-scheduled';
      const due = { nextAttempt: attempt + 1, attempts: retry.attempts, dueAtMs: record.dueAtMs };
      this.#wait(
        step,
        kind,
        retry,
        delayMs,
        environment.record({ type, ...this.#facts(), step: step.name, ...due }, { cause, where: undefined }),
      );
      return;
    }
    if (kind === 'undo') return this.#end('stuck', cause, { step: step.name, stuck: 'compensation' }, failure);
    record.state = 'failed';
    this.#record.failure ??= failureFact(step.name, failure, reason);
    this.#turnBack(cause);
  }

  #tellFailed(
    step: SagaStep,
    kind: Kind,
    seq: number,
    { failure, where, reason }: Failed,
    attemptsLeft: number,
  ): number {
    const { environment } = this.#parts;
    const { node } = environment;
    const { attempt, startedAtMs, state } = this.#stepRecord(step);
    const isWaiting = state === 'waiting' || state === 'undo-waiting';
    return environment.record(
      {
        type: kind === 'action' ? 'saga.step-failed' : 'saga.compensation-failed',
        ...this.#facts(),
        step: step.name,
        attempt,
        tookMs: isWaiting ? 0 : wholeMicroseconds(node.nowMs() - startedAtMs),
        reason,
        failure,
        attemptsLeft,
      },
      { cause: seq, where: where ?? step.where },
    );
  }

  /** What still waits for another attempt gets none; what runs is waited for. */
  #turnBack(cause: number): void {
    const { record } = this.#parts;
    const { failure, done, steps } = record;
    for (const under of this.#underWay.values()) {
      if (!under.waits) continue;
      this.#over(under);
      this.#stepRecord(under.step).state = 'failed';
    }
    if (this.#underWay.size > 0 || failure === undefined) return;
    const pivot = this.#pivot();
    if (record.isPastPivot) return this.#end('stuck', cause, { step: failure.step, stuck: 'past-pivot' });
    if (pivot !== undefined && steps[pivot.name]?.isUncertain === true)
      return this.#end('stuck', cause, { step: pivot.name, stuck: 'pivot-unknown' });
    const uncertain = Object.keys(steps).filter((name) => steps[name]?.state === 'failed' && steps[name].isUncertain);
    record.undo = [...uncertain.reverse(), ...[...done].reverse()];
    this.#back(cause);
  }

  #armDeadline(): void {
    const { deadlineMs, undo } = this.#record;
    if (deadlineMs === undefined || undo !== undefined) return;
    const { node } = this.#parts.environment;
    this.#deadline = node.schedule(Math.max(0, deadlineMs - node.nowMs()), () => this.#overTime());
  }

  /** The saga has had its time: whatever is under way has failed. Compensations take the time that they need. */
  #overTime(): void {
    if (this.#record.undo !== undefined || this.#record.outcome !== undefined) return;
    const { timeoutMs = 0, name } = this.#parts.definition;
    const message = `the saga ${name} did not end within ${String(timeoutMs)} ms`;
    const outcome: Failed = { failure: { name: 'TimeoutError', message }, where: undefined, reason: 'saga-timeout' };
    let cause: number | undefined;
    for (const under of [...this.#underWay.values()]) {
      this.#over(under);
      cause = this.#tellFailed(under.step, 'action', under.seq, outcome, 0);
      const record = this.#stepRecord(under.step);
      record.state = 'failed';
      if (!under.waits) record.isUncertain = true;
      this.#record.failure ??= failureFact(under.step.name, outcome.failure, outcome.reason);
    }
    if (cause !== undefined) this.#turnBack(cause);
  }

  #end(outcome: SagaOutcome, cause: number, more: HowEnded, failure = this.#record.failure as Failure): void {
    const { environment, definition, onEnd } = this.#parts;
    this.#record.outcome = outcome;
    if (more.stuck) this.#record.stuck = stuckFact(more.step as string, more.stuck, failure);
    this.#deadline?.cancel();
    const tookMs = wholeMicroseconds(environment.node.nowMs() - this.#record.startedAtMs);
    environment.record(
      { type: 'saga.ended', ...this.#facts(), outcome, tookMs, ...more },
      { cause, where: definition.where },
    );
    this.#release();
    onEnd();
  }

  #over(under: UnderWay): void {
    under.isOver = true;
    under.timer?.cancel();
    if (this.#underWay.get(under.step.name) === under) this.#underWay.delete(under.step.name);
  }

  #pivot(): SagaStep | undefined {
    const { stages, pivotStage } = this.#parts.definition;
    return pivotStage === undefined ? undefined : stages[pivotStage]?.[0];
  }

  #stepRecord(step: SagaStep): StepRecord {
    return this.#record.steps[step.name] as StepRecord;
  }

  #facts() {
    const { definition, record } = this.#parts;
    return { saga: definition.name, instance: record.instance };
  }

  /** What an action or a compensation gets: all its own, since it is copied. */
  #context(step: SagaStep, kind: Kind, attempts: number): object {
    const { definition, record } = this.#parts;
    const { attempt, isUncertain, result } = this.#stepRecord(step);
    const key = `${definition.name}/${record.instance}/${step.name}`;
    const results = Object.fromEntries(
      Object.entries(record.steps).flatMap(([name, each]) =>
        each.result === undefined ? [] : [[name, clonePlain(each.result)]],
      ),
    );
    const shared = {
      saga: definition.name,
      instance: record.instance,
      step: step.name,
      data: clonePlain(record.data),
      results,
    };
    return kind === 'action'
      ? { ...shared, key, attempt, attempts }
      : {
          ...shared,
          key: `${key}/undo`,
          attempt,
          attempts,
          result: clonePlain(result),
          isUncertain,
          failure: { ...record.failure },
        };
  }
}

/** What an action returned has to outlive the process, so it is copied as JSON; what cannot be copied has failed. */
function plainOutcome(outcome: CodeOutcome): { readonly value: unknown } | (Failed & { readonly error: unknown }) {
  if (!('value' in outcome)) return outcome;
  try {
    return { value: copyPlain(outcome.value) };
  } catch (error) {
    const { name, message } = error as Error;
    return {
      failure: { name, message: `What the step returned cannot be kept. ${message}` },
      where: undefined,
      reason: 'limit',
      error,
    };
  }
}

/** An error may say that another attempt is of no use: its `retriable` is false. */
function isRetriable(error: unknown): boolean {
  return (error as { readonly retriable?: unknown } | null | undefined)?.retriable !== false;
}
