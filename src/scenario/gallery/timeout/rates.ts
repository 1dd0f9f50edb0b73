import { sleep } from 'eventarium';
import express from 'express';

const app = express();
const asked = new Map<string, number>();

// The third call of each cashier, the sixth, the ninth … hangs.
app.get('/rate/:cashier', async (request, response) => {
  const { cashier } = request.params;
  const n = (asked.get(cashier) ?? 0) + 1;
  asked.set(cashier, n);
  if (n % 3 === 0) return;
  await sleep(50);
  response.json({ uahPerEur: 48.5 });
});
app.listen(7003);
