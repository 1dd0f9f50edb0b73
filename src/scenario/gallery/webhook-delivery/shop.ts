import express from 'express';
import { show } from 'eventarium';

/** Answers at once, with 204. While it is down nobody answers at all, and the sender tries again. */
const app = express();
const payments: number[] = [];

app.post('/hooks', express.json(), function takePayment(req, res) {
  payments.push(req.body.payment);
  show('payments since the start', payments);
  res.sendStatus(204);
});

app.listen(3000);
