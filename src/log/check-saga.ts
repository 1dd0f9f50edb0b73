import { count, isJson, ms, oneOf, optional, text, texts, type Check } from './check-parts';
import { failure } from './check-rows';
import type { SagaEnded, SagaFailureReason, SagaOutcome, SagaResumed } from './entry-saga';

const saga = { process: text, saga: text };
const instance = { ...saga, instance: text };
const step = { ...instance, step: text, attempt: count };
const failed = {
  ...step,
  tookMs: ms,
  reason: oneOf<SagaFailureReason>({ threw: true, timeout: true, 'saga-timeout': true, limit: true }),
  failure,
  attemptsLeft: count,
};
const retry = { ...instance, step: text, nextAttempt: count, attempts: count, dueAtMs: ms };
const stages: Check<readonly (readonly string[])[]> = (value): value is readonly (readonly string[])[] =>
  Array.isArray(value) && value.every(texts);

/** What sagas do. */
export const sagaTables = {
  'saga.declared': { ...saga, stages, pivot: optional(text), timeoutMs: optional(ms) },
  'saga.started': { ...instance, data: optional(isJson), message: optional(text), correlation: optional(text) },
  'saga.resumed': { ...instance, reason: oneOf<SagaResumed['reason']>({ crash: true, asked: true }) },
  'saga.step-started': step,
  'saga.step-succeeded': { ...step, tookMs: ms, result: optional(isJson) },
  'saga.step-failed': failed,
  'saga.step-retry-scheduled': retry,
  'saga.compensation-started': step,
  'saga.compensation-succeeded': { ...step, tookMs: ms },
  'saga.compensation-failed': failed,
  'saga.compensation-retry-scheduled': retry,
  'saga.ended': {
    ...instance,
    outcome: oneOf<SagaOutcome>({ completed: true, compensated: true, failed: true, stuck: true }),
    tookMs: ms,
    step: optional(text),
    stuck: optional(
      oneOf<NonNullable<SagaEnded['stuck']>>({
        compensation: true,
        'past-pivot': true,
        'pivot-unknown': true,
        definition: true,
      }),
    ),
    kept: optional(texts),
  },
} as const;
