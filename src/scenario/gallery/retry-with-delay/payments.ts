import { type ConsumeMessage } from 'amqplib';
import { show } from 'eventarium';
import { charge, giveUp } from './bank';
import { openChannel } from './queues';

const attemptsMax = 4;
const channel = await openChannel();
await channel.prefetch(1);
const payments = { charged: 0, rejected: 0, givenUp: 0 };

/** The broker keeps count: how often the message was rejected from this queue. */
function attemptOf(message: ConsumeMessage) {
  const deaths = message.properties.headers?.['x-death'] ?? [];
  const rejected = deaths.find(({ queue, reason }) => queue === 'payments' && reason === 'rejected');
  return 1 + (rejected?.count ?? 0);
}

await channel.consume('payments', async function takePayment(message) {
  if (!message) return;
  const { paymentId, card, amount } = JSON.parse(message.content.toString());
  const attempt = attemptOf(message);
  try {
    await charge(card);
    payments.charged += 1;
    channel.ack(message);
  } catch (error) {
    console.warn(`Payment ${paymentId}, attempt ${attempt}: ${error.message}`);
    if (attempt < attemptsMax) {
      payments.rejected += 1;
      channel.nack(message, false, false);
    } else {
      payments.givenUp += 1;
      giveUp({ card, amount });
      channel.sendToQueue('payments.dead', message.content, { headers: { attempt, error: error.message } });
      channel.ack(message);
    }
  }
  show('payments', payments);
});
