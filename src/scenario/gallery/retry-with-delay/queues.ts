import amqp from 'amqplib';

const retryAfterMs = 2000;

/** Work is rejected into `payments.retry`, and what has waited there comes back to `payments`. */
export async function openChannel() {
  const connection = await amqp.connect('amqp://localhost');
  const channel = await connection.createChannel();
  // '' is the default exchange: the routing key is the name of the queue.
  await channel.assertQueue('payments', {
    deadLetterExchange: '',
    deadLetterRoutingKey: 'payments.retry',
  });
  await channel.assertQueue('payments.retry', {
    messageTtl: retryAfterMs,
    deadLetterExchange: '',
    deadLetterRoutingKey: 'payments',
  });
  await channel.assertQueue('payments.dead');
  await channel.assertQueue('payments.once');
  return channel;
}
