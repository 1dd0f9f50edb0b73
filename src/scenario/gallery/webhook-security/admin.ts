import express from 'express';
import { invariant } from 'eventarium';

/** Only meant for this machine: whoever reaches it may do anything. */
let visits = 0;
const app = express();

app.all('/admin', function openDoor(_req, res) {
  visits += 1;
  res.send('welcome');
});

app.listen(9000);
invariant('the sender of webhooks opens no door inside (SSRF)', () => visits === 0 || `${visits} visits`);
