import { eventBus, sleep, store } from 'eventarium';
import { customers } from './customers';

const orders = store().table('orders');
const bus = eventBus('events');

// Two writes. A crash between them leaves an order that nobody hears of.
await customers(async (order) => {
  orders.insert(order.id, order);
  await sleep(150);
  bus.emit('order.created', { shop: 'store-first', ...order });
});
bus.emit('day.closed', { shop: 'store-first', orders: orders.keys() });
