import { sleep } from 'eventarium';
import { between } from './chance';
import type { Order } from './order';
import { openQueue } from './wiring';

const channel = await openQueue('email', ['order.created']);

await channel.consume('email', async function sendEmail(message) {
  if (!message) return;
  const { orderId, email, total }: Order = JSON.parse(message.content.toString());
  await sleep(between(150, 340));
  console.log(`Лист на ${email}: замовлення №${orderId}, ${total} грн`);
  channel.publish('orders', 'email.sent', Buffer.from(JSON.stringify({ orderId, to: email })));
  channel.ack(message);
});
