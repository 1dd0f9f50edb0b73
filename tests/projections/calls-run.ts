import { createNodeHost } from '../../src/headless/node-host';
import type { Entry, Intervention } from '../../src/log/entry';
import { createRun } from '../../src/runtime/run';
import type { ProcessSpec, Scenario } from '../../src/scenario/scenario';

/** Takes an order: asks `stock`, which answers at once, `payments`, which is slow and sometimes breaks, and `mail`, which is not there. */
const orders = `
import express from 'express';
const app = express();
app.use(express.json());
app.post('/orders', async (req, res) => {
  const { id } = req.body;
  const stock = await fetch(\`http://stock:3001/items/\${id}\`);
  if (!stock.ok) return res.status(409).json({ id });
  try {
    const paid = await fetch('http://payments:3002/pay', {
      method: 'POST', body: JSON.stringify({ id }), headers: { 'content-type': 'application/json' },
      signal: AbortSignal.timeout(700),
    });
    if (!paid.ok) return res.status(502).json({ id });
  } catch {
    return res.status(504).json({ id });
  }
  await fetch('http://mail:3003/send').catch(() => {});
  res.status(201).json({ id });
});
app.listen(3000);
`;
const stock = `
import express from 'express';
const app = express();
app.get('/items/:id', (req, res) => (Number(req.params.id) % 7 === 6 ? res.status(404).end() : res.json({ left: 3 })));
app.listen(3001);
`;
const payments = `
import express from 'express';
import { sleep } from 'eventarium';
const app = express();
app.use(express.json());
app.post('/pay', async (req, res) => {
  await sleep(100 + Math.random() * 800);
  if (Math.random() < 0.2) return res.status(503).end();
  res.json({ paid: true });
});
app.listen(3002);
`;
const shop = `
import { eventBus, every } from 'eventarium';
const bus = eventBus('shop');
bus.subscribe('order.wanted', async function order(event) {
  const answer = await fetch('http://orders:3000/orders', {
    method: 'POST', body: JSON.stringify(event.data), headers: { 'content-type': 'application/json' },
  });
  if (answer.status === 201) bus.emit('order.taken', event.data);
});
every(150, (n) => bus.emit('order.wanted', { id: n }), { times: 30 });
`;

function spec(name: string, startAtMs = 0): ProcessSpec {
  return { name, file: `${name}.js`, args: [], env: {}, startAtMs, replicas: 1 };
}

/** A chain of calls over slow links; `mail` is a process without a server. */
export function callsScenario(interventions: readonly Intervention[] = [], seed = 5): Scenario {
  return {
    title: 'Orders',
    about: '',
    durationMs: 20_000,
    seed,
    speed: 1,
    startedAt: '2026-01-01T00:00:00.000Z',
    processes: [spec('stock'), spec('payments'), spec('mail'), spec('orders'), spec('shop', 100)],
    network: { default: { latencyMs: 10, jitterMs: 5, loss: 0, cut: false }, links: [] },
    interventions: [...interventions],
    files: {
      'orders.js': orders,
      'stock.js': stock,
      'payments.js': payments,
      'shop.js': shop,
      'mail.js': 'setInterval(() => {}, 1000);',
    },
    note: '',
  };
}

/** What goes wrong in it: the callee crashes in the middle of calls, its link is cut for a while, a caller crashes. */
export const troubles: readonly Intervention[] = [
  { type: 'process.crash', atMs: 1_500, process: 'payments' },
  { type: 'process.restart', atMs: 2_000, process: 'payments' },
  { type: 'link.change', atMs: 2_600, from: 'orders', to: 'stock', link: { cut: true } },
  { type: 'link.change', atMs: 3_300, from: 'orders', to: 'stock', link: { cut: false } },
  { type: 'process.crash', atMs: 3_900, process: 'orders' },
  { type: 'process.restart', atMs: 4_200, process: 'orders' },
];

export async function runOf(scenario: Scenario): Promise<Entry[]> {
  const entries: Entry[] = [];
  const run = createRun({
    scenario,
    host: createNodeHost(),
    sink: (batch) => {
      entries.push(...batch);
    },
    shouldYield: () => false,
  });
  await run.advance(Infinity);
  return entries;
}
