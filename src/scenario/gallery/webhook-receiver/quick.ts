import express from 'express';
import { show, sleep } from 'eventarium';
import { charge } from './charge';

/** Answers first and keeps the order in memory: what waits there when the process crashes was promised, and is gone. */
const app = express();
const waiting: number[] = [];

app.post('/hooks', express.json(), function answerAndQueue(req, res) {
  waiting.push(req.body.order);
  show('waiting', waiting);
  res.sendStatus(200);
});

app.listen(3001);

while (true) {
  const order = waiting.shift();
  if (order === undefined) {
    await sleep(50);
    continue;
  }
  show('waiting', waiting);
  await charge('quick', order).catch((error: Error) => console.error(`Замовлення ${order}: ${error.message}`));
}
