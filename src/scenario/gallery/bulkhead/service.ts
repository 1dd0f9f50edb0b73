import { sleep } from 'eventarium';
import express from 'express';

const app = express();

app.post('/', async (_request, response) => {
  const second = new Date().getSeconds();
  const isSlow = process.argv[2] === 'slow' && second >= 3 && second < 9;
  await sleep(isSlow ? 4000 : 60);
  response.sendStatus(200);
});
app.listen(Number(process.env.PORT));
