import { eventBus, sleep } from 'eventarium';

const bus = eventBus('events');

bus.emit('user.registered', { name: 'Олена', email: 'olena@example.com' });
await sleep(1000);
bus.emit('order.created', { orderId: 101, total: 1500 });
await sleep(1000);
bus.emit('payment.received', { orderId: 101, amount: 1500 });
await sleep(1000);
bus.emit('user.registered', { name: 'Тарас', email: 'taras@example.com' });
await sleep(1000);
bus.emit('order.created', { orderId: 102, total: 700 });
await sleep(1000);
bus.emit('payment.received', { orderId: 102, amount: 700 });
await sleep(1000);

// Whether its listeners succeeded or not, the bus has kept every event.
console.log(`Подій у журналі: ${bus.history().length}`);
for (const event of bus.history()) {
  console.log(event.id, event.type, JSON.stringify(event.data));
}
