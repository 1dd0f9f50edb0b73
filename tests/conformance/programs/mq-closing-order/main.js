const amqp = require('amqplib');
const tick = (ms = 200) => new Promise((r) => setTimeout(r, ms));
(async () => {
  const c = await amqp.connect('amqp://localhost'); c.on('error', (e) => console.log('c error', e.message)); c.on('close', (e) => console.log('c close', e && e.message));
  const a = await c.createChannel(); const b = await c.createConfirmChannel(); for (const [n, x] of [['a', a], ['b', b]]) for (const e of ['error', 'close']) x.on(e, (v) => console.log(n, e, v && v.message));
  await a.assertQueue('q', { exclusive: true }); await b.consume('q', (m) => console.log('consumer', m && m.content.toString()));
  a.sendToQueue('q', Buffer.from('1')); await tick();
  await a.deleteQueue('q'); await tick();
  const p = a.assertQueue('later'); const cl = a.close(); p.then((v) => console.log('later', v.queue), (e) => console.log('later', e.message)); cl.then(() => console.log('closed a')); try { a.sendToQueue('later', Buffer.from('x')); } catch (e) { console.log(e.message); } await tick();
  const p2 = b.checkQueue('nothere').catch((e) => console.log('p2', e.message)); const p3 = b.checkQueue('later').catch((e) => console.log('p3', e.message)); await p2; await p3; await tick();
  try { b.publish('', 'later', Buffer.from('y')); } catch (e) { console.log(e.name, e.message, e.stackAtStateChange === undefined); }
  const d = await c.createChannel(); d.on('close', () => console.log('d close')); const closing = c.close(); await c.createChannel().catch((e) => console.log('new', e.name, e.message)); await closing; console.log('closed'); await tick(); await c.close().catch((e) => console.log(e.message));
})().catch((e) => console.log('FATAL', e.message));
