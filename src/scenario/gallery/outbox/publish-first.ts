import { eventBus, sleep, store } from 'eventarium';
import { customers } from './customers';

const orders = store().table('orders');
const bus = eventBus('events');

// The other way round. A crash between them leaves a parcel that nobody ordered.
await customers(async (order) => {
  bus.emit('order.created', { shop: 'publish-first', ...order });
  await sleep(150);
  orders.insert(order.id, order);
});
bus.emit('day.closed', { shop: 'publish-first', orders: orders.keys() });
