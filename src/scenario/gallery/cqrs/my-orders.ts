import { eventStore, projection, show, sleep } from 'eventarium';
import express from 'express';

interface Orders {
  [customer: string]: { count: number; total: number };
}

/** For reading only: it follows the orders, some 80 ms for each, and so it is behind. */
const orders = projection<Orders>('my-orders', {
  from: eventStore('orders'),
  state: {},
  on: {
    async 'order.placed'(state, { data }) {
      await sleep(80);
      const { count, total } = state[data.customer] ?? { count: 0, total: 0 };
      state[data.customer] = { count: count + 1, total: total + data.total };
    },
  },
});

const app = express();
app.get('/orders', async (request, response) => {
  const { customer, after } = request.query as Record<string, string>;
  if (after !== undefined) await orders.waitFor(Number(after));
  response.json(orders.state[customer] ?? { count: 0, total: 0 });
});
app.listen(3000);

// Made anew while it runs: whoever asks gets the old answers until the new ones have caught up.
await sleep(3000);
const { position } = await orders.rebuild();
show('rebuilt up to event', position);
