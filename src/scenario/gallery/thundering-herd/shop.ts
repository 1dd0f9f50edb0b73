import { eventBus, every } from 'eventarium';

const bus = eventBus('subscriptions');

// On the hour, all subscriptions are due at the same moment. Later a few come one by one.
for (let id = 1; id <= 60; id++) bus.emit('payment.due', { id, uah: 100 });
every(1_000, (n) => bus.emit('payment.due', { id: 61 + n, uah: 100 }), { times: 12 });
