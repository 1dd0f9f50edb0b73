import type {
  Entry,
  DeliveryFailed,
  DeliveryStarted,
  DeliverySucceeded,
  MessagePublished,
  SagaEntry,
} from '../log/entry';
import type { SystemState } from './system';

/** How many instances a process orchestrates that are not at an end. */
export interface SagaCounts {
  readonly running: number;
  readonly compensating: number;
  readonly stuck: number;
}

export interface SagasState {
  /** Those that are not at an end, by process, saga and instance. */
  open: Map<string, { readonly process: string; readonly state: keyof SagaCounts }>;
  /**
   * `seq` of the entries under whose name something is undone now, by what that is: a compensation of a saga, or the delivery to a listener
   * that was subscribed to compensate.
   */
  undoing: Map<string, number>;
  /** A saga was defined, or a listener that compensates subscribed. */
  known: boolean;
}

export const noSagas: SagaCounts = { running: 0, compensating: 0, stuck: 0 };

export function createSagas(): SagasState {
  return { open: new Map(), undoing: new Map(), known: false };
}

export function copySagas({ open, undoing, known }: SagasState): SagasState {
  return { open: new Map(open), undoing: new Map(undoing), known };
}

/** Of each process that orchestrates any now. */
export function sagaCounts({ sagas }: SystemState, process: string): SagaCounts {
  const counts = { ...noSagas };
  for (const each of sagas.open.values()) if (each.process === process) counts[each.state] += 1;
  return counts;
}

export function isSagaEntry(entry: Entry): entry is SagaEntry {
  return entry.type.startsWith('saga.');
}

export function applySagaEntry({ sagas }: SystemState, entry: SagaEntry): void {
  sagas.known = true;
  if (entry.type === 'saga.declared') return;
  const { process, saga, instance } = entry;
  const key = `${process}\n${saga}\n${instance}`;
  const stand = (state: keyof SagaCounts): void => void sagas.open.set(key, { process, state });
  switch (entry.type) {
    case 'saga.started':
      return stand('running');
    case 'saga.resumed':
      if (entry.reason === 'asked') stand('running');
      return;
    case 'saga.step-failed':
      if (entry.attemptsLeft === 0) stand('compensating');
      return;
    case 'saga.compensation-started':
      stand('compensating');
      sagas.undoing.set(`${key}\n${entry.step}`, entry.seq);
      return;
    case 'saga.compensation-succeeded':
    case 'saga.compensation-failed':
      sagas.undoing.delete(`${key}\n${entry.step}`);
      return;
    case 'saga.ended':
      if (entry.outcome === 'stuck') stand('stuck');
      else sagas.open.delete(key);
      return;
    case 'saga.step-started':
    case 'saga.step-succeeded':
    case 'saga.step-retry-scheduled':
    case 'saga.compensation-retry-scheduled':
      return;
  }
}

/** A delivery to a listener that compensates begins, or ends. */
export function followCompensation(
  { sagas, brokers }: SystemState,
  entry: DeliveryStarted | DeliverySucceeded | DeliveryFailed,
  subscription: string | undefined,
): void {
  if (!sagas.known) return;
  if (entry.type !== 'delivery.started') sagas.undoing.delete(entry.delivery);
  else if (brokers.get(entry.broker)?.subscriptions.get(subscription ?? '')?.compensates === true)
    sagas.undoing.set(entry.delivery, entry.seq);
}

/** Whether a message was published to undo something. */
export function isPublishedToUndo({ sagas }: SystemState, { cause }: MessagePublished): boolean {
  if (cause === undefined || sagas.undoing.size === 0) return false;
  for (const seq of sagas.undoing.values()) if (seq === cause) return true;
  return false;
}
