import { describe, expect, it } from 'vitest';
import { routeSteps, whyMatched } from '../../src/projections/route-steps';
import { applyEntry, createSystem, type SystemState } from '../../src/projections/system';
import type { Entry } from '../../src/log/entry';
import { runScenario } from './run-scenario';

const shop = `
  const amqp = require('amqplib');
  (async () => {
    const connection = await amqp.connect('amqp://localhost');
    const channel = await connection.createChannel();
    await channel.assertExchange('lost', 'fanout');
    await channel.assertExchange('orders', 'topic', { alternateExchange: 'lost' });
    await channel.assertQueue('mail', { messageTtl: 100, deadLetterExchange: '', deadLetterRoutingKey: 'late' });
    await channel.assertQueue('late');
    await channel.assertQueue('found');
    await channel.bindQueue('mail', 'orders', 'order.*');
    await channel.bindQueue('mail', 'orders', 'order.created');
    await channel.bindQueue('found', 'lost', '');
    channel.publish('orders', 'order.created', Buffer.from('1'), { headers: { region: 'ua' }, messageId: 'one' });
    channel.publish('orders', 'refund', Buffer.from('2'));
    channel.publish('', 'nobody', Buffer.from('3'));
    await new Promise((resolve) => setTimeout(resolve, 500));
    await channel.unbindQueue('found', 'lost', '');
    await channel.deleteQueue('late');
    await channel.prefetch(3);
    await channel.consume('mail', () => undefined);
    await new Promise((resolve) => setTimeout(resolve, 500));
    await channel.checkQueue('nowhere').catch(() => undefined);
  })().catch(() => undefined);
  process.on('uncaughtException', () => undefined);`;

async function entriesOf(code: string): Promise<readonly Entry[]> {
  return (await runScenario({ files: { 'shop.js': code }, processes: [{ file: 'shop.js' }] })).entries;
}

function systemAt(entries: readonly Entry[], holds: (entry: Entry) => boolean): SystemState {
  const system = createSystem();
  const end = entries.findIndex(holds);
  for (const entry of entries.slice(0, end < 0 ? entries.length : end + 1)) applyEntry(system, entry);
  return system;
}

const stepsOf = (entries: readonly Entry[], message: string) =>
  routeSteps(entries.filter((entry) => 'message' in entry && entry.message === message));

describe('the log of RabbitMQ', () => {
  it('tells of exchanges, queues, bindings, connections and channels as they come and go', async () => {
    const entries = await entriesOf(shop);
    const full = systemAt(entries, (entry) => entry.type === 'message.routed').brokers.get('rabbitmq')!;
    expect(
      [...full.topology.exchanges.values()].map(({ exchange, kind, settings }) => [exchange, kind, settings]),
    ).toEqual([
      ['lost', 'fanout', { durable: true }],
      ['orders', 'topic', { durable: true, 'alternate-exchange': 'lost' }],
    ]);
    expect(full.queues.get('mail')?.settings).toEqual({
      durable: true,
      'x-message-ttl': 100,
      'x-dead-letter-exchange': '',
      'x-dead-letter-routing-key': 'late',
    });
    expect([...full.topology.bindings.values()].map(({ key, destination }) => `${key} ${destination}`)).toEqual([
      'order.* mail',
      'order.created mail',
      ' found',
    ]);
    expect(full.topology.connections.get('c_1')).toMatchObject({
      process: 'shop',
      heartbeatMs: 60_000,
      channels: [{ channel: 1 }],
    });
    const declared = entries.find((entry) => entry.type === 'queue.declared');
    expect(declared?.where).toMatch(/^shop\.js:8$/);

    const later = systemAt(entries, (entry) => entry.type === 'listener.subscribed').brokers.get('rabbitmq')!;
    expect([...later.queues.keys()]).toEqual(['mail', 'found']);
    expect([...later.topology.bindings.values()].map(({ destination }) => destination)).toEqual(['mail', 'mail']);
    const [consumer] = later.subscriptions.values();
    expect(consumer).toMatchObject({ prefetch: 3, connection: 'c_1', channel: 1 });
    expect(entries.find((entry) => entry.type === 'channel.closed')).toMatchObject({
      reason: 'refused',
      text: "404 NOT_FOUND - no queue 'nowhere' in vhost '/'",
    });
  });

  it('tells which bindings a message followed, over which alternate exchange, and where it went when it died', async () => {
    const entries = await entriesOf(shop);
    const [published, died] = stepsOf(entries, 'm_1');
    expect(published).toMatchObject({
      exchange: 'orders',
      bindings: ['b_2', 'b_1'],
      queues: ['mail'],
      died: undefined,
    });
    expect(published?.properties).toEqual({ messageId: 'one', headers: { region: 'ua' } });
    expect(died).toMatchObject({ exchange: '', died: { queue: 'mail', reason: 'expired' }, queues: ['late'] });
    expect(died?.properties['headers']).toMatchObject({
      'x-death': [
        { count: 1, reason: 'expired', queue: 'mail', exchange: 'orders', 'routing-keys': ['order.created'] },
      ],
    });
    expect(stepsOf(entries, 'm_2')).toMatchObject([
      { exchange: 'orders', bindings: ['b_3'], alternates: ['orders'], queues: ['found'] },
    ]);
    expect(stepsOf(entries, 'm_3')).toMatchObject([{ exchange: '', queues: [], dropped: 'unroutable' }]);
  });
});

describe('the log of Redis', () => {
  it('tells how many heard what was published last, and how far a group has read', async () => {
    const entries = await entriesOf(`
      const Redis = require('ioredis');
      (async () => {
        const [a, b] = [new Redis(), new Redis()];
        a.on('message', () => undefined);
        await a.subscribe('price');
        await a.psubscribe('pri*');
        await b.publish('price', '1');
        await b.xgroup('CREATE', 'orders', 'billing', '$', 'MKSTREAM');
        await b.xadd('orders', '*', 'id', '1');
        await b.xadd('orders', '*', 'id', '2');
        const [[, [[id]]]] = await b.xreadgroup('GROUP', 'billing', 'one', 'COUNT', 1, 'STREAMS', 'orders', '>');
        await b.publish('nobody', '2');
        await b.xack('orders', 'billing', id);
        a.disconnect();
        b.disconnect();
      })();`);
    const read = systemAt(entries, (entry) => entry.type === 'message.dropped').brokers.get('redis')!;
    expect([...read.topology.channels.values()].map(({ channel, lastReceivers }) => [channel, lastReceivers])).toEqual([
      ['price', 2],
      ['nobody', 0],
    ]);
    expect(read.queues.get('orders')?.groups.get('billing')).toMatchObject({ pending: { one: 1 }, lag: 1 });
    const end = systemAt(entries, () => false).brokers.get('redis')!;
    expect(end.queues.get('orders')?.groups.get('billing')).toMatchObject({ pending: { one: 0 }, lag: 1 });
    expect(
      entries.flatMap((entry) =>
        entry.type === 'listener.subscribed' && entry.queue === undefined ? [entry.space] : [],
      ),
    ).toEqual([undefined, 'pattern']);
  });
});

describe('why a binding matched', () => {
  const message = { keys: ['order.created', 'copy'], headers: { region: 'ua', vip: true } };

  it.each([
    ['topic', 'order.*', {}, { type: 'topic', pattern: 'order.*', key: 'order.created' }],
    ['topic', 'copy', {}, { type: 'topic', pattern: 'copy', key: 'copy' }],
    ['direct', 'copy', {}, { type: 'direct', key: 'copy' }],
    ['fanout', '', {}, { type: 'fanout' }],
    ['headers', '', { region: 'ua', vip: true }, { type: 'all', pairs: { region: 'ua', vip: true } }],
    ['headers', '', { 'x-match': 'any', region: 'pl', vip: true }, { type: 'any', pairs: { vip: true } }],
  ] as const)('%s %s %o', (kind, key, args, expected) => {
    expect(whyMatched(kind, { key, arguments: args }, message)).toEqual(expected);
  });
});
