import { show, sleep } from 'eventarium';
import { openChannel } from './queues';

const [, , queue] = process.argv;
const channel = await openChannel();
await channel.prefetch(1);
const deliveries = { handled: 0, inVain: 0 };

await channel.consume(queue, async function handleOrder(message) {
  if (!message) return;
  await sleep(150);
  try {
    const { orderId } = JSON.parse(message.content.toString());
    deliveries.handled += 1;
    console.log(`Order ${orderId} handled`);
    channel.ack(message);
  } catch {
    // Well meant: perhaps it works the next time. The message goes back to its place at the head of the queue.
    deliveries.inVain += 1;
    console.warn(`Cannot read an order, given back: ${message.content.toString()}`);
    channel.nack(message, false, true);
  }
  show('deliveries', deliveries);
});
