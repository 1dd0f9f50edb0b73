import type { Entry, EntryOf, Failure, ReceiverEntry, ReceiverIssueKind, ReceiverScheme } from '../log/entry';

/** One attempt of an event. */
export interface ReceiverAttempt {
  /** Of the entry that began it. */
  readonly seq: number;
  readonly number: number;
  readonly isManual: boolean;
  readonly startedAtMs: number;
  /** Undefined while it is under way. */
  endedAtMs: number | undefined;
  /** `cut`: its process went away in the middle, or got a newer text. */
  end: 'succeeded' | 'failed' | 'cut' | undefined;
  /** With a failure: when the next one is due; undefined when none is. */
  dueAtMs: number | undefined;
}

export interface ReceiverEvent {
  readonly id: string;
  /** Of the entry that accepted it. */
  readonly seq: number;
  readonly key: string | undefined;
  readonly acceptedAtMs: number;
  readonly attempts: ReceiverAttempt[];
  /** When somebody retried it after it had failed. */
  readonly retriedAtMs: number[];
  /** When its sender sent it again. */
  readonly duplicatesAtMs: number[];
}

export type IssueStatus = 'open' | 'acknowledged' | 'resolved';

export interface ReceiverIssue {
  readonly id: string;
  readonly kind: ReceiverIssueKind;
  /** In order: each time that it happened, and what became of it. */
  readonly changes: {
    readonly seq: number;
    readonly atMs: number;
    readonly status: IssueStatus;
    readonly count: number;
    readonly failure: Failure;
    readonly where: string | undefined;
    /** When it happened last. */
    readonly lastAtMs: number;
  }[];
}

export interface ReceiverRecord {
  readonly process: string;
  readonly name: string;
  readonly declaredAtMs: number;
  scheme: ReceiverScheme;
  concurrency: number;
  attemptsMax: number;
  /** In the order in which they were accepted. */
  readonly events: ReceiverEvent[];
  readonly duplicatesAtMs: number[];
  readonly filteredAtMs: number[];
  readonly refusedAtMs: number[];
  readonly pauses: { readonly atMs: number; readonly isPaused: boolean }[];
  readonly issues: ReceiverIssue[];
}

/**
 * The receivers of webhooks of the whole computed log, future included; how one stood at an instant is asked of it. Built by appending
 * entries in order; a run computed anew needs a new one.
 */
export class ReceiverBook {
  readonly #byName = new Map<string, ReceiverRecord>();
  readonly #events = new Map<string, ReceiverEvent>();
  readonly #issues = new Map<string, ReceiverIssue>();
  /** Under way, by the `seq` that began them. */
  readonly #running = new Map<number, { readonly process: string; readonly attempt: ReceiverAttempt }>();

  /** In order of their declarations. */
  get all(): readonly ReceiverRecord[] {
    return [...this.#byName.values()];
  }

  append(entry: Entry): void {
    if (entry.type === 'process.crashed' || entry.type === 'process.exited' || entry.type === 'process.reloaded')
      this.#cut(entry.process, entry.atMs);
    else if (entry.type === 'receiver.declared') this.#declare(entry);
    else if (entry.type.startsWith('receiver.')) this.#note(entry as ReceiverEntry);
  }

  #declare({ process, receiver, scheme, concurrency, attempts, atMs }: EntryOf<'receiver.declared'>): void {
    const name = `${process} ${receiver}`;
    const known = this.#byName.get(name);
    if (known !== undefined) Object.assign(known, { scheme, concurrency, attemptsMax: attempts });
    else
      this.#byName.set(name, {
        process,
        name: receiver,
        declaredAtMs: atMs,
        scheme,
        concurrency,
        attemptsMax: attempts,
        events: [],
        duplicatesAtMs: [],
        filteredAtMs: [],
        refusedAtMs: [],
        pauses: [],
        issues: [],
      });
  }

  #note(entry: ReceiverEntry): void {
    const receiver = this.#byName.get(`${entry.process} ${entry.receiver}`);
    if (receiver === undefined) return;
    const { atMs } = entry;
    switch (entry.type) {
      case 'receiver.accepted':
        return this.#accept(receiver, entry);
      case 'receiver.deduplicated':
        receiver.duplicatesAtMs.push(atMs);
        this.#events.get(entry.event)?.duplicatesAtMs.push(atMs);
        return;
      case 'receiver.filtered':
        receiver.filteredAtMs.push(atMs);
        return;
      case 'receiver.refused':
        receiver.refusedAtMs.push(atMs);
        return;
      case 'receiver.paused':
      case 'receiver.resumed':
        receiver.pauses.push({ atMs, isPaused: entry.type === 'receiver.paused' });
        return;
      case 'receiver.retried':
        for (const id of entry.events) this.#events.get(id)?.retriedAtMs.push(atMs);
        return;
      case 'receiver.attempt-started':
        return this.#start(entry);
      case 'receiver.attempt-succeeded':
      case 'receiver.attempt-failed':
        return this.#end(entry);
      case 'receiver.retry-scheduled': {
        const last = this.#events.get(entry.event)?.attempts.at(-1);
        if (last !== undefined) last.dueAtMs = entry.dueAtMs;
        return;
      }
      case 'receiver.declared':
      case 'receiver.recovered':
        return;
      default:
        return this.#issue(receiver, entry);
    }
  }

  #accept(receiver: ReceiverRecord, { event: id, seq, key, atMs }: EntryOf<'receiver.accepted'>): void {
    const event = { id, seq, key, acceptedAtMs: atMs, attempts: [], retriedAtMs: [], duplicatesAtMs: [] };
    receiver.events.push(event);
    this.#events.set(id, event);
  }

  #start({ seq, process, event, attempt: number, manual, atMs }: EntryOf<'receiver.attempt-started'>): void {
    const attempt: ReceiverAttempt = {
      seq,
      number,
      isManual: manual === true,
      startedAtMs: atMs,
      endedAtMs: undefined,
      end: undefined,
      dueAtMs: undefined,
    };
    this.#events.get(event)?.attempts.push(attempt);
    this.#running.set(seq, { process, attempt });
  }

  #end(entry: EntryOf<'receiver.attempt-succeeded' | 'receiver.attempt-failed'>): void {
    const running = this.#running.get(entry.cause ?? -1);
    if (running === undefined) return;
    this.#running.delete(entry.cause ?? -1);
    running.attempt.endedAtMs = entry.atMs;
    running.attempt.end = entry.type === 'receiver.attempt-failed' ? 'failed' : 'succeeded';
  }

  #cut(process: string, atMs: number): void {
    for (const [seq, running] of this.#running) {
      if (running.process !== process) continue;
      this.#running.delete(seq);
      running.attempt.endedAtMs = atMs;
      running.attempt.end = 'cut';
    }
  }

  #issue(receiver: ReceiverRecord, entry: Extract<ReceiverEntry, { readonly issue: string }>): void {
    const { issue: id, seq, atMs, where } = entry;
    if (entry.type === 'receiver.issue-opened') {
      const { kind, failure } = entry;
      const opened = { seq, atMs, where, status: 'open' as const, count: 1, failure, lastAtMs: atMs };
      const issue: ReceiverIssue = { id, kind, changes: [opened] };
      receiver.issues.push(issue);
      this.#issues.set(id, issue);
      return;
    }
    const issue = this.#issues.get(id);
    const last = issue?.changes.at(-1);
    if (issue === undefined || last === undefined) return;
    if ('failure' in entry) {
      const { count, failure } = entry;
      const status = entry.type === 'receiver.issue-reopened' ? 'open' : last.status;
      issue.changes.push({ seq, atMs, where, status, count, failure, lastAtMs: atMs });
    } else {
      const status = entry.type === 'receiver.issue-resolved' ? 'resolved' : 'acknowledged';
      issue.changes.push({ ...last, seq, atMs, status });
    }
  }
}

/** How an attempt had ended by an instant; undefined while it was under way. */
export function attemptEndAt({ endedAtMs, end }: ReceiverAttempt, nowMs: number): ReceiverAttempt['end'] {
  return endedAtMs !== undefined && endedAtMs <= nowMs ? end : undefined;
}

/** `cut`: its process is gone, and the next life will handle it again. */
export type ReceivedState = 'queued' | 'handling' | 'retrying' | 'handled' | 'failed' | 'cut';

/** How an accepted event stood at an instant. */
export function receivedStateAt(event: ReceiverEvent, nowMs: number): ReceivedState {
  const last = event.attempts.findLast(({ startedAtMs }) => startedAtMs <= nowMs);
  if (last === undefined) return 'queued';
  const end = attemptEndAt(last, nowMs);
  if (end === undefined) return 'handling';
  if (end === 'succeeded') return 'handled';
  if (end === 'cut') return 'cut';
  if (last.dueAtMs !== undefined) return last.dueAtMs > nowMs ? 'retrying' : 'queued';
  const isRetried = event.retriedAtMs.some((atMs) => atMs <= nowMs && atMs >= (last.endedAtMs ?? 0));
  return isRetried ? 'queued' : 'failed';
}

export interface ReceiverFigures extends Record<Exclude<ReceivedState, 'cut'>, number> {
  readonly accepted: number;
  readonly duplicates: number;
  readonly filtered: number;
  readonly refused: number;
}

/** What had come of everything by an instant. What a crash has cut off counts as queued, since it is. */
export function receiverFiguresAt(receiver: ReceiverRecord, nowMs: number): ReceiverFigures {
  const until = (instants: readonly number[]): number => instants.filter((atMs) => atMs <= nowMs).length;
  const states = { queued: 0, handling: 0, retrying: 0, handled: 0, failed: 0 };
  let accepted = 0;
  for (const event of receiver.events) {
    if (event.acceptedAtMs > nowMs) break;
    accepted += 1;
    const state = receivedStateAt(event, nowMs);
    states[state === 'cut' ? 'queued' : state] += 1;
  }
  return {
    accepted,
    duplicates: until(receiver.duplicatesAtMs),
    filtered: until(receiver.filteredAtMs),
    refused: until(receiver.refusedAtMs),
    ...states,
  };
}

export function isPausedAt({ pauses }: ReceiverRecord, nowMs: number): boolean {
  return pauses.findLast(({ atMs }) => atMs <= nowMs)?.isPaused === true;
}

export interface IssueStanding {
  readonly id: string;
  readonly kind: ReceiverIssueKind;
  readonly firstAtMs: number;
  readonly state: ReceiverIssue['changes'][number];
}

const byStatus: readonly IssueStatus[] = ['open', 'acknowledged', 'resolved'];

/** Those that had been opened by an instant, as they stood: the open first. */
export function issuesAt({ issues }: ReceiverRecord, nowMs: number): readonly IssueStanding[] {
  return issues
    .flatMap((issue): IssueStanding[] => {
      const state = issueAt(issue, nowMs);
      const { id, kind, changes } = issue;
      return state === undefined ? [] : [{ id, kind, firstAtMs: changes[0]?.atMs ?? 0, state }];
    })
    .sort((one, other) => byStatus.indexOf(one.state.status) - byStatus.indexOf(other.state.status));
}

/** How an issue stood at an instant; undefined before it was opened. */
export function issueAt({ changes }: ReceiverIssue, nowMs: number): ReceiverIssue['changes'][number] | undefined {
  return changes.findLast(({ atMs }) => atMs <= nowMs);
}
