const cb = require('amqplib/callback_api');
cb.connect('amqp://localhost', (e, connection) => {
  connection.createChannel((e2, channel) => {
    channel.on('error', (error) => console.log('channel error', error.message));
    channel.checkQueue('nowhere', (error) => {
      console.log(error.message);
      connection.close(() => console.log('closed'));
    });
  });
});
process.on('exit', (code) => console.log('exit', code));
