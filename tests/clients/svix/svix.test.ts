import { describe, expect, it } from 'vitest';
import type { Intervention } from '../../../src/log/entry';
import type { WebhooksSpec } from '../../../src/scenario/scenario';
import { runScenario, type Log } from '../../runtime/run-scenario';

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;

/** A shop that answers as its arguments say, attempt by attempt, the last one for all that follow. */
const shop = `import express from 'express';
const answers = process.argv.slice(2);
const app = express();
app.post('/hooks', express.raw({ type: '*/*' }), (req, res) => {
  const answer = (answers.length > 1 ? answers.shift() : answers[0]) ?? '200';
  console.log(Date.now() - Date.UTC(2026, 0, 1), req.headers['webhook-id'], answer);
  const [status, name, value] = answer.split(' ');
  if (status === 'silence') return;
  if (name) res.set(name, value);
  res.status(Number(status)).send('done');
});
app.listen(3000);`;

const provider = (body: string): string => `import { Svix, Webhook, ApiException } from 'svix';
const svix = new Svix('testsk_any');
const app = await svix.application.create({ name: 'Acme', uid: 'acme' });
const url = 'http://shop:3000/hooks';
const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
${body}`;

interface More {
  readonly answers?: readonly string[];
  readonly durationMs?: number;
  readonly interventions?: readonly Intervention[];
  readonly webhooks?: WebhooksSpec;
}

const run = (
  body: string,
  { answers = [], durationMs = 40 * hour, interventions = [], webhooks }: More = {},
): Promise<Log> =>
  runScenario({
    files: { 'shop.ts': shop, 'provider.ts': provider(body) },
    processes: [
      { file: 'shop.ts', args: answers },
      { file: 'provider.ts', startAtMs: 1 },
    ],
    durationMs,
    interventions,
    ...(webhooks && { brokers: { webhooks } }),
  });

const send = `const endpoint = await svix.endpoint.create('acme', { url });
const message = await svix.message.create('acme', { eventType: 'invoice.paid', payload: { id: 7 } });`;

/** When the shop was called, since the message was there. */
const times = (log: Log): number[] => log.printed('shop').map((line) => Number(line.split(' ')[0]) - 1);

describe('the sender', () => {
  it('posts a message to the endpoint, and counts a 2xx', async () => {
    const log = await run(send);
    const [requested] = log.of('http.requested');
    expect([requested?.process, requested?.to, requested?.method, requested?.path, requested?.body]).toEqual([
      'webhooks',
      'shop',
      'POST',
      '/hooks',
      '{"id":7}',
    ]);
    expect(log.printed('shop')).toEqual(['1 msg_1 200']);
    expect(log.of('delivery.started')[0]?.process).toBe('shop');
    expect(log.of('delivery.succeeded').map(({ status }) => status)).toEqual([200]);
    const received = log.of('http.received')[0];
    expect(log.of('delivery.started')[0]?.cause).toBe(received?.seq);
  });

  it('signs so that Svix’s, the standard’s and a rotated secret verify', async () => {
    const log = await runScenario({
      files: {
        'shop.ts': `import express from 'express';
import { Webhook as Svix } from 'svix';
import { Webhook } from 'standardwebhooks';
const app = express();
app.post('/hooks', express.text({ type: '*/*' }), (req, res) => {
  const { first, second } = globalThis.secrets;
  const judge = (verifier) => {
    try { return JSON.stringify(verifier.verify(req.body, req.headers)); } catch (error) { return error.message; }
  };
  console.log(judge(new Svix(first)), judge(new Webhook(first)), second ? judge(new Webhook(second)) : '-');
  res.sendStatus(204);
});
app.post('/secrets', express.json(), (req, res) => { globalThis.secrets = req.body; res.end(); });
app.listen(3000);`,
        'provider.ts': provider(`const endpoint = await svix.endpoint.create('acme', { url });
const tell = (body) => fetch('http://shop:3000/secrets', { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } });
const pay = () => svix.message.create('acme', { eventType: 'paid', payload: { a: 1 } });
const first = (await svix.endpoint.getSecret('acme', endpoint.id)).key;
await tell({ first });
await pay();
await wait(1000);
await svix.endpoint.rotateSecret('acme', endpoint.id, {});
const second = (await svix.endpoint.getSecret('acme', endpoint.id)).key;
await tell({ first, second });
await pay();
await wait(24 * 3600 * 1000);
await pay();`),
      },
      processes: [{ file: 'shop.ts' }, { file: 'provider.ts', startAtMs: 1 }],
      durationMs: 40 * hour,
    });
    expect(log.printed('shop')).toEqual([
      '{"a":1} {"a":1} -',
      '{"a":1} {"a":1} {"a":1}',
      'No matching signature found No matching signature found {"a":1}',
    ]);
  });

  it('tries again as Svix documents it, and gives up after eight attempts', async () => {
    const log = await run(send, { answers: ['500'] });
    expect(times(log)).toEqual([0, 5_000, 305_000, 2_105_000, 9_305_000, 27_305_000, 63_305_000, 99_305_000]);
    expect(log.of('message.dead-lettered').map(({ queue, attempts }) => [queue, attempts])).toEqual([
      ['shop:3000/hooks', 8],
    ]);
    expect(log.of('delivery.failed').map(({ attemptsLeft }) => attemptsLeft)).toEqual([7, 6, 5, 4, 3, 2, 1, 0]);
  });

  it('delivers after three failures about 35 minutes after the first attempt', async () => {
    expect(times(await run(send, { answers: ['500', '302 Location /hooks', '404', '200'] }))).toEqual([
      0, 5_000, 305_000, 2_105_000,
    ]);
  });

  it.each([
    ['Retry-After in seconds, when it is longer', '503 Retry-After 120', 120 * second],
    ['a shorter Retry-After than the schedule’s wait', '429 Retry-After 2', 5 * second],
    ['an instant', '503 Retry-After Thu,01Jan', 5 * second],
  ])('honours %s', async (_what, answer, expected) => {
    expect(times(await run(send, { answers: [answer, '200'] }))).toEqual([0, expected]);
  });

  it('gives an attempt up that has no answer within 15 seconds', async () => {
    const log = await run(send, { answers: ['silence', '200'] });
    expect(times(log)).toEqual([0, 20_000]);
    expect(log.of('delivery.failed').map(({ reason, tookMs }) => [reason, tookMs])).toEqual([['timeout', 15_000]]);
    expect(log.of('http.failed').map(({ code, process }) => [code, process])).toEqual([['TimeoutError', 'webhooks']]);
  });

  it('stops for good when the answer says so', async () => {
    const log = await run(send, { answers: ['500 webhook-delivery abort-message'] });
    expect(times(log)).toEqual([0]);
    expect(log.of('message.dead-lettered')).toHaveLength(1);
  });

  it('disables an endpoint that is gone, and stops what waits for it', async () => {
    const log = await run(
      `${send}
await svix.message.create('acme', { eventType: 'invoice.paid', payload: { id: 8 } });
await wait(10000);
console.log((await svix.endpoint.get('acme', endpoint.id)).disabled);
await svix.message.create('acme', { eventType: 'invoice.paid', payload: { id: 9 } });`,
      { answers: ['500', '410'] },
    );
    expect(times(log)).toEqual([0, 0]);
    expect(log.printed('provider')).toEqual(['true']);
    expect(log.of('message.dropped').map(({ message, reason }) => `${message} ${reason}`)).toEqual([
      'm_2 endpoint-disabled',
      'm_1 endpoint-disabled',
      'm_3 no-subscriber',
    ]);
    expect(log.of('queue.declared').at(-1)?.settings['disabled']).toBe('gone');
  });

  it('disables an endpoint to which everything failed for five days, counted from 12 hours of failures on', async () => {
    const log = await run(
      `const endpoint = await svix.endpoint.create('acme', { url });
for (let n = 0; n < 200; n++) {
  await svix.message.create('acme', { eventType: 'tick', payload: { n } });
  await wait(3600 * 1000);
}`,
      { answers: ['500'], durationMs: 200 * hour },
    );
    const [disabled] = log.of('queue.declared').filter(({ settings }) => settings['disabled'] !== undefined);
    expect(disabled?.settings['disabled']).toBe('failing');
    expect(Math.floor((disabled?.atMs ?? 0) / hour)).toBe(12 + 5 * 24);
  });

  it.each([
    ['127.0.0.1:3000/hooks', 'loopback'],
    ['localhost:3000/hooks', 'loopback'],
    ['2130706433:3000/', 'loopback'],
    ['[::ffff:7f00:1]:3000/', 'loopback'],
    ['169.254.169.254/latest/meta-data/', 'metadata'],
    ['10.0.0.8/', 'private'],
  ])('does not call %s, a %s address', async (host, kind) => {
    const log = await run(`await svix.endpoint.create('acme', { url: 'http://${host}' });
await svix.message.create('acme', { eventType: 'e', payload: {} });`);
    expect(log.of('http.requested')).toEqual([]);
    expect(new Set(log.of('delivery.failed').map(({ reason }) => reason))).toEqual(new Set(['policy']));
    expect(log.of('delivery.failed')[0]?.failure.message).toContain(`is a ${kind} address`);
    expect(log.of('delivery.failed')).toHaveLength(8);
  });

  it('calls an address that the scenario allows', async () => {
    const log = await run(
      `await svix.endpoint.create('acme', { url: 'http://127.0.0.1:3000/hooks' });
await svix.message.create('acme', { eventType: 'e', payload: {} });`,
      { webhooks: { allowedAddresses: ['127.0.0.0/8'] } },
    );
    expect(times(log)).toEqual([0]);
  });

  it('makes the endpoint that is to be updated when there is none', async () => {
    const log =
      await run(`const made = await svix.endpoint.update('acme', 'mine', { url, uid: 'mine', description: 'first' });
const changed = await svix.endpoint.update('acme', 'mine', { url, uid: 'mine' });
console.log(made.description, changed.id === made.id, changed.description === '');
await svix.endpoint.update('nobody', 'mine', { url }).catch((error) => console.log(error.code));
await svix.message.create('acme', { eventType: 'invoice.paid', payload: {} });`);
    expect(log.printed('provider')).toEqual(['first true true', '404']);
    expect(times(log)).toHaveLength(1);
  });

  it('sends to whoever wants the type and the channel', async () => {
    const log = await run(`await svix.endpoint.create('acme', { url, filterTypes: ['a', 'b'] });
await svix.endpoint.create('acme', { url, channels: ['eu'] });
for (const [eventType, channels] of [['a'], ['c'], ['c', ['eu', 'us']]])
  await svix.message.create('acme', { eventType, payload: {}, channels });`);
    expect(log.of('message.routed').map(({ queues }) => queues)).toEqual([
      ['shop:3000/hooks'],
      [],
      ['shop:3000/hooks ep_2'],
    ]);
  });

  it('says of each endpoint in the log which types it takes, and that the policy refuses its address', async () => {
    const log = await run(`await svix.endpoint.create('acme', { url, filterTypes: ['a', 'b'] });
await svix.endpoint.create('acme', { url: 'http://169.254.169.254/' });`);
    expect(
      log.of('queue.declared').map(({ settings }) => [settings['event-types'], settings['refused-address']]),
    ).toEqual([
      ['a, b', undefined],
      ['#', 'metadata'],
    ]);
  });

  it('keeps an endpoint’s limit of attempts per second', async () => {
    const log = await run(`await svix.endpoint.create('acme', { url, rateLimit: 2 });
for (let n = 0; n < 5; n++) await svix.message.create('acme', { eventType: 'a', payload: { n } });`);
    expect(times(log)).toEqual([0, 0, 1_000, 1_000, 2_000]);
  });

  it('follows a schedule of the scenario’s', async () => {
    const log = await run(send, { answers: ['500'], webhooks: { retryScheduleMs: [0, 100, 200] } });
    expect(times(log)).toEqual([0, 100, 300]);
  });
});

describe('what is asked for by hand', () => {
  it('lists page by page', async () => {
    const log =
      await run(`for (let n = 0; n < 5; n++) await svix.message.create('acme', { eventType: 'a', payload: { n } });
let iterator;
for (let done = false; !done; ) {
  const page = await svix.message.list('acme', { limit: 2, iterator });
  console.log(page.data.map(({ payload }) => payload.n).join(), page.done);
  ({ iterator, done } = page);
}
await svix.message.list('acme', { limit: 251 }).catch(({ code }) => console.log(code));
await svix.message.list('acme', { iterator: 'msg_0' }).catch(({ code }) => console.log(code));`);
    expect(log.printed('provider')).toEqual(['4,3 false', '2,1 false', '0 true', '422', '422']);
  });

  it('resends one message, once, whether it has failed or waits', async () => {
    const log = await run(
      `${send}
await wait(1000);
await svix.messageAttempt.resend('acme', message.id, endpoint.id);
await wait(60 * 3600 * 1000);
await svix.messageAttempt.resend('acme', message.id, endpoint.id);
await wait(1000);
const { data } = await svix.messageAttempt.listByMsg('acme', message.id);
console.log(data.map((each) => [each.status, each.triggerType, each.responseStatusCode].join(' ')).join(', '));`,
      { answers: ['500'], durationMs: 70 * hour },
    );
    // The fifth-second attempt comes as planned after the one by hand.
    expect(times(log).slice(0, 3)).toEqual([0, 1_000, 5_000]);
    expect(times(log)).toHaveLength(10);
    expect(log.printed('provider')[0]?.split(', ')).toEqual([
      '2 1 500',
      ...Array(7).fill('2 0 500'),
      '2 1 500',
      '2 0 500',
    ]);
  });

  it('cancels the schedule when it succeeds', async () => {
    const log = await run(
      `${send}
await wait(1000);
await svix.messageAttempt.resend('acme', message.id, endpoint.id);`,
      { answers: ['500', '200'] },
    );
    expect(times(log)).toEqual([0, 1_000]);
  });

  it('resends by an intervention, and refuses what never went there', async () => {
    const resend = { type: 'message.resend' as const, broker: 'webhooks', queue: 'shop:3000/hooks' };
    const log = await run(send, {
      answers: ['500', '200'],
      interventions: [
        { ...resend, atMs: 1_000, message: 'm_1' },
        { ...resend, atMs: 2_000, message: 'm_9' },
      ],
    });
    expect(times(log)).toEqual([0, 999]);
    expect(log.of('message.dispatched').map(({ trigger }) => trigger)).toEqual([undefined, 'manual']);
    expect(log.of('intervention.refused').map(({ reason }) => reason)).toEqual(['m_9 never went to shop:3000/hooks.']);
  });

  it('recovers what failed since a time, and replays what an endpoint missed', async () => {
    const log = await run(
      `const pay = (n) => svix.message.create('acme', { eventType: 'paid', payload: { n } });
await pay(0);
const endpoint = await svix.endpoint.create('acme', { url, disabled: true });
await pay(1);
await svix.endpoint.patch('acme', endpoint.id, { disabled: false });
const since = new Date();
await pay(2);
await wait(1000);
await svix.endpoint.replayMissing('acme', endpoint.id, { since: new Date(Date.now() - 3600 * 1000) });
await wait(1000);
await svix.endpoint.patch('acme', endpoint.id, { disabled: true });
await svix.endpoint.recover('acme', endpoint.id, { since });`,
      { answers: ['500', '500', '200'] },
    );
    expect(log.printed('shop').map((line) => line.split(' ').slice(1).join(' '))).toEqual([
      'msg_3 500',
      'msg_1 500',
      'msg_2 200',
      'msg_1 200',
      'msg_3 200',
    ]);
  });
});

describe('the API', () => {
  const judged = (call: string): string =>
    `try { await ${call}; console.log('ok'); } catch (error) { console.log(error.name, error.code, JSON.stringify(error.body ?? error.message)); }`;

  it.each([
    [
      'an unknown application',
      `svix.endpoint.list('nobody')`,
      'ApiException 404 {"code":"not_found","detail":"application nobody not found"}',
    ],
    [
      'a uid that is taken',
      `svix.application.create({ name: 'B', uid: 'acme' })`,
      'ApiException 409 {"code":"conflict","detail":"An application with uid acme exists already"}',
    ],
    [
      'an address that is none',
      `svix.endpoint.create('acme', { url: 'shop' })`,
      'ApiException 422 {"detail":[{"loc":["body","url"],"msg":"not an address like http://shop:3000/hooks","type":"value_error"}]}',
    ],
    [
      'https',
      `svix.endpoint.create('acme', { url: 'https://shop/' })`,
      'ApiException 422 {"detail":[{"loc":["body","url"],"msg":"https is not simulated: use http://","type":"value_error"}]}',
    ],
    [
      'a payload that is none',
      `svix.message.create('acme', { eventType: 'a', payload: 1 })`,
      'ApiException 422 {"detail":[{"loc":["body","payload"],"msg":"value is not a valid dict","type":"value_error"}]}',
    ],
    [
      'a header of the sender’s own',
      `svix.endpoint.create('acme', { url, headers: { 'webhook-id': 'x' } })`,
      'ApiException 422 {"detail":[{"loc":["body","headers"],"msg":"The header webhook-id is the sender\'s own","type":"value_error"}]}',
    ],
    [
      'what is not simulated',
      `svix.eventType.list()`,
      'Error ERR_NOT_SIMULATED "svix.eventType is not simulated: Event types need no declaration."',
    ],
    [
      'a method that is not',
      `svix.message.expungeContent('acme', 'm')`,
      'Error ERR_NOT_SIMULATED "svix.message.expungeContent is not simulated: Payloads stay."',
    ],
  ])('refuses %s', async (_what, call, expected) => {
    expect((await run(judged(call))).printed('provider')).toEqual([expected]);
  });

  it('takes an eventId once, and repeats the answer for an idempotency key', async () => {
    const log = await run(`await svix.endpoint.create('acme', { url });
const pay = (eventId, options) => svix.message.create('acme', { eventType: 'paid', eventId, payload: {} }, options);
const first = await pay('evt_1', { idempotencyKey: 'k' });
const again = await pay('evt_1', { idempotencyKey: 'k' });
console.log(first.id === again.id, first.timestamp instanceof Date);
${judged(`pay('evt_1')`)}`);
    expect(log.printed('provider')).toEqual([
      'true true',
      'ApiException 409 {"code":"conflict","detail":"A message with eventId evt_1 exists already"}',
    ]);
    expect(times(log)).toHaveLength(1);
    expect(log.of('message.dropped').map(({ reason }) => reason)).toEqual(['duplicate', 'duplicate']);
  });

  it('does not keep a process from ending', async () => {
    const log = await run(send);
    expect(log.of('process.exited').map(({ process, code }) => [process, code])).toEqual([['provider', 0]]);
  });
});
