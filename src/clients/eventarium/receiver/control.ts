import { Handling } from './handling';
import type { Note, ReceiverState } from './record';

// What is done to a receiver by hand or by code. Each tells what kept it from doing so, or nothing.

export function pauseReceiver(state: ReceiverState, note: Note): string | undefined {
  if (state.isPaused) return `${state.name} is paused already.`;
  state.isPaused = true;
  note({ type: 'receiver.paused', receiver: state.name });
  return undefined;
}

export function resumeReceiver(state: ReceiverState, note: Note): string | undefined {
  if (!state.isPaused) return `${state.name} is not paused.`;
  state.isPaused = false;
  note({ type: 'receiver.resumed', receiver: state.name });
  Handling.wake(state);
  return undefined;
}

/** Queues failed events again, for one attempt each; `ids`: only those. */
export function retryEvents(state: ReceiverState, ids: readonly string[] | undefined, note: Note): string | undefined {
  const failed = [...state.events.values()].filter(
    (event) => event.state === 'failed' && ids?.includes(event.id) !== false,
  );
  if (failed.length === 0)
    return ids === undefined
      ? `${state.name} has no failed events.`
      : `${ids.join(', ')}: no failed ${ids.length === 1 ? 'event' : 'events'} of ${state.name}.`;
  const cause = note({ type: 'receiver.retried', receiver: state.name, events: failed.map(({ id }) => id) });
  for (const event of failed) {
    event.state = 'queued';
    event.isManual = true;
    event.attemptsMax = event.attempt + 1;
    event.cause = cause;
    state.queue.add(event.id);
  }
  Handling.wake(state);
  return undefined;
}
