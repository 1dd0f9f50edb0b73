import { eventBus, every, store } from 'eventarium';

const bus = eventBus('subscriptions');
/** What was due so far: a shop that starts again goes on from there. */
const due = store().table<number>('due');

function charge(id: number) {
  due.put(id, 100);
  bus.emit('payment.due', { id, uah: 100 });
}

// On the hour, all subscriptions are due at the same moment. Later a few come one by one.
for (let id = due.keys().length + 1; id <= 60; id++) charge(id);
every(1_000, () => charge(due.keys().length + 1), { times: 72 - due.keys().length });
