import express from 'express';
import { actOn } from './brake';

const app = express();
app.post('/', (request, response) => {
  actOn(Number(request.query.sentAt));
  response.sendStatus(204);
});
app.listen(3001);
