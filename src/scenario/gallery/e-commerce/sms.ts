import { eventBus, sleep, type BusEvent } from 'eventarium';
import { between } from './chance';
import type { Order } from './order';

const bus = eventBus('orders');

async function sendSms(event: BusEvent<Order>) {
  const { orderId, phone } = event.data;
  await sleep(between(60, 190));
  if (Math.random() < 0.02) throw new Error('Оператор не відповів');
  console.log(`SMS на ${phone}: замовлення №${orderId} прийнято`);
  bus.emit('sms.sent', { orderId, to: phone });
}

bus.subscribe('order.created', sendSms, {
  queue: 'sms',
  retry: { attempts: 5, initialMs: 200 },
  deadLetter: true,
});
