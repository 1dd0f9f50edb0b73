const amqp = require('amqplib');
let conn,
  n = 0;
const connect = async () => {
  conn = await amqp.connect('amqp://localhost');
  const mine = conn;
  conn.on('error', (e) => console.log('CONN', e.code, e.message));
  conn.on('close', () => {
    if (conn === mine) conn = undefined;
  });
};
const tick = (ms = 30) => new Promise((r) => setTimeout(r, ms));
const one = async (label, fn) => {
  if (!conn) await connect();
  const ch = await conn.createChannel();
  ch.on('error', (e) => console.log('  CH', e.code, e.message));
  ch.on('return', (m) => console.log('  RET', m.fields.replyText, m.fields.routingKey));
  try {
    const r = await fn(ch);
    await tick();
    console.log(label, 'ok', JSON.stringify(r));
    if (conn) await ch.close();
  } catch (e) {
    console.log(label, 'ERR', e.code, e.message);
    await tick();
  }
};
const show = (m) =>
  m
    ? JSON.stringify({
        c: m.content.toString(),
        f: { ...m.fields, consumerTag: undefined },
        h: m.properties.headers && {
          ...m.properties.headers,
          'x-death': m.properties.headers['x-death']?.map((d) => ({ ...d, time: undefined })),
        },
      })
    : String(m);
const Q = { 'x-queue-type': 'quorum' };
(async () => {
  await connect();
  for (const type of ['classic', 'quorum'])
    for (const a of [
      'x-expires',
      'x-message-ttl',
      'x-dead-letter-exchange',
      'x-max-length',
      'x-max-length-bytes',
      'x-max-priority',
      'x-overflow',
      'x-queue-mode',
      'x-single-active-consumer',
      'x-delivery-limit',
      'x-dead-letter-strategy',
      'x-queue-version',
      'x-max-in-memory-length',
      'x-max-in-memory-bytes',
      'x-quorum-initial-group-size',
      'x-queue-leader-locator',
      'x-unknown',
    ]) {
      const v =
        {
          'x-dead-letter-exchange': 'd',
          'x-overflow': 'reject-publish',
          'x-queue-mode': 'lazy',
          'x-single-active-consumer': true,
          'x-dead-letter-strategy': 'at-least-once',
          'x-queue-leader-locator': 'client-local',
        }[a] ?? 1;
      const base = type === 'quorum' ? Q : {};
      await one(`re- ${type} ${a}`, async (ch) => {
        const q = 'r' + ++n;
        await ch.assertQueue(q, { arguments: { ...base, [a]: v } });
        await ch.assertQueue(q, { arguments: base });
      });
      await one(`re+ ${type} ${a}`, async (ch) => {
        const q = 'r' + ++n;
        await ch.assertQueue(q, { arguments: base });
        await ch.assertQueue(q, { arguments: { ...base, [a]: v } });
      });
    }
  await one('server-named quorum', (ch) => ch.assertQueue('', { arguments: Q }));
  await one('two foreign', (ch) => ch.assertQueue('tf', { arguments: { 'x-max-age': '1h', 'x-delivery-limit': 5 } }));
  await one('two foreign b', (ch) => ch.assertQueue('tf', { arguments: { 'x-delivery-limit': 5, 'x-max-age': '1h' } }));
  await one('excl name + quorum', (ch) =>
    ch.assertQueue('tf2', { exclusive: true, autoDelete: true, durable: false, arguments: Q }),
  );
  await one('quorum bad ttl + nondurable', (ch) =>
    ch.assertQueue('tf2', { durable: false, arguments: { ...Q, 'x-message-ttl': -1 } }),
  );
  await one('dlk no dlx', (ch) => ch.assertQueue('tf2', { deadLetterRoutingKey: 'x' }));
  await one('opts', (ch) =>
    ch.assertQueue('tf3', {
      expires: 60000,
      messageTtl: 100,
      maxLength: 5,
      maxPriority: 3,
      deadLetterExchange: '',
      deadLetterRoutingKey: 'k',
      arguments: { 'x-overflow': 'reject-publish' },
    }),
  );
  // exclusivity across connections
  const c2 = await amqp.connect('amqp://localhost');
  c2.on('error', (e) => console.log('C2', e.message));
  const onC2 = async (label, fn) => {
    const ch = await c2.createChannel();
    ch.on('error', () => {});
    try {
      console.log(label, 'ok', JSON.stringify(await fn(ch)));
    } catch (e) {
      console.log(label, 'ERR', e.code, e.message);
    }
  };
  const chx = await conn.createChannel();
  await chx.assertQueue('ex', { exclusive: true });
  await onC2('ex check', (ch) => ch.checkQueue('ex'));
  await onC2('ex assert', (ch) => ch.assertQueue('ex', { exclusive: true }));
  await onC2('ex assert2', (ch) => ch.assertQueue('ex'));
  await onC2('ex consume', (ch) => ch.consume('ex', () => {}));
  await onC2('ex get', (ch) => ch.get('ex'));
  await onC2('ex purge', (ch) => ch.purgeQueue('ex'));
  await onC2('ex delete', (ch) => ch.deleteQueue('ex'));
  await onC2('ex bind', (ch) => ch.bindQueue('ex', 'amq.direct', 'k'));
  await onC2('ex unbind', (ch) => ch.unbindQueue('ex', 'amq.direct', 'k'));
  await onC2('ex pub', async (ch) => {
    ch.sendToQueue('ex', Buffer.from('hi'));
    await tick();
  });
  console.log(show(await chx.get('ex', { noAck: true })));
  await onC2('nonex as ex', async (ch) => {
    await ch.assertQueue('plain');
    await ch.assertQueue('plain', { exclusive: true });
  });
  await one('ex as nonex same conn', (ch) => ch.assertQueue('ex', {}));
  await one('ex durable false', (ch) => ch.assertQueue('ex', { exclusive: true, durable: false }));
  await c2.close();
  // reply-to
  await one('rt ack', (ch) => ch.consume('amq.rabbitmq.reply-to', () => {}));
  await one('rt twice', async (ch) => {
    await ch.consume('amq.rabbitmq.reply-to', () => {}, { noAck: true });
    await ch.consume('amq.rabbitmq.reply-to', () => {}, { noAck: true });
  });
  await one('rt publish none', async (ch) => {
    ch.sendToQueue('plain', Buffer.from('x'), { replyTo: 'amq.rabbitmq.reply-to' });
    await tick();
  });
  await one('rt get', (ch) => ch.get('amq.rabbitmq.reply-to'));
  await one('rt check', (ch) => ch.checkQueue('amq.rabbitmq.reply-to'));
  await one('rt assert', (ch) => ch.assertQueue('amq.rabbitmq.reply-to'));
  await one('rt purge', (ch) => ch.purgeQueue('amq.rabbitmq.reply-to'));
  await one('rt delete', (ch) => ch.deleteQueue('amq.rabbitmq.reply-to'));
  await one('rt bind', (ch) => ch.bindQueue('amq.rabbitmq.reply-to', 'amq.direct', 'k'));
  await one('rt other', (ch) => ch.checkQueue('amq.rabbitmq.reply-to.foo'));
  await one('rt other2', (ch) => ch.assertQueue('amq.rabbitmq.reply-to.foo'));
  await one('rt send gone', async (ch) => {
    ch.sendToQueue('amq.rabbitmq.reply-to.foo', Buffer.from('x'), { mandatory: true });
    await tick();
  });
  await one('rt roundtrip', async (ch) => {
    await ch.assertQueue('rpc');
    const got = [];
    await ch.consume(
      'amq.rabbitmq.reply-to',
      (m) =>
        got.push([
          m.content.toString(),
          m.fields.exchange,
          /^amq.rabbitmq.reply-to/.test(m.fields.routingKey),
          m.fields.deliveryTag,
          m.fields.redelivered,
          m.properties.correlationId,
        ]),
      { noAck: true },
    );
    ch.sendToQueue('rpc', Buffer.from('q'), { replyTo: 'amq.rabbitmq.reply-to', correlationId: '1' });
    await tick();
    const m = await ch.get('rpc', { noAck: true });
    const ch2 = await conn.createChannel();
    for (let i = 0; i < 2; i++) ch2.sendToQueue(m.properties.replyTo, Buffer.from('a' + i), { correlationId: 'c' + i });
    await tick();
    got.push((await ch2.checkQueue(m.properties.replyTo)).messageCount);
    await ch2.assertQueue('y');
    ch2.close();
    return got;
  });
  await one('rt cancel then check', async (ch) => {
    const { consumerTag } = await ch.consume('amq.rabbitmq.reply-to', () => {}, { noAck: true });
    await ch.cancel(consumerTag);
    await ch.consume('amq.rabbitmq.reply-to', () => {}, { noAck: true });
  });
  await one('rt consume ns arg', async (ch) => {
    await ch.consume('amq.rabbitmq.reply-to.abc', () => {}, { noAck: true });
  });
  // confirms x mandatory
  await one('confirm mandatory', async () => {
    const ch = await conn.createConfirmChannel();
    const log = [];
    ch.on('return', (m) => log.push('ret ' + m.content));
    ch.publish('', 'nowhere', Buffer.from('1'), { mandatory: true }, (e) => log.push('cb1 ' + e));
    ch.publish('', 'plain', Buffer.from('2'), { mandatory: true }, () => {});
    ch.publish('', 'nowhere', Buffer.from('3'), {}, (e) => log.push('cb3 ' + e));
    await ch.waitForConfirms();
    log.push('all');
    await ch.purgeQueue('plain');
    await ch.close();
    return log;
  });
  await one('confirm reject', async () => {
    const ch = await conn.createConfirmChannel();
    const log = [];
    await ch.assertQueue('rj', { maxLength: 1, arguments: { 'x-overflow': 'reject-publish' } });
    for (let i = 0; i < 3; i++)
      ch.sendToQueue('rj', Buffer.from('' + i), {}, (e) => log.push(i + ' ' + (e && e.message)));
    try {
      await ch.waitForConfirms();
      log.push('ok');
    } catch (e) {
      log.push('wait ' + e.message);
    }
    await ch.close();
    return log;
  });
  await one('confirm close', async () => {
    const ch = await conn.createConfirmChannel();
    ch.on('error', () => {});
    const log = [];
    ch.publish('nonono', 'k', Buffer.from('x'), {}, (e) => log.push('cb ' + (e && e.message)));
    try {
      await ch.waitForConfirms();
      log.push('ok');
    } catch (e) {
      log.push('wait ' + e.message);
    }
    await tick();
    return log;
  });
  await one('confirm internal+mandatory', async () => {
    const ch = await conn.createConfirmChannel();
    await ch.assertExchange('i1', 'fanout', { internal: true });
    await ch.assertExchange('e1', 'fanout', { alternateExchange: 'i1' });
    await ch.assertQueue('iq');
    await ch.bindQueue('iq', 'i1', '');
    ch.publish('e1', 'k', Buffer.from('via alt'), { mandatory: true });
    await ch.waitForConfirms();
    const r = show(await ch.get('iq', { noAck: true }));
    await ch.close();
    return r;
  });
  // double ops
  await one('double close', async (ch) => {
    await ch.close();
    await ch.close();
  });
  await one('use closed', async () => {
    const ch = await conn.createChannel();
    await ch.close();
    try {
      ch.sendToQueue('x', Buffer.from('y'));
    } catch (e) {
      console.log(e.name, e.message);
    }
    try {
      await ch.assertQueue('x');
    } catch (e) {
      console.log(e.name, e.message);
    }
    try {
      ch.ack({ fields: { deliveryTag: 1 } });
    } catch (e) {
      console.log(e.name, e.message);
    }
    try {
      await ch.get('x');
    } catch (e) {
      console.log(e.name, e.message);
    }
    try {
      await ch.consume('x', () => {});
    } catch (e) {
      console.log(e.name, e.message);
    }
  });
  await one('confirm select twice', async (ch) => 1);
  for (const [o, lab] of [
    [{ durable: 'x' }, 'durable x'],
    [{ exclusive: 1 }, 'excl 1'],
    [{ messageTtl: 'x' }, 'ttl x'],
    [{ arguments: 5 }, 'args 5'],
    [{ maxLength: '5' }, 'ml 5'],
    [{ deadLetterExchange: 5 }, 'dlx5'],
    [{ maxPriority: 1.5 }, 'mp'],
  ])
    await one('opt ' + lab, (ch) => ch.assertQueue('o' + ++n, o));
  for (const bad of [undefined, null, 5, {}, []]) {
    await one('assertQueue ' + JSON.stringify(bad), async (ch) => {
      const r = await ch.assertQueue(bad);
      return typeof r.queue;
    });
    await one('bindQueue ' + JSON.stringify(bad), (ch) => ch.bindQueue('plain', bad, 'x'));
    await one('bindQueue key ' + JSON.stringify(bad), (ch) => ch.bindQueue('plain', 'amq.direct', bad));
    await one('consume ' + JSON.stringify(bad), (ch) => ch.consume(bad, () => {}));
    await one('sendToQueue ' + JSON.stringify(bad), async (ch) => ch.sendToQueue(bad, Buffer.from('x')));
    await one('publish body ' + JSON.stringify(bad), async (ch) => ch.publish('', 'plain', bad));
    await one('ack ' + JSON.stringify(bad), async (ch) => ch.ack(bad));
    await one('cancel ' + JSON.stringify(bad), (ch) => ch.cancel(bad));
    await one('assertExchange ' + JSON.stringify(bad), (ch) => ch.assertExchange(bad, 'direct'));
    await one('assertExchange type ' + JSON.stringify(bad), (ch) => ch.assertExchange('zz', bad));
    await one('get ' + JSON.stringify(bad), (ch) => ch.get(bad));
    await one('consume cb ' + JSON.stringify(bad), async (ch) => {
      await ch.consume('plain', bad);
      return 1;
    });
  }
  if (conn) await conn.close();
})().catch((e) => console.log('FATAL', e.stack));
