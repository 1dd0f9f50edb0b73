import express from 'express';
import { eventBus } from 'eventarium';

const bus = eventBus('events');
const app = express();
app.use(express.json());

// The caller waits only for this. What follows from the order is the work of those who listen.
app.post('/webhook/order', (req, res) => {
  const { order_id, status } = req.body ?? {};
  if (!Number.isInteger(order_id) || typeof status !== 'string') {
    res.status(400).json({ error: 'order_id and status are needed' });
    return;
  }
  console.log(`Вебхук: замовлення №${order_id}, ${status}`);
  bus.emit(`order.${status}`, { orderId: order_id });
  res.status(202).json({ accepted: order_id });
});

app.listen(5000, () => console.log('Сервер слухає http://localhost:5000'));
