import amqp from 'amqplib';
import { react } from './reactions';

// One file, six services: which one it is, its argument says.
const service = process.argv[2];
const connection = await amqp.connect('amqp://localhost', { noDelay: true });
const channel = await connection.createChannel();
await channel.assertExchange('orders', 'fanout');
await channel.assertQueue(service);
await channel.bindQueue(service, 'orders', '');
await channel.prefetch(1);

await channel.consume(service, async function handleOrder(message) {
  if (!message) return;
  await react(service, JSON.parse(message.content.toString()));
  channel.ack(message);
});
