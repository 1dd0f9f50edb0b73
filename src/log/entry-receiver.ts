import type { Fact, Failure } from './entry-fact';

// What a receiver of webhooks of the module `eventarium` does. A request comes in; once kept it is an event, which is handled in attempts.

export type ReceiverEntry =
  | ReceiverDeclared
  | ReceiverAccepted
  | ReceiverDeduplicated
  | ReceiverFiltered
  | ReceiverRefused
  | ReceiverRecovered
  | ReceiverAttemptStarted
  | ReceiverAttemptSucceeded
  | ReceiverAttemptFailed
  | ReceiverRetryScheduled
  | ReceiverPaused
  | ReceiverResumed
  | ReceiverRetried
  | ReceiverIssueOpened
  | ReceiverIssueRecurred
  | ReceiverIssueReopened
  | ReceiverIssueAcknowledged
  | ReceiverIssueResolved;

interface ReceiverFact extends Fact {
  readonly process: string;
  readonly receiver: string;
}

/** How requests are signed: after Standard Webhooks (Svix's headers too), as GitHub or as Stripe do, or not at all. */
export type ReceiverScheme = 'standard' | 'github' | 'stripe' | 'none';

/** A process has defined a receiver, in each of its lives anew. */
export interface ReceiverDeclared extends ReceiverFact {
  readonly type: 'receiver.declared';
  readonly scheme: ReceiverScheme;
  /** Events handled at once, at most. */
  readonly concurrency: number;
  /** Attempts of an event, the first included. */
  readonly attempts: number;
  /** How long a key is remembered; absent when nothing is deduplicated. */
  readonly windowMs?: number;
}

/** An event is kept, and its sender is told so. From here on a crash loses it no more. */
export interface ReceiverAccepted extends ReceiverFact {
  readonly type: 'receiver.accepted';
  /** Unique within the run: `evt_1`, … */
  readonly event: string;
  /** What tells it from others; absent when it carries nothing of the kind. */
  readonly key?: string;
}

/** An event of the same key was accepted before: its sender is told the same, and nothing is handled. */
export interface ReceiverDeduplicated extends ReceiverFact {
  readonly type: 'receiver.deduplicated';
  readonly key: string;
  /** The one that was accepted, and when. */
  readonly event: string;
  readonly firstAtMs: number;
}

/** The filter did not want it. Its sender is told that all is well. */
export interface ReceiverFiltered extends ReceiverFact {
  readonly type: 'receiver.filtered';
}

/** `signature`: it does not verify. `queue-full`: as many wait as may. `threw`: the code that filters, or finds the key, threw. */
export type ReceiverRefusal = 'signature' | 'queue-full' | 'threw';

/** Nothing was kept, and its sender is told so. */
export interface ReceiverRefused extends ReceiverFact {
  readonly type: 'receiver.refused';
  readonly reason: ReceiverRefusal;
  /** Of the answer. */
  readonly status: number;
  readonly failure: Failure;
}

/** A new life of the process goes on with what the one before had accepted and not handled. */
export interface ReceiverRecovered extends ReceiverFact {
  readonly type: 'receiver.recovered';
  /** Events that had been kept, those that were cut off included. */
  readonly events: number;
  /** They were being handled, and are handled again. */
  readonly interrupted: readonly string[];
}

interface ReceiverAttempt extends ReceiverFact {
  readonly event: string;
  /** From 1; one that a crash has cut off is made again under its number. */
  readonly attempt: number;
}

export interface ReceiverAttemptStarted extends ReceiverAttempt {
  readonly type: 'receiver.attempt-started';
  /** It was asked for by hand or by code, beside the rule. */
  readonly manual?: true;
}

/** The event is handled: the mark that outlives the process. */
export interface ReceiverAttemptSucceeded extends ReceiverAttempt {
  readonly type: 'receiver.attempt-succeeded';
  readonly tookMs: number;
}

/** `limit`: it was stopped by a limit of the playground. */
export type ReceiverFailureReason = 'threw' | 'timeout' | 'limit';

export interface ReceiverAttemptFailed extends ReceiverAttempt {
  readonly type: 'receiver.attempt-failed';
  readonly tookMs: number;
  readonly reason: ReceiverFailureReason;
  readonly failure: Failure;
  /** With 0 the event has failed, and waits for somebody to retry it. */
  readonly attemptsLeft: number;
}

export interface ReceiverRetryScheduled extends ReceiverFact {
  readonly type: 'receiver.retry-scheduled';
  readonly event: string;
  readonly nextAttempt: number;
  readonly dueAtMs: number;
}

/** Events are accepted as before and wait. */
export interface ReceiverPaused extends ReceiverFact {
  readonly type: 'receiver.paused';
}

export interface ReceiverResumed extends ReceiverFact {
  readonly type: 'receiver.resumed';
}

/** Failed events are queued again, for one attempt each. */
export interface ReceiverRetried extends ReceiverFact {
  readonly type: 'receiver.retried';
  readonly events: readonly string[];
}

interface ReceiverIssueFact extends ReceiverFact {
  /** Unique within the run: `iss_1`, … */
  readonly issue: string;
}

/** `delivery`: events whose retries are used up. `signature`: requests that do not verify. */
export type ReceiverIssueKind = 'delivery' | 'signature';

interface ReceiverIssueRaised extends ReceiverIssueFact {
  /** How often it has happened, this time included. */
  readonly count: number;
  /** With the kind `delivery`. */
  readonly event?: string;
  readonly failure: Failure;
}

/** The first of its kind: failures of one name at one line, signatures that fail for one reason. */
export interface ReceiverIssueOpened extends ReceiverIssueRaised {
  readonly type: 'receiver.issue-opened';
  readonly kind: ReceiverIssueKind;
}

/** Once more, while it is open or acknowledged. */
export interface ReceiverIssueRecurred extends ReceiverIssueRaised {
  readonly type: 'receiver.issue-recurred';
}

/** Once more, after it had been resolved. */
export interface ReceiverIssueReopened extends ReceiverIssueRaised {
  readonly type: 'receiver.issue-reopened';
}

export interface ReceiverIssueAcknowledged extends ReceiverIssueFact {
  readonly type: 'receiver.issue-acknowledged';
}

export interface ReceiverIssueResolved extends ReceiverIssueFact {
  readonly type: 'receiver.issue-resolved';
}
