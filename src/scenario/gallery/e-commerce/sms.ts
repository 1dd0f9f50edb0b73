import { sleep } from 'eventarium';
import { between } from './chance';
import type { Order } from './order';
import { openQueue } from './wiring';

const channel = await openQueue('sms', ['order.created']);

await channel.consume('sms', async function sendSms(message) {
  if (!message) return;
  const { orderId, phone }: Order = JSON.parse(message.content.toString());
  await sleep(between(30, 100));
  // Back to its place in the queue, and at once to whoever is free.
  if (Math.random() < 0.02) return channel.nack(message);
  console.log(`SMS на ${phone}: замовлення №${orderId} прийнято`);
  channel.publish('orders', 'sms.sent', Buffer.from(JSON.stringify({ orderId, to: phone })));
  channel.ack(message);
});
