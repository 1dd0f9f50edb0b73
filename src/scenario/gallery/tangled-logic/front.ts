import express from 'express';
import { eventBus } from 'eventarium';

const bus = eventBus('prices');
const waiting = new Map<number, express.Response>();

// The answer comes with an event of somebody else, some day: who asked has to be kept.
bus.subscribe('price.told', function answer({ data }) {
  waiting.get(data.id)?.json({ price: data.price });
  waiting.delete(data.id);
});

const app = express();
app.use(express.json());
app.post('/', (request, response) => {
  const { id } = request.body;
  waiting.set(id, response);
  bus.emit('price.asked', { id });
});
app.listen(4000);
