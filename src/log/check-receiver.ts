import { count, ms, oneOf, optional, text, texts, yes } from './check-parts';
import { failure } from './check-rows';
import type { ReceiverFailureReason, ReceiverIssueKind, ReceiverRefusal, ReceiverScheme } from './entry-receiver';

const receiver = { process: text, receiver: text };
const attempt = { ...receiver, event: text, attempt: count };
const issue = { ...receiver, issue: text };
const raised = { ...issue, count, event: optional(text), failure };

/** What receivers of webhooks do. */
export const receiverTables = {
  'receiver.declared': {
    ...receiver,
    scheme: oneOf<ReceiverScheme>({ standard: true, github: true, stripe: true, none: true }),
    concurrency: count,
    attempts: count,
    windowMs: optional(ms),
  },
  'receiver.accepted': { ...receiver, event: text, key: optional(text) },
  'receiver.deduplicated': { ...receiver, key: text, event: text, firstAtMs: ms },
  'receiver.filtered': receiver,
  'receiver.refused': {
    ...receiver,
    reason: oneOf<ReceiverRefusal>({ signature: true, 'queue-full': true, threw: true }),
    status: count,
    failure,
  },
  'receiver.recovered': { ...receiver, events: count, interrupted: texts },
  'receiver.attempt-started': { ...attempt, manual: optional(yes) },
  'receiver.attempt-succeeded': { ...attempt, tookMs: ms },
  'receiver.attempt-failed': {
    ...attempt,
    tookMs: ms,
    reason: oneOf<ReceiverFailureReason>({ threw: true, timeout: true, limit: true }),
    failure,
    attemptsLeft: count,
  },
  'receiver.retry-scheduled': { ...receiver, event: text, nextAttempt: count, dueAtMs: ms },
  'receiver.paused': receiver,
  'receiver.resumed': receiver,
  'receiver.retried': { ...receiver, events: texts },
  'receiver.issue-opened': { ...raised, kind: oneOf<ReceiverIssueKind>({ delivery: true, signature: true }) },
  'receiver.issue-recurred': raised,
  'receiver.issue-reopened': raised,
  'receiver.issue-acknowledged': issue,
  'receiver.issue-resolved': issue,
} as const;
