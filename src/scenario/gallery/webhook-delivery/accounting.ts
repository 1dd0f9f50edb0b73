import express from 'express';
import { hoursNow } from './clock';

/** From the sixth to the eighth hour the books are being closed: it says when to come back. */
const app = express();

app.post('/hooks', express.json(), function bookPayment(req, res) {
  const hours = hoursNow();
  if (hours >= 6 && hours < 8) {
    console.log(`Платіж ${req.body.payment}: зайдіть за годину`);
    res.set('Retry-After', '3600').sendStatus(503);
    return;
  }
  console.log(`Платіж ${req.body.payment} проведено`);
  res.sendStatus(200);
});

app.listen(3001);
