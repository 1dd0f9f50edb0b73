import amqp from 'amqplib';
import { makeReport } from './report';

const connection = await amqp.connect('amqp://localhost', { noDelay: true });
const channel = await connection.createChannel();
await channel.assertQueue('reports');
await channel.assertQueue('ready');
await channel.prefetch(1);

await channel.consume('reports', async function work(message) {
  if (!message) return;
  const { id } = JSON.parse(message.content.toString());
  const report = await makeReport(id);
  channel.sendToQueue('ready', Buffer.from(JSON.stringify({ id, report })));
  channel.ack(message);
});
