import express from 'express';
import { eventBus } from 'eventarium';

const bus = eventBus('users');
const app = express();
app.use(express.json());

app.post('/', (request, response) => {
  bus.emit('user.registered', request.body);
  response.sendStatus(202);
});

app.listen(4000);
