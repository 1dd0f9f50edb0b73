import amqp from 'amqplib';
import express from 'express';

const connection = await amqp.connect('amqp://localhost', { noDelay: true });
const channel = await connection.createChannel();
await channel.assertQueue('reports');
await channel.assertQueue('ready');
const waiting = new Map<number, express.Response>();

await channel.consume('ready', function handOver(message) {
  if (!message) return;
  const { id, report } = JSON.parse(message.content.toString());
  waiting.get(id)?.json({ report });
  waiting.delete(id);
  channel.ack(message);
});

const app = express();
app.use(express.json());
app.post('/', (request, response) => {
  waiting.set(request.body.id, response);
  channel.sendToQueue('reports', Buffer.from(JSON.stringify(request.body)));
});
app.listen(4000);
