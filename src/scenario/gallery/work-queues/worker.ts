import amqp, { type ConsumeMessage } from 'amqplib';
import { show, sleep } from 'eventarium';

const [, , queue, prefetch, msPerTask] = process.argv;
const connection = await amqp.connect('amqp://localhost');
const channel = await connection.createChannel();
await channel.assertQueue(queue);

// How many tasks the broker may hand over before the first is acknowledged; 0 means all it has.
await channel.prefetch(Number(prefetch));

let inHand = 0;
let done = 0;
let longestWaitMs = 0;

async function work(message: ConsumeMessage) {
  longestWaitMs = Math.max(longestWaitMs, Date.now() - message.properties.timestamp);
  await sleep(Number(msPerTask));
  channel.ack(message);
  inHand -= 1;
  done += 1;
  show('tasks', { done, inHand, longestWaitMs });
  console.log(`Task ${JSON.parse(message.content.toString()).id} done, ${inHand} more in hand`);
}

// One task at a time: what is in hand beyond it waits here, although the other worker may be idle.
let before = Promise.resolve();
await channel.consume(queue, function takeTask(message) {
  if (!message) return;
  inHand += 1;
  before = before.then(() => work(message));
  return before;
});
