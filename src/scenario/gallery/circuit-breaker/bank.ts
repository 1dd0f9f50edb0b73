import { show, sleep } from 'eventarium';
import express from 'express';

const app = express();
let [busy, waiting]: [Promise<unknown>, number] = [Promise.resolve(), 0];

/** One payment after another. From 5 to 12 s each takes a second, and whoever has given up meanwhile is served all the same. */
async function pay() {
  const second = new Date().getSeconds();
  await sleep(second >= 5 && second < 12 ? 1000 : 80);
}

app.post('/pay', async (_request, response) => {
  show('calls waiting', ++waiting);
  busy = busy.then(pay);
  await busy;
  show('calls waiting', --waiting);
  response.sendStatus(201);
});

app.listen(Number(process.env.PORT));
