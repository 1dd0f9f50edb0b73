import amqp from 'amqplib';
import callbackApi from 'amqplib/callback_api';

const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

const model = await amqp.connect('amqp://localhost?heartbeat=20&channelMax=3&frameMax=8192');
const { connection } = model;
const { blocked, expectSocketClose, channelMax, frameMax, maxFrameSize, heartbeat } = connection;
console.log({ blocked, expectSocketClose, channelMax, frameMax, maxFrameSize, heartbeat });
console.log(connection.constructor.name, connection.eventNames().slice(-5), connection.listenerCount('close'));
console.log(connection.serverProperties.version, connection.channels.length, connection.stream.destroyed);

// Channels
const channel = await model.createChannel();
const confirms = await model.createConfirmChannel({ highWaterMark: 5 });
console.log(channel.ch, confirms.ch, channel.connection === connection, confirms.options, channel.options);
console.log(connection.channels.length, connection.channels[1].channel === channel, connection.channels[2].channel === confirms);
const { queue } = await channel.assertQueue('', { exclusive: true });
const { consumerTag } = await channel.consume(queue, () => {}, { noAck: true, consumerTag: 'mine' });
console.log([...channel.consumers.keys()], consumerTag, channel.pending, channel.reply, channel.lwm, channel.unconfirmed);
const asked = [channel.checkQueue(queue), channel.checkQueue(queue), channel.checkQueue(queue)];
console.log(channel.pending.length, typeof channel.reply);
await Promise.all(asked);
console.log(channel.pending.length, channel.reply);

// Confirms
for (let n = 0; n < 3; n++) confirms.sendToQueue(queue, Buffer.from('x'), {}, n === 1 ? () => {} : undefined);
console.log(confirms.unconfirmed.map((each) => typeof each), confirms.lwm);
console.log(await confirms.waitForConfirms());
console.log(confirms.unconfirmed, confirms.lwm, confirms.closedWithUnconfirmed);
await channel.cancel('mine');
console.log(channel.consumers.size);

// Numbers are given again
await channel.close();
console.log(connection.channels.map((each) => each === null), channel.ch);
const again = await model.createChannel();
const third = await model.createChannel();
console.log(again.ch, third.ch);
await model.createChannel().catch((error) => console.log(error.message));

// Closing from within: the channels first, then whoever has the model, then whoever has the connection
for (const [name, emitter] of Object.entries({ connection, model, again })) emitter.on('close', (error) => console.log(name, 'closed', error));
confirms.sendToQueue(queue, Buffer.from('x'), {}, (error) => console.log('confirm:', error === null ? error : error.message));
connection.close((error) => console.log('done', error));
await wait(300);
console.log(connection.expectSocketClose, connection.channels.slice(1));
await model.close().catch((error) => console.log(error.message));

// A socket that breaks
const lose = async (how, break_) => {
  const lost = await amqp.connect('amqp://localhost');
  const one = await lost.createConfirmChannel();
  lost.on('error', (error) => console.log(how, 'error:', error.message));
  lost.on('close', (error) => console.log(how, 'close:', error.message));
  one.on('close', () => console.log(how, 'channel closed'));
  one.checkQueue('amq.nothing').catch((error) => console.log(how, error.message));
  console.log(how, break_(lost.connection, one));
  await wait(300);
  console.log(how, lost.connection.expectSocketClose, lost.connection.stream.destroyed, one.closedWithUnconfirmed);
  await lost.close().catch((error) => console.log(how, error.message));
};
await lose('destroyed', ({ stream }, { connection: same }) => stream.destroy(new Error('no network')) === same.stream);
await lose('error', ({ stream }) => stream.emit('error', new Error('ECONNRESET')));
await lose('end', ({ stream }) => stream.emit('end'));

// The same with callbacks
callbackApi.connect('amqp://localhost?heartbeat=0', (error, one) => {
  console.log(error, one.connection.heartbeat, one.connection.channelMax, one.connection.frameMax);
  const early = one.createChannel((failed, opened) => {
    console.log(failed, opened === early, opened.connection === one.connection);
    one.connection.on('close', () => console.log('connection closed'));
    one.connection.closeBecause('enough', 200, () => console.log('because'));
  });
  console.log(early.ch, early.connection === one.connection);
});
