import { describe, expect, it } from 'vitest';
import { runScenario } from './run-scenario';

// The ways in which a broker has of its own to give again what it once had.

describe('an endpoint is recovered by hand', () => {
  const files = {
    'shop.ts': `import { Svix } from 'svix';
import { sleep } from 'eventarium';
const svix = new Svix('token');
const { id } = await svix.application.create({ name: 'shop' });
const endpoint = await svix.endpoint.create(id, { url: 'http://crm:4000/hooks' });
const order = (n) => svix.message.create(id, { eventType: 'order.placed', payload: { n } });
await order(1);
await sleep(1_000);
await order(2);
await sleep(1_000);
await svix.endpoint.patch(id, endpoint.id, { disabled: true });
await order(3);
await svix.endpoint.patch(id, endpoint.id, { disabled: false });`,
    'crm.ts': `import express from 'express';
const app = express();
app.use(express.json());
let up = false;
setTimeout(() => (up = true), 5_000);
app.post('/hooks', (req, res) => { if (up) console.log(req.body.n); res.sendStatus(up ? 204 : 500); });
app.listen(4000);`,
  };
  const brokers = { webhooks: { retryScheduleMs: [0, 100] } };
  const recover = (atMs: number, more: object = {}) =>
    ({
      type: 'endpoint.recover',
      atMs,
      broker: 'webhooks',
      queue: 'crm:4000/hooks',
      which: 'failed',
      ...more,
    }) as const;

  it('with what failed for good since an instant, and with what never went to it', async () => {
    const log = await runScenario({
      files,
      brokers,
      interventions: [recover(6_000, { sinceMs: 500 }), recover(7_000, { which: 'missing' }), recover(8_000)],
    });
    expect(log.printed('crm')).toEqual(['2', '3', '1']);
    expect(log.of('intervention.refused')).toEqual([]);
  });

  it('and says why nothing is sent', async () => {
    const log = await runScenario({
      files,
      brokers,
      interventions: [
        recover(6_000, { sinceMs: 5_000 }),
        recover(6_000, { which: 'missing', sinceMs: 5_000 }),
        recover(6_000, { queue: 'nowhere' }),
        recover(6_000, { broker: 'redis' }),
      ],
    });
    expect(log.of('intervention.refused').map(({ reason }) => reason)).toEqual([
      'Nothing has failed for good at crm:4000/hooks since then.',
      'crm:4000/hooks has missed nothing since then.',
      'There is no endpoint nowhere.',
      'There is no broker redis.',
    ]);
  });
});

describe('an endpoint is changed by hand', () => {
  const files = {
    'shop.ts': `import { Svix } from 'svix';
import { every } from 'eventarium';
const svix = new Svix('token');
const { id } = await svix.application.create({ name: 'shop' });
await svix.endpoint.create(id, { url: 'http://crm:4000/hooks' });
let n = 0;
every(1_000, () => svix.message.create(id, { eventType: 'order.placed', payload: { n: ++n } }));`,
    'crm.ts': `import express from 'express';
const app = express();
app.post('/hooks', express.json(), (req, res) => {
  console.log(req.body.n, String(req.headers['svix-signature']).split(' ').length);
  res.sendStatus(204);
});
app.listen(4000);`,
  };
  const of = { broker: 'webhooks', queue: 'crm:4000/hooks' };

  it('so that it gets nothing until it is enabled again', async () => {
    const log = await runScenario({
      files,
      durationMs: 5_500,
      interventions: [
        { type: 'endpoint.disable', atMs: 1_500, ...of },
        { type: 'endpoint.enable', atMs: 3_500, ...of },
      ],
    });
    expect(log.printed('crm')).toEqual(['1 1', '4 1', '5 1']);
    expect(log.of('intervention.refused')).toEqual([]);
  });

  it('so that it is signed with a new secret, and for a day with the former one too', async () => {
    const dayMs = 24 * 3_600_000;
    const secret = `whsec_${'A'.repeat(32)}`;
    const slow = { ...files, 'shop.ts': files['shop.ts'].replace('1_000', String(dayMs / 2)) };
    const log = await runScenario({
      files: slow,
      durationMs: 2.2 * dayMs,
      interventions: [{ type: 'endpoint.rotate-secret', atMs: 0.6 * dayMs, ...of, secret }],
    });
    expect(log.printed('crm')).toEqual(['1 1', '2 2', '3 2', '4 1']);
    const settings = log.of('queue.declared').map((entry) => entry.settings);
    expect(settings.map((each) => [each['secret'], each['former-secret-until-ms']])).toEqual([
      [undefined, undefined],
      [secret, 1.6 * dayMs],
    ]);
  });

  it('and says why it stays as it is', async () => {
    const log = await runScenario({
      files,
      durationMs: 3_000,
      interventions: [
        { type: 'endpoint.enable', atMs: 1_000, ...of },
        { type: 'endpoint.disable', atMs: 1_000, ...of },
        { type: 'endpoint.disable', atMs: 1_000, ...of },
        { type: 'endpoint.rotate-secret', atMs: 1_000, ...of, secret: 'whsec_short' },
        { type: 'endpoint.disable', atMs: 1_000, ...of, queue: 'nowhere' },
        { type: 'endpoint.disable', atMs: 1_000, ...of, broker: 'redis' },
      ],
    });
    expect(log.of('intervention.refused').map(({ reason }) => reason)).toEqual([
      'crm:4000/hooks is enabled already.',
      'crm:4000/hooks is disabled already.',
      'Secret must be whsec_ and between 24 and 64 bytes in base64',
      'There is no endpoint nowhere.',
      'There is no broker redis.',
    ]);
  });
});

describe('a consumer group is moved by hand', () => {
  const files = {
    'mail.ts': `import Redis from 'ioredis';
const redis = new Redis();
await redis.xgroup('CREATE', 'orders', 'mail', '0', 'MKSTREAM');
for (const n of [1, 2, 3]) await redis.xadd('orders', String(n) + '-0', 'n', n);
for (;;) {
  const read = await redis.xreadgroup('GROUP', 'mail', 'one', 'BLOCK', 100, 'STREAMS', 'orders', '>');
  for (const [id] of read?.[0][1] ?? []) { console.log(id); await redis.xack('orders', 'mail', id); }
}`,
  };
  const move = (atMs: number, id: string, more: object = {}) =>
    ({ type: 'group.set-id', atMs, broker: 'redis', queue: 'orders', group: 'mail', id, ...more }) as const;

  it('and reads its stream again from there', async () => {
    const log = await runScenario({
      files,
      durationMs: 5_000,
      interventions: [move(1_000, '1-0'), move(2_000, '$'), move(3_000, '0')],
    });
    expect(log.printed('mail')).toEqual(['1-0', '2-0', '3-0', '2-0', '3-0', '1-0', '2-0', '3-0']);
    expect(
      log
        .of('group.moved')
        .filter(({ cause }) => log.entries[cause ?? 0]?.type === 'intervention.applied')
        .map(({ lastId }) => lastId),
    ).toEqual(['1-0', '3-0', '0-0']);
  });

  it('and it is said in the words of Redis why not', async () => {
    const log = await runScenario({
      files,
      durationMs: 5_000,
      interventions: [move(1_000, 'soon'), move(1_000, '0', { group: 'sms' }), move(1_000, '0', { queue: 'parcels' })],
    });
    expect(log.of('intervention.refused').map(({ reason }) => reason.slice(0, 60))).toEqual([
      'ERR Invalid stream ID specified as stream command argument',
      "NOGROUP No such consumer group 'sms' for key name 'orders'",
      'ERR The XGROUP subcommand requires the key to exist. Note th',
    ]);
  });
});
