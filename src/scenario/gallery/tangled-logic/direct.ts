import express from 'express';
import { delivery, inStock, loyalty, price } from './rules';

const app = express();
app.use(express.json());

// Read from top to bottom: that is the rule.
app.post('/', (request, response) => {
  const { id } = request.body;
  const level = loyalty(id);
  const fee = delivery(inStock(id), level);
  response.json({ price: price(level, fee) });
});

app.listen(3000);
