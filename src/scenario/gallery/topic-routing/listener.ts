import amqp from 'amqplib';
import { show } from 'eventarium';

// A queue with the patterns it is interested in: `*` stands for one word, `#` for any number of words.
const [, , queue, ...patterns] = process.argv;
const connection = await amqp.connect('amqp://localhost');
const channel = await connection.createChannel();
await channel.assertExchange('shop', 'topic');
await channel.assertQueue(queue);
for (const pattern of patterns) await channel.bindQueue(queue, 'shop', pattern);

const heard = new Map<string, number>();

await channel.consume(queue, function hear(message) {
  if (!message) return;
  const key = message.fields.routingKey;
  heard.set(key, (heard.get(key) ?? 0) + 1);
  show('heard', heard);
  console.log(key);
  channel.ack(message);
});
