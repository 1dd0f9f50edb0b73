import { eventBus, outbox, sleep, store } from 'eventarium';
import { customers } from './customers';

const db = store();
const orders = db.table('orders');
const events = outbox(db, eventBus('events'));

// One write: the order and its event are there together or not at all. The relay publishes afterwards, also after a crash.
await customers((order) =>
  db.transaction(async () => {
    orders.insert(order.id, order);
    await sleep(150);
    events.put('order.created', { shop: 'with-outbox', ...order });
  }),
);
events.put('day.closed', { shop: 'with-outbox', orders: orders.keys() });
