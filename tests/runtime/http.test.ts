import { describe, expect, it } from 'vitest';
import { runScenario } from './run-scenario';

const server = `const express = require('express');
const app = express();
app.get('/slow', (req, res) => setTimeout(() => res.json({ ok: true }), 5000));
app.get('/', (req, res) => res.json({ ok: true }));
app.listen(3000);`;

const tell = `const tell = (error) => console.log(error.message, error.cause?.code ?? error.name);`;

const process = (name: string, startAtMs = 0) => ({ name, file: `${name}.js`, startAtMs });

describe('a request from outside', () => {
  const send = (url: string, more: object = {}) => ({
    type: 'http.request' as const,
    atMs: 100,
    method: 'POST',
    url,
    headers: ['Content-Type', 'application/json'],
    body: '{"order_id": 777}',
    ...more,
  });
  const receiver = `import express from 'express';
import { eventBus } from 'eventarium';
const bus = eventBus('orders');
bus.subscribe('order.created', ({ data }) => console.log('listener', data));
const app = express();
app.use(express.json());
app.post('/webhook/order', (req, res) => {
  bus.emit('order.created', req.body);
  res.status(202).json({ accepted: req.body.order_id, host: req.headers.host, bytes: req.headers['content-length'] });
});
app.listen(5000);`;

  it('reaches who listens at the port over a link of its own, and causes what it causes', async () => {
    const log = await runScenario({
      files: { 'server.ts': receiver },
      interventions: [send('http://localhost:5000/webhook/order')],
      latencyMs: 20,
    });
    const [applied] = log.of('intervention.applied');
    const [requested] = log.of('http.requested');
    const [received] = log.of('http.received');
    const [answered] = log.of('http.answered');
    const [published] = log.of('message.published');
    expect([requested?.process, requested?.to, requested?.cause]).toEqual([undefined, 'server', applied?.seq]);
    expect([received?.from, received?.cause, received?.atMs]).toEqual([undefined, requested?.seq, 120]);
    expect([answered?.to, answered?.arrivesAtMs, answered?.status]).toEqual([undefined, 140, 202]);
    expect(answered?.body).toBe('{"accepted":777,"host":"localhost:5000","bytes":"17"}');
    expect(published?.cause).toBe(received?.seq);
    expect(log.printed()).toEqual(['listener { order_id: 777 }']);
  });

  it('fails as a call does: refused, unknown host, reset by a crash', async () => {
    const log = await runScenario({
      files: { 'server.js': server },
      interventions: [
        send('http://localhost:5000/'),
        send('http://nobody:3000/'),
        send('http://server:3000/slow', { method: 'GET', body: undefined }),
        { type: 'process.crash', atMs: 500, process: 'server' },
      ],
    });
    expect(log.of('http.failed').map(({ code, atMs, process: from }) => [code, atMs, from])).toEqual([
      ['ECONNREFUSED', 100, undefined],
      ['ENOTFOUND', 100, undefined],
      ['ECONNRESET', 500, undefined],
    ]);
  });

  it('is taken where a port is open, which the log tells from opening to closing', async () => {
    const log = await runScenario({
      files: {
        'server.js': `const server = require('http').createServer((_, res) => res.end()).listen(3000, '127.0.0.1');
setTimeout(() => server.close(), 50);`,
      },
      interventions: [send('http://localhost:3000/', { atMs: 10 }), send('http://localhost:3000/', { atMs: 60 })],
    });
    const opened = { atMs: 0, where: 'server.js:1', process: 'server', port: 3000, host: '127.0.0.1' };
    expect(log.of('port.opened')).toMatchObject([opened]);
    expect(log.of('port.closed')).toMatchObject([{ atMs: 50, where: 'server.js:2', process: 'server', port: 3000 }]);
    expect(log.of('http.answered').map(({ status }) => status)).toEqual([200]);
    expect(log.of('http.failed').map(({ code }) => code)).toEqual(['ECONNREFUSED']);
  });

  it('that no request can be made of is refused with the reason', async () => {
    const log = await runScenario({ files: { 'server.js': server }, interventions: [send('https://localhost:3000/')] });
    expect(log.of('intervention.refused').map(({ reason }) => reason)).toEqual([
      'No request can be sent to https://localhost:3000/.',
    ]);
  });

  it('whose body is no JSON is complained of without frames of the simulation', async () => {
    const log = await runScenario({
      files: { 'server.ts': receiver },
      interventions: [send('http://localhost:5000/webhook/order', { body: '{"order_id": 1' })],
    });
    const [written] = log.of('console.printed');
    expect(written?.text).toMatch(
      /^SyntaxError: [^\n]+\n {4}at <anonymous> {\n {2}expose: true,\n {2}statusCode: 400,/,
    );
    expect(log.of('http.answered').map(({ status }) => status)).toEqual([400]);
  });
});

describe('a call between two processes', () => {
  it('takes the latency of both ways, and its handler is caused by it', async () => {
    const log = await runScenario({
      files: {
        'orders.js': server,
        'shop.js': `fetch('http://orders:3000/').then(async (res) => console.log(Date.now() % 60000, await res.json()));`,
      },
      processes: [process('orders'), process('shop', 1_000)],
      network: { default: { latencyMs: 20, jitterMs: 0, loss: 0, cut: false }, links: [] },
    });
    expect(log.printed()).toEqual(['1040 { ok: true }']);
    const [requested] = log.of('http.requested');
    const [received] = log.of('http.received');
    const [answered] = log.of('http.answered');
    expect([requested?.to, received?.cause, answered?.cause]).toEqual(['orders', requested?.seq, received?.seq]);
    const [completed] = log.of('http.completed');
    expect([completed?.cause, completed?.atMs, completed?.tookMs]).toEqual([answered?.seq, 1_040, 40]);
    expect([requested?.arrivesAtMs, answered?.arrivesAtMs, answered?.body]).toEqual([1_020, 1_040, '{"ok":true}']);
  });

  it('is refused when nobody listens, and has nowhere to go without a process of that name', async () => {
    const log = await runScenario({
      files: {
        'orders.js': 'setTimeout(() => {}, 1000);',
        'shop.js': `${tell} fetch('http://orders:3000/').catch(tell); fetch('http://nobody:3000/').catch(tell);`,
      },
      processes: [process('orders'), process('shop')],
    });
    expect(log.printed()).toEqual(['fetch failed ECONNREFUSED', 'fetch failed ENOTFOUND']);
    expect(log.of('http.requested').map(({ to, meant }) => [to, meant])).toEqual([
      [undefined, 'orders'],
      [undefined, undefined],
    ]);
  });

  it('with DELETE has no body for the server unless its length is said, as in Node 20', async () => {
    const log = await runScenario({
      files: {
        'orders.js': `require('http').createServer((req, res) => {
  let bytes = 0;
  req.on('data', (data) => { bytes += data.length; });
  req.on('end', () => { console.log(req.method, req.headers['content-length'], bytes); res.end(); });
}).listen(3000);`,
        'shop.js': `const http = require('http');
const send = (method, headers, ...pieces) => new Promise((resolve) => {
  const request = http.request({ host: 'orders', port: 3000, method, headers }, (res) => res.resume().on('end', resolve));
  for (const piece of pieces) request.write(piece);
  request.end(pieces.length === 0 ? 'hello' : undefined);
});
(async () => {
  await send('DELETE', {});
  await send('DELETE', {}, 'he', 'llo');
  await send('DELETE', { 'Content-Length': 5 });
  await send('POST', {});
})();`,
      },
      processes: [process('orders'), process('shop', 100)],
    });
    expect(log.printed('orders')).toEqual(['DELETE undefined 0', 'DELETE undefined 0', 'DELETE 5 5', 'POST 5 5']);
  });

  it('is reset when the process that answers crashes', async () => {
    const log = await runScenario({
      files: { 'orders.js': server, 'shop.js': `${tell} fetch('http://orders:3000/slow').catch(tell);` },
      processes: [process('orders'), process('shop', 100)],
      interventions: [{ type: 'process.crash', atMs: 500, process: 'orders' }],
    });
    expect(log.printed()).toEqual(['fetch failed UND_ERR_SOCKET']);
    expect(log.of('http.failed').map(({ atMs, code }) => [atMs, code])).toEqual([[500, 'ECONNRESET']]);
  });
});
