import amqp, { type Options } from 'amqplib';

/** A channel on which the exchange for everything about orders is there. To declare it again changes nothing. */
export async function openChannel() {
  const connection = await amqp.connect('amqp://localhost', { noDelay: true });
  const channel = await connection.createChannel();
  await channel.assertExchange('orders', 'topic');
  return channel;
}

/** As above, with a queue of one's own that gets what the patterns match. */
export async function openQueue(queue: string, patterns: string[], options?: Options.AssertQueue) {
  const channel = await openChannel();
  await channel.assertQueue(queue, options);
  for (const pattern of patterns) await channel.bindQueue(queue, 'orders', pattern);
  await channel.prefetch(1);
  return channel;
}
