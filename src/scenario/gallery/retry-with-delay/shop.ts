import { every } from 'eventarium';
import { openChannel } from './queues';

const channel = await openChannel();

every(
  500,
  (n) => {
    // Payment 3 is made with a card that no bank knows: to wait does not help it.
    const payment = { paymentId: n, amount: 250 * n, card: n === 3 ? 'unknown' : 'visa' };
    for (const queue of ['payments', 'payments.once'])
      channel.sendToQueue(queue, Buffer.from(JSON.stringify(payment)), { type: 'payment.requested' });
  },
  { times: 20 },
);
