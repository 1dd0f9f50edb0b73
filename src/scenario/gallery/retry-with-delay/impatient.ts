import { show } from 'eventarium';
import { charge, giveUp } from './bank';
import { openChannel } from './queues';

const channel = await openChannel();
await channel.prefetch(1);
const payments = { charged: 0, givenUp: 0 };

// The same payments, without a second attempt: what fails once has failed.
await channel.consume('payments.once', async function chargeOnce(message) {
  if (!message) return;
  const { paymentId, card, amount } = JSON.parse(message.content.toString());
  try {
    await charge(card);
    payments.charged += 1;
  } catch (error) {
    console.warn(`Payment ${paymentId} is given up: ${error.message}`);
    payments.givenUp += 1;
    giveUp({ card, amount });
  }
  channel.ack(message);
  show('payments', payments);
});
