import amqp from 'amqplib';

/** Two queues for the same orders. Only the second one counts how often a message was given back. */
export async function openChannel() {
  // Without Nagle's algorithm, in which the second of two messages waits until the first has arrived.
  const connection = await amqp.connect('amqp://localhost', { noDelay: true });
  const channel = await connection.createChannel();
  await channel.assertQueue('orders.classic');
  await channel.assertQueue('orders.quorum', {
    deadLetterExchange: '',
    deadLetterRoutingKey: 'orders.dead',
    arguments: { 'x-queue-type': 'quorum', 'x-delivery-limit': 3 },
  });
  await channel.assertQueue('orders.dead');
  return channel;
}
