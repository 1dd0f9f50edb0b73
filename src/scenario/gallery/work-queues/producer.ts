import amqp from 'amqplib';
import { every } from 'eventarium';

// Without Nagle's algorithm, in which the second of two messages waits until the first has arrived.
const connection = await amqp.connect('amqp://localhost', { noDelay: true });
const channel = await connection.createChannel();
const queues = ['tasks.in-turn', 'tasks.fair'];
for (const queue of queues) await channel.assertQueue(queue);

// Four tasks a second. A fast worker could do five, a slow one little more than one.
function giveTask(id: number) {
  const task = Buffer.from(JSON.stringify({ id }));
  for (const queue of queues) {
    channel.sendToQueue(queue, task, { type: 'task', timestamp: Date.now() });
  }
}

every(250, giveTask, { times: 40 });
