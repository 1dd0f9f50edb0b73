import { eventBus, every } from 'eventarium';

const bus = eventBus('warehouse');

// Sixty orders in six seconds; each reaches both queues.
every(100, (id) => bus.emit('order.placed', { id, placedAt: Date.now(), uah: 150 + 10 * (id % 7) }), { times: 60 });
