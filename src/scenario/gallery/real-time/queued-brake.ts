import amqp from 'amqplib';
import { actOn } from './brake';

const connection = await amqp.connect('amqp://localhost', { noDelay: true });
const channel = await connection.createChannel();
await channel.assertQueue('signals');

await channel.consume('signals', function brake(message) {
  if (!message) return;
  actOn(JSON.parse(message.content.toString()).sentAt);
  channel.ack(message);
});
