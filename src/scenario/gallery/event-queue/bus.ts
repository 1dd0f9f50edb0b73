import { eventBus } from 'eventarium';

// Try two workers, or four: the last event is done sooner.
export const bus = eventBus('events', { mode: 'queue', workers: 1 });
