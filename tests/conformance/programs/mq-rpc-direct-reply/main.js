const amqp = require('amqplib');
const tick = (ms = 200) => new Promise((r) => setTimeout(r, ms));
(async () => {
  const server = await amqp.connect('amqp://localhost'); const s = await server.createChannel(); await s.assertQueue('rpc'); await s.prefetch(1);
  await s.consume('rpc', async (m) => { const n = Number(m.content); await tick(n * 50); console.log('serve', n, m.properties.replyTo === 'amq.rabbitmq.reply-to', m.properties.correlationId); s.sendToQueue(m.properties.replyTo, Buffer.from(String(n * n)), { correlationId: m.properties.correlationId }); s.ack(m); });
  const c = await amqp.connect('amqp://localhost'); const ch = await c.createChannel();
  await ch.consume('amq.rabbitmq.reply-to', (m) => console.log('answer', m.content.toString(), m.properties.correlationId, m.fields.exchange, m.fields.routingKey.startsWith('amq.rabbitmq.reply-to.')), { noAck: true });
  for (const n of [3, 1, 2]) ch.sendToQueue('rpc', Buffer.from(String(n)), { replyTo: 'amq.rabbitmq.reply-to', correlationId: 'c' + n }); await tick(900);
  const { queue } = await ch.assertQueue('', { exclusive: true }); await ch.consume(queue, (m) => console.log('own', m.content.toString()), { noAck: true }); ch.sendToQueue('rpc', Buffer.from('4'), { replyTo: queue, correlationId: 'q' }); await tick(600);
  ch.on('error', (e) => console.log('error', e.message)); await ch.consume('amq.rabbitmq.reply-to', () => {}).catch((e) => console.log(e.message)); await tick();
  const d = await c.createChannel(); d.on('error', (e) => console.log('d error', e.message)); d.sendToQueue('rpc', Buffer.from('5'), { replyTo: 'amq.rabbitmq.reply-to' }); await tick(); 
  await c.close(); await server.close();
})().catch((e) => console.log('FATAL', e.message));
