import type { Fact, Failure } from './entry-fact';
import type { Message } from './envelope';

// What a saga of the module `eventarium` does. The `where` of a step is the line that made the step; of a failure, the line that threw.

export type SagaEntry =
  | SagaDeclared
  | SagaStarted
  | SagaResumed
  | SagaStepStarted
  | SagaStepSucceeded
  | SagaStepFailed
  | SagaStepRetryScheduled
  | SagaCompensationStarted
  | SagaCompensationSucceeded
  | SagaCompensationFailed
  | SagaCompensationRetryScheduled
  | SagaEnded;

interface SagaFact extends Fact {
  /** The process that runs the saga: its orchestrator. */
  readonly process: string;
  readonly saga: string;
}

/** One run of a saga, by the id that it was given: `order-1043`. Unique among those of one process and saga. */
interface InstanceFact extends SagaFact {
  readonly instance: string;
}

/** One attempt at a step's action or compensation. */
interface StepFact extends InstanceFact {
  readonly step: string;
  /** From 1. An attempt whose outcome a crash has taken away is made again under its number. */
  readonly attempt: number;
}

/** A process has defined a saga, in each of its lives anew. */
export interface SagaDeclared extends SagaFact {
  readonly type: 'saga.declared';
  /** Names of steps, in order; those of one stage run at the same time. */
  readonly stages: readonly (readonly string[])[];
  /** The step after which there is no way back. */
  readonly pivot?: string;
  /** How long an instance may take until it turns back. */
  readonly timeoutMs?: number;
}

export interface SagaStarted extends InstanceFact {
  readonly type: 'saga.started';
  readonly data?: unknown;
  /** The message that was being handled, whose correlation everything carries that the saga publishes. */
  readonly message?: Message['id'];
  readonly correlation?: Message['correlationid'];
}

/** A new life of its process goes on with an instance that the one before had not brought to an end. */
export interface SagaResumed extends InstanceFact {
  readonly type: 'saga.resumed';
  /** `asked`: it was stuck, and `retry` was called. */
  readonly reason: 'crash' | 'asked';
}

export interface SagaStepStarted extends StepFact {
  readonly type: 'saga.step-started';
}

export interface SagaStepSucceeded extends StepFact {
  readonly type: 'saga.step-succeeded';
  readonly tookMs: number;
  /** What the action returned, as JSON. */
  readonly result?: unknown;
}

/**
 * `threw`: it failed. `timeout`: no answer within the step's time. `saga-timeout`: the whole saga's time was over. `limit`: a limit
 * stopped it.
 */
export type SagaFailureReason = 'threw' | 'timeout' | 'saga-timeout' | 'limit';

interface SagaAttemptFailed extends StepFact {
  readonly tookMs: number;
  readonly reason: SagaFailureReason;
  readonly failure: Failure;
  /** 0: it is not tried again. */
  readonly attemptsLeft: number;
}

interface SagaRetryScheduled extends InstanceFact {
  readonly step: string;
  readonly nextAttempt: number;
  /** How many there may be in all. */
  readonly attempts: number;
  readonly dueAtMs: number;
}

export interface SagaStepFailed extends SagaAttemptFailed {
  readonly type: 'saga.step-failed';
}

export interface SagaStepRetryScheduled extends SagaRetryScheduled {
  readonly type: 'saga.step-retry-scheduled';
}

export interface SagaCompensationStarted extends StepFact {
  readonly type: 'saga.compensation-started';
}

export interface SagaCompensationSucceeded extends StepFact {
  readonly type: 'saga.compensation-succeeded';
  readonly tookMs: number;
}

export interface SagaCompensationFailed extends SagaAttemptFailed {
  readonly type: 'saga.compensation-failed';
}

export interface SagaCompensationRetryScheduled extends SagaRetryScheduled {
  readonly type: 'saga.compensation-retry-scheduled';
}

/**
 * `completed`: every step is done. `compensated`: a step failed, and nothing of the others is left. `failed`: a step failed, and what
 * `kept` names stays done, since those steps have no compensation. `stuck`: it can go neither on nor back by itself.
 */
export type SagaOutcome = 'completed' | 'compensated' | 'failed' | 'stuck';

export interface SagaEnded extends InstanceFact {
  readonly type: 'saga.ended';
  readonly outcome: SagaOutcome;
  /** Since it started, whatever it waited for. */
  readonly tookMs: number;
  /** The step that made it fail or at which it is stuck. */
  readonly step?: string;
  /**
   * Why it is stuck. `compensation`: it failed as often as it may. `past-pivot`: a step after the pivot did, and there is no way
   * back. `pivot-unknown`: nobody knows whether the pivot has happened. `definition`: the definition no longer has the step.
   */
  readonly stuck?: 'compensation' | 'past-pivot' | 'pivot-unknown' | 'definition';
  /** With `failed`: the steps that were done and stay so. */
  readonly kept?: readonly string[];
}
