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
(async () => {
  await connect();
  // exchanges
  for (const t of ['direct', 'fanout', 'topic', 'headers', 'nope', '', 'x-delayed-message', 'x-consistent-hash'])
    await one(`xtype ${t}`, (ch) => ch.assertExchange('x' + ++n, t));
  for (const v of [1, true, ['a'], { a: 1 }, '', 'missing', null])
    await one(`alt ${JSON.stringify(v)}`, (ch) =>
      ch.assertExchange('x' + ++n, 'fanout', { arguments: { 'alternate-exchange': v } }),
    );
  await one('alt option', (ch) => ch.assertExchange('x' + ++n, 'fanout', { alternateExchange: 'zz' }));
  for (const nm of ['amq.direct', 'amq.foo', '', 'a b', 'ü'])
    await one(`xname '${nm}'`, (ch) => ch.assertExchange(nm, 'direct'));
  await one('amq.direct fanout', (ch) => ch.assertExchange('amq.direct', 'fanout'));
  await one('amq.direct transient', (ch) => ch.assertExchange('amq.direct', 'direct', { durable: false }));
  for (const [a, b] of [
    [{}, { durable: false }],
    [{}, { autoDelete: true }],
    [{}, { internal: true }],
    [{}, { arguments: { 'alternate-exchange': 'q' } }],
    [{ arguments: { 'alternate-exchange': 'q' } }, {}],
    [{ arguments: { 'alternate-exchange': 'q' } }, { arguments: { 'alternate-exchange': 'r' } }],
    [{ arguments: { foo: 1 } }, { arguments: { foo: 2 } }],
    [{ arguments: { 'alternate-exchange': 'q' } }, { arguments: { 'alternate-exchange': 5 } }],
  ])
    await one(`xre ${JSON.stringify([a, b])}`, async (ch) => {
      const x = 'x' + ++n;
      await ch.assertExchange(x, 'direct', a);
      await ch.assertExchange(x, 'direct', b);
    });
  await one('xre type', async (ch) => {
    const x = 'x' + ++n;
    await ch.assertExchange(x, 'direct');
    await ch.assertExchange(x, 'topic');
  });
  await one('del amq', (ch) => ch.deleteExchange('amq.direct'));
  await one('del default', (ch) => ch.deleteExchange(''));
  await one('del missing', (ch) => ch.deleteExchange('nonono'));
  await one('del ifUnused', async (ch) => {
    await ch.assertExchange('u', 'fanout');
    await ch.assertQueue('uq');
    await ch.bindQueue('uq', 'u', '');
    await ch.deleteExchange('u', { ifUnused: true });
  });
  await one('check missing', (ch) => ch.checkExchange('nonono'));
  await one('check default', (ch) => ch.checkExchange(''));
  await one('check q missing', (ch) => ch.checkQueue('nonono'));
  await one('check q empty', (ch) => ch.checkQueue(''));
  await one('bind q missing', (ch) => ch.bindQueue('nonono', 'amq.direct', 'k'));
  await one('bind x missing', async (ch) => {
    await ch.assertQueue('b1');
    await ch.bindQueue('b1', 'nonono', 'k');
  });
  await one('bind both missing', (ch) => ch.bindQueue('nonono', 'nonono2', 'k'));
  await one('bind default', (ch) => ch.bindQueue('b1', '', 'k'));
  await one('unbind default', (ch) => ch.unbindQueue('b1', '', 'b1'));
  await one('unbind missing', (ch) => ch.unbindQueue('b1', 'amq.direct', 'nokey'));
  await one('unbind q missing', (ch) => ch.unbindQueue('nonono', 'amq.direct', 'nokey'));
  await one('unbind x missing', (ch) => ch.unbindQueue('b1', 'nonono', 'nokey'));
  await one('bindx missing dest', (ch) => ch.bindExchange('nonono', 'amq.direct', 'k'));
  await one('bindx missing src', (ch) => ch.bindExchange('amq.direct', 'nonono', 'k'));
  await one('bindx default', (ch) => ch.bindExchange('', 'amq.direct', 'k'));
  await one('bindx default2', (ch) => ch.bindExchange('amq.direct', '', 'k'));
  await one('unbindx missing', (ch) => ch.unbindExchange('nonono', 'amq.direct', 'k'));
  await one('unbindx missing2', (ch) => ch.unbindExchange('amq.direct', 'nono', 'k'));
  for (const v of ['all', 'any', 'all-with-x', 'any-with-x', 'ALL', '', 'none', 1, true, null])
    await one(`xmatch ${JSON.stringify(v)}`, async (ch) => {
      await ch.bindQueue('b1', 'amq.headers', '', { 'x-match': v, a: 1 });
      await ch.unbindQueue('b1', 'amq.headers', '', { 'x-match': v, a: 1 });
    });
  await one('del q missing', (ch) => ch.deleteQueue('nonono'));
  await one('purge missing', (ch) => ch.purgeQueue('nonono'));
  await one('purge empty name', (ch) => ch.purgeQueue(''));
  await one('purge last', async (ch) => {
    await ch.assertQueue('pl');
    ch.sendToQueue('pl', Buffer.from('x'));
    await tick();
    return ch.purgeQueue('');
  });
  await one('del ifEmpty', async (ch) => {
    await ch.assertQueue('ie');
    ch.sendToQueue('ie', Buffer.from('x'));
    await tick();
    await ch.deleteQueue('ie', { ifEmpty: true });
  });
  await one('del ifUnused', async (ch) => {
    await ch.assertQueue('iu');
    await ch.consume('iu', () => {});
    await ch.deleteQueue('iu', { ifUnused: true });
  });
  await one('del ifUnused ifEmpty', async (ch) => {
    await ch.assertQueue('iu');
    await ch.consume('iu', () => {});
    ch.sendToQueue('iu', Buffer.from('x'));
    await tick();
    await ch.deleteQueue('iu', { ifUnused: true, ifEmpty: true });
  });
  await one('quorum del ifEmpty', async (ch) => {
    await ch.assertQueue('qie', { arguments: { 'x-queue-type': 'quorum' } });
    await ch.deleteQueue('qie', { ifEmpty: true });
  });
  await one('quorum del ifUnused', async (ch) => {
    await ch.assertQueue('qie', { arguments: { 'x-queue-type': 'quorum' } });
    await ch.deleteQueue('qie', { ifUnused: true });
  });
  await one('consume missing', (ch) => ch.consume('nonono', () => {}));
  await one('consume empty', (ch) => ch.consume('', () => {}));
  await one('get missing', (ch) => ch.get('nonono'));
  await one('consume dup tag', async (ch) => {
    await ch.assertQueue('c1');
    await ch.consume('c1', () => {}, { consumerTag: 't' });
    await ch.consume('c1', () => {}, { consumerTag: 't' });
  });
  await one('consume excl after', async (ch) => {
    await ch.assertQueue('c2');
    await ch.consume('c2', () => {});
    await ch.consume('c2', () => {}, { exclusive: true });
  });
  await one('consume after excl', async (ch) => {
    await ch.assertQueue('c3');
    await ch.consume('c3', () => {}, { exclusive: true });
    await ch.consume('c3', () => {});
  });
  await one('get with excl', async (ch) => {
    await ch.assertQueue('c4');
    await ch.consume('c4', () => {}, { exclusive: true });
    return ch.get('c4');
  });
  await one('sac excl', async (ch) => {
    await ch.assertQueue('c5', { arguments: { 'x-single-active-consumer': true } });
    await ch.consume('c5', () => {}, { exclusive: true });
  });
  for (const v of ['x', 1.5, true, null, 2 ** 40, -5])
    await one(`prio ${v}`, async (ch) => {
      await ch.assertQueue('c6');
      const r = await ch.consume('c6', () => {}, { arguments: { 'x-priority': v }, consumerTag: 'cc' });
      await ch.cancel('cc');
      return r;
    });
  for (const v of ['x', 1.5, true, null, 0])
    await one(`cons timeout ${v}`, async (ch) => {
      await ch.assertQueue('c6');
      await ch.consume('c6', () => {}, {
        arguments: { 'x-cancel-on-ha-failover': v, 'x-stream-offset': v },
        consumerTag: 'cc',
      });
    });
  await one('cancel unknown', (ch) => ch.cancel('unknown'));
  await one('recover false', (ch) => ch.recover && ch.recover());
  await one('qos size', (ch) => ch.prefetch(5));
  for (const p of [65535, 65536, -1, 1.5, 'x', undefined]) await one(`prefetch ${p}`, async (ch) => ch.prefetch(p));
  for (const t of [0, 1, 99, -1])
    await one(`ack ${t}`, async (ch) => {
      ch.ack({ fields: { deliveryTag: t } });
      await tick();
    });
  for (const t of [0, 1])
    await one(`ackm ${t}`, async (ch) => {
      ch.ack({ fields: { deliveryTag: t } }, true);
      await tick();
    });
  for (const t of [0, 1])
    await one(`nack ${t}`, async (ch) => {
      ch.nack({ fields: { deliveryTag: t } });
      await tick();
    });
  for (const t of [0, 1])
    await one(`reject ${t}`, async (ch) => {
      ch.reject({ fields: { deliveryTag: t } });
      await tick();
    });
  await one('ackAll', async (ch) => {
    ch.ackAll();
    ch.nackAll();
    await tick();
  });
  // publish props
  for (const [k, v] of [
    ['expiration', 'abc'],
    ['expiration', '-1'],
    ['expiration', '1.5'],
    ['expiration', 10],
    ['expiration', ''],
    ['expiration', ' 5'],
    ['expiration', '5 '],
    ['expiration', '1e3'],
    ['expiration', '315360000000'],
    ['expiration', '315360000001'],
    ['userId', 'bob'],
    ['userId', 'guest'],
    ['CC', 'a'],
    ['CC', ['a', 'b']],
    ['BCC', 'b'],
    ['priority', 300],
    ['priority', -1],
    ['deliveryMode', 5],
    ['deliveryMode', true],
    ['persistent', 1],
    ['timestamp', 5],
    ['timestamp', -5],
    ['type', 'x'],
    ['appId', 'y'],
    ['messageId', 5],
    ['correlationId', 7],
    ['contentType', 3],
    ['contentEncoding', 'gzip'],
    ['replyTo', 'x'],
    ['headers', { a: null, b: [1, 'x'], c: { d: 1.5 }, e: undefined, f: 2 ** 40, g: true }],
    ['headers', { CC: 'x' }],
    ['headers', { CC: [5] }],
    ['headers', { BCC: 5 }],
  ])
    await one(`prop ${k}=${JSON.stringify(v)}`, async (ch) => {
      await ch.assertQueue('pp');
      ch.sendToQueue('pp', Buffer.from('x'), { [k]: v });
      await tick();
      const m = await ch.get('pp', { noAck: true });
      await ch.purgeQueue('pp');
      return m && m.properties;
    });
  await one('pub missing x', async (ch) => {
    ch.publish('nonono', 'k', Buffer.from('x'));
    await tick();
  });
  await one('pub internal', async (ch) => {
    await ch.assertExchange('int', 'fanout', { internal: true });
    ch.publish('int', 'k', Buffer.from('x'));
    await tick();
  });
  await one('pub mandatory', async (ch) => {
    ch.publish('', 'nonono', Buffer.from('x'), { mandatory: true });
    await tick();
  });
  await one('pub immediate', async (ch) => {
    await ch.assertQueue('pp');
    ch.publish('', 'pp', Buffer.from('x'), { immediate: true });
    await tick();
  });
  await one('key 256', async (ch) => {
    ch.publish('', 'k'.repeat(256), Buffer.from('x'));
  });
  await one('str body', async (ch) => {
    ch.publish('', 'k', 'x');
  });
  await one('bad key', async (ch) => {
    ch.publish('', 5, Buffer.from('x'));
  });
  await one('bad x', async (ch) => {
    ch.publish(undefined, 'k', Buffer.from('x'));
  });
  // redeclare queue
  for (const [a, b] of [
    [{}, { durable: false }],
    [{}, { autoDelete: true }],
    [{}, { exclusive: true }],
    [{ exclusive: true }, {}],
    [{}, { messageTtl: 5 }],
    [{ messageTtl: 5 }, {}],
    [{ messageTtl: 5 }, { messageTtl: 6 }],
    [{ maxPriority: 5 }, { maxPriority: 6 }],
    [{}, { arguments: { foo: 1 } }],
    [{}, { deadLetterExchange: 'd' }],
    [{ deadLetterExchange: 'd' }, { deadLetterExchange: 'e' }],
    [{ deadLetterExchange: 'd', deadLetterRoutingKey: 'k' }, { deadLetterExchange: 'd' }],
    [{}, { arguments: { 'x-queue-type': 'classic' } }],
    [{}, { arguments: { 'x-queue-type': 'quorum' } }],
    [{ arguments: { 'x-queue-type': 'quorum' } }, {}],
    [{}, { arguments: { 'x-queue-mode': 'lazy' } }],
    [{ arguments: { 'x-queue-mode': 'lazy' } }, {}],
    [{}, { arguments: { 'x-single-active-consumer': true } }],
    [{}, { maxLength: 5 }],
    [{}, { arguments: { 'x-overflow': 'drop-head' } }],
    [{}, { expires: 1000 }],
    [{}, { arguments: { 'x-max-length-bytes': 5 } }],
    [{ messageTtl: 5 }, { arguments: { 'x-message-ttl': '5' } }],
    [{ messageTtl: 5 }, { arguments: { 'x-message-ttl': 5.5 } }],
    [{}, { arguments: { 'x-queue-version': 2 } }],
    [{ arguments: { 'x-queue-type': 'quorum' } }, { arguments: { 'x-queue-type': 'quorum', 'x-delivery-limit': 3 } }],
    [
      { arguments: { 'x-queue-type': 'quorum', 'x-delivery-limit': 4 } },
      { arguments: { 'x-queue-type': 'quorum', 'x-delivery-limit': 3 } },
    ],
    [{ arguments: { 'x-queue-type': 'quorum' } }, { arguments: { 'x-queue-type': 'quorum', 'x-max-length': 3 } }],
    [{ arguments: { 'x-queue-type': 'quorum' } }, { arguments: { 'x-queue-type': 'quorum' }, durable: false }],
  ])
    await one(`qre ${JSON.stringify([a, b])}`, async (ch) => {
      const q = 'r' + ++n;
      await ch.assertQueue(q, a);
      await ch.assertQueue(q, b);
    });
  if (conn) await conn.close();
})().catch((e) => console.log('FATAL', e.message));
