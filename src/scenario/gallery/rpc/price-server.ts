import amqp from 'amqplib';
import { show, sleep } from 'eventarium';

const prices: Record<string, number> = { 'KB-87': 1800, 'MS-12': 900, 'HP-30': 2400 };
const connection = await amqp.connect('amqp://localhost');
const channel = await connection.createChannel();
await channel.assertQueue('prices');
await channel.prefetch(1);
let replies = 0;

await channel.consume('prices', async function reply(message) {
  if (!message) return;
  const { sku } = JSON.parse(message.content.toString());
  await sleep(100);
  const { replyTo, correlationId } = message.properties;
  channel.sendToQueue(replyTo, Buffer.from(JSON.stringify({ price: prices[sku] })), { correlationId });
  // After the reply: a question that was not answered comes again.
  channel.ack(message);
  replies += 1;
  show('replies', replies);
});
