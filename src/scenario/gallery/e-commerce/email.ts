import { eventBus, sleep, type BusEvent } from 'eventarium';
import { between } from './chance';
import type { Order } from './order';

const bus = eventBus('orders');

async function sendEmail(event: BusEvent<Order>) {
  const { orderId, email, total } = event.data;
  await sleep(between(200, 460));
  console.log(`Лист на ${email}: замовлення №${orderId}, ${total} грн`);
  bus.emit('email.sent', { orderId, to: email });
}

bus.subscribe('order.created', sendEmail, {
  queue: 'email',
  retry: { attempts: 5, initialMs: 200 },
  deadLetter: true,
});
