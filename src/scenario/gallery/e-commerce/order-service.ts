import { eventBus, sleep, type BusEvent } from 'eventarium';
import type { Item, Order } from './order';

const bus = eventBus('orders');

// After a restart it goes on counting: the bus has kept every order.
let orderId = 1000 + bus.history('order.created').length;

async function createOrder(event: BusEvent) {
  await sleep(50);
  const { customer, items } = event.data;
  const total = items.reduce((sum: number, item: Item) => sum + item.price * item.qty, 0);
  orderId += 1;
  const { name, email, phone } = customer;
  const order: Order = { orderId, customer: name, email, phone, items, total, currency: 'UAH' };
  bus.emit('order.created', order);
}

function confirmOrder(event: BusEvent) {
  bus.emit('order.confirmed', { orderId: event.data.orderId });
}

bus.subscribe('order.placed', createOrder, { queue: 'checkout' });
bus.subscribe('stock.reserved', confirmOrder, { queue: 'confirmation' });
