const amqp = require('amqplib');
const tick = (ms = 200) => new Promise((r) => setTimeout(r, ms));
(async () => {
  const c = await amqp.connect('amqp://localhost'); const pub = await c.createChannel(); await pub.assertQueue('t'); const held = {};
  const add = async (n, prefetch) => { const ch = await c.createChannel(); await ch.prefetch(prefetch); held[n] = []; await ch.consume('t', (m) => { held[n].push(m); }, { consumerTag: n }); return ch; };
  const a = await add('a', 2); const b = await add('b', 1); for (let i = 1; i <= 6; i++) pub.sendToQueue('t', Buffer.from(String(i))); await tick();
  const show = (l) => console.log(l, Object.entries(held).map(([n, ms]) => n + ':' + ms.map((m) => m.content + (m.fields.redelivered ? '!' : '')).join(' ')).join(' | ')); show('start');
  const d = await add('d', 0); await tick(); show('d came'); await a.close(); await tick(); show('a gone'); b.ack(held.b[0]); await tick(); show('b acked'); d.nackAll(); await tick(); show('d gave back'); await c.close();
})().catch((e) => console.log('FATAL', e.message));
