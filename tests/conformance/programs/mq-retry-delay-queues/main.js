const amqp = require('amqplib');
const tick = (ms) => new Promise((r) => setTimeout(r, ms));
(async () => {
  const c = await amqp.connect('amqp://localhost'); const ch = await c.createChannel();
  await ch.assertQueue('work', { deadLetterExchange: '', deadLetterRoutingKey: 'wait' }); await ch.assertQueue('wait', { deadLetterExchange: '', deadLetterRoutingKey: 'work', messageTtl: 400 }); await ch.assertQueue('parked');
  await ch.consume('work', (m) => { const d = m.properties.headers['x-death'] || []; const n = (d.find((x) => x.queue === 'work') || { count: 0 }).count; console.log(m.content.toString(), 'try', n + 1, d.map((x) => `${x.queue}:${x.reason}:${x.count}`).join()); if (m.content.toString() === 'ok') return ch.ack(m); if (n >= 2) { ch.sendToQueue('parked', m.content, { headers: m.properties.headers }); return ch.ack(m); } ch.reject(m, false); });
  ch.sendToQueue('work', Buffer.from('bad')); await tick(250); ch.sendToQueue('work', Buffer.from('ok')); await tick(1500);
  const p = await ch.get('parked'); console.log('parked', p.content.toString(), Object.keys(p.properties.headers)); await c.close();
})().catch((e) => console.log('FATAL', e.message));
