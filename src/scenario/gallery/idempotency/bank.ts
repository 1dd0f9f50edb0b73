import { idempotent, show, sleep, store } from 'eventarium';
import express from 'express';

const [keeps, port] = process.argv.slice(2);
const db = store();
const charges = db.table<{ key: string; rent: number; customer: string; amount: number }>('charges');
const app = express();

app.post('/charge', express.json(), async (request, response) => {
  const key = request.get('Idempotency-Key') ?? '';
  const charge = () => {
    const number = charges.keys().length + 1;
    charges.insert(number, { key, ...request.body });
    return { number };
  };
  const answer = keeps === 'keys' ? await idempotent(db, key, charge) : charge();
  const paid = charges.all();
  const twice = paid.filter((one, at) => paid.findIndex((other) => other.rent === one.rent) < at);
  show(
    'charged twice, UAH',
    twice.reduce((sum, { amount }) => sum + amount, 0),
  );
  // The charge is done; in three cases of ten its answer comes too late.
  await sleep(Math.random() < 0.3 ? 400 : 50);
  response.json(answer);
});

app.listen(Number(port));
