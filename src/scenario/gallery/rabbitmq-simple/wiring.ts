import amqp from 'amqplib';

/** A channel on which both wirings are declared. To declare what is there already changes nothing, so everybody may. */
export async function openChannel() {
  // Without Nagle's algorithm, in which the second of two messages waits until the first has arrived.
  const connection = await amqp.connect('amqp://localhost', { noDelay: true });
  const channel = await connection.createChannel();

  // One queue for all: whoever is free takes the next event, and nobody else sees it.
  await channel.assertQueue('user_events');

  // A queue each: the exchange puts a copy of every event into both.
  await channel.assertExchange('users', 'fanout');
  for (const queue of ['user_events.email', 'user_events.analytics']) {
    await channel.assertQueue(queue);
    await channel.bindQueue(queue, 'users', '');
  }
  return { connection, channel };
}
