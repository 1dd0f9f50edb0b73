import express from 'express';
import { show } from 'eventarium';
import { hoursNow } from './clock';

/** A release broke it, and it is mended in the thirtieth hour. What it has once handled it does not handle again. */
const app = express();
const reserved = new Set<string>();

app.post('/hooks', express.json(), function reserveGoods(req, res) {
  if (hoursNow() < 30) throw new Error('column "sku" does not exist');
  reserved.add(req.get('webhook-id')!);
  show('reserved', reserved.size);
  res.sendStatus(200);
});

app.use(function failed(error: Error, _req: express.Request, res: express.Response, _next: express.NextFunction) {
  res.status(500).send(error.message);
});

app.listen(3003);
