import type { Failure, ReceiverIssueKind } from '../../../log/entry';
import type { ClientEnvironment, Origin } from '../environment';
import { nextId, type KeptIssue, type Note, type ReceiverState } from './record';

/** Something that somebody has to look at. */
export interface Trouble {
  readonly kind: ReceiverIssueKind;
  readonly event?: string;
  readonly failure: Failure;
}

/**
 * Opens an issue, or counts one more of the same: failures of one name at one line of the handler, signatures that fail for one reason. An
 * issue that was resolved is open again.
 */
export function raiseIssue(environment: ClientEnvironment, state: ReceiverState, trouble: Trouble, from: Origin): void {
  const { kind, event, failure } = trouble;
  const nowMs = environment.node.nowMs();
  const group = kind === 'delivery' ? `delivery ${failure.name} ${from.where ?? ''}` : `signature ${failure.message}`;
  const known = state.issues.get(group);
  const facts = { receiver: state.name, ...(event !== undefined && { event }), failure };
  if (known === undefined) {
    const id = nextId(environment, 'iss');
    const issue: KeptIssue = { id, kind, firstAtMs: nowMs, lastAtMs: nowMs, count: 1, status: 'open', failure };
    state.issues.set(group, issue);
    environment.record({ type: 'receiver.issue-opened', ...facts, issue: id, kind, count: 1 }, from);
    return;
  }
  known.count += 1;
  known.lastAtMs = nowMs;
  known.failure = failure;
  const type = known.status === 'resolved' ? 'receiver.issue-reopened' : 'receiver.issue-recurred';
  if (known.status === 'resolved') known.status = 'open';
  environment.record({ type, ...facts, issue: known.id, count: known.count }, from);
}

/** False when there is none of this id, or it is so already. */
export function settleIssue(state: ReceiverState, id: string, as: 'acknowledged' | 'resolved', note: Note): boolean {
  const issue = [...state.issues.values()].find((each) => each.id === id);
  if (issue === undefined || issue.status === as) return false;
  issue.status = as;
  note({ type: `receiver.issue-${as}`, receiver: state.name, issue: id });
  return true;
}
