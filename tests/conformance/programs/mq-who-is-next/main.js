const amqp = require('amqplib');
const tick = (ms = 200) => new Promise((r) => setTimeout(r, ms));
(async () => {
  const c = await amqp.connect('amqp://localhost'); const ch = await c.createChannel(); const o = await c.createChannel(); o.on('error', (e) => console.log('o', e.message));
  await ch.assertQueue('sac', { arguments: { 'x-single-active-consumer': true } });
  for (const n of ['one', 'two', 'three']) await ch.consume('sac', (m) => { console.log(n, m && m.content.toString()); if (m) ch.ack(m); }, { consumerTag: n });
  ch.sendToQueue('sac', Buffer.from('1')); await tick(); await ch.cancel('one'); ch.sendToQueue('sac', Buffer.from('2')); await tick();
  await ch.assertQueue('prio', { maxPriority: 5 }); for (const [b, p] of [['a', 1], ['b', 5], ['c', undefined], ['d', 9], ['e', 1]]) ch.sendToQueue('prio', Buffer.from(b), { priority: p }); await tick();
  for (let m; (m = await ch.get('prio', { noAck: true }));) console.log(m.content.toString(), m.properties.priority, m.fields.messageCount);
  await ch.assertQueue('cp'); await ch.consume('cp', (m) => console.log('low', m.content.toString()), { priority: 1 }); const hp = await c.createChannel(); await hp.prefetch(1); await hp.consume('cp', (m) => console.log('high', m.content.toString()), { priority: 10 });
  for (let i = 0; i < 3; i++) ch.sendToQueue('cp', Buffer.from('p' + i)); await tick();
  await ch.assertQueue('ex'); await ch.consume('ex', () => {}, { exclusive: true }); await o.consume('ex', () => {}).catch((e) => console.log(e.message)); await tick();
  const o2 = await c.createChannel(); o2.on('error', (e) => console.log('o2', e.message)); await o2.consume('sac', () => {}, { exclusive: true }).catch((e) => console.log(e.message)); await tick(); await c.close();
})().catch((e) => console.log('FATAL', e.message));
