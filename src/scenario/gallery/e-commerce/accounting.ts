import { type ConsumeMessage } from 'amqplib';
import { show } from 'eventarium';
import { declareDeadLetters, toRetry } from './dead-letters';
import { postTo1C } from './one-c';
import { openQueue } from './wiring';

const attemptsMax = 5;
const channel = await openQueue('accounting', ['order.#'], toRetry);
await declareDeadLetters(channel);
const orders = { booked: 0, refused: 0, givenUp: 0 };

/** The broker keeps count of how often accounting has rejected a message. */
function attemptOf(message: ConsumeMessage) {
  const deaths = message.properties.headers?.['x-death'] ?? [];
  return 1 + (deaths.find(({ queue }) => queue === 'accounting')?.count ?? 0);
}

await channel.consume('accounting', async function bookOrder(message) {
  if (!message) return;
  const attempt = attemptOf(message);
  const status = await postTo1C(JSON.parse(message.content.toString()));
  if (status === 200) {
    orders.booked += 1;
    channel.ack(message);
  } else if (status >= 500 && attempt < attemptsMax) {
    console.warn(`1С відповіла ${status}, спроба ${attempt}`);
    orders.refused += 1;
    channel.nack(message, false, false);
  } else {
    console.error(`1С відповіла ${status}: відкладено після спроби ${attempt}`);
    orders.givenUp += 1;
    channel.publish('orders.dlx', 'dead', message.content);
    channel.ack(message);
  }
  show('1С', orders);
});
