import { eventBus, sleep, type BusEvent } from 'eventarium';
import { between } from './chance';
import type { Order } from './order';

const bus = eventBus('orders');

async function notifyManager(event: BusEvent<Order>) {
  const { orderId, customer, total } = event.data;
  await sleep(between(30, 110));
  console.log(`#sales: №${orderId}, ${customer}, ${total} грн`);
  bus.emit('slack.notified', { orderId });
}

bus.subscribe('order.created', notifyManager, {
  queue: 'slack',
  retry: { attempts: 3, initialMs: 200 },
  deadLetter: true,
});
