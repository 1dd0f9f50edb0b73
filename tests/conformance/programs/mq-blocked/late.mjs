import amqp from 'amqplib';

// It comes while memory and disk are low. An empty message is all header, and so is still taken.
const connection = await amqp.connect('amqp://localhost', { recovery: true });
connection.on('blocked', (reason) => console.log('blocked:', reason));
connection.on('unblocked', () => console.log('unblocked'));
const channel = await connection.createConfirmChannel();
channel.on('return', ({ content }) => console.log('returned', content.length, 'bytes'));
const publish = (text) =>
  channel.publish('', 'nowhere', Buffer.from(text), { mandatory: true }, (error) => console.log(JSON.stringify(text), error));
publish('');
publish('');
publish('x');
await channel.waitForConfirms();
console.log('all confirmed');
await connection.close();
