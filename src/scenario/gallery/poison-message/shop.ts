import { every } from 'eventarium';
import { openChannel } from './queues';

const channel = await openChannel();

function placeOrder(orderId: number) {
  const text = JSON.stringify({ orderId, total: 100 * orderId });
  // One of them was cut off on its way: no attempt will ever read it.
  const content = Buffer.from(orderId === 3 ? text.slice(0, 12) : text);
  for (const queue of ['orders.classic', 'orders.quorum']) channel.sendToQueue(queue, content, { type: 'order' });
}

every(500, placeOrder, { times: 10 });
