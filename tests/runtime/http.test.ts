import { describe, expect, it } from 'vitest';
import { runScenario } from './run-scenario';

const server = `const express = require('express');
const app = express();
app.get('/slow', (req, res) => setTimeout(() => res.json({ ok: true }), 5000));
app.get('/', (req, res) => res.json({ ok: true }));
app.listen(3000);`;

const tell = `const tell = (error) => console.log(error.message, error.cause?.code ?? error.name);`;

const process = (name: string, startAtMs = 0) => ({ name, file: `${name}.js`, startAtMs });

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
