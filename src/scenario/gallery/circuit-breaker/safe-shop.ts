import { circuitBreaker, ConsecutiveBreaker, handleAll } from 'cockatiel';
import express from 'express';
import { bank } from './bank-client';
import { countCalls } from './counts';

const app = express();
const count = countCalls();
const breaker = circuitBreaker(handleAll, { halfOpenAfter: 1000, breaker: new ConsecutiveBreaker(3) });

// After three failures in a row nobody asks the bank for a second; then one call looks whether it is well again.
app.post('/orders', async (_request, response) => {
  const status = await count(() => breaker.execute(() => bank('http://safe-bank:5001')));
  response.sendStatus(status);
});

app.listen(4000);
