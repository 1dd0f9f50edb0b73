import type { Failure, SagaEnded, SagaFailureReason, SagaOutcome } from '../../../log/entry';
import { unreachable } from '../../../kernel/assert';
import type { Message } from '../../../log/envelope';

// How far each instance of a saga has come: plain data, since it outlives the process that runs it.

export interface StepRecord {
  /**
   * Of the action: `running`, `waiting` for its next attempt, `done`, `failed` for good. Of the compensation: `undoing`,
   * `undo-waiting`, `undone`, or `kept` when there is none.
   */
  state: 'running' | 'waiting' | 'done' | 'failed' | 'undoing' | 'undo-waiting' | 'undone' | 'kept';
  /** Of what runs or waits: the number of its attempt, from 1. */
  attempt: number;
  startedAtMs: number;
  /** With `waiting` and `undo-waiting`. */
  dueAtMs: number;
  /** The wait before this attempt; 0 before the first. */
  waitedMs: number;
  /** An attempt ended without an answer, so it may have happened although nobody knows. */
  isUncertain: boolean;
  result: unknown;
}

export interface SagaRecord {
  readonly instance: string;
  readonly data: unknown;
  /** The message that was being handled when it was started, without its payload. */
  readonly message: Message | undefined;
  readonly startedAtMs: number;
  deadlineMs: number | undefined;
  /** Once it has turned back: the steps to undo, in this order. */
  undo: string[] | undefined;
  readonly steps: Record<string, StepRecord>;
  /** Names of finished steps in the order in which they were finished. */
  readonly done: string[];
  isPastPivot: boolean;
  /** What made it turn back. */
  failure: SagaFailure | undefined;
  outcome: SagaOutcome | undefined;
  /** While the outcome is `stuck`. */
  stuck: SagaStuck | undefined;
}

export interface SagaFailure {
  readonly step: string;
  readonly name: string;
  readonly message: string;
  readonly reason: SagaFailureReason;
}

export function failureFact(step: string, failure: Failure, reason: SagaFailureReason): SagaFailure {
  return { step, name: failure.name, message: failure.message, reason };
}

export interface SagaStuck {
  readonly step: string;
  readonly reason: NonNullable<SagaEnded['stuck']>;
  readonly message: string;
}

/** Why a saga can go neither on nor back; `failure` is what happened last. */
export function stuckFact(step: string, reason: SagaStuck['reason'], failure: { message: string }): SagaStuck {
  const { message } = failure;
  switch (reason) {
    case 'compensation':
      return { step, reason, message: `the compensation of '${step}' failed as often as it may: ${message}` };
    case 'past-pivot':
      return { step, reason, message: `'${step}' failed after the pivot, from which there is no way back: ${message}` };
    case 'pivot-unknown':
      return { step, reason, message: `nobody knows whether the pivot '${step}' has happened: ${message}` };
    case 'definition':
      return { step, reason, message: `'${step}' is to be undone, and the saga has no such step any more` };
    default:
      return unreachable(reason);
  }
}

/** All instances of one saga in one process, by their id. */
export type SagaStore = Map<string, SagaRecord>;
