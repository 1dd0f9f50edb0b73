import type { Channel } from 'amqplib';

/** Where accounting's rejected messages go, unless it says otherwise. */
export const toRetry = { deadLetterExchange: 'orders.dlx', deadLetterRoutingKey: 'retry' };

/** Behind the exchange for dead letters: a queue that is waited in, and one where a person looks. */
export async function declareDeadLetters(channel: Channel) {
  await channel.assertExchange('orders.dlx', 'direct');
  // Nobody consumes here: after 30 s a message expires, and the default exchange brings it back to accounting.
  const back = { messageTtl: 30_000, deadLetterExchange: '', deadLetterRoutingKey: 'accounting' };
  await channel.assertQueue('accounting.retry', back);
  await channel.bindQueue('accounting.retry', 'orders.dlx', 'retry');
  await channel.assertQueue('orders.dead');
  await channel.bindQueue('orders.dead', 'orders.dlx', 'dead');
}
