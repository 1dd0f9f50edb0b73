import express from 'express';
import { react } from './reactions';

// One file, six services: which one it is, its argument says.
const service = process.argv[2];
const app = express();
app.use(express.json());

app.post('/', async (request, response) => {
  await react(service, request.body);
  response.sendStatus(204);
});

app.listen(Number(process.env.PORT));
