const amqp = require('amqplib'); const cb = require('amqplib/callback_api');
const show = (e) => e instanceof Error ? `${e.name}: ${e.message}` + (e.code !== undefined ? ` [${e.code}]` : '') : JSON.stringify(e);
const wait = (ms) => new Promise((r) => setTimeout(r, ms));
const calls = {
  'assertQueue(5)': (c) => c.assertQueue(5),
  'assertQueue({})': (c) => c.assertQueue({}),
  'assertQueue([])': (c) => c.assertQueue([]),
  'assertQueue(null)': (c) => c.assertQueue(null).then((q) => typeof q.queue),
  'assertQueue(long)': (c) => c.assertQueue('q'.repeat(300)),
  'assertQueue durable text': (c) => c.assertQueue('w1', { durable: 'yes' }).then((q) => q.queue),
  'assertQueue ttl text': (c) => c.assertQueue('w2', { messageTtl: 'soon' }),
  'assertQueue ttl negative': (c) => c.assertQueue('w2', { messageTtl: -1 }),
  'assertQueue ttl fraction': (c) => c.assertQueue('w2', { messageTtl: 1.5 }),
  'assertQueue ttl date': (c) => c.assertQueue('w2', { messageTtl: new Date(0) }),
  'assertQueue expires 0': (c) => c.assertQueue('w2', { expires: 0 }),
  'assertQueue maxLength': (c) => c.assertQueue('w2', { maxLength: -2 }),
  'assertQueue maxPriority 300': (c) => c.assertQueue('w2', { maxPriority: 300 }),
  'assertQueue overflow': (c) => c.assertQueue('w2', { arguments: { 'x-overflow': 'what' } }),
  'assertQueue arguments text': (c) => c.assertQueue('w3', { arguments: 'text' }).then((q) => q.queue),
  'assertQueue arguments fn': (c) => c.assertQueue('w4', { arguments: { a: () => 1 } }),
  'assertQueue arguments symbol': (c) => c.assertQueue('w4', { arguments: { a: Symbol('x') } }),
  'assertQueue arguments undefined': (c) => c.assertQueue('w4', { arguments: { a: undefined } }).then((q) => q.queue),
  'assertQueue arguments bigint': (c) => c.assertQueue('w5', { arguments: { a: 5n } }),
  'assertQueue arguments bad !': (c) => c.assertQueue('w5', { arguments: { a: { '!': 'nope', value: 1 } } }),
  'assertQueue deadLetterExchange 5': (c) => c.assertQueue('w6', { deadLetterExchange: 5 }),
  'assertQueue options text': (c) => c.assertQueue('w7', 'durable').then((q) => q.queue),
  'assertQueue options null': (c) => c.assertQueue('w8', null).then((q) => q.queue),
  'assertExchange()': (c) => c.assertExchange(),
  'assertExchange(5)': (c) => c.assertExchange(5, 'direct'),
  'assertExchange no type': (c) => c.assertExchange('x1'),
  'assertExchange type 5': (c) => c.assertExchange('x1', 5),
  'assertExchange type nope': (c) => c.assertExchange('x1', 'nope'),
  'assertExchange empty': (c) => c.assertExchange('', 'direct'),
  'assertExchange amq.': (c) => c.assertExchange('amq.mine', 'direct'),
  'assertExchange alternate 5': (c) => c.assertExchange('x2', 'direct', { alternateExchange: 5 }),
  'checkQueue()': (c) => c.checkQueue(),
  'checkQueue(5)': (c) => c.checkQueue(5),
  'checkExchange()': (c) => c.checkExchange(),
  'deleteQueue(undefined)': (c) => c.deleteQueue(),
  'deleteQueue({})': (c) => c.deleteQueue({}),
  'purgeQueue(7)': (c) => c.purgeQueue(7),
  'bindQueue()': (c) => c.bindQueue(),
  'bindQueue q': (c) => c.bindQueue('w1'),
  'bindQueue q x': (c) => c.bindQueue('w1', 'amq.direct'),
  'bindQueue pattern 5': (c) => c.bindQueue('w1', 'amq.direct', 5),
  'bindQueue args text': (c) => c.bindQueue('w1', 'amq.headers', '', 'args'),
  'bindQueue x-match 5': (c) => c.bindQueue('w1', 'amq.headers', '', { 'x-match': 5 }),
  'bindExchange()': (c) => c.bindExchange(),
  'bindExchange numbers': (c) => c.bindExchange(1, 2, 3),
  'publish text content': (c) => c.publish('', 'w1', 'text'),
  'publish number content': (c) => c.publish('', 'w1', 5),
  'publish no content': (c) => c.publish('', 'w1'),
  'publish null': (c) => c.publish('', 'w1', null),
  'publish object': (c) => c.publish('', 'w1', { a: 1 }),
  'publish Uint8Array': (c) => c.publish('', 'w1', new Uint8Array(2)),
  'publish array': (c) => c.publish('', 'w1', [1, 2]),
  'publish exchange 5': (c) => c.publish(5, 'w1', Buffer.from('x')),
  'publish key 5': (c) => c.publish('', 5, Buffer.from('x')),
  'publish key undefined': (c) => c.publish('', undefined, Buffer.from('x')),
  'publish exchange undefined': (c) => c.publish(undefined, 'w1', Buffer.from('x')),
  'publish long key': (c) => c.publish('', 'k'.repeat(256), Buffer.from('x')),
  'publish expiration {}': (c) => c.publish('', 'w1', Buffer.from('x'), { expiration: {} }),
  'publish expiration -1': (c) => c.publish('', 'w1', Buffer.from('x'), { expiration: -1 }),
  'publish expiration text': (c) => c.publish('', 'w1', Buffer.from('x'), { expiration: 'soon' }),
  'publish priority text': (c) => c.publish('', 'w1', Buffer.from('x'), { priority: 'high' }),
  'publish priority 300': (c) => c.publish('', 'w1', Buffer.from('x'), { priority: 300 }),
  'publish headers text': (c) => c.publish('', 'w1', Buffer.from('x'), { headers: 'a' }),
  'publish headers fn': (c) => c.publish('', 'w1', Buffer.from('x'), { headers: { f: () => 1 } }),
  'publish headers number': (c) => c.publish('', 'w1', Buffer.from('x'), { headers: 5 }),
  'publish correlationId 5': (c) => c.publish('', 'w1', Buffer.from('x'), { correlationId: 5 }),
  'publish timestamp text': (c) => c.publish('', 'w1', Buffer.from('x'), { timestamp: 'now' }),
  'publish timestamp Date': (c) => c.publish('', 'w1', Buffer.from('x'), { timestamp: new Date(5000) }),
  'publish contentType 5': (c) => c.publish('', 'w1', Buffer.from('x'), { contentType: 5 }),
  'publish deliveryMode 9': (c) => c.publish('', 'w1', Buffer.from('x'), { deliveryMode: 9 }),
  'publish CC 5': (c) => c.publish('', 'w1', Buffer.from('x'), { CC: 5 }),
  'publish CC numbers': (c) => c.publish('', 'w1', Buffer.from('x'), { CC: [1, 2] }),
  'publish userId other': (c) => c.publish('', 'w1', Buffer.from('x'), { userId: 'other' }),
  'publish options null': (c) => c.publish('', 'w1', Buffer.from('x'), null),
  'publish long messageId': (c) => c.publish('', 'w1', Buffer.from('x'), { messageId: 'm'.repeat(256) }),
  'sendToQueue text': (c) => c.sendToQueue('w1', 'text'),
  'sendToQueue 5': (c) => c.sendToQueue(5, Buffer.from('x')),
  'sendToQueue undefined': (c) => c.sendToQueue(undefined, Buffer.from('x')),
  'consume no callback': (c) => c.checkQueue('w1').then((q) => q.messageCount),
  
  'consume 5': (c) => c.consume(5, () => {}),
  'consume priority text': (c) => c.consume('w1', () => {}, { priority: 'high' }),
  'consume tag 5': (c) => c.consume('w1', () => {}, { consumerTag: 5 }),
  'cancel()': (c) => c.cancel(),
  'cancel(5)': (c) => c.cancel(5),
  'cancel unknown': (c) => c.cancel('nobody'),
  'get()': (c) => c.get(),
  'get(5)': (c) => c.get(5),
  'ack()': (c) => c.ack(),
  'ack({})': (c) => c.ack({}),
  'ack fields {}': (c) => c.ack({ fields: {} }),
  'ack tag text': (c) => c.ack({ fields: { deliveryTag: 'x' } }),
  'ack tag 99': (c) => c.ack({ fields: { deliveryTag: 99 } }),
  'nack()': (c) => c.nack(),
  'reject({})': (c) => c.reject({}),
  'ackAll': (c) => c.ackAll(),
  'prefetch text': (c) => c.prefetch('x'),
  'prefetch()': (c) => c.prefetch(),
  'prefetch -1': (c) => c.prefetch(-1),
  'prefetch 70000': (c) => c.prefetch(70000),
  'prefetch 1.5': (c) => c.prefetch(1.5),
  'recover': (c) => c.recover(),
  'qos': (c) => c.qos(2),
};
(async () => {
  const conn = await amqp.connect('amqp://localhost');
  conn.on('error', (e) => console.log('connection error', show(e)));
  const fresh = await conn.createChannel(); await fresh.assertQueue('w1'); for (const q of ['w2', 'w3', 'w4', 'w5', 'w6', 'w7', 'w8']) await fresh.deleteQueue(q); await fresh.deleteQueue('w1'); await fresh.assertQueue('w1'); await fresh.close();
  for (const [name, call] of Object.entries(calls)) {
    const log = []; const conn = await amqp.connect('amqp://localhost'); conn.on('error', (e) => log.push('connection error ' + show(e))); conn.on('close', () => log.push('connection close')); const channel = await conn.createChannel(); channel.on('error', (e) => log.push('error ' + show(e))); channel.on('close', () => log.push('close'));
    try { const r = call(channel); log.push(r instanceof Promise ? 'promise' : JSON.stringify(r)); if (r instanceof Promise) log.push(await r.then((v) => 'gave ' + show(v), (e) => 'rejected ' + show(e))); } catch (e) { log.push('threw ' + show(e)); }
    await wait(60);
    console.log(name + ': ' + log.join('; ')); await conn.close().catch(() => {});
  }
  await conn.close();
  console.log('-- callbacks');
  const conn2 = await new Promise((f) => cb.connect('amqp://localhost', (e, c) => f(c))); conn2.on('error', (e) => console.log('connection error', show(e)));
  for (const [name, call] of Object.entries({
    'assertQueue(5)': (c, f) => c.assertQueue(5, {}, f), 'assertQueue no callback': (c) => c.assertQueue('w1'), 'assertQueue callback text': (c) => c.assertQueue('w1', {}, 'x'),
    'assertQueue function as options': (c, f) => c.assertQueue('w1', f),
    'checkQueue missing': (c, f) => c.checkQueue('missing', f), 'checkQueue no callback': (c) => c.checkQueue('missing'), 'publish text': (c) => c.publish('', 'w1', 'x'), 'publish options': (c) => c.publish('', 'w1', Buffer.from('x'), { priority: 'x' }),
    'bindQueue': (c, f) => c.bindQueue('w1', 'amq.direct', 5, {}, f), 'consume 5': (c, f) => c.consume(5, () => {}, {}, f), 'prefetch text': (c, f) => c.prefetch('x', false, f), 'prefetch': (c) => c.prefetch(), 'get 5': (c, f) => c.get(5, {}, f), 'cancel': (c, f) => c.cancel(undefined, f), 'ack': (c) => c.ack(), 'assertExchange': (c, f) => c.assertExchange('x', 5, {}, f), 'assertQueue ttl': (c, f) => c.assertQueue('w2', { messageTtl: 'soon' }, f), 'assertQueue ttl no callback': (c) => c.assertQueue('w2', { messageTtl: -1 }),
  })) {
    const log = []; const conn2 = await new Promise((f) => cb.connect('amqp://localhost', (e, c) => f(c))); conn2.on('error', (e) => log.push('connection error ' + show(e))); conn2.on('close', () => log.push('connection close')); const channel = await new Promise((f) => conn2.createChannel((e, c) => f(c))); channel.on('error', (e) => log.push('error ' + show(e))); channel.on('close', () => log.push('close'));
    try { const r = call(channel, (e, v) => log.push('called ' + show(e) + ' ' + show(v))); log.push(r === channel ? 'channel' : JSON.stringify(r) ?? 'undefined'); } catch (e) { log.push('threw ' + show(e)); }
    await wait(60); console.log(name + ': ' + log.join('; ')); await new Promise((f) => { try { conn2.close(f); } catch { f(); } });
  }
  await new Promise((f) => conn2.close(f)); console.log('end');
})().catch((e) => console.log('FAILED', e));
