import type { Format } from '../text/format';
import type { Text } from '../text/text';
import type { MessageState } from './message-places';

/** The second line of a message's callout: `attempt 2 of 5 at 00:41.753`. */
export function stateWords(state: MessageState, t: Text['stage'], format: Format): string {
  switch (state.type) {
    case 'waiting':
      return t.attemptAt(state.attempt, state.attempts, format.instant(state.dueAtMs));
    case 'handled': {
      const works = t.place.handled(state.listener);
      return state.attempts > 1 ? `${t.attempt(state.attempt, state.attempts)}, ${works}` : works;
    }
    case 'called':
      return t.place.called(state.whom, format.instant(state.sinceMs));
    case 'flying':
      return t.place.flying(state.to);
    case 'ready':
      return t.place.ready(state.queue);
    case 'dead':
      return t.place.dead(state.queue);
  }
}
