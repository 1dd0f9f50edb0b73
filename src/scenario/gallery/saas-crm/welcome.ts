import type { Channel } from 'amqplib';
import { type Customer, letters } from './customer';
import { openQueue } from './wiring';

/**
 * Each pause is a queue that nobody reads: what has waited there long enough expires, and the default exchange brings it back. So
 * the plan is the broker's, and outlives this process.
 */
async function declarePause(channel: Channel, waitMs: number) {
  const queue = `welcome.in-${waitMs / 86_400_000}-days`;
  const back = { deadLetterExchange: '', deadLetterRoutingKey: 'welcome' };
  await channel.assertQueue(queue, { messageTtl: waitMs, ...back });
  return queue;
}

const channel = await openQueue('welcome', 'customer.registered');
const pauses: string[] = [];
for (const [index, { afterMs }] of letters.entries())
  if (index > 0) pauses.push(await declarePause(channel, afterMs - letters[index - 1].afterMs));

await channel.consume('welcome', function sendLetter(message) {
  if (!message) return;
  const { step = 0, ...customer }: Customer & { step?: number } = JSON.parse(message.content.toString());
  const letter = { by: 'welcome', to: customer.id, subject: letters[step].subject };
  console.log(`${customer.company}, лист: ${letter.subject}`);
  channel.publish('customers', 'letter.sent', Buffer.from(JSON.stringify(letter)));
  const next = JSON.stringify({ ...customer, step: step + 1 });
  if (step < pauses.length) channel.sendToQueue(pauses[step], Buffer.from(next), { persistent: true });
  channel.ack(message);
});
