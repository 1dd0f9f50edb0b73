const amqp = require('amqplib');
const tick = (ms = 200) => new Promise((r) => setTimeout(r, ms));
(async () => {
  const c = await amqp.connect('amqp://localhost'); const ch = await c.createChannel(); const two = await c.createChannel();
  await ch.assertQueue('q'); for (let i = 1; i <= 6; i++) ch.sendToQueue('q', Buffer.from(String(i)), { headers: { n: i } }); await tick();
  await ch.prefetch(2); const got = []; const { consumerTag } = await ch.consume('q', (m) => { got.push(m); console.log('got', m && m.content.toString(), m && m.fields.redelivered, m && m.fields.deliveryTag); }, { consumerTag: 'x' }); await tick();
  console.log(await two.checkQueue('q')); ch.ack(got[1], true); await tick(); console.log(await two.checkQueue('q'));
  console.log(await ch.cancel(consumerTag)); ch.nack(got[2]); await tick(); console.log(await two.checkQueue('q'));
  const g = await two.get('q'); console.log(g.content.toString(), g.fields); two.reject(g, true); await tick(); const h = await two.get('q', { noAck: true }); console.log(h.content.toString(), h.fields.redelivered);
  await ch.recover(); await tick(); console.log(await two.checkQueue('q')); console.log(await two.purgeQueue('q'), await two.deleteQueue('q'), await two.deleteQueue('q'));
  const late = await ch.consume('gone', () => {}).catch((e) => console.log(e.code, e.message)); ch.on('error', () => {});
  await tick(); await two.close(); await two.close().catch((e) => console.log(e.name, e.message)); await c.close();
})().catch((e) => console.log('FATAL', e.message));
