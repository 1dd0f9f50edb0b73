const amqp = require('amqplib'); const cb = require('amqplib/callback_api'); const wait = (ms) => new Promise((r) => setTimeout(r, ms));
const show = (e) => e instanceof Error ? `${e.name}: ${e.message}` + (e.code !== undefined ? ` [${e.code}]` : '') : JSON.stringify(e);
const run = async (name, call) => {
  const log = []; const conn = await new Promise((f) => cb.connect('amqp://localhost', (e, c) => f(c)));
  conn.on('error', (e) => log.push('connection error ' + show(e))); conn.on('close', (e) => log.push('connection close ' + show(e)));
  const ch = await new Promise((f) => conn.createConfirmChannel((e, c) => f(c))); ch.on('error', (e) => log.push('channel error ' + show(e))); ch.on('close', () => log.push('channel close'));
  const failed = (e) => log.push('uncaught ' + show(e)); process.on('uncaughtException', failed);
  call(ch, log, conn); await wait(150); process.off('uncaughtException', failed); console.log(name + ': ' + log.join('; ')); await new Promise((f) => { try { conn.close(f); } catch { f(); } });
};
(async () => {
  await run('throw in assertQueue', (ch) => ch.assertQueue('t1', {}, () => { throw new Error('mine'); }));
  await run('throw in failed checkQueue', (ch) => ch.checkQueue('missing', () => { throw new Error('mine'); }));
  await run('throw in consume ok', (ch) => ch.consume('t1', () => {}, {}, () => { throw new Error('mine'); }));
  await run('throw in consumer', (ch) => { ch.consume('t1', () => { throw new Error('mine'); }); ch.sendToQueue('t1', Buffer.from('x')); });
  await run('throw in confirm', (ch) => ch.sendToQueue('t1', Buffer.from('x'), {}, () => { throw new Error('mine'); }));
  await run('throw in get', (ch) => ch.get('t1', {}, () => { throw new Error('mine'); }));
  await run('throw in waitForConfirms', (ch) => { ch.sendToQueue('t1', Buffer.from('x')); ch.waitForConfirms(() => { throw new Error('mine'); }); });
  await run('throw in return', (ch) => { ch.on('return', () => { throw new Error('mine'); }); ch.publish('', 'nowhere', Buffer.from('x'), { mandatory: true }); });
  await run('throw in close', (ch) => ch.close(() => { throw new Error('mine'); }));
  await run('throw in createChannel', (ch, log, conn) => conn.createChannel(() => { throw new Error('mine'); }));
  await run('throw in ack listener', (ch) => { ch.on('ack', () => { throw new Error('mine'); }); ch.sendToQueue('t1', Buffer.from('x')); });
  await run('callback text', (ch) => ch.assertQueue('t1', {}, 'x'));
  await run('callback 5', (ch) => ch.deleteQueue('t1', {}, 5));
  // promise api
  const conn = await amqp.connect('amqp://localhost'); conn.on('error', (e) => console.log('connection error', show(e))); conn.on('close', () => console.log('connection close'));
  const ch = await conn.createChannel(); ch.on('error', (e) => console.log('channel error', show(e))); ch.on('close', () => console.log('channel close'));
  await ch.assertQueue('t2', { autoDelete: true }); await ch.consume('t2', () => { throw new Error('in consumer'); }); ch.sendToQueue('t2', Buffer.from('x')); await wait(150);
  const ch2 = await conn.createChannel().catch((e) => console.log(show(e))); 
  process.exit();
})();
