import express from 'express';
import { save, welcome } from './signup';

const app = express();
app.use(express.json());

app.post('/', (request, response) => {
  save(request.body);
  welcome(request.body);
  response.sendStatus(201);
});

app.listen(3000);
