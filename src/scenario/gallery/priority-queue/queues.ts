import amqp from 'amqplib';

/** The publisher sets a priority either way; only a queue with a highest one heeds it. */
export async function openChannel() {
  // Without Nagle's algorithm, in which the second of two messages waits until the first has arrived.
  const connection = await amqp.connect('amqp://localhost', { noDelay: true });
  const channel = await connection.createChannel();
  await channel.assertQueue('tickets.plain');
  await channel.assertQueue('tickets.by-priority', { maxPriority: 9 });
  return channel;
}
