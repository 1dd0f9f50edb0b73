import type { Failure, ReceiverIssueKind } from '../../../log/entry';
import type { ClientEnvironment, Origin, OwnFact } from '../environment';

// What a receiver keeps: plain data, since it outlives the process.

/** An event that was accepted and is not handled yet. */
export interface KeptEvent {
  readonly id: string;
  readonly key: string | undefined;
  readonly receivedAtMs: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** `queued`: waits for its turn. `retrying`: waits until `dueAtMs`. `failed`: waits for somebody. */
  state: 'queued' | 'handling' | 'retrying' | 'failed';
  /** Of the attempt that is made, or was made last; 0 before the first. */
  attempt: number;
  /** No attempt after this one. */
  attemptsMax: number;
  isManual: boolean;
  dueAtMs: number;
  /** An attempt was cut off, so it may have had some effect. */
  isRedelivered: boolean;
  /** `seq` of what makes it wait for its turn. */
  cause: number;
}

export interface KeptIssue {
  readonly id: string;
  readonly kind: ReceiverIssueKind;
  readonly firstAtMs: number;
  lastAtMs: number;
  count: number;
  status: 'open' | 'acknowledged' | 'resolved';
  /** The latest. */
  failure: Failure;
}

/** Of one receiver in one process. */
export interface ReceiverState {
  readonly name: string;
  readonly process: string;
  /** Whether some life has defined it. */
  isDeclared: boolean;
  isPaused: boolean;
  readonly events: Map<string, KeptEvent>;
  /** Ids of those that are queued, in order. */
  readonly queue: Set<string>;
  /** By what they are grouped by. */
  readonly issues: Map<string, KeptIssue>;
  /** Instants of the latest attempts, as many as the rate needs. */
  readonly starts: number[];
}

/** Keys that were accepted, by the receiver's name and service: a sender that tries again may reach another replica. */
export type SeenKeys = Map<string, { readonly atMs: number; readonly event: string }>;

/** Writes a fact of the receiver, and returns its `seq`. */
export type Note = (fact: OwnFact, from?: Origin) => number;

type Keeper = Pick<ClientEnvironment, 'durable'>;

export function receiverState(keeper: Keeper, process: string, name: string): ReceiverState {
  return keeper.durable(`receiver ${process} ${name}`, () => ({
    name,
    process,
    isDeclared: false,
    isPaused: false,
    events: new Map<string, KeptEvent>(),
    queue: new Set<string>(),
    issues: new Map<string, KeptIssue>(),
    starts: [],
  }));
}

export function seenKeys(keeper: Keeper, process: string, name: string): SeenKeys {
  const service = process.replace(/#\d+$/, '');
  return keeper.durable(`receiver keys ${service} ${name}`, (): SeenKeys => new Map());
}

/** The next `evt_1`, `evt_2`, … or `iss_1`, … of the run. */
export function nextId(keeper: Keeper, kind: 'evt' | 'iss'): string {
  const last = keeper.durable(`receiver ids ${kind}`, () => ({ number: 0 }));
  return `${kind}_${String(++last.number)}`;
}
