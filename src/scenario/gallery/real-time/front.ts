import amqp from 'amqplib';
import express from 'express';

const connection = await amqp.connect('amqp://localhost', { noDelay: true });
const channel = await connection.createChannel();
await channel.assertQueue('signals');

const app = express();
app.use(express.json());
app.post('/', (request, response) => {
  channel.sendToQueue('signals', Buffer.from(JSON.stringify(request.body)));
  response.sendStatus(202);
});
app.listen(4000);
