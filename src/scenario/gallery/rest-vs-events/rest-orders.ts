import express from 'express';
import { show } from 'eventarium';
import type { Order } from './order';

// The order service knows the address of everybody who has to hear of an order, and in which order.
const services = [
  'http://rest-email:3001',
  'http://rest-sms:3002',
  'http://rest-stock:3003',
  'http://rest-analytics:3004',
  'http://rest-accounting:3005',
  'http://rest-slack:3006',
];
const counts = { accepted: 0, refused: 0 };

const app = express();
app.use(express.json());

app.post('/orders', async (request, response) => {
  const order: Order = request.body;
  for (const url of services) await call(url, order);
  counts.accepted += 1;
  show('orders', counts);
  response.status(201).json({ orderId: order.orderId });
});

async function call(url: string, order: Order) {
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify(order) });
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}`);
}

app.use((error: Error, _request: express.Request, response: express.Response, _next: express.NextFunction) => {
  counts.refused += 1;
  show('orders', counts);
  response.status(502).json({ error: error.message });
});

app.listen(3000);
