import type { Entry, EntryOf, SagaOutcome } from '../log/entry';
import { Choreographies } from './choreographies';

/** One attempt at a step's action or at its compensation. */
export interface SagaAttempt {
  /** Of the entry that began it. */
  readonly seq: number;
  readonly step: string;
  readonly undoes: boolean;
  readonly attempt: number;
  readonly startedAtMs: number;
  /** Undefined while it is under way. */
  endedAtMs: number | undefined;
  /** `cut`: its process went away in the middle, and nobody knows. */
  end: 'done' | 'failed' | 'cut' | undefined;
  /** With `failed`: the error's message. */
  reason: string | undefined;
  /** With `failed`: of the entry that has the error, if one threw. */
  failedSeq: number | undefined;
  /** What the action returned. */
  result: unknown;
}

export interface SagaInstance {
  /** `choreographed`: nobody coordinates it, and it is told from its messages (see `choreographies.ts`). */
  readonly kind: 'orchestrated' | 'choreographed';
  /** Its orchestrator; without one, who published its first event, empty when it was done by hand. */
  readonly process: string;
  /** Its name; without an orchestrator, that of its first event. */
  readonly saga: string;
  /** Its id; without an orchestrator, that of its first event, which is the correlation of all others. */
  readonly instance: string;
  /** What it was started with. */
  readonly data: unknown;
  readonly startedAtMs: number;
  readonly startedSeq: number;
  /** In order of their starts. */
  readonly attempts: SagaAttempt[];
  /** When a step had failed for good; undefined while none has. */
  turnedAtMs: number | undefined;
  /** The last one: a stuck saga can be tried again. */
  ended:
    | { readonly atMs: number; readonly seq: number; readonly outcome: SagaOutcome; readonly step: string | undefined }
    | undefined;
}

export const sagaStates = ['completed', 'compensated', 'compensating', 'running', 'stuck', 'failed'] as const;
export type SagaState = (typeof sagaStates)[number];

type AttemptEnd = EntryOf<
  'saga.step-succeeded' | 'saga.step-failed' | 'saga.compensation-succeeded' | 'saga.compensation-failed'
>;

/**
 * The sagas of the whole computed log, future included; how one stood at an instant is asked of it (`sagaStateAt`). Built
 * by appending entries in order; a run computed anew needs a new one.
 */
export class Sagas {
  readonly #byId = new Map<string, SagaInstance>();
  readonly #all: SagaInstance[] = [];
  readonly #choreographies = new Choreographies();

  /** In order of their starts. */
  get instances(): readonly SagaInstance[] {
    const choreographed = this.#choreographies.instances;
    if (choreographed.length === 0) return this.#all;
    return [...this.#all, ...choreographed].sort((one, other) => one.startedSeq - other.startedSeq);
  }

  append(entry: Entry): void {
    this.#choreographies.append(entry);
    switch (entry.type) {
      case 'saga.started':
        this.#start(entry);
        break;
      case 'saga.step-started':
      case 'saga.compensation-started':
        this.#of(entry)?.attempts.push({
          seq: entry.seq,
          step: entry.step,
          undoes: entry.type === 'saga.compensation-started',
          attempt: entry.attempt,
          startedAtMs: entry.atMs,
          endedAtMs: undefined,
          end: undefined,
          reason: undefined,
          failedSeq: undefined,
          result: undefined,
        });
        break;
      case 'saga.step-succeeded':
      case 'saga.step-failed':
      case 'saga.compensation-succeeded':
      case 'saga.compensation-failed':
        this.#end(entry);
        break;
      case 'saga.ended': {
        const instance = this.#of(entry);
        if (instance) instance.ended = { atMs: entry.atMs, seq: entry.seq, outcome: entry.outcome, step: entry.step };
        break;
      }
      case 'saga.resumed': {
        const instance = this.#of(entry);
        if (instance && entry.reason === 'asked') instance.ended = undefined;
        break;
      }
      case 'process.crashed':
      case 'process.exited':
      case 'process.reloaded':
        this.#cut(entry.process, entry.atMs);
        break;
      default:
        break;
    }
  }

  #start({ process, saga, instance, atMs, seq, data }: EntryOf<'saga.started'>): void {
    const started: SagaInstance = {
      kind: 'orchestrated',
      process,
      saga,
      instance,
      data,
      startedAtMs: atMs,
      startedSeq: seq,
      attempts: [],
      turnedAtMs: undefined,
      ended: undefined,
    };
    this.#byId.set(idOf(started), started);
    this.#all.push(started);
  }

  #end(entry: AttemptEnd): void {
    const instance = this.#of(entry);
    const undoes = entry.type.startsWith('saga.compensation');
    const attempt = instance?.attempts.findLast(
      (one) => one.step === entry.step && one.undoes === undoes && one.endedAtMs === undefined,
    );
    if (attempt) {
      attempt.endedAtMs = entry.atMs;
      attempt.end = 'failure' in entry ? 'failed' : 'done';
      if ('failure' in entry) {
        attempt.reason = entry.failure.message;
        attempt.failedSeq = entry.seq;
      }
      if (entry.type === 'saga.step-succeeded') attempt.result = entry.result;
    }
    if (instance && entry.type === 'saga.step-failed' && entry.attemptsLeft === 0) instance.turnedAtMs ??= entry.atMs;
  }

  #cut(process: string, atMs: number): void {
    for (const instance of this.#all) {
      if (instance.process !== process || instance.ended) continue;
      for (const attempt of instance.attempts) {
        if (attempt.endedAtMs !== undefined) continue;
        attempt.endedAtMs = atMs;
        attempt.end = 'cut';
      }
    }
  }

  #of(entry: { readonly process: string; readonly saga: string; readonly instance: string }): SagaInstance | undefined {
    return this.#byId.get(idOf(entry));
  }
}

function idOf({
  process,
  saga,
  instance,
}: {
  readonly process: string;
  readonly saga: string;
  readonly instance: string;
}) {
  return `${process}\n${saga}\n${instance}`;
}

/** How an instance stands at an instant; undefined before it has started. */
export function sagaStateAt({ startedAtMs, turnedAtMs, ended }: SagaInstance, atMs: number): SagaState | undefined {
  if (startedAtMs > atMs) return undefined;
  if (ended !== undefined && ended.atMs <= atMs) return ended.outcome;
  return turnedAtMs !== undefined && turnedAtMs <= atMs ? 'compensating' : 'running';
}

/** How many there are of each state at an instant. */
export function countSagas(instances: readonly SagaInstance[], atMs: number): Record<SagaState, number> {
  const counts = { completed: 0, compensated: 0, compensating: 0, running: 0, stuck: 0, failed: 0 };
  for (const instance of instances) {
    const state = sagaStateAt(instance, atMs);
    if (state !== undefined) counts[state] += 1;
  }
  return counts;
}

/** What a saga has at an instant: what it was started with, what its steps returned, and what of that is undone. */
export interface SagaStanding {
  readonly data: unknown;
  readonly results: Readonly<Record<string, unknown>>;
  readonly undone: readonly string[];
}

export function sagaStandingAt({ data, attempts }: SagaInstance, atMs: number): SagaStanding {
  const done = attempts.filter(({ end, endedAtMs }) => end === 'done' && endedAtMs !== undefined && endedAtMs <= atMs);
  const results = done
    .filter(({ undoes, result }) => !undoes && result !== undefined)
    .map(({ step, result }) => [step, result] as const);
  return {
    data,
    results: Object.fromEntries(results),
    undone: done.filter(({ undoes }) => undoes).map(({ step }) => step),
  };
}
