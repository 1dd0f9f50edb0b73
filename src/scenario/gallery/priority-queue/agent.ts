import { type ConsumeMessage } from 'amqplib';
import { show, sleep } from 'eventarium';
import { openChannel } from './queues';

const [, , queue] = process.argv;
const channel = await openChannel();

// With more, tickets would wait in the agent's hands, where nothing can overtake any more.
await channel.prefetch(1);

const longestWaitMs = { urgent: 0, normal: 0 };

async function answer(message: ConsumeMessage) {
  const { ticketId, isUrgent } = JSON.parse(message.content.toString());
  const waitedMs = Date.now() - message.properties.timestamp;
  const kind = isUrgent ? 'urgent' : 'normal';
  longestWaitMs[kind] = Math.max(longestWaitMs[kind], waitedMs);
  show('longest wait, ms', longestWaitMs);
  console.log(`Ticket ${ticketId}, ${kind}, waited ${waitedMs} ms`);
  await sleep(500);
  channel.ack(message);
}

// One ticket after another, in the order in which they came into the agent's hands.
let before = Promise.resolve();
await channel.consume(queue, function takeTicket(message) {
  if (!message) return;
  before = before.then(() => answer(message));
  return before;
});
