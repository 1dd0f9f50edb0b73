import type { Entry } from '../../log/entry';
import type { SagaAttempt, SagaInstance } from '../../projections/sagas';

/** Where in which saga an entry has its place. */
export interface SagaPlace {
  readonly instance: SagaInstance;
  /** Undefined: it is about the saga as a whole. */
  readonly attempt: SagaAttempt | undefined;
}

/**
 * The saga of the nearest of these entries that belongs to one: an entry and its causes, the nearest first. An entry of a step belongs to the
 * attempt that was under way; what a step has caused belongs to it too.
 */
export function placeInSaga(instances: readonly SagaInstance[], chain: readonly Entry[]): SagaPlace | undefined {
  for (const entry of chain) {
    const instance = instances.find((one) => isAbout(one, entry));
    if (instance !== undefined) return { instance, attempt: attemptOf(instance, entry) };
  }
  return undefined;
}

function isAbout({ kind, process, saga, instance, startedSeq, attempts, ended }: SagaInstance, entry: Entry): boolean {
  if (kind === 'choreographed')
    return startedSeq === entry.seq || ended?.seq === entry.seq || attempts.some(({ seq }) => seq === entry.seq);
  if (!('instance' in entry)) return false;
  return entry.process === process && entry.saga === saga && entry.instance === instance;
}

function attemptOf({ attempts }: SagaInstance, entry: Entry): SagaAttempt | undefined {
  if (!('step' in entry) || !('instance' in entry)) return attempts.find(({ seq }) => seq === entry.seq);
  const undoes = entry.type.startsWith('saga.compensation');
  return attempts.findLast((one) => one.seq <= entry.seq && one.step === entry.step && one.undoes === undoes);
}
