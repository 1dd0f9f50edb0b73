import amqp from 'amqplib';

// It only consumes, so that no alarm concerns it.
const connection = await amqp.connect('amqp://localhost');
connection.on('blocked', (reason) => console.log('blocked:', reason));
const channel = await connection.createChannel();
await channel.prefetch(1);
await channel.consume('ticks', (message) => {
  console.log(message.content.toString());
  setTimeout(() => channel.ack(message), 350);
});
