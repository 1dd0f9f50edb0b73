const amqp = require('amqplib');
const tick = (ms = 200) => new Promise((r) => setTimeout(r, ms));
(async () => {
  const c = await amqp.connect('amqp://localhost'); const ch = await c.createChannel();
  await ch.assertExchange('dlx', 'topic'); await ch.assertQueue('dead'); await ch.bindQueue('dead', 'dlx', '#');
  await ch.assertQueue('work', { deadLetterExchange: 'dlx', messageTtl: 600, maxLength: 2 });
  await ch.assertQueue('keyed', { deadLetterExchange: 'dlx', deadLetterRoutingKey: 'dead.key' });
  await ch.consume('dead', (m) => { const d = m.properties.headers['x-death'].map(({ time, ...x }) => x); console.log(m.content.toString(), m.fields.exchange, m.fields.routingKey, JSON.stringify(d), m.properties.headers['x-first-death-reason'], m.properties.expiration); ch.ack(m); });
  for (let i = 1; i <= 3; i++) ch.sendToQueue('work', Buffer.from('w' + i)); await tick(1000);
  ch.sendToQueue('keyed', Buffer.from('k1'), { expiration: '300' }); ch.sendToQueue('keyed', Buffer.from('k2')); await tick(700);
  const m = await ch.get('keyed'); console.log(m.content.toString()); ch.nack(m, false, false); await tick();
  console.log(await ch.get('keyed'), await ch.get('work'));
  await ch.assertQueue('loop', { deadLetterExchange: '', deadLetterRoutingKey: 'loop', messageTtl: 200 }); ch.sendToQueue('loop', Buffer.from('l')); await tick(900); console.log(await ch.checkQueue('loop'));
  await c.close();
})().catch((e) => console.log('FATAL', e.message));
