import amqp from 'amqplib';

// Who is blocked does not wait for the broker to agree to the end of the connection.
const connection = await amqp.connect('amqp://localhost');
const channel = await connection.createConfirmChannel();
const publish = (text) => {
  try {
    channel.sendToQueue('left', Buffer.from(text), {}, (error) => console.log(text, error.message));
  } catch (error) {
    console.log(text, error.name, error.message);
  }
};
await channel.assertQueue('left');
channel.on('close', () => console.log('channel closed'));
connection.on('close', (error) => console.log('connection closed', error));
connection.on('unblocked', () => console.log('unblocked'));
connection.on('blocked', async (reason) => {
  console.log('blocked:', reason);
  setTimeout(async () => {
    publish('written in the same turn');
    const closing = connection.close();
    publish('after the end');
    await closing;
    console.log('closed');
    await connection.close().catch((error) => console.log(error.message));
  }, 100);
});
publish('sent');
