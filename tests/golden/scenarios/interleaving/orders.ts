import { eventBus, every, invariant, sleep } from 'eventarium';

const bus = eventBus('shop');
let paid = 0;
let placed = 0;

bus.subscribe('order.placed', async function pay(event) {
  await sleep(20 + Math.random() * 100);
  paid++;
  bus.emit('order.paid', { id: event.data.id });
});
bus.subscribe('order.placed', async function reserve(event) {
  for (const item of event.data.items) {
    await sleep(5);
    bus.emit('stock.reserved', { id: event.data.id, item });
  }
});
invariant('nothing is paid that was not placed', () => paid <= placed);
every(100, (n) => {
  placed++;
  bus.emit('order.placed', { id: n, items: ['a', 'b'].slice(0, (n % 2) + 1) });
}, { times: 20 });
