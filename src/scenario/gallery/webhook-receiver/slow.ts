import express from 'express';
import { charge } from './charge';

/** Charges first and answers then. The sender waits for three seconds and takes silence for a failure: it sends again. */
const app = express();

app.post('/hooks', express.json(), async function chargeAndAnswer(req, res) {
  await charge('slow', req.body.order);
  res.sendStatus(200);
});

app.use(function failed(error: Error, _req: express.Request, res: express.Response, _next: express.NextFunction) {
  res.status(500).send(error.message);
});

app.listen(3000);
