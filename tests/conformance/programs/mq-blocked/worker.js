const amqp = require('amqplib/callback_api');

amqp.connect('amqp://localhost', (error, connection) => {
  connection.on('blocked', (reason) => console.log('blocked:', reason));
  connection.on('unblocked', () => console.log('unblocked'));
  connection.createChannel((failed, channel) => {
    channel.prefetch(1);
    channel.consume('jobs', (message) => {
      const job = message.content.toString();
      console.log('begins', job);
      setTimeout(() => {
        channel.sendToQueue('done', message.content);
        channel.ack(message);
        console.log('is done with', job);
      }, 300);
    });
  });
});
