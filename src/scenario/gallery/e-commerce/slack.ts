import { sleep } from 'eventarium';
import { between } from './chance';
import type { Order } from './order';
import { openQueue } from './wiring';

const channel = await openQueue('slack', ['order.created']);

await channel.consume('slack', async function notifyManager(message) {
  if (!message) return;
  const { orderId, customer, total }: Order = JSON.parse(message.content.toString());
  await sleep(between(20, 80));
  console.log(`#sales: №${orderId}, ${customer}, ${total} грн`);
  channel.publish('orders', 'slack.notified', Buffer.from(JSON.stringify({ orderId })));
  channel.ack(message);
});
