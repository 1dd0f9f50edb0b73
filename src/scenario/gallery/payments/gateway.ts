import express from 'express';
import { sleep } from 'eventarium';
import { Webhook } from 'svix';
import { bus } from './bus';
import { type Payment, secret } from './payment';

const app = express();
const verifier = new Webhook(secret);
let requests = 0;

/** Turns a webhook into an event. It passes on what comes, as often as it comes: who reacts has to bear that. */
app.post('/webhook/payment', express.text({ type: '*/*' }), async function takeWebhook(req, res) {
  requests += 1;
  let payment: Payment;
  try {
    payment = verifier.verify(req.body, req.headers) as Payment;
  } catch (error) {
    console.warn(`Відхилено: ${error.message}`);
    return void res.sendStatus(401);
  }
  // Every seventh finds it too busy: the next attempt comes later, behind what was sent meanwhile.
  if (requests % 7 === 3) return void res.sendStatus(503);
  bus.emit(`payment.${payment.status}`, payment);
  // Every fifth is answered too late, though all is done: the sender takes that for a failure.
  if (requests % 5 === 4) await sleep(16_000);
  res.sendStatus(200);
});

app.listen(3000);
