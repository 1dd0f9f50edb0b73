import amqp from 'amqplib';
import { every, show } from 'eventarium';

const connection = await amqp.connect('amqp://localhost');
const channel = await connection.createChannel();
await channel.assertExchange('shop', 'topic');

// What happened, to what, and where: words from the general to the particular.
const keys = [
  'order.created.kyiv',
  'order.created.lviv',
  'payment.failed.kyiv',
  'payment.received.lviv',
  'stock.low.odesa',
  'order.cancelled.kyiv',
];

// Nobody listens: a topic exchange forgets such a message. `mandatory` brings it back.
let unheard = 0;
channel.on('return', (message) => {
  unheard += 1;
  show('heard by nobody', unheard);
  console.warn(`Nobody hears ${message.fields.routingKey}`);
});

function tell(n: number) {
  const key = keys[(n - 1) % keys.length];
  channel.publish('shop', key, Buffer.from(JSON.stringify({ n })), { mandatory: true });
}

every(500, tell, { times: 24 });
