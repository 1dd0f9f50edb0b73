const amqp = require('amqplib'); const cb = require('amqplib/callback_api');
const tick = (ms = 50) => new Promise((r) => setTimeout(r, ms));
const watch = (c, name) => { for (const e of ['connect', 'disconnect', 'connect-failed', 'reconnect-scheduled', 'reconnect-failed', 'error', 'update-secret-ok']) c.on(e, (x) => console.log(name, e, x instanceof Error ? x.message : x && x.attempt ? [x.attempt, x.delay, x.error.message] : x && x.constructor.name)); };
(async () => {
  const opts = { recovery: { initialDelay: 20, jitter: 0, maxRetries: 3, setup: async (m) => { const ch = await m.createChannel(); await ch.assertQueue('set-up'); await ch.close(); console.log('setup done'); } } };
  const c = await amqp.connect('amqp://localhost', opts); console.log(c.constructor.name, Object.keys(opts)); watch(c, 'c');
  const ch = await c.createChannel(); ch.on('error', (e) => console.log('ch', e.message)); ch.on('close', () => console.log('ch close'));
  console.log((await ch.checkQueue('set-up')).queue, await c.updateSecret(Buffer.from('x'), 'why'));
  ch.publish('nowhere', '', Buffer.from('x')); await tick(); const dead = await c.createChannel(); await c.createConfirmChannel().then((x) => x.close());
  // the broker ends the connection: a wrong frame of ours
  dead.on('error', () => {}); dead.on('close', () => console.log('dead close')); dead.deleteQueue('nn').catch(() => {}); await dead.assertQueue('qq', { durable: true, arguments: { 'x-queue-type': 'quorum' } }); await dead.deleteQueue('qq', { ifEmpty: true }).catch((e) => console.log(e.message));
  const later = c.createChannel(); console.log('waiting'); const again = await later; console.log('got', again.constructor.name, (await again.checkQueue('set-up')).messageCount); await c.close(); console.log('closed'); await c.createChannel().catch((e) => console.log(e.message)); await c.close();
  const bad = await amqp.connect('amqp://localhost:5999', { recovery: { waitForConnect: false, initialDelay: 10, factor: 3, jitter: 0, maxDelay: 50, initialMaxRetries: 3 } }); watch(bad, 'bad'); await bad.waitForConnect().catch((e) => console.log('never', e.code, e.message)); await bad.createChannel().catch((e) => console.log('no channel', e.message));
  await amqp.connect('amqp://localhost:5999', { recovery: { initialDelay: 1, maxRetries: 1, jitter: 0 } }).catch((e) => console.log('gave up', e.message));
  await amqp.connect('amqp://localhost:5999', { recovery: { calculateDelay: () => 'x' } }).catch((e) => console.log(e.message));
  await amqp.connect('amqp://localhost', { recovery: { initialDelay: 1, maxRetries: 1, setup: () => { throw new Error('setup failed'); } } }).catch((e) => console.log(e.message));
  await amqp.connect('amqp://localhost', { recovery: { maxRetries: 0, setup: (m, done) => done('text') } }).catch((e) => console.log(e.message));
  const plain = await amqp.connect('amqp://localhost', { recovery: false }); console.log(plain.constructor.name); plain.on('update-secret-ok', () => console.log('event')); console.log(await plain.updateSecret(Buffer.from('s'), 'r')); await plain.updateSecret('s', 'r').catch((e) => console.log(e.message)); await plain.updateSecret(Buffer.from('')).catch((e) => console.log(e.message)); await plain.close(); await plain.updateSecret(Buffer.from('s'), 'r').catch((e) => console.log(e.name, e.message));
  await new Promise((res) => { const k = cb.connect('amqp://localhost', { recovery: true }, (e, m) => { console.log(e, m === k, m.constructor.name); m.createChannel((e2, h) => { console.log(e2, h.constructor.name); m.updateSecret(Buffer.from('a'), 'b', (e3) => { console.log('upd', e3); m.close((e4) => { console.log('closed', e4); m.createChannel((e5) => { console.log(e5.message); res(); }); }); }); }); }); });
})().catch((e) => console.log('FATAL', e.stack));
