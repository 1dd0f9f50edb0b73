const amqp = require('amqplib');

const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

(async () => {
  const connection = await amqp.connect('amqp://localhost');
  connection.on('blocked', (reason) => console.log('blocked:', reason));
  connection.on('unblocked', (...args) => console.log('unblocked', args.length));
  const channel = await connection.createConfirmChannel();
  for (const queue of ['jobs', 'done', 'ticks']) await channel.assertQueue(queue);
  const publish = (queue, text) =>
    channel.sendToQueue(queue, Buffer.from(text), {}, (error) => console.log(text, error ? error.message : 'confirmed'));
  for (let n = 1; n <= 6; n++) channel.sendToQueue('ticks', Buffer.from(`tick ${n}`));
  await wait(500);
  for (const name of ['job 1', 'job 2', 'job 3']) publish('jobs', name);
  await wait(1000);
  console.log('the alarm is on; a question is answered:', (await channel.checkQueue('ticks')).queue);
  publish('jobs', 'job 4');
  await wait(100);
  publish('jobs', 'job 5');
  const question = channel.checkQueue('jobs');
  await channel.waitForConfirms();
  console.log('all confirmed; what was asked meanwhile is answered:', (await question).queue);
  await wait(200);
  await connection.close();
  console.log('closed');
})();
