import amqp from 'amqplib';
import express from 'express';
import { show } from 'eventarium';

// The order service says what has happened. Who hears of it, it does not know.
const connection = await amqp.connect('amqp://localhost', { noDelay: true });
const channel = await connection.createChannel();
await channel.assertExchange('orders', 'fanout');
const counts = { accepted: 0 };

const app = express();
app.use(express.json());

app.post('/orders', (request, response) => {
  channel.publish('orders', 'order.created', Buffer.from(JSON.stringify(request.body)));
  counts.accepted += 1;
  show('orders', counts);
  response.status(201).json({ orderId: request.body.orderId });
});

app.listen(4000);
