import amqp from 'amqplib';

/** A channel on which the exchange for everything about customers is there. */
export async function openChannel() {
  const connection = await amqp.connect('amqp://localhost', { noDelay: true });
  const channel = await connection.createChannel();
  await channel.assertExchange('customers', 'topic');
  return channel;
}

/** As above, with a queue of one's own that gets what the pattern matches. */
export async function openQueue(queue: string, pattern: string) {
  const channel = await openChannel();
  await channel.assertQueue(queue);
  await channel.bindQueue(queue, 'customers', pattern);
  await channel.prefetch(1);
  return channel;
}
