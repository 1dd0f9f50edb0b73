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
  const values = [0, 1, -1, 1.5, 'x', true, [1], 300, 1e17, null];
  const names = [
    'x-expires',
    'x-message-ttl',
    'x-dead-letter-exchange',
    'x-dead-letter-routing-key',
    'x-max-length',
    'x-max-length-bytes',
    'x-max-priority',
    'x-overflow',
    'x-queue-mode',
    'x-single-active-consumer',
    'x-queue-type',
    'x-delivery-limit',
    'x-dead-letter-strategy',
    'x-queue-version',
    'x-max-in-memory-length',
    'x-max-in-memory-bytes',
    'x-quorum-initial-group-size',
    'x-queue-leader-locator',
    'x-max-age',
    'x-stream-max-segment-size-bytes',
    'x-initial-cluster-size',
    'x-unknown',
    'x-consumer-timeout',
    'x-cancel-on-ha-failover',
  ];
  for (const type of ['classic', 'quorum'])
    for (const a of names)
      for (const v of values) {
        const args = { 'x-queue-type': type, [a]: v };
        await one(`${type} ${a}=${JSON.stringify(v)}`, async (ch) => {
          const q = `q${++n}`;
          await ch.assertQueue(q, { durable: true, arguments: args });
          await ch.deleteQueue(q);
        });
      }
  for (const type of ['classic', 'quorum'])
    for (const o of [
      { exclusive: true },
      { autoDelete: true },
      { durable: false },
      { exclusive: true, durable: false },
      { arguments: { 'x-overflow': 'reject-publish-dlx' } },
      { arguments: { 'x-overflow': 'reject-publish' } },
      { arguments: { 'x-dead-letter-exchange': 'd', 'x-dead-letter-strategy': 'at-least-once' } },
      {
        arguments: {
          'x-dead-letter-exchange': 'd',
          'x-dead-letter-strategy': 'at-least-once',
          'x-overflow': 'reject-publish',
        },
      },
      { arguments: { 'x-dead-letter-exchange': 'd', 'x-dead-letter-routing-key': 5 } },
      { arguments: { 'x-dead-letter-exchange': 'd', 'x-dead-letter-routing-key': 'ok' } },
    ])
      await one(`${type} ${JSON.stringify(o)}`, async (ch) => {
        const q = `q${++n}`;
        await ch.assertQueue(q, { ...o, arguments: { 'x-queue-type': type, ...o.arguments } });
        await ch.deleteQueue(q);
      });
  for (const nm of ['amq.mine', 'amq.', 'a'.repeat(255), 'a'.repeat(256), 'ünï', '', ' ', 'a b'])
    await one(`name ${nm.length} ${nm.slice(0, 10)}`, async (ch) => {
      const r = await ch.assertQueue(nm);
      await ch.deleteQueue(r.queue);
      return nm ? r : /^amq\.gen-/.test(r.queue);
    });
  if (conn) await conn.close();
})();
