import amqp from 'amqplib';

const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const connection = await amqp.connect('amqp://localhost');
const channel = await connection.createChannel();
const count = async (queue) => (await channel.assertQueue(queue)).messageCount;
console.log('during the alarm:', await count('done'), 'done,', await count('left'), 'left behind');
await wait(2700);
console.log('after it:', await count('done'), 'done,', await count('left'), 'left behind,', await count('ticks'), 'ticks');
await connection.close();
