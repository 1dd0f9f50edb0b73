import { eventBus } from 'eventarium';

export const bus = eventBus('payments');
