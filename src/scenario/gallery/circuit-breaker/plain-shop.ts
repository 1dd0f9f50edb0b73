import express from 'express';
import { bank } from './bank-client';
import { countCalls } from './counts';

const app = express();
const count = countCalls();

// Every customer waits until the bank has failed once more.
app.post('/orders', async (_request, response) => {
  const status = await count(() => bank('http://plain-bank:5000'));
  response.sendStatus(status);
});

app.listen(3000);
